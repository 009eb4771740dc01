/* covers: statement, statement_text, kind */
#include "base/text.h"
#include "check.h"
#include "protocol/statement.h"
#include "support/items.h"
#include "support/vectors.h"

enum {
    FIELDS_MAX = 8,
    SIGNERS_MAX = 4,
};

/* The row and the signers that every note of statement.json is checked against. */
struct fixture {
    struct field_type fields[FIELDS_MAX];
    struct statement_type type;
    struct signer signers[SIGNERS_MAX];
    size_t signer_count;
};

static enum value_kind kind_of_name(const char *name)
{
    for (enum value_kind kind = KIND_TEXT; kind < KIND_COUNT; kind++) {
        if (strcmp(kind_name(kind), name) == 0) {
            return kind;
        }
    }
    fail_msg("no kind %s", name);
    return KIND_TEXT;
}

static void read_row(json_t *row, struct fixture *out)
{
    size_t i;
    json_t *field;

    json_array_foreach(vector_get(row, "fields"), i, field)
    {
        const char *count = vector_text(field, "count");
        out->fields[i] = (struct field_type){
            .label = vector_text(field, "label"),
            .kind = kind_of_name(vector_text(field, "kind")),
            .min = count[0] == '1' ? 1 : 0,
            .max = strcmp(count, "0..n") == 0 ? FIELD_MANY : 1,
        };
    }
    out->type = (struct statement_type){vector_text(row, "type"), out->fields, i};
}

static void read_fixture(json_t *root, struct fixture *out)
{
    size_t i, k;
    json_t *name, *key;

    *out = (struct fixture){0};
    read_row(vector_get(root, "row"), out);
    json_array_foreach(vector_get(root, "row.signers"), i, name)
    {
        json_array_foreach(vector_get(root, "keys"), k, key)
        {
            struct public_key public_key;
            if (strcmp(vector_text(key, "name"), json_string_value(name)) == 0) {
                vector_fixed(key, "public", public_key.bytes, sizeof public_key.bytes);
                check_ok(signer_make(bytes_of_string(json_string_value(name)), &public_key,
                                     &out->signers[i]));
            }
        }
    }
    out->signer_count = i;
}

static struct result read_note(const struct fixture *fixture, struct bytes note,
                               struct bytes origin)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(statement_parse(note, &statement));
    TRY(statement_check(&statement, &fixture->type, origin));
    return statement_verify(&statement, fixture->signers, fixture->signer_count);
}

static void note_of_vector(json_t *vector, struct buffer *out)
{
    json_t *text = vector_get(vector, "note");

    if (text == NULL) {
        (void)vector_bytes(vector, "note_b64", out);
        return;
    }
    buffer_clear(out);
    check_ok(buffer_append(
        out, (struct bytes){(const uint8_t *)json_string_value(text), json_string_length(text)}));
}

/* The bytes of the nth note that is good, from 0. */
static void good_note(json_t *root, size_t nth, struct buffer *out)
{
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "notes"), i, vector)
    {
        if (vector_flag(vector, "ok") && nth-- == 0) {
            note_of_vector(vector, out);
            return;
        }
    }
    fail_msg("too few good notes");
}

static void check_note(const struct fixture *fixture, json_t *vector, struct bytes origin)
{
    AUTO_BUFFER note = BUFFER_INIT;
    char rule[48];

    note_of_vector(vector, &note);
    const struct result read = read_note(fixture, buffer_view(&note), origin);
    if (vector_flag(vector, "ok")) {
        check_ok(read);
        return;
    }
    (void)snprintf(rule, sizeof rule, "statement.%s", vector_text(vector, "reason"));
    if (is_ok(read) || strcmp(read.rule, rule) != 0) {
        fail_msg("%s: %s, not %s", vector_text(vector, "name"), read.rule ? read.rule : "accepted",
                 rule);
    }
}

static void every_note_is_judged_as_the_vectors_say(void **context)
{
    (void)context;
    json_t *root = vectors_open("statement.json");
    struct fixture fixture;
    size_t i;
    json_t *vector;

    read_fixture(root, &fixture);
    json_array_foreach(vector_get(root, "notes"), i, vector)
    {
        check_note(&fixture, vector, bytes_of_string(vector_text(root, "origin")));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void refuses_a_statement_of_another_log(void **context)
{
    (void)context;
    json_t *root = vectors_open("statement.json");
    AUTO_BUFFER note = BUFFER_INIT;
    struct fixture fixture;

    read_fixture(root, &fixture);
    good_note(root, 0, &note);
    check_ok(read_note(&fixture, buffer_view(&note), EMPTY_BYTES));
    check_fails(read_note(&fixture, buffer_view(&note), LITERAL("test.example/log")), INVALID,
                "statement.origin");
    vectors_close(root);
}

/* The origin is a value like any other: at most 2,000 bytes, though nothing pins it yet. */
static void refuses_an_origin_of_more_than_a_values_bytes(void **context)
{
    (void)context;
    for (size_t size = TEXT_VALUE_MAX; size <= TEXT_VALUE_MAX + 1; size++) {
        AUTO_STATEMENT statement = STATEMENT_INIT;
        AUTO_BUFFER text = BUFFER_INIT;

        check_ok(buffer_append_text(&text, "xiling/v1 log.genesis\n日志："));
        for (size_t i = 0; i < size; i++) {
            check_ok(buffer_append_text(&text, "a"));
        }
        check_ok(buffer_append_text(&text, "\n"));
        const struct result parsed = statement_parse_text(buffer_view(&text), &statement);
        if (size == TEXT_VALUE_MAX) {
            check_ok(parsed);
        } else {
            check_fails(parsed, MALFORMED, "statement.value");
        }
    }
}

/* The signed text is the identity of a statement, so a changed byte anywhere in it is seen. */
static void every_changed_byte_is_noticed(void **context)
{
    (void)context;
    json_t *root = vectors_open("statement.json");
    AUTO_BUFFER note = BUFFER_INIT;
    struct fixture fixture;

    read_fixture(root, &fixture);
    good_note(root, 1, &note);
    check_ok(read_note(&fixture, buffer_view(&note), EMPTY_BYTES));
    for (size_t i = 0; i < note.size; i++) {
        note.data[i] ^= 1;
        assert_false(is_ok(read_note(&fixture, buffer_view(&note), EMPTY_BYTES)));
        note.data[i] ^= 1;
    }
    for (size_t size = 0; size < note.size; size++) {
        const struct bytes cut = bytes_slice(buffer_view(&note), 0, size);
        assert_false(is_ok(read_note(&fixture, cut, EMPTY_BYTES)));
    }
    vectors_close(root);
}

static const char *const WORDS[] = {"同意", "不同意", NULL};
static const struct field_type ALL_KINDS[] = {
    FIELD_ONE("文本", KIND_TEXT),
    FIELD_ONE("编号", KIND_ID),
    FIELD_ONE("数量", KIND_NUMBER),
    FIELD_ONE("时间", KIND_TIME),
    {"意见", KIND_WORD, 1, 1, WORDS, 0},
    FIELD_ONE("摘要", KIND_HASH),
    FIELD_ONE("随机数", KIND_BYTES16),
    FIELD_ONE("公钥", KIND_POINT),
    {"份额", KIND_PROOF, 1, FIELD_MANY, NULL, 3},
    FIELD_ONE("姓名", KIND_HIDDEN),
    FIELD_OPTIONAL("行", KIND_LINE),
};
static const struct statement_type ALL_TYPE = {"test.kinds", ALL_KINDS,
                                               sizeof ALL_KINDS / sizeof ALL_KINDS[0]};

/* A good value for each of them; the last field is absent. */
static const char *const GOOD_VALUES[] = {
    "甲",
    "a-1",
    "7",
    "2026-11-22T16:00:00+08:00",
    "同意",
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "AAAAAAAAAAAAAAAAAAAAAA==",
    "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY=",
    "AAAA",
    "#AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    NULL,
};

/* One line of each kind; the field called `label` has `value` instead. */
static void write_kinds(const char *label, const char *value, struct buffer *text)
{
    check_ok(statement_begin(text, "test.kinds", LITERAL("dev.example/log")));
    for (size_t i = 0; i < sizeof ALL_KINDS / sizeof ALL_KINDS[0]; i++) {
        const bool is_other = label != NULL && strcmp(label, ALL_KINDS[i].label) == 0;
        const char *written = is_other ? value : GOOD_VALUES[i];
        if (written != NULL) {
            check_ok(statement_add_text(text, ALL_KINDS[i].label, written));
        }
    }
}

static struct result check_kinds(const char *label, const char *value)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;

    write_kinds(label, value, &text);
    check_ok(statement_parse_text(buffer_view(&text), &statement));
    return statement_check(&statement, &ALL_TYPE, LITERAL("dev.example/log"));
}

static void every_kind_refuses_what_it_is_not(void **context)
{
    (void)context;
    static const struct {
        const char *label, *value, *rule;
    } BAD[] = {
        {"编号", "A", "statement.id"},
        {"数量", "07", "statement.number"},
        {"时间", "2026-02-30T00:00:00+08:00", "statement.time"},
        {"意见", "弃权", "statement.word"},
        {"摘要", "AAAA", "statement.length"},
        {"摘要", "AAA", "statement.base64"},
        {"随机数", "AAAA", "statement.length"},
        {"公钥", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "statement.point"},
        {"公钥", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "statement.point"},
        {"份额", "AAA=", "statement.length"},
        {"姓名", "张三", "statement.hidden"},
        {"姓名", "#AAAA", "statement.length"},
        {"姓名", "#AAA", "statement.base64"},
    };

    check_ok(check_kinds(NULL, NULL));
    check_ok(check_kinds("行", "a b  c"));
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        const struct result checked = check_kinds(BAD[i].label, BAD[i].value);
        assert_int_equal(checked.failure, MALFORMED);
        assert_string_equal(checked.rule, BAD[i].rule);
        assert_string_equal(checked.field, BAD[i].label);
        assert_true(checked.at >= 3);
    }
}

static void typed_values_read_back_by_label(void **context)
{
    (void)context;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER bytes = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    const struct hash32 written = {{1}};
    struct hash32 hash;
    struct point point;
    uint64_t number;
    int64_t seconds;

    check_ok(statement_begin(&text, "test.kinds", LITERAL("dev.example/log")));
    check_ok(statement_add_number(&text, "数量", 7));
    check_ok(statement_add_time(&text, "时间", 1795334400));
    check_ok(statement_add_bytes(&text, "摘要", BYTES(written.bytes)));
    check_ok(statement_add_bytes(&text, "公钥", BYTES(GENERATOR.bytes)));
    check_ok(statement_add_bytes(&text, "份额", LITERAL("one")));
    check_ok(statement_add_bytes(&text, "份额", LITERAL("another")));
    check_ok(statement_add_hidden(&text, "姓名", &written));
    check_ok(statement_parse_text(buffer_view(&text), &statement));
    check_ok(statement_number(&statement, "数量", &number));
    assert_int_equal(number, 7);
    check_ok(statement_time(&statement, "时间", &seconds));
    assert_int_equal(seconds, 1795334400);
    check_ok(statement_hash(&statement, "摘要", &hash));
    assert_true(hash32_equal(&hash, &written));
    check_ok(statement_point(&statement, "公钥", 0, &point));
    assert_true(point_equal(&point, &GENERATOR));
    assert_int_equal(statement_count(&statement, "份额"), 2);
    check_ok(statement_bytes(&statement, "份额", 1, &bytes));
    check_bytes(buffer_view(&bytes), LITERAL("another"));
    check_bytes(statement_value(&statement, "姓名"),
                LITERAL("#AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    hash = statement_digest(&statement);
    const struct hash32 expected = sha256_of(buffer_view(&text));
    assert_true(hash32_equal(&hash, &expected));
}

static void absent_and_other_values_are_refused(void **context)
{
    (void)context;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER bytes = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct point point;
    uint64_t number;

    check_ok(statement_begin(&text, "test.kinds", LITERAL("dev.example/log")));
    check_ok(statement_add_text(&text, "数量", "七"));
    check_ok(statement_add_bytes(&text, "公钥", BYTES(IDENTITY.bytes)));
    check_ok(statement_parse_text(buffer_view(&text), &statement));
    check_bytes(statement.type, LITERAL("test.kinds"));
    assert_false(statement_has(&statement, "份额"));
    assert_true(statement_has(&statement, "数量"));
    check_fails(statement_bytes(&statement, "份额", 0, &bytes), MALFORMED, "statement.field");
    check_fails(statement_bytes(&statement, "数量", 0, &bytes), MALFORMED, "statement.base64");
    check_fails(statement_number(&statement, "编号", &number), MALFORMED, "statement.field");
    check_fails(statement_number(&statement, "数量", &number), MALFORMED, "statement.number");
    check_fails(statement_point(&statement, "公钥", 0, &point), MALFORMED, "statement.point");
    check_fails(statement_point(&statement, "公钥", 1, &point), MALFORMED, "statement.field");
}

static void refuses_to_write_what_it_would_not_read(void **context)
{
    (void)context;
    AUTO_BUFFER text = BUFFER_INIT;

    check_ok(statement_begin(&text, "test.sample", LITERAL("dev.example/log")));
    const size_t size = text.size;
    check_fails(statement_add_text(&text, "标题", ""), MALFORMED, "text.value");
    check_fails(statement_add_text(&text, "标题", "a\n\n— x"), MALFORMED, "text.value");
    check_fails(statement_add_text(&text, "标题", "a\tb"), MALFORMED, "text.character");
    check_fails(statement_add_number(&text, "数量", UINT64_MAX), INVALID, "text.number");
    assert_int_equal(text.size, size);
}

static void what_is_signed_here_is_read_here(void **context)
{
    (void)context;
    static const struct field_type FIELDS[] = {FIELD_ONE("标题", KIND_TEXT)};
    static const struct statement_type TYPE = {"test.sample", FIELDS, 1};
    const struct secret32 seed = {{5}};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    SECRET_KEY secret;
    struct public_key key;
    struct fixture fixture = {.type = TYPE, .signer_count = 1};

    check_ok(secret_key_derive(&seed, &secret));
    public_key_of(&secret, &key);
    check_ok(signer_make(LITERAL("li-si"), &key, &fixture.signers[0]));
    check_ok(statement_begin(&text, "test.sample", LITERAL("dev.example/log")));
    check_ok(statement_add_text(&text, "标题", "西泠"));
    check_ok(statement_note(buffer_view(&text), &note));
    check_ok(signature_line_sign(&note, buffer_view(&text), LITERAL("li-si"), &secret));
    check_ok(read_note(&fixture, buffer_view(&note), LITERAL("dev.example/log")));
}

static void a_name_shows_only_from_its_opening(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "hidden"), i, vector)
    {
        struct hidden_opening opening = {.value = bytes_of_string(vector_text(vector, "value"))};
        const struct bytes type = bytes_of_string(vector_text(vector, "type"));
        const struct bytes field = bytes_of_string(vector_text(vector, "field"));
        const char *label = vector_text(vector, "label");
        vector_fixed(vector, "salt", opening.salt, sizeof opening.salt);
        check_ok(hidden_open(type, label, field, &opening));
        check_fails(hidden_open(LITERAL("person.other"), label, field, &opening), INVALID,
                    "hidden.opening");
        check_fails(hidden_open(type, "别名", field, &opening), INVALID, "hidden.opening");
        check_fails(hidden_open(type, label, LITERAL("#AAAA"), &opening), INVALID,
                    "hidden.opening");
        opening.salt[0] ^= 1;
        check_fails(hidden_open(type, label, field, &opening), INVALID, "hidden.opening");
    }
    assert_true(i > 0);
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_note_is_judged_as_the_vectors_say),
        cmocka_unit_test(refuses_a_statement_of_another_log),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(refuses_an_origin_of_more_than_a_values_bytes),
        cmocka_unit_test(every_kind_refuses_what_it_is_not),
        cmocka_unit_test(typed_values_read_back_by_label),
        cmocka_unit_test(absent_and_other_values_are_refused),
        cmocka_unit_test(refuses_to_write_what_it_would_not_read),
        cmocka_unit_test(what_is_signed_here_is_read_here),
        cmocka_unit_test(a_name_shows_only_from_its_opening),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
