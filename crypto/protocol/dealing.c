#include "protocol/dealing.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/claim.h"
#include "primitive/proof.h"
#include "protocol/dealing_claim.h"
#include "protocol/interpolation.h"

static const struct field_type FIELDS[] = {
    FIELD_ONE("密钥仪式", KIND_HASH),  FIELD_ONE("序号", KIND_NUMBER),
    FIELD_ANY("承诺", KIND_POINT),     FIELD_ONE("证明", KIND_PROOF),
    FIELD_ANY("密封份额", KIND_PROOF),
};

const struct statement_type DEALING_TYPE = {"trustee.deal", FIELDS,
                                            sizeof FIELDS / sizeof FIELDS[0]};

static struct result bad_shape(const char *label, size_t line)
{
    return fail_field(MALFORMED, "dealing.shape", label, line);
}

size_t dealing_proof_size(const struct ceremony *ceremony)
{
    return 16 + 64 * (size_t)ceremony->threshold;
}

struct result dealing_print(const struct ceremony *ceremony, const struct dealing *dealing,
                            struct buffer *out)
{
    TRY(statement_begin(out, DEALING_TYPE.name, ceremony->origin));
    TRY(statement_add_bytes(out, "密钥仪式", BYTES(ceremony->hash.bytes)));
    TRY(statement_add_number(out, "序号", dealing->index));
    for (size_t k = 0; k < ceremony->threshold; k++) {
        TRY(statement_add_bytes(out, "承诺", BYTES(dealing->commitments[k].bytes)));
    }
    TRY(statement_add_bytes(out, "证明",
                            (struct bytes){dealing->proof, dealing_proof_size(ceremony)}));
    for (size_t j = 0; j < ceremony->trustee_count; j++) {
        TRY(statement_add_bytes(out, "密封份额", BYTES(dealing->sealed[j].bytes)));
    }
    return OK;
}

static struct result read_head(const struct ceremony *ceremony, const struct statement *statement,
                               struct dealing *out)
{
    struct hash32 hash;

    TRY(statement_hash(statement, "密钥仪式", &hash));
    TRY(statement_number(statement, "序号", &out->index));
    if (!hash32_equal(&hash, &ceremony->hash)) {
        return bad_shape("密钥仪式", 0);
    }
    if (out->index < 1 || out->index > ceremony->trustee_count) {
        return bad_shape("序号", 0);
    }
    return OK;
}

static struct result read_values(const struct ceremony *ceremony, const struct statement *statement,
                                 struct dealing *out)
{
    if (statement_count(statement, "承诺") != ceremony->threshold) {
        return bad_shape("承诺", 0);
    }
    for (size_t k = 0; k < ceremony->threshold; k++) {
        TRY(statement_point(statement, "承诺", k, &out->commitments[k]));
    }
    if (!is_ok(statement_fixed(statement, "证明", 0, out->proof, dealing_proof_size(ceremony)))) {
        return bad_shape("证明", 0);
    }
    if (statement_count(statement, "密封份额") != ceremony->trustee_count) {
        return bad_shape("密封份额", 0);
    }
    for (size_t j = 0; j < ceremony->trustee_count; j++) {
        if (!is_ok(statement_fixed(statement, "密封份额", j, out->sealed[j].bytes,
                                   SEALED_SHARE_BYTES))) {
            return bad_shape("密封份额", j + 1);
        }
    }
    return OK;
}

struct result dealing_parse(const struct ceremony *ceremony, struct bytes text, struct dealing *out)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    *out = (struct dealing){0};
    TRY(statement_parse_text(text, &statement));
    TRY(statement_check(&statement, &DEALING_TYPE, ceremony->origin));
    TRY(read_head(ceremony, &statement, out));
    return read_values(ceremony, &statement, out);
}

void dealing_claim(const struct ceremony *ceremony, const struct dealing *dealing,
                   struct claim *out)
{
    claim_begin(out, "dealing");
    claim_context(out, BYTES(ceremony->hash.bytes));
    claim_context_number(out, dealing->index);
    claim_branch(out, (size_t)ceremony->threshold);
    for (size_t k = 0; k < ceremony->threshold; k++) {
        claim_equation(out, k, &GENERATOR, &dealing->commitments[k]);
    }
}

struct result dealing_verify(const struct ceremony *ceremony, const struct dealing *dealing)
{
    AUTO_CLAIM claim = {0};
    struct result verdict;

    for (size_t k = 0; k < ceremony->threshold; k++) {
        if (point_is_identity(&dealing->commitments[k])) {
            return fail_field(INVALID, "dealing.edge", "承诺", k + 1);
        }
    }
    dealing_claim(ceremony, dealing, &claim);
    verdict = proof_verify(&claim, (struct bytes){dealing->proof, dealing_proof_size(ceremony)});
    if (verdict.failure == INVALID) {
        return fail_field(INVALID, "dealing.proof", "证明", 0);
    }
    return verdict;
}

struct result dealing_value(const struct ceremony *ceremony, const struct dealing *dealing,
                            uint64_t place, struct point *out)
{
    struct scalar x, power;

    *out = IDENTITY;
    scalar_from_number(place, &x);
    scalar_from_number(1, &power);
    for (size_t k = 0; k < ceremony->threshold; k++) {
        TRY(point_accumulate(&power, &dealing->commitments[k], out));
        scalar_multiply(&power, &x, &power);
    }
    return OK;
}

void dealings_hash(const struct hash32 texts[], size_t count, struct hash32 *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 dealings");
    for (size_t i = 0; i < count; i++) {
        hash_hash(&state, &texts[i]);
    }
    hash_end_32(&state, out);
}

struct result dealings_election_key(const struct ceremony *ceremony,
                                    const struct dealing dealings[], struct point *out)
{
    *out = IDENTITY;
    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        TRY(point_add(out, &dealings[i].commitments[0], out));
    }
    REQUIRE(!point_is_identity(out), INVALID, "ceremony.edge");
    return OK;
}

struct result dealings_share_key(const struct ceremony *ceremony, const struct dealing dealings[],
                                 uint64_t index, struct point *out)
{
    struct point value;

    *out = IDENTITY;
    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        TRY(dealing_value(ceremony, &dealings[i], index, &value));
        TRY(point_add(out, &value, out));
    }
    REQUIRE(!point_is_identity(out), INVALID, "ceremony.edge");
    return OK;
}

void share_plain(const struct ceremony *ceremony, uint64_t dealer, uint64_t reader,
                 const struct scalar *value, uint8_t out[static SHARE_PLAIN_BYTES])
{
    memcpy(out, ceremony->hash.bytes, 32);
    be64_put(out + 32, dealer);
    be64_put(out + 40, reader);
    memcpy(out + 48, value->bytes, SCALAR_SIZE);
}

struct result share_fits(const struct ceremony *ceremony, const struct dealing *dealing,
                         uint64_t reader, struct bytes plain, struct scalar *value)
{
    uint8_t head[SHARE_PLAIN_BYTES] = {0};
    struct point image, expected;
    const struct scalar none = {{0}};

    share_plain(ceremony, dealing->index, reader, &none, head);
    REQUIRE(plain.size == SHARE_PLAIN_BYTES && memcmp(plain.data, head, 48) == 0, INVALID,
            "share.value");
    if (!is_ok(scalar_decode(bytes_slice(plain, 48, SCALAR_SIZE), value))) {
        return fail(INVALID, "share.value");
    }
    TRY(point_base_multiply(value, &image));
    TRY(dealing_value(ceremony, dealing, reader, &expected));
    REQUIRE(point_equal(&image, &expected), INVALID, "share.value");
    return OK;
}

struct result complaint_judge(const struct ceremony *ceremony, const struct dealing *dealing,
                              const struct complaint *complaint, enum complaint_fault *out)
{
    SECRET_SCALAR value;
    AUTO_BUFFER sealed = BUFFER_INIT;
    const struct bytes published = BYTES(complaint->published);
    const uint64_t reader = complaint->complainer;

    *out = FAULT_OF_DEALER;
    REQUIRE(reader >= 1 && reader <= ceremony->trustee_count, INTERNAL, "complaint.index");
    const struct result fits = share_fits(ceremony, dealing, reader, published, &value);
    if (!is_ok(fits)) {
        return fits.failure == INVALID ? OK : fits;
    }
    /* A secret with which nothing can be sealed is the dealer's fault, too. */
    const struct result again =
        box_seal(published, &complaint->complainer_key, &complaint->ephemeral, &sealed);
    if (!is_ok(again)) {
        return again.failure == OUT_OF_MEMORY ? again : OK;
    }
    if (bytes_equal(buffer_view(&sealed), BYTES(dealing->sealed[reader - 1].bytes))) {
        *out = FAULT_OF_COMPLAINER;
    }
    return OK;
}
