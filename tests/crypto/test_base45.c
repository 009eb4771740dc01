#include "base/base45.h"
#include "base/encoding.h"
#include "check.h"
#include "support/vectors.h"

static void spells_as_rfc_9285_does(void **state)
{
    json_t *root = vectors_open("evidence.json");
    json_t *one;
    size_t i;
    (void)state;

    json_array_foreach(vector_get(root, "base45.good"), i, one)
    {
        const struct bytes text = bytes_of_string(json_string_value(json_array_get(one, 1)));
        const char *hex = json_string_value(json_array_get(one, 0));
        AUTO_BUFFER bytes = BUFFER_INIT;
        AUTO_BUFFER spelled = BUFFER_INIT;
        AUTO_BUFFER again = BUFFER_INIT;

        check_ok(base45_decode_append(text, &bytes));
        check_ok(hex_append(&again, buffer_view(&bytes)));
        check_bytes(buffer_view(&again), bytes_of_string(hex));
        check_ok(base45_append(&spelled, buffer_view(&bytes)));
        check_bytes(buffer_view(&spelled), text);
    }
    vectors_close(root);
}

static void refuses_what_has_no_or_another_spelling(void **state)
{
    json_t *root = vectors_open("evidence.json");
    AUTO_BUFFER out = BUFFER_INIT;
    json_t *one;
    size_t i;
    (void)state;

    check_ok(buffer_append_text(&out, "kept"));
    json_array_foreach(vector_get(root, "base45.bad"), i, one)
    {
        check_fails(base45_decode_append(bytes_of_string(json_string_value(one)), &out), MALFORMED,
                    "encoding.base45");
        check_bytes(buffer_view(&out), LITERAL("kept"));
    }
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_as_rfc_9285_does),
        cmocka_unit_test(refuses_what_has_no_or_another_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
