/*
 * ballot_seed.h - every secret scalar of a ballot, from its seed.
 *
 * The root comes from the seed and the choices, the proof root from root and tag; so no two
 * ballots have a nonce in common, and a challenge can recompute the ciphertexts. Protocol
 * section 6.
 */
#pragma once

#include <stdint.h>

#include "base/secret.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "primitive/proof.h"
#include "protocol/election.h"

/* Which scalar: purpose "grade k", candidate i from 1, branch b and witness w from 0. */
struct ballot_purpose {
    const char *name;
    uint64_t candidate;
    uint64_t branch;
};

void ballot_root(const struct election *election, const struct secret32 *seed,
                 const uint8_t choices[], struct hash64 *out);
void ballot_proof_root(const struct hash64 *root, const struct point *tag, struct hash64 *out);
void ballot_scalar(const struct hash64 *root, struct ballot_purpose purpose, struct scalar *out);
void ballot_challenge(const struct hash64 *root, struct ballot_purpose purpose,
                      struct challenge *out);
