#include "protocol/ballot_seed.h"

#include <string.h>

void ballot_root(const struct election *election, const struct secret32 *seed,
                 const uint8_t choices[], struct hash64 *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 ballot root");
    hash_hash(&state, &election->manifest);
    hash_part(&state, BYTES(seed->bytes));
    hash_part(&state, (struct bytes){choices, election->candidate_count});
    hash_end(&state, out);
}

void ballot_proof_root(const struct hash64 *root, const struct point *tag, struct hash64 *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 proof root");
    hash_part(&state, BYTES(root->bytes));
    hash_point(&state, tag);
    hash_end(&state, out);
}

static void begin(const struct hash64 *root, struct ballot_purpose purpose,
                  struct hash_state *state)
{
    hash_begin(state, "xiling/v1 ballot scalar");
    hash_part(state, BYTES(root->bytes));
    hash_text(state, purpose.name);
    hash_number(state, purpose.candidate);
    hash_number(state, purpose.branch);
    hash_number(state, 0);
}

void ballot_scalar(const struct hash64 *root, struct ballot_purpose purpose, struct scalar *out)
{
    HASH_STATE state;

    begin(root, purpose, &state);
    hash_end_scalar(&state, out);
}

void ballot_challenge(const struct hash64 *root, struct ballot_purpose purpose,
                      struct challenge *out)
{
    HASH_STATE state;
    SECRET_HASH hash;

    begin(root, purpose, &state);
    hash_end(&state, &hash);
    memcpy(out->bytes, hash.bytes, sizeof out->bytes);
}
