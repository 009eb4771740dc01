/*
 * keys.h - all keys of a person from one key code, and how a device keeps the code.
 *
 * seed = BLAKE2b-256(key = code, "xiling/v1 seed"); from it the signing key (1), the box key (2)
 * and the trustee secret (4). Nothing but the code has to be kept. An objector's receipt code is
 * such a code too. Protocol section 4.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/code.h"
#include "base/result.h"
#include "base/secret.h"
#include "primitive/box.h"
#include "primitive/hash.h"
#include "primitive/signature.h"

enum {
    PASSPHRASE_MIN = 8, /* characters */
    WRAPPED_SIZE = 72,  /* salt[16] | nonce[24] | secretbox(code)[32] */
};

struct key_code {
    uint8_t bytes[KEY_CODE_BYTES];
};

struct keys {
    struct public_key sign_public;
    struct secret_key sign_secret;
    struct box_pair box;
    struct secret32 trustee;
};

struct wrapped_code {
    uint8_t bytes[WRAPPED_SIZE];
};

#define SECRET_CODE __attribute__((cleanup(key_code_wipe))) struct key_code
#define SECRET_KEYS __attribute__((cleanup(keys_wipe))) struct keys

void key_code_wipe(struct key_code *code);
void keys_wipe(struct keys *keys);

void key_code_draw(struct key_code *out);
MUST_CHECK struct result keys_derive(const struct key_code *code, struct keys *out);

/* Argon2id (64 MiB, 3 passes) and secretbox. INVALID keys.passphrase under 8 characters. */
MUST_CHECK struct result key_code_wrap(const struct key_code *code, struct bytes passphrase,
                                       struct wrapped_code *out);
/* UNAUTHORIZED keys.passphrase. */
MUST_CHECK struct result key_code_unwrap(const struct wrapped_code *wrapped,
                                         struct bytes passphrase, struct key_code *out);

/*
 * The 12 digits that officer and person compare: H("xiling/v1 check", SHA-256(enrol text), n).
 */
void check_digits_of(const struct hash32 *enrol, const uint8_t n[static 16],
                     char out[static CHECK_DIGITS_SIZE + 1]);
