/*
 * covers: ballot_assemble, ballot_claims, ballot_make, ballot_seed, ballot_verify
 */
#include "base/encoding.h"
#include "base/text.h"
#include "check.h"
#include "primitive/proof.h"
#include "protocol/ballot.h"
#include "support/vectors.h"

static void open_election(json_t *item, struct election *out)
{
    check_ok(election_parse(bytes_of_string(vector_text(item, "manifest.text")), out));
}

static void read_code(json_t *item, struct ballot_code *out)
{
    const char *code = vector_text(item, "code");

    assert_int_equal(strlen(code), BALLOT_CODE_BYTES);
    memcpy(out->characters, code, BALLOT_CODE_BYTES);
}

static void read_choices(json_t *list, uint8_t choices[])
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        choices[i] = (uint8_t)json_integer_value(json_array_get(list, i));
    }
}

static void read_intent(json_t *item, struct ballot_intent *out)
{
    *out = (struct ballot_intent){0};
    out->member = (size_t)vector_number(item, "member") - 1;
    vector_fixed(item, "x", out->vote_key.bytes, SCALAR_SIZE);
    vector_fixed(item, "seed", out->seed.bytes, 32);
    read_code(item, &out->code);
    read_choices(vector_get(item, "choices"), out->choices);
}

/* The note of a vector: text, or base64 where it is no UTF-8. */
static void read_note(json_t *item, struct buffer *out)
{
    if (vector_get(item, "note_b64") != NULL) {
        (void)vector_bytes(item, "note_b64", out);
        return;
    }
    buffer_clear(out);
    check_ok(buffer_append(out, bytes_of_string(vector_text(item, "note"))));
}

static void check_hex(json_t *object, const char *path, const void *bytes, size_t size)
{
    AUTO_BUFFER expected = BUFFER_INIT;

    (void)vector_bytes(object, path, &expected);
    check_bytes(buffer_view(&expected), ((struct bytes){bytes, size}));
}

/* --- vectors --- */

static void check_ballot(const struct election *election, json_t *item)
{
    struct ballot_intent intent;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct hash32 fingerprint;

    read_intent(item, &intent);
    check_ok(ballot_make(election, &intent, &note));
    check_bytes(bytes_of_string(vector_text(item, "note")), buffer_view(&note));
    check_ok(ballot_parse(election, buffer_view(&note), &ballot));
    check_bytes(bytes_of_string(vector_text(item, "text")), ballot.text);
    check_hex(item, "text_sha256", ballot.hash.bytes, 32);
    check_hex(item, "tag", ballot.tag.bytes, POINT_SIZE);
    ballot_fingerprint(election, &ballot, &fingerprint);
    check_hex(item, "fingerprint", fingerprint.bytes, 32);
    check_ok(ballot_verify(election, &ballot));
}

static void makes_and_verifies_the_ballots_of_the_vectors(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i, k;
    json_t *item, *ballot;

    (void)state;
    json_array_foreach(vector_get(root, "elections"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;

        open_election(item, &election);
        json_array_foreach(vector_get(item, "ballots"), k, ballot)
        {
            check_ballot(&election, ballot);
        }
        assert_true(k > 0);
    }
    vectors_close(root);
}

static void a_challenge_tells_an_honest_device_from_another(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i, k;
    json_t *item, *challenge;

    (void)state;
    json_array_foreach(vector_get(root, "elections"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;

        open_election(item, &election);
        json_array_foreach(vector_get(item, "challenge"), k, challenge)
        {
            struct secret32 seed;
            uint8_t choices[CANDIDATES_MAX] = {0};
            struct ballot_code code;
            struct hash32 expected, shown;

            vector_fixed(challenge, "seed", seed.bytes, 32);
            vector_fixed(challenge, "fingerprint", shown.bytes, 32);
            read_choices(vector_get(challenge, "choices"), choices);
            read_code(challenge, &code);
            check_ok(ballot_recompute(&election, &seed, choices, &code, &expected));
            assert_int_equal(hash32_equal(&expected, &shown), vector_flag(challenge, "holds"));
        }
        assert_true(k > 0);
    }
    vectors_close(root);
}

/* The whole check order, as a log does it: `seen` are the tags accepted before. */
static struct result judge(const struct election *election, json_t *item, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;
    size_t i;
    json_t *before;

    TRY(ballot_parse(election, note, &ballot));
    json_array_foreach(vector_get(item, "seen"), i, before)
    {
        struct point tag;
        check_ok(
            base64_decode_fixed(bytes_of_string(json_string_value(before)), tag.bytes, POINT_SIZE));
        REQUIRE(!point_equal(&tag, &ballot.tag), CONFLICT, "ballot.tag");
    }
    return ballot_verify(election, &ballot);
}

static void check_false_ballot(const struct election *election, json_t *item)
{
    AUTO_BUFFER note = BUFFER_INIT;
    char rule[32];

    read_note(item, &note);
    const struct result verdict = judge(election, item, buffer_view(&note));
    (void)snprintf(rule, sizeof rule, "ballot.%s", vector_text(item, "class"));
    if (is_ok(verdict) || verdict.rule == NULL || strcmp(verdict.rule, rule) != 0) {
        fail_msg("%s: %s instead of %s", vector_text(item, "name"),
                 verdict.rule ? verdict.rule : "accepted", rule);
    }
}

static void every_false_ballot_falls_at_its_step(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i, k, count = 0;
    json_t *item, *ballot;

    (void)state;
    json_array_foreach(vector_get(root, "elections"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;

        open_election(item, &election);
        json_array_foreach(vector_get(item, "must_fail"), k, ballot)
        {
            check_false_ballot(&election, ballot);
            count++;
        }
    }
    assert_true(count > 200);
    vectors_close(root);
}

/* --- an election of the vectors, and one ballot of it, for our own forgeries --- */

struct desk {
    json_t *root;
    struct election election;
    struct ballot_intent intent;
    struct buffer note;
};

static void desk_open(size_t election, struct desk *desk)
{
    json_t *item;

    *desk = (struct desk){.root = vectors_open("ballot.json")};
    item = json_array_get(vector_get(desk->root, "elections"), election);
    open_election(item, &desk->election);
    read_intent(json_array_get(vector_get(item, "ballots"), 0), &desk->intent);
    check_ok(ballot_make(&desk->election, &desk->intent, &desk->note));
}

static void desk_close(struct desk *desk)
{
    buffer_free(&desk->note);
    election_free(&desk->election);
    vectors_close(desk->root);
}

static struct result judge_note(const struct election *election, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    TRY(ballot_parse(election, note, &ballot));
    return ballot_verify(election, &ballot);
}

static void refuses_a_ballot_with_any_byte_changed(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(2, &desk);
    check_ok(judge_note(&desk.election, buffer_view(&desk.note)));
    for (size_t i = 0; i < desk.note.size; i += i < 200 ? 1 : 29) {
        desk.note.data[i] ^= 1;
        const struct result verdict = judge_note(&desk.election, buffer_view(&desk.note));
        if (verdict.failure != MALFORMED && verdict.failure != INVALID) {
            fail_msg("byte %zu", i);
        }
        desk.note.data[i] ^= 1;
    }
    desk_close(&desk);
}

static void refuses_a_ballot_of_any_other_length(void **state)
{
    struct desk desk;
    AUTO_BALLOT ballot = BALLOT_INIT;

    (void)state;
    desk_open(2, &desk);
    check_ok(buffer_append_text(&desk.note, "\n"));
    for (size_t size = 0; size <= desk.note.size; size++) {
        if (size != desk.election.sizes.note) {
            check_fails(ballot_parse(&desk.election, bytes_slice(buffer_view(&desk.note), 0, size),
                                     &ballot),
                        MALFORMED, "ballot.length");
        }
    }
    desk_close(&desk);
}

/* The found way to vote twice: libsodium 1.0.18 computes with a tag whose top bit is set. */
static void a_tag_has_one_encoding_only(void **state)
{
    struct desk desk;
    struct point tag;
    AUTO_BUFFER encoded = BUFFER_INIT;

    (void)state;
    desk_open(2, &desk);
    AUTO_BALLOT ballot = BALLOT_INIT;
    check_ok(ballot_parse(&desk.election, buffer_view(&desk.note), &ballot));
    tag = ballot.tag;
    tag.bytes[POINT_SIZE - 1] |= 0x80;
    check_ok(base64_append(&encoded, BYTES(tag.bytes)));
    const size_t place =
        text_find(buffer_view(&desk.note), LITERAL("标签：")) + sizeof "标签：" - 1;
    memcpy(desk.note.data + place, encoded.data, encoded.size);
    check_fails(judge_note(&desk.election, buffer_view(&desk.note)), INVALID, "ballot.canonical");
    desk_close(&desk);
}

/* The same meeting votes again: same roll, same keys, another manifest of the same size. */
static void refuses_a_ballot_of_another_election(void **state)
{
    struct desk desk;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION other = ELECTION_INIT;

    (void)state;
    desk_open(2, &desk);
    desk.election.opens++;
    check_ok(election_print(&desk.election, &text));
    check_ok(election_parse(buffer_view(&text), &other));
    assert_int_equal(other.sizes.note, desk.election.sizes.note);
    check_fails(judge_note(&other, buffer_view(&desk.note)), MALFORMED, "ballot.shape");
    /* Even with the new M written into it. */
    AUTO_BUFFER manifest = BUFFER_INIT;
    check_ok(base64_append(&manifest, BYTES(other.manifest.bytes)));
    char *place = strstr((char *)desk.note.data, "清单：");
    memcpy(place + strlen("清单："), manifest.data, manifest.size);
    check_fails(judge_note(&other, buffer_view(&desk.note)), MALFORMED, "ballot.shape");
    desk_close(&desk);
}

static void collecting_equations_gives_the_same_verdict(void **state)
{
    struct desk desk;
    AUTO_BALLOT ballot = BALLOT_INIT;
    AUTO_BUFFER equations = BUFFER_INIT;
    size_t expected;

    (void)state;
    desk_open(1, &desk);
    check_ok(ballot_parse(&desk.election, buffer_view(&desk.note), &ballot));
    check_ok(ballot_equations(&desk.election, &ballot, &equations));
    expected =
        2 * (desk.election.candidate_count * desk.election.grade_count + desk.election.total_count +
             desk.election.roll_count + desk.election.recusal_count);
    assert_int_equal(equations_count(&equations), expected);
    check_ok(equations_check(&equations));
    equations.data[equations.size - 1] ^= 1;
    assert_false(is_ok(equations_check(&equations)));
    desk_close(&desk);
}

/* --- making --- */

static void makes_no_ballot_that_breaks_the_rules(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(1, &desk); /* member 2, recused from candidates 3 and 5; at most 3 of grade 2 */
    desk.intent.choices[2] = 1;
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.choices");
    desk.intent.choices[2] = 0;
    memset(desk.intent.choices, 0, sizeof desk.intent.choices);
    desk.intent.choices[0] = desk.intent.choices[1] = desk.intent.choices[3] = 2;
    check_ok(ballot_make(&desk.election, &desk.intent, &desk.note));
    desk.intent.choices[5] = 2;
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.choices");
    desk.intent.choices[5] = 3;
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.choices");
    desk_close(&desk);
}

static void makes_no_ballot_with_another_key_or_a_bad_code(void **state)
{
    struct desk desk;

    (void)state;
    desk_open(2, &desk);
    desk.intent.member++;
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.member");
    desk.intent.member = desk.election.roll_count;
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.member");
    desk.intent.member = 0;
    desk.intent.code.characters[7] = 'I';
    check_fails(ballot_make(&desk.election, &desk.intent, &desk.note), INVALID, "ballot.code");
    ballot_code_draw(&desk.intent.code);
    check_ok(ballot_make(&desk.election, &desk.intent, &desk.note));
    desk_close(&desk);
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
static void collect(const struct desk *desk, struct buffer *out)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;

    check_ok(ballot_make(&desk->election, &desk->intent, &note));
    check_ok(ballot_parse(&desk->election, buffer_view(&note), &ballot));
    check_ok(ballot_equations(&desk->election, &ballot, out));
}

static void two_ballots_have_no_nonce_in_common(void **state)
{
    struct desk desk;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER other_code = BUFFER_INIT;
    AUTO_BUFFER other_choice = BUFFER_INIT;
    AUTO_BUFFER other_seed = BUFFER_INIT;
    size_t common;

    (void)state;
    desk_open(2, &desk);
    collect(&desk, &first);
    desk.intent.choices[3] ^= 1;
    collect(&desk, &other_choice);
    counts_common_commitments(&first, &other_choice, &common);
    assert_int_equal(common, 0);
    desk.intent.choices[3] ^= 1;
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
    desk_close(&desk);
}

static void a_fresh_ballot_is_another_each_time(void **state)
{
    struct desk desk;
    AUTO_BUFFER again = BUFFER_INIT;

    (void)state;
    desk_open(2, &desk);
    buffer_clear(&desk.note);
    check_ok(ballot_make_fresh(&desk.election, &desk.intent, &desk.note));
    check_ok(ballot_make_fresh(&desk.election, &desk.intent, &again));
    check_ok(judge_note(&desk.election, buffer_view(&again)));
    assert_false(bytes_equal(buffer_view(&desk.note), buffer_view(&again)));
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_and_verifies_the_ballots_of_the_vectors),
        cmocka_unit_test(a_challenge_tells_an_honest_device_from_another),
        cmocka_unit_test(every_false_ballot_falls_at_its_step),
        cmocka_unit_test(refuses_a_ballot_with_any_byte_changed),
        cmocka_unit_test(refuses_a_ballot_of_any_other_length),
        cmocka_unit_test(a_tag_has_one_encoding_only),
        cmocka_unit_test(refuses_a_ballot_of_another_election),
        cmocka_unit_test(collecting_equations_gives_the_same_verdict),
        cmocka_unit_test(makes_no_ballot_that_breaks_the_rules),
        cmocka_unit_test(makes_no_ballot_with_another_key_or_a_bad_code),
        cmocka_unit_test(two_ballots_have_no_nonce_in_common),
        cmocka_unit_test(a_fresh_ballot_is_another_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
