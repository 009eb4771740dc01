/*
 * trustee.h - what a trustee does with the own secrets: deal, open, rehearse, decrypt.
 *
 * Everything is derived from the key code (keys.h: trustee secret and box pair), so that a trustee
 * needs nothing else and a dealing can be made again bit by bit. Constant time in all secrets.
 * `fresh` are 32 new random bytes for the nonces of a proof (zeros in vectors). Protocol section 6.
 *
 * Failures: INVALID share.sealed or share.value (a share that does not open, or does not fit:
 * complain; `at` is the dealer), dealing.edge (a value meets an edge, 2^-250: another key code).
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "primitive/box.h"
#include "primitive/group.h"
#include "protocol/ceremony.h"
#include "protocol/dealing.h"
#include "protocol/rehearsal.h"
#include "protocol/share.h"

/* The trustee at work: the own index (from 1) and secrets. */
struct trustee {
    uint64_t index;
    const struct secret32 *secret; /* keys.trustee */
    const struct box_pair *box;    /* keys.box */
};

/* `readers` are the box keys of trustees 1 … n. The same dealing for the same `fresh`. */
MUST_CHECK struct result trustee_deal(const struct ceremony *ceremony,
                                      const struct trustee *trustee,
                                      const struct box_public readers[],
                                      const uint8_t fresh[static 32], struct dealing *out);
/* Coefficient k of the own polynomial, and the own ephemeral secret for reader j. */
void trustee_coefficient(const struct ceremony *ceremony, const struct trustee *trustee, uint64_t k,
                         struct scalar *out);
MUST_CHECK struct result trustee_ephemeral(const struct ceremony *ceremony,
                                           const struct trustee *trustee, uint64_t reader,
                                           struct secret32 *out);

/* What the own dealing sealed to a reader, made again: published to answer a complaint. */
void trustee_share_plain(const struct ceremony *ceremony, const struct trustee *trustee,
                         uint64_t reader, uint8_t out[static SHARE_PLAIN_BYTES]);

/* Opens the own share in a verified dealing and fits it to the commitments. */
MUST_CHECK struct result trustee_open(const struct ceremony *ceremony,
                                      const struct trustee *trustee, const struct dealing *dealing,
                                      struct scalar *out);
/* x_j: the sum of the own shares in all n dealings. */
MUST_CHECK struct result trustee_share_key(const struct ceremony *ceremony,
                                           const struct trustee *trustee,
                                           const struct dealing dealings[], struct scalar *out);

/* `share_key` is x_j. */
MUST_CHECK struct result trustee_rehearse(const struct ceremony *ceremony, uint64_t index,
                                          const struct scalar *share_key,
                                          const uint8_t fresh[static 32], struct rehearsal *out);

/* A share as made: owns its proof. */
struct opened_share {
    struct point points[CANDIDATES_MAX]; /* D_i of each candidate */
    struct buffer proof;
};

/*
 * D_i of each candidate and their proof. The caller has recomputed the sums from the log and noted
 * them durably: no other sums are ever opened for the same M. *out must be {0} or used before; its
 * proof is released with buffer_free().
 */
MUST_CHECK struct result trustee_decrypt(const struct share_subject *subject, uint64_t index,
                                         const struct scalar *share_key,
                                         const uint8_t fresh[static 32], struct opened_share *out);
