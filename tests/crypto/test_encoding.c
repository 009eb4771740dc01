/* covers: encoding, code */
#include "base/code.h"
#include "base/encoding.h"
#include "check.h"
#include "support/items.h"
#include "support/vectors.h"

static void base64_encodes_and_decodes_the_vectors(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "base64.good"), i, vector)
    {
        AUTO_BUFFER bytes = BUFFER_INIT;
        AUTO_BUFFER text = BUFFER_INIT;
        AUTO_BUFFER decoded = BUFFER_INIT;
        const struct bytes expected = bytes_of_string(vector_text(vector, "text"));
        (void)vector_bytes(vector, "bytes", &bytes);
        check_ok(base64_append(&text, buffer_view(&bytes)));
        check_bytes(buffer_view(&text), expected);
        check_ok(base64_decode_append(expected, &decoded));
        check_bytes(buffer_view(&decoded), buffer_view(&bytes));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void base64_is_strict(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i, size;
    json_t *item;

    json_array_foreach(vector_get(root, "base64.bad"), i, item)
    {
        AUTO_BUFFER decoded = BUFFER_INIT;
        const struct bytes text = bytes_of_string(json_string_value(item));
        check_fails(base64_decode_append(text, &decoded), MALFORMED, "encoding.base64");
        check_fails(base64_check(text, &size), MALFORMED, "encoding.base64");
        assert_int_equal(decoded.size, 0);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void base64_of_another_size_is_told_from_bad_base64(void **context)
{
    (void)context;
    uint8_t three[3];
    size_t size;

    check_ok(base64_decode_fixed(LITERAL("AAAA"), three, 3));
    check_fails(base64_decode_fixed(LITERAL("AAA="), three, 3), MALFORMED, "encoding.length");
    check_fails(base64_decode_fixed(LITERAL("AAAAAAAA"), three, 3), MALFORMED, "encoding.length");
    check_fails(base64_decode_fixed(LITERAL("AAB="), three, 3), MALFORMED, "encoding.base64");
    check_fails(base64_decode(LITERAL("AAAAAAAA"), three, 3, &size), MALFORMED, "encoding.base64");
    check_ok(base64_check(LITERAL("AAA="), &size));
    assert_int_equal(size, 2);
}

static void hex_is_lower_case(void **context)
{
    (void)context;
    AUTO_BUFFER text = BUFFER_INIT;
    const uint8_t bytes[] = {0x0a, 0xff};
    uint8_t decoded[2];

    check_ok(hex_append(&text, BYTES(bytes)));
    check_bytes(buffer_view(&text), LITERAL("0aff"));
    check_ok(hex_decode(buffer_view(&text), decoded, 2));
    assert_memory_equal(decoded, bytes, 2);
    check_fails(hex_decode(LITERAL("0aFF"), decoded, 2), MALFORMED, "encoding.hex");
    check_fails(hex_decode(LITERAL("0af"), decoded, 2), MALFORMED, "encoding.hex");
    check_fails(hex_decode(LITERAL("0aff0a"), decoded, 2), MALFORMED, "encoding.hex");
    check_fails(hex_decode(LITERAL("0a g"), decoded, 2), MALFORMED, "encoding.hex");
}

/* Whatever decodes encodes to itself again, for every byte at every place. */
static void no_byte_but_the_alphabet_decodes(void **context)
{
    (void)context;
    uint8_t text[] = {'/', '/', '9', 'B', 'b', 'w', '=', '='};
    uint8_t hex[] = {'0', 'a'};

    for (size_t i = 0; i < sizeof text; i++) {
        const uint8_t right = text[i];
        for (unsigned byte = 0; byte < 256; byte++) {
            AUTO_BUFFER decoded = BUFFER_INIT;
            AUTO_BUFFER again = BUFFER_INIT;
            text[i] = (uint8_t)byte;
            if (is_ok(base64_decode_append(BYTES(text), &decoded))) {
                check_ok(base64_append(&again, buffer_view(&decoded)));
                check_bytes(buffer_view(&again), BYTES(text));
            }
        }
        text[i] = right;
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t decoded;
        hex[1] = (uint8_t)byte;
        const bool is_digit = strchr("0123456789abcdef", (int)byte) != NULL && byte != 0;
        assert_true(is_ok(hex_decode(BYTES(hex), &decoded, 1)) == is_digit);
    }
}

static void short_codes_spell_the_first_sixteen_bytes(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "short_code"), i, vector)
    {
        uint8_t hash[32];
        char code[SHORT_CODE_SIZE + 1];
        vector_fixed(vector, "hash", hash, sizeof hash);
        short_code_print(hash, code);
        assert_string_equal(code, vector_text(vector, "code"));
        assert_true(code_is_crockford(bytes_of_string(code), SHORT_CODE_SIZE));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void key_codes_are_shown_in_groups_with_a_check(void **context)
{
    (void)context;
    json_t *root = vectors_open("key-code.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "codes"), i, vector)
    {
        uint8_t code[KEY_CODE_BYTES], read[KEY_CODE_BYTES];
        char shown[KEY_CODE_SIZE + 1];
        vector_fixed(vector, "code", code, sizeof code);
        key_code_print(code, shown);
        assert_string_equal(shown, vector_text(vector, "shown"));
        check_ok(key_code_read(bytes_of_string(shown), read));
        assert_memory_equal(read, code, sizeof code);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void key_codes_are_read_as_people_type_them(void **context)
{
    (void)context;
    json_t *root = vectors_open("key-code.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "typed"), i, vector)
    {
        uint8_t code[KEY_CODE_BYTES], read[KEY_CODE_BYTES];
        vector_fixed(vector, "code", code, sizeof code);
        check_ok(key_code_read(bytes_of_string(vector_text(vector, "typed")), read));
        assert_memory_equal(read, code, sizeof code);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void refuses_mistyped_key_codes(void **context)
{
    (void)context;
    json_t *root = vectors_open("key-code.json");
    uint8_t code[KEY_CODE_BYTES];
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "bad"), i, vector)
    {
        char rule[32];
        (void)snprintf(rule, sizeof rule, "code.%s", vector_text(vector, "reason"));
        check_fails(key_code_read(bytes_of_string(vector_text(vector, "typed")), code), MALFORMED,
                    rule);
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* The check character notices every single wrong character and every exchange of neighbours. */
static void the_check_character_notices_every_slip(void **context)
{
    (void)context;
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char typed[] = "XVZ9K9J6PV1HFY7CRZ9P4HCMY4T";
    uint8_t code[KEY_CODE_BYTES];

    for (size_t i = 0; i < 26; i++) {
        const char right = typed[i];
        for (size_t k = 0; k < 32; k++) {
            typed[i] = DIGITS[k];
            const bool is_read = is_ok(key_code_read(bytes_of_string(typed), code));
            assert_true(is_read == (DIGITS[k] == right));
        }
        typed[i] = right;
    }
    for (size_t i = 0; i + 1 < 26; i++) {
        char exchanged[sizeof typed];
        memcpy(exchanged, typed, sizeof typed);
        exchanged[i] = typed[i + 1];
        exchanged[i + 1] = typed[i];
        const bool is_read = is_ok(key_code_read(bytes_of_string(exchanged), code));
        assert_true(is_read == (typed[i] == typed[i + 1]));
    }
}

static void vouchers_are_eight_capitals(void **context)
{
    (void)context;
    const uint8_t bytes[5] = {0, 0x44, 0x32, 0x14, 0xc7}; /* digits 0 1 2 3 4 5 6 7 */
    char voucher[VOUCHER_SIZE + 1];

    voucher_print(bytes, voucher);
    assert_string_equal(voucher, "01234567");
    assert_true(code_is_crockford(LITERAL("0123ZKJH"), VOUCHER_SIZE));
    assert_false(code_is_crockford(LITERAL("0123zkjh"), VOUCHER_SIZE));
    assert_false(code_is_crockford(LITERAL("0123ILOU"), VOUCHER_SIZE));
    assert_false(code_is_crockford(LITERAL("0123ZKJ*"), VOUCHER_SIZE));
    assert_false(code_is_crockford(LITERAL("0123ZKJ"), VOUCHER_SIZE));
    assert_false(code_is_crockford(LITERAL("0123ZKJ\0"), VOUCHER_SIZE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_encodes_and_decodes_the_vectors),
        cmocka_unit_test(base64_is_strict),
        cmocka_unit_test(base64_of_another_size_is_told_from_bad_base64),
        cmocka_unit_test(hex_is_lower_case),
        cmocka_unit_test(no_byte_but_the_alphabet_decodes),
        cmocka_unit_test(short_codes_spell_the_first_sixteen_bytes),
        cmocka_unit_test(key_codes_are_shown_in_groups_with_a_check),
        cmocka_unit_test(key_codes_are_read_as_people_type_them),
        cmocka_unit_test(refuses_mistyped_key_codes),
        cmocka_unit_test(the_check_character_notices_every_slip),
        cmocka_unit_test(vouchers_are_eight_capitals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
