/*
 * rehearsal.h - `trustee.rehearsal`: once, before the first election, each trustee multiplies.
 *
 * D_j = x_j·alpha with alpha = Hp("xiling/v1 rehearsal", ceremony hash). Every t of the n results
 * must agree, which shows that any t trustees could open an election. Protocol section 6.
 *
 * Failures: INVALID rehearsal.edge, rehearsal.proof, rehearsal.agree.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/claim.h"
#include "primitive/group.h"
#include "protocol/ceremony.h"

enum { REHEARSAL_PROOF_BYTES = 112 };

struct rehearsal {
    uint64_t index;
    struct point point; /* D_j */
    uint8_t proof[REHEARSAL_PROOF_BYTES];
};

/* The point that every trustee multiplies. */
void rehearsal_base(const struct ceremony *ceremony, struct point *out);
/* `share_key` is X_j of rehearsal->index. */
MUST_CHECK struct result rehearsal_verify(const struct ceremony *ceremony,
                                          const struct point *share_key,
                                          const struct rehearsal *rehearsal);
/* Over all n rehearsals, in the order of their indices. */
MUST_CHECK struct result rehearsal_agree(const struct ceremony *ceremony,
                                         const struct rehearsal rehearsals[]);

/* Two equations: X_j = x_j·G and D_j = x_j·alpha. Views into the ceremony. */
void rehearsal_claim(const struct ceremony *ceremony, const struct point *share_key,
                     const struct rehearsal *rehearsal, struct claim *out);
