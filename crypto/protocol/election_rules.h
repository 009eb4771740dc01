/*
 * election_rules.h - what a manifest may say, and what follows from it.
 *
 * Protocol section 6. Only what the text shows by itself: the fold compares the rest with the log.
 */
#pragma once

#include "base/result.h"
#include "protocol/election.h"

/* Checks a manifest whose lines have been read; see election.h for the failures. */
MUST_CHECK struct result election_check_rules(const struct election *election);

/* Fills the part "Computed" of a manifest that holds its rules, `manifest` (M) included. */
MUST_CHECK struct result election_compute(struct election *election);
