/*
 * elgamal.h - a grade under the election key: alpha = r*G, beta = r*K + w*G.
 *
 * Constant time in the randomness and in which message is taken. Protocol section 6.
 */
#pragma once

#include <stddef.h>

#include "base/result.h"
#include "primitive/group.h"

struct ciphertext {
    struct point alpha;
    struct point beta;
};

/* The possible messages w*G; w = 0 is the identity. */
struct elgamal_messages {
    const struct point *points;
    size_t count;
};

/* w*G, and the identity for w = 0; the weight is public. */
MUST_CHECK struct result elgamal_message(uint64_t weight, struct point *out);
/* `chosen` and `r` are secret; chosen < messages->count. */
MUST_CHECK struct result elgamal_encrypt(const struct point *key, const struct scalar *r,
                                         const struct elgamal_messages *messages, size_t chosen,
                                         struct ciphertext *out);
MUST_CHECK struct result ciphertext_add(const struct ciphertext *a, const struct ciphertext *b,
                                        struct ciphertext *out);
