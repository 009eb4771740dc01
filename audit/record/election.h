/*
 * election.h - how far an election has come, as the log has it.
 *
 * (What the manifest says stands in protocol/election.h.) An election is open until it is closed
 * or cancelled; closed until its result stands or it is cancelled.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "record/record.h"
#include "record/types.h"

struct election_state {
    char meeting[RECORD_ID_SIZE];
    uint64_t round;
    bool has_previous;
    struct hash32 previous;
    uint64_t tied_grade; /* the grade a runoff is about, in the round before; 0 in a first round */
    struct hash32 ceremony;
    uint64_t index; /* of election.open */
    uint64_t opens;
    uint64_t closes;
    uint64_t roll;
    uint64_t threshold;
    uint64_t ballots;
    uint64_t burned;
    uint64_t batch_time;
    uint64_t batch_size;
    uint64_t batch_last; /* index of its last ballot */
    struct point batch_tag;
    bool closed;
    uint64_t closed_time;
    bool has_sums;
    struct hash32 sums;
    bool has_paper;
    uint64_t paper_ballots;
    bool decided;
    bool cancelled;
    uint64_t shares;
};

/* NOT_FOUND "election.unknown". */
MUST_CHECK struct result election_load(struct record *record, const struct hash32 *manifest,
                                       struct election_state *out);
/* The statement's election; CONFLICT "election.cancelled", "election.closed". */
MUST_CHECK struct result election_require_open(const struct fold *fold, struct election_state *out);
/* CONFLICT "election.cancelled", "election.still_open". */
MUST_CHECK struct result election_require_closed(const struct fold *fold,
                                                 struct election_state *out);
/* Fewer than 3 ballots, or 1 or 2 burned tags: opening the sums would say what a person voted. */
bool election_is_too_small(const struct election_state *state);

/* Cancels by rule what a revocation or an ended role makes impossible; called on apply. */
MUST_CHECK struct result election_cancel_without(const struct fold *fold, struct bytes person,
                                                 bool revoked);
