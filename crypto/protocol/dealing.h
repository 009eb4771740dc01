/*
 * dealing.h - what one trustee deals to all: commitments, their proof, and n sealed shares.
 *
 * `trustee.deal`; the first dealing of each dealer stands. K and X_j follow from all n of them.
 * Whether a sealed share fits only its reader sees (trustee.h); if it does not, and the dealer
 * publishes it, everybody can judge. Protocol section 6.
 *
 * Failures: statement.<word>; MALFORMED dealing.shape; INVALID dealing.edge, dealing.proof;
 * ceremony.edge (K or an X_j is the identity).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "primitive/box.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/ceremony.h"

enum {
    SHARE_PLAIN_BYTES = 80, /* ceremony hash, be64 i, be64 j, f_i(j) */
    SEALED_SHARE_BYTES = SHARE_PLAIN_BYTES + BOX_SEAL_OVERHEAD,
    DEALING_PROOF_MAX = 16 + 64 * TRUSTEES_MAX,
};

struct sealed_share {
    uint8_t bytes[SEALED_SHARE_BYTES];
};

struct dealing {
    uint64_t index;                           /* i, the dealer */
    struct point commitments[TRUSTEES_MAX];   /* A_0 … A_{t-1} */
    uint8_t proof[DEALING_PROOF_MAX];         /* dealing_proof_size() bytes of it */
    struct sealed_share sealed[TRUSTEES_MAX]; /* for j = 1 … n */
};

extern const struct statement_type DEALING_TYPE;

size_t dealing_proof_size(const struct ceremony *ceremony);
/* Appends the text of `trustee.deal`, ready to be signed. */
MUST_CHECK struct result dealing_print(const struct ceremony *ceremony,
                                       const struct dealing *dealing, struct buffer *out);
/* Reads the signed text; checks its form against the ceremony, and the edges. */
MUST_CHECK struct result dealing_parse(const struct ceremony *ceremony, struct bytes text,
                                       struct dealing *out);
/* The proof. Says nothing about the sealed shares. */
MUST_CHECK struct result dealing_verify(const struct ceremony *ceremony,
                                        const struct dealing *dealing);

/* Sum over k of place^k·A_k: what f_i(place)·G must be. */
MUST_CHECK struct result dealing_value(const struct ceremony *ceremony,
                                       const struct dealing *dealing, uint64_t place,
                                       struct point *out);

/* --- of all n dealings, in the dealers' order --- */

/* H32("xiling/v1 dealings", …) over SHA-256 of each text. */
void dealings_hash(const struct hash32 texts[], size_t count, struct hash32 *out);
/* K. */
MUST_CHECK struct result dealings_election_key(const struct ceremony *ceremony,
                                               const struct dealing dealings[], struct point *out);
/* X_index. */
MUST_CHECK struct result dealings_share_key(const struct ceremony *ceremony,
                                            const struct dealing dealings[], uint64_t index,
                                            struct point *out);

/* --- one sealed share --- */

/* Writes the plaintext that dealer i seals to reader j; the value is secret. */
void share_plain(const struct ceremony *ceremony, uint64_t dealer, uint64_t reader,
                 const struct scalar *value, uint8_t out[static SHARE_PLAIN_BYTES]);
/* Right in every part: ceremony, i, j, and a value that fits the commitments. */
MUST_CHECK struct result share_fits(const struct ceremony *ceremony, const struct dealing *dealing,
                                    uint64_t reader, struct bytes plain, struct scalar *value);

/* Whose fault a disputed share is, once the dealer has published it. */
enum complaint_fault {
    FAULT_OF_DEALER,
    FAULT_OF_COMPLAINER,
};

struct complaint {
    uint64_t complainer;                  /* j */
    struct box_public complainer_key;     /* to which the share was sealed */
    uint8_t published[SHARE_PLAIN_BYTES]; /* the plaintext, as the dealer published it */
    struct secret32 ephemeral;            /* and its ephemeral secret */
};

/* Fails only if it could not judge (INTERNAL, OUT_OF_MEMORY). */
MUST_CHECK struct result complaint_judge(const struct ceremony *ceremony,
                                         const struct dealing *dealing,
                                         const struct complaint *complaint,
                                         enum complaint_fault *out);
