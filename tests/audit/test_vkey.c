#include "check.h"
#include "log/vkey.h"

#define PETER "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

static void reads_what_it_writes(void **state)
{
    static const char *const GOOD[] = {
        PETER,
        "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
    };
    (void)state;

    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        AUTO_BUFFER written = BUFFER_INIT;
        struct vkey key;

        check_ok(vkey_parse(bytes_of_string(GOOD[i]), &key));
        assert_int_equal(key.type, VKEY_ED25519);
        check_ok(vkey_write(&key, &written));
        check_bytes(buffer_view(&written), bytes_of_string(GOOD[i]));
    }
}

static void refuses_keys_of_another_length_or_type(void **state)
{
    struct vkey key;
    (void)state;

    check_fails(vkey_parse(LITERAL("PeterNeumann+cc469956+"
                                   "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="),
                           &key),
                MALFORMED, "vkey.form");
    check_fails(vkey_parse(LITERAL("PeterNeumann+173116ae+"
                                   "ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
                           &key),
                MALFORMED, "vkey.form");
}

static void refuses_every_part_of_a_key(void **state)
{
    const struct bytes good = LITERAL(PETER);
    struct vkey key;
    (void)state;

    for (size_t from = 0; from < good.size; from++) {
        for (size_t size = 0; size <= good.size - from; size++) {
            if (size < good.size) {
                assert_int_equal(vkey_parse(bytes_slice(good, from, size), &key).failure,
                                 MALFORMED);
            }
        }
    }
}

static void refuses_a_key_with_any_byte_changed(void **state)
{
    uint8_t raw[sizeof PETER - 1];
    struct vkey key;
    (void)state;

    for (size_t i = 0; i < sizeof raw; i++) {
        memcpy(raw, PETER, sizeof raw);
        raw[i]++;
        assert_int_equal(vkey_parse(BYTES(raw), &key).failure, MALFORMED);
    }
}

static void refuses_the_key_that_anybody_can_sign_with(void **state)
{
    const struct public_key identity = {{1}}; /* of order 1: every signature would hold */
    struct vkey key;
    (void)state;

    check_fails(vkey_make(LITERAL("award.example/log"), VKEY_ED25519, &identity, &key), MALFORMED,
                "vkey.key");
}

static void refuses_names_with_space_or_plus(void **state)
{
    static const char *const BAD[] = {
        "",          "a b",      "a+b",      "a\tb",     "a\nb",     "a\x7f",
        "a\xc2\x85", "a\u00a0b", "a\u1680b", "a\u2000b", "a\u200ab", "a\u2028b",
        "a\u2029b",  "a\u202fb", "a\u205fb", "a\u3000b", "a\xff",    "\xe4\xb8",
    };
    uint8_t longest[VKEY_NAME_MAX + 1];
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_false(vkey_name_is_valid(bytes_of_string(BAD[i])));
    }
    assert_true(vkey_name_is_valid(LITERAL("award.example/log/2026")));
    assert_true(vkey_name_is_valid(LITERAL("西泠.example/记录")));
    memset(longest, 'a', sizeof longest);
    assert_true(vkey_name_is_valid((struct bytes){longest, VKEY_NAME_MAX}));
    assert_false(vkey_name_is_valid(BYTES(longest)));
}

static void keeps_types_apart(void **state)
{
    struct vkey key, cosigning;
    AUTO_BUFFER text = BUFFER_INIT;
    (void)state;

    check_ok(vkey_parse(LITERAL(PETER), &key));
    check_ok(vkey_make(vkey_name(&key), VKEY_COSIGNATURE, &key.key, &cosigning));
    assert_memory_not_equal(key.id.bytes, cosigning.id.bytes, 4);
    assert_false(vkey_equal(&key, &cosigning));
    check_ok(vkey_write(&cosigning, &text));
    check_ok(vkey_parse(buffer_view(&text), &key));
    assert_int_equal(key.type, VKEY_COSIGNATURE);
    assert_true(vkey_equal(&key, &cosigning));
}

/* The same as keyFingerprint() of web/lib/code.js gives: tests/web/encoding.test.mjs. */
static void prints_what_people_compare(void **state)
{
    char fingerprint[VKEY_FINGERPRINT_SIZE + 1];
    struct vkey key;
    (void)state;

    check_ok(vkey_parse(LITERAL(PETER), &key));
    check_ok(vkey_print_fingerprint(&key, fingerprint));
    assert_string_equal(fingerprint, "N0QJ 9H4C KVGG");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_keys_of_another_length_or_type),
        cmocka_unit_test(refuses_every_part_of_a_key),
        cmocka_unit_test(refuses_a_key_with_any_byte_changed),
        cmocka_unit_test(refuses_the_key_that_anybody_can_sign_with),
        cmocka_unit_test(refuses_names_with_space_or_plus),
        cmocka_unit_test(keeps_types_apart),
        cmocka_unit_test(prints_what_people_compare),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
