/*
 * covers: ballot_claims, ballot_verify
 */
#include "base/encoding.h"
#include "base/text.h"
#include "check.h"
#include "primitive/proof.h"
#include "protocol/ballot.h"
#include "support/polling.h"
#include "support/vectors.h"

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

    polling_intent(item, &intent);
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

        polling_election(item, &election);
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

        polling_election(item, &election);
        json_array_foreach(vector_get(item, "challenge"), k, challenge)
        {
            struct secret32 seed;
            uint8_t choices[CANDIDATES_MAX] = {0};
            struct ballot_code code;
            struct hash32 expected, shown;

            vector_fixed(challenge, "seed", seed.bytes, 32);
            vector_fixed(challenge, "fingerprint", shown.bytes, 32);
            polling_choices(vector_get(challenge, "choices"), choices);
            polling_code(challenge, &code);
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

        polling_election(item, &election);
        json_array_foreach(vector_get(item, "must_fail"), k, ballot)
        {
            check_false_ballot(&election, ballot);
            count++;
        }
    }
    assert_true(count > 0);
    vectors_close(root);
}

/* --- our own forgeries of one ballot of the vectors --- */

static struct result judge_note(const struct election *election, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    TRY(ballot_parse(election, note, &ballot));
    return ballot_verify(election, &ballot);
}

static void refuses_a_ballot_with_any_byte_changed(void **state)
{
    struct polling desk;

    (void)state;
    polling_open(needs_no_limits, &desk);
    check_ok(judge_note(&desk.election, buffer_view(&desk.note)));
    for (size_t i = 0; i < desk.note.size; i += i < 200 ? 1 : 29) {
        desk.note.data[i] ^= 1;
        const struct result verdict = judge_note(&desk.election, buffer_view(&desk.note));
        if (verdict.failure != MALFORMED && verdict.failure != INVALID) {
            fail_msg("byte %zu", i);
        }
        desk.note.data[i] ^= 1;
    }
    polling_close(&desk);
}

static void refuses_a_ballot_of_any_other_length(void **state)
{
    struct polling desk;
    AUTO_BALLOT ballot = BALLOT_INIT;

    (void)state;
    polling_open(needs_no_limits, &desk);
    check_ok(buffer_append_text(&desk.note, "\n"));
    for (size_t size = 0; size <= desk.note.size; size++) {
        if (size != desk.election.sizes.note) {
            check_fails(ballot_parse(&desk.election, bytes_slice(buffer_view(&desk.note), 0, size),
                                     &ballot),
                        MALFORMED, "ballot.length");
        }
    }
    polling_close(&desk);
}

/* The found way to vote twice: libsodium 1.0.18 computes with a tag whose top bit is set. */
static void a_tag_has_one_encoding_only(void **state)
{
    struct polling desk;
    struct point tag;
    AUTO_BUFFER encoded = BUFFER_INIT;

    (void)state;
    polling_open(needs_no_limits, &desk);
    AUTO_BALLOT ballot = BALLOT_INIT;
    check_ok(ballot_parse(&desk.election, buffer_view(&desk.note), &ballot));
    tag = ballot.tag;
    tag.bytes[POINT_SIZE - 1] |= 0x80;
    check_ok(base64_append(&encoded, BYTES(tag.bytes)));
    const size_t place =
        text_find(buffer_view(&desk.note), LITERAL("标签：")) + sizeof "标签：" - 1;
    memcpy(desk.note.data + place, encoded.data, encoded.size);
    check_fails(judge_note(&desk.election, buffer_view(&desk.note)), INVALID, "ballot.canonical");
    polling_close(&desk);
}

/* The same meeting votes again: same roll, same keys, another manifest of the same size. */
static void refuses_a_ballot_of_another_election(void **state)
{
    struct polling desk;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION other = ELECTION_INIT;

    (void)state;
    polling_open(needs_no_limits, &desk);
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
    polling_close(&desk);
}

static void collecting_equations_gives_the_same_verdict(void **state)
{
    struct polling desk;
    AUTO_BALLOT ballot = BALLOT_INIT;
    AUTO_BUFFER equations = BUFFER_INIT;
    size_t expected;

    (void)state;
    polling_open(needs_limits, &desk);
    check_ok(ballot_parse(&desk.election, buffer_view(&desk.note), &ballot));
    check_ok(ballot_equations(&desk.election, &ballot, &equations));
    expected =
        2 * (desk.election.candidate_count * desk.election.grade_count + desk.election.total_count +
             desk.election.roll_count + desk.election.recusal_count);
    assert_int_equal(equations_count(&equations), expected);
    check_ok(equations_check(&equations));
    equations.data[equations.size - 1] ^= 1;
    assert_false(is_ok(equations_check(&equations)));
    polling_close(&desk);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
