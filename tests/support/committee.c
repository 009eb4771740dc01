#include "support/committee.h"

#include <sodium.h>

#include "check.h"

static const uint8_t ZEROS[32];

/* Ids and names live as long as the program: the views of the parts point here. */
static char person_ids[ROLL_MAX][40];
static char candidate_ids[CANDIDATES_MAX][40];
static char trustee_ids[TRUSTEES_MAX][40];
static uint16_t recused[CANDIDATES_MAX];

static struct hash32 number_hash(uint64_t seed, const char *purpose, uint64_t number)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 test committee");
    hash_number(&state, seed);
    hash_text(&state, purpose);
    hash_number(&state, number);
    hash_end_32(&state, &hash);
    return hash;
}

static void number_scalar(uint64_t seed, const char *purpose, uint64_t number, struct scalar *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 test committee");
    hash_number(&state, seed);
    hash_text(&state, purpose);
    hash_number(&state, number);
    hash_end_scalar(&state, out);
}

static void hold_ceremony(struct committee *committee)
{
    struct ceremony parts = {.origin = LITERAL("test.example/log"), .id = LITERAL("keys")};
    AUTO_BUFFER text = BUFFER_INIT;
    const size_t count = committee->plan.trustees;

    parts.threshold = committee->plan.threshold;
    parts.trustee_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct hash32 code = number_hash(committee->plan.seed, "code", i);
        memcpy(committee->codes[i].bytes, code.bytes, sizeof committee->codes[i].bytes);
        check_ok(keys_derive(&committee->codes[i], &committee->trustee_keys[i]));
        committee->box_keys[i] = committee->trustee_keys[i].box.key;
        (void)snprintf(trustee_ids[i], sizeof trustee_ids[i], "trustee-%02zu", i + 1);
        parts.trustees[i].id = bytes_of_string(trustee_ids[i]);
        parts.trustees[i].enrolment = number_hash(committee->plan.seed, "enrol", i);
    }
    check_ok(ceremony_print(&parts, &text));
    check_ok(ceremony_parse(buffer_view(&text), &committee->ceremony));
}

static void deal(struct committee *committee)
{
    const size_t count = committee->plan.trustees;

    for (size_t i = 0; i < count; i++) {
        const struct trustee trustee = {i + 1, &committee->trustee_keys[i].trustee,
                                        &committee->trustee_keys[i].box};
        check_ok(trustee_deal(&committee->ceremony, &trustee, committee->box_keys, ZEROS,
                              &committee->dealings[i]));
    }
    for (size_t i = 0; i < count; i++) {
        const struct trustee trustee = {i + 1, &committee->trustee_keys[i].trustee,
                                        &committee->trustee_keys[i].box};
        check_ok(trustee_share_key(&committee->ceremony, &trustee, committee->dealings,
                                   &committee->share_keys[i]));
    }
}

/* Votes in the grade and the higher ones: two thirds for the highest, else more than half. */
static struct election_pass pass_of(size_t grade, size_t grade_count)
{
    const unsigned all = (1u << grade_count) - 1, below = (1u << grade) - 1;

    if (grade + 1 == grade_count) {
        return (struct election_pass){(grade_set)(all & ~below), 2, 3, BASE_PRESENT, PASS_AT_LEAST};
    }
    return (struct election_pass){(grade_set)(all & ~below), 1, 2, BASE_PRESENT, PASS_MORE_THAN};
}

static void write_rules(const struct committee_plan *plan, struct election *parts)
{
    static const struct election_grade grades[GRADES_MAX] = {
        {0, {(const uint8_t *)"不授奖", 9}},
        {1, {(const uint8_t *)"提名奖", 9}},
        {1024, {(const uint8_t *)"质量奖", 9}},
        {1048576, {(const uint8_t *)"特别奖", 9}},
    };
    const size_t highest = plan->grades - 1;

    memcpy(parts->grades, grades, sizeof grades);
    parts->grade_count = plan->grades;
    parts->seat_count = parts->pass_count = highest;
    for (size_t grade = highest; grade > 0; grade--) {
        parts->seats[highest - grade] =
            (struct election_seat){(unsigned)grade, grade == highest ? 3 : 9};
        parts->passes[highest - grade] = pass_of(grade, plan->grades);
    }
    if (plan->has_limits) {
        parts->limit_count = 2;
        parts->limits[0] = (struct election_limit){3, (grade_set)(1u << highest)};
        parts->limits[1] = (struct election_limit){9, (grade_set)((2u << highest) - 2)};
    }
}

static void write_roll(struct committee *committee, struct election_member roll[])
{
    for (size_t i = 0; i < committee->plan.members; i++) {
        (void)snprintf(person_ids[i], sizeof person_ids[i], "member-%03zu", i + 1);
        number_scalar(committee->plan.seed, "vote key", i, &committee->vote_keys[i]);
        roll[i] = (struct election_member){
            .id = bytes_of_string(person_ids[i]),
            .hidden_name = LITERAL("#tJ7fnhEJD7gsEnSUpP3FZJWMEWlhAYez+VjFtwp/6oU="),
        };
        check_ok(point_base_multiply(&committee->vote_keys[i], &roll[i].key));
    }
    /* Member 2 is recused from candidates 1 and 2, member 3 from 3 and 4, and so on. */
    for (uint16_t i = 0; i < committee->plan.recusals; i++) {
        recused[i] = i;
        roll[1 + i / 2].recused = &recused[i / 2 * 2];
        roll[1 + i / 2].recused_count++;
    }
}

static void write_trustees(const struct committee *committee, struct election *parts)
{
    parts->ceremony = committee->ceremony.hash;
    parts->threshold = committee->plan.threshold;
    parts->trustee_count = committee->plan.trustees;
    for (size_t i = 0; i < parts->trustee_count; i++) {
        parts->trustees[i].id = bytes_of_string(trustee_ids[i]);
        check_ok(point_base_multiply(&committee->share_keys[i], &parts->trustees[i].key));
    }
    check_ok(dealings_election_key(&committee->ceremony, committee->dealings, &parts->key));
}

static void write_manifest(struct committee *committee)
{
    static struct election_candidate candidates[CANDIDATES_MAX];
    static struct election_member roll[ROLL_MAX];
    struct election parts = {
        .origin = LITERAL("test.example/log"),
        .id = LITERAL("award"),
        .meeting = LITERAL("meeting"),
        .round = 1,
        .candidates = candidates,
        .candidate_count = committee->plan.candidates,
        .roll = roll,
        .roll_count = committee->plan.members,
        .window = 60,
        .opens = 1795330800,
        .closes = 1795334400,
    };

    for (size_t i = 0; i < parts.candidate_count; i++) {
        (void)snprintf(candidate_ids[i], sizeof candidate_ids[i], "org-%c", (int)('a' + i % 26));
        if (i >= 26) {
            (void)snprintf(candidate_ids[i], sizeof candidate_ids[i], "org-%03zu", i + 1);
        }
        candidates[i] = (struct election_candidate){bytes_of_string(candidate_ids[i]),
                                                    bytes_of_string(candidate_ids[i])};
    }
    write_rules(&committee->plan, &parts);
    write_roll(committee, roll);
    write_trustees(committee, &parts);
    check_ok(election_print(&parts, &committee->manifest));
}

void committee_open(const struct committee_plan *plan, struct committee *out)
{
    *out = (struct committee){.plan = *plan};
    if (sodium_init() < 0) {
        fail_msg("libsodium does not start");
    }
    hold_ceremony(out);
    deal(out);
    write_manifest(out);
    check_ok(election_parse(buffer_view(&out->manifest), &out->election));
}

void committee_close(struct committee *committee)
{
    ceremony_free(&committee->ceremony);
    election_free(&committee->election);
    buffer_free(&committee->manifest);
}

void committee_intent(const struct committee *committee, size_t member, struct ballot_intent *out)
{
    const struct hash32 seed = number_hash(committee->plan.seed, "seed", member);

    *out = (struct ballot_intent){.member = member, .vote_key = committee->vote_keys[member]};
    memcpy(out->seed.bytes, seed.bytes, sizeof out->seed.bytes);
    memcpy(out->code.characters, "0123ABCD", BALLOT_CODE_BYTES);
    out->code.characters[0] = (uint8_t)('0' + member % 10);
}
