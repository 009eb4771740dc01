#include "protocol/keys.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"

enum {
    KEY_SIGN = 1, /* numbers of protocol section 4 */
    KEY_BOX = 2,
    KEY_TRUSTEE = 4,
};

void key_code_wipe(struct key_code *code)
{
    secret_wipe(code, sizeof *code);
}

void keys_wipe(struct keys *keys)
{
    secret_wipe(keys, sizeof *keys);
}

void key_code_draw(struct key_code *out)
{
    secret_random(out->bytes, sizeof out->bytes);
}

static struct result derive_seed(const struct key_code *code, struct secret32 *out)
{
    const struct bytes label = LITERAL("xiling/v1 seed");

    REQUIRE(crypto_generichash(out->bytes, sizeof out->bytes, label.data, label.size, code->bytes,
                               sizeof code->bytes) == 0,
            INTERNAL, "keys.derive");
    return OK;
}

static struct result derive_key(const struct secret32 *seed, uint64_t number, struct secret32 *out)
{
    REQUIRE(crypto_kdf_derive_from_key(out->bytes, sizeof out->bytes, number, "xilingv1",
                                       seed->bytes) == 0,
            INTERNAL, "keys.derive");
    return OK;
}

struct result keys_derive(const struct key_code *code, struct keys *out)
{
    SECRET_32 seed;
    SECRET_32 sign;
    SECRET_32 box;

    TRY(derive_seed(code, &seed));
    TRY(derive_key(&seed, KEY_SIGN, &sign));
    TRY(derive_key(&seed, KEY_BOX, &box));
    TRY(derive_key(&seed, KEY_TRUSTEE, &out->trustee));
    TRY(secret_key_derive(&sign, &out->sign_secret));
    public_key_of(&out->sign_secret, &out->sign_public);
    return box_derive(&box, &out->box);
}

/* The three parts of a wrapped code. */
enum {
    SALT_SIZE = crypto_pwhash_SALTBYTES,
    NONCE_SIZE = crypto_secretbox_NONCEBYTES,
    CODE_AT = SALT_SIZE + NONCE_SIZE,
    PASSES = 3,
    MEMORY = 64 * 1024 * 1024,
};
_Static_assert(CODE_AT + KEY_CODE_BYTES + crypto_secretbox_MACBYTES == WRAPPED_SIZE,
               "the parts fill a wrapped code");

static struct result stretch(struct bytes passphrase, const uint8_t salt[static SALT_SIZE],
                             struct secret32 *out)
{
    REQUIRE(crypto_pwhash(out->bytes, sizeof out->bytes, (const char *)passphrase.data,
                          passphrase.size, salt, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0,
            OUT_OF_MEMORY, "memory");
    return OK;
}

static bool is_long_enough(struct bytes passphrase)
{
    uint32_t character;
    size_t characters = 0;

    while (text_next(&passphrase, &character)) {
        characters++;
    }
    return passphrase.size == 0 && characters >= PASSPHRASE_MIN;
}

struct result key_code_wrap(const struct key_code *code, struct bytes passphrase,
                            struct wrapped_code *out)
{
    SECRET_32 key;
    uint8_t *const nonce = out->bytes + SALT_SIZE;

    REQUIRE(is_long_enough(passphrase), INVALID, "keys.passphrase");
    randombytes_buf(out->bytes, CODE_AT);
    TRY(stretch(passphrase, out->bytes, &key));
    REQUIRE(crypto_secretbox_easy(out->bytes + CODE_AT, code->bytes, sizeof code->bytes, nonce,
                                  key.bytes) == 0,
            INTERNAL, "keys.wrap");
    return OK;
}

struct result key_code_unwrap(const struct wrapped_code *wrapped, struct bytes passphrase,
                              struct key_code *out)
{
    SECRET_32 key;

    TRY(stretch(passphrase, wrapped->bytes, &key));
    REQUIRE(crypto_secretbox_open_easy(out->bytes, wrapped->bytes + CODE_AT, WRAPPED_SIZE - CODE_AT,
                                       wrapped->bytes + SALT_SIZE, key.bytes) == 0,
            UNAUTHORIZED, "keys.passphrase");
    return OK;
}

void check_digits_of(const struct hash32 *enrol, const uint8_t n[static 16],
                     char out[static CHECK_DIGITS_SIZE + 1])
{
    struct hash_state state;
    struct hash64 hash;

    hash_begin(&state, "xiling/v1 check");
    hash_hash(&state, enrol);
    hash_part(&state, (struct bytes){n, 16});
    hash_end(&state, &hash);
    check_digits_print(hash.bytes, out);
}
