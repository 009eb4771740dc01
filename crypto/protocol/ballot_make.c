/* The making half of ballot.h: around the constant-time assembly stands what may branch. */
#include <string.h>

#include "base/code.h"
#include "protocol/ballot.h"
#include "protocol/ballot_assemble.h"
#include "protocol/ballot_seed.h"

void ballot_intent_wipe(struct ballot_intent *intent)
{
    secret_wipe(intent, sizeof *intent);
}

void ballot_code_draw(struct ballot_code *out)
{
    uint8_t random[5];
    char text[VOUCHER_SIZE + 1];

    secret_random(random, sizeof random);
    voucher_print(random, text);
    memcpy(out->characters, text, sizeof out->characters);
}

/* A ballot that meets an edge is one that nobody would accept: what we made must be readable. */
static struct result check_edges(const struct election *election, struct bytes note)
{
    AUTO_BALLOT ballot = BALLOT_INIT;
    AUTO_BUFFER equations = BUFFER_INIT;

    TRY(ballot_parse(election, note, &ballot));
    const struct result verdict = ballot_equations(election, &ballot, &equations);
    REQUIRE(verdict.failure != INVALID, INVALID, "ballot.seed");
    return verdict;
}

struct result ballot_make(const struct election *election, const struct ballot_intent *intent,
                          struct buffer *note)
{
    const size_t start = note->size;
    uint64_t faults;

    REQUIRE(code_is_crockford(BYTES(intent->code.characters), BALLOT_CODE_BYTES), INVALID,
            "ballot.code");
    TRY(ballot_intent_faults(election, intent, &faults));
    REQUIRE((faults & FAULT_MEMBER) == 0, INVALID, "ballot.member");
    REQUIRE((faults & FAULT_CHOICES) == 0, INVALID, "ballot.choices");
    TRY(ballot_assemble(election, intent, note));
    return check_edges(election, bytes_slice(buffer_view(note), start, SIZE_MAX));
}

struct result ballot_make_fresh(const struct election *election, struct ballot_intent *intent,
                                struct buffer *note)
{
    const size_t start = note->size;

    for (;;) {
        secret_random(intent->seed.bytes, sizeof intent->seed.bytes);
        const struct result made = ballot_make(election, intent, note);
        if (made.failure != INVALID || strcmp(made.rule, "ballot.seed") != 0) {
            return made;
        }
        note->size = start;
    }
}

struct result ballot_recompute(const struct election *election, const struct secret32 *seed,
                               const uint8_t choices[], const struct ballot_code *code,
                               struct hash32 *out)
{
    const struct elgamal_messages messages = {election->weight_points, election->grade_count};
    SECRET_HASH root;
    SECRET_SCALAR r;
    HASH_STATE state;
    struct ciphertext ciphertext;

    for (size_t i = 0; i < election->candidate_count; i++) {
        REQUIRE(choices[i] < election->grade_count, INVALID, "ballot.choices");
    }
    ballot_root(election, seed, choices, &root);
    hash_begin(&state, "xiling/v1 fingerprint");
    hash_hash(&state, &election->manifest);
    hash_part(&state, BYTES(code->characters));
    for (size_t i = 0; i < election->candidate_count; i++) {
        const struct ballot_purpose purpose = {"grade r", i + 1, 0};

        ballot_scalar(&root, purpose, &r);
        TRY(elgamal_encrypt(&election->key, &r, &messages, choices[i], &ciphertext));
        hash_point(&state, &ciphertext.alpha);
        hash_point(&state, &ciphertext.beta);
    }
    hash_end_32(&state, out);
    return OK;
}
