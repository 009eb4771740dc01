/*
 * result.h - `election.result`: what shares, paper and rule make of the votes, and who says so.
 *
 * Everyone recomputes it: any t shares open the sums, paper is added, the rule of
 * protocol/outcome.h seats the candidates. A first round's result may be stated again when runoffs
 * have settled its tie, since lower grades are then filled from the same votes; the last one
 * stated is in force. Protocol section 6.
 */
#pragma once

#include "base/result.h"
#include "record/types.h"

/* CONFLICT "result.shares", "result.known"; INVALID "result.ballots", "result.lines". */
MUST_CHECK struct result result_check(const struct fold *fold);
MUST_CHECK struct result result_prove(const struct fold *fold);
MUST_CHECK struct result result_apply(const struct fold *fold);

/*
 * Appends the fields of the result as the record now computes it (清单 excluded): what chair and
 * scrutineers are asked to sign. CONFLICT "result.shares" before t shares stand.
 */
MUST_CHECK struct result result_compute_fields(struct record *record, const struct hash32 *manifest,
                                               struct buffer *out);
