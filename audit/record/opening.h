/*
 * opening.h - `election.open`: whether a manifest says what the log says.
 *
 * What a manifest shows by itself protocol/election.h has read. Here everything in it is computed
 * again: candidates from the draw, roll from the frozen sign-ins, recusals, trustees and keys from
 * the ceremony, rules from the cycle or, in a runoff, from the tie. Protocol section 6.
 */
#pragma once

#include "base/result.h"
#include "record/types.h"

/* CONFLICT or INVALID "election.<what>", "meeting.…", "ceremony.…", "runoff.…". */
MUST_CHECK struct result opening_check(const struct fold *fold);
MUST_CHECK struct result opening_apply(const struct fold *fold);
