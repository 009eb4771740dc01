/*
 * crew.h - threads that verify signatures and ballots while the fold goes on.
 *
 * That reads nothing but the statement and, for a ballot, its election. So statements are handed
 * out in log order and verified in any; the verdict names the earliest entry that fails, as if they
 * had been taken one by one. The queue is bounded, so memory does not grow with the log.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "record/record.h"

struct crew;

/* `threads` from 1 to 64. `record` must outlive the crew. */
MUST_CHECK struct result crew_start(struct record *record, unsigned threads, struct crew **out);

/* Takes over *prepared (which is empty afterwards); waits while the queue is full. */
MUST_CHECK struct result crew_check(struct crew *crew, struct prepared *prepared, uint64_t index);

/* Waits for all that was handed in. The first failure in log order; *index is its entry, *type that
 * of its statement (static). */
MUST_CHECK struct result crew_wait(struct crew *crew, uint64_t *index, const char **type);

void crew_stop(struct crew *crew); /* accepts NULL; drops what still waits */
