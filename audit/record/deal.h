/*
 * deal.h - the three rounds of a key ceremony: deal, confirm, rehearse.
 *
 * Protocol section 6. K and the hash of all dealings are known when the last trustee has dealt.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/ceremony.h"
#include "protocol/dealing.h"
#include "record/types.h"

MUST_CHECK struct result deal_check(const struct fold *fold);
MUST_CHECK struct result deal_prove(const struct fold *fold);
MUST_CHECK struct result deal_apply(const struct fold *fold);
MUST_CHECK struct result confirm_check(const struct fold *fold);
MUST_CHECK struct result confirm_prove(const struct fold *fold);
MUST_CHECK struct result confirm_apply(const struct fold *fold);
MUST_CHECK struct result rehearsal_check(const struct fold *fold);
MUST_CHECK struct result rehearsal_prove(const struct fold *fold);
MUST_CHECK struct result rehearsal_apply(const struct fold *fold);

/* The dealing that stands of a dealer who has dealt. */
MUST_CHECK struct result deal_load(struct record *record, const struct ceremony *ceremony,
                                   uint64_t dealer, struct dealing *out);
