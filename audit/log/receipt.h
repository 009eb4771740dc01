/*
 * receipt.h - a proof that an entry stands in the log, verified without asking anybody.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64 entry>
 *     index <decimal>
 *     <base64 hash> ...             the path, leaf's sibling first
 *                                   an empty line
 *     <checkpoint note, with cosignatures>
 *
 * Log-formats 3.7, protocol section 9. The entry in `extra` proves nothing by itself: the leaf is
 * computed from it, and whoever holds a receipt compares the entry's note with the own one.
 */
#pragma once

#include "log/policy.h"

#define RECEIPT_SIZE_MAX 200000

struct receipt {
    struct bytes extra; /* decoded; empty if there is no such line */
    uint64_t index;
    struct merkle_proof path;
    struct bytes checkpoint; /* the note */
};

/* Appends the receipt; the line `extra` only if there is any. */
MUST_CHECK struct result receipt_write(const struct receipt *receipt, struct buffer *out);

/* *out views `text` and `extra`, which receives the decoded line. MALFORMED "receipt.form" (at:
 * line). */
MUST_CHECK struct result receipt_parse(struct bytes text, struct buffer *extra,
                                       struct receipt *out);

/* What a verified receipt says. */
struct receipt_meaning {
    struct checkpoint checkpoint;
    struct policy_finding finding;
};

/*
 * Verifies that `entry` is the one at the receipt's index under a checkpoint that fulfils the
 * policy. Failures are those of policy_verify, "policy.quorum" and "merkle.inclusion".
 */
MUST_CHECK struct result receipt_verify(const struct receipt *receipt, struct bytes entry,
                                        const struct policy *policy, struct receipt_meaning *out);
