/*
 * ceremony.h - the text of `trustee.ceremony`: which trustees come to hold one election key.
 *
 * Its SHA-256 is the ceremony hash. Every trustee then deals (dealing.h), confirms and rehearses
 * (rehearsal.h). What needs a trustee's secret stands in trustee.h. Indices of trustees (i, j)
 * count from 1. Protocol section 6.
 *
 * Failures: statement.<word>; MALFORMED ceremony.field; INVALID ceremony.trustees.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/election.h"
#include "protocol/statement.h"

struct ceremony_trustee {
    struct bytes id;
    struct hash32 enrolment; /* SHA-256 of the confirmed enrol text */
};

struct ceremony {
    struct buffer text; /* owned; the views point into it */
    struct hash32 hash;
    struct bytes origin;
    struct bytes id;
    uint64_t threshold;                             /* t */
    struct ceremony_trustee trustees[TRUSTEES_MAX]; /* in order of their index */
    size_t trustee_count;                           /* n */
};

#define AUTO_CEREMONY __attribute__((cleanup(ceremony_free))) struct ceremony
#define CEREMONY_INIT \
    {                 \
        0             \
    }

extern const struct statement_type CEREMONY_TYPE;

/* Reads the signed text. On failure *out is empty. */
MUST_CHECK struct result ceremony_parse(struct bytes text, struct ceremony *out);
/* Appends the text of these parts (all but text and hash); read it back to check it. */
MUST_CHECK struct result ceremony_print(const struct ceremony *parts, struct buffer *out);
void ceremony_free(struct ceremony *ceremony);
/* The place (from 0) of the person among the trustees, or trustee_count. */
size_t ceremony_find(const struct ceremony *ceremony, struct bytes person);

/*
 * K and X_1 … X_n lie on one polynomial of degree t - 1: what a manifest shows by itself.
 * INVALID ceremony.keys.
 */
MUST_CHECK struct result ceremony_keys_agree(const struct point *election_key,
                                             const struct election_trustee trustees[], size_t count,
                                             uint64_t threshold);
