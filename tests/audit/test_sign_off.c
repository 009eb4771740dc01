/* covers: sign_off_keys, sign_off_list, sign_off_view */
#include "base/text.h"
#include "check.h"
#include "support/vectors.h"
#include "verifier/sign_off.h"

#define ENTRIES_MAX 32

struct story {
    struct sign_off_entry entries[ENTRIES_MAX];
    struct hash32 document;
    struct sign_off_evidence evidence;
};

static void tell(json_t *root, json_t *given, struct story *out)
{
    json_t *const entries = vector_get(given, "entries");
    const size_t count = json_array_size(entries);

    assert_true(count <= ENTRIES_MAX);
    for (size_t i = 0; i < count; i++) {
        json_t *const entry = json_array_get(entries, i);

        out->entries[i].index = vector_number(entry, "index");
        out->entries[i].raw = bytes_of_string(vector_text(entry, "entry"));
    }
    out->evidence = (struct sign_off_evidence){
        .origin = bytes_of_string(vector_text(root, "origin")),
        .entries = out->entries,
        .count = count,
    };
    if (json_is_string(vector_get(given, "document"))) {
        vector_fixed(given, "document", out->document.bytes, sizeof out->document.bytes);
        out->evidence.document = &out->document;
    }
}

static void check_text(const char *where, struct bytes found, json_t *expected)
{
    const char *const text = json_is_string(expected) ? json_string_value(expected) : "";

    if (!bytes_is(found, text)) {
        fail_msg("%s: %.*s and not %s", where, (int)found.size, (const char *)found.data, text);
    }
}

static void check_index(const char *where, uint64_t found, json_t *expected)
{
    const uint64_t index =
        json_is_null(expected) ? SIGN_OFF_NONE : (uint64_t)json_integer_value(expected);

    if (found != index) {
        fail_msg("%s: entry %llu and not %llu", where, (unsigned long long)found,
                 (unsigned long long)index);
    }
}

static void check_line(const char *name, const struct sign_off_line *line, json_t *expected)
{
    check_text(name, line->person, vector_get(expected, "person"));
    check_text(name, line->capacity, vector_get(expected, "capacity"));
    check_text(name, line->organisation, vector_get(expected, "organisation"));
    check_text(name, bytes_of_string(sign_off_verdict_name(line->verdict)),
               vector_get(expected, "verdict"));
    check_index(name, line->index, vector_get(expected, "index"));
    assert_int_equal(line->reason.size > 0,
                     line->verdict != SIGN_OFF_MISSING && line->verdict != SIGN_OFF_AGREED);
}

static void check_problems(const char *name, const struct sign_off *read, json_t *expected)
{
    for (size_t i = 0; i < sign_off_problem_count(read); i++) {
        const struct sign_off_problem *const problem = sign_off_problem_at(read, i);
        json_t *const one = json_array_get(expected, i);

        if (one == NULL) {
            fail_msg("%s: %s at %llu is no problem", name, problem->result.rule,
                     (unsigned long long)problem->index);
        }
        check_text(name, bytes_of_string(problem->result.rule), vector_get(one, "rule"));
        check_index(name, problem->index, vector_get(one, "index"));
    }
    if (sign_off_problem_count(read) != json_array_size(expected)) {
        fail_msg("%s: %zu problems", name, sign_off_problem_count(read));
    }
}

static void check_lists(const char *name, const struct sign_off *read, json_t *expected)
{
    json_t *const signers = vector_get(expected, "signers");
    json_t *const former = vector_get(expected, "former");

    if (sign_off_line_count(read) != json_array_size(signers) ||
        sign_off_former_count(read) != json_array_size(former)) {
        fail_msg("%s: %zu signers, %zu former", name, sign_off_line_count(read),
                 sign_off_former_count(read));
    }
    for (size_t i = 0; i < json_array_size(signers); i++) {
        check_line(name, sign_off_line_at(read, i), json_array_get(signers, i));
    }
    for (size_t i = 0; i < json_array_size(former); i++) {
        check_line(name, sign_off_former_at(read, i), json_array_get(former, i));
    }
}

static void check_case(const char *name, const struct sign_off *read, json_t *expected)
{
    json_t *const how = vector_get(expected, "void");

    check_problems(name, read, vector_get(expected, "problems"));
    assert_int_equal(read->filed, vector_flag(expected, "filed"));
    assert_int_equal(sign_off_holds(read),
                     read->filed && json_array_size(vector_get(expected, "problems")) == 0);
    if (!read->filed) {
        return;
    }
    check_text(name, read->report, vector_get(expected, "report"));
    check_index(name, read->version, vector_get(expected, "version"));
    check_text(name, bytes_of_string(sign_off_state_name(read->state)),
               vector_get(expected, "state"));
    check_index(name, read->since, vector_get(expected, "since"));
    check_text(name, read->voided_how == NULL ? EMPTY_BYTES : bytes_of_string(read->voided_how),
               how);
    check_lists(name, read, expected);
}

static void says_of_evidence_what_the_vectors_say(void **state)
{
    json_t *const root = vectors_open("sign-off.json");
    json_t *const cases = vector_get(root, "cases");
    size_t i;
    json_t *one;
    (void)state;

    assert_true(json_array_size(cases) > 40);
    json_array_foreach(cases, i, one)
    {
        AUTO_SIGN_OFF read = SIGN_OFF_INIT;
        struct story story;

        tell(root, one, &story);
        check_ok(sign_off_read(&story.evidence, &read));
        check_case(vector_text(one, "name"), &read, one);
    }
    vectors_close(root);
}

static void reads_what_the_filing_says(void **state)
{
    json_t *const root = vectors_open("sign-off.json");
    AUTO_SIGN_OFF read = SIGN_OFF_INIT;
    struct story story;
    (void)state;

    tell(root, json_array_get(vector_get(root, "cases"), 1), &story);
    check_ok(sign_off_read(&story.evidence, &read));
    assert_true(bytes_is(read.kind, "资料评审报告"));
    assert_true(bytes_is(read.team, "team-1"));
    assert_true(bytes_is(read.title, "西溪示例公司评审报告"));
    assert_true(bytes_is(read.format, "PDF"));
    assert_int_equal(read.size, 20480);
    assert_int_equal(read.index, 20);
    assert_int_equal(read.time, 1795309200 + 20);
    assert_int_equal(read.deadline, 1795309200 + 864000);
    assert_int_equal(read.subjects.size, sizeof(struct bytes));
    assert_true(hash32_equal(&read.file, &story.document));
    assert_int_equal(sign_off_line_at(&read, 0)->time, 1795309200 + 21);
    vectors_close(root);
}

/* Every byte of every entry after the genesis is under a signature, is its own, or breaks it. */
static void notices_any_changed_byte(void **state)
{
    json_t *const root = vectors_open("sign-off.json");
    struct story story;
    (void)state;

    tell(root, json_array_get(vector_get(root, "cases"), 3), &story);
    for (size_t i = 0; i < story.evidence.count; i++) {
        const struct bytes whole = story.entries[i].raw;
        const size_t head = text_find(whole, LITERAL("\n"));

        for (size_t at = head; at < whole.size; at += 7) {
            AUTO_BUFFER copy = BUFFER_INIT;
            AUTO_SIGN_OFF read = SIGN_OFF_INIT;

            check_ok(buffer_append(&copy, whole));
            copy.data[at] ^= 1;
            story.entries[i].raw = buffer_view(&copy);
            check_ok(sign_off_read(&story.evidence, &read));
            if (sign_off_holds(&read)) {
                fail_msg("byte %zu of entry %zu", at, i);
            }
        }
        story.entries[i].raw = whole;
    }
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_of_evidence_what_the_vectors_say),
        cmocka_unit_test(reads_what_the_filing_says),
        cmocka_unit_test(notices_any_changed_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
