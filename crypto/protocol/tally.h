/*
 * tally.h - from ballots to sums, from decryption shares to counts.
 *
 * Adding is for anyone: the sums are of public points, and may be the identity only in T, never in
 * α or β (protocol section 2, edges; section 6, Close, shares, result).
 *
 * Failures: "tally.sums" (a sum is the identity), "share.index", "share.shape", "share.sums",
 * "share.edge", "share.proof" (a bad share: its owner is `index`), "tally.shares" (not t distinct
 * ones), "tally.counts" (no possible vector of counts; `at` is the candidate from 1).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/ballot.h"
#include "protocol/election.h"

struct tally {
    uint64_t ballots;
    size_t candidate_count;
    struct point alphas[CANDIDATES_MAX]; /* sums so far; the identity while ballots is 0 */
    struct point betas[CANDIDATES_MAX];
};

void tally_begin(const struct election *election, struct tally *out);
/* Adds a verified ballot. */
MUST_CHECK struct result tally_add(const struct election *election, const struct ballot *ballot,
                                   struct tally *tally);
/* Adds the sums of another part of the same election. */
MUST_CHECK struct result tally_merge(const struct tally *part, struct tally *tally);

/* The sums that the trustees open, and their hash. Fails if a sum is the identity. */
struct hash32 tally_sums_hash(const struct hash32 *manifest, const struct tally *tally);
MUST_CHECK struct result tally_check(const struct tally *tally);

/* `election.share` of trustee `index` (from 1); points and proof are views. */
struct decryption_share {
    uint64_t index;
    struct hash32 sums;         /* hash the trustee states */
    const struct point *points; /* D_i of each candidate */
    size_t point_count;
    struct bytes proof; /* 80 + 32 for each candidate */
};

/* M, sums and X_j against which a share is verified. */
struct share_statement {
    const struct hash32 *manifest;
    const struct tally *tally;
    const struct point *share_key; /* X_index */
};

MUST_CHECK struct result share_verify(const struct share_statement *statement,
                                      const struct decryption_share *share);

/* T_i·G of each candidate from exactly `count` = t verified shares; T may be the identity. */
MUST_CHECK struct result tally_combine(const struct tally *tally,
                                       const struct decryption_share *const shares[], size_t count,
                                       struct point totals[]);

/* Votes of one candidate: counts[g - 1] of grade g; grade 0 is what is left of the ballots. */
struct tally_counts {
    uint64_t votes[GRADES_MAX]; /* by grade, grade 0 included */
};

/* Finds the vectors of counts of `ballots` ballots in `grade_count` grades. */
MUST_CHECK struct result tally_decode(size_t grade_count, uint64_t ballots,
                                      const struct point totals[], size_t candidate_count,
                                      struct tally_counts out[]);
