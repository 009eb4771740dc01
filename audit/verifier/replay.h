/*
 * replay.h - a log folded again, entry by entry, with the service's own rules.
 *
 * The state lives in a database in memory. Everything is checked as the service checks it: grammar,
 * signatures, roles, rules, proofs; signatures and ballots by a crew of threads, a little behind. A
 * failure names the entry and the rule. After a failure the replay takes no more entries.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "verifier/step.h"

struct replay;

/* Where a replay failed. */
struct replay_failure {
    struct result result; /* OK while nothing failed */
    uint64_t index;       /* of the entry */
    char type[64];        /* of its statement, or "" */
};

struct replay_totals {
    uint64_t entries;
    uint64_t signatures;        /* of persons, rings not counted */
    uint64_t steps[STEP_COUNT]; /* statements that held, by the step they are counted under */
};

/* `threads` verify signatures and ballots; 0 means: in this thread, at once. */
MUST_CHECK struct result replay_open(unsigned threads, struct replay **out);
void replay_close(struct replay *replay); /* accepts NULL */

#define AUTO_REPLAY __attribute__((cleanup(replay_close_scope))) struct replay
void replay_close_scope(struct replay **replay);

/* Lists are held to what these openings tell too (openings.h); the text outlives the replay. */
void replay_tell(struct replay *replay, struct bytes openings);

/* The next entry, as bytes of the log. */
MUST_CHECK struct result replay_entry(struct replay *replay, struct bytes raw);
/* Waits for the crew. Whether all entries so far hold. */
MUST_CHECK struct result replay_settle(struct replay *replay);

struct record *replay_record(struct replay *replay);
const struct replay_failure *replay_failed(const struct replay *replay);
const struct replay_totals *replay_counted(const struct replay *replay);
