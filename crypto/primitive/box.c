#include "primitive/box.h"

#include <sodium.h>
#include <string.h>

void box_pair_wipe(struct box_pair *pair)
{
    secret_wipe(pair, sizeof *pair);
}

struct result box_derive(const struct secret32 *seed, struct box_pair *out)
{
    REQUIRE(crypto_box_seed_keypair(out->key.bytes, out->secret.bytes, seed->bytes) == 0, INTERNAL,
            "box.derive");
    return OK;
}

struct result box_pair_of(const struct secret32 *secret, struct box_pair *out)
{
    out->secret = *secret;
    REQUIRE(crypto_scalarmult_base(out->key.bytes, secret->bytes) == 0, INTERNAL, "box.derive");
    return OK;
}

/* p = 2^255 - 19, little-endian: whether the bytes are a number below it. */
static bool is_canonical(const uint8_t bytes[static 32])
{
    if (bytes[31] != 0x7f) {
        return bytes[31] < 0x7f;
    }
    for (size_t i = 30; i > 0; i--) {
        if (bytes[i] != 0xff) {
            return true;
        }
    }
    return bytes[0] < 0xed;
}

/* A secret times a point of small order is zero, which libsodium refuses, whatever the secret. */
bool box_public_is_valid(const struct box_public *key)
{
    static const uint8_t ANY_SECRET[32] = {8};
    uint8_t shared[32];

    return is_canonical(key->bytes) && crypto_scalarmult(shared, ANY_SECRET, key->bytes) == 0;
}

/* The nonce of crypto_box_seal: BLAKE2b-192 of both public keys. */
static void seal_nonce(const uint8_t ephemeral[static 32], const struct box_public *reader,
                       uint8_t out[static crypto_box_NONCEBYTES])
{
    crypto_generichash_state state;

    (void)crypto_generichash_init(&state, NULL, 0, crypto_box_NONCEBYTES);
    (void)crypto_generichash_update(&state, ephemeral, 32);
    (void)crypto_generichash_update(&state, reader->bytes, 32);
    (void)crypto_generichash_final(&state, out, crypto_box_NONCEBYTES);
}

struct result box_seal(struct bytes plain, const struct box_public *reader,
                       const struct secret32 *ephemeral, struct buffer *out)
{
    uint8_t nonce[crypto_box_NONCEBYTES];

    TRY(buffer_reserve(out, plain.size + BOX_SEAL_OVERHEAD));
    uint8_t *const sealed = out->data + out->size;
    REQUIRE(crypto_scalarmult_base(sealed, ephemeral->bytes) == 0, INTERNAL, "box.seal");
    seal_nonce(sealed, reader, nonce);
    REQUIRE(crypto_box_easy(sealed + 32, plain.data, plain.size, nonce, reader->bytes,
                            ephemeral->bytes) == 0,
            INVALID, "box.seal");
    out->size += plain.size + BOX_SEAL_OVERHEAD;
    return OK;
}

struct result box_seal_fresh(struct bytes plain, const struct box_public *reader,
                             struct buffer *out)
{
    SECRET_32 ephemeral;

    secret_random(ephemeral.bytes, sizeof ephemeral.bytes);
    return box_seal(plain, reader, &ephemeral, out);
}

struct result box_open(struct bytes sealed, const struct box_pair *reader, struct buffer *out)
{
    REQUIRE(sealed.size >= BOX_SEAL_OVERHEAD, INVALID, "box.open");
    TRY(buffer_reserve(out, sealed.size));
    REQUIRE(crypto_box_seal_open(out->data + out->size, sealed.data, sealed.size, reader->key.bytes,
                                 reader->secret.bytes) == 0,
            INVALID, "box.open");
    out->size += sealed.size - BOX_SEAL_OVERHEAD;
    return OK;
}
