#include "server/work.h"

#include <string.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "base/text.h"

#define BITS_AT  8
#define MAC_AT   9
#define MAC_SIZE 16

void work_key_draw(struct work_key *out)
{
    secret_random(out->bytes, sizeof out->bytes);
}

static void seal_token(const struct work_key *key, struct work_token *token)
{
    HASH_STATE state;
    struct hash32 mac;

    hash_begin(&state, "xiling/v1 work token");
    hash_part(&state, BYTES(key->bytes));
    hash_part(&state, (struct bytes){token->bytes, MAC_AT});
    hash_end_32(&state, &mac);
    memcpy(token->bytes + MAC_AT, mac.bytes, MAC_SIZE);
}

void work_token(const struct work_key *key, uint64_t ticks, unsigned bits, struct work_token *out)
{
    be64_put(out->bytes, ticks);
    out->bytes[BITS_AT] = (uint8_t)bits;
    seal_token(key, out);
}

static unsigned count_zero_bits(struct bytes hash)
{
    unsigned count = 0;

    while (count < hash.size * 8 && !(hash.data[count / 8] & (0x80U >> (count % 8)))) {
        count++;
    }
    return count;
}

unsigned work_zero_bits(const struct work_token *token, const struct hash32 *note, uint64_t nonce)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 work");
    hash_part(&state, BYTES(token->bytes));
    hash_hash(&state, note);
    hash_number(&state, nonce);
    hash_end_32(&state, &hash);
    return count_zero_bits(BYTES(hash.bytes));
}

static bool read_answer(struct bytes answer, struct work_token *token, uint64_t *nonce)
{
    const struct bytes hex = text_cut(&answer, '.');

    return is_ok(hex_decode(hex, token->bytes, sizeof token->bytes)) &&
           is_ok(text_parse_number(answer, nonce));
}

static bool is_ours(const struct work_key *key, const struct work_token *token, uint64_t ticks)
{
    const uint64_t given = be64_get(token->bytes);
    struct work_token again;

    work_token(key, given, token->bytes[BITS_AT], &again);
    return secret_equal(BYTES(again.bytes), BYTES(token->bytes)) && given <= ticks &&
           ticks - given <= WORK_LIFE;
}

unsigned work_earned(const struct work_key *key, struct bytes answer, const struct hash32 *note,
                     uint64_t ticks)
{
    struct work_token token;
    uint64_t nonce;
    unsigned bits;

    if (answer.size == 0 || !read_answer(answer, &token, &nonce) || !is_ours(key, &token, ticks)) {
        return 0;
    }
    bits = token.bytes[BITS_AT];
    return work_zero_bits(&token, note, nonce) >= bits ? bits : 0;
}
