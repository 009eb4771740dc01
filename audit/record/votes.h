/*
 * votes.h - lines of counts: `得票`, "<candidate id> <votes of grade 1> <votes of grade 2> …".
 */
#pragma once

#include "base/result.h"
#include "protocol/election.h"
#include "protocol/statement.h"
#include "protocol/tally.h"

/*
 * Reads the line of each candidate, in the manifest's order. MALFORMED "votes.line", `at` the
 * line. Votes of grade 0 stay 0.
 */
MUST_CHECK struct result votes_read(const struct election *election,
                                    const struct statement *statement, struct tally_counts out[]);
/* Votes that `ballots` papers can carry, by the limits too: INVALID "votes.limit". */
MUST_CHECK struct result votes_check(const struct election *election,
                                     const struct tally_counts counts[], uint64_t ballots);
