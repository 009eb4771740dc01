/*
 * refold.h - at the start of the service: is the state that is stored the state that the log makes?
 *
 * The log is folded again into a database of its own, without signatures and proofs (the entries
 * are those that were signed: integrity.h), and every table of the record is compared, row by row.
 * Then SQLite checks its own pages and indexes, and the ballots that still wait are looked at.
 */
#pragma once

#include "base/result.h"

struct record;

/*
 * `path` is of the database that `record` stands on. INVALID "log.broken" with the entry that no
 * longer follows, "state.broken", "database.broken", "waiting.broken"; which table it is, or what
 * SQLite says, goes to the journal.
 */
MUST_CHECK struct result refold_check(struct record *record, const char *path);
