/*
 * tag.h - the tag of a member in an election, and its disclosure.
 *
 * I = x·h is the same for every ballot a member makes in one election and says nothing about whose
 * it is. To burn it (paper fallback, protocol section 6) the member discloses it with proof `tag`.
 *
 * Failure: INVALID "tag.proof".
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "protocol/election.h"

MUST_CHECK struct result tag_compute(const struct election *election, const struct scalar *vote_key,
                                     struct point *out);
/* `fresh` is 32 new random bytes. Appends 112 bytes of proof. */
MUST_CHECK struct result tag_prove(const struct election *election, size_t member,
                                   const struct scalar *vote_key, const uint8_t fresh[static 32],
                                   struct buffer *proof);
MUST_CHECK struct result tag_verify(const struct election *election, size_t member,
                                    const struct point *tag, struct bytes proof);
