#include "check.h"
#include "log/checkpoint.h"
#include "support/small_log.h"

#define SIGSUM "sigsum.org/v1/tree/e796172b92befd62d9dc67e41c2f5bc9d3100a3023b20b1ca40288dd1c679e69"
#define ROOT   "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="

/* The checkpoint of sigsum's own test: seed 17, 31 zeros; size 10; root 1c0e47, 29 zeros. */
static void signs_as_sigsum_does(void **state)
{
    const struct secret32 seed = {{17}};
    const struct merkle_head head = {10, {{0x1c, 0x0e, 0x47}}};
    struct secret_key secret;
    struct public_key key;
    struct vkey log;
    AUTO_BUFFER note = BUFFER_INIT;
    struct bytes lines;
    size_t at;
    (void)state;

    check_ok(secret_key_derive(&seed, &secret));
    public_key_of(&secret, &key);
    check_ok(vkey_make(LITERAL(SIGSUM), VKEY_ED25519, &key, &log));
    check_ok(checkpoint_sign(&head, &log, &secret, &note));
    at = sizeof SIGSUM - 1 + 4;
    check_bytes(bytes_slice(buffer_view(&note), 0, at), LITERAL(SIGSUM "\n10\n"));
    check_bytes(bytes_slice(buffer_view(&note), at, 46),
                LITERAL("HA5HAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"));
    lines = bytes_slice(buffer_view(&note), at + 46, note.size);
    check_bytes(lines,
                LITERAL("— " SIGSUM
                        " gJ2ho0n8F8olcerUF1FFdv235A/5as/coWrpLrtE7ovMeP5whgwouYExowG/lTznxu6OUGjj"
                        "t5yJQ6bXtTcf718MqAQ=\n"));
}

static void reads_what_it_writes(void **state)
{
    static const char TEXT[] = "award.example/log/2026\n15\n" ROOT "\n";
    struct checkpoint checkpoint;
    AUTO_BUFFER written = BUFFER_INIT;
    (void)state;

    check_ok(checkpoint_parse(LITERAL("award.example/log/2026\n15\n" ROOT "\n"), &checkpoint));
    assert_int_equal(checkpoint.head.size, 15);
    check_bytes(checkpoint.origin, LITERAL("award.example/log/2026"));
    check_ok(checkpoint_write(&checkpoint, &written));
    check_bytes(buffer_view(&written), bytes_of_string(TEXT));
}

static void refuses_all_but_three_lines(void **state)
{
    static const char *const BAD[] = {
        "",
        "\n",
        "a\n",
        "a\n15\n",
        "a\n15\n" ROOT,
        "a\n15\n" ROOT "\n\n",
        "a\n15\n" ROOT "\nextension\n",
        "\n15\n" ROOT "\n",
        "a b\n15\n" ROOT "\n",
        "a\n\n" ROOT "\n",
        "a\n015\n" ROOT "\n",
        "a\n+15\n" ROOT "\n",
        "a\n-1\n" ROOT "\n",
        "a\n15 \n" ROOT "\n",
        "a\n0x15\n" ROOT "\n",
        "a\n99999999999999999999\n" ROOT "\n",
        "a\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383ct=\n",
        "a\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs\n",
        "a\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383Q==\n",
        "a\n15\n\n",
    };
    struct checkpoint checkpoint;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (is_ok(checkpoint_parse(bytes_of_string(BAD[i]), &checkpoint))) {
            fail_msg("taken for a checkpoint: %s", BAD[i]);
        }
    }
}

static void refuses_a_checkpoint_of_another_log_or_key(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER note = BUFFER_INIT;
    struct checkpoint checkpoint;
    struct secret_key secret;
    struct vkey other;
    (void)state;

    small_log_make(5, &log);
    small_log_checkpoint(&log, 5, 0, &note);
    check_ok(checkpoint_open(buffer_view(&note), &log.key, &checkpoint));
    small_log_key(1, "award.example/log/2027", VKEY_ED25519, &secret, &other);
    check_fails(checkpoint_open(buffer_view(&note), &other, &checkpoint), INVALID,
                "checkpoint.origin");
    small_log_key(9, SMALL_LOG_ORIGIN, VKEY_ED25519, &secret, &other);
    check_fails(checkpoint_open(buffer_view(&note), &other, &checkpoint), UNAUTHORIZED,
                "checkpoint.signature");
}

/* A service configured with a key that is not the log's must not publish anything. */
static void never_signs_with_another_key(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head head;
    (void)state;

    small_log_make(5, &log);
    head = small_log_head(&log, 5);
    check_fails(checkpoint_sign(&head, &log.key, &log.witness_secrets[0], &note), UNAUTHORIZED,
                "checkpoint.signature");
    assert_int_equal(note.size, 0);
}

static void refuses_a_checkpoint_with_any_bit_changed(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER note = BUFFER_INIT;
    struct checkpoint checkpoint;
    (void)state;

    small_log_make(5, &log);
    small_log_checkpoint(&log, 5, 0, &note);
    for (size_t bit = 0; bit < note.size * 8; bit++) {
        note.data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        if (is_ok(checkpoint_open(buffer_view(&note), &log.key, &checkpoint))) {
            fail_msg("bit %zu", bit);
        }
        note.data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    for (size_t size = 0; size < note.size; size++) {
        assert_int_equal(
            checkpoint_open((struct bytes){note.data, size}, &log.key, &checkpoint).failure,
            MALFORMED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_as_sigsum_does),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_all_but_three_lines),
        cmocka_unit_test(refuses_a_checkpoint_of_another_log_or_key),
        cmocka_unit_test(never_signs_with_another_key),
        cmocka_unit_test(refuses_a_checkpoint_with_any_bit_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
