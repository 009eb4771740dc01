/*
 * signature.h - Ed25519: keys, signing and verifying. Validity is libsodium's.
 *
 * Signature bytes are never an identifier (they can be changed and stay valid). Protocol section 3.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

struct sign_public {
    uint8_t bytes[32];
};

struct sign_secret {
    uint8_t bytes[64]; /* seed and public key, as libsodium keeps them */
};

struct signature {
    uint8_t bytes[64];
};

#define SECRET_SIGN __attribute__((cleanup(sign_secret_wipe))) struct sign_secret

void sign_secret_wipe(struct sign_secret *secret);
/* From 32 secret bytes. */
MUST_CHECK struct result sign_derive(const struct secret32 *seed, struct sign_public *out_public,
                                     struct sign_secret *out);
void sign_public_of(const struct sign_secret *secret, struct sign_public *out);
/* Canonical, in the main subgroup, not of small order; else INVALID key.sign. */
MUST_CHECK struct result sign_public_check(const struct sign_public *key);

MUST_CHECK struct result signature_make(const struct sign_secret *secret, struct bytes message,
                                        struct signature *out);
/* UNAUTHORIZED signature.invalid. */
MUST_CHECK struct result signature_verify(const struct sign_public *key, struct bytes message,
                                          const struct signature *signature);
