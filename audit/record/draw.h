/*
 * draw.h - the order of the candidates: a draw that nobody could steer, and the freeze before it.
 *
 * Order = ascending H("xiling/v1 draw", bytes, the random bytes of every sign-in in log order,
 * candidate id). The bytes are committed before the freeze and revealed after it, or written down
 * by both scrutineers after it. Protocol section 6.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "record/types.h"

MUST_CHECK struct result draw_commit_check(const struct fold *fold);
MUST_CHECK struct result draw_commit_apply(const struct fold *fold);
MUST_CHECK struct result draw_reveal_check(const struct fold *fold);
MUST_CHECK struct result draw_reveal_apply(const struct fold *fold);
MUST_CHECK struct result draw_record_check(const struct fold *fold);
MUST_CHECK struct result draw_record_apply(const struct fold *fold);
MUST_CHECK struct result freeze_check(const struct fold *fold);
MUST_CHECK struct result freeze_apply(const struct fold *fold);

/* H32("xiling/v1 draw commit", meeting id, bytes) */
struct hash32 draw_commitment(struct bytes meeting, struct bytes drawn);

/* A rank: these bytes, then each sign-in's random bytes by hash_part(), then the candidate's id. */
void draw_begin(struct bytes drawn, struct hash_state *out);
struct hash64 draw_rank(const struct hash_state *prefix, struct bytes candidate);
