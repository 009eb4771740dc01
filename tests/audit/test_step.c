#include "check.h"
#include "record/types.h"
#include "support/vectors.h"
#include "verifier/step.h"

static void every_step_has_its_names(void **state)
{
    (void)state;
    for (int step = STEP_CHECKPOINT; step < STEP_COUNT; step++) {
        assert_non_null(step_name((enum step)step)->zh);
        assert_non_null(step_name((enum step)step)->en);
    }
}

/* A type nobody placed would be counted under V4, as if it were of no interest. */
static void every_logged_type_is_counted_under_a_step_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < type_list_count(); i++) {
        const struct type_list *list = type_list_at(i);

        for (size_t k = 0; k < list->count; k++) {
            if (!list->rows[k].never_logged) {
                assert_int_not_equal(step_of_type(list->rows[k].row->name), STEP_ENTRIES);
            }
        }
    }
}

static void a_bad_signature_is_v6_whatever_it_signed(void **state)
{
    (void)state;
    assert_int_equal(step_of_refusal("ballot", "signature.invalid"), STEP_SIGNATURES);
    assert_int_equal(step_of_refusal("meeting.signin", "statement.signature"), STEP_SIGNATURES);
    assert_int_equal(step_of_refusal("role.grant", "statement.signers"), STEP_SIGNATURES);
}

static void a_text_that_does_not_parse_is_v4(void **state)
{
    (void)state;
    assert_int_equal(step_of_refusal("", "statement.character"), STEP_ENTRIES);
    assert_int_equal(step_of_refusal("", "entry.form"), STEP_ENTRIES);
}

static void a_rule_belongs_to_the_step_of_its_statement(void **state)
{
    (void)state;
    assert_int_equal(step_of_refusal("ballot", "ballot.ring"), STEP_BALLOTS);
    assert_int_equal(step_of_refusal("team.form", "team.conflict"), STEP_REVIEWS);
    assert_int_equal(step_of_refusal("report.sign", "log.seen"), STEP_REVIEWS);
    assert_int_equal(step_of_refusal("notice.open", "notice.end"), STEP_CASES);
    assert_int_equal(step_of_refusal("identity.open", "case.conflict"), STEP_CASES);
    assert_int_equal(step_of_refusal("list.settle", "notice.running"), STEP_CASES);
    assert_int_equal(step_of_refusal("election.open", "election.roll"), STEP_MANIFEST);
    assert_int_equal(step_of_refusal("trustee.deal", "dealing.proof"), STEP_CEREMONY);
    assert_int_equal(step_of_refusal("election.result", "tally.counts"), STEP_COUNTS);
    assert_int_equal(step_of_refusal("election.result", "result.lines"), STEP_RESULT);
}

/* What each refusal of refused-*.json is called there; the JavaScript twin reads the same file. */
static void c_and_javascript_have_one_table_of_steps(void **state)
{
    json_t *root = vectors_open("steps.json");
    bool met[STEP_COUNT] = {false};
    size_t i;
    json_t *row;

    (void)state;
    json_array_foreach(root, i, row)
    {
        const enum step step = step_of_refusal(vector_text(row, "type"), vector_text(row, "rule"));
        char number[8];

        (void)snprintf(number, sizeof number, "V%d", (int)step);
        assert_string_equal(number, vector_text(row, "step"));
        met[step] = true;
    }
    vectors_close(root);
    /* V1 to V3 look at no entry, and V19 never fails (test_verify.c). */
    for (int step = STEP_ENTRIES; step < STEP_COUNT; step++) {
        assert_true(met[step] || step == STEP_COMPLETE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_has_its_names),
        cmocka_unit_test(every_logged_type_is_counted_under_a_step_of_its_own),
        cmocka_unit_test(a_bad_signature_is_v6_whatever_it_signed),
        cmocka_unit_test(a_text_that_does_not_parse_is_v4),
        cmocka_unit_test(a_rule_belongs_to_the_step_of_its_statement),
        cmocka_unit_test(c_and_javascript_have_one_table_of_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
