/*
 * box.h - sealing a few bytes to one X25519 key, in the format of crypto_box_seal.
 *
 * The ephemeral key may be given, so that a trustee's dealing is reproducible and a complaint
 * can be judged. Protocol sections 4 and 6.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

enum { BOX_SEAL_OVERHEAD = 48 }; /* ephemeral key and authenticator */

struct box_public {
    uint8_t bytes[32];
};

struct box_pair {
    struct box_public key;
    struct secret32 secret;
};

#define SECRET_BOX __attribute__((cleanup(box_pair_wipe))) struct box_pair

void box_pair_wipe(struct box_pair *pair);
/* crypto_box_seed_keypair. */
MUST_CHECK struct result box_derive(const struct secret32 *seed, struct box_pair *out);
/* The pair of a raw X25519 secret, such as an ephemeral one. */
MUST_CHECK struct result box_pair_of(const struct secret32 *secret, struct box_pair *out);
/* Canonical and not of small order. */
bool box_public_is_valid(const struct box_public *key);

/* Appends plain.size + 48 bytes. `ephemeral` must be used for this one seal only. */
MUST_CHECK struct result box_seal(struct bytes plain, const struct box_public *reader,
                                  const struct secret32 *ephemeral, struct buffer *out);
/* The same with a fresh ephemeral key. */
MUST_CHECK struct result box_seal_fresh(struct bytes plain, const struct box_public *reader,
                                        struct buffer *out);
/* Appends the plain bytes, secret; INVALID box.open. */
MUST_CHECK struct result box_open(struct bytes sealed, const struct box_pair *reader,
                                  struct buffer *out);
