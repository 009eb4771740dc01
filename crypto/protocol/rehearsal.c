#include "protocol/rehearsal.h"

#include "primitive/hash.h"
#include "primitive/proof.h"
#include "protocol/interpolation.h"

void rehearsal_base(const struct ceremony *ceremony, struct point *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 rehearsal");
    hash_hash(&state, &ceremony->hash);
    hash_end_point(&state, out);
}

void rehearsal_claim(const struct ceremony *ceremony, const struct point *share_key,
                     const struct rehearsal *rehearsal, struct claim *out)
{
    struct point base;

    rehearsal_base(ceremony, &base);
    claim_begin(out, "rehearsal");
    claim_context(out, BYTES(ceremony->hash.bytes));
    claim_context_number(out, rehearsal->index);
    claim_branch(out, 1);
    claim_equation(out, 0, &GENERATOR, share_key);
    claim_equation(out, 0, &base, &rehearsal->point);
}

struct result rehearsal_verify(const struct ceremony *ceremony, const struct point *share_key,
                               const struct rehearsal *rehearsal)
{
    AUTO_CLAIM claim = {0};

    REQUIRE(!point_is_identity(&rehearsal->point), INVALID, "rehearsal.edge");
    rehearsal_claim(ceremony, share_key, rehearsal, &claim);
    const struct result verdict = proof_verify(&claim, BYTES(rehearsal->proof));
    REQUIRE(verdict.failure != INVALID, INVALID, "rehearsal.proof");
    return verdict;
}

struct result rehearsal_agree(const struct ceremony *ceremony, const struct rehearsal rehearsals[])
{
    struct interpolation_point points[TRUSTEES_MAX];
    bool is_one = false;

    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        points[i] = (struct interpolation_point){i + 1, rehearsals[i].point};
    }
    TRY(interpolation_agrees(points, ceremony->trustee_count, (size_t)ceremony->threshold,
                             &is_one));
    REQUIRE(is_one, INVALID, "rehearsal.agree");
    return OK;
}
