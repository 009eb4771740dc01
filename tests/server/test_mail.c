#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "scene.h"
#include "server/mail.h"

/* covers: mail */

#define HEARD_MAX 8192

/* A mail server that says yes to everything, once, and keeps what it was told. */
struct sink {
    int listening;
    char url[64];
    bool refuses; /* whoever the mail is for */
    pthread_t thread;
    char heard[HEARD_MAX];
    size_t size;
};

static void say(int peer, const char *words)
{
    assert_int_equal(send(peer, words, strlen(words), MSG_NOSIGNAL), strlen(words));
}

/* Reads one more piece; false at the end. What was heard before is left out of the search. */
static bool hear_until(struct sink *sink, int peer, const char *end)
{
    const size_t from = sink->size;

    while (!strstr(sink->heard + from, end)) {
        const ssize_t got = recv(peer, sink->heard + sink->size, HEARD_MAX - 1 - sink->size, 0);

        if (got <= 0) {
            return false;
        }
        sink->size += (size_t)got;
        sink->heard[sink->size] = 0;
    }
    return true;
}

static void *serve_one(void *context)
{
    struct sink *const sink = context;
    const int peer = accept(sink->listening, 0, 0);

    say(peer, "220 sink.example\r\n");
    for (bool going = hear_until(sink, peer, "\r\n"); going;
         going = hear_until(sink, peer, "\r\n")) {
        const size_t end = sink->size;

        if (strstr(sink->heard, "DATA\r\n") == sink->heard + end - 6) {
            say(peer, "354 go on\r\n");
            hear_until(sink, peer, "\r\n.\r\n");
            say(peer, "250 taken\r\n");
        } else if (sink->refuses && strstr(sink->heard, "RCPT TO:")) {
            say(peer, "550 nobody here\r\n");
        } else {
            say(peer, "250 yes\r\n");
        }
    }
    close(peer);
    return 0;
}

static void sink_open(struct sink *sink)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    *sink = (struct sink){.listening = socket(AF_INET, SOCK_STREAM, 0)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    assert_int_equal(bind(sink->listening, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(sink->listening, 1), 0);
    assert_int_equal(getsockname(sink->listening, (struct sockaddr *)&address, &size), 0);
    snprintf(sink->url, sizeof sink->url, "smtp://127.0.0.1:%u", ntohs(address.sin_port));
}

static void sink_start(struct sink *sink)
{
    assert_int_equal(pthread_create(&sink->thread, 0, serve_one, sink), 0);
}

static void sink_close(struct sink *sink)
{
    pthread_join(sink->thread, 0);
    close(sink->listening);
}

/* What stands behind the empty line, decoded. */
static void read_body(const char *mail, struct buffer *out)
{
    AUTO_BUFFER joined = BUFFER_INIT;
    struct bytes rest;
    const char *const begin = strstr(mail, "\r\n\r\n");

    assert_non_null(begin);
    rest = bytes_of_string(begin + 4);
    while (rest.size > 0) {
        struct bytes line = text_cut(&rest, '\n');

        if (line.size > 1 && line.data[0] != '.') {
            check_ok(buffer_append(&joined, bytes_slice(line, 0, line.size - 1)));
        } else {
            break;
        }
    }
    check_ok(base64_decode_append(buffer_view(&joined), out));
}

/* --- tests --- */

static void says_the_sentence_and_the_link_and_nothing_else(void **state)
{
    AUTO_BUFFER mail = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    const char *text;
    (void)state;

    check_ok(mail_write("award@award.example", LITERAL("a@b.example"),
                        "https://award.example/home.html", 1795000000, &mail));
    check_ok(buffer_terminate(&mail, &text));
    assert_non_null(strstr(text, "From: <award@award.example>\r\nTo: <a@b.example>\r\n"));
    assert_non_null(strstr(text, "Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"));
    assert_non_null(strstr(text, "Subject: =?UTF-8?B?5pyJ5LiA6aG55Lu75Yqh5b6F5Yqe?=\r\n"));
    assert_non_null(strstr(text, "@award.example>\r\n"));
    read_body(text, &body);
    check_bytes(buffer_view(&body),
                LITERAL("有一项任务待办\r\nhttps://award.example/home.html\r\n"));
}

static void hands_a_mail_to_the_server(void **state)
{
    struct sink sink;
    struct mail *mail = 0;
    AUTO_BUFFER body = BUFFER_INIT;
    (void)state;

    sink_open(&sink);
    sink_start(&sink);
    check_ok(mail_open(sink.url, "award@award.example", &mail));
    check_ok(mail_send(mail, LITERAL("a@b.example"), "https://award.example/home.html"));
    mail_close(mail);
    sink_close(&sink);
    assert_non_null(strstr(sink.heard, "MAIL FROM:<award@award.example>"));
    assert_non_null(strstr(sink.heard, "RCPT TO:<a@b.example>\r\n"));
    read_body(strstr(sink.heard, "DATA\r\n"), &body);
    assert_int_not_equal(text_find(buffer_view(&body), LITERAL("https://award.example/")),
                         SIZE_MAX);
}

static void tells_if_the_server_refuses(void **state)
{
    struct sink sink;
    struct mail *mail = 0;
    (void)state;

    sink_open(&sink);
    sink.refuses = true;
    sink_start(&sink);
    check_ok(mail_open(sink.url, "award@award.example", &mail));
    check_fails(mail_send(mail, LITERAL("a@b.example"), "https://award.example/"), INVALID,
                "mail.refused");
    mail_close(mail);
    sink_close(&sink);
}

static void tells_if_nobody_is_there(void **state)
{
    struct sink sink;
    struct mail *mail = 0;
    (void)state;

    sink_open(&sink);
    close(sink.listening);
    check_ok(mail_open(sink.url, "award@award.example", &mail));
    check_fails(mail_send(mail, LITERAL("a@b.example"), "https://award.example/"), STORAGE_FAILED,
                "mail.failed");
    mail_close(mail);
}

static void *abort_soon(void *context)
{
    usleep(100 * 1000);
    mail_abort(context);
    return 0;
}

/* The service ends although its mail server has accepted and says nothing. */
static void stops_waiting_for_a_silent_server(void **state)
{
    struct sink sink;
    struct mail *mail = 0;
    pthread_t aborter;
    const uint64_t begun = clock_ticks();
    (void)state;

    sink_open(&sink);
    check_ok(mail_open(sink.url, "award@award.example", &mail));
    assert_int_equal(pthread_create(&aborter, 0, abort_soon, mail), 0);
    check_fails(mail_send(mail, LITERAL("a@b.example"), "https://award.example/"), STORAGE_FAILED,
                "mail.failed");
    assert_true(clock_ticks() - begun < 5000);
    pthread_join(aborter, 0);
    mail_close(mail);
    close(sink.listening);
}

/* As a command line gives them: words that may be written to. */
static struct result parse(const char *const options[static 4], struct config *out)
{
    static char words[4][64];
    char *views[4];

    for (size_t i = 0; i < 4; i++) {
        snprintf(words[i], sizeof words[i], "%s", options[i]);
        views[i] = words[i];
    }
    return config_parse(4, views, out);
}

static void refuses_half_of_the_options(void **state)
{
    static const char *const CASES[][4] = {
        {"--smtp", "smtp://127.0.0.1", "--port", "80"},
        {"--mail-from", "a@b.example", "--port", "80"},
        {"--smtp", "http://127.0.0.1", "--mail-from", "a@b.example"},
        {"--smtp", "smtp://127.0.0.1", "--mail-from", "nobody"},
    };
    static const char *const GOOD[] = {"--smtp", "smtp://127.0.0.1:25", "--mail-from",
                                       "a@b.example"};
    struct config config;
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        check_fails(parse(CASES[i], &config), MALFORMED, "config.mail");
    }
    check_ok(parse(GOOD, &config));
    assert_string_equal(config.smtp, "smtp://127.0.0.1:25");
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(says_the_sentence_and_the_link_and_nothing_else),
        cmocka_unit_test(hands_a_mail_to_the_server),
        cmocka_unit_test(tells_if_the_server_refuses),
        cmocka_unit_test(tells_if_nobody_is_there),
        cmocka_unit_test(stops_waiting_for_a_silent_server),
        cmocka_unit_test(refuses_half_of_the_options),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
