#include "record/view_case.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/readers.h"
#include "server/summaries.h"

/* An answer on its way, and for whom. */
struct page {
    struct app *app;
    struct record *record;
    struct envelope *envelope;
    struct bytes person;
    uint64_t now;
};

static const char *state_of(const struct view_hearing *row, uint64_t now)
{
    if (row->replied != VIEW_NONE) {
        return "replied";
    }
    if (row->closed) {
        return "closed";
    }
    return now > row->due ? "late" : "todo";
}

static struct result add_summary(void *context, const struct view_hearing *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;
    bool is_for;

    TRY(summary_is_for(page->record, page->app->documents, page->person, row, &is_for));
    if (!is_for) {
        return OK;
    }
    envelope_open_object(envelope, 0);
    envelope_hex(envelope, "case", BYTES(row->objection.bytes));
    envelope_text(envelope, "notice", row->notice);
    envelope_number(envelope, "number", row->number);
    envelope_hex(envelope, "hash", BYTES(row->summary.bytes));
    envelope_number(envelope, "size", row->size);
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "due", row->due);
    envelope_string(envelope, "state", state_of(row, page->now));
    envelope_index(envelope, "replied", row->replied);
    envelope_close(envelope);
    return OK;
}

/* GET /api/summaries: those that are sealed to whose session it is */
struct result handle_summaries(struct app *app, const struct request *request,
                               struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.app = app,
                        .envelope = &envelope,
                        .person = bytes_of_string(request->person),
                        .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "summaries");
    TRY(view_hearings(reader.record, add_summary, &page));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}
