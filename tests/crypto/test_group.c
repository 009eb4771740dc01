#include "base/secret.h"
#include "check.h"
#include "primitive/group.h"
#include "support/items.h"
#include "support/vectors.h"

/* l, the order of the group, little-endian. */
static const uint8_t ORDER[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                  0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

static void refuses_encodings_that_rfc_9496_refuses(void **context)
{
    (void)context;
    json_t *root = vectors_open("ristretto255.json");
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(root, "must_reject_encodings"), i, item)
    {
        uint8_t bytes[32];
        struct point point;
        item_fixed(item, bytes, sizeof bytes);
        check_fails(point_decode(BYTES(bytes), &point), INVALID, "point.canonical");
        check_fails(point_decode_any(BYTES(bytes), &point), INVALID, "point.canonical");
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void maps_hashes_to_points_as_rfc_9496(void **context)
{
    (void)context;
    json_t *root = vectors_open("ristretto255.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "hash_to_group"), i, vector)
    {
        uint8_t wide[64];
        struct point expected, point;
        vector_fixed(vector, "uniform", wide, sizeof wide);
        vector_fixed(vector, "element", expected.bytes, sizeof expected.bytes);
        point_from_hash(wide, &point);
        assert_true(point_equal(&point, &expected));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void takes_the_identity_only_where_it_may_stand(void **context)
{
    (void)context;
    struct point point;

    check_fails(point_decode(BYTES(IDENTITY.bytes), &point), INVALID, "point.identity");
    check_ok(point_decode_any(BYTES(IDENTITY.bytes), &point));
    assert_true(point_is_identity(&point));
    check_ok(point_decode(BYTES(GENERATOR.bytes), &point));
    check_fails(point_decode(LITERAL("short"), &point), MALFORMED, "point.size");
}

/* libsodium 1.0.18 takes the top bit for nothing: a tag with it would be a second tag. */
static void refuses_a_point_with_its_top_bit_set(void **context)
{
    (void)context;
    for (size_t i = 0; i < 32; i++) {
        struct scalar scalar;
        struct point point, out;

        scalar_random(&scalar);
        check_ok(point_base_multiply(&scalar, &point));
        check_ok(point_decode(BYTES(point.bytes), &out));
        point.bytes[POINT_SIZE - 1] |= 0x80;
        check_fails(point_decode(BYTES(point.bytes), &out), INVALID, "point.canonical");
        check_fails(point_decode_any(BYTES(point.bytes), &out), INVALID, "point.canonical");
    }
}

static void scalars_run_from_1_to_l_minus_1(void **context)
{
    (void)context;
    uint8_t bytes[32];
    struct scalar scalar;

    memcpy(bytes, ORDER, sizeof bytes);
    check_fails(scalar_decode(BYTES(bytes), &scalar), INVALID, "scalar.canonical");
    bytes[0]++; /* l + 1 */
    check_fails(scalar_decode(BYTES(bytes), &scalar), INVALID, "scalar.canonical");
    bytes[0] -= 2; /* l - 1 */
    check_ok(scalar_decode(BYTES(bytes), &scalar));
    memset(bytes, 0, sizeof bytes);
    check_fails(scalar_decode(BYTES(bytes), &scalar), INVALID, "scalar.zero");
    bytes[0] = 1;
    check_ok(scalar_decode(BYTES(bytes), &scalar));
    bytes[31] = 0x80; /* the top bit, which libsodium ignores */
    check_fails(scalar_decode(BYTES(bytes), &scalar), INVALID, "scalar.canonical");
    check_fails(scalar_decode(LITERAL("short"), &scalar), MALFORMED, "scalar.size");
}

static void arithmetic_obeys_its_laws(void **context)
{
    (void)context;
    struct scalar a, b, sum, product, inverse, one;
    struct point at_a, at_b, at_sum, added, back, at_product;

    scalar_random(&a);
    scalar_random(&b);
    scalar_from_number(1, &one);
    scalar_add(&a, &b, &sum);
    scalar_multiply(&a, &b, &product);
    check_ok(point_base_multiply(&a, &at_a));
    check_ok(point_base_multiply(&b, &at_b));
    check_ok(point_base_multiply(&sum, &at_sum));
    check_ok(point_add(&at_a, &at_b, &added));
    assert_true(point_equal(&added, &at_sum));
    check_ok(point_sub(&added, &at_b, &back));
    assert_true(point_equal(&back, &at_a));
    check_ok(point_multiply(&b, &at_a, &at_product));
    check_ok(point_base_multiply(&product, &back));
    assert_true(point_equal(&back, &at_product));
    check_ok(scalar_invert(&a, &inverse));
    scalar_multiply(&a, &inverse, &product);
    assert_memory_equal(&product, &one, sizeof one);
    scalar_sub(&sum, &b, &sum);
    assert_memory_equal(&sum, &a, sizeof a);
    scalar_negate(&a, &b);
    scalar_add(&a, &b, &sum);
    assert_true(scalar_is_zero(&sum));
    assert_false(scalar_is_zero(&a));
}

static void reaches_the_identity_by_subtraction_only(void **context)
{
    (void)context;
    struct point zero;
    struct scalar nothing = {{0}};

    check_ok(point_sub(&GENERATOR, &GENERATOR, &zero));
    assert_true(point_is_identity(&zero));
    check_fails(point_multiply(&nothing, &GENERATOR, &zero), INTERNAL, "group.multiply");
    check_fails(point_base_multiply(&nothing, &zero), INTERNAL, "group.multiply");
    check_fails(scalar_invert(&nothing, &nothing), INTERNAL, "group.invert");
}

static void one_times_the_generator_is_the_generator(void **context)
{
    (void)context;
    struct scalar one, number;
    struct point point;
    const uint8_t challenge[16] = {0x34, 0x12};

    scalar_from_number(1, &one);
    check_ok(point_base_multiply(&one, &point));
    assert_true(point_equal(&point, &GENERATOR));
    scalar_from_number(0x1234, &one);
    scalar_from_challenge(challenge, &number);
    assert_memory_equal(&number, &one, sizeof one);
}

static void masks_choose_without_branching(void **context)
{
    (void)context;
    struct point point = IDENTITY;
    struct scalar one, two, chosen;

    scalar_from_number(1, &one);
    scalar_from_number(2, &two);
    assert_true(mask_equal(5, 5) == UINT64_MAX);
    assert_true(mask_equal(5, 4) == 0);
    assert_true(mask_equal(UINT64_C(1) << 63, 0) == 0);
    point_select(mask_equal(1, 1), &GENERATOR, &point, &point);
    assert_true(point_equal(&point, &GENERATOR));
    point_select(mask_equal(1, 2), &IDENTITY, &point, &point);
    assert_true(point_equal(&point, &GENERATOR));
    scalar_select(UINT64_MAX, &one, &two, &chosen);
    assert_memory_equal(&chosen, &one, sizeof one);
    scalar_select(0, &one, &two, &chosen);
    assert_memory_equal(&chosen, &two, sizeof two);
}

static void wipes_what_is_secret(void **context)
{
    (void)context;
    struct scalar scalar;
    struct point point = GENERATOR;

    scalar_random(&scalar);
    scalar_wipe(&scalar);
    assert_true(scalar_is_zero(&scalar));
    point_wipe(&point);
    assert_true(point_is_identity(&point));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_encodings_that_rfc_9496_refuses),
        cmocka_unit_test(maps_hashes_to_points_as_rfc_9496),
        cmocka_unit_test(takes_the_identity_only_where_it_may_stand),
        cmocka_unit_test(refuses_a_point_with_its_top_bit_set),
        cmocka_unit_test(scalars_run_from_1_to_l_minus_1),
        cmocka_unit_test(arithmetic_obeys_its_laws),
        cmocka_unit_test(reaches_the_identity_by_subtraction_only),
        cmocka_unit_test(one_times_the_generator_is_the_generator),
        cmocka_unit_test(masks_choose_without_branching),
        cmocka_unit_test(wipes_what_is_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
