#include "check.h"
#include "primitive/hash.h"
#include "support/items.h"
#include "support/vectors.h"

/* The label of a vector is its first part, which is text. */
static void begin_with(json_t *parts, struct hash_state *state)
{
    AUTO_BUFFER part = BUFFER_INIT;
    const char *label;
    size_t i;
    json_t *item;

    (void)item_bytes(json_array_get(parts, 0), &part);
    check_ok(buffer_terminate(&part, &label));
    hash_begin(state, label);
    json_array_foreach(parts, i, item)
    {
        if (i > 0) {
            (void)item_bytes(item, &part);
            hash_part(state, buffer_view(&part));
        }
    }
}

static void frames_parts_as_the_protocol_says(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "H"), i, vector)
    {
        HASH_STATE state;
        struct hash64 expected, whole;
        struct hash32 expected32, short_hash;
        struct scalar expected_scalar, scalar;
        struct point expected_point, point;

        vector_fixed(vector, "H", expected.bytes, sizeof expected.bytes);
        vector_fixed(vector, "H32", expected32.bytes, sizeof expected32.bytes);
        vector_fixed(vector, "Hs", expected_scalar.bytes, sizeof expected_scalar.bytes);
        vector_fixed(vector, "Hp", expected_point.bytes, sizeof expected_point.bytes);
        begin_with(vector_get(vector, "parts"), &state);
        hash_end(&state, &whole);
        begin_with(vector_get(vector, "parts"), &state);
        hash_end_32(&state, &short_hash);
        begin_with(vector_get(vector, "parts"), &state);
        hash_end_scalar(&state, &scalar);
        begin_with(vector_get(vector, "parts"), &state);
        hash_end_point(&state, &point);
        assert_memory_equal(&whole, &expected, sizeof whole);
        assert_true(hash32_equal(&short_hash, &expected32));
        assert_memory_equal(&scalar, &expected_scalar, sizeof scalar);
        assert_true(point_equal(&point, &expected_point));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void writes_numbers_as_eight_bytes(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "be64"), i, vector)
    {
        uint8_t expected[8], bytes[8];
        vector_fixed(vector, "be64", expected, sizeof expected);
        be64_put(bytes, vector_number(vector, "n"));
        assert_memory_equal(bytes, expected, sizeof bytes);
        assert_int_equal(be64_get(expected), vector_number(vector, "n"));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void tells_one_part_from_two(void **context)
{
    (void)context;
    HASH_STATE state;
    struct hash32 joined, apart;

    hash_begin(&state, "xiling/v1 test");
    hash_part(&state, LITERAL("ab"));
    hash_end_32(&state, &joined);
    hash_begin(&state, "xiling/v1 test");
    hash_part(&state, LITERAL("a"));
    hash_part(&state, LITERAL("b"));
    hash_end_32(&state, &apart);
    assert_false(hash32_equal(&joined, &apart));
}

static void feeds_typed_parts_as_their_bytes(void **context)
{
    (void)context;
    HASH_STATE state;
    struct hash32 typed, plain, filled = {{7}};
    struct scalar scalar;
    uint8_t number[8];

    scalar_from_number(5, &scalar);
    be64_put(number, 5);
    hash_begin(&state, "xiling/v1 test");
    hash_text(&state, "text");
    hash_number(&state, 5);
    hash_point(&state, &GENERATOR);
    hash_scalar(&state, &scalar);
    hash_hash(&state, &filled);
    hash_end_32(&state, &typed);
    hash_begin(&state, "xiling/v1 test");
    hash_part(&state, LITERAL("text"));
    hash_part(&state, BYTES(number));
    hash_part(&state, BYTES(GENERATOR.bytes));
    hash_part(&state, BYTES(scalar.bytes));
    hash_part(&state, BYTES(filled.bytes));
    hash_end_32(&state, &plain);
    assert_true(hash32_equal(&typed, &plain));
}

static void sha256_is_the_known_one(void **context)
{
    (void)context;
    static const uint8_t ABC[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                  0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                  0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    const struct bytes parts[] = {LITERAL("a"), EMPTY_BYTES, LITERAL("bc")};
    struct hash32 hash = sha256_of(LITERAL("abc"));

    check_bytes(BYTES(hash.bytes), BYTES(ABC));
    hash = sha256_of_parts(parts, 3);
    check_bytes(BYTES(hash.bytes), BYTES(ABC));
    check_ok(hash32_decode(BYTES(ABC), &hash));
    check_fails(hash32_decode(LITERAL("short"), &hash), MALFORMED, "hash.size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_parts_as_the_protocol_says),
        cmocka_unit_test(writes_numbers_as_eight_bytes),
        cmocka_unit_test(tells_one_part_from_two),
        cmocka_unit_test(feeds_typed_parts_as_their_bytes),
        cmocka_unit_test(sha256_is_the_known_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
