#include "record/view.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/readers.h"

struct page_of_meeting {
    struct record *record;
    struct envelope *envelope;
};

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static struct result add_candidate(void *context, const struct view_candidate *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "name", row->name);
    envelope_close(context);
    return OK;
}

static struct result add_signin(void *context, const struct view_signin *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_number(context, "index", row->index);
    envelope_base64(context, "P", BYTES(row->vote_key.bytes));
    envelope_close(context);
    return OK;
}

static struct result add_recusal(void *context, const struct view_recusal *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_text(context, "candidate", row->candidate);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_round(void *context, const struct view_election *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_base64(context, "M", BYTES(row->manifest.bytes));
    envelope_number(context, "round", row->round);
    envelope_string(context, "state", row->state);
    envelope_close(context);
    return OK;
}

/* A list of ids under a key. */
static struct result write_words(const struct page_of_meeting *page, const char *key,
                                 struct result (*view)(struct record *, struct bytes,
                                                       view_word_visit *, void *),
                                 struct bytes meeting)
{
    envelope_open_array(page->envelope, key);
    TRY(view(page->record, meeting, add_word, page->envelope));
    envelope_close(page->envelope);
    return OK;
}

static struct result write_people(const struct page_of_meeting *page, struct bytes meeting)
{
    TRY(write_words(page, "scrutineers", view_meeting_scrutineers, meeting));
    TRY(write_words(page, "appointed", view_meeting_appointed, meeting));
    envelope_open_array(page->envelope, "candidates");
    TRY(view_meeting_candidates(page->record, meeting, add_candidate, page->envelope));
    envelope_close(page->envelope);
    envelope_open_array(page->envelope, "signins");
    TRY(view_meeting_signins(page->record, meeting, add_signin, page->envelope));
    envelope_close(page->envelope);
    envelope_open_array(page->envelope, "recusals");
    TRY(view_meeting_recusals(page->record, meeting, add_recusal, page->envelope));
    envelope_close(page->envelope);
    return OK;
}

static struct result write_draw(const struct page_of_meeting *page, const struct view_meeting *row)
{
    envelope_open_object(page->envelope, "draw");
    envelope_string(page->envelope, "state", row->draw);
    TRY(write_words(page, "order", view_meeting_order, row->id));
    envelope_close(page->envelope);
    return OK;
}

static void write_freeze(struct envelope *envelope, const struct view_meeting *row)
{
    if (row->freeze_index == VIEW_NONE) {
        envelope_null(envelope, "freeze");
        return;
    }
    envelope_open_object(envelope, "freeze");
    envelope_number(envelope, "index", row->freeze_index);
    envelope_number(envelope, "present", row->present);
    envelope_close(envelope);
}

static struct result write_meeting(void *context, const struct view_meeting *row)
{
    const struct page_of_meeting *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_text(envelope, "id", row->id);
    envelope_text(envelope, "cycle", row->cycle);
    envelope_text(envelope, "place", row->place);
    envelope_time(envelope, "time", row->time);
    envelope_string(envelope, "state", row->state);
    envelope_text(envelope, "chair", row->chair);
    envelope_number(envelope, "quorum", row->quorum);
    envelope_number(envelope, "index", row->index);
    TRY(write_people(page, row->id));
    TRY(write_draw(page, row));
    write_freeze(envelope, row);
    envelope_open_array(envelope, "elections");
    TRY(view_meeting_elections(page->record, row->id, add_round, envelope));
    envelope_close(envelope);
    envelope_index(envelope, "minutes", row->minutes_index);
    return OK;
}

/* GET /api/meetings/<id> */
struct result handle_meeting(struct app *app, const struct request *request,
                             struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page_of_meeting page = {.envelope = &envelope};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_meeting(reader.record, request->tail, write_meeting, &page));
    return answer_envelope(response, &envelope);
}
