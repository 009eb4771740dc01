/*
 * interpolation.h - polynomials in the exponent, of which t points give all others.
 *
 * The threshold key is the value at 0 of a polynomial of degree t - 1, whose values at 1 … n the
 * trustees hold. Everything here is public. Protocol section 6.
 *
 * Failures: INTERNAL "interpolation.points" (two equal places, or none).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "primitive/group.h"

/* A point of the polynomial: what it is at `x`. y is never the identity. */
struct interpolation_point {
    uint64_t x;
    struct point y;
};

/* Lambda of places[at]: its weight among `count` distinct places when interpolating at 0. */
MUST_CHECK struct result lagrange(const uint64_t places[], size_t count, size_t at,
                                  struct scalar *out);
/* Whether all `count` points lie on one polynomial of degree threshold - 1. */
MUST_CHECK struct result interpolation_agrees(const struct interpolation_point points[],
                                              size_t count, size_t threshold, bool *out);
/* Adds factor·point to *sum, which may be the identity. */
MUST_CHECK struct result point_accumulate(const struct scalar *factor, const struct point *point,
                                          struct point *sum);
