/*
 * tally.h - from ballots to sums, and from shares to counts.
 *
 * Adding is for anyone: all of this is public. Protocol section 6, Close, shares, result.
 *
 * Failures: INVALID tally.sums (a sum is the identity, or there is none), tally.shares (not t
 * distinct ones), tally.counts (no possible vector of counts); `at` is the candidate from 1.
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

void tally_begin(size_t candidate_count, struct tally *out);
/* Adds a verified ballot. */
MUST_CHECK struct result tally_add(const struct election *election, const struct ballot *ballot,
                                   struct tally *tally);
/* Adds the sums of other ballots of the same election. */
MUST_CHECK struct result tally_merge(const struct tally *part, struct tally *tally);

/* No sum is the identity, so that they can be opened. */
MUST_CHECK struct result tally_check(const struct tally *tally);
/* H32("xiling/v1 sums", M, be64 ballots, α_1, β_1, …), whose short code is read aloud. */
void tally_sums_hash(const struct hash32 *manifest, const struct tally *tally, struct hash32 *out);

struct decryption_share; /* share.h */

/*
 * The totals T_i·G from the first `threshold` of these verified shares, each of another trustee.
 * A total may be the identity.
 */
MUST_CHECK struct result tally_combine(const struct tally *tally,
                                       const struct decryption_share *shares, size_t threshold,
                                       struct point totals[]);

/* Votes of one candidate by grade; those of grade 0 are the rest of the ballots. */
struct tally_counts {
    uint64_t votes[GRADES_MAX];
};

/* Finds the one vector of counts of `ballots` ballots for each total. */
MUST_CHECK struct result tally_decode(size_t grade_count, uint64_t ballots,
                                      const struct point totals[], size_t candidate_count,
                                      struct tally_counts out[]);
