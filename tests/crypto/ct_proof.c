/*
 * ct_proof.c - proving and encrypting tell nothing about the secrets by their timing.
 */
#include "base/secret.h"
#include "ct.h"
#include "primitive/elgamal.h"
#include "primitive/proof.h"

enum {
    BRANCHES = 3,
    WITNESSES = 2,
};

/* Branch b claims x*G and y*H; only in the real one are x and y those we know. */
static void build(struct claim *claim, const struct scalar known[static WITNESSES], size_t real)
{
    struct point base, image;
    struct scalar two;

    scalar_from_number(2, &two);
    check_ok(point_base_multiply(&two, &base));
    claim_begin(claim, "ring");
    claim_context(claim, LITERAL("context"));
    for (size_t b = 0; b < BRANCHES; b++) {
        struct scalar witnesses[WITNESSES];
        for (size_t w = 0; w < WITNESSES; w++) {
            scalar_random(&witnesses[w]);
            witnesses[w] = b == real ? known[w] : witnesses[w];
        }
        claim_branch(claim, WITNESSES);
        check_ok(point_base_multiply(&witnesses[0], &image));
        claim_equation(claim, 0, &GENERATOR, &image);
        check_ok(point_multiply(&witnesses[1], &base, &image));
        claim_equation(claim, 1, &base, &image);
    }
}

static void proving_does_not_branch_on_secrets(void **context)
{
    (void)context;
    for (size_t real = 0; real < BRANCHES; real++) {
        AUTO_CLAIM claim;
        AUTO_BUFFER proof = BUFFER_INIT;
        SECRET_BUFFER storage = BUFFER_INIT;
        struct scalar witnesses[WITNESSES];
        uint8_t fresh[32];
        struct proof_nonces nonces;

        scalar_random(&witnesses[0]);
        scalar_random(&witnesses[1]);
        secret_random(fresh, sizeof fresh);
        build(&claim, witnesses, real);
        const struct bytes view = {witnesses[0].bytes, sizeof witnesses};
        const struct nonce_seed seed = {&view, 1, BYTES(fresh)};
        struct proof_secret secret = {real, witnesses};

        SECRET(witnesses);
        SECRET(fresh);
        SECRET(secret.real);
        check_ok(proof_derive_nonces(&claim, &seed, &storage, &nonces));
        check_ok(proof_prove(&claim, &secret, &nonces, &proof));
        PUBLISH(proof);
        check_ok(proof_verify(&claim, buffer_view(&proof)));
    }
}

static void encrypting_does_not_branch_on_the_choice(void **context)
{
    (void)context;
    const struct point points[] = {IDENTITY, GENERATOR};
    const struct elgamal_messages messages = {points, 2};

    for (size_t choice = 0; choice < 2; choice++) {
        struct ciphertext ciphertext;
        struct scalar r;
        size_t chosen = choice;
        scalar_random(&r);
        SECRET(r);
        SECRET(chosen);
        check_ok(elgamal_encrypt(&GENERATOR, &r, &messages, chosen, &ciphertext));
        PUBLIC(ciphertext);
        assert_true(point_equal(&ciphertext.alpha, &ciphertext.beta) == (choice == 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proving_does_not_branch_on_secrets),
        cmocka_unit_test(encrypting_does_not_branch_on_the_choice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
