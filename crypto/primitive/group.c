#include "primitive/group.h"

#include <sodium.h>
#include <string.h>

#include "base/secret.h"

const struct point GENERATOR = {{0xe2, 0xf2, 0xae, 0x0a, 0x6a, 0xbc, 0x4e, 0x71, 0xa8, 0x84, 0xa9,
                                 0x61, 0xc5, 0x00, 0x51, 0x5f, 0x58, 0xe3, 0x0b, 0x6a, 0xa5, 0x82,
                                 0xdd, 0x8d, 0xb6, 0xa6, 0x59, 0x45, 0xe0, 0x8d, 0x2d, 0x76}};
const struct point IDENTITY = {{0}};

void scalar_wipe(struct scalar *scalar)
{
    secret_wipe(scalar, sizeof *scalar);
}

void point_wipe(struct point *point)
{
    secret_wipe(point, sizeof *point);
}

/* libsodium does not check scalars: canonical is what equals its own reduction. */
struct result scalar_decode(struct bytes bytes, struct scalar *out)
{
    SECRET_SCALAR reduced;
    uint8_t wide[WIDE_SIZE] = {0};

    REQUIRE(bytes.size == SCALAR_SIZE, MALFORMED, "scalar.size");
    memcpy(wide, bytes.data, SCALAR_SIZE);
    scalar_reduce(wide, &reduced);
    secret_wipe(wide, sizeof wide);
    REQUIRE(secret_equal(BYTES(reduced.bytes), bytes), INVALID, "scalar.canonical");
    REQUIRE(!scalar_is_zero(&reduced), INVALID, "scalar.zero");
    *out = reduced;
    return OK;
}

void scalar_reduce(const uint8_t wide[static WIDE_SIZE], struct scalar *out)
{
    crypto_core_ristretto255_scalar_reduce(out->bytes, wide);
}

void scalar_random(struct scalar *out)
{
    crypto_core_ristretto255_scalar_random(out->bytes);
}

void scalar_from_number(uint64_t number, struct scalar *out)
{
    memset(out->bytes, 0, sizeof out->bytes);
    for (size_t i = 0; i < 8; i++) {
        out->bytes[i] = (uint8_t)(number >> 8 * i & 0xff);
    }
}

void scalar_from_challenge(const uint8_t challenge[static 16], struct scalar *out)
{
    memset(out->bytes, 0, sizeof out->bytes);
    memcpy(out->bytes, challenge, 16);
}

void scalar_add(const struct scalar *a, const struct scalar *b, struct scalar *out)
{
    crypto_core_ristretto255_scalar_add(out->bytes, a->bytes, b->bytes);
}

void scalar_sub(const struct scalar *a, const struct scalar *b, struct scalar *out)
{
    crypto_core_ristretto255_scalar_sub(out->bytes, a->bytes, b->bytes);
}

void scalar_multiply(const struct scalar *a, const struct scalar *b, struct scalar *out)
{
    crypto_core_ristretto255_scalar_mul(out->bytes, a->bytes, b->bytes);
}

void scalar_negate(const struct scalar *a, struct scalar *out)
{
    crypto_core_ristretto255_scalar_negate(out->bytes, a->bytes);
}

struct result scalar_invert(const struct scalar *a, struct scalar *out)
{
    REQUIRE(crypto_core_ristretto255_scalar_invert(out->bytes, a->bytes) == 0, INTERNAL,
            "group.invert");
    return OK;
}

bool scalar_is_zero(const struct scalar *a)
{
    return sodium_is_zero(a->bytes, sizeof a->bytes) == 1;
}

void scalar_select(uint64_t mask, const struct scalar *if_set, const struct scalar *if_clear,
                   struct scalar *out)
{
    mask_select(mask, if_set, if_clear, out, sizeof *out);
}

struct result point_decode(struct bytes bytes, struct point *out)
{
    TRY(point_decode_any(bytes, out));
    REQUIRE(!point_is_identity(out), INVALID, "point.identity");
    return OK;
}

struct result point_decode_any(struct bytes bytes, struct point *out)
{
    REQUIRE(bytes.size == POINT_SIZE, MALFORMED, "point.size");
    /* libsodium 1.0.18 ignores the top bit: with it, each point would have a second encoding, and
     * a member a second tag. */
    REQUIRE(bytes.data[POINT_SIZE - 1] < 0x80 &&
                crypto_core_ristretto255_is_valid_point(bytes.data) == 1,
            INVALID, "point.canonical");
    memcpy(out->bytes, bytes.data, POINT_SIZE);
    return OK;
}

bool point_is_identity(const struct point *a)
{
    return sodium_is_zero(a->bytes, sizeof a->bytes) == 1;
}

bool point_equal(const struct point *a, const struct point *b)
{
    return bytes_equal(BYTES(a->bytes), BYTES(b->bytes));
}

struct result point_add(const struct point *a, const struct point *b, struct point *out)
{
    REQUIRE(crypto_core_ristretto255_add(out->bytes, a->bytes, b->bytes) == 0, INTERNAL,
            "group.add");
    return OK;
}

struct result point_sub(const struct point *a, const struct point *b, struct point *out)
{
    REQUIRE(crypto_core_ristretto255_sub(out->bytes, a->bytes, b->bytes) == 0, INTERNAL,
            "group.sub");
    return OK;
}

struct result point_multiply(const struct scalar *scalar, const struct point *point,
                             struct point *out)
{
    REQUIRE(crypto_scalarmult_ristretto255(out->bytes, scalar->bytes, point->bytes) == 0, INTERNAL,
            "group.multiply");
    return OK;
}

struct result point_base_multiply(const struct scalar *scalar, struct point *out)
{
    REQUIRE(crypto_scalarmult_ristretto255_base(out->bytes, scalar->bytes) == 0, INTERNAL,
            "group.multiply");
    return OK;
}

void point_from_hash(const uint8_t wide[static WIDE_SIZE], struct point *out)
{
    (void)crypto_core_ristretto255_from_hash(out->bytes, wide);
}

void point_select(uint64_t mask, const struct point *if_set, const struct point *if_clear,
                  struct point *out)
{
    mask_select(mask, if_set, if_clear, out, sizeof *out);
}
