#include <string.h>

#include "base/text.h"
#include "filled.h"
#include "primitive/sealed.h"
#include "record/record.h"
#include "server/filing.h"
#include "support/vectors.h"
#include "support/world_notice.h"

/* covers: filing, circle */

#define NOW 1795334400

/* --- tests/vectors/filing.json: what the page files, the form files --- */

/* As a browser posts several lines. */
static void put_as_posted(struct filled *filled, const char *name, const char *value)
{
    AUTO_BUFFER posted = BUFFER_INIT;

    for (; *value; value++) {
        check_ok(buffer_append_text(&posted, *value == '\n' ? "\r" : ""));
        check_ok(buffer_append(&posted, (struct bytes){(const uint8_t *)value, 1}));
    }
    check_ok(filled_give(filled, name, buffer_view(&posted)));
}

static void attach_all(struct filled *filled, const char *field, json_t *files)
{
    size_t i;
    json_t *file;

    json_array_foreach(files, i, file)
    {
        AUTO_BUFFER bytes = BUFFER_INIT;

        (void)vector_bytes(file, "bytes", &bytes);
        filled_attach(filled, field, vector_text(file, "name"), buffer_view(&bytes));
    }
}

static void fill_in(struct filled *filled, json_t *vector)
{
    const char *name;
    json_t *value;

    filled_open(filled);
    json_object_foreach(vector_get(vector, "values"), name, value)
    {
        put_as_posted(filled, name, json_string_value(value));
    }
    filled_put(filled, "promise", "1");
    attach_all(filled, "file", vector_get(vector, "files"));
    attach_all(filled, "seal", vector_get(vector, "seals"));
}

static void take_parts(const struct plain_draft *draft, struct filing_sealed *sealed)
{
    const struct {
        const char *kind;
        size_t count;
    } KINDS[] = {{"正文", 1},
                 {"身份", 3},
                 {"附件", draft->filing.file_count},
                 {"身份附件", 3 * draft->filing.seal_count}};

    for (size_t kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < KINDS[kind].count; i++) {
            char words[16];

            snprintf(words, sizeof words, "part %zu", sealed->part_count);
            sealed->parts[sealed->part_count] = (struct filing_part){
                KINDS[kind].kind, sha256_of(bytes_of_string(words)), 65964 + sealed->part_count};
            sealed->part_count++;
        }
    }
}

/* The last of the parts as if it came later. */
static void check_supplement(json_t *given, json_t *vector, const struct filing_sealed *sealed,
                             struct bytes filed)
{
    struct filing_sealed more = {.part_count = 1};
    const struct hash32 objection = sha256_of(filed);
    AUTO_BUFFER text = BUFFER_INIT;

    more.parts[0] = sealed->parts[sealed->part_count - 1];
    check_ok(filing_write_supplement(bytes_of_string(vector_text(given, "origin")), &objection,
                                     &more, vector_number(given, "time"), &text));
    check_bytes(buffer_view(&text), bytes_of_string(vector_text(vector, "more")));
}

static void check_statement(json_t *given, json_t *vector, const struct plain_draft *draft)
{
    const struct bytes origin = bytes_of_string(vector_text(given, "origin"));
    SECRET_SEALED sealed = {.part_count = 0};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    struct key_code code;

    vector_fixed(given, "code", code.bytes, sizeof code.bytes);
    vector_fixed(given, "salt", sealed.salt, sizeof sealed.salt);
    check_ok(keys_derive(&code, &sealed.keys));
    take_parts(draft, &sealed);
    check_ok(
        filing_write_text(origin, &draft->filing, &sealed, vector_number(given, "time"), &text));
    check_bytes(buffer_view(&text), bytes_of_string(vector_text(vector, "text")));
    check_ok(filing_sign(buffer_view(&text), &sealed.keys, &note));
    check_supplement(given, vector, &sealed, buffer_view(&text));
    check_bytes(buffer_view(&note), bytes_of_string(vector_text(vector, "note")));
}

static void check_case(json_t *given, json_t *vector)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};
    AUTO_BUFFER content = BUFFER_INIT;
    AUTO_BUFFER identity = BUFFER_INIT;
    uint8_t salt[32];

    fill_in(&filled, vector);
    check_ok(
        plain_draft_read(filled.form, bytes_of_string(vector_text(given, "notice")), NOW, &draft));
    check_faultless(&draft);
    draft.filing.subject_name = bytes_of_string(vector_text(given, "subject_name"));
    vector_fixed(given, "salt", salt, sizeof salt);
    check_ok(filing_write_content(&draft.filing, salt, &content));
    check_bytes(buffer_view(&content), bytes_of_string(vector_text(vector, "content")));
    check_ok(filing_write_identity(&draft.filing, &identity));
    check_bytes(buffer_view(&identity), bytes_of_string(vector_text(vector, "identity")));
    check_statement(given, vector, &draft);
}

static void files_what_the_page_with_scripts_files(void **state)
{
    json_t *root = vectors_open("filing.json");
    json_t *given = vector_get(root, "given");
    size_t i;
    json_t *vector;
    (void)state;

    json_array_foreach(vector_get(root, "cases"), i, vector)
    {
        check_case(given, vector);
    }
    assert_int_equal(i, 8);
    vectors_close(root);
}

static void tidies_names_of_files(void **state)
{
    static const char *const NAMES[][2] = {
        {"a.pdf", "a.pdf"},
        {" \t a \r\n b ", "a b"},
        {"", "file"},
        {"\xff\xfe", "file"},
        {"甲\xE2\x80\xAE乙", "甲 乙"},
        {"a\xff"
         "b.pdf",
         "a"}, /* what cannot be read ends it */
    };
    (void)state;

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        AUTO_BUFFER name = BUFFER_INIT;

        check_ok(filing_tidy_name(bytes_of_string(NAMES[i][0]), &name));
        check_bytes(buffer_view(&name), bytes_of_string(NAMES[i][1]));
    }
}

/* --- to whom --- */

struct shelf_of_parts {
    struct buffer documents[FILING_PARTS_MAX];
    struct filing_part parts[FILING_PARTS_MAX];
    size_t count;
};

static struct result keep(void *context, const struct filing_part *part, struct bytes document)
{
    struct shelf_of_parts *const shelf = context;
    const struct hash32 hash = sha256_of(document);

    assert_memory_equal(part->hash.bytes, hash.bytes, sizeof hash.bytes);
    assert_int_equal(part->size, document.size);
    shelf->parts[shelf->count] = *part;
    return buffer_append(&shelf->documents[shelf->count++], document);
}

static bool opens(const struct buffer *document, const char *const persons[], size_t count,
                  struct buffer *out)
{
    struct sealed_document parsed;
    struct box_pair readers[2];

    for (size_t i = 0; i < count; i++) {
        struct keys keys;

        world_keys(persons[i], &keys);
        readers[i] = keys.box;
    }
    check_ok(sealed_parse(buffer_view(document), &parsed));
    return is_ok(sealed_open(&parsed, readers, count, out));
}

static bool opens_alone(const struct buffer *document, const char *person)
{
    AUTO_BUFFER text = BUFFER_INIT;

    return opens(document, &person, 1, &text);
}

static void seal_some(struct world *world, const char *subject, struct shelf_of_parts *shelf,
                      struct filing_sealed *sealed)
{
    AUTO_FILLED filled;
    SECRET_DRAFT draft = {.fault_count = 0};
    struct circle circle;

    fill_good(&filled, &(struct mistake){"subject", subject, 0});
    filled_attach(&filled, "file", "a.txt", LITERAL("material"));
    check_ok(plain_draft_read(filled.form, LITERAL(WORLD_NOTICE), NOW, &draft));
    check_ok(circle_load(world->record, LITERAL(WORLD_NOTICE), draft.filing.subject, &circle));
    assert_true(circle_has_reader(&circle));
    check_ok(filing_seal(&draft.filing, &circle, sealed, keep, shelf));
    uint64_t size = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        size += shelf->documents[i].size;
    }
    assert_true(size <= filing_sealed_size(&draft.filing, &circle));
}

static void free_parts(struct shelf_of_parts *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        buffer_free(&shelf->documents[i]);
    }
}

static void seals_content_to_handlers_and_the_identity_to_two_keepers(void **state)
{
    struct world *world = world_make();
    struct shelf_of_parts shelf = {.count = 0};
    SECRET_SEALED sealed = {.part_count = 0};
    AUTO_BUFFER content = BUFFER_INIT;
    AUTO_BUFFER identity = BUFFER_INIT;
    const char *const handlers[] = {"gu"};
    const char *const keepers[] = {"ka", "kb"};
    (void)state;

    world_notice(world, world_notice_ready(world));
    seal_some(world, "gudang", &shelf, &sealed);
    assert_int_equal(shelf.count, 5);
    assert_true(opens(&shelf.documents[0], handlers, 1, &content));
    assert_true(text_find(buffer_view(&content), LITERAL("\n对象: gudang\n")) != SIZE_MAX);
    assert_true(opens_alone(&shelf.documents[0], "he"));
    assert_false(opens_alone(&shelf.documents[0], "ka"));
    assert_true(opens(&shelf.documents[1], keepers, 2, &identity));
    assert_true(text_find(buffer_view(&identity), LITERAL("\n姓名: 示例市民\n")) != SIZE_MAX);
    assert_false(opens_alone(&shelf.documents[1], "ka"));
    assert_false(opens_alone(&shelf.documents[1], "gu"));
    assert_true(opens_alone(&shelf.documents[4], "gu"));
    free_parts(&shelf);
    world_free(world);
}

/* The one with a conflict is as little told as everybody else, and nobody sees who it is. */
static void leaves_out_who_has_a_conflict_and_says_if_nobody_is_left(void **state)
{
    struct world *world = world_make();
    struct circle circle;
    struct box_public keys[SEALED_READERS_MAX];
    struct keys gu;
    (void)state;

    world_notice(world, world_notice_ready(world));
    check_ok(circle_load(world->record, LITERAL(WORLD_NOTICE), LITERAL("gudang"), &circle));
    world_keys("gu", &gu);
    assert_memory_equal(circle.handlers[0].bytes, gu.box.key.bytes, 32);
    circle.may_read[0] = false;
    assert_true(circle_has_reader(&circle));
    check_ok(circle_draw(&circle, keys));
    assert_memory_not_equal(keys[0].bytes, gu.box.key.bytes, 32);
    assert_true(box_public_is_valid(&keys[0]));
    assert_memory_equal(keys[1].bytes, circle.handlers[1].bytes, 32);
    circle.may_read[1] = false;
    assert_false(circle_has_reader(&circle));
    check_fails(circle_load(world->record, LITERAL("none"), LITERAL("gudang"), &circle), NOT_FOUND,
                "view.unknown");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_what_the_page_with_scripts_files),
        cmocka_unit_test(tidies_names_of_files),
        cmocka_unit_test(seals_content_to_handlers_and_the_identity_to_two_keepers),
        cmocka_unit_test(leaves_out_who_has_a_conflict_and_says_if_nobody_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
