/*
 * batch.h - accepted ballots that wait, durably, to be logged together.
 *
 * A batch is logged when a window of the manifest ends and at least 3 wait, when everybody on the
 * roll has cast or burned, and in any case before the closing time or an earlier close: one common
 * time, ascending by tag, no checkpoint inside. So the log's order says nothing about who stood up
 * when. All functions run on the writer but those that say otherwise. Protocol section 6.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "server/ticket.h"

struct record;

#define BATCH_SIZE_MIN       3
#define BATCH_CLOSING_MARGIN 2 /* seconds before the closing time at which nothing waits longer */

/* Any thread: whether a ballot of this text waits, and until when it was promised. A ballot that
 * was kept out of its batch is the failure that kept it out. */
MUST_CHECK struct result batch_find(struct record *record, const struct hash32 *text_hash,
                                    bool *waits, uint64_t *promise);
/* Any thread: CONFLICT "ballot.tag" if another ballot of this tag waits. */
MUST_CHECK struct result batch_check_tag(struct record *record, const struct prepared *prepared);
/*
 * CONFLICT "burn.tag" if this is a burn and a ballot of its tag waits: logged first, it would keep
 * out a ballot that was promised. OK for every other statement.
 */
MUST_CHECK struct result batch_check_burn(struct record *record, const struct prepared *prepared);
/* Any thread: how many ballots of an election wait. */
MUST_CHECK struct result batch_count(struct record *record, const struct hash32 *manifest,
                                     uint64_t *out);

/*
 * Takes a checked ballot into the queue; sets the ticket's promise, or its index if this text has
 * been logged in the meantime. CONFLICT "ballot.late" in the
 * last seconds: a batch of fewer than 3 is the last one of its election, so none may follow the
 * one that is logged then.
 */
MUST_CHECK struct result batch_accept(struct record *record, struct ticket *ticket, uint64_t now);
/*
 * Logs whatever is due at `now`, given the time of the last look. `waiting` says whether some
 * still wait afterwards.
 */
MUST_CHECK struct result batch_flush_due(struct record *record, uint64_t last, uint64_t now,
                                         bool *waiting);
/* Logs all ballots of an election that wait, however few. */
MUST_CHECK struct result batch_flush(struct record *record, const struct hash32 *manifest,
                                     uint64_t now);
/* Before a close or a cancellation is judged: what was promised is logged. */
MUST_CHECK struct result batch_flush_before(struct record *record, const struct prepared *prepared,
                                            uint64_t now);
