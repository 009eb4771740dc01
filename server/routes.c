#include "server/routes.h"

#include <stdio.h>
#include <string.h>

#include "record/people.h"
#include "server/admit.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/form.h"
#include "server/pages.h"
#include "server/plain_page.h"
#include "server/readers.h"
#include "server/session.h"
#include "server/ticket.h"

#define NOTE_MAX  65535
#define SMALL_MAX 70000    /* a note inside JSON */
#define STREAMED  SIZE_MAX /* the stream says how much */

static const struct route ROUTES[] = {
    {METHOD_POST, "/api/entries", RIGHT_PUBLIC, NOTE_MAX, handle_entry_post},
    {METHOD_POST, "/api/proposals", RIGHT_PUBLIC, NOTE_MAX, handle_proposal_post},
    {METHOD_POST, "/api/invitations", RIGHT_OFFICER, SMALL_MAX, handle_invitation_post},
    {METHOD_POST, "/api/openings", RIGHT_PUBLIC, 8192, handle_opening_post},
    {METHOD_POST, "/api/sessions", RIGHT_PUBLIC, 8192, handle_session_post},
    {METHOD_DELETE, "/api/sessions", RIGHT_PUBLIC, 0, handle_session_delete},
    {METHOD_POST, "/api/contacts", RIGHT_PUBLIC, 8192, handle_contact_post},
    {METHOD_GET, "/api/pin", RIGHT_PUBLIC, 0, handle_pin},
    {METHOD_GET, "/api/overview", RIGHT_PUBLIC, 0, handle_overview},
    {METHOD_GET, "/api/meetings/", RIGHT_PUBLIC, 0, handle_meeting},
    {METHOD_GET, "/api/elections/", RIGHT_PUBLIC, 0, handle_election},
    {METHOD_GET, "/api/ceremonies/", RIGHT_PUBLIC, 0, handle_ceremony},
    {METHOD_GET, "/api/entries/", RIGHT_PUBLIC, 0, handle_entry_get},
    {METHOD_GET, "/api/texts/", RIGHT_PUBLIC, 0, handle_text_get},
    {METHOD_GET, "/api/receipts/", RIGHT_PUBLIC, 0, handle_receipt_get},
    {METHOD_GET, "/api/challenge", RIGHT_PUBLIC, 0, handle_challenge},
    {METHOD_GET, "/api/me", RIGHT_SESSION, 0, handle_me},
    {METHOD_GET, "/api/people", RIGHT_OFFICER, 0, handle_people},
    {METHOD_GET, "/api/openings", RIGHT_SESSION, 0, handle_openings_get},
    {METHOD_GET, "/api/proposals", RIGHT_SESSION, 0, handle_proposals_get},
    {METHOD_PUT, "/api/documents/", RIGHT_PUBLIC, STREAMED, handle_document_put},
    {METHOD_GET, "/api/documents/*/state", RIGHT_PUBLIC, 0, handle_document_state},
    {METHOD_GET, "/api/documents/*/reads", RIGHT_SESSION, 0, handle_document_reads},
    {METHOD_GET, "/api/documents/*", RIGHT_SESSION, 0, handle_document_get},
    {METHOD_GET, "/api/organisations", RIGHT_PUBLIC, 0, handle_organisations},
    {METHOD_GET, "/api/reviews/", RIGHT_PUBLIC, 0, handle_review},
    {METHOD_GET, "/api/teams/", RIGHT_PUBLIC, 0, handle_team},
    {METHOD_GET, "/api/reports", RIGHT_PUBLIC, 0, handle_reports},
    {METHOD_GET, "/api/reports/*/evidence", RIGHT_PUBLIC, 0, handle_report_evidence},
    {METHOD_GET, "/api/reports/*/evidence/parts", RIGHT_PUBLIC, 0, handle_report_parts},
    {METHOD_GET, "/api/reports/*/signing-page.pdf", RIGHT_GUEST, 0, handle_signing_page},
    {METHOD_GET, "/api/reports/*/attestation.json", RIGHT_PUBLIC, 0, handle_report_attestation},
    {METHOD_GET, "/api/reports/*/deadline.ics", RIGHT_PUBLIC, 0, handle_report_deadline},
    {METHOD_GET, "/api/reports/*/bundle.tar", RIGHT_SESSION, 0, handle_report_bundle},
    {METHOD_GET, "/api/reports/", RIGHT_PUBLIC, 0, handle_report},
    {METHOD_GET, "/api/notices", RIGHT_PUBLIC, 0, handle_notices},
    {METHOD_GET, "/api/notices/", RIGHT_PUBLIC, 0, handle_notice},
    {METHOD_GET, "/api/objections/", RIGHT_PUBLIC, 0, handle_objection},
    {METHOD_GET, "/api/summaries", RIGHT_SESSION, 0, handle_summaries},
    {METHOD_POST, "/api/shares", RIGHT_SESSION, 8192, handle_share_post},
    {METHOD_GET, "/api/shares/", RIGHT_SESSION, 0, handle_shares_get},
    {METHOD_POST, "/api/status", RIGHT_PUBLIC, 8192, handle_status},
    {METHOD_POST, "/api/status/", RIGHT_PUBLIC, 8192, handle_status_file},
    {METHOD_GET, "/plain", RIGHT_PUBLIC, 0, handle_plain_notices},
    {METHOD_GET, "/plain/status", RIGHT_PUBLIC, 0, handle_plain_status_form},
    {METHOD_POST, "/plain/status", RIGHT_PUBLIC, STREAMED, handle_plain_status},
    {METHOD_GET, "/plain/", RIGHT_PUBLIC, 0, handle_plain_form},
    {METHOD_POST, "/plain/", RIGHT_PUBLIC, STREAMED, handle_plain_file},
    {METHOD_GET, "/log/checkpoint", RIGHT_PUBLIC, 0, handle_checkpoint},
    {METHOD_GET, "/log/vkey", RIGHT_PUBLIC, 0, handle_vkey},
    {METHOD_GET, "/log/tile/", RIGHT_PUBLIC, 0, handle_tile},
    {METHOD_GET, "/qr.svg", RIGHT_PUBLIC, 0, handle_qr_svg},
    {METHOD_GET, "/qr.png", RIGHT_PUBLIC, 0, handle_qr_png},
    {METHOD_GET, "/", RIGHT_PUBLIC, 0, handle_page},
};

/* What takes its body piece by piece. */
static const struct {
    handler *handle;
    stream_opener *open;
} STREAMS[] = {
    {handle_document_put, open_document},
    {handle_plain_file, open_form},
    {handle_plain_status, open_form},
};

/* What counts against the rate of an address; everything else is free. */
static const struct {
    handler *handle;
    enum cost cost;
} COSTS[] = {
    {handle_entry_post, COST_ENTRY},   {handle_proposal_post, COST_WRITE},
    {handle_opening_post, COST_WRITE}, {handle_session_post, COST_WRITE},
    {handle_contact_post, COST_WRITE}, {handle_status, COST_ASK},
    {handle_status_file, COST_ASK},    {handle_plain_status, COST_ASK},
};

#define ROUTE_COUNT (sizeof ROUTES / sizeof ROUTES[0])

/* One step of the path stands for the star; it is the tail. */
static bool matches_star(struct bytes head, struct bytes end, struct bytes path, struct bytes *tail)
{
    if (path.size <= head.size + end.size || !bytes_starts_with(path, head) ||
        !bytes_equal(bytes_slice(path, path.size - end.size, path.size), end)) {
        return false;
    }
    *tail = bytes_slice(path, head.size, path.size - end.size - head.size);
    return memchr(tail->data, '/', tail->size) == 0;
}

static bool matches(const struct route *route, struct bytes path, struct bytes *tail)
{
    const struct bytes head = bytes_of_string(route->path);
    const char *const star = strchr(route->path, '*');

    if (star) {
        return matches_star(bytes_slice(head, 0, (size_t)(star - route->path)),
                            bytes_of_string(star + 1), path, tail);
    }
    if (head.data[head.size - 1] != '/') {
        *tail = EMPTY_BYTES;
        return bytes_equal(head, path);
    }
    *tail = bytes_slice(path, head.size, path.size);
    return bytes_starts_with(path, head);
}

/* The last row takes every address, but not those that only machines ask for. */
static bool is_for_machines(struct bytes path)
{
    return bytes_starts_with(path, LITERAL("/api/")) || bytes_starts_with(path, LITERAL("/log/"));
}

const struct route *route_find_in(const struct route *rows, size_t count, enum method method,
                                  struct bytes path, struct bytes *tail)
{
    for (size_t i = 0; i < count; i++) {
        const struct route *const route = &rows[i];

        if (route->method == method && matches(route, path, tail) &&
            !(route->handle == handle_page && is_for_machines(path))) {
            return route;
        }
    }
    return 0;
}

const struct route *route_find(enum method method, struct bytes path, struct bytes *tail)
{
    return route_find_in(ROUTES, ROUTE_COUNT, method, path, tail);
}

/* Pages apart: they stand at any address. */
static bool is_taken(enum method method, struct bytes path)
{
    struct bytes tail;
    const struct route *const route = route_find(method, path, &tail);

    return route && route->handle != handle_page;
}

void route_allow(struct bytes path, char out[static ROUTE_ALLOW_SIZE])
{
    static const char *const WORDS[] = {[METHOD_GET] = "GET, HEAD",
                                        [METHOD_POST] = "POST",
                                        [METHOD_PUT] = "PUT",
                                        [METHOD_DELETE] = "DELETE"};
    size_t size = 0;

    out[0] = 0;
    for (size_t method = 0; method < sizeof WORDS / sizeof WORDS[0]; method++) {
        if (is_taken((enum method)method, path)) {
            size += (size_t)snprintf(out + size, ROUTE_ALLOW_SIZE - size, "%s%s",
                                     size > 0 ? ", " : "", WORDS[method]);
        }
    }
}

struct result route_refuse(struct bytes path)
{
    char allow[ROUTE_ALLOW_SIZE];

    route_allow(path, allow);
    return allow[0] ? fail(INVALID, "service.method") : fail(NOT_FOUND, "service.address");
}

static struct result check_right(enum right right, struct app *app, struct request *request)
{
    AUTO_READER reader = READER_INIT;
    bool officer;

    if (right == RIGHT_PUBLIC || (right == RIGHT_GUEST && request->cookie.size == 0)) {
        return OK;
    }
    TRY(readers_lend(app->readers, &reader));
    const struct result session =
        session_find(app->sequencer, reader.record, request->cookie, request->now, request->person);
    if (right == RIGHT_GUEST && session.failure == UNAUTHORIZED) {
        request->person[0] = 0;
        return OK;
    }
    TRY(session);
    if (right == RIGHT_OFFICER) {
        TRY(person_has_role(reader.record, bytes_of_string(request->person), LITERAL(ROLE_OFFICER),
                            &officer));
        REQUIRE(officer, UNAUTHORIZED, "session.officer");
    }
    return OK;
}

static struct result run_route(const struct route *route, struct app *app, struct request *request,
                               struct response *response)
{
    TRY(check_right(route->right, app, request));
    return route->handle(app, request, response);
}

static void drop_ticket(struct response *response)
{
    ticket_free(response->ticket);
    response->ticket = 0;
}

struct result route_open(const struct route *route, struct app *app, const struct request *request,
                         struct stream *out)
{
    for (size_t i = 0; i < sizeof STREAMS / sizeof STREAMS[0]; i++) {
        if (STREAMS[i].handle == route->handle) {
            return STREAMS[i].open(app, request, out);
        }
    }
    return OK;
}

static enum cost cost_of(const struct route *route)
{
    for (size_t i = 0; i < sizeof COSTS / sizeof COSTS[0]; i++) {
        if (COSTS[i].handle == route->handle) {
            return COSTS[i].cost;
        }
    }
    return COST_NONE;
}

/* Pages without scripts have pages for refusals too. */
static bool is_plain(const struct request *request)
{
    return bytes_is(request->path, "/plain") ||
           bytes_starts_with(request->path, LITERAL("/plain/"));
}

void route_problem(const struct request *request, const struct result *result,
                   struct response *response)
{
    if (is_plain(request)) {
        plain_problem(request, result, 0, response);
    } else {
        answer_problem(response, result);
    }
    if (response->status == 405) {
        route_allow(request->path, response->allow);
    }
}

static void tell_demand(const struct request *request, const struct rates_demand *demand,
                        struct response *response)
{
    const struct result result = fail(BUSY, "service.rate");

    if (is_plain(request)) {
        plain_problem(request, &result, demand->wait, response);
    } else {
        answer_demand(response, demand);
    }
}

void route_run(const struct route *route, struct app *app, struct request *request,
               struct response *response)
{
    struct rates_demand demand;
    struct result result;

    if (!admit_request(app, request, cost_of(route), &demand)) {
        tell_demand(request, &demand, response);
        return;
    }
    result = run_route(route, app, request, response);
    if (!is_ok(result)) {
        admit_settle(app, request, result);
        drop_ticket(response);
        route_problem(request, &result, response);
    }
}

void route_finish(struct app *app, const struct request *request, struct response *response)
{
    struct result result = response->ticket ? response->ticket->result : response->job.result;

    if (is_ok(result)) {
        result = response->finish(app, request, response);
    }
    if (!is_ok(result)) {
        admit_settle(app, request, result);
        route_problem(request, &result, response);
    }
    drop_ticket(response);
}

size_t route_count(void)
{
    return ROUTE_COUNT;
}

const struct route *route_at(size_t index)
{
    return &ROUTES[index];
}
