/*
 * The published award, computed: 31 members, four candidates, at most three prizes; 29, 28 and 25
 * in favour, and a fourth that does not reach two thirds. From votes to the lines of the result.
 */
#include "check.h"
#include "protocol/outcome.h"
#include "protocol/share.h"
#include "protocol/tally.h"
#include "support/committee.h"

static const struct committee_plan PLAN = {
    .candidates = 4, .members = 31, .trustees = 5, .threshold = 3, .grades = 2};
static const uint64_t IN_FAVOUR[4] = {29, 28, 25, 20};

/* Member m is in favour of the first IN_FAVOUR[i], counted from another place for each candidate.
 */
static void choose(size_t member, struct ballot_intent *intent)
{
    for (size_t i = 0; i < PLAN.candidates; i++) {
        intent->choices[i] = (member + 7 * i) % PLAN.members < IN_FAVOUR[i] ? 1 : 0;
    }
}

static void vote(const struct committee *committee, size_t member, struct tally *tally)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    SECRET_INTENT intent;

    committee_intent(committee, member, &intent);
    choose(member, &intent);
    check_ok(ballot_make(&committee->election, &intent, &note));
    check_ok(ballot_parse(&committee->election, buffer_view(&note), &ballot));
    check_ok(ballot_verify(&committee->election, &ballot));
    check_ok(tally_add(&committee->election, &ballot, tally));
}

/* Trustees 5, 2 and 3 open the sums, each share verified as an auditor does. */
static void open_sums(const struct committee *committee, const struct tally *tally,
                      struct point totals[])
{
    static struct opened_share opened[3];
    const uint64_t indices[3] = {5, 2, 3};
    const uint8_t fresh[32] = {1};
    const struct share_subject subject = {&committee->election.manifest, tally};
    struct decryption_share shares[3];

    for (size_t k = 0; k < 3; k++) {
        const size_t place = indices[k] - 1;
        check_ok(trustee_decrypt(&subject, indices[k], &committee->share_keys[place], fresh,
                                 &opened[k]));
        shares[k] = (struct decryption_share){indices[k], opened[k].points, PLAN.candidates,
                                              buffer_view(&opened[k].proof)};
        check_ok(share_verify(&subject, &committee->election.trustees[place].key, &shares[k]));
    }
    check_ok(tally_combine(tally, shares, 3, totals));
    for (size_t k = 0; k < 3; k++) {
        buffer_free(&opened[k].proof);
    }
}

static void the_published_award_comes_out(void **state)
{
    static struct committee committee;
    static struct tally tally;
    static struct outcome outcome;
    static struct tally_counts counts[CANDIDATES_MAX];
    struct point totals[4];
    uint64_t recused[CANDIDATES_MAX];
    AUTO_BUFFER lines = BUFFER_INIT;

    (void)state;
    committee_open(&PLAN, &committee);
    tally_begin(PLAN.candidates, &tally);
    for (size_t member = 0; member < PLAN.members; member++) {
        vote(&committee, member, &tally);
    }
    open_sums(&committee, &tally, totals);
    check_ok(tally_decode(2, tally.ballots, totals, PLAN.candidates, counts));
    const struct outcome_question question =
        outcome_question_of(&committee.election, 31, counts, recused);
    outcome_decide(&question, NULL, 0, &outcome);
    check_ok(outcome_print(&committee.election, counts, &outcome, &lines));
    check_bytes(buffer_view(&lines), LITERAL("得票：org-a 29\n得票：org-b 28\n得票：org-c 25\n"
                                             "得票：org-d 20\n入选：1 org-a\n入选：1 org-b\n"
                                             "入选：1 org-c\n"));
    committee_close(&committee);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_award_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
