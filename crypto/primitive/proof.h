/*
 * proof.h - the one proof: its bytes, how it is made and how it is verified.
 *
 *     for each branch   c_b[16] | z_{b,0}[32] ... z_{b,W-1}[32] | T_{b,0}[32] ... T_{b,E-1}[32]
 *
 * Verification is a hash and a list of linear equations: proof_check_* and proof_equations()
 * stop short of the points' arithmetic, so that the equations of many proofs can be checked one
 * by one (equations_check) or all together by somebody else, with the same verdict. Every
 * refusal is INVALID, proof.length, proof.edge, proof.challenge or proof.equation, in this order.
 * Proving is constant time in the real branch and in the witnesses. Protocol section 5.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/claim.h"
#include "primitive/group.h"
#include "primitive/nonce.h"

enum {
    PROOF_PLAIN_MAX = 16, /* witnesses of proof_prove_plain: a dealing has t <= 16 */
};

/* response * base - challenge * image = commitment */
struct equation {
    struct scalar response;
    struct challenge challenge;
    struct point base;
    struct point image;
    struct point commitment;
};

/* --- verifying --- */

size_t proof_size(const struct claim *claim);
/* The bytes alone: length, scalars 1..l-1, no challenge zero, commitments canonical. */
MUST_CHECK struct result proof_check_bytes(const struct claim *claim, struct bytes proof);
/* The same without decoding the commitments, for whoever decodes them anyway. */
MUST_CHECK struct result proof_check_scalars(const struct claim *claim, struct bytes proof);
/* The claim's edges, and that the challenges sum up to the hash. The length is already checked. */
MUST_CHECK struct result proof_check_challenge(const struct claim *claim, struct bytes proof);
/* Appends one struct equation for each of the claim's, in order; scalars are already checked. */
MUST_CHECK struct result proof_equations(const struct claim *claim, struct bytes proof,
                                         struct buffer *out);
size_t equations_count(const struct buffer *equations);
const struct equation *equations_at(const struct buffer *equations, size_t index);
/* Checks them one by one; `at` of the failure is the index of the first that does not hold. */
MUST_CHECK struct result equations_check(const struct buffer *equations);
/* Everything above. */
MUST_CHECK struct result proof_verify(const struct claim *claim, struct bytes proof);

/* --- proving --- */

/* Both are secret. */
struct proof_secret {
    size_t real;                    /* index of the branch that is true */
    const struct scalar *witnesses; /* claim_witness_max() of them, whatever the real branch has */
};

/*
 * Appends proof_size() bytes. Does not look at the edges of what it made (2^-120): the caller
 * who must not fail later runs proof_check_bytes() and starts again with other randomness.
 */
MUST_CHECK struct result proof_prove(const struct claim *claim, const struct proof_secret *secret,
                                     const struct proof_nonces *nonces, struct buffer *out);
/*
 * For the common proof of one branch with at most 16 witnesses: derives the nonces, where the
 * witnesses are the secrets and `fresh` is 32 new random bytes, and proves.
 */
MUST_CHECK struct result proof_prove_plain(const struct claim *claim,
                                           const struct scalar *witnesses,
                                           const uint8_t fresh[static 32], struct buffer *out);
