/*
 * ballot.h - one ballot: made by a member, read and verified by everybody.
 *
 * A ballot is a note signed by a ring of the roll. The check order is fixed: length and shape
 * (ballot_parse: cheap, before any arithmetic), tag new (the caller's, who knows the tags seen),
 * then ballot_verify: canonical bytes, ring, total, grades. Protocol section 6, Ballot.
 *
 * Failures: MALFORMED ballot.length, ballot.shape; INVALID ballot.canonical, ballot.ring,
 * ballot.total, ballot.grade (`at` is the candidate from 1). Making: INVALID ballot.choices
 * (outside the limits, or for a candidate the member is recused from), ballot.member (the key is
 * not that member's), ballot.code, ballot.seed (an edge is met: draw another seed).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/elgamal.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/election.h"

struct ballot_code { /* 附码 u: 8 Crockford characters, no end mark */
    uint8_t characters[BALLOT_CODE_BYTES];
};

struct ballot {
    struct bytes text;  /* the signed text; a view into the note */
    struct hash32 hash; /* SHA-256 of it */
    struct point tag;   /* I; checked by ballot_verify() only */
    struct ballot_code code;
    struct buffer binary; /* owned: what was base64, in the order of the note */
};

#define AUTO_BALLOT __attribute__((cleanup(ballot_free))) struct ballot
#define BALLOT_INIT \
    {               \
        0           \
    }

/* Length and shape. The views in *out point into `note`; on failure *out is empty. */
MUST_CHECK struct result ballot_parse(const struct election *election, struct bytes note,
                                      struct ballot *out);
/* Canonical bytes, ring proof, total, grades, the equations one by one. */
MUST_CHECK struct result ballot_verify(const struct election *election,
                                       const struct ballot *ballot);
/*
 * The same up to the points' arithmetic: appends every equation (proof.h) for whoever checks many
 * ballots together; if they do not hold, ballot_verify() gives the verdict.
 */
MUST_CHECK struct result ballot_equations(const struct election *election,
                                          const struct ballot *ballot, struct buffer *equations);
void ballot_free(struct ballot *ballot);

/* Parts of a parsed ballot, as views; candidates from 0. */
struct bytes ballot_selections(const struct election *election, const struct ballot *ballot);
struct bytes ballot_total_proof(const struct election *election, const struct ballot *ballot);
struct bytes ballot_ring_proof(const struct election *election, const struct ballot *ballot);
struct point ballot_alpha(const struct election *election, const struct ballot *ballot,
                          size_t candidate);
struct point ballot_beta(const struct election *election, const struct ballot *ballot,
                         size_t candidate);
/* F, what the second device compares. */
void ballot_fingerprint(const struct election *election, const struct ballot *ballot,
                        struct hash32 *out);

/* What a member decides and knows. Everything but the code is secret. */
struct ballot_intent {
    size_t member;          /* own place in the roll, from 0 */
    struct scalar vote_key; /* x */
    struct secret32 seed;
    uint8_t choices[CANDIDATES_MAX]; /* a grade for each candidate */
    struct ballot_code code;
};

#define SECRET_INTENT __attribute__((cleanup(ballot_intent_wipe))) struct ballot_intent
void ballot_intent_wipe(struct ballot_intent *intent);

/* Appends the note: the same bytes for the same intent, in a time that depends on none of it. */
MUST_CHECK struct result ballot_make(const struct election *election,
                                     const struct ballot_intent *intent, struct buffer *note);
/* Draws a seed into the intent, again if an edge is met, and makes. */
MUST_CHECK struct result ballot_make_fresh(const struct election *election,
                                           struct ballot_intent *intent, struct buffer *note);
void ballot_code_draw(struct ballot_code *out);

/*
 * F of the ballot that seed, choices (of each candidate) and code make: what a challenge
 * recomputes. Constant time too, though nothing of a challenged ballot is secret any more.
 */
MUST_CHECK struct result ballot_recompute(const struct election *election,
                                          const struct secret32 *seed, const uint8_t choices[],
                                          const struct ballot_code *code, struct hash32 *out);
