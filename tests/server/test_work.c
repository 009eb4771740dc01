#include "base/encoding.h"
#include "check.h"
#include "server/work.h"
#include "support/vectors.h"

#define NOW  1000000
#define BITS 8

static const struct work_key KEY = {{7}};

static struct hash32 note_of(const char *text)
{
    return sha256_of(bytes_of_string(text));
}

/* "<token>.<nonce>" with the first nonce that gives `least` bits. */
static struct bytes solve(const struct work_token *token, const struct hash32 *note, unsigned least,
                          struct buffer *out)
{
    uint64_t nonce = 0;

    while (work_zero_bits(token, note, nonce) < least) {
        nonce++;
    }
    buffer_clear(out);
    check_ok(hex_append(out, BYTES(token->bytes)));
    check_ok(buffer_append_text(out, "."));
    check_ok(buffer_append_decimal(out, nonce));
    return buffer_view(out);
}

/* What JavaScript counts is counted here: tests/vectors/work.json. */
static void counts_the_bits_of_the_vectors(void **state)
{
    json_t *root = vectors_open("work.json");
    json_t *vector;
    json_t *one;
    size_t i;
    size_t j;
    (void)state;

    json_array_foreach(vector_get(root, "cases"), i, vector)
    {
        const struct hash32 note = note_of(vector_text(vector, "note"));
        struct work_token token;

        vector_fixed(vector, "token", token.bytes, sizeof token.bytes);
        json_array_foreach(vector_get(vector, "nonces"), j, one)
        {
            assert_int_equal(work_zero_bits(&token, &note, vector_number(one, "nonce")),
                             vector_number(one, "bits"));
        }
        assert_true(j > 10);
    }
    assert_int_equal(i, 3);
    vectors_close(root);
}

static void takes_work_until_its_token_expires(void **state)
{
    const struct hash32 note = note_of("a note");
    AUTO_BUFFER answer = BUFFER_INIT;
    struct work_token token;
    (void)state;

    work_token(&KEY, NOW, BITS, &token);
    solve(&token, &note, BITS, &answer);
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW), BITS);
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW + WORK_LIFE), BITS);
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW + WORK_LIFE + 1), 0);
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW - 1), 0);
}

/* More bits than were asked for earn no more: else luck would be sold. */
static void earns_what_the_token_asked_for(void **state)
{
    const struct hash32 note = note_of("a note");
    AUTO_BUFFER answer = BUFFER_INIT;
    struct work_token token;
    (void)state;

    work_token(&KEY, NOW, 2, &token);
    solve(&token, &note, BITS, &answer);
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW), 2);
}

static void refuses_too_few_bits(void **state)
{
    const struct hash32 note = note_of("a note");
    AUTO_BUFFER answer = BUFFER_INIT;
    struct work_token token;
    uint64_t nonce = 0;
    (void)state;

    work_token(&KEY, NOW, BITS, &token);
    while (work_zero_bits(&token, &note, nonce) != BITS - 1) {
        nonce++;
    }
    check_ok(hex_append(&answer, BYTES(token.bytes)));
    check_ok(buffer_append_text(&answer, "."));
    check_ok(buffer_append_decimal(&answer, nonce));
    assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW), 0);
}

static void refuses_work_that_was_done_for_another_note(void **state)
{
    const struct hash32 note = note_of("a note");
    AUTO_BUFFER answer = BUFFER_INIT;
    struct work_token token;
    unsigned passed = 0;
    (void)state;

    work_token(&KEY, NOW, BITS, &token);
    solve(&token, &note, BITS, &answer);
    for (unsigned i = 0; i < 8; i++) {
        const char text[] = {'n', (char)('0' + i), 0};
        const struct hash32 other = note_of(text);

        passed += work_earned(&KEY, buffer_view(&answer), &other, NOW) > 0;
    }
    assert_true(passed < 2); /* chance lets one in 256 pass */
}

/* Every byte of a token is under the key; a restart draws a new one. */
static void refuses_forged_tokens(void **state)
{
    const struct work_key other = {{8}};
    const struct hash32 note = note_of("a note");
    struct work_token token;
    (void)state;

    for (size_t i = 0; i < sizeof token.bytes; i++) {
        AUTO_BUFFER answer = BUFFER_INIT;

        work_token(&KEY, NOW, 1, &token);
        token.bytes[i] ^= 1;
        solve(&token, &note, 2, &answer);
        assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW), 0);
    }
    {
        AUTO_BUFFER answer = BUFFER_INIT;

        work_token(&KEY, NOW, 1, &token);
        solve(&token, &note, 2, &answer);
        assert_int_equal(work_earned(&KEY, buffer_view(&answer), &note, NOW), 1);
        assert_int_equal(work_earned(&other, buffer_view(&answer), &note, NOW), 0);
    }
}

static void refuses_what_is_no_answer(void **state)
{
    static const char *const BAD[] = {
        "",
        ".",
        "1",
        "00.1",
        "zz.1",
        ".1",
        "00000000000000000000000000000000000000000000000000.",
        "00000000000000000000000000000000000000000000000000.x",
        "00000000000000000000000000000000000000000000000000.9007199254740992",
    };
    const struct hash32 note = note_of("a note");
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_int_equal(work_earned(&KEY, bytes_of_string(BAD[i]), &note, NOW), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_the_bits_of_the_vectors),
        cmocka_unit_test(takes_work_until_its_token_expires),
        cmocka_unit_test(earns_what_the_token_asked_for),
        cmocka_unit_test(refuses_too_few_bits),
        cmocka_unit_test(refuses_work_that_was_done_for_another_note),
        cmocka_unit_test(refuses_forged_tokens),
        cmocka_unit_test(refuses_what_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
