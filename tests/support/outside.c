#include "support/outside.h"

#include <sodium.h>
#include <string.h>

#include "check.h"
#include "primitive/signer.h"
#include "protocol/statement.h"

/* A point of order 8. */
static const uint8_t TORSION[32] = {
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
    0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};

/* The same ones every time, so that vectors made with them are the same bytes. */
static void draw(uint64_t number, uint8_t out[32])
{
    uint8_t hash[64];

    crypto_hash_sha512(hash, (const uint8_t *)&number, sizeof number);
    crypto_core_ed25519_scalar_reduce(out, hash);
}

void outside_make(struct outside_key *out)
{
    uint8_t inside[32];

    draw(0, out->scalar);
    assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(inside, out->scalar), 0);
    assert_int_equal(crypto_core_ed25519_add(out->key.bytes, inside, TORSION), 0);
}

/* h = SHA-512(R, A, text) mod l */
static void challenge(const uint8_t R[32], const struct outside_key *key, struct bytes text,
                      uint8_t out[32])
{
    crypto_hash_sha512_state state;
    uint8_t hash[64];

    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, R, 32);
    crypto_hash_sha512_update(&state, key->key.bytes, 32);
    crypto_hash_sha512_update(&state, text.data, text.size);
    crypto_hash_sha512_final(&state, hash);
    crypto_core_ed25519_scalar_reduce(out, hash);
}

/* Draws nonces until h is a multiple of 8: then the torsion is gone from h·A. */
static void sign(const struct outside_key *key, struct bytes text, uint8_t signature[64])
{
    uint8_t nonce[32];
    uint64_t number = 0;
    uint8_t h[32];

    do {
        draw(++number, nonce);
        assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(signature, nonce), 0);
        challenge(signature, key, text, h);
    } while (h[0] & 7);
    crypto_core_ed25519_scalar_mul(h, h, key->scalar);
    crypto_core_ed25519_scalar_add(signature + 32, nonce, h);
    assert_int_equal(crypto_sign_verify_detached(signature, text.data, text.size, key->key.bytes),
                     0);
}

void outside_sign(const struct outside_key *key, struct world *world, const char *name)
{
    const struct bytes text = buffer_view(&world->text);
    uint8_t signature[64];
    struct key_id id;

    sign(key, text, signature);
    key_id_of(bytes_of_string(name), 1, BYTES(key->key.bytes), &id);
    buffer_clear(&world->note);
    check_ok(statement_note(text, &world->note));
    check_ok(signature_line_append(&world->note, bytes_of_string(name), &id, BYTES(signature)));
}
