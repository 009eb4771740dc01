#include "plain.h"

/* covers: api_plain, api_plain_status, plain_page, plain_form, plain_field, plain_notice */
/* covers: plain_receipt, plain_status, plain_acts, plain_answer, lodging, submission */

static void check_page(const struct scene *scene, const char *path, unsigned status)
{
    assert_int_equal(get(scene, path), status);
    check_says("Content-Type: text/html; charset=utf-8");
    check_says("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; "
               "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n");
    check_says("Cache-Control: no-store");
    assert_null(strstr(answer, "<script"));
    assert_null(strstr(answer, "unsafe"));
}

static void serves_pages_without_any_script(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    check_page(&scene, "/plain", 200);
    check_says("公示 2026-1");
    check_page(&scene, "/plain/2026-1", 200);
    check_says("甲&lt;示例&gt;公司");
    check_says("您的浏览器没有密封功能");
    check_page(&scene, "/plain/2026-1?lang=en", 200);
    check_says("Your browser cannot seal");
    check_says("<html lang=\"en\">");
    check_page(&scene, "/plain/status", 200);
    check_page(&scene, "/plain/2026-2", 200);
    check_says("还没有开始");
    assert_null(strstr(answer, "<form"));
    check_page(&scene, "/plain/2026-3", 200);
    check_says("仍可提交，按一般反映处理");
    check_page(&scene, "/plain/none", 404);
    check_page(&scene, "/plain/none?lang=en", 404);
    check_says("What happened");
}

static void gives_everything_back_with_the_fault_at_its_field(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    assert_int_equal(file_form(&scene, "/plain/2026-1", "number", "110105194912310021"), 422);
    check_says("没有提交：有 1 处要改。");
    check_says("aria-invalid=\"true\" autocomplete=\"off\" autocapitalize=\"characters\" "
               "spellcheck=\"false\" value=\"110105194912310021\"");
    check_says("号码的校验位不对");
    check_says(">\n第一行\r\n第二行</textarea>");
    check_says("value=\"13800000000\"");
    check_says("value=\"org-b\" checked");
    check_says("name=\"promise\" value=\"1\" checked");
    assert_int_equal(count_files(&scene, "documents"), 0);
}

static void never_lets_what_was_typed_become_markup(void **state)
{
    static const char *const FIELDS[] = {"subject", "ground", "request", "facts",   "kind",
                                         "name",    "unit",   "uscc",    "legal",   "agent",
                                         "type",    "number", "phone",   "promise", "disclosure"};
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++) {
        AUTO_BUFFER body = BUFFER_INIT;

        fill_in(&body, FIELDS[i], "</textarea>\"'><b onclick=x>&amp;");
        add_part(&body, "file", "<img src=x>.docx", LITERAL("PK\x03\x04\xff"));
        end_parts(&body);
        assert_int_equal(post(&scene, "/plain/2026-1", MULTIPART, buffer_view(&body)), 422);
        assert_null(strstr(answer, "<b onclick"));
        assert_null(strstr(answer, "<img src=x"));
        check_says("&lt;img src=x&gt;.docx");
    }
}

static void refuses_what_is_no_form_and_goes_on(void **state)
{
    static const struct {
        const char *type;
        const char *body;
    } CASES[] = {
        {"", "subject=org-b"},
        {"text/plain", "subject=org-b"},
        {"multipart/form-data", "--x\r\n\r\n"},
        {MULTIPART, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"facts\"\r\n\r\ncut"},
        {MULTIPART, "--" BOUNDARY "\r\n\r\n\r\n\r\n--" BOUNDARY},
        {MULTIPART, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"a-very-long-name-"
                    "that-no-field-has\"\r\n\r\nx\r\n--" BOUNDARY "--\r\n"},
        {"application/x-www-form-urlencoded", "a-very-long-name-that-no-field-has=x"},
    };
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const unsigned status =
            post(&scene, "/plain/2026-1", CASES[i].type, bytes_of_string(CASES[i].body));

        if (status != 400 || !strstr(answer, "提交的不是完整的表单")) {
            fail_msg("case %zu: %u %.2000s", i, status, answer);
        }
    }
    /* What stands before the first boundary is no part of it, so this is a form with no field. */
    assert_int_equal(post(&scene, "/plain/2026-1", MULTIPART, LITERAL("garbage")), 422);
    assert_int_equal(post(&scene, "/plain/2026-1", MULTIPART, EMPTY_BYTES), 422);
    assert_int_equal(get(&scene, "/plain/2026-1"), 200);
    assert_int_equal(count_files(&scene, "documents"), 0);
}

static void tells_early_what_is_too_large_and_when_too_many_come(void **state)
{
    static const char LARGE[] = "POST /plain/2026-1 HTTP/1.1\r\nHost: a\r\nContent-Type: " MULTIPART
                                "\r\nContent-Length: 199000000\r\n\r\n";
    struct form *held[3];
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    assert_int_equal(exchange(&scene, bytes_of_string(LARGE)), 413);
    check_says("text/html");
    check_says("提交的内容太大，没有收下");
    for (size_t i = 0; i < 3; i++) {
        check_ok(form_begin(scene.app->forms, FORM_MAX, clock_ticks(), &held[i]));
    }
    assert_int_equal(file_form(&scene, "/plain/2026-1", "", ""), 503);
    check_says("text/html");
    check_says("Retry-After: 30");
    check_says("此刻提交表单的人太多");
    for (size_t i = 0; i < 3; i++) {
        form_close(held[i]);
    }
    assert_int_equal(file_form(&scene, "/plain/2026-1", "", ""), 201);
}

static void acknowledges_only_what_is_logged_and_stored(void **state)
{
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_SCENE scene;
    char code[28];
    (void)state;

    open_notice(&scene);
    fill_in(&body, "", "");
    add_part(&body, "file", "a.pdf", LITERAL("%PDF-1.7 example"));
    add_part(&body, "file", "b.txt", LITERAL("说明"));
    end_parts(&body);
    assert_int_equal(post(&scene, "/plain/2026-1", MULTIPART, buffer_view(&body)), 201);
    check_says("已按时收到");
    check_says("2026-1-0001");
    check_says("本件由服务密封");
    check_says("/api/receipts/");
    check_says("Cache-Control: no-store");
    read_code(code);
    assert_int_equal(count_files(&scene, "documents"), 1 + 3 + 2);
    assert_int_equal(count_files(&scene, "deposits"), 0);
    assert_int_equal(ask(&scene, code, ""), 200);
    check_says("编号 2026-1-0001");
    assert_null(strstr(answer, code));
    assert_int_equal(file_form(&scene, "/plain/2026-3", "", ""), 201);
    check_says("逾期收到");
}

static void takes_back_what_a_refused_text_would_have_named(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    assert_int_equal(file_form(&scene, "/plain/2026-2", "", ""), 422);
    check_says("class=\"refusal\"");
    assert_int_equal(count_files(&scene, "documents"), 0);
    assert_int_equal(count_files(&scene, "deposits"), 0);
    assert_int_equal(file_form(&scene, "/plain/none", "", ""), 404);
}

/* As from a device with scripts; nobody works here, so whoever is over the rate waits. */
static void lets_an_address_file_at_its_rate_and_keeps_what_was_typed(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    open_notice(&scene);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(file_form(&scene, "/plain/2026-1", "number", "1"),
                         422); /* costs nothing */
        assert_int_equal(file_form(&scene, "/plain/2026-1", "", ""), 201);
    }
    assert_int_equal(file_form(&scene, "/plain/2026-1", "", ""), 429);
    check_says("text/html");
    check_says("Retry-After: ");
    check_says("从您的网络地址来的提交此刻太多");
    check_says("秒后再交一次");
    check_says("value=\"13800000000\"");
    assert_int_equal(get(&scene, "/plain/2026-1"), 200);
}

static void answers_a_wrong_code_as_one_that_never_was(void **state)
{
    AUTO_SCENE scene;
    struct key_code drawn;
    char code[KEY_CODE_SIZE + 1];
    (void)state;

    open_notice(&scene);
    key_code_draw(&drawn);
    key_code_print(drawn.bytes, code);
    assert_int_equal(ask(&scene, code, ""), 422);
    check_says("没有查到这个查询码的异议");
    code[0] = code[0] == '7' ? '6' : '7';
    assert_int_equal(ask(&scene, code, ""), 422);
    check_says("查询码有一位写错了");
    assert_int_equal(ask(&scene, "123", ""), 422);
    check_says("查询码应有 27 位");
    assert_int_equal(ask(&scene, "", ""), 422);
    assert_int_equal(get(&scene, "/plain/status?code=123"), 200);
    assert_null(strstr(answer, "123\""));
}

static void withdraws_only_after_the_code_and_a_tick(void **state)
{
    AUTO_SCENE scene;
    char code[28];
    char more[120];
    const char *shown;
    (void)state;

    open_notice(&scene);
    assert_int_equal(file_form(&scene, "/plain/2026-1", "", ""), 201);
    read_code(code);
    assert_int_equal(ask(&scene, code, ""), 200);
    shown = strstr(answer, "name=\"case\" value=\"");
    assert_non_null(shown);
    snprintf(more, sizeof more, "&act=withdraw&sure=1&case=%.64s", shown + 19);
    assert_int_equal(ask(&scene, code, "&act=withdraw&sure=1&case=00"), 422);
    check_says("这个查询码不是这件异议的");
    more[19] = '0'; /* &sure=0 */
    assert_int_equal(ask(&scene, code, more), 422);
    check_says("请先勾选确认");
    more[19] = '1';
    assert_int_equal(ask(&scene, code, more), 200);
    check_says("已撤回");
    assert_null(strstr(answer, "name=\"act\""));
    assert_int_equal(ask(&scene, code, ""), 200);
    check_says("已撤回");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_pages_without_any_script),
        cmocka_unit_test(gives_everything_back_with_the_fault_at_its_field),
        cmocka_unit_test(never_lets_what_was_typed_become_markup),
        cmocka_unit_test(refuses_what_is_no_form_and_goes_on),
        cmocka_unit_test(tells_early_what_is_too_large_and_when_too_many_come),
        cmocka_unit_test(acknowledges_only_what_is_logged_and_stored),
        cmocka_unit_test(takes_back_what_a_refused_text_would_have_named),
        cmocka_unit_test(lets_an_address_file_at_its_rate_and_keeps_what_was_typed),
        cmocka_unit_test(answers_a_wrong_code_as_one_that_never_was),
        cmocka_unit_test(withdraws_only_after_the_code_and_a_tick),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
