#include "primitive/proof.h"

#include <string.h>

#include "base/secret.h"

/* Where the parts of one branch stand in the bytes of a proof. */
struct layout {
    size_t challenge;
    size_t responses;
    size_t commitments;
};

static struct layout layout_of(const struct claim *claim, size_t b)
{
    const struct claim_branch *branch = claim_branch_at(claim, b);
    const size_t challenge = CHALLENGE_SIZE * b + SCALAR_SIZE * branch->first_witness +
                             POINT_SIZE * branch->first_equation;
    const size_t responses = challenge + CHALLENGE_SIZE;

    return (struct layout){challenge, responses, responses + SCALAR_SIZE * branch->witnesses};
}

static struct bytes response_at(struct bytes proof, struct layout layout, size_t witness)
{
    return bytes_slice(proof, layout.responses + SCALAR_SIZE * witness, SCALAR_SIZE);
}

static struct bytes commitment_at(struct bytes proof, struct layout layout, size_t equation)
{
    return bytes_slice(proof, layout.commitments + POINT_SIZE * equation, POINT_SIZE);
}

static struct challenge challenge_at(struct bytes proof, struct layout layout)
{
    struct challenge challenge;

    memcpy(challenge.bytes, proof.data + layout.challenge, CHALLENGE_SIZE);
    return challenge;
}

/* sum + term, or sum - term, mod 2^128, in constant time. */
static void challenge_add(struct challenge *sum, const struct challenge *term)
{
    unsigned carry = 0;

    for (size_t i = 0; i < CHALLENGE_SIZE; i++) {
        carry += (unsigned)sum->bytes[i] + term->bytes[i];
        sum->bytes[i] = (uint8_t)(carry & 0xff);
        carry >>= 8;
    }
}

static void challenge_sub(struct challenge *sum, const struct challenge *term)
{
    unsigned borrow = 0;

    for (size_t i = 0; i < CHALLENGE_SIZE; i++) {
        const unsigned rest = 0x100U + sum->bytes[i] - term->bytes[i] - borrow;
        sum->bytes[i] = (uint8_t)(rest & 0xff);
        borrow = 1U - (rest >> 8);
    }
}

/* The first 16 bytes of the hash over claim and commitments. */
static void challenge_of(const struct claim *claim, struct bytes proof, struct challenge *out)
{
    HASH_STATE state;
    struct hash64 hash;

    claim_hash(claim, &state);
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        const struct layout layout = layout_of(claim, b);
        for (size_t e = 0; e < claim_branch_at(claim, b)->equations; e++) {
            hash_part(&state, commitment_at(proof, layout, e));
        }
    }
    hash_end(&state, &hash);
    memcpy(out->bytes, hash.bytes, CHALLENGE_SIZE);
}

/* --- verifying --- */

size_t proof_size(const struct claim *claim)
{
    return CHALLENGE_SIZE * claim_branch_count(claim) + SCALAR_SIZE * claim_witness_count(claim) +
           POINT_SIZE * claim_equation_count(claim);
}

static struct result check_branch_scalars(const struct claim *claim, struct bytes proof, size_t b)
{
    static const struct challenge ZERO;
    const struct layout layout = layout_of(claim, b);
    const struct challenge challenge = challenge_at(proof, layout);
    struct scalar response;

    REQUIRE(!bytes_equal(BYTES(challenge.bytes), BYTES(ZERO.bytes)), INVALID, "proof.edge");
    for (size_t w = 0; w < claim_branch_at(claim, b)->witnesses; w++) {
        REQUIRE(is_ok(scalar_decode(response_at(proof, layout, w), &response)), INVALID,
                "proof.edge");
    }
    return OK;
}

struct result proof_check_scalars(const struct claim *claim, struct bytes proof)
{
    TRY(claim->failed);
    REQUIRE(proof.size == proof_size(claim), INVALID, "proof.length");
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(check_branch_scalars(claim, proof, b));
    }
    return OK;
}

static struct result check_branch_commitments(const struct claim *claim, struct bytes proof,
                                              size_t b)
{
    const struct layout layout = layout_of(claim, b);
    struct point commitment;

    for (size_t e = 0; e < claim_branch_at(claim, b)->equations; e++) {
        REQUIRE(is_ok(point_decode_any(commitment_at(proof, layout, e), &commitment)), INVALID,
                "proof.edge");
    }
    return OK;
}

struct result proof_check_bytes(const struct claim *claim, struct bytes proof)
{
    TRY(proof_check_scalars(claim, proof));
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(check_branch_commitments(claim, proof, b));
    }
    return OK;
}

struct result proof_check_challenge(const struct claim *claim, struct bytes proof)
{
    struct challenge sum = {{0}};
    struct challenge expected;

    TRY(claim_check(claim));
    REQUIRE(proof.size == proof_size(claim), INVALID, "proof.length");
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        const struct challenge part = challenge_at(proof, layout_of(claim, b));
        challenge_add(&sum, &part);
    }
    challenge_of(claim, proof, &expected);
    REQUIRE(bytes_equal(BYTES(sum.bytes), BYTES(expected.bytes)), INVALID, "proof.challenge");
    return OK;
}

static struct result append_equations(const struct claim *claim, struct bytes proof, size_t b,
                                      struct buffer *out)
{
    const struct claim_branch *branch = claim_branch_at(claim, b);
    const struct layout layout = layout_of(claim, b);

    for (size_t e = 0; e < branch->equations; e++) {
        const struct claim_equation *claimed = claim_equation_at(claim, branch->first_equation + e);
        struct equation equation = {
            .challenge = challenge_at(proof, layout),
            .base = claimed->base,
            .image = claimed->image,
        };
        memcpy(equation.response.bytes, response_at(proof, layout, claimed->witness).data,
               SCALAR_SIZE);
        memcpy(equation.commitment.bytes, commitment_at(proof, layout, e).data, POINT_SIZE);
        TRY(buffer_append(out, (struct bytes){(const uint8_t *)&equation, sizeof equation}));
    }
    return OK;
}

struct result proof_equations(const struct claim *claim, struct bytes proof, struct buffer *out)
{
    TRY(claim->failed);
    REQUIRE(proof.size == proof_size(claim), INVALID, "proof.length");
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(append_equations(claim, proof, b, out));
    }
    return OK;
}

size_t equations_count(const struct buffer *equations)
{
    return equations->size / sizeof(struct equation);
}

const struct equation *equations_at(const struct buffer *equations, size_t index)
{
    return (const struct equation *)equations->data + index;
}

/* commitment = response * base - challenge * image */
static struct result commit(const struct equation *equation, struct point *response_part,
                            struct point *out)
{
    SECRET_SCALAR challenge;
    SECRET_POINT challenge_part;

    scalar_from_challenge(equation->challenge.bytes, &challenge);
    if (point_equal(&equation->base, &GENERATOR)) { /* bases are public; this one is 3x faster */
        TRY(point_base_multiply(&equation->response, response_part));
    } else {
        TRY(point_multiply(&equation->response, &equation->base, response_part));
    }
    TRY(point_multiply(&challenge, &equation->image, &challenge_part));
    return point_sub(response_part, &challenge_part, out);
}

static struct result check_equation(const struct equation *equation)
{
    struct point response_part;
    struct point expected;

    TRY(commit(equation, &response_part, &expected));
    REQUIRE(point_equal(&expected, &equation->commitment), INVALID, "proof.equation");
    return OK;
}

struct result equations_check(const struct buffer *equations)
{
    for (size_t i = 0; i < equations_count(equations); i++) {
        struct result checked = check_equation(equations_at(equations, i));
        if (!is_ok(checked)) {
            checked.at = i;
            return checked;
        }
    }
    return OK;
}

struct result proof_verify(const struct claim *claim, struct bytes proof)
{
    AUTO_BUFFER equations = BUFFER_INIT;

    TRY(proof_check_bytes(claim, proof));
    TRY(proof_check_challenge(claim, proof));
    TRY(proof_equations(claim, proof, &equations));
    return equations_check(&equations);
}

/* --- proving --- */

/* What stays the same over one call of proof_prove(). */
struct prover {
    const struct claim *claim;
    const struct proof_secret *secret;
    const struct proof_nonces *nonces;
    uint8_t *proof; /* being made */
};

/*
 * The commitments of branch b: k*B if it is real, z*B - c*X if it is simulated. Both are
 * computed and one is taken by mask, so that nothing tells which.
 */
static struct result write_commitments(const struct prover *prover, size_t b)
{
    const struct claim_branch *branch = claim_branch_at(prover->claim, b);
    const struct layout layout = layout_of(prover->claim, b);
    const uint64_t is_real = mask_equal(b, prover->secret->real);

    for (size_t e = 0; e < branch->equations; e++) {
        const struct claim_equation *claimed =
            claim_equation_at(prover->claim, branch->first_equation + e);
        const size_t w = branch->first_witness + claimed->witness;
        struct equation equation = {
            .challenge = prover->nonces->challenges[b],
            .base = claimed->base,
            .image = claimed->image,
        };
        SECRET_POINT real;
        SECRET_POINT simulated;

        scalar_select(is_real, &prover->nonces->nonces[w], &prover->nonces->responses[w],
                      &equation.response);
        const struct result committed = commit(&equation, &real, &simulated);
        secret_wipe(&equation, sizeof equation);
        TRY(committed);
        mask_select(is_real, &real, &simulated, prover->proof + layout.commitments + POINT_SIZE * e,
                    POINT_SIZE);
    }
    return OK;
}

/* c of the real branch: what is left of the hash when the simulated ones are taken off. */
static void find_real_challenge(const struct prover *prover, struct challenge *out)
{
    const struct bytes proof = {prover->proof, proof_size(prover->claim)};

    challenge_of(prover->claim, proof, out);
    for (size_t b = 0; b < claim_branch_count(prover->claim); b++) {
        static const struct challenge ZERO;
        struct challenge other;
        mask_select(mask_equal(b, prover->secret->real), &ZERO, &prover->nonces->challenges[b],
                    &other, sizeof other);
        challenge_sub(out, &other);
        secret_wipe(&other, sizeof other);
    }
}

/* c and z of branch b: z = k + c*w if it is real, the drawn ones if it is simulated. */
static void write_responses(const struct prover *prover, const struct challenge *real_challenge,
                            size_t b)
{
    const struct claim_branch *branch = claim_branch_at(prover->claim, b);
    const struct layout layout = layout_of(prover->claim, b);
    const uint64_t is_real = mask_equal(b, prover->secret->real);
    SECRET_SCALAR challenge;

    mask_select(is_real, real_challenge, &prover->nonces->challenges[b],
                prover->proof + layout.challenge, CHALLENGE_SIZE);
    scalar_from_challenge(real_challenge->bytes, &challenge);
    for (size_t w = 0; w < branch->witnesses; w++) {
        const size_t flat = branch->first_witness + w;
        SECRET_SCALAR real;
        scalar_multiply(&challenge, &prover->secret->witnesses[w], &real);
        scalar_add(&prover->nonces->nonces[flat], &real, &real);
        mask_select(is_real, &real, &prover->nonces->responses[flat],
                    prover->proof + layout.responses + SCALAR_SIZE * w, SCALAR_SIZE);
    }
}

struct result proof_prove(const struct claim *claim, const struct proof_secret *secret,
                          const struct proof_nonces *nonces, struct buffer *out)
{
    SECRET_BUFFER draft = BUFFER_INIT;
    struct challenge real_challenge;

    TRY(claim_check(claim));
    TRY(buffer_reserve(&draft, proof_size(claim)));
    const struct prover prover = {claim, secret, nonces, draft.data};
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(write_commitments(&prover, b));
    }
    find_real_challenge(&prover, &real_challenge);
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        write_responses(&prover, &real_challenge, b);
    }
    secret_wipe(&real_challenge, sizeof real_challenge);
    draft.size = proof_size(claim);
    return buffer_append(out, buffer_view(&draft));
}

struct result proof_prove_plain(const struct claim *claim, const struct scalar *witnesses,
                                const uint8_t fresh[static 32], struct buffer *out)
{
    SECRET_BUFFER storage = BUFFER_INIT;
    struct bytes secrets[PROOF_PLAIN_MAX];
    struct proof_nonces nonces;
    const struct proof_secret secret = {0, witnesses};
    const size_t count = claim_witness_max(claim);

    REQUIRE(count <= PROOF_PLAIN_MAX, INTERNAL, "claim.shape");
    for (size_t w = 0; w < count; w++) {
        secrets[w] = BYTES(witnesses[w].bytes);
    }
    const struct nonce_seed seed = {secrets, count, {fresh, 32}};
    TRY(proof_derive_nonces(claim, &seed, &storage, &nonces));
    return proof_prove(claim, &secret, &nonces, out);
}
