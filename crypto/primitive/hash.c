#include "primitive/hash.h"

#include <string.h>

#include "base/secret.h"

void hash_begin(struct hash_state *state, const char *label)
{
    (void)crypto_hash_sha512_init(&state->sha512);
    hash_text(state, label);
}

void hash_part(struct hash_state *state, struct bytes part)
{
    uint8_t length[8];

    be64_put(length, part.size);
    (void)crypto_hash_sha512_update(&state->sha512, length, sizeof length);
    if (part.size > 0) {
        (void)crypto_hash_sha512_update(&state->sha512, part.data, part.size);
    }
}

void hash_text(struct hash_state *state, const char *text)
{
    hash_part(state, bytes_of_string(text));
}

void hash_number(struct hash_state *state, uint64_t number)
{
    uint8_t part[8];

    be64_put(part, number);
    hash_part(state, BYTES(part));
}

void hash_point(struct hash_state *state, const struct point *point)
{
    hash_part(state, BYTES(point->bytes));
}

void hash_scalar(struct hash_state *state, const struct scalar *scalar)
{
    hash_part(state, BYTES(scalar->bytes));
}

void hash_hash(struct hash_state *state, const struct hash32 *hash)
{
    hash_part(state, BYTES(hash->bytes));
}

void hash_end(struct hash_state *state, struct hash64 *out)
{
    (void)crypto_hash_sha512_final(&state->sha512, out->bytes);
    hash_wipe(state);
}

void hash_end_32(struct hash_state *state, struct hash32 *out)
{
    SECRET_HASH whole;

    hash_end(state, &whole);
    memcpy(out->bytes, whole.bytes, sizeof out->bytes);
}

void hash_end_scalar(struct hash_state *state, struct scalar *out)
{
    SECRET_HASH whole;

    hash_end(state, &whole);
    scalar_reduce(whole.bytes, out);
}

void hash_end_point(struct hash_state *state, struct point *out)
{
    SECRET_HASH whole;

    hash_end(state, &whole);
    point_from_hash(whole.bytes, out);
}

void hash_wipe(struct hash_state *state)
{
    secret_wipe(state, sizeof *state);
}

void hash64_wipe(struct hash64 *hash)
{
    secret_wipe(hash, sizeof *hash);
}

bool hash32_equal(const struct hash32 *a, const struct hash32 *b)
{
    return bytes_equal(BYTES(a->bytes), BYTES(b->bytes));
}

struct result hash32_decode(struct bytes bytes, struct hash32 *out)
{
    REQUIRE(bytes.size == sizeof out->bytes, MALFORMED, "hash.size");
    memcpy(out->bytes, bytes.data, sizeof out->bytes);
    return OK;
}

struct hash32 sha256_of(struct bytes bytes)
{
    return sha256_of_parts(&bytes, 1);
}

struct hash32 sha256_of_parts(const struct bytes *parts, size_t count)
{
    struct sha256_state state;
    struct hash32 hash;

    sha256_begin(&state);
    for (size_t i = 0; i < count; i++) {
        sha256_update(&state, parts[i]);
    }
    sha256_end(&state, &hash);
    return hash;
}

void sha256_begin(struct sha256_state *state)
{
    (void)crypto_hash_sha256_init(&state->sha256);
}

void sha256_update(struct sha256_state *state, struct bytes bytes)
{
    if (bytes.size > 0) {
        (void)crypto_hash_sha256_update(&state->sha256, bytes.data, bytes.size);
    }
}

void sha256_end(struct sha256_state *state, struct hash32 *out)
{
    (void)crypto_hash_sha256_final(&state->sha256, out->bytes);
}
