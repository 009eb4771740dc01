/*
 * evidence.h - many entries under one checkpoint, verified without asking anybody.
 *
 *     xiling/evidence/v1
 *     <count of entries> <count of hashes>
 *     <base64 hash> ...                            the table: each hash once, by first use
 *     <index> <size>[ <position>...]               the path, leaf's sibling first
 *     <entry>                                      of exactly that many bytes, then LF
 *     ...                                          entries ascending by index
 *     <checkpoint note, with cosignatures>
 *
 * Positions count from 0. Paths of entries of one log share most of their hashes, hence the table;
 * it has one spelling, so that what was read is written again as the same bytes. How it travels in
 * QR codes: parts.h. Protocol section 9; the same in web/lib/evidence.js.
 */
#pragma once

#include "log/receipt.h"

#define EVIDENCE_SIZE_MAX    ((size_t)1 << 20) /* of the text */
#define EVIDENCE_ENTRIES_MAX 256
#define EVIDENCE_HASHES_MAX  2048

struct evidence_entry {
    uint64_t index;
    struct bytes entry; /* a view */
    size_t count;       /* of the path */
    uint16_t path[MERKLE_PROOF_MAX];
};

/* About 100 KB; owns nothing. It starts as EVIDENCE_INIT. */
struct evidence {
    size_t count;
    size_t hash_count;
    struct bytes checkpoint; /* the note: a view */
    struct evidence_entry entries[EVIDENCE_ENTRIES_MAX];
    struct hash32 hashes[EVIDENCE_HASHES_MAX];
};

#define EVIDENCE_INIT \
    {                 \
        .count = 0    \
    }

/* An entry and its path; `entry` must outlive the evidence. "evidence.order" if its index is not
 * above the last one's, "evidence.size" if there is no room. */
MUST_CHECK struct result evidence_add(struct evidence *evidence, uint64_t index, struct bytes entry,
                                      const struct merkle_proof *path);

/* Appends the text. INVALID "evidence.size" if it would be too long. */
MUST_CHECK struct result evidence_write(const struct evidence *evidence, struct buffer *out);

/*
 * *out views `text`. All MALFORMED; `at` is the entry, counted from 1, or in the table the hash:
 *   evidence.size      the text, or what it announces, is too long
 *   evidence.form      the first lines, an entry's line, its length; no entry at all
 *   evidence.table     a hash is malformed, stands twice, out of order, or in no path
 *   evidence.position  a path names a hash that the table does not have
 *   evidence.order     an index is not above the one before it
 */
MUST_CHECK struct result evidence_parse(struct bytes text, struct evidence *out);

/*
 * Verifies that every entry is in the log under a checkpoint that fulfils the policy. Failures are
 * those of policy_verify, "policy.quorum", and "merkle.inclusion" (at: the entry, from 1).
 */
MUST_CHECK struct result evidence_verify(const struct evidence *evidence,
                                         const struct policy *policy, struct receipt_meaning *out);
