#include "verifier/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct fetch {
    CURL *curl;
};

struct result fetch_open(struct fetch **out)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);

    REQUIRE(fetch != NULL, OUT_OF_MEMORY, "memory");
    fetch->curl = curl_easy_init();
    *out = fetch;
    REQUIRE(fetch->curl != NULL, OUT_OF_MEMORY, "memory");
    return OK;
}

void fetch_close(struct fetch *fetch)
{
    if (fetch != NULL) {
        curl_easy_cleanup(fetch->curl);
        free(fetch);
    }
}

void fetch_close_scope(struct fetch **fetch)
{
    fetch_close(*fetch);
}

/* libcurl gives the body in pieces; fewer bytes taken than given ends the transfer. */
static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct buffer *body = context;
    const size_t total = size * count;

    if (body->size + total > FETCH_BODY_MAX ||
        !is_ok(buffer_append(body, (struct bytes){(const uint8_t *)data, total}))) {
        return 0;
    }
    return total;
}

static size_t take_header(char *data, size_t size, size_t count, void *context)
{
    static const char NAME[] = "set-cookie: ";
    struct fetch_answer *answer = context;
    const size_t total = size * count;

    if (total > sizeof NAME && strncasecmp(data, NAME, sizeof NAME - 1) == 0) {
        const char *value = data + sizeof NAME - 1;
        size_t length = 0;

        while (length < total - (sizeof NAME - 1) && strchr(";\r\n", value[length]) == NULL) {
            length++;
        }
        if (length < sizeof answer->cookie) {
            memcpy(answer->cookie, value, length);
            answer->cookie[length] = 0;
        }
    }
    return total;
}

static struct curl_slist *make_headers(const struct fetch_request *request)
{
    static const char TEXT[] = "Content-Type: text/plain; charset=utf-8";
    static const char JSON[] = "Content-Type: application/json";
    const bool is_json =
        request->content_type != NULL && strcmp(request->content_type, "application/json") == 0;
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");

    if (request->is_post || request->is_put) {
        headers = curl_slist_append(headers, is_json ? JSON : TEXT);
    }
    if (request->header != NULL) {
        headers = curl_slist_append(headers, request->header);
    }
    return headers;
}

static void set_up(CURL *curl, const struct fetch_request *request, struct fetch_answer *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_TIMEOUT);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer->body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer);
    if (request->is_post || request->is_put) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->is_put ? "PUT" : NULL);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)request->body.size);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                         request->body.size == 0 ? "" : (const char *)request->body.data);
    }
}

struct result fetch_send(struct fetch *fetch, const struct fetch_request *request,
                         struct fetch_answer *answer)
{
    struct curl_slist *headers = make_headers(request);

    buffer_clear(&answer->body);
    answer->cookie[0] = 0;
    curl_easy_reset(fetch->curl);
    set_up(fetch->curl, request, answer);
    curl_easy_setopt(fetch->curl, CURLOPT_HTTPHEADER, headers);
    const CURLcode code = curl_easy_perform(fetch->curl);
    curl_slist_free_all(headers);
    REQUIRE(code != CURLE_WRITE_ERROR, INVALID, "fetch.size");
    REQUIRE(code == CURLE_OK, NOT_FOUND, "fetch.failed");
    curl_easy_getinfo(fetch->curl, CURLINFO_RESPONSE_CODE, &answer->status);
    return OK;
}

struct result fetch_get(struct fetch *fetch, const char *url, struct buffer *out)
{
    const struct fetch_request request = {.url = url};
    struct fetch_answer answer = {.body = *out};

    *out = (struct buffer)BUFFER_INIT; /* lent to the answer */
    const struct result result = fetch_send(fetch, &request, &answer);
    *out = answer.body;
    TRY(result);
    REQUIRE(answer.status == 200, NOT_FOUND, "fetch.status");
    return OK;
}
