/*
 * share.h - `election.share`: one trustee's part of opening the sums, D_i = x_j·α_i^Σ.
 *
 * Failures: INVALID share.shape (not one point a candidate), share.edge (a point is the identity;
 * `at` is the candidate from 1), share.proof. A bad share is refused and its owner named.
 * Protocol section 6, Close, shares, result.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/claim.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/tally.h"

/* What a share is a share of. */
struct share_subject {
    const struct hash32 *manifest; /* M */
    const struct tally *tally;     /* the sums, recomputed by whoever verifies */
};

/* A share as read; points and proof are views. */
struct decryption_share {
    uint64_t index;             /* j, from 1 */
    const struct point *points; /* D_i of each candidate */
    size_t point_count;
    struct bytes proof; /* 80 bytes and 32 for each candidate */
};

/* `share_key` is X_j. The sums hash that the statement names is compared by the caller. */
MUST_CHECK struct result share_verify(const struct share_subject *subject,
                                      const struct point *share_key,
                                      const struct decryption_share *share);

/* X_j = x_j·G and D_i = x_j·α_i. `sums` is the context's memory and must outlive the claim. */
void share_claim(const struct share_subject *subject, const struct point *share_key,
                 const struct decryption_share *share, struct hash32 *sums, struct claim *out);
