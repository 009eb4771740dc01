#include "check.h"
#include "protocol/ceremony.h"
#include "support/vectors.h"

static void reads_and_prints_the_ceremonies(void **state)
{
    json_t *root = vectors_open("trustee.json");
    size_t i;
    json_t *item;

    (void)state;
    json_array_foreach(vector_get(root, "ceremonies"), i, item)
    {
        const struct bytes text = bytes_of_string(vector_text(item, "text"));
        AUTO_CEREMONY ceremony = CEREMONY_INIT;
        AUTO_BUFFER printed = BUFFER_INIT;
        struct hash32 hash;

        check_ok(ceremony_parse(text, &ceremony));
        assert_int_equal(ceremony.threshold, vector_number(item, "t"));
        assert_int_equal(ceremony.trustee_count, vector_number(item, "n"));
        vector_fixed(item, "ceremony", hash.bytes, 32);
        assert_true(hash32_equal(&hash, &ceremony.hash));
        check_ok(ceremony_print(&ceremony, &printed));
        check_bytes(buffer_view(&printed), text);
        assert_int_equal(ceremony_find(&ceremony, ceremony.trustees[1].id), 1);
        assert_int_equal(ceremony_find(&ceremony, LITERAL("nobody")), ceremony.trustee_count);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void check_ceremony_refused(const char *text, const char *line, const char *by,
                                   const char *rule)
{
    AUTO_BUFFER changed = BUFFER_INIT;
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    const char *found = strstr(text, line);

    check_ok(
        buffer_append(&changed, (struct bytes){(const uint8_t *)text, (size_t)(found - text)}));
    check_ok(buffer_append_text(&changed, by));
    check_ok(buffer_append_text(&changed, found + strlen(line)));
    const struct result verdict = ceremony_parse(buffer_view(&changed), &ceremony);
    if (is_ok(verdict) || strcmp(verdict.rule, rule) != 0) {
        fail_msg("%s: %s", by, verdict.rule != NULL ? verdict.rule : "accepted");
    }
}

static void refuses_ceremonies_that_cannot_be(void **state)
{
    json_t *root = vectors_open("forgery.json");
    const char *text = vector_text(root, "ceremony");

    (void)state;
    check_ceremony_refused(text, "门限：2", "门限：1", "ceremony.trustees");
    check_ceremony_refused(text, "门限：2", "门限：4", "ceremony.trustees");
    check_ceremony_refused(text, "人数：3", "人数：4", "ceremony.trustees");
    check_ceremony_refused(text, "受托人：2", "受托人：3", "ceremony.trustees");
    check_ceremony_refused(text, "受托人：2 keys-2-of-3-trustee-02",
                           "受托人：2 keys-2-of-3-trustee-01", "ceremony.trustees");
    check_ceremony_refused(text, "受托人：2 keys", "受托人：2  keys", "ceremony.field");
    check_ceremony_refused(text, "受托人：2 keys", "受托人：two keys", "ceremony.field");
    check_ceremony_refused(text, "trustee.ceremony", "trustee.deal", "statement.type");
    vectors_close(root);
}

static void refuses_a_ceremony_cut_anywhere(void **state)
{
    json_t *root = vectors_open("trustee.json");
    const struct bytes text =
        bytes_of_string(vector_text(json_array_get(vector_get(root, "ceremonies"), 0), "text"));
    AUTO_CEREMONY ceremony = CEREMONY_INIT;

    (void)state;
    for (size_t size = 0; size < text.size; size++) {
        assert_false(is_ok(ceremony_parse(bytes_slice(text, 0, size), &ceremony)));
    }
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_prints_the_ceremonies),
        cmocka_unit_test(refuses_ceremonies_that_cannot_be),
        cmocka_unit_test(refuses_a_ceremony_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
