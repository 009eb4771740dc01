/*
 * ceremony.h - how t of n trustees come to hold one election key: the public side.
 *
 * The text of `trustee.ceremony` names the trustees; its SHA-256 is the ceremony hash. Every
 * trustee deals (`trustee.deal`), the first dealing of each stands; K and X_j follow from all
 * dealings. Protocol section 6. What needs a trustee's secret stands in trustee.h. Indices of
 * trustees (i, j) count from 1.
 *
 * Failures: "ceremony.field", "ceremony.number", "ceremony.trustees"; "dealing.shape",
 * "dealing.edge", "dealing.proof"; "rehearsal.proof", "rehearsal.combination".
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/election.h"

enum {
    SEALED_SHARE_BYTES = 128,
    SHARE_PLAINTEXT_BYTES = 80, /* ceremony hash, be64 i, be64 j, f_i(j) */
    DEALING_PROOF_MAX = 16 + 64 * TRUSTEES_MAX,
    REHEARSAL_PROOF_BYTES = 112,
};

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

MUST_CHECK struct result ceremony_parse(struct bytes text, struct ceremony *out);
MUST_CHECK struct result ceremony_print(const struct ceremony *parts, struct buffer *out);
void ceremony_free(struct ceremony *ceremony);

/* The sizes of what stands in the arrays follow from the ceremony: t and n. */
struct dealing {
    uint64_t index;                         /* i, the dealer */
    struct point commitments[TRUSTEES_MAX]; /* A_0 … A_{t-1} */
    size_t commitment_count;
    uint8_t proof[DEALING_PROOF_MAX];
    size_t proof_size;
    uint8_t sealed[TRUSTEES_MAX][SEALED_SHARE_BYTES]; /* for j = 1 … n */
    size_t sealed_count;
};

/* The text of `trustee.deal`, written and read. Reading checks the shape against the ceremony. */
MUST_CHECK struct result dealing_print(const struct ceremony *ceremony,
                                       const struct dealing *dealing, struct buffer *out);
MUST_CHECK struct result dealing_parse(const struct ceremony *ceremony, struct bytes text,
                                       struct dealing *out);
/* Shape, edges, proof. Says nothing about the sealed shares: only their readers can. */
MUST_CHECK struct result dealing_verify(const struct ceremony *ceremony,
                                        const struct dealing *dealing);

/* H32("xiling/v1 dealings", …) over SHA-256 of the n dealing texts, in the dealers' order. */
struct hash32 ceremony_dealings_hash(const struct ceremony *ceremony,
                                     const struct hash32 dealing_texts[]);
/* K = sum of A_{i,0}, and X_j, over the n dealings in order. Fails at the identity. */
MUST_CHECK struct result ceremony_election_key(const struct ceremony *ceremony,
                                               const struct dealing dealings[], struct point *out);
MUST_CHECK struct result ceremony_share_key(const struct ceremony *ceremony,
                                            const struct dealing dealings[], uint64_t index,
                                            struct point *out);
/* K and X_1 … X_n lie on one polynomial of degree t - 1: what a manifest shows by itself. */
MUST_CHECK struct result ceremony_keys_agree(const struct point *election_key,
                                             const struct election_trustee trustees[], size_t count,
                                             uint64_t threshold);

/* Whose fault a disputed share is (protocol section 6, trustee.confirm). */
enum complaint_fault {
    FAULT_OF_DEALER,
    FAULT_OF_COMPLAINER,
};

struct complaint {
    uint64_t complainer;             /* j */
    struct bytes published;          /* the plaintext the dealer published */
    struct bytes ephemeral;          /* and the ephemeral secret, 32 bytes */
    struct point complainer_box_key; /* X25519 public key; 32 raw bytes */
};
enum complaint_fault complaint_judge(const struct ceremony *ceremony, const struct dealing *dealing,
                                     const struct complaint *complaint);

/* `trustee.rehearsal`: D_j = x_j·alpha, alpha = Hp("xiling/v1 rehearsal", ceremony hash). */
struct rehearsal {
    uint64_t index;
    struct point point; /* D_j */
    uint8_t proof[REHEARSAL_PROOF_BYTES];
};

MUST_CHECK struct result rehearsal_base(const struct ceremony *ceremony, struct point *out);
MUST_CHECK struct result rehearsal_verify(const struct ceremony *ceremony,
                                          const struct point *share_key,
                                          const struct rehearsal *rehearsal);
/* Every t of the n rehearsals (in order) open the same point. */
MUST_CHECK struct result rehearsal_agree(const struct ceremony *ceremony,
                                         const struct rehearsal rehearsals[]);

/* Lambda of indices[at] for interpolation at 0 among `count` distinct indices from 1. */
MUST_CHECK struct result lagrange(const uint64_t indices[], size_t count, size_t at,
                                  struct scalar *out);
