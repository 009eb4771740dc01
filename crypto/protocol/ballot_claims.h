/*
 * ballot_claims.h - what the proofs in a ballot show; for their maker and their verifier.
 *
 * Protocol section 5, rows grade, total and ring.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/claim.h"
#include "primitive/elgamal.h"
#include "primitive/group.h"
#include "protocol/election.h"

/* What the proofs speak of; selections are those of all candidates, as in the text. */
struct ballot_content {
    const struct election *election;
    const struct point *tag;
    struct bytes selections;
};

/* The ciphertext of a candidate (from 0); its points need not be decoded yet. */
struct ciphertext content_ciphertext(const struct ballot_content *content, size_t candidate);
struct bytes content_selection(const struct ballot_content *content, size_t candidate);

/* The claims are views into their content; `text` is the signed text. */
void ballot_ring_claim(const struct ballot_content *content, struct bytes text, struct claim *out);
MUST_CHECK struct result ballot_total_claim(const struct ballot_content *content,
                                            struct claim *out);
MUST_CHECK struct result ballot_grade_claim(const struct ballot_content *content, size_t candidate,
                                            struct claim *out);
/*
 * A claim of so many branches like those of grade and total (one witness, two equations), for the
 * sizes and the canonical bytes of a proof before any arithmetic.
 */
void ballot_shape_claim(size_t branches, struct claim *out);
