#include "base/text.h"
#include "record/view.h"
#include "record/view_report.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/identity.h"
#include "server/qr.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/witness_client.h"

static struct result add_genesis(void *context, const struct view_genesis *row)
{
    envelope_hex(context, "genesis", BYTES(row->text_hash.bytes));
    return OK;
}

static struct result write_witnesses(const struct policy *policy, struct envelope *envelope)
{
    envelope_open_array(envelope, "witnesses");
    for (size_t i = 0; policy && i < policy->witness_count; i++) {
        AUTO_BUFFER vkey = BUFFER_INIT;

        TRY(vkey_write(&policy->witnesses[i].key, &vkey));
        envelope_text(envelope, 0, buffer_view(&vkey));
    }
    envelope_close(envelope);
    return OK;
}

/* GET /api/pin - what a client compares with what it was handed on paper */
struct result handle_pin(struct app *app, const struct request *request, struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER vkey = BUFFER_INIT;
    struct result genesis;

    TRY(vkey_write(&app->identity->log, &vkey));
    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_text(&envelope, "origin", identity_origin(app->identity));
    envelope_text(&envelope, "vkey", buffer_view(&vkey));
    envelope_base64(&envelope, "service_key", BYTES(app->identity->service.key.bytes));
    genesis = view_genesis(reader.record, add_genesis, &envelope);
    if (genesis.failure == NOT_FOUND) {
        envelope_null(&envelope, "genesis");
    } else {
        TRY(genesis);
    }
    envelope_time(&envelope, "time", request->now);
    TRY(write_witnesses(witness_client_policy(app->witnesses), &envelope));
    return answer_envelope(response, &envelope);
}

static struct result add_cycle(void *context, const struct view_cycle *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_number(context, "year", row->year);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_meeting(void *context, const struct view_meeting *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "cycle", row->cycle);
    envelope_string(context, "state", row->state);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_election(void *context, const struct view_election *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "meeting", row->meeting);
    envelope_base64(context, "M", BYTES(row->manifest.bytes));
    envelope_number(context, "round", row->round);
    envelope_string(context, "state", row->state);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_ceremony(void *context, const struct view_ceremony *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_base64(context, "hash", BYTES(row->hash.bytes));
    envelope_string(context, "state", row->state);
    envelope_close(context);
    return OK;
}

static struct result add_team(void *context, const struct view_team *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "cycle", row->cycle);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_report(void *context, const struct view_report *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "cycle", row->cycle);
    envelope_number(context, "version", row->version);
    envelope_string(context, "state", row->state);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result write_overview(struct record *record, struct envelope *envelope)
{
    envelope_open_array(envelope, "cycles");
    TRY(view_cycles(record, add_cycle, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "meetings");
    TRY(view_meetings(record, add_meeting, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "elections");
    TRY(view_elections(record, add_election, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "ceremonies");
    TRY(view_ceremonies(record, add_ceremony, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "teams");
    TRY(view_teams(record, add_team, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "reports");
    TRY(view_reports(record, add_report, envelope));
    envelope_close(envelope);
    return OK;
}

/* GET /api/overview */
struct result handle_overview(struct app *app, const struct request *request,
                              struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct merkle_head head;

    sequencer_head(app->sequencer, &head);
    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_time(&envelope, "time", request->now);
    envelope_open_object(&envelope, "log");
    envelope_number(&envelope, "size", head.size);
    envelope_base64(&envelope, "root", BYTES(head.root.bytes));
    envelope_close(&envelope);
    TRY(write_overview(reader.record, &envelope));
    return answer_envelope(response, &envelope);
}

static struct result add_trustee(void *context, const struct view_trustee *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_text(context, "person", row->person);
    envelope_index(context, "dealt", row->dealt);
    envelope_index(context, "confirmed", row->confirmed);
    envelope_index(context, "rehearsed", row->rehearsed);
    envelope_close(context);
    return OK;
}

/* An answer on its way, and where its rows come from. */
struct page_of_ceremony {
    struct record *record;
    struct envelope *envelope;
};

static struct result write_ceremony(void *context, const struct view_ceremony *row)
{
    const struct page_of_ceremony *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_text(envelope, "id", row->id);
    envelope_base64(envelope, "hash", BYTES(row->hash.bytes));
    envelope_string(envelope, "state", row->state);
    envelope_number(envelope, "threshold", row->threshold);
    envelope_number(envelope, "log_index", row->index);
    if (row->has_key) {
        envelope_base64(envelope, "K", BYTES(row->key.bytes));
    } else {
        envelope_null(envelope, "K");
    }
    envelope_index(envelope, "judged", row->judged ? row->judged : VIEW_NONE);
    envelope_open_array(envelope, "trustees");
    TRY(view_ceremony_trustees(page->record, &row->hash, add_trustee, envelope));
    envelope_close(envelope);
    return OK;
}

/* GET /api/ceremonies/<id> */
struct result handle_ceremony(struct app *app, const struct request *request,
                              struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page_of_ceremony page = {.envelope = &envelope};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_ceremony(reader.record, request->tail, write_ceremony, &page));
    return answer_envelope(response, &envelope);
}

/* Only what is ours is drawn, so that nobody borrows our name for other addresses. */
static struct result require_own(struct app *app, struct bytes text)
{
    REQUIRE(bytes_starts_with(text, bytes_of_string(app->config->url)) ||
                bytes_starts_with(text, LITERAL("xiling:")),
            INVALID, "qr.address");
    return OK;
}

/* GET /qr.svg?text=… */
struct result handle_qr_svg(struct app *app, const struct request *request,
                            struct response *response)
{
    TRY(require_own(app, request->argument));
    TRY(qr_write_svg(request->argument, &response->body));
    response->content_type = "image/svg+xml";
    response->caching = CACHE_FOREVER;
    return OK;
}

/* GET /qr.png?text=… */
struct result handle_qr_png(struct app *app, const struct request *request,
                            struct response *response)
{
    TRY(require_own(app, request->argument));
    TRY(qr_write_png(request->argument, &response->body));
    response->content_type = "image/png";
    response->caching = CACHE_FOREVER;
    return OK;
}
