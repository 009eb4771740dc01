#include "record/view_report.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/documents.h"
#include "server/readers.h"

/* An answer on its way, and where its rows come from. */
struct page {
    struct app *app;
    struct record *record;
    struct envelope *envelope;
};

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static void write_text_or_null(struct envelope *envelope, const char *key, struct bytes text)
{
    if (text.size == 0) {
        envelope_null(envelope, key);
    } else {
        envelope_text(envelope, key, text);
    }
}

static struct result write_organisations(const struct page *page, struct bytes report)
{
    envelope_open_array(page->envelope, "organisations");
    TRY(view_report_organisations(page->record, report, add_word, page->envelope));
    envelope_close(page->envelope);
    return OK;
}

static struct result add_report(void *context, const struct view_report *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_open_object(envelope, 0);
    envelope_text(envelope, "id", row->id);
    envelope_number(envelope, "version", row->version);
    envelope_text(envelope, "kind", row->kind);
    envelope_text(envelope, "team", row->team);
    envelope_text(envelope, "cycle", row->cycle);
    TRY(write_organisations(page, row->id));
    envelope_text(envelope, "title", row->title);
    envelope_string(envelope, "state", row->state);
    envelope_number(envelope, "signed", row->done);
    envelope_number(envelope, "of", row->lines);
    envelope_number(envelope, "reservations", row->reservations);
    envelope_time(envelope, "deadline", row->deadline);
    envelope_time(envelope, "since", row->since);
    envelope_close(envelope);
    return OK;
}

/* GET /api/reports */
struct result handle_reports(struct app *app, const struct request *request,
                             struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.app = app, .envelope = &envelope};

    (void)request;
    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "reports");
    TRY(view_reports(reader.record, add_report, &page));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

static void write_signature(struct envelope *envelope, const struct view_report_signer *row)
{
    const bool is_signed = row->index != VIEW_NONE;

    envelope_index(envelope, "index", row->index);
    write_text_or_null(envelope, "opinion", is_signed ? row->opinion : EMPTY_BYTES);
    write_text_or_null(envelope, "reason", is_signed ? row->reason : EMPTY_BYTES);
    if (is_signed) {
        envelope_time(envelope, "time", row->time);
        envelope_hex(envelope, "text", BYTES(row->text.bytes));
    } else {
        envelope_null(envelope, "time");
        envelope_null(envelope, "text");
    }
}

static struct result add_signer(void *context, const struct view_report_signer *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_text(context, "capacity", row->capacity);
    write_text_or_null(context, "organisation", row->organisation);
    write_signature(context, row);
    envelope_index(context, "refusal", row->refusal);
    envelope_close(context);
    return OK;
}

static struct result add_former(void *context, const struct view_report_signer *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_text(context, "capacity", row->capacity);
    envelope_index(context, "index", row->index);
    envelope_text(context, "opinion", row->opinion);
    envelope_string(context, "how", "replaced");
    envelope_close(context);
    return OK;
}

static struct result add_version(void *context, const struct view_report *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "version", row->version);
    envelope_number(context, "index", row->index);
    envelope_string(context, "state", row->state);
    envelope_hex(context, "file", BYTES(row->file.bytes));
    envelope_close(context);
    return OK;
}

static void write_filing(struct envelope *envelope, const struct view_report *row)
{
    envelope_text(envelope, "id", row->id);
    envelope_number(envelope, "version", row->version);
    envelope_flag(envelope, "newest", row->newest);
    envelope_text(envelope, "kind", row->kind);
    envelope_text(envelope, "team", row->team);
    envelope_text(envelope, "cycle", row->cycle);
    envelope_text(envelope, "title", row->title);
    envelope_hex(envelope, "file", BYTES(row->file.bytes));
    envelope_number(envelope, "size", row->size);
    envelope_text(envelope, "format", row->format);
    envelope_time(envelope, "deadline", row->deadline);
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "time", row->time);
    envelope_hex(envelope, "text", BYTES(row->text.bytes));
}

static void write_state(struct envelope *envelope, const struct view_report *row)
{
    envelope_string(envelope, "state", row->state);
    if (row->void_index == VIEW_NONE) {
        envelope_null(envelope, "void");
    } else {
        envelope_open_object(envelope, "void");
        envelope_number(envelope, "index", row->void_index);
        envelope_string(envelope, "how", row->void_how);
        envelope_close(envelope);
    }
    envelope_time(envelope, "since", row->since);
}

static struct result write_lists(const struct page *page, const struct view_report *row)
{
    struct envelope *const envelope = page->envelope;

    TRY(write_organisations(page, row->id));
    envelope_open_array(envelope, "signers");
    TRY(view_report_signers(page->record, row->id, row->version, add_signer, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "former");
    TRY(view_report_former(page->record, row->id, row->version, add_former, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "versions");
    TRY(view_report_versions(page->record, row->id, add_version, envelope));
    envelope_close(envelope);
    return OK;
}

static struct result write_report(void *context, const struct view_report *row)
{
    const struct page *const page = context;

    write_filing(page->envelope, row);
    write_state(page->envelope, row);
    envelope_string(page->envelope, "document",
                    document_state_word(documents_state(page->app->documents, &row->file)));
    return write_lists(page, row);
}

/* GET /api/reports/<id>[?version=n] */
struct result handle_report(struct app *app, const struct request *request,
                            struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.app = app, .envelope = &envelope};
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_report(reader.record, request->tail, version, write_report, &page));
    return answer_envelope(response, &envelope);
}
