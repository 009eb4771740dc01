#include <string.h>

#include "filled.h"

#define NOW 1795334400

static void check_mistake(const struct mistake *mistake)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};

    fill_good(&filled, mistake);
    check_ok(plain_draft_read(filled.form, LITERAL("2026-1"), NOW, &draft));
    if (!mistake->key) {
        check_faultless(&draft);
        return;
    }
    if (draft.fault_count != 1 || strcmp(draft.faults[0].field, mistake->field) != 0 ||
        strcmp(draft.faults[0].key, mistake->key) != 0) {
        fail_msg("%s \"%s\": %zu faults, %s", mistake->field, mistake->value, draft.fault_count,
                 draft.fault_count > 0 ? draft.faults[0].key : "none");
    }
    assert_non_null(plain_draft_fault_of(&draft, mistake->field));
}

static void tells_each_mistake_at_its_field(void **state)
{
    static const struct mistake MISTAKES[] = {
        {"ground", "别的", "obj.ground.none"},
        {"request", " \r\n\xE3\x80\x80", "obj.request.none"},
        {"facts", "", "obj.facts.none"},
        {"facts", "a\xff", "plain.utf8"},
        {"facts", "\xf0\x9f\x98", "plain.utf8"}, /* four bytes, cut */
        {"facts", "\xed\xa0\x80", "plain.utf8"}, /* a surrogate */
        {"facts", "😀 𠮷 \xe2\x80\x8b ₿ é",
         NULL}, /* sealed text: outside of what a statement holds */
        {"name", "", "obj.identity.name"},
        {"name", "示例1", "obj.identity.name"},
        {"name", "示例\xff", "obj.identity.name"},
        {"type", "驾驶证", "obj.identity.type"},
        {"number", "110105194912310021", "obj.identity.check"},
        {"number", "110105491231002", "obj.identity.resident_old"},
        {"number", "11010519491331002X", "obj.identity.date"},
        {"number", "x\xff", "plain.utf8"},
        {"phone", "12", "obj.identity.phone"},
        {"disclosure", "", "obj.id.disclosure.none"},
        {"promise", "0", "obj.promise.none"},
        {"none", "", NULL},
    };
    (void)state;

    for (size_t i = 0; i < sizeof MISTAKES / sizeof MISTAKES[0]; i++) {
        check_mistake(&MISTAKES[i]);
    }
}

/* What a text box with a limit would take is taken, and no more. */
static void counts_characters_as_a_browser_does(void **state)
{
    AUTO_BUFFER facts = BUFFER_INIT;
    struct mistake mistake = {.field = "facts"};
    (void)state;

    for (size_t i = 0; i < PLAIN_FACTS_MAX / 4; i++) {
        check_ok(buffer_append_text(&facts, "字\r\n😀")); /* 1 + 1 + 2 */
    }
    check_ok(buffer_terminate(&facts, &mistake.value));
    check_mistake(&mistake);
    check_ok(buffer_append_text(&facts, "x"));
    check_ok(buffer_terminate(&facts, &mistake.value));
    mistake.key = "plain.long";
    check_mistake(&mistake);
}

static void check_file(const char *name, struct bytes bytes, const char *key)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};

    fill_good(&filled, &(struct mistake){.field = ""});
    filled_attach(&filled, "file", name, bytes);
    check_ok(plain_draft_read(filled.form, LITERAL("2026-1"), NOW, &draft));
    if (key) {
        assert_int_equal(draft.fault_count, 1);
        assert_string_equal(draft.faults[0].key, key);
        check_bytes(draft.faults[0].name, bytes_of_string(name));
    } else {
        check_faultless(&draft);
    }
}

static void takes_files_by_their_first_bytes_and_not_by_their_names(void **state)
{
    static uint8_t large[(20 << 20) + 1] = "%PDF-";
    (void)state;

    check_file("a.docx", LITERAL("%PDF-1.7"), NULL);
    check_file("a.pdf", LITERAL("PK\x03\x04\xff"), "obj.file.format");
    check_file("A.DOCX", LITERAL("PK\x03\x04\xff"), "obj.file.office");
    check_file("a.jpg", LITERAL("\xff\xd8\xff\xe0"), NULL);
    check_file("a.png", LITERAL("\x89PNG\r\n\x1a\n"), NULL);
    check_file("a.txt", LITERAL("说明"), NULL);
    check_file("a.txt", (struct bytes){(const uint8_t *)"a\0b", 3}, "obj.file.format");
    check_file("a.txt", LITERAL("\xb2\xe2"), "obj.file.format"); /* GBK */
    check_file("a.pdf", EMPTY_BYTES, "obj.file.empty");
    check_file("a.pdf", BYTES(large), "obj.file.large");
}

static void refuses_more_files_than_it_takes(void **state)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};
    (void)state;

    fill_good(&filled, &(struct mistake){.field = ""});
    for (size_t i = 0; i <= FILING_FILES_MAX; i++) {
        filled_attach(&filled, "file", "a.txt", LITERAL("x"));
    }
    check_ok(plain_draft_read(filled.form, LITERAL("2026-1"), NOW, &draft));
    assert_int_equal(draft.fault_count, 1);
    assert_string_equal(draft.faults[0].key, "obj.file.many");
    assert_int_equal(draft.faults[0].number, FILING_FILES_MAX);
    assert_int_equal(draft.filing.file_count, FILING_FILES_MAX);
}

static void check_unit(const char *uscc, bool seal, const char *field, const char *key)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};

    fill_good(&filled, &(struct mistake){"kind", "单位", 0});
    filled_put(&filled, "unit", "丙示例公司");
    filled_put(&filled, "uscc", uscc);
    filled_put(&filled, "legal", "陈示例");
    filled_put(&filled, "agent", "林示例");
    if (seal) {
        filled_attach(&filled, "seal", "a.png", LITERAL("\x89PNG\r\n\x1a\n"));
    }
    check_ok(plain_draft_read(filled.form, LITERAL("2026-1"), NOW, &draft));
    if (key) {
        assert_int_equal(draft.fault_count, 1);
        assert_string_equal(draft.faults[0].field, field);
        assert_string_equal(draft.faults[0].key, key);
    } else {
        check_faultless(&draft);
    }
}

static void wants_the_seal_and_the_code_of_a_unit(void **state)
{
    (void)state;
    check_unit("91330106MA00000016", true, 0, 0);
    check_unit("91330106MA00000017", true, "uscc", "obj.identity.uscc");
    check_unit("91330106MA00000016", false, "seal", "obj.identity.seal");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_each_mistake_at_its_field),
        cmocka_unit_test(counts_characters_as_a_browser_does),
        cmocka_unit_test(takes_files_by_their_first_bytes_and_not_by_their_names),
        cmocka_unit_test(refuses_more_files_than_it_takes),
        cmocka_unit_test(wants_the_seal_and_the_code_of_a_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
