#include "primitive/claim.h"

#include <string.h>

void claim_begin(struct claim *claim, const char *label)
{
    *claim = (struct claim){.label = label, .failed = OK};
}

static void note_failure(struct claim *claim, struct result result)
{
    if (is_ok(claim->failed)) {
        claim->failed = result;
    }
}

void claim_context(struct claim *claim, struct bytes part)
{
    if (claim->context_count == CLAIM_CONTEXT_MAX) {
        note_failure(claim, fail(INTERNAL, "claim.shape"));
        return;
    }
    claim->context[claim->context_count++] = part;
}

void claim_context_number(struct claim *claim, uint64_t number)
{
    if (claim->number_count == sizeof claim->numbers / sizeof claim->numbers[0]) {
        note_failure(claim, fail(INTERNAL, "claim.shape"));
        return;
    }
    uint8_t *const place = claim->numbers[claim->number_count++];
    be64_put(place, number);
    claim_context(claim, (struct bytes){place, 8});
}

/* malloc aligns buffers for every type, and only whole structs are ever appended. */
static struct claim_branch *branches(const struct claim *claim)
{
    return (struct claim_branch *)(void *)claim->branches.data;
}

static struct claim_equation *equations(const struct claim *claim)
{
    return (struct claim_equation *)(void *)claim->equations.data;
}

void claim_branch(struct claim *claim, size_t witnesses)
{
    const struct claim_branch branch = {
        .witnesses = witnesses,
        .first_witness = claim_witness_count(claim),
        .first_equation = claim_equation_count(claim),
    };

    note_failure(claim, buffer_append(&claim->branches,
                                      (struct bytes){(const uint8_t *)&branch, sizeof branch}));
}

void claim_equation(struct claim *claim, size_t witness, const struct point *base,
                    const struct point *image)
{
    const size_t count = claim_branch_count(claim);
    const struct claim_equation equation = {witness, *base, *image};

    if (count == 0) {
        note_failure(claim, fail(INTERNAL, "claim.shape"));
        return;
    }
    note_failure(claim, buffer_append(&claim->equations,
                                      (struct bytes){(const uint8_t *)&equation, sizeof equation}));
    branches(claim)[count - 1].equations++;
}

void claim_free(struct claim *claim)
{
    buffer_free(&claim->branches);
    buffer_free(&claim->equations);
}

size_t claim_branch_count(const struct claim *claim)
{
    return claim->branches.size / sizeof(struct claim_branch);
}

const struct claim_branch *claim_branch_at(const struct claim *claim, size_t branch)
{
    return branches(claim) + branch;
}

size_t claim_equation_count(const struct claim *claim)
{
    return claim->equations.size / sizeof(struct claim_equation);
}

const struct claim_equation *claim_equation_at(const struct claim *claim, size_t equation)
{
    return equations(claim) + equation;
}

size_t claim_witness_count(const struct claim *claim)
{
    const size_t count = claim_branch_count(claim);

    if (count == 0) {
        return 0;
    }
    const struct claim_branch *last = claim_branch_at(claim, count - 1);
    return last->first_witness + last->witnesses;
}

size_t claim_witness_max(const struct claim *claim)
{
    size_t most = 0;

    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        const size_t witnesses = claim_branch_at(claim, b)->witnesses;
        most = witnesses > most ? witnesses : most;
    }
    return most;
}

static struct result check_branch(const struct claim *claim, const struct claim_branch *branch)
{
    REQUIRE(branch->witnesses > 0 && branch->equations > 0, INTERNAL, "claim.shape");
    for (size_t e = 0; e < branch->equations; e++) {
        const struct claim_equation *equation =
            claim_equation_at(claim, branch->first_equation + e);
        REQUIRE(equation->witness < branch->witnesses, INTERNAL, "claim.shape");
        REQUIRE(!point_is_identity(&equation->base), INVALID, "proof.edge");
        REQUIRE(!point_is_identity(&equation->image), INVALID, "proof.edge");
    }
    return OK;
}

struct result claim_check(const struct claim *claim)
{
    TRY(claim->failed);
    REQUIRE(claim_branch_count(claim) > 0, INTERNAL, "claim.shape");
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        TRY(check_branch(claim, claim_branch_at(claim, b)));
    }
    return OK;
}

static void hash_branch(const struct claim *claim, const struct claim_branch *branch,
                        struct hash_state *state)
{
    hash_number(state, branch->witnesses);
    hash_number(state, branch->equations);
    for (size_t e = 0; e < branch->equations; e++) {
        const struct claim_equation *equation =
            claim_equation_at(claim, branch->first_equation + e);
        hash_number(state, equation->witness);
        hash_point(state, &equation->base);
        hash_point(state, &equation->image);
    }
}

/* Everything behind the first part of the challenge. */
static void hash_rest(const struct claim *claim, struct hash_state *state)
{
    hash_text(state, claim->label);
    hash_number(state, claim->context_count);
    for (size_t i = 0; i < claim->context_count; i++) {
        hash_part(state, claim->context[i]);
    }
    hash_number(state, claim_branch_count(claim));
    for (size_t b = 0; b < claim_branch_count(claim); b++) {
        hash_branch(claim, claim_branch_at(claim, b), state);
    }
}

void claim_hash(const struct claim *claim, struct hash_state *state)
{
    hash_begin(state, "xiling/v1 proof");
    hash_rest(claim, state);
}

void claim_digest(const struct claim *claim, struct hash64 *out)
{
    struct hash_state state;

    hash_begin(&state, "xiling/v1 statement");
    hash_text(&state, "xiling/v1 proof");
    hash_rest(claim, &state);
    hash_end(&state, out);
}
