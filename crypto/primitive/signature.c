#include "primitive/signature.h"

#include <sodium.h>

void secret_key_wipe(struct secret_key *secret)
{
    secret_wipe(secret, sizeof *secret);
}

struct result secret_key_derive(const struct secret32 *seed, struct secret_key *out)
{
    uint8_t key[crypto_sign_PUBLICKEYBYTES];

    REQUIRE(crypto_sign_seed_keypair(key, out->bytes, seed->bytes) == 0, INTERNAL,
            "signature.derive");
    return OK;
}

void public_key_of(const struct secret_key *secret, struct public_key *out)
{
    (void)crypto_sign_ed25519_sk_to_pk(out->bytes, secret->bytes);
}

bool public_key_is_valid(const struct public_key *key)
{
    return crypto_core_ed25519_is_valid_point(key->bytes) == 1;
}

struct result signature_make(const struct secret_key *secret, struct bytes message,
                             struct signature *out)
{
    REQUIRE(crypto_sign_detached(out->bytes, NULL, message.data, message.size, secret->bytes) == 0,
            INTERNAL, "signature.make");
    return OK;
}

struct result signature_verify(const struct public_key *key, struct bytes message,
                               const struct signature *signature)
{
    REQUIRE(crypto_sign_verify_detached(signature->bytes, message.data, message.size, key->bytes) ==
                0,
            UNAUTHORIZED, "signature.invalid");
    return OK;
}
