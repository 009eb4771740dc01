#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "port.h"
#include "scene.h"
#include "server/http.h"

/* covers: http, http_reply, headers, limit, routes, config, app, api */

#define ANSWER_MAX 65536

/* --- a client that says exactly what it is told --- */

static int reach(const struct scene *scene)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)scene->config.port)};
    const struct timeval patience = {10, 0};
    const int peer = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(peer >= 0);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(peer, (struct sockaddr *)&address, sizeof address), 0);
    return peer;
}

static void say(int peer, const char *words)
{
    assert_int_equal(send(peer, words, strlen(words), MSG_NOSIGNAL), strlen(words));
}

/* Where the answer's body begins; NULL while its head is not complete. */
static char *find_body(char *answer)
{
    char *const end = strstr(answer, "\r\n\r\n");

    return end ? end + 4 : 0;
}

static bool is_complete(char *answer, size_t size)
{
    char *const body = find_body(answer);
    const char *const length = strstr(answer, "Content-Length: ");

    return body && (!length || size - (size_t)(body - answer) >= strtoul(length + 16, 0, 10));
}

/* Reads one answer; its status is returned, 0 if the peer hung up. */
static unsigned hear(int peer, char answer[static ANSWER_MAX])
{
    size_t size = 0;

    answer[0] = 0;
    while (!is_complete(answer, size) && size < ANSWER_MAX - 1) {
        const ssize_t got = recv(peer, answer + size, ANSWER_MAX - 1 - size, 0);

        if (got <= 0) {
            break;
        }
        size += (size_t)got;
        answer[size] = 0;
    }
    return size > 12 ? (unsigned)strtoul(answer + 9, 0, 10) : 0;
}

static unsigned exchange(const struct scene *scene, const char *words,
                         char answer[static ANSWER_MAX])
{
    const int peer = reach(scene);
    unsigned status;

    say(peer, words);
    status = hear(peer, answer);
    close(peer);
    return status;
}

static void listen_at(struct scene *scene)
{
    scene_open(scene);
    scene->config.port = pick_port();
    check_ok(http_start(scene->app, &scene->app->http));
}

static char answer[ANSWER_MAX];

/* --- tests --- */

static void sends_the_headers_that_protect_pages(void **state)
{
    static const char *const HEADERS[] = {
        "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'; trusted-types xiling-worker",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: ",
    };
    static const char *const PATHS[] = {"/api/pin", "/api/none", "/none.html", "/log/checkpoint"};
    AUTO_SCENE scene;
    (void)state;

    listen_at(&scene);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        char words[128];

        snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", PATHS[i]);
        assert_int_not_equal(exchange(&scene, words, answer), 0);
        for (size_t j = 0; j < sizeof HEADERS / sizeof HEADERS[0]; j++) {
            assert_non_null(strstr(answer, HEADERS[j]));
        }
        assert_null(strstr(answer, "unsafe-inline"));
        assert_null(strstr(answer, "Set-Cookie"));
    }
}

static void refuses_what_it_has_no_route_for(void **state)
{
    static const struct {
        const char *words;
        unsigned status;
    } CASES[] = {
        {"GET /api/none HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"PUT /api/entries HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 405},
        {"PATCH /api/entries HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 405},
        {"POST /index.html HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 404},
        {"GET /../server/main.c HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"GET /%2e%2e/server/main.c HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"GET /lib/..%2f..%2fserver/main.c HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"GET /package.json HTTP/1.1\r\nHost: a\r\n\r\n", 404},
    };
    AUTO_SCENE scene;
    (void)state;

    listen_at(&scene);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        assert_int_equal(exchange(&scene, CASES[i].words, answer), CASES[i].status);
        assert_int_equal(strstr(answer, "\r\nAllow: POST\r\n") != NULL, CASES[i].status == 405);
    }
}

static void refuses_a_body_announced_too_large(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    listen_at(&scene);
    assert_int_equal(exchange(&scene,
                              "POST /api/entries HTTP/1.1\r\nHost: a\r\n"
                              "Content-Length: 65536\r\n\r\n",
                              answer),
                     413);
    assert_non_null(strstr(answer, "service.size"));
    assert_int_equal(
        exchange(&scene, "GET /api/pin HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", answer),
        413);
}

static void counts_a_body_that_was_not_announced(void **state)
{
    static char block[10000];
    AUTO_SCENE scene;
    int peer;
    (void)state;

    listen_at(&scene);
    memset(block, 'x', sizeof block);
    peer = reach(&scene);
    say(peer, "POST /api/entries HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 7; i++) {
        say(peer, "2710\r\n");
        assert_int_equal(send(peer, block, sizeof block, MSG_NOSIGNAL), sizeof block);
        say(peer, "\r\n");
    }
    say(peer, "0\r\n\r\n");
    assert_int_equal(hear(peer, answer), 413);
    close(peer);
}

static void hangs_up_on_a_body_without_end(void **state)
{
    static char block[65536];
    AUTO_SCENE scene;
    ssize_t sent = 1;
    int blocks = 0;
    int peer;
    (void)state;

    listen_at(&scene);
    memset(block, 'x', sizeof block);
    peer = reach(&scene);
    say(peer, "POST /api/entries HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (sent > 0 && blocks++ < 1000) {
        if (send(peer, "10000\r\n", 7, MSG_NOSIGNAL) != 7) {
            break;
        }
        sent = send(peer, block, sizeof block, MSG_NOSIGNAL);
        if (sent > 0) {
            sent = send(peer, "\r\n", 2, MSG_NOSIGNAL);
        }
    }
    assert_true(blocks < 1000);
    close(peer);
}

static void refuses_headers_without_end(void **state)
{
    static char header[40000];
    AUTO_SCENE scene;
    unsigned status;
    int peer;
    (void)state;

    listen_at(&scene);
    memset(header, 'x', sizeof header - 1);
    peer = reach(&scene);
    say(peer, "GET /api/pin HTTP/1.1\r\nHost: a\r\nX-Long: ");
    (void)send(peer, header, sizeof header, MSG_NOSIGNAL);
    status = hear(peer, answer);
    assert_true(status == 0 || status >= 400);
    close(peer);
}

/* libmicrohttpd with one epoll thread stalls with exactly 256 busy connections. */
static void serves_256_connections_that_stay_open(void **state)
{
    enum { CROWD = 256, ROUNDS = 4 };
    static int peers[CROWD];
    AUTO_SCENE scene;
    (void)state;

    listen_at(&scene);
    for (int i = 0; i < CROWD; i++) {
        peers[i] = reach(&scene);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CROWD; i++) {
            say(peers[i], "GET /log/checkpoint HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        for (int i = 0; i < CROWD; i++) {
            assert_int_equal(hear(peers[i], answer), 200);
        }
    }
    for (int i = 0; i < CROWD; i++) {
        close(peers[i]);
    }
}

static void answers_a_note_once_it_is_durable(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER words = BUFFER_INIT;
    const char *text;
    (void)state;

    listen_at(&scene);
    scene_write_genesis(&scene, &note);
    check_ok(
        buffer_append_text(&words, "POST /api/entries HTTP/1.1\r\nHost: a\r\nContent-Length: "));
    check_ok(buffer_append_decimal(&words, note.size));
    check_ok(buffer_append_text(&words, "\r\n\r\n"));
    check_ok(buffer_append(&words, buffer_view(&note)));
    check_ok(buffer_terminate(&words, &text));
    assert_int_equal(exchange(&scene, text, answer), 200);
    assert_non_null(strstr(answer, "c2sp.org/tlog-proof@v1"));
    assert_non_null(strstr(answer, "X-Log-Index: 0"));
    assert_non_null(strstr(answer, "Cache-Control: no-store"));
}

/* Somebody who hangs up while the writer works takes nobody else along. */
static void survives_a_client_that_leaves_early(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    (void)state;

    listen_at(&scene);
    scene_post_genesis(&scene);
    for (unsigned i = 1; i <= 20; i++) {
        AUTO_BUFFER words = BUFFER_INIT;
        const char *text;
        const int peer = reach(&scene);

        buffer_clear(&note);
        scene_write_invite(&scene, i, &note);
        check_ok(buffer_append_text(&words,
                                    "POST /api/entries HTTP/1.1\r\nHost: a\r\nContent-Length: "));
        check_ok(buffer_append_decimal(&words, note.size));
        check_ok(buffer_append_text(&words, "\r\n\r\n"));
        check_ok(buffer_append(&words, buffer_view(&note)));
        check_ok(buffer_terminate(&words, &text));
        say(peer, text);
        close(peer);
    }
    assert_int_equal(exchange(&scene, "GET /api/overview HTTP/1.1\r\nHost: a\r\n\r\n", answer),
                     200);
}

/* Requests go on while the service stops: each is answered or cut off, and nothing is freed early.
 */
static void *keep_asking(void *context)
{
    const int *const peer = context;
    static const char WORDS[] = "GET /api/overview HTTP/1.1\r\nHost: a\r\n\r\n";
    static char heard[ANSWER_MAX];
    unsigned status = 200;

    while (status == 200 && send(*peer, WORDS, sizeof WORDS - 1, MSG_NOSIGNAL) > 0) {
        status = hear(*peer, heard);
    }
    return 0;
}

static void stops_while_somebody_keeps_asking(void **state)
{
    AUTO_SCENE scene;
    pthread_t asking;
    int peer;
    (void)state;

    listen_at(&scene);
    scene_post_genesis(&scene);
    peer = reach(&scene);
    assert_int_equal(pthread_create(&asking, 0, keep_asking, &peer), 0);
    assert_int_equal(usleep(50000), 0);
    scene_stop(&scene);
    assert_int_equal(pthread_join(asking, 0), 0);
    close(peer);
}

static void answers_head_without_a_body(void **state)
{
    AUTO_SCENE scene;
    int peer;
    (void)state;

    listen_at(&scene);
    peer = reach(&scene);
    say(peer, "HEAD /log/vkey HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_int_equal(hear(peer, answer), 200);
    assert_int_equal(*find_body(answer), 0);
    close(peer);
}

static void sends_nothing_again_that_the_client_has(void **state)
{
    AUTO_SCENE scene;
    char words[256];
    char *etag;
    (void)state;

    listen_at(&scene);
    assert_int_equal(exchange(&scene, "GET /lib/text.js HTTP/1.1\r\nHost: a\r\n\r\n", answer), 200);
    etag = strstr(answer, "ETag: ");
    assert_non_null(etag);
    *strchr(etag, '\r') = 0;
    snprintf(words, sizeof words,
             "GET /lib/text.js HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\n\r\n", etag + 6);
    assert_int_equal(exchange(&scene, words, answer), 304);
}

/* Options as one line of words; they stay where they are until the next call. */
static struct result parse(const char *line, struct config *out)
{
    static char words[16][32];
    char *pointers[16];
    struct bytes rest = bytes_of_string(line);
    int count = 0;

    while (rest.size > 0) {
        const struct bytes word = text_cut(&rest, ' ');

        snprintf(words[count], sizeof words[count], "%.*s", (int)word.size,
                 (const char *)word.data);
        pointers[count] = words[count];
        count++;
    }
    return config_parse(count, pointers, out);
}

static void reads_options_and_refuses_others(void **state)
{
    static const char *const BAD[] = {"--colour red", "--port", "--port 70000", "--port -1",
                                      "--port 80x"};
    struct config config;
    (void)state;

    check_ok(parse("--data d --port 8201 --host 127.0.0.2 --verbose", &config));
    assert_int_equal(config.port, 8201);
    assert_true(config.verbose);
    assert_string_equal(config.data, "d");
    assert_string_equal(config.url, "http://127.0.0.2:8201");
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_fails(parse(BAD[i], &config), MALFORMED, "config.option");
    }
    check_fails(parse("--threads 1", &config), MALFORMED, "config.threads");
    check_ok(parse("--proxy 127.0.0.1", &config));
    check_fails(parse("--proxy nginx", &config), MALFORMED, "config.proxy");
}

static void says_that_a_port_is_taken(void **state)
{
    AUTO_SCENE scene;
    struct http *second = 0;
    (void)state;

    listen_at(&scene);
    check_fails(http_start(scene.app, &second), STORAGE_FAILED, "service.listen");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_the_headers_that_protect_pages),
        cmocka_unit_test(refuses_what_it_has_no_route_for),
        cmocka_unit_test(refuses_a_body_announced_too_large),
        cmocka_unit_test(counts_a_body_that_was_not_announced),
        cmocka_unit_test(hangs_up_on_a_body_without_end),
        cmocka_unit_test(refuses_headers_without_end),
        cmocka_unit_test(serves_256_connections_that_stay_open),
        cmocka_unit_test(answers_a_note_once_it_is_durable),
        cmocka_unit_test(survives_a_client_that_leaves_early),
        cmocka_unit_test(stops_while_somebody_keeps_asking),
        cmocka_unit_test(answers_head_without_a_body),
        cmocka_unit_test(sends_nothing_again_that_the_client_has),
        cmocka_unit_test(reads_options_and_refuses_others),
        cmocka_unit_test(says_that_a_port_is_taken),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
