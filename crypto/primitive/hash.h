/*
 * hash.h - the protocol's framed hash H and plain SHA-256.
 *
 * H(p1, ..., pk) is SHA-512 over be64(length) and bytes of each part; the first part is a label
 * that starts "xiling/v1 ". Feed parts in order, then end in one of four ways:
 * H (64 bytes), H32 (its first 32), Hs (reduced to a scalar), Hp (mapped to a point).
 * States are wiped by scope (HASH_STATE), because parts may be secret. Protocol section 2.
 */
#pragma once

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"

struct hash32 {
    uint8_t bytes[32];
};

struct hash64 {
    uint8_t bytes[64];
};

struct hash_state {
    crypto_hash_sha512_state sha512;
};

struct sha256_state {
    crypto_hash_sha256_state sha256;
};

#define HASH_STATE  __attribute__((cleanup(hash_wipe))) struct hash_state
#define SECRET_HASH __attribute__((cleanup(hash64_wipe))) struct hash64

/* `label` is the whole first part, "xiling/v1 nonce". */
void hash_begin(struct hash_state *state, const char *label);
void hash_part(struct hash_state *state, struct bytes part);
void hash_text(struct hash_state *state, const char *text);
void hash_number(struct hash_state *state, uint64_t number); /* a part of be64 */
void hash_point(struct hash_state *state, const struct point *point);
void hash_scalar(struct hash_state *state, const struct scalar *scalar);
void hash_hash(struct hash_state *state, const struct hash32 *hash);

/* Each ends the state, which is wiped. */
void hash_end(struct hash_state *state, struct hash64 *out);
void hash_end_32(struct hash_state *state, struct hash32 *out);
void hash_end_scalar(struct hash_state *state, struct scalar *out);
void hash_end_point(struct hash_state *state, struct point *out);

void hash_wipe(struct hash_state *state);
void hash64_wipe(struct hash64 *hash);

bool hash32_equal(const struct hash32 *a, const struct hash32 *b); /* for public hashes */
MUST_CHECK struct result hash32_decode(struct bytes bytes,
                                       struct hash32 *out); /* MALFORMED hash.size */

struct hash32 sha256_of(struct bytes bytes);
/* Of the parts one behind the other, without framing. */
struct hash32 sha256_of_parts(const struct bytes *parts, size_t count);
void sha256_begin(struct sha256_state *state);
void sha256_update(struct sha256_state *state, struct bytes bytes);
void sha256_end(struct sha256_state *state, struct hash32 *out);
