/*
 * nonces.h - challenges given out and not yet answered: in memory, short-lived, for one use.
 *
 * A full table forgets the oldest, so that asking for challenges costs others at most a retry.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"

#define NONCE_SECONDS 300

struct nonce {
    uint8_t bytes[16];
};

struct nonces;

MUST_CHECK struct result nonces_open(struct nonces **out);
void nonces_close(struct nonces *nonces);
void nonces_give(struct nonces *nonces, uint64_t now, struct nonce *out);
/* Whether it was given within the last NONCE_SECONDS and not used yet; now it is used. */
bool nonces_use(struct nonces *nonces, const struct nonce *nonce, uint64_t now);
