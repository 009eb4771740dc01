/*
 * tag.h - the tag of a member in an election, and its disclosure; the proof of a vote key.
 *
 * I = x·h is the same for every ballot a member makes in one election and says nothing about whose
 * it is. To burn it (paper fallback) the member discloses it with proof `tag`. Protocol sections 5
 * and 6. `fresh` are 32 new random bytes (zeros in vectors).
 *
 * Failures: INVALID tag.proof, signin.proof.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "protocol/election.h"

MUST_CHECK struct result tag_compute(const struct election *election, const struct scalar *vote_key,
                                     struct point *out);
/* Appends the proof (112 bytes); `member` is a place in the roll, from 0. */
MUST_CHECK struct result tag_prove(const struct election *election, size_t member,
                                   const struct scalar *vote_key, const uint8_t fresh[static 32],
                                   struct buffer *proof);
MUST_CHECK struct result tag_verify(const struct election *election, size_t member,
                                    const struct point *tag, struct bytes proof);

/* Who signs in where: `meeting.signin`. */
struct signin_subject {
    struct bytes meeting;
    struct bytes person;
};

/* P = x·G, and appends the proof `voter key` (80 bytes). */
MUST_CHECK struct result vote_key_prove(const struct signin_subject *subject,
                                        const struct scalar *vote_key,
                                        const uint8_t fresh[static 32], struct point *out,
                                        struct buffer *proof);
MUST_CHECK struct result vote_key_verify(const struct signin_subject *subject,
                                         const struct point *key, struct bytes proof);
