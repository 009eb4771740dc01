#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "port.h"
#include "scene.h"
#include "server/form.h"
#include "server/http.h"

/* covers: api_plain, api_plain_status, plain_page, plain_form, plain_field, plain_notice */
/* covers: plain_receipt, plain_status, plain_answer, lodging, submission */

#define ANSWER_MAX (256 * 1024)
#define BOUNDARY   "----formboundary7MA4YWxk"
#define PERSONS    5

static char answer[ANSWER_MAX];

/* --- a log with a notice that is open, and one that is not yet --- */

/* Rows as the fold makes them; what the persons' keys are is filled in. */
static const char ROWS[] =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO cycle (id, year, position, document, quorum_numerator, quorum_denominator,"
    " runoffs, lines) VALUES ('cycle-1', 2026, 0, '细则', 2, 3, 2, '等次：1 1 质量奖\n');"
    "INSERT INTO organisation VALUES ('org-a', '甲<示例>公司', '913301060000000016', 'p', 0),"
    " ('org-b', '乙示例公司', '913301060000000029', 'q', 0);"
    "INSERT INTO notice_rules VALUES ('cycle-1', 0, 7, 5, 5, 3, 5, 24, 180);"
    "INSERT INTO notice (id, cycle, position, opens, closes) VALUES"
    " ('2026-1', 'cycle-1', 0, 1000000000, 4000000000),"
    " ('2026-2', 'cycle-1', 0, 3900000000, 4000000000),"
    " ('2026-3', 'cycle-1', 0, 1000000000, 1100000000);"
    "INSERT INTO notice_row SELECT id, 0, 1, 'org-a', NULL FROM notice;"
    "INSERT INTO notice_row SELECT id, 1, 1, 'org-b', NULL FROM notice;"
    "INSERT INTO notice_handler SELECT notice.id, person FROM notice,"
    " (SELECT 'person-0' AS person UNION SELECT 'person-1');"
    "INSERT INTO notice_keeper SELECT notice.id, person FROM notice,"
    " (SELECT 'person-2' AS person UNION SELECT 'person-3' UNION SELECT 'person-4');";

static void run_sql(sqlite3 *database, const char *sql)
{
    char *words = 0;

    if (sqlite3_exec(database, sql, 0, 0, &words)) {
        fail_msg("%s", words);
    }
}

static void add_person(sqlite3 *database, size_t number)
{
    const struct key_code code = {{(uint8_t)(number + 1)}};
    AUTO_BUFFER sign = BUFFER_INIT;
    AUTO_BUFFER box = BUFFER_INIT;
    struct keys keys;
    char sql[400];

    check_ok(keys_derive(&code, &keys));
    check_ok(hex_append(&sign, BYTES(keys.sign_public.bytes)));
    check_ok(hex_append(&box, BYTES(keys.box.key.bytes)));
    snprintf(sql, sizeof sql,
             "INSERT INTO person (id, hidden_name, invited, confirmed, sign_key, box_key)"
             " VALUES ('person-%zu', '#', 0, 0, x'%.*s', x'%.*s')",
             number, (int)sign.size, (const char *)sign.data, (int)box.size,
             (const char *)box.data);
    run_sql(database, sql);
}

static void open_notice(struct scene *scene)
{
    char path[128];
    sqlite3 *database;

    scene_open(scene);
    scene_post_genesis(scene);
    scene_stop(scene);
    snprintf(path, sizeof path, "%s/xiling.db", scene->folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    run_sql(database, ROWS);
    for (size_t i = 0; i < PERSONS; i++) {
        add_person(database, i);
    }
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    scene_start(scene);
    scene->config.port = pick_port();
    check_ok(http_start(scene->app, &scene->app->http));
}

/* --- a browser that says exactly what it is told --- */

static size_t length_of(char *heard)
{
    const char *const length = strstr(heard, "Content-Length: ");

    return length ? strtoul(length + 16, 0, 10) : 0;
}

static bool is_whole(char *heard, size_t size)
{
    char *const end = strstr(heard, "\r\n\r\n");

    return end && size - (size_t)(end + 4 - heard) >= length_of(heard);
}

/* The status, 0 if the peer hung up. */
static unsigned exchange(const struct scene *scene, struct bytes words)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)scene->config.port)};
    const struct timeval patience = {20, 0};
    const int peer = socket(AF_INET, SOCK_STREAM, 0);
    size_t size = 0;

    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(peer, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(send(peer, words.data, words.size, MSG_NOSIGNAL), words.size);
    answer[0] = 0;
    while (!is_whole(answer, size) && size < ANSWER_MAX - 1) {
        const ssize_t got = recv(peer, answer + size, ANSWER_MAX - 1 - size, 0);

        if (got <= 0) {
            break;
        }
        size += (size_t)got;
        answer[size] = 0;
    }
    close(peer);
    return size > 12 ? (unsigned)strtoul(answer + 9, 0, 10) : 0;
}

static unsigned get(const struct scene *scene, const char *path)
{
    char words[200];

    snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    return exchange(scene, bytes_of_string(words));
}

static unsigned post(const struct scene *scene, const char *path, const char *type,
                     struct bytes body)
{
    AUTO_BUFFER words = BUFFER_INIT;
    char head[300];

    snprintf(head, sizeof head,
             "POST %s HTTP/1.1\r\nHost: a\r\n%s%s\r\nContent-Length: %zu\r\n\r\n", path,
             type[0] ? "Content-Type: " : "X-None: ", type, body.size);
    check_ok(buffer_append_text(&words, head));
    check_ok(buffer_append(&words, body));
    return exchange(scene, buffer_view(&words));
}

#define MULTIPART "multipart/form-data; boundary=" BOUNDARY

static void add_part(struct buffer *body, const char *name, const char *file, struct bytes value)
{
    check_ok(buffer_append_text(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\""));
    check_ok(buffer_append_text(body, name));
    if (file) {
        check_ok(buffer_append_text(body, "\"; filename=\""));
        check_ok(buffer_append_text(body, file));
        check_ok(buffer_append_text(body, "\"\r\nContent-Type: application/octet-stream"));
    } else {
        check_ok(buffer_append_text(body, "\""));
    }
    check_ok(buffer_append_text(body, "\r\n\r\n"));
    check_ok(buffer_append(body, value));
    check_ok(buffer_append_text(body, "\r\n"));
}

static void end_parts(struct buffer *body)
{
    check_ok(buffer_append_text(body, "--" BOUNDARY "--\r\n"));
}

/* A person's form but for one field; as browsers send it, files that were not chosen as well. */
static void fill_in(struct buffer *body, const char *changed, const char *value)
{
    static const char *const FIELDS[][2] = {
        {"subject", "org-b"},
        {"ground", "其他"},
        {"request", "请核实。"},
        {"facts", "第一行\r\n第二行"},
        {"kind", "个人"},
        {"name", "示例市民"},
        {"unit", ""},
        {"uscc", ""},
        {"legal", ""},
        {"agent", ""},
        {"type", "居民身份证"},
        {"number", "11010519491231002X"},
        {"phone", "13800000000"},
        {"disclosure", "不同意"},
        {"promise", "1"},
    };

    for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++) {
        const bool same = strcmp(FIELDS[i][0], changed) != 0;

        add_part(body, FIELDS[i][0], 0, bytes_of_string(same ? FIELDS[i][1] : value));
    }
    add_part(body, "file", "", EMPTY_BYTES);
    add_part(body, "seal", "", EMPTY_BYTES);
}

static unsigned file_form(const struct scene *scene, const char *path, const char *changed,
                          const char *value)
{
    AUTO_BUFFER body = BUFFER_INIT;

    fill_in(&body, changed, value);
    end_parts(&body);
    return post(scene, path, MULTIPART, buffer_view(&body));
}

static void check_says(const char *words)
{
    if (!strstr(answer, words)) {
        fail_msg("does not say %s: %.3000s", words, answer);
    }
}

static size_t count_files(const struct scene *scene, const char *name)
{
    char path[160];
    size_t count = 0;
    DIR *folder;

    snprintf(path, sizeof path, "%s/%s", scene->folder.path, name);
    folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        count += entry->d_name[0] != '.' && strcmp(entry->d_name, "partial") != 0;
    }
    closedir(folder);
    return count;
}

/* --- tests --- */

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
                                "\r\nContent-Length: 99000000\r\n\r\n";
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

/* The code as the boxes show it. */
static void read_code(char code[static 28])
{
    const char *at = strstr(answer, "<ol class=\"grid-nine\"");
    size_t size = 0;

    assert_non_null(at);
    for (at = strstr(at, "<li>"); at && size < 27; at = strstr(at + 1, "<li>")) {
        memcpy(code + size, at + 4, 3);
        size += 3;
    }
    assert_int_equal(size, 27);
    code[27] = 0;
}

static unsigned ask(const struct scene *scene, const char *code, const char *more)
{
    char body[200];

    snprintf(body, sizeof body, "code=%s%s", code, more);
    return post(scene, "/plain/status", "application/x-www-form-urlencoded", bytes_of_string(body));
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
        cmocka_unit_test(answers_a_wrong_code_as_one_that_never_was),
        cmocka_unit_test(withdraws_only_after_the_code_and_a_tick),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
