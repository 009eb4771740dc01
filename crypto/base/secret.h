/*
 * secret.h - what every secret value shares: wiping, drawing, comparing, choosing by mask.
 *
 * A secret has a typed home that its own module declares with a cleanup attribute
 * (SECRET_SCALAR, SECRET_KEYS, SECRET_BUFFER ...), so that leaving the scope wipes it on
 * every path. Nothing here branches, indexes or returns early on a secret.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* 32 secret bytes without further structure: a seed, a content key. */
struct secret32 {
    uint8_t bytes[32];
};

#define SECRET_32 __attribute__((cleanup(secret32_wipe))) struct secret32

void secret32_wipe(struct secret32 *secret);
void secret_wipe(void *data, size_t size);
void secret_random(void *out, size_t size); /* from libsodium's generator */
/* Constant time in the contents; the sizes are public. */
bool secret_equal(struct bytes a, struct bytes b);

/* All bits set if a = b, else 0; a and b may be secret. */
uint64_t mask_equal(uint64_t a, uint64_t b);
/* out = mask ? if_set : if_clear, byte by byte; mask is all ones or 0; out may be either input. */
void mask_select(uint64_t mask, const void *if_set, const void *if_clear, void *out, size_t size);
/*
 * States that these bytes, computed from secrets, are public from here on. Does nothing: it is a
 * weak symbol that the constant-time test replaces.
 */
void secret_publish(const void *data, size_t size);
