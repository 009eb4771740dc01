#include "check.h"
#include "protocol/tag.h"
#include "support/committee.h"

static const struct committee_plan PLAN = {
    .candidates = 2, .members = 3, .trustees = 3, .threshold = 2, .grades = 2};
static const uint8_t FRESH[32] = {1};

static struct committee *committee_of_three(void)
{
    static struct committee committee;

    committee_open(&PLAN, &committee);
    return &committee;
}

static void a_burned_tag_is_the_ballots_tag(void **state)
{
    struct committee *committee = committee_of_three();
    struct ballot_intent intent;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER proof = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct point tag;

    (void)state;
    committee_intent(committee, 1, &intent);
    check_ok(ballot_make(&committee->election, &intent, &note));
    check_ok(ballot_parse(&committee->election, buffer_view(&note), &ballot));
    check_ok(tag_compute(&committee->election, &intent.vote_key, &tag));
    assert_true(point_equal(&tag, &ballot.tag));
    check_ok(tag_prove(&committee->election, 1, &intent.vote_key, FRESH, &proof));
    check_ok(tag_verify(&committee->election, 1, &tag, buffer_view(&proof)));
    committee_close(committee);
}

static void nobody_burns_the_tag_of_another(void **state)
{
    struct committee *committee = committee_of_three();
    const struct election *election = &committee->election;
    AUTO_BUFFER proof = BUFFER_INIT;
    struct point tag, other;

    (void)state;
    check_ok(tag_compute(election, &committee->vote_keys[0], &tag));
    check_ok(tag_compute(election, &committee->vote_keys[1], &other));
    check_ok(tag_prove(election, 0, &committee->vote_keys[0], FRESH, &proof));
    check_fails(tag_verify(election, 1, &tag, buffer_view(&proof)), INVALID, "tag.proof");
    check_fails(tag_verify(election, 0, &other, buffer_view(&proof)), INVALID, "tag.proof");
    check_fails(tag_verify(election, 0, &IDENTITY, buffer_view(&proof)), INVALID, "tag.proof");
    for (size_t i = 0; i < proof.size; i++) {
        proof.data[i] ^= 1;
        check_fails(tag_verify(election, 0, &tag, buffer_view(&proof)), INVALID, "tag.proof");
        proof.data[i] ^= 1;
    }
    committee_close(committee);
}

static void a_tag_of_one_election_is_none_of_the_next(void **state)
{
    struct committee *committee = committee_of_three();
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER proof = BUFFER_INIT;
    AUTO_ELECTION next = ELECTION_INIT;
    struct point tag, same_key;

    (void)state;
    committee->election.closes++;
    check_ok(election_print(&committee->election, &text));
    check_ok(election_parse(buffer_view(&text), &next));
    check_ok(tag_compute(&committee->election, &committee->vote_keys[0], &tag));
    check_ok(tag_compute(&next, &committee->vote_keys[0], &same_key));
    assert_false(point_equal(&tag, &same_key));
    check_ok(tag_prove(&committee->election, 0, &committee->vote_keys[0], FRESH, &proof));
    check_fails(tag_verify(&next, 0, &tag, buffer_view(&proof)), INVALID, "tag.proof");
    committee_close(committee);
}

static void a_vote_key_is_for_one_person_and_meeting(void **state)
{
    const struct signin_subject subject = {LITERAL("meeting-1"), LITERAL("member-01")};
    const struct signin_subject other_person = {LITERAL("meeting-1"), LITERAL("member-02")};
    const struct signin_subject other_meeting = {LITERAL("meeting-2"), LITERAL("member-01")};
    const struct scalar secret = {{5}};
    AUTO_BUFFER proof = BUFFER_INIT;
    struct point key;

    (void)state;
    check_ok(vote_key_prove(&subject, &secret, FRESH, &key, &proof));
    assert_int_equal(proof.size, 80);
    check_ok(vote_key_verify(&subject, &key, buffer_view(&proof)));
    check_fails(vote_key_verify(&other_person, &key, buffer_view(&proof)), INVALID, "signin.proof");
    check_fails(vote_key_verify(&other_meeting, &key, buffer_view(&proof)), INVALID,
                "signin.proof");
    check_fails(vote_key_verify(&subject, &GENERATOR, buffer_view(&proof)), INVALID,
                "signin.proof");
    check_fails(vote_key_verify(&subject, &key, bytes_slice(buffer_view(&proof), 0, 79)), INVALID,
                "signin.proof");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burned_tag_is_the_ballots_tag),
        cmocka_unit_test(nobody_burns_the_tag_of_another),
        cmocka_unit_test(a_tag_of_one_election_is_none_of_the_next),
        cmocka_unit_test(a_vote_key_is_for_one_person_and_meeting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
