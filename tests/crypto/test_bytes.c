/* covers: bytes, secret */
#include "base/bytes.h"
#include "base/secret.h"
#include "check.h"

static void a_buffer_grows_and_keeps_its_bytes(void **context)
{
    (void)context;
    AUTO_BUFFER buffer = BUFFER_INIT;

    for (int i = 0; i < 1000; i++) {
        check_ok(buffer_append_text(&buffer, "ab"));
    }
    assert_int_equal(buffer.size, 2000);
    for (size_t i = 0; i < buffer.size; i++) {
        assert_int_equal(buffer.data[i], i % 2 == 0 ? 'a' : 'b');
    }
    buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_true(buffer.capacity >= 2000);
}

static void refuses_more_than_there_can_be(void **context)
{
    (void)context;
    AUTO_BUFFER buffer = BUFFER_INIT;

    check_ok(buffer_append_text(&buffer, "kept"));
    check_fails(buffer_reserve(&buffer, SIZE_MAX), OUT_OF_MEMORY, "memory");
    check_bytes(buffer_view(&buffer), LITERAL("kept"));
}

static void prints_numbers_and_ends_texts(void **context)
{
    (void)context;
    AUTO_BUFFER buffer = BUFFER_INIT;
    const char *text;

    check_ok(buffer_append_decimal(&buffer, 0));
    check_ok(buffer_append_decimal(&buffer, UINT64_MAX));
    check_ok(buffer_terminate(&buffer, &text));
    assert_string_equal(text, "018446744073709551615");
    assert_int_equal(buffer.size, 21);
}

static void slices_never_leave_their_view(void **context)
{
    (void)context;
    const struct bytes text = LITERAL("abcdef");

    check_bytes(bytes_slice(text, 2, 3), LITERAL("cde"));
    check_bytes(bytes_slice(text, 4, 9), LITERAL("ef"));
    assert_int_equal(bytes_slice(text, 6, 1).size, 0);
    assert_int_equal(bytes_slice(text, SIZE_MAX, SIZE_MAX).size, 0);
}

static void compares_as_memcmp_does(void **context)
{
    (void)context;

    assert_true(bytes_compare(LITERAL("a"), LITERAL("b")) < 0);
    assert_true(bytes_compare(LITERAL("ab"), LITERAL("a")) > 0);
    assert_true(bytes_compare(LITERAL("a"), LITERAL("a")) == 0);
    assert_true(bytes_compare(EMPTY_BYTES, LITERAL("a")) < 0);
    assert_true(bytes_equal(EMPTY_BYTES, EMPTY_BYTES));
    assert_true(bytes_is(LITERAL("abc"), "abc"));
    assert_false(bytes_is(LITERAL("abc"), "ab"));
    assert_true(bytes_starts_with(LITERAL("abc"), LITERAL("ab")));
    assert_false(bytes_starts_with(LITERAL("a"), LITERAL("ab")));
}

static void integers_are_big_endian(void **context)
{
    (void)context;
    uint8_t bytes[8];

    be64_put(bytes, UINT64_C(0x0102030405060708));
    assert_int_equal(bytes[0], 1);
    assert_int_equal(bytes[7], 8);
    assert_true(be64_get(bytes) == UINT64_C(0x0102030405060708));
    be16_put(bytes, 0xfffe);
    assert_int_equal(bytes[1], 0xfe);
    assert_int_equal(be16_get(bytes), 0xfffe);
}

static void secrets_are_compared_chosen_and_wiped(void **context)
{
    (void)context;
    struct secret32 a, b;
    uint8_t chosen[2];
    const uint8_t set[2] = {0xaa, 0x01}, clear[2] = {0x55, 0x02};
    static const struct secret32 ZERO;

    secret_random(&a, sizeof a);
    b = a;
    assert_true(secret_equal(BYTES(a.bytes), BYTES(b.bytes)));
    b.bytes[31] ^= 1;
    assert_false(secret_equal(BYTES(a.bytes), BYTES(b.bytes)));
    assert_false(secret_equal(BYTES(a.bytes), LITERAL("short")));
    mask_select(UINT64_MAX, set, clear, chosen, 2);
    assert_memory_equal(chosen, set, 2);
    mask_select(0, set, clear, chosen, 2);
    assert_memory_equal(chosen, clear, 2);
    secret32_wipe(&a);
    assert_memory_equal(&a, &ZERO, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows_and_keeps_its_bytes),
        cmocka_unit_test(refuses_more_than_there_can_be),
        cmocka_unit_test(prints_numbers_and_ends_texts),
        cmocka_unit_test(slices_never_leave_their_view),
        cmocka_unit_test(compares_as_memcmp_does),
        cmocka_unit_test(integers_are_big_endian),
        cmocka_unit_test(secrets_are_compared_chosen_and_wiped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
