/*
 * trustee.h - what a trustee does with the own secrets: deal, open, rehearse, decrypt.
 *
 * Everything is derived from the key code (keys.h: trustee secret, box key), so that a trustee
 * needs nothing else, and a dealing can be made again bit by bit. Constant time in all secrets.
 * Protocol section 6. `fresh` is 32 new random bytes for the nonces of a proof.
 *
 * Failures: "share.sealed", "share.value" (a share that does not open or does not fit: complain),
 * "dealing.edge" (a coefficient or point meets an edge: a new key code is needed), "share.edge".
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "protocol/ceremony.h"
#include "protocol/tally.h"

struct trustee_secret { /* key id 4 of protocol section 4 */
    uint8_t bytes[32];
};

#define SECRET_TRUSTEE __attribute__((cleanup(trustee_secret_wipe))) struct trustee_secret
void trustee_secret_wipe(struct trustee_secret *secret);

/* box_keys: the X25519 public keys of trustees 1 … n, 32 raw bytes each. */
struct box_public {
    uint8_t bytes[32];
};

MUST_CHECK struct result trustee_deal(const struct ceremony *ceremony, uint64_t index,
                                      const struct trustee_secret *secret,
                                      const struct box_public box_keys[],
                                      const uint8_t fresh[static 32], struct dealing *out);
/* Coefficient k of dealer i, and the ephemeral secret for reader j: made again from the secret. */
MUST_CHECK struct result trustee_coefficient(const struct ceremony *ceremony, uint64_t index,
                                             const struct trustee_secret *secret, uint64_t k,
                                             struct scalar *out);
void trustee_ephemeral(const struct ceremony *ceremony, uint64_t index, uint64_t reader,
                       const struct trustee_secret *secret, struct box_secret *out);

/* Opens the share of trustee `reader` in a verified dealing and fits it to the commitments. */
MUST_CHECK struct result trustee_open(const struct ceremony *ceremony,
                                      const struct dealing *dealing, uint64_t reader,
                                      const struct box_secret *box_key, struct scalar *out);
/* x_j: the sum of the shares of all n dealings, in order. `at` of a failure is the dealer. */
MUST_CHECK struct result trustee_share_key(const struct ceremony *ceremony,
                                           const struct dealing dealings[], uint64_t reader,
                                           const struct box_secret *box_key, struct scalar *out);

MUST_CHECK struct result trustee_rehearse(const struct ceremony *ceremony, uint64_t index,
                                          const struct scalar *share_key,
                                          const uint8_t fresh[static 32], struct rehearsal *out);

/*
 * The decryption share of trustee `index`: D_i of each candidate into `points`, the proof appended.
 * `tally` are the sums the trustee has recomputed from the log; no other sums are ever opened for
 * M.
 */
MUST_CHECK struct result trustee_decrypt(const struct hash32 *manifest, const struct tally *tally,
                                         uint64_t index, const struct scalar *share_key,
                                         const uint8_t fresh[static 32], struct point points[],
                                         struct buffer *proof);
