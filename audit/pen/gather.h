/*
 * gather.h - what an act needs from a record that was folded before: texts, dealings, sums.
 *
 * A record holds what the log says; these functions put it into the forms that crypto/ works on.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/ceremony.h"
#include "protocol/dealing.h"
#include "protocol/election.h"
#include "protocol/tally.h"
#include "record/record.h"

/* The signed text of entry `index`, replacing *text. */
MUST_CHECK struct result gather_text(struct record *record, uint64_t index, struct buffer *text);

/* A ceremony and its dealings so far; dealings[i] is there iff dealt[i]. */
struct gathered_ceremony {
    struct ceremony ceremony;
    struct dealing dealings[TRUSTEES_MAX];
    struct hash32 dealing_texts[TRUSTEES_MAX];
    bool dealt[TRUSTEES_MAX];
    size_t dealt_count;
};

/* Large: allocate one. Freed by gathered_ceremony_free, which accepts NULL. */
MUST_CHECK struct result gather_ceremony(struct record *record, struct bytes id,
                                         struct gathered_ceremony **out);
void gathered_ceremony_free(struct gathered_ceremony *gathered);
void gathered_ceremony_free_scope(struct gathered_ceremony **gathered);
#define AUTO_GATHERED \
    __attribute__((cleanup(gathered_ceremony_free_scope))) struct gathered_ceremony

/* The ceremony's id for its hash. NOT_FOUND "ceremony.unknown". */
MUST_CHECK struct result gather_ceremony_id(struct record *record, const struct hash32 *hash,
                                            struct buffer *id);

/* The election of a manifest's id: M. */
MUST_CHECK struct result gather_manifest(struct record *record, struct bytes election,
                                         struct hash32 *manifest);

/* The sums over all ballots the log holds for this election, recomputed. */
MUST_CHECK struct result gather_sums(struct record *record, const struct election *election,
                                     struct tally *out);
