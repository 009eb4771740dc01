/*
 * Every rule that crypto/ and audit/ can name has its words, in both languages.
 * covers: refusal, refusal_statement, refusal_meeting, refusal_review, refusal_vote
 * covers: refusal_system, refusal_log, refusal_proof, refusal_sign_off
 * covers: refusal_notice, refusal_case
 */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>

#include "base/text.h"
#include "check.h"
#include "record/refusal.h"
#include "record/types.h"

/* Strings of the sources that look like rules and are none: names of files, a task. */
static bool is_no_rule(struct bytes text)
{
    return type_find(text) != 0 || bytes_is(text, "index.html") || bytes_is(text, "xiling.db") ||
           bytes_is(text, "report.upload");
}

/* "noun.rule": lower case, underscores, one dot. */
static bool looks_like_a_rule(struct bytes text)
{
    size_t dots = 0;

    for (size_t i = 0; i < text.size; i++) {
        const uint8_t character = text.data[i];

        dots += character == '.';
        if (!islower(character) && character != '_' && character != '.') {
            return false;
        }
    }
    return dots == 1 && text.size > 2 && text.data[0] != '.' && text.data[text.size - 1] != '.';
}

static size_t check_rule(const char *path, struct bytes text)
{
    AUTO_BUFFER copy = BUFFER_INIT;
    const char *rule;

    if (!looks_like_a_rule(text) || is_no_rule(text)) {
        return 0;
    }
    check_ok(buffer_append(&copy, text));
    check_ok(buffer_terminate(&copy, &rule));
    if (strcmp(refusal_find(rule)->rule, rule) != 0) {
        print_error("%s: no words for %s\n", path, rule);
        return 1;
    }
    return 0;
}

static void read_file(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    uint8_t block[4096];
    size_t size;

    assert_non_null(file);
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        check_ok(buffer_append(out, (struct bytes){block, size}));
    }
    fclose(file);
}

static size_t check_file(const char *path)
{
    AUTO_BUFFER source = BUFFER_INIT;
    struct bytes rest;
    size_t missing = 0;

    read_file(path, &source);
    rest = buffer_view(&source);
    text_cut(&rest, '"');
    while (rest.size > 0) { /* every second part stands between quotes */
        missing += check_rule(path, text_cut(&rest, '"'));
        text_cut(&rest, '"');
    }
    return missing;
}

static size_t check_folder(const char *folder)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    size_t missing = 0;

    assert_non_null(directory);
    while ((entry = readdir(directory))) {
        const size_t size = strlen(entry->d_name);
        char path[300];

        if (size > 2 && strcmp(entry->d_name + size - 2, ".c") == 0) {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            missing += check_file(path);
        }
    }
    closedir(directory);
    return missing;
}

static void every_rule_of_the_sources_has_words(void **state)
{
    static const char *const folders[] = {
        "crypto/base",  "crypto/primitive", "crypto/protocol", "audit/log",
        "audit/record", "audit/verifier",   "audit/pen",
    };
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        missing += check_folder(folders[i]);
    }
    assert_int_equal(missing, 0);
}

/* docs/rules.md names rules, types and tests in backticks; each must be one of ours. */
static size_t check_named(struct bytes name)
{
    AUTO_BUFFER copy = BUFFER_INIT;
    const char *text;
    char path[100];
    FILE *file;

    if (bytes_starts_with(name, LITERAL("test_"))) {
        snprintf(path, sizeof path, "tests/audit/%.*s.c", (int)name.size, (const char *)name.data);
        file = fopen(path, "rb");
        assert_non_null(file);
        fclose(file);
        return 1;
    }
    if (!looks_like_a_rule(name) || type_find(name)) {
        return type_find(name) != 0;
    }
    check_ok(buffer_append(&copy, name));
    check_ok(buffer_terminate(&copy, &text));
    assert_string_equal(refusal_find(text)->rule, text);
    return 1;
}

static void the_rules_document_names_what_there_is(void **state)
{
    AUTO_BUFFER document = BUFFER_INIT;
    struct bytes rest;
    size_t named = 0;

    (void)state;
    read_file("docs/rules.md", &document);
    rest = buffer_view(&document);
    text_cut(&rest, '`');
    while (rest.size > 0) {
        named += check_named(text_cut(&rest, '`'));
        text_cut(&rest, '`');
    }
    assert_true(named > 80);
}

static void a_rule_without_words_would_be_noticed(void **state)
{
    (void)state;
    assert_int_equal(check_rule("here", LITERAL("ballot.nonsense")), 1);
    assert_int_equal(check_rule("here", LITERAL("ballot.ring")), 0);
    assert_int_equal(check_rule("here", LITERAL("person.invite")), 0);
}

static void every_row_speaks_both_languages_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < refusal_count(); i++) {
        const struct refusal *row = refusal_at(i);

        assert_ptr_equal(refusal_find(row->rule), row); /* or an earlier row has the same rule */
        assert_true(row->what.zh[0] != '\0' && row->what.en[0] != '\0');
        assert_true(row->advice.zh[0] != '\0' && row->advice.en[0] != '\0');
        assert_int_equal(row->basis.zh[0] == '\0', row->basis.en[0] == '\0');
        assert_true(strlen(row->article) == 0 || strncmp(row->article, "第", 3) == 0);
        check_ok(text_check(bytes_of_string(row->what.zh)));
        check_ok(text_check(bytes_of_string(row->advice.zh)));
    }
}

static void an_unknown_rule_is_an_internal_error(void **state)
{
    (void)state;
    assert_string_equal(refusal_find("no.such")->rule, "internal");
    assert_string_equal(refusal_find(0)->rule, "internal");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_of_the_sources_has_words),
        cmocka_unit_test(the_rules_document_names_what_there_is),
        cmocka_unit_test(a_rule_without_words_would_be_noticed),
        cmocka_unit_test(every_row_speaks_both_languages_once),
        cmocka_unit_test(an_unknown_rule_is_an_internal_error),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
