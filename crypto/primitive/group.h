/*
 * group.h - ristretto255: scalars mod l and points, with the protocol's edges.
 *
 * The only file that calls libsodium's ristretto255. A struct point holds a canonical
 * encoding; the identity comes in only through point_decode_any(), point_add() and point_sub().
 * Nobody multiplies by zero or multiplies the identity, so a refusal by libsodium is INTERNAL
 * and never a verdict. Constant time in scalars, in points and in masks. Protocol section 2.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

enum { SCALAR_SIZE = 32, POINT_SIZE = 32, WIDE_SIZE = 64 };

struct scalar {
    uint8_t bytes[SCALAR_SIZE]; /* little-endian, canonical */
};

struct point {
    uint8_t bytes[POINT_SIZE];
};

#define SECRET_SCALAR __attribute__((cleanup(scalar_wipe))) struct scalar
#define SECRET_POINT  __attribute__((cleanup(point_wipe))) struct point

extern const struct point GENERATOR;
extern const struct point IDENTITY;

void scalar_wipe(struct scalar *scalar);
void point_wipe(struct point *point);

/* 32 bytes, 1..l-1, else MALFORMED scalar.size, INVALID scalar.canonical or scalar.zero. */
MUST_CHECK struct result scalar_decode(struct bytes bytes, struct scalar *out);
void scalar_reduce(const uint8_t wide[static WIDE_SIZE], struct scalar *out);
void scalar_random(struct scalar *out); /* never zero */
void scalar_from_number(uint64_t number, struct scalar *out);
void scalar_from_challenge(const uint8_t challenge[static 16], struct scalar *out);
void scalar_add(const struct scalar *a, const struct scalar *b, struct scalar *out);
void scalar_sub(const struct scalar *a, const struct scalar *b, struct scalar *out);
void scalar_multiply(const struct scalar *a, const struct scalar *b, struct scalar *out);
void scalar_negate(const struct scalar *a, struct scalar *out);
MUST_CHECK struct result scalar_invert(const struct scalar *a, struct scalar *out);
bool scalar_is_zero(const struct scalar *a);
/* out = mask ? if_set : if_clear, where mask is all ones or 0 (base/secret.h). */
void scalar_select(uint64_t mask, const struct scalar *if_set, const struct scalar *if_clear,
                   struct scalar *out);

/* 32 canonical bytes, not the identity: MALFORMED point.size, INVALID point.canonical, .identity.
 */
MUST_CHECK struct result point_decode(struct bytes bytes, struct point *out);
/* The same, where the identity may stand (a proof's commitment). */
MUST_CHECK struct result point_decode_any(struct bytes bytes, struct point *out);
bool point_is_identity(const struct point *a);
bool point_equal(const struct point *a, const struct point *b); /* for public points */
MUST_CHECK struct result point_add(const struct point *a, const struct point *b, struct point *out);
MUST_CHECK struct result point_sub(const struct point *a, const struct point *b, struct point *out);
/* scalar not zero, point not the identity: INTERNAL group.multiply otherwise. */
MUST_CHECK struct result point_multiply(const struct scalar *scalar, const struct point *point,
                                        struct point *out);
MUST_CHECK struct result point_base_multiply(const struct scalar *scalar, struct point *out);
void point_from_hash(const uint8_t wide[static WIDE_SIZE], struct point *out);
void point_select(uint64_t mask, const struct point *if_set, const struct point *if_clear,
                  struct point *out);
