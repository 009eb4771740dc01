#include "check.h"
#include "verifier/options.h"

static const char *const KNOWN[] = {"log", "threads", NULL};

static struct result read_line(char *words[], int count, struct options *out)
{
    return options_read(count, words, KNOWN, out);
}

static void separates_words_from_options(void **state)
{
    (void)state;
    char *words[] = {(char[]){"verify"}, (char[]){"--log"}, (char[]){"here"}, (char[]){"there"}};
    struct options options;

    check_ok(read_line(words, 4, &options));
    assert_int_equal(options.word_count, 2);
    assert_string_equal(options.words[1], "there");
    assert_string_equal(option(&options, "log"), "here");
    assert_null(option(&options, "threads"));
}

static void refuses_an_option_nobody_knows(void **state)
{
    (void)state;
    char *words[] = {(char[]){"--lgo"}, (char[]){"here"}};
    struct options options;

    check_fails(read_line(words, 2, &options), INVALID, "options.unknown");
    assert_string_equal(options.misused, "--lgo");
}

static void refuses_an_option_without_its_value(void **state)
{
    (void)state;
    char *words[] = {(char[]){"x"}, (char[]){"--log"}};
    struct options options;

    check_fails(read_line(words, 2, &options), INVALID, "options.value");
}

static void names_the_option_that_is_missing(void **state)
{
    (void)state;
    struct options options;
    const char *value;

    check_ok(read_line(NULL, 0, &options));
    const struct result result = option_require(&options, "log", &value);
    assert_int_equal(result.failure, INVALID);
    assert_string_equal(result.field, "log");
}

static void refuses_a_number_that_is_none(void **state)
{
    (void)state;
    char *words[] = {(char[]){"--threads"}, (char[]){"-1"}};
    struct options options;
    uint64_t number;

    check_ok(read_line(words, 2, &options));
    check_fails(option_number(&options, "threads", 2, &number), INVALID, "options.number");
    check_ok(option_number(&options, "log", 7, &number));
    assert_int_equal(number, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separates_words_from_options),
        cmocka_unit_test(refuses_an_option_nobody_knows),
        cmocka_unit_test(refuses_an_option_without_its_value),
        cmocka_unit_test(names_the_option_that_is_missing),
        cmocka_unit_test(refuses_a_number_that_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
