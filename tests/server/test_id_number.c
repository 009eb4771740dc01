#include "check.h"
#include "server/id_number.h"
#include "support/vectors.h"

/* What JavaScript refuses is refused here, by the same rule: tests/vectors/id-number.json. */
static struct result check_case(json_t *vector, struct bytes typed, uint64_t now)
{
    const char *what = vector_text(vector, "what");

    if (strcmp(what, "number") == 0) {
        return id_number_check(bytes_of_string(vector_text(vector, "type")), typed, now);
    }
    return strcmp(what, "phone") == 0 ? id_number_check_phone(typed) : id_number_check_name(typed);
}

static void judges_what_people_type_as_the_page_does(void **context)
{
    (void)context;
    json_t *root = vectors_open("id-number.json");
    const uint64_t now = vector_number(root, "now");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "cases"), i, vector)
    {
        AUTO_BUFFER typed = BUFFER_INIT;
        char rule[40] = "";
        const char *refused = vector_text(vector, "rule");
        struct result result;

        (void)vector_bytes(vector, "typed_hex", &typed);
        if (refused[0] != 0) {
            (void)snprintf(rule, sizeof rule, "identity.%s", refused);
        }
        result = check_case(vector, buffer_view(&typed), now);
        if (strcmp(is_ok(result) ? "" : result.rule, rule) != 0) {
            fail_msg("%s: %s, not %s", vector_text(vector, "typed"),
                     is_ok(result) ? "passed" : result.rule, rule[0] == 0 ? "passed" : rule);
        }
    }
    assert_true(i > 150);
    vectors_close(root);
}

static void keeps_a_number_in_one_form(void **context)
{
    (void)context;
    AUTO_BUFFER kept = BUFFER_INIT;

    check_ok(id_number_tidy(LITERAL(" １１０１０５-19491231 002ｘ "), &kept));
    check_bytes(buffer_view(&kept), LITERAL("11010519491231002X"));
    check_fails(id_number_tidy(LITERAL("12\xff"), &kept), MALFORMED, "text.utf8");
}

static void refuses_bytes_that_are_no_text(void **context)
{
    (void)context;
    check_ok(id_number_check_phone(LITERAL("0571 87654321")));
    check_fails(id_number_check_phone(LITERAL("0571 87654321\xc7")), INVALID, "identity.phone");
    check_fails(id_number_check_name(LITERAL("示例\xe5\xb8")), INVALID, "identity.name");
    check_fails(id_number_check(LITERAL("护照"), LITERAL("E12345678\xff"), 1795392000), MALFORMED,
                "text.utf8");
}

/* A valid number of one type may pass as another: only what the person chose is checked. */
static void never_guesses_the_type(void **context)
{
    (void)context;
    const struct bytes number = LITERAL("11010519491231002X");

    check_ok(id_number_check(LITERAL("居民身份证"), number, 1795392000));
    check_fails(id_number_check(LITERAL("港澳台居民居住证"), number, 1795392000), INVALID,
                "identity.permit");
    check_ok(id_number_check(LITERAL("护照"), LITERAL("11010519491231002"), 1795392000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_what_people_type_as_the_page_does),
        cmocka_unit_test(keeps_a_number_in_one_form),
        cmocka_unit_test(refuses_bytes_that_are_no_text),
        cmocka_unit_test(never_guesses_the_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
