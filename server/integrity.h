/*
 * integrity.h - at the start of the service: is the log that is stored the log that was signed?
 *
 * Every entry is parsed and hashed again, in order; the text's hash, the time, the root after it
 * and the tree's stored hashes must be what they were.
 */
#pragma once

#include "base/result.h"
#include "log/merkle.h"

struct identity;
struct record;

/*
 * INVALID "log.broken", `at` the first broken entry. `signed_head` is of the last signed
 * checkpoint: INVALID "log.rollback" if the log is shorter, "log.fork" if it differs (`at`: size).
 * INVALID "identity.genesis" if entry 0 names other keys or another origin than ours.
 */
MUST_CHECK struct result integrity_check(struct record *record, const struct identity *identity,
                                         const struct merkle_head *signed_head);
