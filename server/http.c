/*
 * A request is called for by libmicrohttpd several times: once with its headers, once for each
 * piece of its body, once at the end of it, and once more if it was suspended to wait for the
 * writer. The second one is what `phase` tells apart.
 */
#include "server/http.h"

#include <microhttpd.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "server/app.h"
#include "server/clock.h"
#include "server/http_reply.h"
#include "server/limit.h"
#include "server/pipeline.h"
#include "server/routes.h"
#include "server/ticket.h"
#include "server/trace.h"
#include "server/witness_routes.h"

#define IDLE_SECONDS       20
#define BODY_MILLISECONDS  60000
#define FILE_MILLISECONDS  900000       /* for one piece of a file, at the speed of a village */
#define EXCESS_MAX         (256 * 1024) /* read and thrown away so that the refusal can be told */
#define FILE_EXCESS_MAX    (8 * 1024 * 1024)
#define FILE_MAX           (64 * 1024 * 1024)
#define HEADER_MEMORY      (32 * 1024)
#define FORM_MEMORY        (64 * 1024) /* the longest piece of a field */
#define DRAIN_MILLISECONDS 8000

struct http {
    struct app *app;
    struct MHD_Daemon *daemon;
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
    struct stream stream; /* takes the body, if the route has one; else it is kept in `body` */
    struct MHD_PostProcessor *form; /* finds the fields for the stream, if it takes such */
    struct buffer body;
    struct result refusal; /* of the body; what comes after it is thrown away */
    size_t excess;         /* bytes thrown away */
    uint64_t begun;        /* clock_ticks */
    enum phase phase;
};

static struct bytes find_header(struct MHD_Connection *connection, enum MHD_ValueKind kind,
                                const char *name)
{
    const char *const value = MHD_lookup_connection_value(connection, kind, name);

    return value ? bytes_of_string(value) : EMPTY_BYTES;
}

/* What anybody may read: see headers.h. */
static bool is_open(const struct conversation *talk)
{
    return talk->route && talk->route->right == RIGHT_PUBLIC &&
           (bytes_starts_with(talk->request.path, LITERAL("/api/")) ||
            bytes_starts_with(talk->request.path, LITERAL("/log/")));
}

static enum MHD_Result send_response(struct conversation *talk)
{
    struct MHD_Response *reply;
    enum MHD_Result queued;

    talk->phase = PHASE_ANSWERED;
    response_drop_known(&talk->response, talk->request.if_none_match);
    reply = http_reply(&talk->response, is_open(talk));
    if (!reply) {
        return MHD_NO;
    }
    queued = MHD_queue_response(talk->connection, talk->response.status, reply);
    MHD_destroy_response(reply);
    return queued;
}

static enum MHD_Result send_problem(struct conversation *talk, struct result result)
{
    route_problem(&talk->request, &result, &talk->response);
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

/* A proxy may add a header of its own behind the one that the client wrote. */
static enum MHD_Result keep_forwarded(void *context, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    if (kind == MHD_HEADER_KIND && strcasecmp(name, "X-Forwarded-For") == 0) {
        *(struct bytes *)context = bytes_of_string(value ? value : "");
    }
    return MHD_YES;
}

static struct address find_address(const struct conversation *talk)
{
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(talk->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct bytes forwarded = EMPTY_BYTES;

    MHD_get_connection_values(talk->connection, MHD_HEADER_KIND, keep_forwarded, &forwarded);
    return address_behind(info ? info->client_addr : 0, talk->http->app->config->proxy, forwarded);
}

static void fill_request(struct conversation *talk)
{
    struct MHD_Connection *const connection = talk->connection;
    struct request *const request = &talk->request;

    request->now = clock_now();
    request->ticks = clock_ticks();
    request->address = find_address(talk);
    request->work = find_header(connection, MHD_HEADER_KIND, "X-Work");
    request->announced = announced_size(connection);
    request->argument = find_header(connection, MHD_GET_ARGUMENT_KIND, "text");
    request->range = find_header(connection, MHD_HEADER_KIND, "Content-Range");
    request->upload = find_header(connection, MHD_HEADER_KIND, "X-Upload");
    request->version = find_header(connection, MHD_GET_ARGUMENT_KIND, "version");
    request->language = find_header(connection, MHD_GET_ARGUMENT_KIND, "lang");
    request->cookie = find_header(connection, MHD_COOKIE_KIND, "session");
    request->invitation = find_header(connection, MHD_HEADER_KIND, "X-Invitation");
    request->accept_encoding = find_header(connection, MHD_HEADER_KIND, "Accept-Encoding");
    request->if_none_match = find_header(connection, MHD_HEADER_KIND, "If-None-Match");
}

static bool is_streamed(const struct conversation *talk)
{
    return talk->stream.take || talk->stream.field;
}

/* How much may be thrown away before a peer that goes on sending is cut off. */
static size_t excess_max(const struct conversation *talk)
{
    if (is_streamed(talk)) {
        return FILE_MAX; /* it was announced as no more */
    }
    return talk->route->body_max > EXCESS_MAX ? FILE_EXCESS_MAX : EXCESS_MAX;
}

/*
 * A peer that has begun to send hears nothing until it is done: what it sends is read and thrown
 * away, if it is not too much. Whoever asked first (Expect) or sends too much is told at once.
 */
static enum MHD_Result refuse_body(struct conversation *talk, struct result refusal)
{
    const uint64_t announced = talk->request.announced;

    if (announced == 0 || announced > excess_max(talk) ||
        find_header(talk->connection, MHD_HEADER_KIND, "Expect").size > 0) {
        return send_problem(talk, refusal);
    }
    talk->refusal = refusal;
    return MHD_YES;
}

static enum MHD_Result begin_body(struct conversation *talk)
{
    struct result opened;

    fill_request(talk);
    if (talk->request.announced > talk->route->body_max) {
        return send_problem(talk, fail(MALFORMED, "service.size"));
    }
    opened = route_open(talk->route, talk->http->app, &talk->request, &talk->stream);
    return is_ok(opened) ? MHD_YES : refuse_body(talk, opened);
}

/* The first call: finds the route; answers at once what needs no body. */
static enum MHD_Result begin_request(struct http *http, struct MHD_Connection *connection,
                                     const char *url, const char *method, void **context)
{
    struct conversation *const talk = atomic_load(&http->closing) ? 0 : calloc(1, sizeof *talk);

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
    if (method_read(method, &talk->request.method)) {
        talk->route = (http->app->witness ? witness_route_find : route_find)(
            talk->request.method, talk->request.path, &talk->request.tail);
    }
    return talk->route ? begin_body(talk) : send_problem(talk, route_refuse(talk->request.path));
}

/* The callback that libmicrohttpd prescribes, with all its nine parameters. */
/* NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_field(void *context, enum MHD_ValueKind kind, const char *name,
                                const char *file, const char *type, const char *encoding,
                                const char *data, uint64_t offset, size_t size)
{
    struct conversation *const talk = context;
    const struct form_piece piece = {
        .name = bytes_of_string(name ? name : ""),
        .is_file = file,
        .file = bytes_of_string(file ? file : ""),
        .begins = offset == 0,
        .data = {(const uint8_t *)data, size},
    };

    (void)kind;
    (void)type;
    (void)encoding;
    talk->refusal = talk->stream.field(talk->stream.context, &piece);
    return is_ok(talk->refusal) ? MHD_YES : MHD_NO;
}

/* What is no form at all is refused as such, unless a field was refused. */
static struct result feed_form(struct conversation *talk, struct bytes piece)
{
    if (!talk->form) {
        talk->form = MHD_create_post_processor(talk->connection, FORM_MEMORY, on_field, talk);
    }
    REQUIRE(talk->form, MALFORMED, "form.form");
    if (MHD_post_process(talk->form, (const char *)piece.data, piece.size) != MHD_YES) {
        return is_ok(talk->refusal) ? fail(MALFORMED, "form.form") : talk->refusal;
    }
    return OK;
}

/* The last field of a form may be told only here. */
static void end_form(struct conversation *talk)
{
    struct MHD_PostProcessor *const form = talk->form;

    talk->form = 0;
    if (form && MHD_destroy_post_processor(form) != MHD_YES && is_ok(talk->refusal)) {
        talk->refusal = fail(MALFORMED, "form.form");
    }
}

static struct result keep_body(struct conversation *talk, struct bytes piece)
{
    if (talk->stream.field) {
        return feed_form(talk, piece);
    }
    if (talk->stream.take) {
        return talk->stream.take(talk->stream.context, piece);
    }
    REQUIRE(piece.size <= talk->route->body_max - talk->body.size, MALFORMED, "service.size");
    return buffer_append(&talk->body, piece);
}

/* Counts a piece of the body; keeps it until something is wrong with it. */
static enum MHD_Result take_body(struct conversation *talk, struct bytes piece)
{
    const uint64_t limit = is_streamed(talk) ? FILE_MILLISECONDS : BODY_MILLISECONDS;

    if (clock_ticks() - talk->begun > limit) {
        return MHD_NO;
    }
    if (is_ok(talk->refusal)) {
        talk->refusal = keep_body(talk, piece);
    }
    talk->excess += is_ok(talk->refusal) ? 0 : piece.size;
    return talk->excess > excess_max(talk) ? MHD_NO : MHD_YES;
}

static void wake(void *carrier)
{
    MHD_resume_connection(((struct conversation *)carrier)->connection);
}

/* Suspended first: ticket and job may be done before their submission returns. */
static enum MHD_Result wait_for_others(struct conversation *talk)
{
    struct response *const response = &talk->response;

    talk->phase = PHASE_WAITING;
    MHD_suspend_connection(talk->connection);
    if (response->ticket) {
        response->ticket->done = wake;
        response->ticket->carrier = talk;
        pipeline_submit(talk->http->app->pipeline, response->ticket);
    } else {
        response->job.done = wake;
        response->job.carrier = talk;
        jobs_submit(talk->http->app->jobs, &response->job);
    }
    return MHD_YES;
}

static enum MHD_Result answer_request(struct conversation *talk)
{
    end_form(talk);
    if (!is_ok(talk->refusal)) {
        return send_problem(talk, talk->refusal);
    }
    talk->request.body = buffer_view(&talk->body);
    talk->request.stream = &talk->stream;
    talk->request.now = clock_now();
    talk->request.ticks = clock_ticks();
    route_run(talk->route, talk->http->app, &talk->request, &talk->response);
    return talk->response.ticket || talk->response.job.work ? wait_for_others(talk)
                                                            : send_response(talk);
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
    if (!talk) {
        return;
    }
    if (code != MHD_REQUEST_TERMINATED_COMPLETED_OK) {
        talk->response.status = 0; /* whoever hung up has no answer */
    }
    trace_exchange(talk->route ? talk->route->path : "-", &talk->request, &talk->response,
                   clock_ticks() - talk->begun, http->app->config->verbose);
    response_free(&talk->response);
    end_form(talk);
    if (talk->stream.close) {
        talk->stream.close(talk->stream.context);
    }
    buffer_free(&talk->body);
    free(talk);
    *state = 0;
    atomic_fetch_sub(&http->open, 1);
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
                            MHD_OPTION_CONNECTION_LIMIT, limit_connections(),
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

/* MHD_quiesce_daemon would race with its own threads for the epoll set, and abort (0.9.75); so
 * whoever still comes is turned away by on_request. */
void http_quiesce(struct http *http)
{
    const uint64_t begun = clock_ticks();
    const struct timespec pause = {0, 10 * 1000 * 1000};

    atomic_store(&http->closing, true);
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
    free(http);
}
