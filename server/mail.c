#include "server/mail.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "server/clock.h"

#define CONNECT_SECONDS 5L
#define TOTAL_SECONDS   20L
#define DATE_SIZE       48

static const char SENTENCE[] = "有一项任务待办";

struct mail {
    const char *server;
    const char *from;
    CURL *curl;
    atomic_bool aborted;
};

/* What is read piece by piece while it is sent. */
struct message {
    struct bytes rest;
};

struct result mail_open(const char *server, const char *from, struct mail **out)
{
    struct mail *const mail = calloc(1, sizeof *mail);

    REQUIRE(mail, OUT_OF_MEMORY, "service.memory");
    mail->server = server;
    mail->from = from;
    mail->curl = curl_easy_init();
    if (!mail->curl) {
        free(mail);
        return fail(OUT_OF_MEMORY, "service.memory");
    }
    *out = mail;
    return OK;
}

void mail_close(struct mail *mail)
{
    if (mail) {
        curl_easy_cleanup(mail->curl);
        free(mail);
    }
}

void mail_abort(struct mail *mail)
{
    atomic_store(&mail->aborted, true);
}

static struct result write_date(uint64_t now, struct buffer *out)
{
    const time_t moment = (time_t)now;
    struct tm parts;
    char date[DATE_SIZE];

    REQUIRE(gmtime_r(&moment, &parts) &&
                strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S +0000\r\n", &parts) > 0,
            INVALID, "text.time");
    return buffer_append_text(out, date);
}

/* Random, and of no name but the sender's. */
static struct result write_id(const char *from, struct buffer *out)
{
    const char *const domain = strrchr(from, '@');
    uint8_t random[16];

    secret_random(random, sizeof random);
    TRY(buffer_append_text(out, "Message-ID: <"));
    TRY(hex_append(out, BYTES(random)));
    TRY(buffer_append_text(out, domain ? domain : "@localhost"));
    return buffer_append_text(out, ">\r\n");
}

static struct result write_body(const char *link, struct buffer *out)
{
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_BUFFER encoded = BUFFER_INIT;
    struct bytes rest;

    TRY(buffer_append_text(&body, SENTENCE));
    TRY(buffer_append_text(&body, "\r\n"));
    TRY(buffer_append_text(&body, link));
    TRY(buffer_append_text(&body, "\r\n"));
    TRY(base64_append(&encoded, buffer_view(&body)));
    rest = buffer_view(&encoded);
    while (rest.size > 0) {
        const struct bytes line = bytes_slice(rest, 0, 76); /* RFC 2045 section 6.8 */

        TRY(buffer_append(out, line));
        TRY(buffer_append_text(out, "\r\n"));
        rest = bytes_slice(rest, line.size, rest.size);
    }
    return OK;
}

struct result mail_write(const char *from, struct bytes to, const char *link, uint64_t now,
                         struct buffer *out)
{
    TRY(write_date(now, out));
    TRY(buffer_append_text(out, "From: <"));
    TRY(buffer_append_text(out, from));
    TRY(buffer_append_text(out, ">\r\nTo: <"));
    TRY(buffer_append(out, to));
    TRY(buffer_append_text(out, ">\r\n"));
    TRY(write_id(from, out));
    TRY(buffer_append_text(out, "Subject: =?UTF-8?B?"));
    TRY(base64_append(out, bytes_of_string(SENTENCE)));
    TRY(buffer_append_text(out, "?=\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                                "Content-Type: text/plain; charset=utf-8\r\n"
                                "Content-Transfer-Encoding: base64\r\n\r\n"));
    return write_body(link, out);
}

/* --- sending --- */

static size_t give_more(char *out, size_t size, size_t count, void *context)
{
    struct message *const message = context;
    const struct bytes piece = bytes_slice(message->rest, 0, size * count);

    if (piece.size == 0) {
        return 0; /* the end; it stands nowhere */
    }
    memcpy(out, piece.data, piece.size);
    message->rest = bytes_slice(message->rest, piece.size, message->rest.size);
    return piece.size;
}

/* The parameters are libcurl's. */
static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct mail *const mail = context;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return atomic_load(&mail->aborted) ? 1 : 0;
}

static void set_up(struct mail *mail, struct message *message)
{
    CURL *const curl = mail->curl;

    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, mail->server);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TOTAL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_more);
    curl_easy_setopt(curl, CURLOPT_READDATA, message);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, mail);
}

static struct result bracket(struct bytes address, struct buffer *out, const char **text)
{
    TRY(buffer_append_text(out, "<"));
    TRY(buffer_append(out, address));
    TRY(buffer_append_text(out, ">"));
    return buffer_terminate(out, text);
}

/* RFC 5321 section 4.2.3: nobody of that address; all else may pass. */
static bool is_unknown(CURL *curl)
{
    long reply = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    return reply == 550 || reply == 551 || reply == 553;
}

static struct result perform(struct mail *mail, struct bytes to)
{
    AUTO_BUFFER sender = BUFFER_INIT;
    AUTO_BUFFER receiver = BUFFER_INIT;
    const char *sender_text;
    const char *receiver_text;
    struct curl_slist *receivers;
    CURLcode code;

    TRY(bracket(bytes_of_string(mail->from), &sender, &sender_text));
    TRY(bracket(to, &receiver, &receiver_text));
    receivers = curl_slist_append(0, receiver_text);
    REQUIRE(receivers, OUT_OF_MEMORY, "service.memory");
    curl_easy_setopt(mail->curl, CURLOPT_MAIL_FROM, sender_text);
    curl_easy_setopt(mail->curl, CURLOPT_MAIL_RCPT, receivers);
    code = curl_easy_perform(mail->curl);
    curl_slist_free_all(receivers);
    REQUIRE(code == CURLE_OK || !is_unknown(mail->curl), INVALID, "mail.refused");
    REQUIRE(code == CURLE_OK, STORAGE_FAILED, "mail.failed");
    return OK;
}

struct result mail_send(struct mail *mail, struct bytes to, const char *link)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct message message;

    TRY(mail_write(mail->from, to, link, clock_now(), &text));
    message.rest = buffer_view(&text);
    set_up(mail, &message);
    return perform(mail, to);
}
