/*
 * ct_keys.c - deriving keys, signing and sealing tell nothing about the code by their timing.
 */
#include "ct.h"
#include "protocol/keys.h"

static void deriving_does_not_branch_on_the_code(void **context)
{
    (void)context;
    SECRET_CODE code;
    SECRET_KEYS keys;
    struct signature signature;

    key_code_draw(&code);
    SECRET(code);
    check_ok(keys_derive(&code, &keys));
    PUBLIC(keys.sign_public);
    PUBLIC(keys.box.key);
    assert_true(public_key_is_valid(&keys.sign_public));
    assert_true(box_public_is_valid(&keys.box.key));
    check_ok(signature_make(&keys.sign_secret, LITERAL("text\n"), &signature));
    PUBLIC(signature);
    check_ok(signature_verify(&keys.sign_public, LITERAL("text\n"), &signature));
}

static void sealing_does_not_branch_on_the_plain_bytes(void **context)
{
    (void)context;
    SECRET_BOX reader;
    AUTO_BUFFER sealed = BUFFER_INIT;
    SECRET_BUFFER opened = BUFFER_INIT;
    const struct secret32 seed = {{1}}, ephemeral = {{2}};
    struct secret32 plain = {{3}};

    check_ok(box_derive(&seed, &reader));
    SECRET(plain);
    check_ok(box_seal(BYTES(plain.bytes), &reader.key, &ephemeral, &sealed));
    PUBLISH(sealed);
    check_ok(box_open(buffer_view(&sealed), &reader, &opened));
    assert_int_equal(opened.data[0], 3);
}

static void comparing_secrets_does_not_branch_on_them(void **context)
{
    (void)context;
    struct secret32 a, b, chosen;
    uint64_t mask;

    secret_random(&a, sizeof a);
    secret_random(&b, sizeof b);
    SECRET(a);
    SECRET(b);
    mask = mask_equal(a.bytes[0], b.bytes[0]);
    mask_select(mask, &a, &b, &chosen, sizeof chosen);
    PUBLIC(chosen);
    PUBLIC(a);
    PUBLIC(b);
    PUBLIC(mask);
    assert_true((mask == UINT64_MAX) == (a.bytes[0] == b.bytes[0]));
    assert_memory_equal(&chosen, mask != 0 ? &a : &b, sizeof chosen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deriving_does_not_branch_on_the_code),
        cmocka_unit_test(sealing_does_not_branch_on_the_plain_bytes),
        cmocka_unit_test(comparing_secrets_does_not_branch_on_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
