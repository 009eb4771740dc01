#include "protocol/tally.h"

#include "protocol/decoder.h"
#include "protocol/interpolation.h"
#include "protocol/share.h"

void tally_begin(size_t candidate_count, struct tally *out)
{
    out->ballots = 0;
    out->candidate_count = candidate_count;
    for (size_t i = 0; i < candidate_count; i++) {
        out->alphas[i] = IDENTITY;
        out->betas[i] = IDENTITY;
    }
}

struct result tally_add(const struct election *election, const struct ballot *ballot,
                        struct tally *tally)
{
    REQUIRE(tally->candidate_count == election->candidate_count, INTERNAL, "tally.candidates");
    for (size_t i = 0; i < tally->candidate_count; i++) {
        const struct point alpha = ballot_alpha(election, ballot, i);
        const struct point beta = ballot_beta(election, ballot, i);
        TRY(point_add(&tally->alphas[i], &alpha, &tally->alphas[i]));
        TRY(point_add(&tally->betas[i], &beta, &tally->betas[i]));
    }
    tally->ballots++;
    return OK;
}

struct result tally_merge(const struct tally *part, struct tally *tally)
{
    REQUIRE(tally->candidate_count == part->candidate_count, INTERNAL, "tally.candidates");
    for (size_t i = 0; i < tally->candidate_count; i++) {
        TRY(point_add(&tally->alphas[i], &part->alphas[i], &tally->alphas[i]));
        TRY(point_add(&tally->betas[i], &part->betas[i], &tally->betas[i]));
    }
    tally->ballots += part->ballots;
    return OK;
}

/* A trustee multiplies α, and the equations of the share name it: it must be no identity. */
struct result tally_check(const struct tally *tally)
{
    for (size_t i = 0; i < tally->candidate_count; i++) {
        if (point_is_identity(&tally->alphas[i])) {
            return fail_field(INVALID, "tally.sums", NULL, i + 1);
        }
    }
    return OK;
}

void tally_sums_hash(const struct hash32 *manifest, const struct tally *tally, struct hash32 *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 sums");
    hash_hash(&state, manifest);
    hash_number(&state, tally->ballots);
    for (size_t i = 0; i < tally->candidate_count; i++) {
        hash_point(&state, &tally->alphas[i]);
        hash_point(&state, &tally->betas[i]);
    }
    hash_end_32(&state, out);
}

/* Lambda of each share; fails unless the shares are of different trustees. */
static struct result weigh_shares(const struct decryption_share shares[], size_t count,
                                  struct scalar weights[])
{
    uint64_t indices[TRUSTEES_MAX];

    REQUIRE(count >= 1 && count <= TRUSTEES_MAX, INVALID, "tally.shares");
    for (size_t i = 0; i < count; i++) {
        indices[i] = shares[i].index;
        for (size_t k = 0; k < i; k++) {
            REQUIRE(indices[k] != indices[i], INVALID, "tally.shares");
        }
    }
    for (size_t i = 0; i < count; i++) {
        TRY(lagrange(indices, count, i, &weights[i]));
    }
    return OK;
}

struct result tally_combine(const struct tally *tally, const struct decryption_share *shares,
                            size_t threshold, struct point totals[])
{
    struct scalar weights[TRUSTEES_MAX];

    TRY(weigh_shares(shares, threshold, weights));
    for (size_t i = 0; i < tally->candidate_count; i++) {
        struct point mask = IDENTITY;
        for (size_t k = 0; k < threshold; k++) {
            REQUIRE(shares[k].point_count == tally->candidate_count, INVALID, "tally.shares");
            TRY(point_accumulate(&weights[k], &shares[k].points[i], &mask));
        }
        TRY(point_sub(&tally->betas[i], &mask, &totals[i]));
    }
    return OK;
}

struct result tally_decode(size_t grade_count, uint64_t ballots, const struct point totals[],
                           size_t candidate_count, struct tally_counts out[])
{
    AUTO_DECODER decoder = {0};

    TRY(decoder_begin(grade_count, ballots, &decoder));
    for (size_t i = 0; i < candidate_count; i++) {
        bool is_found = false;
        TRY(decoder_find(&decoder, &totals[i], out[i].votes, &is_found));
        if (!is_found) {
            return fail_field(INVALID, "tally.counts", NULL, i + 1);
        }
    }
    return OK;
}
