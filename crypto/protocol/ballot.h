/*
 * ballot.h - one ballot: made by a member, read and verified by everybody.
 *
 * A ballot is a note signed by a ring of the roll. Protocol section 6, Ballot. The check order is
 * fixed: length and shape (ballot_parse: cheap, before any arithmetic), tag new (the caller's, who
 * knows the tags seen), then ballot_verify: canonical bytes, ring, total, grades.
 *
 * Failures: "ballot.length", "ballot.shape" (MALFORMED); "ballot.canonical", "ballot.ring",
 * "ballot.total", "ballot.grade" (INVALID; `at` is the candidate from 1 for grade). Making:
 * "ballot.choices" (outside the limits, or for a candidate the member is recused from),
 * "ballot.seed" (draw a new seed), "ballot.code", "ballot.member" (the key is not the member's).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/election.h"

struct ballot_code { /* 附码 u: 8 Crockford characters, no end mark */
    uint8_t characters[BALLOT_CODE_BYTES];
};

struct ballot {
    struct bytes text;  /* the signed text; a view into the note */
    struct hash32 hash; /* SHA-256 of it */
    struct point tag;   /* I */
    struct ballot_code code;
    struct buffer binary; /* owned: what was base64, in the order of the text */
};

#define AUTO_BALLOT __attribute__((cleanup(ballot_free))) struct ballot
#define BALLOT_INIT \
    {               \
        0           \
    }

/* Length and shape. The views in *out point into `note`; on failure *out is empty. */
MUST_CHECK struct result ballot_parse(const struct election *election, struct bytes note,
                                      struct ballot *out);
/* Canonical bytes, ring proof, total, grades. About 1 ms for each candidate. */
MUST_CHECK struct result ballot_verify(const struct election *election,
                                       const struct ballot *ballot);
void ballot_free(struct ballot *ballot); /* accepts an empty one */

/* Parts of a parsed ballot; candidates from 0. The proofs are views into ballot->binary. */
struct point ballot_alpha(const struct election *election, const struct ballot *ballot,
                          size_t candidate);
struct point ballot_beta(const struct election *election, const struct ballot *ballot,
                         size_t candidate);
struct bytes ballot_selection(const struct election *election, const struct ballot *ballot,
                              size_t candidate);
struct bytes ballot_grade_proof(const struct election *election, const struct ballot *ballot,
                                size_t candidate);
struct bytes ballot_total_proof(const struct election *election, const struct ballot *ballot);
struct bytes ballot_ring_proof(const struct election *election, const struct ballot *ballot);

/* F, what the second device compares (protocol section 6, Code and fingerprint). */
MUST_CHECK struct result ballot_fingerprint(const struct election *election,
                                            const struct ballot *ballot, struct hash32 *out);

/* What a member decides and knows. Everything but the code is secret. */
struct ballot_intent {
    size_t member;          /* own place in the roll, from 0 */
    struct scalar vote_key; /* x */
    uint8_t seed[32];
    uint8_t choices[CANDIDATES_MAX]; /* a grade for each candidate */
    struct ballot_code code;
};

#define SECRET_INTENT __attribute__((cleanup(ballot_intent_wipe))) struct ballot_intent
void ballot_intent_wipe(struct ballot_intent *intent);

/*
 * Appends the note, the same bytes for the same intent. Takes the same time and touches the same
 * memory for every member, key, seed and set of allowed choices. On "ballot.seed" draw another.
 */
MUST_CHECK struct result ballot_make(const struct election *election,
                                     const struct ballot_intent *intent, struct buffer *note);
/* Draws a seed into the intent (again, if an edge of protocol section 2 is met) and makes. */
MUST_CHECK struct result ballot_make_fresh(const struct election *election,
                                           struct ballot_intent *intent, struct buffer *note);
/* 8 random Crockford characters. */
struct ballot_code ballot_code_draw(void);

/* F of the ballot that seed, choices and code make: what a challenge recomputes. */
MUST_CHECK struct result ballot_recompute(const struct election *election,
                                          const uint8_t seed[static 32], struct bytes choices,
                                          const struct ballot_code *code, struct hash32 *out);
