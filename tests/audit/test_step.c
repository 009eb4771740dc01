#include "check.h"
#include "record/types.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_has_its_names),
        cmocka_unit_test(every_logged_type_is_counted_under_a_step_of_its_own),
        cmocka_unit_test(a_bad_signature_is_v6_whatever_it_signed),
        cmocka_unit_test(a_text_that_does_not_parse_is_v4),
        cmocka_unit_test(a_rule_belongs_to_the_step_of_its_statement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
