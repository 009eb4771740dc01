#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "protocol/statement.h"
#include "record/view.h"
#include "record/view_case.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/contacts.h"
#include "server/documents.h"
#include "server/nonces.h"
#include "server/proposals.h"
#include "server/readers.h"
#include "server/session.h"
#include "server/shares.h"

/* GET /api/challenge */
struct result handle_challenge(struct app *app, const struct request *request,
                               struct response *response)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct nonce nonce;

    nonces_give(app->nonces, request->now, &nonce);
    envelope_begin(&envelope);
    envelope_base64(&envelope, "nonce", BYTES(nonce.bytes));
    envelope_time(&envelope, "time", request->now);
    return answer_envelope(response, &envelope);
}

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static struct result write_person(struct record *record, const char *person,
                                  struct envelope *envelope)
{
    envelope_string(envelope, "person", person);
    envelope_open_array(envelope, "roles");
    TRY(view_person_roles(record, bytes_of_string(person), add_word, envelope));
    envelope_close(envelope);
    return OK;
}

/* Reads the note, and says whose it is, in one snapshot. */
static struct result verify_person(struct app *app, const struct request *request,
                                   char person[static RECORD_ID_SIZE], struct envelope *envelope)
{
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(app->readers, &reader));
    TRY(session_verify(reader.record, app->nonces, request->body, request->now, person));
    envelope_begin(envelope);
    return write_person(reader.record, person, envelope);
}

/* Browsers send a cookie marked so over TLS only; a service on plain HTTP could not be used. */
static const char *secure_mark(const struct app *app)
{
    return bytes_starts_with(bytes_of_string(app->config->url), LITERAL("https://")) ? "; Secure"
                                                                                     : "";
}

/* POST /api/sessions */
struct result handle_session_post(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    char person[RECORD_ID_SIZE];
    char cookie[SESSION_COOKIE_SIZE + 1];

    TRY(verify_person(app, request, person, &envelope));

    TRY(session_open(app->sequencer, person, request->now, cookie));

    snprintf(response->cookie, sizeof response->cookie,
             "session=%s; Path=/api; HttpOnly; SameSite=Strict; Max-Age=%d%s", cookie,
             SESSION_SECONDS, secure_mark(app));
    return answer_envelope(response, &envelope);
}

/* DELETE /api/sessions */
struct result handle_session_delete(struct app *app, const struct request *request,
                                    struct response *response)
{
    TRY(session_end(app->sequencer, request->cookie));

    snprintf(response->cookie, sizeof response->cookie,
             "session=; Path=/api; HttpOnly; SameSite=Strict; Max-Age=0%s", secure_mark(app));
    response->status = 204;
    return OK;
}

struct page_of_tasks {
    struct app *app;
    struct record *record;
    struct envelope *envelope;
    uint64_t now;
};

static const struct hash32 NO_CASE;

static struct result add_task(void *context, const struct view_task *row)
{
    const struct page_of_tasks *const page = context;
    struct envelope *const envelope = page->envelope;

    if (documents_have_done(page->app->documents, row)) {
        return OK;
    }
    envelope_open_object(envelope, 0);
    envelope_string(envelope, "kind", row->kind);
    envelope_text(envelope, "object", row->object);
    envelope_string(envelope, "state", row->state);
    envelope_time(envelope, "since", row->since);
    if (row->deadline != VIEW_NONE) {
        envelope_time(envelope, "deadline", row->deadline);
        envelope_flag(envelope, "late",
                      page->now > row->deadline && strcmp(row->state, "done") != 0);
    }
    if (!hash32_equal(&row->objection, &NO_CASE)) {
        envelope_hex(envelope, "case", BYTES(row->objection.bytes));
    }
    envelope_close(envelope);
    return OK;
}

static struct result write_email(struct record *record, struct bytes person,
                                 struct envelope *envelope)
{
    AUTO_BUFFER email = BUFFER_INIT;

    TRY(contact_load(record, person, &email));
    if (email.size == 0) {
        envelope_null(envelope, "email");
    } else {
        envelope_text(envelope, "email", buffer_view(&email));
    }
    return OK;
}

/* What it is about: the first of these that it names, or the meeting. */
static struct bytes object_of(const struct prepared *prepared)
{
    static const char *const LABELS[] = {"人员", "报告", "评审组", "线索", "公示", "组织", "周期"};
    struct bytes object = bytes_of_string(prepared->subject.meeting);

    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0] && object.size == 0; i++) {
        object = statement_value(prepared->statement, LABELS[i]);
    }
    return object;
}

static struct result write_case(void *context, const struct view_case *row)
{
    char serial[RECORD_ID_SIZE + 24];

    snprintf(serial, sizeof serial, "%.*s-%04" PRIu64, (int)row->notice.size,
             (const char *)row->notice.data, row->number);
    envelope_string(context, "object", serial);
    envelope_hex(context, "case", BYTES(row->hash.bytes));
    return OK;
}

static struct result write_object(const struct page_of_tasks *page, const struct prepared *prepared)
{
    struct hash32 hash;

    if (is_ok(statement_hash(prepared->statement, "案件", &hash))) {
        return view_case(page->record, &hash, write_case, page->envelope);
    }
    envelope_text(page->envelope, "object", object_of(prepared));
    return OK;
}

/* A note that waits for this person's line, or for others after it. */
static struct result add_signing(void *context, const struct proposal_row *row)
{
    const struct page_of_tasks *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_open_object(envelope, 0);
    envelope_string(envelope, "kind", prepared_type_name(row->prepared));
    TRY(write_object(page, row->prepared));
    envelope_string(envelope, "state", row->awaited ? "todo" : "waiting");
    envelope_time(envelope, "since", row->since);
    envelope_hex(envelope, "proposal", BYTES(row->prepared->text_hash.bytes));
    envelope_close(envelope);
    return OK;
}

/* GET /api/me */
struct result handle_me(struct app *app, const struct request *request, struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    const struct bytes person = bytes_of_string(request->person);
    struct page_of_tasks page = {.app = app, .envelope = &envelope, .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(write_person(reader.record, request->person, &envelope));
    TRY(write_email(reader.record, person, &envelope));
    envelope_open_array(&envelope, "tasks");
    TRY(view_tasks(&(struct view_asker){reader.record, person, request->now}, add_task, &page));
    TRY(shares_awaited(reader.record, person, add_task, &page));
    TRY(proposals_of(reader.record, person, request->now, add_signing, &page));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}
