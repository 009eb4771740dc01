/*
 * ballot_assemble.h - the constant-time heart of making a ballot.
 *
 * Apart from ballot_make() so that a test under valgrind can run it with every secret undefined:
 * no branch, index or loop bound in it depends on the intent. Protocol sections 5 and 6.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "protocol/ballot.h"
#include "protocol/election.h"

enum {
    FAULT_CHOICES = 1, /* outside the grades, the limits, or what the member may vote on */
    FAULT_MEMBER = 2,  /* not on the roll, or the key is not that member's */
};

/* Which of the faults the intent has: one secret word, for the caller to branch on. */
MUST_CHECK struct result ballot_intent_faults(const struct election *election,
                                              const struct ballot_intent *intent, uint64_t *out);

/* Appends the note of an intent without faults. Edges (2^-120) are not looked at. */
MUST_CHECK struct result ballot_assemble(const struct election *election,
                                         const struct ballot_intent *intent, struct buffer *note);
