/*
 * case.c - a whole election in one JSON case, for the comparison of C with JavaScript.
 *
 *   cross-case make <seed>     prints a case: inputs drawn from the seed, and what C makes of them
 *   cross-case check <file>    makes everything again from the inputs of the file; exit 0 if it is
 *                              the same, byte by byte
 *   cross-case verdicts <file> the rule that each ballot of the file breaks, a line each
 *
 * Inputs: ceremony, codes, fresh, manifest, vote_keys, appointed, ballots. Everything else stands
 * under "made". The twin is case.mjs. Whatever is made is verified too, before it is printed.
 */
#include <sodium.h>
#include <stdlib.h>

#include "check.h"
#include "protocol/ballot_assemble.h"
#include "protocol/outcome.h"
#include "protocol/tag.h"
#include "support/committee.h"
#include "support/vectors.h"

/* The case while it is made. */
struct play {
    json_t *inputs;
    json_t *made;
    uint8_t fresh[32];
    struct ceremony ceremony;
    struct keys keys[TRUSTEES_MAX];
    struct dealing dealings[TRUSTEES_MAX];
    struct scalar share_keys[TRUSTEES_MAX];
    struct election election;
    struct scalar vote_keys[ROLL_MAX];
    struct tally tally;
    struct tally_counts counts[CANDIDATES_MAX];
};

static json_t *hex_of(const void *bytes, size_t size)
{
    AUTO_BUFFER text = BUFFER_INIT;

    check_ok(buffer_reserve(&text, 2 * size + 1));
    (void)sodium_bin2hex((char *)text.data, text.capacity, bytes, size);
    return json_string((const char *)text.data);
}

static json_t *text_of(struct bytes text)
{
    return json_stringn((const char *)text.data, text.size);
}

static json_t *points_of(const struct point points[], size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, hex_of(points[i].bytes, POINT_SIZE));
    }
    return list;
}

static void put(struct play *play, const char *name, json_t *value)
{
    json_object_set_new(play->made, name, value);
}

/* The number `i` of a list of hex strings. */
static void item_fixed(json_t *list, size_t i, uint8_t *out, size_t size)
{
    const char *text = json_string_value(json_array_get(list, i));

    assert_non_null(text);
    assert_int_equal(strlen(text), 2 * size);
    assert_int_equal(sodium_hex2bin(out, size, text, 2 * size, NULL, NULL, NULL), 0);
}

static struct trustee trustee_at(const struct play *play, size_t place)
{
    return (struct trustee){place + 1, &play->keys[place].trustee, &play->keys[place].box};
}

/* --- the ceremony --- */

static void play_dealings(struct play *play)
{
    const struct ceremony *const ceremony = &play->ceremony;
    struct box_public readers[TRUSTEES_MAX];
    struct hash32 texts[TRUSTEES_MAX], hash;
    json_t *list = json_array();

    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        struct key_code code;
        item_fixed(vector_get(play->inputs, "codes"), i, code.bytes, sizeof code.bytes);
        check_ok(keys_derive(&code, &play->keys[i]));
        readers[i] = play->keys[i].box.key;
    }
    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        AUTO_BUFFER text = BUFFER_INIT;
        const struct trustee trustee = trustee_at(play, i);
        check_ok(trustee_deal(ceremony, &trustee, readers, play->fresh, &play->dealings[i]));
        check_ok(dealing_verify(ceremony, &play->dealings[i]));
        check_ok(dealing_print(ceremony, &play->dealings[i], &text));
        texts[i] = sha256_of(buffer_view(&text));
        json_array_append_new(list, text_of(buffer_view(&text)));
    }
    dealings_hash(texts, ceremony->trustee_count, &hash);
    put(play, "dealings", list);
    put(play, "dealings_hash", hex_of(hash.bytes, sizeof hash.bytes));
}

static void play_rehearsals(struct play *play)
{
    const struct ceremony *const ceremony = &play->ceremony;
    struct rehearsal rehearsals[TRUSTEES_MAX];
    struct point share_keys[TRUSTEES_MAX], key;
    json_t *list = json_array();

    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        const struct trustee trustee = trustee_at(play, i);
        check_ok(trustee_share_key(ceremony, &trustee, play->dealings, &play->share_keys[i]));
        check_ok(dealings_share_key(ceremony, play->dealings, i + 1, &share_keys[i]));
        check_ok(
            trustee_rehearse(ceremony, i + 1, &play->share_keys[i], play->fresh, &rehearsals[i]));
        check_ok(rehearsal_verify(ceremony, &share_keys[i], &rehearsals[i]));
        json_array_append_new(
            list, json_pack("{so, so}", "D", hex_of(rehearsals[i].point.bytes, POINT_SIZE), "proof",
                            hex_of(rehearsals[i].proof, REHEARSAL_PROOF_BYTES)));
    }
    check_ok(rehearsal_agree(ceremony, rehearsals));
    check_ok(dealings_election_key(ceremony, play->dealings, &key));
    put(play, "rehearsals", list);
    put(play, "X", points_of(share_keys, ceremony->trustee_count));
    put(play, "K", hex_of(key.bytes, POINT_SIZE));
}

/* --- members --- */

static void play_signins(struct play *play)
{
    const struct election *const election = &play->election;
    json_t *list = json_array();

    for (size_t i = 0; i < election->roll_count; i++) {
        const struct signin_subject subject = {election->meeting, election->roll[i].id};
        AUTO_BUFFER proof = BUFFER_INIT;
        struct point key;
        item_fixed(vector_get(play->inputs, "vote_keys"), i, play->vote_keys[i].bytes, SCALAR_SIZE);
        check_ok(vote_key_prove(&subject, &play->vote_keys[i], play->fresh, &key, &proof));
        check_ok(vote_key_verify(&subject, &key, buffer_view(&proof)));
        assert_true(point_equal(&key, &election->roll[i].key));
        json_array_append_new(list, hex_of(proof.data, proof.size));
    }
    put(play, "signins", list);
}

static void play_burn(struct play *play)
{
    const struct election *const election = &play->election;
    AUTO_BUFFER proof = BUFFER_INIT;
    struct point tag;

    check_ok(tag_compute(election, &play->vote_keys[0], &tag));
    check_ok(tag_prove(election, 0, &play->vote_keys[0], play->fresh, &proof));
    check_ok(tag_verify(election, 0, &tag, buffer_view(&proof)));
    put(play, "burn",
        json_pack("{so, so}", "tag", hex_of(tag.bytes, POINT_SIZE), "proof",
                  hex_of(proof.data, proof.size)));
}

static void read_intent(const struct play *play, json_t *item, struct ballot_intent *out)
{
    json_t *choices = vector_get(item, "choices");

    *out = (struct ballot_intent){.member = (size_t)vector_number(item, "member") - 1};
    out->vote_key = play->vote_keys[out->member];
    vector_fixed(item, "seed", out->seed.bytes, sizeof out->seed.bytes);
    memcpy(out->code.characters, vector_text(item, "code"), BALLOT_CODE_BYTES);
    for (size_t i = 0; i < json_array_size(choices); i++) {
        out->choices[i] = (uint8_t)json_integer_value(json_array_get(choices, i));
    }
}

static void play_ballots(struct play *play)
{
    const struct election *const election = &play->election;
    json_t *notes = json_array(), *fingerprints = json_array();
    size_t i;
    json_t *item;

    tally_begin(election->candidate_count, &play->tally);
    json_array_foreach(vector_get(play->inputs, "ballots"), i, item)
    {
        SECRET_INTENT intent;
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_BALLOT ballot = BALLOT_INIT;
        struct hash32 fingerprint;
        read_intent(play, item, &intent);
        check_ok(ballot_make(election, &intent, &note));
        check_ok(ballot_parse(election, buffer_view(&note), &ballot));
        check_ok(ballot_verify(election, &ballot));
        check_ok(tally_add(election, &ballot, &play->tally));
        ballot_fingerprint(election, &ballot, &fingerprint);
        json_array_append_new(notes, text_of(buffer_view(&note)));
        json_array_append_new(fingerprints, hex_of(fingerprint.bytes, sizeof fingerprint.bytes));
    }
    put(play, "notes", notes);
    put(play, "fingerprints", fingerprints);
}

/* --- the tally --- */

static void play_shares(struct play *play, struct opened_share opened[],
                        struct decryption_share shares[])
{
    const struct election *const election = &play->election;
    const struct share_subject subject = {&election->manifest, &play->tally};
    const size_t candidates = election->candidate_count;
    json_t *list = json_array();
    struct hash32 sums;

    tally_sums_hash(&election->manifest, &play->tally, &sums);
    for (size_t i = 0; i < election->trustee_count; i++) {
        check_ok(trustee_decrypt(&subject, i + 1, &play->share_keys[i], play->fresh, &opened[i]));
        shares[i] = (struct decryption_share){i + 1, opened[i].points, candidates,
                                              buffer_view(&opened[i].proof)};
        check_ok(share_verify(&subject, &election->trustees[i].key, &shares[i]));
        json_array_append_new(list, json_pack("{so, so}", "D",
                                              points_of(opened[i].points, candidates), "proof",
                                              hex_of(opened[i].proof.data, opened[i].proof.size)));
    }
    put(play, "sums_hash", hex_of(sums.bytes, sizeof sums.bytes));
    put(play, "shares", list);
}

static void play_counts(struct play *play)
{
    static struct opened_share opened[TRUSTEES_MAX];
    struct decryption_share shares[TRUSTEES_MAX];
    struct point totals[CANDIDATES_MAX];
    const struct election *const election = &play->election;
    json_t *list = json_array();

    play_shares(play, opened, shares);
    check_ok(tally_combine(&play->tally, shares, (size_t)election->threshold, totals));
    check_ok(tally_decode(election->grade_count, play->tally.ballots, totals,
                          election->candidate_count, play->counts));
    for (size_t i = 0; i < election->candidate_count; i++) {
        json_t *votes = json_array();
        for (size_t grade = 1; grade < election->grade_count; grade++) {
            json_array_append_new(votes, json_integer((json_int_t)play->counts[i].votes[grade]));
        }
        json_array_append_new(list, votes);
    }
    put(play, "counts", list);
    for (size_t i = 0; i < election->trustee_count; i++) {
        buffer_free(&opened[i].proof);
    }
}

static void play_outcome(struct play *play)
{
    static struct outcome outcome;
    uint64_t recused[CANDIDATES_MAX];
    AUTO_BUFFER lines = BUFFER_INIT;
    const struct outcome_question question = outcome_question_of(
        &play->election, vector_number(play->inputs, "appointed"), play->counts, recused);

    outcome_decide(&question, NULL, 0, &outcome);
    check_ok(outcome_print(&play->election, play->counts, &outcome, &lines));
    put(play, "lines", text_of(buffer_view(&lines)));
}

/* Everything that follows from the inputs. */
static json_t *play_case(json_t *inputs)
{
    static struct play play;
    AUTO_BUFFER printed = BUFFER_INIT;

    play = (struct play){.inputs = inputs, .made = json_object()};
    vector_fixed(inputs, "fresh", play.fresh, sizeof play.fresh);
    check_ok(ceremony_parse(bytes_of_string(vector_text(inputs, "ceremony")), &play.ceremony));
    check_ok(election_parse(bytes_of_string(vector_text(inputs, "manifest")), &play.election));
    check_ok(election_print(&play.election, &printed));
    put(&play, "manifest", text_of(buffer_view(&printed)));
    play_dealings(&play);
    play_rehearsals(&play);
    play_signins(&play);
    play_burn(&play);
    play_ballots(&play);
    play_counts(&play);
    play_outcome(&play);
    ceremony_free(&play.ceremony);
    election_free(&play.election);
    return play.made;
}

/* --- drawing inputs --- */

/* The choices that a generator of small numbers wants, as far as the rules allow. */
static void choose(const struct election *election, uint64_t *state, struct ballot_intent *intent)
{
    uint64_t faults;

    for (size_t i = 0; i < election->candidate_count; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        intent->choices[i] = (uint8_t)((*state >> 33) % election->grade_count);
        check_ok(ballot_intent_faults(election, intent, &faults));
        if (faults != 0) {
            intent->choices[i] = 0;
        }
    }
}

static json_t *draw_ballot(const struct committee *committee, size_t member, uint64_t *state)
{
    struct ballot_intent intent;
    json_t *choices = json_array();

    committee_intent(committee, member, &intent);
    choose(&committee->election, state, &intent);
    for (size_t i = 0; i < committee->election.candidate_count; i++) {
        json_array_append_new(choices, json_integer(intent.choices[i]));
    }
    return json_pack("{si, so, so, so}", "member", (int)member + 1, "seed",
                     hex_of(intent.seed.bytes, 32), "choices", choices, "code",
                     text_of(BYTES(intent.code.characters)));
}

static json_t *draw_inputs(uint64_t seed)
{
    static struct committee committee;
    const struct committee_plan plan = {
        .candidates = 3 + seed % 5,
        .members = 6 + seed % 4,
        .trustees = 2 + seed % 4,
        .threshold = (2 + seed % 4) / 2 + 1,
        .grades = 2 + seed % 3,
        .has_limits = seed % 2 == 0,
        .recusals = seed % 4,
        .seed = seed,
    };
    uint64_t state = seed;
    json_t *codes = json_array(), *vote_keys = json_array(), *ballots = json_array();

    committee_open(&plan, &committee);
    for (size_t i = 0; i < plan.trustees; i++) {
        json_array_append_new(codes, hex_of(committee.codes[i].bytes, KEY_CODE_BYTES));
    }
    for (size_t i = 0; i < plan.members; i++) {
        json_array_append_new(vote_keys, hex_of(committee.vote_keys[i].bytes, SCALAR_SIZE));
        if (i + 1 < plan.members) { /* one stays away */
            json_array_append_new(ballots, draw_ballot(&committee, i, &state));
        }
    }
    json_t *inputs = json_pack("{so, so, so, so, so, so, si}", "ceremony",
                               text_of(buffer_view(&committee.ceremony.text)), "codes", codes,
                               "fresh", hex_of(committee.election.manifest.bytes, 32), "manifest",
                               text_of(buffer_view(&committee.manifest)), "vote_keys", vote_keys,
                               "ballots", ballots, "appointed", (int)plan.members + 1);
    committee_close(&committee);
    return inputs;
}

static int make(uint64_t seed)
{
    json_t *inputs = draw_inputs(seed);
    json_t *made = play_case(inputs);

    json_object_set_new(inputs, "made", made);
    json_dumpf(inputs, stdout, JSON_INDENT(1));
    json_decref(inputs);
    return 0;
}

/* Names what differs. */
static int check(const char *path)
{
    json_error_t error;
    json_t *inputs = json_load_file(path, 0, &error);
    const char *name;
    json_t *value;
    int differences = 0;

    if (inputs == NULL) {
        fail_msg("%s: %s", path, error.text);
    }
    json_t *made = play_case(inputs);
    json_object_foreach(made, name, value)
    {
        if (!json_equal(value, json_object_get(vector_get(inputs, "made"), name))) {
            (void)fprintf(stderr, "%s: %s differs\n", path, name);
            differences++;
        }
    }
    if (json_object_size(made) != json_object_size(vector_get(inputs, "made"))) {
        (void)fprintf(stderr, "%s: not the same things made\n", path);
        differences++;
    }
    json_decref(made);
    json_decref(inputs);
    return differences == 0 ? 0 : 1;
}

static struct result judge(const struct election *election, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    TRY(ballot_parse(election, note, &ballot));
    return ballot_verify(election, &ballot);
}

static int print_verdicts(const char *path)
{
    AUTO_ELECTION election = ELECTION_INIT;
    json_error_t error;
    json_t *file = json_load_file(path, 0, &error);
    json_t *notes = vector_get(file, "notes");

    check_ok(election_parse(bytes_of_string(vector_text(file, "manifest")), &election));
    for (size_t i = 0; i < json_array_size(notes); i++) {
        AUTO_BUFFER note = BUFFER_INIT;
        const size_t size = json_string_length(json_array_get(notes, i)) / 2;
        check_ok(buffer_reserve(&note, size + 1));
        item_fixed(notes, i, note.data, size);
        note.size = size;
        const struct result verdict = judge(&election, buffer_view(&note));
        (void)puts(is_ok(verdict) ? "" : verdict.rule);
    }
    json_decref(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        return 2;
    }
    if (argc == 3 && strcmp(argv[1], "make") == 0) {
        return make(strtoull(argv[2], NULL, 10));
    }
    if (argc == 3 && strcmp(argv[1], "check") == 0) {
        return check(argv[2]);
    }
    if (argc == 3 && strcmp(argv[1], "verdicts") == 0) {
        return print_verdicts(argv[2]);
    }
    (void)fprintf(stderr, "usage: cross-case make <seed> | check <file> | verdicts <file>\n");
    return 2;
}
