/*
 * work.h - the small proof of work by which whoever is over a rate may go on at once.
 *
 * The service gives a token: when, for how many bits, under a key of this process. The sender
 * looks for a nonce with which H32("xiling/v1 work", token, SHA-256(note), be64 nonce) begins with
 * so many zero bits. A token is not bound to an address, because a telephone's changes between two
 * requests; and not to one use, because a text is logged once. Protocol section 8.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "primitive/hash.h"

#define WORK_TOKEN_SIZE 25
#define WORK_TOKEN_HEX  50
#define WORK_BITS_MAX   17     /* a few seconds of a telephone; see docs/operator.zh.md */
#define WORK_LIFE       300000 /* milliseconds a token is good for */

struct work_key {
    uint8_t bytes[32];
};

struct work_token {
    uint8_t bytes[WORK_TOKEN_SIZE]; /* be64 milliseconds, bits, 16 bytes of H32 under the key */
};

void work_key_draw(struct work_key *out);
/* `ticks` of clock_ticks: a step of the wall's clock ends no token. */
void work_token(const struct work_key *key, uint64_t ticks, unsigned bits, struct work_token *out);
/* Zero bits at the beginning of what this nonce gives. */
unsigned work_zero_bits(const struct work_token *token, const struct hash32 *note, uint64_t nonce);
/*
 * How many bits an answer "<hex token>.<nonce>" has earned for this note: those of its token; 0 if
 * the token is not ours or too old, the nonce gives less, or it is not such an answer.
 */
unsigned work_earned(const struct work_key *key, struct bytes answer, const struct hash32 *note,
                     uint64_t ticks);
