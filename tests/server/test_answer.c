#include "base/text.h"
#include "check.h"
#include "server/answer.h"
#include "server/words.h"

/* covers: answer, envelope, words, trace */

static const struct {
    enum failure failure;
    const char *rule;
    unsigned status;
} STATUSES[] = {
    {MALFORMED, "statement.utf8", 400},
    {UNAUTHORIZED, "session.none", 401},
    {UNAUTHORIZED, "signers.role", 403},
    {NOT_FOUND, "log.text", 404},
    {INVALID, "service.method", 405},
    {CONFLICT, "ballot.tag", 409},
    {MALFORMED, "service.size", 413},
    {INVALID, "ballot.ring", 422},
    {BUSY, "service.rate", 429},
    {BUSY, "service.busy", 503},
    {OUT_OF_MEMORY, "service.memory", 503},
    {STORAGE_FAILED, "service.storage", 507},
    {INTERNAL, "envelope.broken", 500},
};

static void gives_every_failure_its_status(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof STATUSES / sizeof STATUSES[0]; i++) {
        const struct result result = fail(STATUSES[i].failure, STATUSES[i].rule);

        assert_int_equal(answer_status(&result), STATUSES[i].status);
    }
}

static void tells_what_on_what_basis_and_what_to_do(void **state)
{
    static const char *const KEYS[] = {
        "\"title\":", "\"rule\":\"service.busy\"", "\"what\":{\"zh\":", "\"basis\":",
        "\"do\":",    "\"retry_after\":5",         "\"status\":503"};
    const struct result result = fail(BUSY, "service.busy");
    AUTO_RESPONSE response = RESPONSE_INIT;
    (void)state;

    answer_problem(&response, &result);
    assert_int_equal(response.retry_after, 5);
    assert_string_equal(response.content_type, "application/problem+json");
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        assert_true(text_find(buffer_view(&response.body), bytes_of_string(KEYS[i])) != SIZE_MAX);
    }
}

static void names_the_field_and_the_place(void **state)
{
    const struct result result = fail_field(INVALID, "ballot.grade", "选择", 3);
    AUTO_RESPONSE response = RESPONSE_INIT;
    (void)state;

    answer_problem(&response, &result);
    assert_true(text_find(buffer_view(&response.body), LITERAL("\"field\":\"选择\",\"at\":3")) !=
                SIZE_MAX);
}

static void replaces_what_a_handler_had_begun_to_answer(void **state)
{
    const struct result result = fail(NOT_FOUND, "log.text");
    AUTO_RESPONSE response = RESPONSE_INIT;
    (void)state;

    check_ok(buffer_append_text(&response.body, "half a secret"));
    snprintf(response.cookie, sizeof response.cookie, "session=1");
    answer_problem(&response, &result);
    assert_true(text_find(buffer_view(&response.body), LITERAL("secret")) == SIZE_MAX);
    assert_string_equal(response.cookie, "");
}

static void says_everything_in_both_languages(void **state)
{
    (void)state;

    for (size_t i = 0; i < words_count(); i++) {
        const struct refusal *const row = words_at(i);

        assert_ptr_equal(words_find(row->rule), row);
        assert_true(row->what.zh[0] && row->what.en[0]);
        assert_true(row->advice.zh[0] && row->advice.en[0]);
        assert_int_equal(row->basis.zh[0] == 0, row->basis.en[0] == 0);
    }
    assert_string_equal(words_find("no.such.rule")->rule, "internal");
}

static void refuses_json_that_is_not_one_object(void **state)
{
    static const char *const BAD[] = {
        "", "[]", "1", "{", "{} {}", "nul", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "\xff"};
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        AUTO_INPUT input = {0};

        check_fails(envelope_read(bytes_of_string(BAD[i]), &input), MALFORMED, "envelope.form");
    }
}

static void reads_texts_and_refuses_other_kinds(void **state)
{
    AUTO_INPUT input = {0};
    struct bytes value;
    (void)state;

    check_ok(envelope_read(LITERAL("{\"name\":\"沈示例\",\"number\":1}"), &input));
    check_ok(envelope_get(&input, "name", &value));
    check_bytes(value, LITERAL("沈示例"));
    check_fails(envelope_get(&input, "number", &value), MALFORMED, "envelope.field");
    check_fails(envelope_get(&input, "salt", &value), MALFORMED, "envelope.field");
}

static void writes_nested_json(void **state)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER out = BUFFER_INIT;
    const uint8_t bytes[2] = {1, 255};
    (void)state;

    envelope_begin(&envelope);
    envelope_open_array(&envelope, "list");
    envelope_open_object(&envelope, 0);
    envelope_index(&envelope, "index", UINT64_MAX);
    envelope_base64(&envelope, "bytes", BYTES(bytes));
    envelope_hex(&envelope, "hex", BYTES(bytes));
    envelope_close(&envelope);
    envelope_flag(&envelope, 0, true);
    envelope_close(&envelope);
    envelope_time(&envelope, "time", 1795334400);
    check_ok(envelope_write(&envelope, &out));
    check_bytes(buffer_view(&out),
                LITERAL("{\"list\":[{\"index\":null,\"bytes\":\"Af8=\",\"hex\":\"01ff\"},true],"
                        "\"time\":\"2026-11-22T16:00:00+08:00\"}"));
}

static void remembers_that_it_broke(void **state)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER out = BUFFER_INIT;
    (void)state;

    envelope_begin(&envelope);
    envelope_text(&envelope, "bad", LITERAL("\xff\xfe"));
    envelope_string(&envelope, "good", "x");
    check_fails(envelope_write(&envelope, &out), INTERNAL, "envelope.broken");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_every_failure_its_status),
        cmocka_unit_test(tells_what_on_what_basis_and_what_to_do),
        cmocka_unit_test(names_the_field_and_the_place),
        cmocka_unit_test(replaces_what_a_handler_had_begun_to_answer),
        cmocka_unit_test(says_everything_in_both_languages),
        cmocka_unit_test(refuses_json_that_is_not_one_object),
        cmocka_unit_test(reads_texts_and_refuses_other_kinds),
        cmocka_unit_test(writes_nested_json),
        cmocka_unit_test(remembers_that_it_broke),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
