#include "primitive/nonce.h"

#include "base/secret.h"

/* The secret prefix that all nonces of a proof share. */
static void begin_nonces(const struct claim *claim, const struct nonce_seed *seed,
                         struct hash_state *state)
{
    struct hash64 digest;

    claim_digest(claim, &digest);
    hash_begin(state, "xiling/v1 nonce");
    hash_text(state, claim->label);
    for (size_t i = 0; i < seed->count; i++) {
        hash_part(state, seed->secrets[i]);
    }
    hash_part(state, seed->fresh);
    hash_part(state, BYTES(digest.bytes));
}

static void derive(const struct hash_state *prefix, uint64_t b, uint64_t w, struct hash64 *out)
{
    HASH_STATE state = *prefix;

    hash_number(&state, b);
    hash_number(&state, w);
    hash_end(&state, out);
}

/* First all scalars, k and z being the same, then a challenge for each branch. */
static struct proof_nonces nonces_in(const struct claim *claim, const struct buffer *storage)
{
    const struct scalar *const scalars = (const struct scalar *)storage->data;
    const size_t scalars_size = SCALAR_SIZE * claim_witness_count(claim);

    return (struct proof_nonces){scalars, scalars,
                                 (const struct challenge *)(storage->data + scalars_size)};
}

static struct result append_scalars(const struct hash_state *prefix, size_t b, size_t witnesses,
                                    struct buffer *storage)
{
    SECRET_HASH hash;
    SECRET_SCALAR scalar;

    for (size_t w = 0; w < witnesses; w++) {
        derive(prefix, b, w, &hash);
        scalar_reduce(hash.bytes, &scalar);
        TRY(buffer_append(storage, BYTES(scalar.bytes)));
    }
    return OK;
}

static struct result append_challenge(const struct hash_state *prefix, size_t b, size_t witnesses,
                                      struct buffer *storage)
{
    SECRET_HASH hash;

    derive(prefix, b, witnesses, &hash);
    return buffer_append(storage, bytes_slice(BYTES(hash.bytes), 0, CHALLENGE_SIZE));
}

static struct result fill_nonces(const struct claim *claim, const struct nonce_seed *seed,
                                 struct buffer *storage)
{
    HASH_STATE prefix;

    TRY(claim_check(claim));
    begin_nonces(claim, seed, &prefix);
    buffer_clear(storage);
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(append_scalars(&prefix, b, claim_branch_at(claim, b)->witnesses, storage));
    }
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(append_challenge(&prefix, b, claim_branch_at(claim, b)->witnesses, storage));
    }
    return OK;
}

struct result proof_derive_nonces(const struct claim *claim, const struct nonce_seed *seed,
                                  struct buffer *storage, struct proof_nonces *out)
{
    TRY(fill_nonces(claim, seed, storage));
    *out = nonces_in(claim, storage);
    return OK;
}
