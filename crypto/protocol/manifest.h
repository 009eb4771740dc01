/*
 * manifest.h - the lines of a manifest that hold several words, read one by one.
 *
 * Each reads the value of one line into its place. A line of another form is MALFORMED
 * election.field; what it may not say is INVALID election.<what> (election.h). Protocol section 6.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/election.h"

MUST_CHECK struct result manifest_candidate(struct bytes value, struct election_candidate *out);
/* `grade` is the number the line must carry. */
MUST_CHECK struct result manifest_grade(struct bytes value, size_t grade,
                                        struct election_grade *out);
/* `grade_count` bounds the grades that limits, seats and passes may name. */
MUST_CHECK struct result manifest_limit(struct bytes value, size_t grade_count,
                                        struct election_limit *out);
MUST_CHECK struct result manifest_seat(struct bytes value, size_t grade_count,
                                       struct election_seat *out);
MUST_CHECK struct result manifest_pass(struct bytes value, size_t grade_count,
                                       struct election_pass *out);
MUST_CHECK struct result manifest_member(struct bytes value, struct election_member *out);
/* The places (from 0) of the person in the roll and of the candidate. */
MUST_CHECK struct result manifest_recusal(struct bytes value, const struct election *election,
                                          size_t *member, size_t *candidate);
/* `index` is the number the line must carry, from 1. */
MUST_CHECK struct result manifest_trustee(struct bytes value, uint64_t index,
                                          struct election_trustee *out);
