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

struct public_key {
    uint8_t bytes[32];
};

struct secret_key {
    uint8_t bytes[64]; /* seed and public key, as libsodium keeps them */
};

struct signature {
    uint8_t bytes[64];
};

#define SECRET_KEY __attribute__((cleanup(secret_key_wipe))) struct secret_key

void secret_key_wipe(struct secret_key *secret);
/* From 32 secret bytes. */
MUST_CHECK struct result secret_key_derive(const struct secret32 *seed, struct secret_key *out);
void public_key_of(const struct secret_key *secret, struct public_key *out);
/* Canonical, in the main subgroup and not of small order. */
bool public_key_is_valid(const struct public_key *key);

MUST_CHECK struct result signature_make(const struct secret_key *secret, struct bytes message,
                                        struct signature *out);
/* UNAUTHORIZED signature.invalid. */
MUST_CHECK struct result signature_verify(const struct public_key *key, struct bytes message,
                                          const struct signature *signature);
