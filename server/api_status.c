#include <string.h>

#include "base/encoding.h"
#include "log/entry.h"
#include "protocol/statement.h"
#include "record/case_file.h"
#include "record/journal.h"
#include "record/view_case.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/disclosures.h"
#include "server/documents.h"
#include "server/readers.h"
#include "server/status_ask.h"

/* An answer on its way, and where its rows come from. */
struct page {
    struct record *record;
    struct envelope *envelope;
    struct documents *documents;
    struct hash32 objection;
    struct hash32 wanted; /* a file that is asked for */
    bool found;
    uint64_t now;
};

static void write_time(struct envelope *envelope, const char *key, uint64_t time)
{
    if (time == VIEW_NONE) {
        envelope_null(envelope, key);
    } else {
        envelope_time(envelope, key, time);
    }
}

static struct result write_case(void *context, const struct view_case *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_hex(envelope, "case", BYTES(row->hash.bytes));
    envelope_text(envelope, "notice", row->notice);
    envelope_number(envelope, "number", row->number);
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "time", row->time);
    envelope_flag(envelope, "late", row->late);
    envelope_text(envelope, "state", row->state);
    write_time(envelope, "due", row->due);
    envelope_flag(envelope, "missed", row->due != VIEW_NONE && page->now > row->due);
    envelope_index(envelope, "closed", row->closed);
    envelope_flag(envelope, "verified", row->verified.size > 0);
    envelope_flag(envelope, "erased", row->erased);
    return OK;
}

static struct result add_act(void *context, const struct view_act *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_time(context, "time", row->time);
    envelope_text(context, "type", row->type);
    envelope_text(context, "state", row->state);
    envelope_close(context);
    return OK;
}

static struct result add_term(void *context, const struct view_term *row)
{
    const struct page *const page = context;
    const uint64_t met = row->met == VIEW_NONE ? page->now : row->met;

    envelope_open_object(page->envelope, 0);
    envelope_number(page->envelope, "index", row->index);
    envelope_text(page->envelope, "state", row->state);
    envelope_time(page->envelope, "due", row->due);
    write_time(page->envelope, "met", row->met);
    envelope_flag(page->envelope, "missed", met > row->due);
    envelope_close(page->envelope);
    return OK;
}

/* The objector's parts, and answers to the objector: what else the office keeps is not told. */
static bool is_objectors(const struct view_case_file *row)
{
    return !bytes_is(row->kind, FILE_REPORT) && !bytes_is(row->kind, FILE_SUMMARY) &&
           !bytes_is(row->kind, FILE_REPLY);
}

static struct result add_file(void *context, const struct view_case_file *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    if (!is_objectors(row)) {
        return OK;
    }
    envelope_open_object(envelope, 0);
    envelope_number(envelope, "index", row->index);
    envelope_text(envelope, "kind", row->kind);
    envelope_hex(envelope, "hash", BYTES(row->hash.bytes));
    envelope_number(envelope, "size", row->size);
    envelope_flag(envelope, "stored",
                  documents_state(page->documents, &row->hash) == DOCUMENT_STORED);
    envelope_text(envelope, "state", row->state);
    envelope_text(envelope, "basis", row->basis);
    envelope_close(envelope);
    return OK;
}

static struct result add_reason(void *context, const struct disclosure_row *row)
{
    envelope_text(context, "reason", row->value);
    return OK;
}

/* The reason that the keepers gave stands in the statement, hidden; its opening is the service's.
 */
static struct result write_reason(const struct page *page, uint64_t index)
{
    AUTO_BUFFER entry = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry parsed;

    TRY(journal_load_entry(page->record, index, &entry));
    TRY(entry_parse(buffer_view(&entry), &parsed));
    TRY(statement_parse(parsed.note, &statement));
    return disclosure_of(page->record, statement_value(&statement, "理由"), add_reason,
                         page->envelope);
}

static struct result add_opening(void *context, const struct view_identity_opening *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_open_object(envelope, 0);
    envelope_number(envelope, "index", row->index);
    envelope_text(envelope, "reader", row->reader);
    envelope_open_array(envelope, "keepers");
    envelope_text(envelope, 0, row->keepers[0]);
    envelope_text(envelope, 0, row->keepers[1]);
    envelope_close(envelope);
    TRY(write_reason(page, row->index));
    envelope_close(envelope);
    return OK;
}

/* Who may still act on it: more material is sealed to them. */
static struct result add_declaration(void *context, struct bytes person, bool conflict)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", person);
    envelope_flag(context, "conflict", conflict);
    envelope_close(context);
    return OK;
}

static struct result write_status(struct page *page)
{
    struct envelope *const envelope = page->envelope;

    TRY(view_case(page->record, &page->objection, write_case, page));
    envelope_open_array(envelope, "acts");
    TRY(view_case_acts(page->record, &page->objection, add_act, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "terms");
    TRY(view_case_terms(page->record, &page->objection, add_term, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "files");
    TRY(view_case_files(page->record, &page->objection, add_file, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "openings");
    TRY(view_case_openings(page->record, &page->objection, add_opening, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "declared");
    TRY(view_case_declarations(page->record, &page->objection, add_declaration, envelope));
    envelope_close(envelope);
    envelope_time(envelope, "now", page->now);
    return OK;
}

/* POST /api/status with a status.ask note */
struct result handle_status(struct app *app, const struct request *request,
                            struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope, .documents = app->documents, .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    TRY(status_find(reader.record, request->body, request->now, &page.objection));
    envelope_begin(&envelope);
    TRY(write_status(&page));
    return answer_envelope(response, &envelope);
}

static struct result find_answer(void *context, const struct view_case_file *row)
{
    struct page *const page = context;

    page->found = page->found ||
                  (bytes_is(row->kind, FILE_ANSWER) && hash32_equal(&row->hash, &page->wanted));
    return OK;
}

/* POST /api/status/<sha256> with a status.ask note: an answer, sealed to who asks */
struct result handle_status_file(struct app *app, const struct request *request,
                                 struct response *response)
{
    struct page page = {.now = request->now};

    REQUIRE(is_ok(hex_decode(request->tail, page.wanted.bytes, sizeof page.wanted.bytes)),
            NOT_FOUND, "document.unnamed");
    {
        AUTO_READER reader = READER_INIT;

        TRY(readers_lend(app->readers, &reader));
        TRY(status_find(reader.record, request->body, request->now, &page.objection));
        TRY(view_case_files(reader.record, &page.objection, find_answer, &page));
    }
    REQUIRE(page.found, NOT_FOUND, "document.unnamed");
    TRY(documents_read(app->documents, &page.wanted, &response->file, &response->file_size));
    response->content_type = "application/octet-stream";
    response->disposition = "attachment; filename=\"answer.sealed\"";
    response->policy = "sandbox; default-src 'none'";
    return OK;
}
