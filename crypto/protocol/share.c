#include "protocol/share.h"

#include "primitive/proof.h"

void share_claim(const struct share_subject *subject, const struct point *share_key,
                 const struct decryption_share *share, struct hash32 *sums, struct claim *out)
{
    tally_sums_hash(subject->manifest, subject->tally, sums);
    claim_begin(out, "share");
    claim_context(out, BYTES(subject->manifest->bytes));
    claim_context(out, BYTES(sums->bytes));
    claim_context_number(out, share->index);
    claim_branch(out, 1);
    claim_equation(out, 0, &GENERATOR, share_key);
    for (size_t i = 0; i < share->point_count; i++) {
        claim_equation(out, 0, &subject->tally->alphas[i], &share->points[i]);
    }
}

struct result share_verify(const struct share_subject *subject, const struct point *share_key,
                           const struct decryption_share *share)
{
    AUTO_CLAIM claim = {0};
    struct hash32 sums;

    TRY(tally_check(subject->tally));
    REQUIRE(share->point_count == subject->tally->candidate_count, INVALID, "share.shape");
    for (size_t i = 0; i < share->point_count; i++) {
        if (point_is_identity(&share->points[i])) {
            return fail_field(INVALID, "share.edge", "份额", i + 1);
        }
    }
    share_claim(subject, share_key, share, &sums, &claim);
    const struct result verdict = proof_verify(&claim, share->proof);
    REQUIRE(verdict.failure != INVALID, INVALID, "share.proof");
    return verdict;
}
