#include "base/encoding.h"
#include "check.h"
#include "log/signed_note.h"
#include "support/small_log.h"

/* covers: signed_note */

#define RIDDLE                                                   \
    "If you think cryptography is the answer to your problem,\n" \
    "then you don't know what your problem is.\n"
#define PETER "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define ENOCH "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
#define PETER_LINE                                                                        \
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv" \
    "qfqdngotpRZb6KE6RyyBwJnAM=\n"
#define ENOCH_LINE                                                                     \
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG" \
    "01oOTGwnWLox33WWd1RvMc+QQ=\n"
#define STRANGER "— stranger AAAAAAAA\n"

static struct vkey key_of(const char *text)
{
    struct vkey key;

    check_ok(vkey_parse(bytes_of_string(text), &key));
    return key;
}

static struct result open_with(const char *raw, const char *vkey)
{
    const struct vkey key = key_of(vkey);
    const struct vkey *keys[] = {&key};
    struct signed_note note;
    struct note_seal seal;

    TRY(signed_note_parse(bytes_of_string(raw), &note));
    return signed_note_verify(&note, keys, 1, &seal);
}

static void verifies_notes_of_other_programs(void **state)
{
    (void)state;
    check_ok(open_with("This is an example message.\n\n— example.com/foo "
                       "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmR"
                       "KuwHjG1Yu72IneyaQM=\n",
                       "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"));
    check_ok(open_with(RIDDLE "\n" PETER_LINE, PETER));
    check_ok(open_with(RIDDLE "\n" PETER_LINE ENOCH_LINE, ENOCH));
}

/* Go's test key: PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz */
static void signs_as_other_programs_do(void **state)
{
    struct secret32 seed;
    struct secret_key secret;
    AUTO_BUFFER line = BUFFER_INIT;
    uint8_t typed[33];
    (void)state;

    check_ok(base64_decode_fixed(LITERAL("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"), typed,
                                 sizeof typed));
    memcpy(seed.bytes, typed + 1, sizeof seed.bytes);
    check_ok(secret_key_derive(&seed, &secret));
    check_ok(signature_line_sign(&line, LITERAL(RIDDLE), LITERAL("PeterNeumann"), &secret));
    check_bytes(buffer_view(&line), LITERAL(PETER_LINE));
}

static void skips_strangers_and_second_lines(void **state)
{
    (void)state;
    check_ok(open_with(RIDDLE "\n" STRANGER PETER_LINE, PETER));
    check_ok(open_with(RIDDLE "\n" PETER_LINE STRANGER, PETER));
    /* A second line of the same key is not looked at, whatever it holds. */
    check_ok(open_with(RIDDLE "\n" PETER_LINE "— PeterNeumann x08gowAAAAA=\n", PETER));
    check_fails(open_with(RIDDLE "\n" STRANGER ENOCH_LINE, PETER), UNAUTHORIZED, "note.unsigned");
}

static void refuses_a_note_when_a_known_line_fails(void **state)
{
    const struct vkey peter = key_of(PETER);
    const struct vkey enoch = key_of(ENOCH);
    const struct vkey *keys[] = {&peter, &enoch};
    struct note_seal seals[2];
    struct signed_note note;
    (void)state;

    check_fails(open_with(RIDDLE "\n— PeterNeumann x08gowAAAAA=\n", PETER), UNAUTHORIZED,
                "note.signature");
    check_fails(open_with("Another text.\n\n" PETER_LINE, PETER), UNAUTHORIZED, "note.signature");
    check_ok(
        signed_note_parse(LITERAL(RIDDLE "\n" ENOCH_LINE "— PeterNeumann x08gowAAAAA=\n"), &note));
    check_fails(signed_note_verify(&note, keys, 2, seals), UNAUTHORIZED, "note.signature");
    check_ok(signed_note_parse(LITERAL(RIDDLE "\n" ENOCH_LINE), &note));
    check_ok(signed_note_verify(&note, keys, 2, seals));
    assert_false(seals[0].verified);
    assert_true(seals[1].verified);
}

static void refuses_what_is_no_note(void **state)
{
    static const char *const BAD[] = {
        "",
        "\n",
        RIDDLE,
        RIDDLE "\n",
        PETER_LINE,
        RIDDLE PETER_LINE,
        RIDDLE "\n" STRANGER "x",
        RIDDLE "\n" STRANGER "\n",
        RIDDLE "\n\n",
        RIDDLE "\n— stranger AAAAAAAA",
        RIDDLE "\n- stranger AAAAAAAA\n",
        RIDDLE "\n— stranger\n",
        RIDDLE "\n— stranger \n",
        RIDDLE "\n—  AAAAAAAA\n",
        RIDDLE "\n— stranger  AAAAAAAA\n",
        RIDDLE "\n— stranger AAAAAAAA \n",
        RIDDLE "\n— stranger AAAAAAA\n",
        RIDDLE "\n— stranger AAAAAA==\n", /* 4 bytes: an id without a signature */
        RIDDLE "\n— stranger AAAAAAB=\n", /* bits after the end */
        RIDDLE "\n— stran+ger AAAAAAAA\n",
        RIDDLE "\n— stran\u3000ger AAAAAAAA\n",
        RIDDLE "\n— stran\u00a0ger AAAAAAAA\n",
        "control \x01\n\n" STRANGER,
        "tab\t\n\n" STRANGER,
        "return\r\n\n" STRANGER,
        "broken \xe4\xb8\n\n" STRANGER,
    };
    struct signed_note note;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        const struct result parsed = signed_note_parse(bytes_of_string(BAD[i]), &note);

        if (parsed.failure != MALFORMED) {
            fail_msg("taken for a note: %s", BAD[i]);
        }
        assert_string_equal(parsed.rule, "note.form");
    }
    check_ok(signed_note_parse(LITERAL(RIDDLE "\n" STRANGER), &note));
}

static void takes_a_hundred_lines_and_no_more(void **state)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    struct signed_note note;
    (void)state;

    check_ok(buffer_append_text(&raw, "text\n\n"));
    for (size_t i = 0; i < SIGNED_NOTE_LINES_MAX; i++) {
        check_ok(buffer_append_text(&raw, STRANGER));
    }
    check_ok(signed_note_parse(buffer_view(&raw), &note));
    check_ok(buffer_append_text(&raw, STRANGER));
    check_fails(signed_note_parse(buffer_view(&raw), &note), MALFORMED, "note.form");
}

static void splits_at_the_last_blank_line(void **state)
{
    struct signed_note note;
    (void)state;

    check_ok(signed_note_parse(LITERAL("one\n\n\ntwo\n\n" STRANGER), &note));
    check_bytes(note.text, LITERAL("one\n\n\ntwo\n"));
    check_bytes(note.lines, LITERAL(STRANGER));
}

/* Every byte of a note is either signed or part of what signs it. */
static void refuses_a_note_with_any_byte_changed(void **state)
{
    static const char GOOD[] = RIDDLE "\n" PETER_LINE;
    char raw[sizeof GOOD];
    (void)state;

    for (size_t i = 0; i < sizeof GOOD - 1; i++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(raw, GOOD, sizeof raw);
            raw[i] = (char)((uint8_t)raw[i] ^ (1u << bit));
            if (raw[i] != '\0' && is_ok(open_with(raw, PETER))) {
                fail_msg("byte %zu, bit %d", i, bit);
            }
        }
    }
}

#define BODY "award.example/log/2026\n3\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n"

static void cosigns_with_a_time(void **state)
{
    struct secret_key secret;
    struct vkey witness, plain;
    const struct vkey *keys[] = {&witness};
    AUTO_BUFFER raw = BUFFER_INIT;
    struct note_seal seal;
    struct signed_note note;
    (void)state;

    small_log_key(2, "witness.example/east", VKEY_COSIGNATURE, &secret, &witness);
    small_log_key(2, "witness.example/east", VKEY_ED25519, &secret, &plain);
    check_ok(buffer_append_text(&raw, BODY "\n"));
    check_ok(cosignature_append(&raw, LITERAL(BODY), &witness, &secret, 1679315147));
    check_ok(signed_note_parse(buffer_view(&raw), &note));
    check_ok(signed_note_verify(&note, keys, 1, &seal));
    assert_int_equal(seal.time, 1679315147);

    /* The time is signed, and zero is none. */
    check_fails(cosignature_append(&raw, LITERAL(BODY), &witness, &secret, 0), INTERNAL,
                "cosignature.time");
    check_fails(cosignature_append(&raw, LITERAL(BODY), &plain, &secret, 1), INTERNAL,
                "cosignature.time");
    keys[0] = &plain;
    check_fails(signed_note_verify(&note, keys, 1, &seal), UNAUTHORIZED, "note.unsigned");
}

static void refuses_a_cosignature_with_another_time(void **state)
{
    struct secret_key secret;
    struct vkey witness;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER binary = BUFFER_INIT;
    struct signature_line parsed;
    struct note_seal seal;
    struct key_id id;
    (void)state;

    small_log_key(2, "witness.example/east", VKEY_COSIGNATURE, &secret, &witness);
    check_ok(cosignature_append(&line, LITERAL(BODY), &witness, &secret, 1679315147));
    check_ok(signature_line_parse((struct bytes){line.data, line.size - 1}, &parsed));
    check_ok(signature_line_decode(&parsed, &id, &binary));
    check_ok(note_signature_verify(&witness, LITERAL(BODY), buffer_view(&binary), &seal));
    for (size_t i = 0; i < binary.size; i++) {
        binary.data[i] ^= 1;
        check_fails(note_signature_verify(&witness, LITERAL(BODY), buffer_view(&binary), &seal),
                    UNAUTHORIZED, "note.signature");
        binary.data[i] ^= 1;
    }
    for (size_t size = 0; size < binary.size; size++) {
        check_fails(note_signature_verify(&witness, LITERAL(BODY),
                                          (struct bytes){binary.data, size}, &seal),
                    UNAUTHORIZED, "note.signature");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifies_notes_of_other_programs),
        cmocka_unit_test(signs_as_other_programs_do),
        cmocka_unit_test(skips_strangers_and_second_lines),
        cmocka_unit_test(refuses_a_note_when_a_known_line_fails),
        cmocka_unit_test(refuses_what_is_no_note),
        cmocka_unit_test(takes_a_hundred_lines_and_no_more),
        cmocka_unit_test(splits_at_the_last_blank_line),
        cmocka_unit_test(refuses_a_note_with_any_byte_changed),
        cmocka_unit_test(cosigns_with_a_time),
        cmocka_unit_test(refuses_a_cosignature_with_another_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
