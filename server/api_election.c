#include "base/code.h"
#include "record/view.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/batch.h"
#include "server/readers.h"

struct page_of_election {
    struct record *record;
    struct envelope *envelope;
};

static struct result add_trustee(void *context, const struct view_trustee *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_text(context, "person", row->person);
    envelope_flag(context, "shared", row->shared);
    envelope_close(context);
    return OK;
}

static void write_sums(struct envelope *envelope, const struct view_election *row)
{
    char code[SHORT_CODE_SIZE + 1];

    if (!row->has_sums) {
        envelope_null(envelope, "sums_code");
        return;
    }
    short_code_print(row->sums_hash.bytes, code);
    envelope_string(envelope, "sums_code", code);
}

static struct result write_counts(const struct page_of_election *page,
                                  const struct view_election *row)
{
    uint64_t waiting;

    TRY(batch_count(page->record, &row->manifest, &waiting));
    envelope_number(page->envelope, "roll", row->roll);
    envelope_number(page->envelope, "ballots", row->ballots);
    envelope_number(page->envelope, "waiting", waiting);
    envelope_number(page->envelope, "burned", row->burned);
    return OK;
}

static struct result write_election(void *context, const struct view_election *row)
{
    const struct page_of_election *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_text(envelope, "id", row->id);
    envelope_text(envelope, "meeting", row->meeting);
    envelope_base64(envelope, "M", BYTES(row->manifest.bytes));
    envelope_number(envelope, "round", row->round);
    envelope_string(envelope, "state", row->state);
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "opens", row->opens);
    envelope_time(envelope, "closes", row->closes);
    envelope_number(envelope, "window", row->window);
    TRY(write_counts(page, row));
    envelope_index(envelope, "close", row->close_index);
    write_sums(envelope, row);
    envelope_number(envelope, "threshold", row->threshold);
    envelope_open_array(envelope, "trustees");
    TRY(view_election_trustees(page->record, &row->manifest, add_trustee, envelope));
    envelope_close(envelope);
    envelope_index(envelope, "result", row->result_index);
    envelope_index(envelope, "cancel", row->cancel_index);
    return OK;
}

/* GET /api/elections/<id> */
struct result handle_election(struct app *app, const struct request *request,
                              struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page_of_election page = {.envelope = &envelope};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_election(reader.record, request->tail, write_election, &page));
    return answer_envelope(response, &envelope);
}
