/*
 * ours.c - counts plaintext votes by an election of ours, for comparison with belenios.sh.
 *
 * usage: peer-ours VOTES
 *
 * VOTES is JSON: a list of ballots, each a list of one grade a candidate. Three trustees deal,
 * every member makes a ballot, everybody verifies it, the sums are opened by trustees 1 and 3.
 * Prints, a line each candidate, how many ballots gave it grade 0, 1 and 2; on standard error
 * milliseconds a ballot, to make and to verify.
 */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "protocol/ballot.h"
#include "protocol/keys.h"
#include "protocol/tally.h"
#include "protocol/trustee.h"

#define ORIGIN    "award.example/peer"
#define TRUSTEES  3
#define THRESHOLD 2

static struct bytes id_of(char (*ids)[32], size_t at, const char *word)
{
    (void)snprintf(ids[at], sizeof ids[at], "%s-%03zu", word, at + 1);
    return bytes_of_string(ids[at]);
}

/* --- trustees --- */

struct trustees {
    struct ceremony ceremony;
    struct keys keys[TRUSTEES];
    struct dealing dealings[TRUSTEES];
};

static void trustees_begin(struct trustees *out)
{
    static char ids[TRUSTEES][32];
    struct ceremony parts = {.origin = LITERAL(ORIGIN), .id = LITERAL("ceremony")};
    AUTO_BUFFER text = BUFFER_INIT;

    memset(out, 0, sizeof *out);
    parts.threshold = THRESHOLD;
    parts.trustee_count = TRUSTEES;
    for (size_t i = 0; i < TRUSTEES; i++) {
        struct key_code code;

        key_code_draw(&code);
        check_ok(keys_derive(&code, &out->keys[i]));
        parts.trustees[i].id = id_of(ids, i, "trustee");
    }
    check_ok(ceremony_print(&parts, &text));
    check_ok(ceremony_parse(buffer_view(&text), &out->ceremony));
}

static struct trustee trustee_at(struct trustees *trustees, size_t place)
{
    return (struct trustee){place + 1, &trustees->keys[place].trustee, &trustees->keys[place].box};
}

static void trustees_deal(struct trustees *trustees)
{
    struct box_public readers[TRUSTEES];

    for (size_t i = 0; i < TRUSTEES; i++) {
        readers[i] = trustees->keys[i].box.key;
    }
    for (size_t i = 0; i < TRUSTEES; i++) {
        const struct trustee dealer = trustee_at(trustees, i);
        uint8_t fresh[32];

        randombytes_buf(fresh, sizeof fresh);
        check_ok(
            trustee_deal(&trustees->ceremony, &dealer, readers, fresh, &trustees->dealings[i]));
        check_ok(dealing_verify(&trustees->ceremony, &trustees->dealings[i]));
    }
}

/* --- the election --- */

struct scene {
    json_t *votes;
    size_t ballots;
    size_t candidates;
    struct trustees trustees;
    struct scalar *vote_keys;
    struct election election;
    struct tally tally;
};

static uint8_t grade_of(const struct scene *scene, size_t ballot, size_t candidate)
{
    json_t *grades = json_array_get(scene->votes, ballot);

    assert_int_equal(json_array_size(grades), scene->candidates);
    return (uint8_t)json_integer_value(json_array_get(grades, candidate));
}

/* The most that one ballot gives of these grades: a limit that all of them keep. */
static uint64_t most(const struct scene *scene, grade_set grades)
{
    uint64_t highest = 1;

    for (size_t i = 0; i < scene->ballots; i++) {
        uint64_t count = 0;

        for (size_t j = 0; j < scene->candidates; j++) {
            count += (unsigned)grades >> grade_of(scene, i, j) & 1u;
        }
        highest = count > highest ? count : highest;
    }
    return highest;
}

static void add_rules(const struct scene *scene, struct election *parts)
{
    static const char *const NAMES[] = {"不授奖", "提名奖", "质量奖"};
    static const uint64_t WEIGHTS[] = {0, 1, 1024};

    for (size_t i = 0; i < 3; i++) {
        parts->grades[i] = (struct election_grade){WEIGHTS[i], bytes_of_string(NAMES[i])};
    }
    parts->grade_count = 3;
    parts->limits[0] = (struct election_limit){most(scene, 4), 4};
    parts->limits[1] = (struct election_limit){most(scene, 6), 6};
    parts->limit_count = 2;
    parts->seats[0] = (struct election_seat){2, 1};
    parts->passes[0] = (struct election_pass){4, 2, 3, BASE_APPOINTED, PASS_AT_LEAST};
    parts->seat_count = parts->pass_count = 1;
}

static void add_people(struct scene *scene, struct election *parts)
{
    static char candidates[CANDIDATES_MAX][32];
    static char members[ROLL_MAX][32];

    for (size_t i = 0; i < scene->candidates; i++) {
        const struct bytes id = id_of(candidates, i, "candidate");

        parts->candidates[i] = (struct election_candidate){id, LITERAL("候选组织")};
    }
    for (size_t i = 0; i < scene->ballots; i++) {
        scalar_random(&scene->vote_keys[i]);
        parts->roll[i].id = id_of(members, i, "member");
        parts->roll[i].hidden_name = LITERAL("#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        check_ok(point_base_multiply(&scene->vote_keys[i], &parts->roll[i].key));
    }
    for (size_t i = 0; i < TRUSTEES; i++) {
        parts->trustees[i].id = scene->trustees.ceremony.trustees[i].id;
        check_ok(dealings_share_key(&scene->trustees.ceremony, scene->trustees.dealings, i + 1,
                                    &parts->trustees[i].key));
    }
}

static void open_election(struct scene *scene)
{
    static struct election_candidate candidates[CANDIDATES_MAX];
    static struct election_member roll[ROLL_MAX];
    struct election parts = {.origin = LITERAL(ORIGIN),
                             .id = LITERAL("election"),
                             .meeting = LITERAL("meeting"),
                             .round = 1,
                             .candidates = candidates,
                             .candidate_count = scene->candidates,
                             .roll = roll,
                             .roll_count = scene->ballots,
                             .trustee_count = TRUSTEES,
                             .threshold = THRESHOLD,
                             .window = 60,
                             .opens = 1795334400,
                             .closes = 1795338000};
    AUTO_BUFFER text = BUFFER_INIT;

    parts.ceremony = scene->trustees.ceremony.hash;
    check_ok(
        dealings_election_key(&scene->trustees.ceremony, scene->trustees.dealings, &parts.key));
    add_rules(scene, &parts);
    add_people(scene, &parts);
    check_ok(election_print(&parts, &text));
    check_ok(election_parse(buffer_view(&text), &scene->election));
}

/* --- ballots --- */

static void make_ballot(const struct scene *scene, size_t member, struct buffer *note)
{
    SECRET_INTENT intent = {.member = member, .vote_key = scene->vote_keys[member]};

    for (size_t i = 0; i < scene->candidates; i++) {
        intent.choices[i] = grade_of(scene, member, i);
    }
    ballot_code_draw(&intent.code);
    check_ok(ballot_make_fresh(&scene->election, &intent, note));
}

static void count_ballot(struct scene *scene, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    check_ok(ballot_parse(&scene->election, note, &ballot));
    check_ok(ballot_verify(&scene->election, &ballot));
    check_ok(tally_add(&scene->election, &ballot, &scene->tally));
}

static double milliseconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void vote(struct scene *scene)
{
    double made = 0, verified = 0;

    tally_begin(scene->candidates, &scene->tally);
    for (size_t i = 0; i < scene->ballots; i++) {
        AUTO_BUFFER note = BUFFER_INIT;
        const double begin = milliseconds();

        make_ballot(scene, i, &note);
        made += milliseconds() - begin;
        count_ballot(scene, buffer_view(&note));
        verified += milliseconds() - begin;
    }
    (void)fprintf(stderr, "make %.1f verify %.1f\n", made / (double)scene->ballots,
                  (verified - made) / (double)scene->ballots);
}

/* --- shares and counts --- */

static void share(struct scene *scene, size_t place, struct opened_share *opened,
                  struct decryption_share *out)
{
    const struct share_subject subject = {&scene->election.manifest, &scene->tally};
    const struct trustee trustee = trustee_at(&scene->trustees, place);
    SECRET_SCALAR share_key;
    uint8_t fresh[32];

    randombytes_buf(fresh, sizeof fresh);
    check_ok(trustee_share_key(&scene->trustees.ceremony, &trustee, scene->trustees.dealings,
                               &share_key));
    check_ok(trustee_decrypt(&subject, trustee.index, &share_key, fresh, opened));
    *out = (struct decryption_share){trustee.index, opened->points, scene->candidates,
                                     buffer_view(&opened->proof)};
    check_ok(share_verify(&subject, &scene->election.trustees[place].key, out));
}

static void print_counts(struct scene *scene)
{
    static struct opened_share opened[THRESHOLD];
    struct decryption_share shares[THRESHOLD];
    struct point totals[CANDIDATES_MAX];
    struct tally_counts counts[CANDIDATES_MAX];

    check_ok(tally_check(&scene->tally));
    share(scene, 0, &opened[0], &shares[0]);
    share(scene, 2, &opened[1], &shares[1]);
    check_ok(tally_combine(&scene->tally, shares, THRESHOLD, totals));
    check_ok(tally_decode(3, scene->tally.ballots, totals, scene->candidates, counts));
    for (size_t i = 0; i < scene->candidates; i++) {
        (void)printf("%llu %llu %llu\n", (unsigned long long)counts[i].votes[0],
                     (unsigned long long)counts[i].votes[1],
                     (unsigned long long)counts[i].votes[2]);
    }
    for (size_t i = 0; i < THRESHOLD; i++) {
        buffer_free(&opened[i].proof);
    }
}

int main(int count, char **arguments)
{
    static struct scene scene;

    if (count != 2 || sodium_init() < 0) {
        (void)fprintf(stderr, "usage: peer-ours VOTES\n");
        return 2;
    }
    scene.votes = json_load_file(arguments[1], 0, NULL);
    assert_non_null(scene.votes);
    scene.ballots = json_array_size(scene.votes);
    scene.candidates = json_array_size(json_array_get(scene.votes, 0));
    scene.vote_keys = calloc(scene.ballots, sizeof *scene.vote_keys);
    assert_non_null(scene.vote_keys);
    trustees_begin(&scene.trustees);
    trustees_deal(&scene.trustees);
    open_election(&scene);
    vote(&scene);
    print_counts(&scene);
    election_free(&scene.election);
    ceremony_free(&scene.trustees.ceremony);
    free(scene.vote_keys);
    json_decref(scene.votes);
    return 0;
}
