/*
 * plain.h - a service with open notices, and a browser without scripts that says what it is told.
 */
#pragma once

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

static inline void run_sql(sqlite3 *database, const char *sql)
{
    char *words = 0;

    if (sqlite3_exec(database, sql, 0, 0, &words)) {
        fail_msg("%s", words);
    }
}

static inline void add_person(sqlite3 *database, size_t number)
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

/* Rows of no log, put beside a service that runs: at a start it would refuse them (refold.h). */
static inline void open_notice(struct scene *scene)
{
    char path[128];
    sqlite3 *database;

    scene_open(scene);
    scene_post_genesis(scene);
    snprintf(path, sizeof path, "%s/xiling.db", scene->folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    run_sql(database, ROWS);
    for (size_t i = 0; i < PERSONS; i++) {
        add_person(database, i);
    }
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    scene->config.port = pick_port();
    check_ok(http_start(scene->app, &scene->app->http));
}

/* --- a browser that says exactly what it is told --- */

static inline size_t length_of(char *heard)
{
    const char *const length = strstr(heard, "Content-Length: ");

    return length ? strtoul(length + 16, 0, 10) : 0;
}

static inline bool is_whole(char *heard, size_t size)
{
    char *const end = strstr(heard, "\r\n\r\n");

    return end && size - (size_t)(end + 4 - heard) >= length_of(heard);
}

/* The status, 0 if the peer hung up. */
static inline unsigned exchange(const struct scene *scene, struct bytes words)
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

static inline unsigned get(const struct scene *scene, const char *path)
{
    char words[200];

    snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    return exchange(scene, bytes_of_string(words));
}

static inline unsigned post(const struct scene *scene, const char *path, const char *type,
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

static inline void add_part(struct buffer *body, const char *name, const char *file,
                            struct bytes value)
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

static inline void end_parts(struct buffer *body)
{
    check_ok(buffer_append_text(body, "--" BOUNDARY "--\r\n"));
}

/* A person's form but for one field; as browsers send it, files that were not chosen as well. */
static inline void fill_in(struct buffer *body, const char *changed, const char *value)
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

static inline unsigned file_form(const struct scene *scene, const char *path, const char *changed,
                                 const char *value)
{
    AUTO_BUFFER body = BUFFER_INIT;

    fill_in(&body, changed, value);
    end_parts(&body);
    return post(scene, path, MULTIPART, buffer_view(&body));
}

static inline void check_says(const char *words)
{
    if (!strstr(answer, words)) {
        fail_msg("does not say %s: %.3000s", words, answer);
    }
}

static inline size_t count_files(const struct scene *scene, const char *name)
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

/* The code as the boxes show it. */
static inline void read_code(char code[static 28])
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

static inline unsigned ask(const struct scene *scene, const char *code, const char *more)
{
    char body[280] = "code=";
    size_t size = strlen(body);

    for (; *code; code++) { /* its check character may be any of "*~$=U" */
        size += (size_t)snprintf(body + size, sizeof body - size, "%%%02X", (unsigned char)*code);
    }
    snprintf(body + size, sizeof body - size, "%s", more);
    return post(scene, "/plain/status", "application/x-www-form-urlencoded", bytes_of_string(body));
}
