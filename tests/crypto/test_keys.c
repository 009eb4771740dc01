#include <sodium.h>

#include "check.h"
#include "protocol/keys.h"
#include "support/vectors.h"

/* The seeds on the way, which no caller sees: what follows from them is what was derived. */
static void check_seeds(json_t *vector, const struct keys *keys)
{
    struct secret32 seed, derived, expected;
    SECRET_BOX box;

    vector_fixed(vector, "seed", seed.bytes, sizeof seed.bytes);
    vector_fixed(vector, "trustee_secret", expected.bytes, sizeof expected.bytes);
    assert_int_equal(
        crypto_kdf_derive_from_key(derived.bytes, sizeof derived.bytes, 4, "xilingv1", seed.bytes),
        0);
    assert_memory_equal(&derived, &expected, sizeof derived);
    vector_fixed(vector, "box_seed", seed.bytes, sizeof seed.bytes);
    check_ok(box_derive(&seed, &box));
    assert_memory_equal(&box.key, &keys->box.key, sizeof box.key);
}

static void one_code_gives_all_keys(void **context)
{
    (void)context;
    json_t *root = vectors_open("key-code.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "codes"), i, vector)
    {
        SECRET_CODE code;
        SECRET_KEYS keys;
        uint8_t expected[32];
        vector_fixed(vector, "code", code.bytes, sizeof code.bytes);
        check_ok(keys_derive(&code, &keys));
        vector_fixed(vector, "sign_seed", expected, sizeof expected);
        assert_memory_equal(keys.sign_secret.bytes, expected, sizeof expected);
        vector_fixed(vector, "sign_public", expected, sizeof expected);
        assert_memory_equal(keys.sign_public.bytes, expected, sizeof expected);
        vector_fixed(vector, "box_public", expected, sizeof expected);
        assert_memory_equal(keys.box.key.bytes, expected, sizeof expected);
        vector_fixed(vector, "box_secret", expected, sizeof expected);
        assert_memory_equal(keys.box.secret.bytes, expected, sizeof expected);
        vector_fixed(vector, "trustee_secret", expected, sizeof expected);
        assert_memory_equal(keys.trustee.bytes, expected, sizeof expected);
        check_seeds(vector, &keys);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void check_digits_follow_the_vectors(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "check_digits"), i, vector)
    {
        const struct hash32 enrol = sha256_of(bytes_of_string(vector_text(vector, "text")));
        uint8_t n[16];
        char digits[CHECK_DIGITS_SIZE + 1];
        vector_fixed(vector, "n", n, sizeof n);
        check_digits_of(&enrol, n, digits);
        assert_string_equal(digits, vector_text(vector, "digits"));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void a_wrapped_code_opens_with_its_passphrase_only(void **context)
{
    (void)context;
    SECRET_CODE code;
    SECRET_CODE opened;
    struct wrapped_code wrapped;

    key_code_draw(&code);
    check_ok(key_code_wrap(&code, LITERAL("春江花月夜八个字"), &wrapped));
    check_ok(key_code_unwrap(&wrapped, LITERAL("春江花月夜八个字"), &opened));
    assert_memory_equal(&opened, &code, sizeof code);
    check_fails(key_code_unwrap(&wrapped, LITERAL("春江花月夜八个宇"), &opened), UNAUTHORIZED,
                "keys.passphrase");
    wrapped.bytes[WRAPPED_SIZE - 1] ^= 1;
    check_fails(key_code_unwrap(&wrapped, LITERAL("春江花月夜八个字"), &opened), UNAUTHORIZED,
                "keys.passphrase");
}

static void a_short_passphrase_wraps_nothing(void **context)
{
    (void)context;
    const struct key_code code = {{1}};
    struct wrapped_code wrapped;

    check_fails(key_code_wrap(&code, LITERAL("七个字不够用吗"), &wrapped), INVALID,
                "keys.passphrase");
    check_fails(key_code_wrap(&code, LITERAL("seven77"), &wrapped), INVALID, "keys.passphrase");
    check_fails(key_code_wrap(&code, LITERAL("12345678\xFF"), &wrapped), INVALID,
                "keys.passphrase");
}

static void keys_are_wiped(void **context)
{
    (void)context;
    static const struct keys NO_KEYS;
    static const struct key_code NO_CODE;
    struct key_code code;
    struct keys keys;

    key_code_draw(&code);
    check_ok(keys_derive(&code, &keys));
    keys_wipe(&keys);
    key_code_wipe(&code);
    assert_memory_equal(&keys, &NO_KEYS, sizeof keys);
    assert_memory_equal(&code, &NO_CODE, sizeof code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_code_gives_all_keys),
        cmocka_unit_test(check_digits_follow_the_vectors),
        cmocka_unit_test(a_wrapped_code_opens_with_its_passphrase_only),
        cmocka_unit_test(a_short_passphrase_wraps_nothing),
        cmocka_unit_test(keys_are_wiped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
