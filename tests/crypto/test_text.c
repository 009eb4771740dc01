#include "base/text.h"
#include "check.h"
#include "support/vectors.h"

static void allows_exactly_the_listed_characters(void **context)
{
    (void)context;
    json_t *root = vectors_open("statement.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "characters"), i, vector)
    {
        unsigned character;
        assert_int_equal(sscanf(vector_text(vector, "code_point"), "%x", &character), 1);
        if (text_is_allowed(character) != vector_flag(vector, "allowed")) {
            fail_msg("U+%04X", character);
        }
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void reads_utf8_strictly(void **context)
{
    (void)context;
    static const char *const BAD[] = {
        "\x80",
        "\xC0\xAF",
        "\xC1\xBF",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xE6\x97",
        "\xFF",
        "\xF8\x88\x80\x80\x80",
        "\xE6\x97\x41",
    };
    static const char *const GOOD[] = {
        "\x7F",         "\xC2\x80",         "\xE0\xA0\x80",     "\xED\x9F\xBF",
        "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
    };

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(text_is_utf8(bytes_of_string(BAD[i])));
        check_fails(text_check(bytes_of_string(BAD[i])), MALFORMED, "text.utf8");
    }
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        assert_true(text_is_utf8(bytes_of_string(GOOD[i])));
    }
}

static void names_bad_bytes_before_bad_characters(void **context)
{
    (void)context;
    const struct result bytes = text_check(LITERAL("\x09 a\xFF"));
    const struct result character = text_check(LITERAL("西泠\x09"));

    assert_string_equal(bytes.rule, "text.utf8");
    assert_int_equal(bytes.at, 3);
    assert_string_equal(character.rule, "text.character");
    assert_int_equal(character.at, 6);
}

static void values_have_a_size_and_no_spaces_around(void **context)
{
    (void)context;
    uint8_t long_value[TEXT_VALUE_MAX + 1];

    memset(long_value, 'a', sizeof long_value);
    check_ok(text_check_value((struct bytes){long_value, TEXT_VALUE_MAX}));
    check_fails(text_check_value(BYTES(long_value)), MALFORMED, "text.value");
    check_fails(text_check_value(EMPTY_BYTES), MALFORMED, "text.value");
    check_fails(text_check_value(LITERAL(" a")), MALFORMED, "text.value");
    check_fails(text_check_value(LITERAL("a ")), MALFORMED, "text.value");
    check_fails(text_check_value(LITERAL("a\nb")), MALFORMED, "text.value");
    check_ok(text_check_value(LITERAL("a  b：西泠")));
}

static void ids_are_what_the_protocol_says(void **context)
{
    (void)context;
    uint8_t id[64];

    memset(id, 'a', sizeof id);
    assert_true(text_is_id((struct bytes){id, 63}));
    assert_false(text_is_id(BYTES(id)));
    assert_true(text_is_id(LITERAL("0-9-")));
    assert_false(text_is_id(LITERAL("-a")));
    assert_false(text_is_id(LITERAL("A")));
    assert_false(text_is_id(LITERAL("a_b")));
    assert_false(text_is_id(EMPTY_BYTES));
}

static void numbers_have_one_form(void **context)
{
    (void)context;
    static const char *const BAD[] = {"",
                                      "00",
                                      "01",
                                      "+1",
                                      "-1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "0x1",
                                      "９",
                                      "9007199254740992",
                                      "10000000000000000000"};
    uint64_t number = 1;

    check_ok(text_parse_number(LITERAL("0"), &number));
    assert_int_equal(number, 0);
    check_ok(text_parse_number(LITERAL("9007199254740991"), &number));
    assert_true(number == TEXT_NUMBER_MAX);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_fails(text_parse_number(bytes_of_string(BAD[i]), &number), MALFORMED, "text.number");
    }
}

static void times_are_seconds_of_a_real_calendar(void **context)
{
    (void)context;
    static const struct {
        const char *text;
        int64_t seconds;
    } GOOD[] = {
        {"1970-01-01T08:00:00+08:00", 0},
        {"2026-11-22T16:00:00+08:00", 1795334400},
        {"2000-02-29T00:00:00+08:00", 951753600},
        {"1969-12-31T23:59:59+08:00", -28801},
        {"0001-01-01T00:00:00+08:00", -62135625600},
        {"9999-12-31T23:59:59+08:00", 253402271999},
    };

    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        int64_t seconds = 0;
        char text[TEXT_TIME_SIZE + 1];
        check_ok(text_parse_time(bytes_of_string(GOOD[i].text), &seconds));
        assert_true(seconds == GOOD[i].seconds);
        check_ok(text_print_time(seconds, text));
        assert_string_equal(text, GOOD[i].text);
    }
}

static void refuses_times_that_never_were(void **context)
{
    (void)context;
    static const char *const BAD[] = {
        "2026-02-29T00:00:00+08:00", "1900-02-29T00:00:00+08:00", "2026-04-31T00:00:00+08:00",
        "2026-00-01T00:00:00+08:00", "2026-13-01T00:00:00+08:00", "2026-01-00T00:00:00+08:00",
        "2026-01-01T24:00:00+08:00", "2026-01-01T00:60:00+08:00", "2026-01-01T00:00:60+08:00",
        "0000-01-01T00:00:00+08:00", "2026-01-01T00:00:00+09:00", "2026-01-01T00:00:00Z",
        "2026-01-01 00:00:00+08:00", "2026-1-01T00:00:00+08:000", ""};
    char text[TEXT_TIME_SIZE + 1];
    int64_t seconds;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_fails(text_parse_time(bytes_of_string(BAD[i]), &seconds), MALFORMED, "text.time");
    }
    check_fails(text_print_time(253402272000, text), INVALID, "text.time");
    check_fails(text_print_time(-62135625601, text), INVALID, "text.time");
}

/* Every day of 400 years, the calendar's whole period, prints the day after the one before. */
static void every_day_reads_back_as_itself(void **context)
{
    (void)context;
    char before[TEXT_TIME_SIZE + 1] = "";

    for (int64_t day = 0; day < 146097; day++) {
        char text[TEXT_TIME_SIZE + 1];
        int64_t seconds;
        check_ok(text_print_time(day * 86400, text));
        check_ok(text_parse_time(bytes_of_string(text), &seconds));
        assert_true(seconds == day * 86400);
        assert_true(strcmp(before, text) < 0);
        memcpy(before, text, sizeof text);
    }
}

static void cuts_and_finds(void **context)
{
    (void)context;
    struct bytes text = LITERAL("a b  c");

    check_bytes(text_cut(&text, ' '), LITERAL("a"));
    check_bytes(text_cut(&text, ' '), LITERAL("b"));
    assert_int_equal(text_cut(&text, ' ').size, 0);
    check_bytes(text_cut(&text, ' '), LITERAL("c"));
    assert_int_equal(text.size, 0);
    assert_int_equal(text_cut(&text, ' ').size, 0);
    assert_int_equal(text_find(LITERAL("aab"), LITERAL("ab")), 1);
    assert_true(text_find(LITERAL("aab"), LITERAL("ba")) == SIZE_MAX);
    assert_true(text_find(LITERAL("a"), LITERAL("ab")) == SIZE_MAX);
    assert_true(text_find(EMPTY_BYTES, LITERAL("a")) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allows_exactly_the_listed_characters),
        cmocka_unit_test(reads_utf8_strictly),
        cmocka_unit_test(names_bad_bytes_before_bad_characters),
        cmocka_unit_test(values_have_a_size_and_no_spaces_around),
        cmocka_unit_test(ids_are_what_the_protocol_says),
        cmocka_unit_test(numbers_have_one_form),
        cmocka_unit_test(times_are_seconds_of_a_real_calendar),
        cmocka_unit_test(refuses_times_that_never_were),
        cmocka_unit_test(every_day_reads_back_as_itself),
        cmocka_unit_test(cuts_and_finds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
