/*
 * Every seeded violation of a review, as an auditor meets it: found at its entry and by its rule,
 * and every rule of reviews names its article.
 * covers: replay step
 */
#include "check.h"
#include "record/refusal.h"
#include "support/vectors.h"
#include "verifier/replay.h"

static void replay_text(struct replay *replay, json_t *text)
{
    const char *const entry = json_string_value(text);

    assert_non_null(entry);
    check_ok(replay_entry(replay, bytes_of_string(entry)));
}

/* Refused at once, or a little behind by the crew. */
static void replay_refuses(struct replay *replay, json_t *row)
{
    struct result refused = replay_entry(replay, bytes_of_string(vector_text(row, "entry")));

    if (is_ok(refused)) {
        refused = replay_settle(replay);
    }
    if (refused.rule == NULL || strcmp(refused.rule, vector_text(row, "rule")) != 0) {
        fail_msg("%s: %s", vector_text(row, "name"), refused.rule ? refused.rule : "taken");
    }
}

static void audit_case(json_t *log, json_t *row, unsigned threads)
{
    const uint64_t place = vector_number(row, "after");
    AUTO_REPLAY *replay = NULL;
    const struct replay_failure *failure;
    enum step step;

    check_ok(replay_open(threads, &replay));
    for (size_t i = 0; i < place; i++) {
        replay_text(replay, json_array_get(log, i));
    }
    replay_refuses(replay, row);
    failure = replay_failed(replay);
    assert_int_equal(failure->index, place);
    step = step_of_refusal(failure->type, failure->result.rule);
    assert_true(step == STEP_REVIEWS || step == STEP_SIGNATURES || step == STEP_ENTRIES ||
                strcmp(failure->result.rule, "meeting.dual_role") == 0);
}

/* Rules of reviews rest on an article; those of any statement rest on the protocol. */
static void check_article(const char *rule)
{
    const struct refusal *words = refusal_find(rule);

    assert_string_equal(words->rule, rule);
    assert_true(step_of_type(rule) != STEP_REVIEWS || words->article[0] != '\0');
}

static size_t audit_file(const char *file)
{
    json_t *root = vectors_open(file);
    json_t *log = vector_get(root, "log");
    json_t *cases = vector_get(root, "cases");
    const size_t count = json_array_size(cases);

    for (size_t i = 0; i < count; i++) {
        json_t *const row = json_array_get(cases, i);

        audit_case(log, row, i % 2 == 0 ? 0 : 2);
        check_article(vector_text(row, "rule"));
    }
    vectors_close(root);
    return count;
}

static void every_violation_is_found_at_its_entry_by_its_rule(void **state)
{
    (void)state;
    assert_true(audit_file("refused-review.json") > 100);
    assert_true(audit_file("refused-team.json") >= 30);
    assert_true(audit_file("refused-report.json") >= 30);
    assert_true(audit_file("refused-report_signed.json") >= 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_violation_is_found_at_its_entry_by_its_rule),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
