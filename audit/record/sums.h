/*
 * sums.h - the sums of an election's ballots, kept from its close on.
 *
 * They are added up from the logged ballots once, when the close is applied; every share and the
 * result refer to them. Protocol section 6, Close, shares, result.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/tally.h"
#include "record/types.h"

/* Adds up the ballots of the election and stores the sums and their hash. */
MUST_CHECK struct result sums_store(const struct fold *fold);
/* What sums_store stored; NOT_FOUND "sums.unknown" before. */
MUST_CHECK struct result sums_load(struct record *record, const struct election *election,
                                   struct tally *out);
