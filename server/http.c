/*
 * A request is called for by libmicrohttpd several times: once with its headers, once for each
 * piece of its body, once at the end of it, and once more if it was suspended to wait for the
 * writer. The second one is what `phase` tells apart.
 */
#include "server/http.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "server/answer.h"
#include "server/app.h"
#include "server/clock.h"
#include "server/pipeline.h"
#include "server/routes.h"
#include "server/ticket.h"
#include "server/trace.h"

#define IDLE_SECONDS       20
#define BODY_MILLISECONDS  60000
#define EXCESS_MAX         (256 * 1024) /* read and thrown away so that the refusal can be told */
#define HEADER_MEMORY      (32 * 1024)
#define CONNECTIONS_MAX    4096
#define DRAIN_MILLISECONDS 8000

struct http {
    struct app *app;
    struct MHD_Daemon *daemon;
    MHD_socket listening; /* ours to close once it was taken from the daemon */
    atomic_bool closing;
    atomic_uint open; /* requests begun and not yet answered */
};

enum phase {
    PHASE_BODY,
    PHASE_WAITING, /* suspended */
    PHASE_ANSWERED,
};

struct conversation {
    struct http *http;
    struct MHD_Connection *connection;
    const struct route *route;
    struct request request;
    struct response response;
    struct buffer body;
    size_t excess;
    uint64_t begun; /* clock_ticks */
    enum phase phase;
};

static const struct {
    const char *name;
    const char *value;
} HEADERS[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
     "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types xiling-worker"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"},
};

static const char *const CACHING[] = {
    [CACHE_NEVER] = "no-store",
    [CACHE_BRIEFLY] = "public, max-age=2",
    [CACHE_REVALIDATE] = "no-cache",
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

static struct bytes find_header(struct MHD_Connection *connection, enum MHD_ValueKind kind,
                                const char *name)
{
    const char *const value = MHD_lookup_connection_value(connection, kind, name);

    return value ? bytes_of_string(value) : EMPTY_BYTES;
}

static bool read_method(const char *word, enum method *out)
{
    static const struct {
        const char *word;
        enum method method;
    } METHODS[] = {
        {"GET", METHOD_GET}, {"HEAD", METHOD_GET},      {"POST", METHOD_POST},
        {"PUT", METHOD_PUT}, {"DELETE", METHOD_DELETE},
    };

    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (strcmp(word, METHODS[i].word) == 0) {
            *out = METHODS[i].method;
            return true;
        }
    }
    return false;
}

static void add_header(struct MHD_Response *reply, const char *name, const char *value)
{
    /* Only memory can be short here; a reply that lost a header is not sent. */
    (void)MHD_add_response_header(reply, name, value);
}

/* What anybody may read, a page of another origin may read too: no cookie is looked at there. */
static bool is_open(const struct conversation *talk)
{
    return talk->route && talk->route->right == RIGHT_PUBLIC &&
           (bytes_starts_with(talk->request.path, LITERAL("/api/")) ||
            bytes_starts_with(talk->request.path, LITERAL("/log/")));
}

static void add_headers(struct MHD_Response *reply, const struct conversation *talk)
{
    const struct response *const response = &talk->response;
    char number[24];

    for (size_t i = 0; i < sizeof HEADERS / sizeof HEADERS[0]; i++) {
        add_header(reply, HEADERS[i].name, HEADERS[i].value);
    }
    add_header(reply, "Cross-Origin-Resource-Policy",
               is_open(talk) ? "cross-origin" : "same-origin");
    if (is_open(talk)) {
        add_header(reply, "Access-Control-Allow-Origin", "*");
        add_header(reply, "Access-Control-Expose-Headers", "X-Log-Index");
    }
    add_header(reply, "Content-Type", response->content_type);
    add_header(reply, "Cache-Control", CACHING[response->caching]);
    if (response->caching == CACHE_REVALIDATE) {
        add_header(reply, "Vary", "Accept-Encoding");
    }
    if (response->encoding) {
        add_header(reply, "Content-Encoding", response->encoding);
    }
    if (response->disposition) {
        add_header(reply, "Content-Disposition", response->disposition);
    }
    if (response->etag[0]) {
        add_header(reply, "ETag", response->etag);
    }
    if (response->cookie[0]) {
        add_header(reply, "Set-Cookie", response->cookie);
    }
    if (response->retry_after) {
        snprintf(number, sizeof number, "%u", response->retry_after);
        add_header(reply, "Retry-After", number);
    }
    if (response->log_index != RESPONSE_NO_INDEX) {
        snprintf(number, sizeof number, "%" PRIu64, response->log_index);
        add_header(reply, "X-Log-Index", number);
    }
}

static void release_blob(void *blob)
{
    blob_release(blob);
}

/* The reply takes over the contents. */
static struct MHD_Response *make_reply(struct response *response)
{
    struct MHD_Response *reply;

    if (response->blob) {
        const struct bytes view = blob_view(response->blob);

        /* libmicrohttpd does not write to what it sends, but its parameter is not const. */
        reply = MHD_create_response_from_buffer_with_free_callback_cls(
            view.size, (void *)(uintptr_t)view.data, release_blob, response->blob);
        response->blob = reply ? 0 : response->blob; /* transferred */
        return reply;
    }
    reply = MHD_create_response_from_buffer(response->body.size, response->body.data,
                                            MHD_RESPMEM_MUST_FREE);
    if (reply) {
        response->body = (struct buffer)BUFFER_INIT; /* transferred */
    }
    return reply;
}

static void drop_unchanged(struct conversation *talk)
{
    struct response *const response = &talk->response;

    if (response->status == 200 && response->etag[0] &&
        bytes_is(talk->request.if_none_match, response->etag)) {
        blob_release(response->blob);
        response->blob = 0;
        buffer_free(&response->body);
        response->status = 304;
    }
}

static enum MHD_Result send_response(struct conversation *talk)
{
    struct MHD_Response *reply;
    enum MHD_Result queued;

    talk->phase = PHASE_ANSWERED;
    drop_unchanged(talk);
    reply = make_reply(&talk->response);
    if (!reply) {
        return MHD_NO;
    }
    add_headers(reply, talk);
    queued = MHD_queue_response(talk->connection, talk->response.status, reply);
    MHD_destroy_response(reply);
    return queued;
}

static enum MHD_Result send_problem(struct conversation *talk, struct result result)
{
    answer_problem(&talk->response, &result);
    return send_response(talk);
}

/* Announced length of the body; 0 if none is announced (it is counted anyway). */
static uint64_t announced_size(struct MHD_Connection *connection)
{
    const struct bytes text = find_header(connection, MHD_HEADER_KIND, "Content-Length");
    uint64_t size = 0;

    if (text.size > 0 && !is_ok(text_parse_number(text, &size))) {
        return UINT64_MAX;
    }
    return size;
}

static void fill_request(struct conversation *talk)
{
    struct MHD_Connection *const connection = talk->connection;
    struct request *const request = &talk->request;

    request->argument = find_header(connection, MHD_GET_ARGUMENT_KIND, "text");
    request->cookie = find_header(connection, MHD_COOKIE_KIND, "session");
    request->invitation = find_header(connection, MHD_HEADER_KIND, "X-Invitation");
    request->accept_encoding = find_header(connection, MHD_HEADER_KIND, "Accept-Encoding");
    request->if_none_match = find_header(connection, MHD_HEADER_KIND, "If-None-Match");
}

/* The first call: finds the route; answers at once what needs no body. */
static enum MHD_Result begin_request(struct http *http, struct MHD_Connection *connection,
                                     const char *url, const char *method, void **context)
{
    struct conversation *const talk = atomic_load(&http->closing) ? 0 : calloc(1, sizeof *talk);
    bool known;

    if (!talk) {
        return MHD_NO;
    }
    *context = talk;
    atomic_fetch_add(&http->open, 1);
    talk->http = http;
    talk->connection = connection;
    talk->response = (struct response)RESPONSE_INIT;
    talk->begun = clock_ticks();
    talk->request.path = bytes_of_string(url);
    known = read_method(method, &talk->request.method);
    talk->route =
        known ? route_find(talk->request.method, talk->request.path, &talk->request.tail) : 0;
    if (!talk->route) {
        return send_problem(talk, route_refuse(talk->request.path));
    }
    if (announced_size(connection) > talk->route->body_max) {
        return send_problem(talk, fail(MALFORMED, "service.size"));
    }
    return MHD_YES;
}

/* Counts a piece of the body; keeps it while it is within the limit. */
static enum MHD_Result take_body(struct conversation *talk, struct bytes piece)
{
    const size_t room = talk->route->body_max - talk->body.size;

    if (clock_ticks() - talk->begun > BODY_MILLISECONDS) {
        return MHD_NO;
    }
    if (talk->excess > 0 || piece.size > room) {
        talk->excess += piece.size;
        return talk->excess > EXCESS_MAX ? MHD_NO : MHD_YES;
    }
    return is_ok(buffer_append(&talk->body, piece)) ? MHD_YES : MHD_NO;
}

static void wake(void *carrier)
{
    struct conversation *const talk = carrier;

    MHD_resume_connection(talk->connection);
}

static enum MHD_Result answer_request(struct conversation *talk)
{
    struct app *const app = talk->http->app;

    if (talk->excess > 0) {
        return send_problem(talk, fail(MALFORMED, "service.size"));
    }
    fill_request(talk);
    talk->request.body = buffer_view(&talk->body);
    talk->request.now = clock_now();
    route_run(talk->route, app, &talk->request, &talk->response);
    if (!talk->response.ticket) {
        return send_response(talk);
    }
    /* Suspended first: the ticket may be done before the next line is reached. */
    talk->phase = PHASE_WAITING;
    talk->response.ticket->done = wake;
    talk->response.ticket->carrier = talk;
    MHD_suspend_connection(talk->connection);
    pipeline_submit(app->pipeline, talk->response.ticket);
    return MHD_YES;
}

/* The callback that libmicrohttpd prescribes, with all its eight parameters. */
/* NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    struct conversation *const talk = *state;

    (void)version;
    if (!talk) {
        return begin_request(context, connection, url, method, state);
    }
    if (talk->phase == PHASE_WAITING) {
        route_finish(talk->http->app, &talk->request, &talk->response);
        return send_response(talk);
    }
    if (*size > 0) {
        const struct bytes piece = {(const uint8_t *)data, *size};

        *size = 0;
        return talk->phase == PHASE_ANSWERED ? MHD_YES : take_body(talk, piece);
    }
    return talk->phase == PHASE_ANSWERED ? MHD_YES : answer_request(talk);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    struct conversation *const talk = *state;
    struct http *const http = context;

    (void)connection;
    (void)code;
    if (!talk) {
        return;
    }
    trace_exchange(talk->route ? talk->route->path : "-", &talk->request, &talk->response,
                   clock_ticks() - talk->begun, http->app->config->verbose);
    response_free(&talk->response);
    buffer_free(&talk->body);
    free(talk);
    *state = 0;
    atomic_fetch_sub(&http->open, 1);
}

/* As many connections as the system lets us have, less what files and databases need. */
static unsigned connection_limit(void)
{
    struct rlimit limit = {0};

    if (getrlimit(RLIMIT_NOFILE, &limit)) {
        return 512;
    }
    if (limit.rlim_cur < CONNECTIONS_MAX + 256) {
        limit.rlim_cur =
            limit.rlim_max < CONNECTIONS_MAX + 256 ? limit.rlim_max : CONNECTIONS_MAX + 256;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur > 512 ? (unsigned)limit.rlim_cur - 256 : 256;
}

static struct MHD_Daemon *listen_at(struct http *http, const struct addrinfo *address)
{
    const struct config *const config = http->app->config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;

    if (address->ai_family == AF_INET6) {
        flags |= MHD_USE_IPv6;
    }
    /* At least two event threads: one alone stalls with exactly 256 busy connections. */
    return MHD_start_daemon(flags, 0, 0, 0, on_request, http, MHD_OPTION_SOCK_ADDR,
                            address->ai_addr, MHD_OPTION_THREAD_POOL_SIZE, config->threads,
                            MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_MEMORY,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_END);
}

struct result http_start(struct app *app, struct http **out)
{
    const struct addrinfo hints = {.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address = 0;
    struct http *http;
    char port[8];

    snprintf(port, sizeof port, "%u", app->config->port);
    REQUIRE(getaddrinfo(app->config->host, port, &hints, &address) == 0, MALFORMED, "config.host");
    http = calloc(1, sizeof *http);
    if (http) {
        http->app = app;
        http->listening = MHD_INVALID_SOCKET;
        http->daemon = listen_at(http, address);
    }
    freeaddrinfo(address);
    if (!http || !http->daemon) {
        free(http);
        return fail(STORAGE_FAILED, "service.listen");
    }
    *out = http;
    return OK;
}

void http_quiesce(struct http *http)
{
    const uint64_t begun = clock_ticks();
    const struct timespec pause = {0, 10 * 1000 * 1000};

    atomic_store(&http->closing, true);
    http->listening = MHD_quiesce_daemon(http->daemon);
    while (atomic_load(&http->open) > 0 && clock_ticks() - begun < DRAIN_MILLISECONDS) {
        nanosleep(&pause, 0);
    }
}

void http_stop(struct http *http)
{
    if (!http) {
        return;
    }
    MHD_stop_daemon(http->daemon);
    if (http->listening != MHD_INVALID_SOCKET) {
        close(http->listening);
    }
    free(http);
}
