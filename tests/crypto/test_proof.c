/* covers: claim, nonce, proof */
#include "base/secret.h"
#include "check.h"
#include "primitive/proof.h"
#include "support/claims.h"
#include "support/items.h"
#include "support/vectors.h"

enum { WITNESSES_MAX = 16 };

static void accepts_every_proof_of_the_vectors(void **context)
{
    (void)context;
    json_t *root = vectors_open("proof.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "accept"), i, vector)
    {
        AUTO_CLAIM_VECTOR claim;
        AUTO_BUFFER proof = BUFFER_INIT;
        claim_vector_read(vector_get(vector, "statement"), &claim);
        (void)vector_bytes(vector, "proof", &proof);
        check_ok(proof_verify(&claim.claim, buffer_view(&proof)));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void refuses_each_false_proof_for_its_reason(void **context)
{
    (void)context;
    json_t *root = vectors_open("proof.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "reject"), i, vector)
    {
        AUTO_CLAIM_VECTOR claim;
        AUTO_BUFFER proof = BUFFER_INIT;
        char rule[32];
        claim_vector_read(vector_get(vector, "statement"), &claim);
        (void)vector_bytes(vector, "proof", &proof);
        (void)snprintf(rule, sizeof rule, "proof.%s", vector_text(vector, "reason"));
        check_fails(proof_verify(&claim.claim, buffer_view(&proof)), INVALID, rule);
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* The secrets of one proof of the vectors, read and proved again. */
struct prover_vector {
    struct scalar witnesses[WITNESSES_MAX];
    struct scalar secrets[WITNESSES_MAX];
    struct bytes views[WITNESSES_MAX];
    struct buffer fresh;
    struct nonce_seed seed;
    struct proof_secret secret;
};

static void read_prover(json_t *vector, struct prover_vector *out)
{
    size_t i;
    json_t *item;

    *out = (struct prover_vector){.fresh = BUFFER_INIT};
    json_array_foreach(vector_get(vector, "witnesses"), i, item)
    {
        item_fixed(item, out->witnesses[i].bytes, SCALAR_SIZE);
    }
    json_array_foreach(vector_get(vector, "secrets"), i, item)
    {
        item_fixed(item, out->secrets[i].bytes, SCALAR_SIZE);
        out->views[i] = BYTES(out->secrets[i].bytes);
    }
    (void)vector_bytes(vector, "fresh", &out->fresh);
    out->seed = (struct nonce_seed){out->views, i, buffer_view(&out->fresh)};
    out->secret = (struct proof_secret){vector_number(vector, "real"), out->witnesses};
}

static void check_proving(json_t *vector)
{
    AUTO_CLAIM_VECTOR claim;
    AUTO_BUFFER expected = BUFFER_INIT;
    AUTO_BUFFER proof = BUFFER_INIT;
    SECRET_BUFFER storage = BUFFER_INIT;
    struct hash64 expected_digest, digest;
    struct prover_vector prover;
    struct proof_nonces nonces;

    claim_vector_read(vector_get(vector, "statement"), &claim);
    (void)vector_bytes(vector, "proof", &expected);
    vector_fixed(vector, "statement_hash", expected_digest.bytes, sizeof expected_digest.bytes);
    read_prover(vector, &prover);
    claim_digest(&claim.claim, &digest);
    assert_memory_equal(&digest, &expected_digest, sizeof digest);
    check_ok(proof_derive_nonces(&claim.claim, &prover.seed, &storage, &nonces));
    check_ok(proof_prove(&claim.claim, &prover.secret, &nonces, &proof));
    assert_int_equal(proof.size, proof_size(&claim.claim));
    check_bytes(buffer_view(&proof), buffer_view(&expected));
    buffer_free(&prover.fresh);
}

static void proves_with_the_same_bytes_as_the_vectors(void **context)
{
    (void)context;
    json_t *root = vectors_open("proof.json");
    size_t i, proved = 0;
    json_t *vector;

    json_array_foreach(vector_get(root, "accept"), i, vector)
    {
        if (vector_get(vector, "witnesses") != NULL) {
            check_proving(vector);
            proved++;
        }
    }
    assert_true(proved > 0);
    vectors_close(root);
}

static void a_plain_proof_is_the_one_of_a_single_branch(void **context)
{
    (void)context;
    static const uint8_t NO_FRESH[32];
    json_t *root = vectors_open("proof.json");
    json_t *vector = json_array_get(vector_get(root, "accept"), 1);
    AUTO_CLAIM_VECTOR claim;
    AUTO_BUFFER expected = BUFFER_INIT;
    AUTO_BUFFER proof = BUFFER_INIT;
    struct prover_vector prover;

    claim_vector_read(vector_get(vector, "statement"), &claim);
    (void)vector_bytes(vector, "proof", &expected);
    read_prover(vector, &prover);
    check_ok(proof_prove_plain(&claim.claim, prover.witnesses, NO_FRESH, &proof));
    check_bytes(buffer_view(&proof), buffer_view(&expected));
    buffer_free(&prover.fresh);
    vectors_close(root);
}

/* A claim of ours: P = x*G and I = x*H, or the same for others. */
static void build_pair(struct claim *claim, const struct scalar *x, size_t branches, size_t real)
{
    struct point other, image, base;
    struct scalar two;

    scalar_from_number(2, &two);
    check_ok(point_base_multiply(&two, &base));
    claim_begin(claim, "tag");
    claim_context(claim, LITERAL("context"));
    claim_context_number(claim, 7);
    for (size_t b = 0; b < branches; b++) {
        struct scalar stranger;
        scalar_random(&stranger);
        const struct scalar *known = b == real ? x : &stranger;
        claim_branch(claim, 1);
        check_ok(point_base_multiply(known, &other));
        check_ok(point_multiply(x, &base, &image));
        claim_equation(claim, 0, &GENERATOR, &other);
        claim_equation(claim, 0, &base, &image);
    }
}

static struct result prove(const struct claim *claim, const struct scalar *x, size_t real,
                           struct buffer *out)
{
    SECRET_BUFFER storage = BUFFER_INIT;
    uint8_t fresh[32];
    const struct bytes view = BYTES(x->bytes);
    const struct nonce_seed seed = {&view, 1, BYTES(fresh)};
    const struct proof_secret secret = {real, x};
    struct proof_nonces nonces;

    secret_random(fresh, sizeof fresh);
    TRY(proof_derive_nonces(claim, &seed, &storage, &nonces));
    return proof_prove(claim, &secret, &nonces, out);
}

static void any_branch_can_be_the_real_one(void **context)
{
    (void)context;
    struct scalar x;

    scalar_random(&x);
    for (size_t real = 0; real < 3; real++) {
        AUTO_CLAIM claim;
        AUTO_BUFFER proof = BUFFER_INIT;
        build_pair(&claim, &x, 3, real);
        check_ok(prove(&claim, &x, real, &proof));
        check_ok(proof_verify(&claim, buffer_view(&proof)));
        proof.size = 0;
        check_ok(prove(&claim, &x, (real + 1) % 3, &proof));
        check_fails(proof_verify(&claim, buffer_view(&proof)), INVALID, "proof.equation");
    }
}

static void every_changed_byte_is_noticed(void **context)
{
    (void)context;
    AUTO_CLAIM claim;
    AUTO_BUFFER proof = BUFFER_INIT;
    struct scalar x;

    scalar_random(&x);
    build_pair(&claim, &x, 2, 1);
    check_ok(prove(&claim, &x, 1, &proof));
    for (size_t i = 0; i < proof.size; i++) {
        proof.data[i] ^= 1;
        assert_int_equal(proof_verify(&claim, buffer_view(&proof)).failure, INVALID);
        proof.data[i] ^= 1;
    }
    for (size_t size = 0; size < proof.size; size++) {
        check_fails(proof_verify(&claim, bytes_slice(buffer_view(&proof), 0, size)), INVALID,
                    "proof.length");
    }
}

static void fresh_bytes_and_claims_never_share_nonces(void **context)
{
    (void)context;
    AUTO_CLAIM claim;
    AUTO_CLAIM other;
    SECRET_BUFFER first = BUFFER_INIT, second = BUFFER_INIT, third = BUFFER_INIT;
    struct scalar x;
    const uint8_t zero[32] = {0}, one[32] = {1};
    struct proof_nonces a, b, c;

    scalar_random(&x);
    const struct bytes view = BYTES(x.bytes);
    build_pair(&claim, &x, 2, 0);
    build_pair(&other, &x, 2, 0);
    check_ok(proof_derive_nonces(&claim, &(struct nonce_seed){&view, 1, BYTES(zero)}, &first, &a));
    check_ok(proof_derive_nonces(&claim, &(struct nonce_seed){&view, 1, BYTES(one)}, &second, &b));
    check_ok(proof_derive_nonces(&other, &(struct nonce_seed){&view, 1, BYTES(zero)}, &third, &c));
    for (size_t i = 0; i < claim_witness_count(&claim); i++) {
        assert_memory_not_equal(&a.nonces[i], &b.nonces[i], SCALAR_SIZE);
        assert_memory_not_equal(&a.nonces[i], &c.nonces[i], SCALAR_SIZE);
        assert_memory_not_equal(&a.nonces[i], &a.nonces[1 - i], SCALAR_SIZE);
        assert_memory_not_equal(&a.challenges[i], &b.challenges[i], CHALLENGE_SIZE);
    }
}

static void hands_out_equations_that_say_the_same(void **context)
{
    (void)context;
    AUTO_CLAIM claim;
    AUTO_BUFFER proof = BUFFER_INIT;
    AUTO_BUFFER equations = BUFFER_INIT;
    struct scalar x;

    scalar_random(&x);
    build_pair(&claim, &x, 2, 0);
    check_ok(prove(&claim, &x, 0, &proof));
    check_ok(proof_check_scalars(&claim, buffer_view(&proof)));
    check_ok(proof_check_challenge(&claim, buffer_view(&proof)));
    check_ok(proof_equations(&claim, buffer_view(&proof), &equations));
    assert_int_equal(equations_count(&equations), 4);
    assert_true(point_equal(&equations_at(&equations, 2)->base, &GENERATOR));
    check_ok(equations_check(&equations));
    equations.data[3 * sizeof(struct equation)] ^= 1; /* the last response */
    const struct result checked = equations_check(&equations);
    assert_string_equal(checked.rule, "proof.equation");
    assert_int_equal(checked.at, 3);
}

static void refuses_claims_without_shape(void **context)
{
    (void)context;
    AUTO_CLAIM claim;
    AUTO_CLAIM stray;

    claim_begin(&claim, "tag");
    check_fails(claim_check(&claim), INTERNAL, "claim.shape");
    claim_branch(&claim, 1);
    check_fails(claim_check(&claim), INTERNAL, "claim.shape");
    claim_equation(&claim, 1, &GENERATOR, &GENERATOR);
    check_fails(claim_check(&claim), INTERNAL, "claim.shape");
    claim_begin(&stray, "tag");
    claim_equation(&stray, 0, &GENERATOR, &GENERATOR);
    check_fails(claim_check(&stray), INTERNAL, "claim.shape");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_every_proof_of_the_vectors),
        cmocka_unit_test(refuses_each_false_proof_for_its_reason),
        cmocka_unit_test(proves_with_the_same_bytes_as_the_vectors),
        cmocka_unit_test(a_plain_proof_is_the_one_of_a_single_branch),
        cmocka_unit_test(any_branch_can_be_the_real_one),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(fresh_bytes_and_claims_never_share_nonces),
        cmocka_unit_test(hands_out_equations_that_say_the_same),
        cmocka_unit_test(refuses_claims_without_shape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
