/*
 * What ballot_make() gives, and what it refuses to give.
 *
 * covers: ballot_assemble, ballot_make, ballot_seed
 */
#include "check.h"
#include "primitive/proof.h"
#include "protocol/ballot.h"
#include "protocol/ballot_seed.h"
#include "protocol/tag.h"
#include "support/items.h"
#include "support/polling.h"
#include "support/vectors.h"

/* --- vectors --- */

static void check_hash(json_t *item, const char *name, const struct hash64 *hash)
{
    struct hash64 expected;

    vector_fixed(item, name, expected.bytes, sizeof expected.bytes);
    assert_memory_equal(hash, &expected, sizeof expected);
}

static void check_seed(const struct election *election, json_t *item)
{
    struct ballot_intent intent;
    struct hash64 root, proof_root;
    struct point tag;
    size_t i;
    json_t *expected;

    polling_intent(item, &intent);
    ballot_root(election, &intent.seed, intent.choices, &root);
    check_hash(item, "root", &root);
    check_ok(tag_compute(election, &intent.vote_key, &tag));
    ballot_proof_root(&root, &tag, &proof_root);
    check_hash(item, "proof_root", &proof_root);
    json_array_foreach(vector_get(item, "r"), i, expected)
    {
        struct scalar scalar, wanted;
        ballot_scalar(&root, (struct ballot_purpose){"grade r", i + 1, 0}, &scalar);
        item_fixed(expected, wanted.bytes, SCALAR_SIZE);
        assert_memory_equal(&scalar, &wanted, sizeof scalar);
    }
    assert_int_equal(i, election->candidate_count);
}

static void every_scalar_comes_from_the_seed_as_in_the_vectors(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i, k;
    json_t *item, *ballot;

    (void)state;
    json_array_foreach(vector_get(root, "elections"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;

        polling_election(item, &election);
        json_array_foreach(vector_get(item, "ballots"), k, ballot)
        {
            check_seed(&election, ballot);
        }
        assert_true(k > 0);
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* --- our own --- */

static struct result make(struct polling *desk)
{
    buffer_clear(&desk->note);
    return ballot_make(&desk->election, &desk->intent, &desk->note);
}

static void choose_nobody(struct polling *desk)
{
    memset(desk->intent.choices, 0, sizeof desk->intent.choices);
}

/* Other choices that the rules allow: nobody, or else the first who may be chosen. */
static void choose_otherwise(struct polling *desk)
{
    const struct ballot_intent before = desk->intent;
    size_t candidate = 0;

    choose_nobody(desk);
    if (memcmp(before.choices, desk->intent.choices, sizeof before.choices) == 0) {
        while (election_is_recused(&desk->election, desk->intent.member, candidate)) {
            candidate++;
        }
        desk->intent.choices[candidate] = 1;
    }
}

static void makes_no_ballot_with_a_grade_for_whom_the_member_is_recused_from(void **state)
{
    struct polling desk;

    (void)state;
    polling_open(needs_recusal, &desk);
    const size_t recused = desk.election.roll[desk.intent.member].recused[0];
    choose_nobody(&desk);
    check_ok(make(&desk));
    desk.intent.choices[recused] = 1;
    check_fails(make(&desk), INVALID, "ballot.choices");
    polling_close(&desk);
}

static unsigned highest_grade(grade_set grades)
{
    unsigned grade = 0;

    while (grades >> (grade + 1) != 0) {
        grade++;
    }
    return grade;
}

/* Fills up a limit of the election and goes one beyond it; false if there are too few to do so. */
static bool check_limit(struct polling *desk, const struct election_limit *limit)
{
    uint64_t chosen = 0;

    choose_nobody(desk);
    for (size_t i = 0; i < desk->election.candidate_count; i++) {
        if (election_is_recused(&desk->election, desk->intent.member, i)) {
            continue;
        }
        desk->intent.choices[i] = (uint8_t)highest_grade(limit->grades);
        chosen++;
        if (chosen > limit->max) {
            check_fails(make(desk), INVALID, "ballot.choices");
            return true;
        }
    }
    return false;
}

static void makes_no_ballot_beyond_a_limit(void **state)
{
    struct polling desk;
    bool tried = false;

    (void)state;
    polling_open(needs_limits, &desk);
    for (size_t i = 0; i < desk.election.limit_count; i++) {
        tried = check_limit(&desk, &desk.election.limits[i]) || tried;
    }
    assert_true(tried);
    polling_close(&desk);
}

static void makes_no_ballot_with_a_grade_that_does_not_exist(void **state)
{
    struct polling desk;

    (void)state;
    polling_open(needs_no_limits, &desk);
    choose_otherwise(&desk);
    check_ok(make(&desk));
    choose_nobody(&desk);
    desk.intent.choices[0] = (uint8_t)desk.election.grade_count;
    check_fails(make(&desk), INVALID, "ballot.choices");
    polling_close(&desk);
}

static void makes_no_ballot_with_another_key_or_a_bad_code(void **state)
{
    struct polling desk;

    (void)state;
    polling_open(needs_neighbour, &desk);
    const struct ballot_intent intent = desk.intent;
    desk.intent.member++;
    check_fails(make(&desk), INVALID, "ballot.member");
    desk.intent.member = desk.election.roll_count;
    check_fails(make(&desk), INVALID, "ballot.member");
    desk.intent = intent;
    desk.intent.code.characters[7] = 'I';
    check_fails(make(&desk), INVALID, "ballot.code");
    ballot_code_draw(&desk.intent.code);
    check_ok(make(&desk));
    polling_close(&desk);
}

static void counts_common_commitments(const struct buffer *a, const struct buffer *b, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < equations_count(a); i++) {
        for (size_t k = 0; k < equations_count(b); k++) {
            if (point_equal(&equations_at(a, i)->commitment, &equations_at(b, k)->commitment)) {
                (*out)++;
            }
        }
    }
}

/* The equations of a ballot, from which one sees its commitments. */
static void collect(const struct polling *desk, struct buffer *out)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;

    check_ok(ballot_make(&desk->election, &desk->intent, &note));
    check_ok(ballot_parse(&desk->election, buffer_view(&note), &ballot));
    check_ok(ballot_equations(&desk->election, &ballot, out));
}

static void two_ballots_have_no_nonce_in_common(void **state)
{
    struct polling desk;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER other_code = BUFFER_INIT;
    AUTO_BUFFER other_choice = BUFFER_INIT;
    AUTO_BUFFER other_seed = BUFFER_INIT;
    size_t common;

    (void)state;
    polling_open(needs_nothing, &desk);
    collect(&desk, &first);
    const struct ballot_intent intent = desk.intent;
    choose_otherwise(&desk);
    collect(&desk, &other_choice);
    counts_common_commitments(&first, &other_choice, &common);
    assert_int_equal(common, 0);
    desk.intent = intent;
    desk.intent.seed.bytes[31] ^= 1;
    collect(&desk, &other_seed);
    counts_common_commitments(&first, &other_seed, &common);
    assert_int_equal(common, 0);
    /* Seed and choices again with another text: the ring proof has other nonces. */
    desk.intent.seed.bytes[31] ^= 1;
    memcpy(desk.intent.code.characters, "00000000", BALLOT_CODE_BYTES);
    collect(&desk, &other_code);
    const size_t ring = 2 * (desk.election.roll_count + desk.election.recusal_count);
    first.size = ring * sizeof(struct equation);
    other_code.size = ring * sizeof(struct equation);
    counts_common_commitments(&first, &other_code, &common);
    assert_int_equal(common, 0);
    polling_close(&desk);
}

static void a_fresh_ballot_is_another_each_time(void **state)
{
    struct polling desk;
    AUTO_BUFFER again = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;

    (void)state;
    polling_open(needs_nothing, &desk);
    buffer_clear(&desk.note);
    check_ok(ballot_make_fresh(&desk.election, &desk.intent, &desk.note));
    check_ok(ballot_make_fresh(&desk.election, &desk.intent, &again));
    check_ok(ballot_parse(&desk.election, buffer_view(&again), &ballot));
    check_ok(ballot_verify(&desk.election, &ballot));
    assert_false(bytes_equal(buffer_view(&desk.note), buffer_view(&again)));
    polling_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_comes_from_the_seed_as_in_the_vectors),
        cmocka_unit_test(makes_no_ballot_with_a_grade_for_whom_the_member_is_recused_from),
        cmocka_unit_test(makes_no_ballot_beyond_a_limit),
        cmocka_unit_test(makes_no_ballot_with_a_grade_that_does_not_exist),
        cmocka_unit_test(makes_no_ballot_with_another_key_or_a_bad_code),
        cmocka_unit_test(two_ballots_have_no_nonce_in_common),
        cmocka_unit_test(a_fresh_ballot_is_another_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
