/*
 * nonce.h - the random part of a proof, made from its secrets, fresh bytes and its claim.
 *
 * Scalar w of branch b is Hs("xiling/v1 nonce", label, secrets ..., fresh, digest of the claim,
 * be64 b, be64 w): k in the real branch, z in a simulated one. A simulated c_b is the first 16
 * bytes of that H with w = W_b. Ballots make theirs by another rule (section 6) and hand them to
 * proof_prove() in the same form. Everything here is secret. Protocol section 5.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/claim.h"
#include "primitive/group.h"

enum { CHALLENGE_SIZE = 16 };

struct challenge {
    uint8_t bytes[CHALLENGE_SIZE]; /* little-endian, mod 2^128 */
};

/*
 * The random part of a proof, flat over all branches' witnesses in order (claim_witness_count).
 * `nonces` are used in the real branch, `responses` in the others; they may be the same array.
 */
struct proof_nonces {
    const struct scalar *nonces;        /* k */
    const struct scalar *responses;     /* z */
    const struct challenge *challenges; /* one a branch */
};

/* `fresh` is 32 random bytes; the proof root for the ring; zeros only in vectors. */
struct nonce_seed {
    const struct bytes *secrets;
    size_t count;
    struct bytes fresh;
};
/* Fills *storage (a SECRET_BUFFER), which *out points into. */
MUST_CHECK struct result proof_derive_nonces(const struct claim *claim,
                                             const struct nonce_seed *seed, struct buffer *storage,
                                             struct proof_nonces *out);
