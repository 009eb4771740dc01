/*
 * journal.h - the log as stored: entries, the hashes of the tree, and the root at every size.
 *
 * Two tables that only grow: `entry` (bytes, SHA-256 of the text, time, root after it) and `node`
 * (the hash of every complete subtree, level 0 being the leaves). Triggers refuse UPDATE and
 * DELETE. The server appends inside its transaction, the auditor replays into a database of its
 * own; both run this code. Times are seconds since 1970. Protocol section 9.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "log/merkle.h"
#include "primitive/hash.h"

struct record;

/* The size and root of all that is stored. */
MUST_CHECK struct result journal_load_head(struct record *record, struct merkle_head *out);

/* The root the log had at `size`; NOT_FOUND "log.size" if it never had so many entries. */
MUST_CHECK struct result journal_root_at(struct record *record, uint64_t size, struct hash32 *out);

/* The entry's bytes, appended to `out`; NOT_FOUND "log.entry". */
MUST_CHECK struct result journal_load_entry(struct record *record, uint64_t index,
                                            struct buffer *out);

/* The time of the last entry; 0 for an empty log. */
MUST_CHECK struct result journal_last_time(struct record *record, uint64_t *out);

/* Where a text stands, by its SHA-256; NOT_FOUND "log.text". */
MUST_CHECK struct result journal_find_text(struct record *record, const struct hash32 *text_hash,
                                           uint64_t *out);

/* The hashes of complete subtrees, for proofs and tiles; NOT_FOUND "log.node". */
struct merkle_source journal_source(struct record *record);

/* What is appended beside the entry's bytes. */
struct journal_line {
    struct bytes entry;
    struct hash32 text_hash;
    const char *type;
    uint64_t time;
};

/* Appends one entry; the index it got comes back. CONFLICT "statement.logged" for a known text. */
MUST_CHECK struct result journal_append(struct record *record, const struct journal_line *line,
                                        uint64_t *out_index);
