/*
 * ceremony.h - how far a key ceremony has come, as the log has it.
 *
 * Protocol section 6: every trustee deals, confirms and rehearses; K is known when all have dealt;
 * a complaint ends the ceremony. (What is signed and computed stands in protocol/ceremony.h.)
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/ceremony.h"
#include "record/record.h"

struct ceremony_state {
    uint64_t threshold;
    uint64_t trustees;
    uint64_t dealt;
    uint64_t confirmed;
    uint64_t rehearsed;
    bool disputed;
    bool has_key;
    struct hash32 dealings;
    struct point key; /* K */
};

/* NOT_FOUND "ceremony.unknown". */
MUST_CHECK struct result ceremony_load(struct record *record, const struct hash32 *hash,
                                       struct ceremony_state *out);
bool ceremony_is_ready(const struct ceremony_state *state); /* all rehearsed, no dispute */

struct trustee_state {
    char person[RECORD_ID_SIZE];
    bool dealt;
    bool confirmed;
    bool rehearsed;
    struct hash32 deal_hash;
    struct point share_key; /* X_j, once confirmed */
};

/* Trustee `index` from 1; NOT_FOUND "ceremony.index". */
MUST_CHECK struct result ceremony_load_trustee(struct record *record, const struct hash32 *hash,
                                               uint64_t index, struct trustee_state *out);
/* The text of the ceremony, parsed. */
MUST_CHECK struct result ceremony_load_text(struct record *record, const struct hash32 *hash,
                                            struct ceremony *out);
/* How many of its trustees still hold their keys and their role. */
MUST_CHECK struct result ceremony_count_able(struct record *record, const struct hash32 *hash,
                                             uint64_t *out);
