/*
 * claims.h - the statements of proof.json as claims (crypto/primitive/claim.h).
 */
#pragma once

#include <jansson.h>

#include "primitive/claim.h"

struct claim_vector {
    struct claim claim;
    struct buffer context[CLAIM_CONTEXT_MAX]; /* what the claim's views point into */
};

#define AUTO_CLAIM_VECTOR __attribute__((cleanup(claim_vector_free))) struct claim_vector

/* `statement` must stay open as long as the claim, whose label points into it. */
void claim_vector_read(json_t *statement, struct claim_vector *out);
void claim_vector_free(struct claim_vector *vector);
