#include "protocol/trustee.h"

#include <sodium.h>
#include <string.h>

#include "primitive/hash.h"
#include "primitive/proof.h"
#include "protocol/dealing_claim.h"

/* A trustee's polynomial. */
struct polynomial {
    struct scalar coefficients[TRUSTEES_MAX];
    size_t count;
};

#define SECRET_POLYNOMIAL __attribute__((cleanup(polynomial_wipe))) struct polynomial

static void polynomial_wipe(struct polynomial *polynomial)
{
    secret_wipe(polynomial, sizeof *polynomial);
}

void trustee_coefficient(const struct ceremony *ceremony, const struct trustee *trustee, uint64_t k,
                         struct scalar *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 coefficient");
    hash_part(&state, BYTES(trustee->secret->bytes));
    hash_hash(&state, &ceremony->hash);
    hash_number(&state, trustee->index);
    hash_number(&state, k);
    hash_end_scalar(&state, out);
}

/* BLAKE2b-256 keyed with the trustee secret, so that a dealing can be made again. */
struct result trustee_ephemeral(const struct ceremony *ceremony, const struct trustee *trustee,
                                uint64_t reader, struct secret32 *out)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 share key");
    hash_hash(&state, &ceremony->hash);
    hash_number(&state, trustee->index);
    hash_number(&state, reader);
    hash_end_32(&state, &hash);
    REQUIRE(crypto_generichash(out->bytes, sizeof out->bytes, hash.bytes, sizeof hash.bytes,
                               trustee->secret->bytes, sizeof trustee->secret->bytes) == 0,
            INTERNAL, "dealing.ephemeral");
    return OK;
}

static void derive_polynomial(const struct ceremony *ceremony, const struct trustee *trustee,
                              struct polynomial *out)
{
    out->count = (size_t)ceremony->threshold;
    for (size_t k = 0; k < out->count; k++) {
        trustee_coefficient(ceremony, trustee, k, &out->coefficients[k]);
    }
}

/* f(place), by Horner. */
static void evaluate(const struct polynomial *polynomial, uint64_t place, struct scalar *out)
{
    struct scalar x;

    scalar_from_number(place, &x);
    memset(out, 0, sizeof *out);
    for (size_t k = polynomial->count; k-- > 0;) {
        scalar_multiply(out, &x, out);
        scalar_add(out, &polynomial->coefficients[k], out);
    }
}

void trustee_share_plain(const struct ceremony *ceremony, const struct trustee *trustee,
                         uint64_t reader, uint8_t out[static SHARE_PLAIN_BYTES])
{
    SECRET_POLYNOMIAL polynomial;
    SECRET_SCALAR value;

    derive_polynomial(ceremony, trustee, &polynomial);
    evaluate(&polynomial, reader, &value);
    share_plain(ceremony, trustee->index, reader, &value, out);
}

/* That a secret is not zero is no secret: an honest run never sees it. */
static struct result require_not_zero(const struct scalar *scalar, const char *rule)
{
    const bool is_zero = scalar_is_zero(scalar);

    secret_publish(&is_zero, sizeof is_zero);
    REQUIRE(!is_zero, INVALID, rule);
    return OK;
}

static struct result commit(const struct polynomial *polynomial, struct dealing *out)
{
    for (size_t k = 0; k < polynomial->count; k++) {
        TRY(require_not_zero(&polynomial->coefficients[k], "dealing.edge"));
        TRY(point_base_multiply(&polynomial->coefficients[k], &out->commitments[k]));
    }
    secret_publish(out->commitments, sizeof out->commitments);
    return OK;
}

static struct result seal_share(const struct ceremony *ceremony, const struct trustee *trustee,
                                const struct scalar *value, const struct box_public *reader_key,
                                struct sealed_share *out, uint64_t reader)
{
    __attribute__((cleanup(buffer_wipe))) struct buffer plain = BUFFER_INIT;
    AUTO_BUFFER sealed = BUFFER_INIT;
    SECRET_32 ephemeral;

    TRY(require_not_zero(value, "dealing.edge"));
    TRY(buffer_reserve(&plain, SHARE_PLAIN_BYTES));
    share_plain(ceremony, trustee->index, reader, value, plain.data);
    plain.size = SHARE_PLAIN_BYTES;
    TRY(trustee_ephemeral(ceremony, trustee, reader, &ephemeral));
    TRY(box_seal(buffer_view(&plain), reader_key, &ephemeral, &sealed));
    memcpy(out->bytes, sealed.data, SEALED_SHARE_BYTES);
    return OK;
}

struct result trustee_deal(const struct ceremony *ceremony, const struct trustee *trustee,
                           const struct box_public readers[], const uint8_t fresh[static 32],
                           struct dealing *out)
{
    SECRET_POLYNOMIAL polynomial;
    SECRET_SCALAR value;
    AUTO_CLAIM claim = {0};
    AUTO_BUFFER proof = BUFFER_INIT;

    *out = (struct dealing){.index = trustee->index};
    derive_polynomial(ceremony, trustee, &polynomial);
    TRY(commit(&polynomial, out));
    dealing_claim(ceremony, out, &claim);
    TRY(proof_prove_plain(&claim, polynomial.coefficients, fresh, &proof));
    memcpy(out->proof, proof.data, dealing_proof_size(ceremony));
    for (size_t j = 0; j < ceremony->trustee_count; j++) {
        evaluate(&polynomial, j + 1, &value);
        TRY(seal_share(ceremony, trustee, &value, &readers[j], &out->sealed[j], j + 1));
    }
    return OK;
}

struct result trustee_open(const struct ceremony *ceremony, const struct trustee *trustee,
                           const struct dealing *dealing, struct scalar *out)
{
    SECRET_BUFFER plain = BUFFER_INIT;
    const struct sealed_share *const sealed = &dealing->sealed[trustee->index - 1];
    const struct result opened = box_open(BYTES(sealed->bytes), trustee->box, &plain);

    if (opened.failure == INVALID) {
        return fail_field(INVALID, "share.sealed", NULL, dealing->index);
    }
    TRY(opened);
    struct result fits = share_fits(ceremony, dealing, trustee->index, buffer_view(&plain), out);
    fits.at = is_ok(fits) ? 0 : dealing->index;
    return fits;
}

struct result trustee_share_key(const struct ceremony *ceremony, const struct trustee *trustee,
                                const struct dealing dealings[], struct scalar *out)
{
    SECRET_SCALAR share;
    SECRET_SCALAR sum = {{0}};

    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        TRY(trustee_open(ceremony, trustee, &dealings[i], &share));
        scalar_add(&sum, &share, &sum);
    }
    TRY(require_not_zero(&sum, "ceremony.edge"));
    *out = sum;
    return OK;
}

struct result trustee_rehearse(const struct ceremony *ceremony, uint64_t index,
                               const struct scalar *share_key, const uint8_t fresh[static 32],
                               struct rehearsal *out)
{
    AUTO_CLAIM claim = {0};
    AUTO_BUFFER proof = BUFFER_INIT;
    struct point base, public_key;

    *out = (struct rehearsal){.index = index};
    rehearsal_base(ceremony, &base);
    TRY(point_multiply(share_key, &base, &out->point));
    TRY(point_base_multiply(share_key, &public_key));
    secret_publish(&out->point, sizeof out->point);
    secret_publish(&public_key, sizeof public_key);
    rehearsal_claim(ceremony, &public_key, out, &claim);
    TRY(proof_prove_plain(&claim, share_key, fresh, &proof));
    memcpy(out->proof, proof.data, REHEARSAL_PROOF_BYTES);
    return OK;
}

struct result trustee_decrypt(const struct share_subject *subject, uint64_t index,
                              const struct scalar *share_key, const uint8_t fresh[static 32],
                              struct opened_share *out)
{
    const struct tally *const tally = subject->tally;
    AUTO_CLAIM claim = {0};
    struct hash32 sums;
    struct point public_key;

    TRY(tally_check(tally));
    buffer_clear(&out->proof);
    for (size_t i = 0; i < tally->candidate_count; i++) {
        TRY(point_multiply(share_key, &tally->alphas[i], &out->points[i]));
    }
    TRY(point_base_multiply(share_key, &public_key));
    secret_publish(out->points, sizeof out->points);
    secret_publish(&public_key, sizeof public_key);
    const struct decryption_share share = {index, out->points, tally->candidate_count, EMPTY_BYTES};
    share_claim(subject, &public_key, &share, &sums, &claim);
    return proof_prove_plain(&claim, share_key, fresh, &out->proof);
}
