#include "record/view_report.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/readers.h"

/* An answer on its way, and where its rows come from. */
struct page {
    struct record *record;
    struct envelope *envelope;
    struct bytes cycle; /* of a review */
};

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static struct result add_organisation(void *context, const struct view_organisation *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "id", row->id);
    envelope_text(context, "name", row->name);
    envelope_text(context, "code", row->code);
    envelope_text(context, "representative", row->representative);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

/* GET /api/organisations */
struct result handle_organisations(struct app *app, const struct request *request,
                                   struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;

    (void)request;
    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "organisations");
    TRY(view_organisations(reader.record, add_organisation, &envelope));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

static struct result add_conflict(void *context, const struct view_conflict *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "organisation", row->organisation);
    envelope_string(context, "how", row->how);
    envelope_number(context, "index", row->index);
    envelope_close(context);
    return OK;
}

static struct result add_reviewer(void *context, const struct view_reviewer *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_open_object(envelope, 0);
    envelope_text(envelope, "person", row->person);
    envelope_index(envelope, "undertaken", row->undertaken);
    envelope_index(envelope, "declared", row->declared);
    envelope_open_array(envelope, "conflicts");
    TRY(view_review_conflicts(page->record, page->cycle, row->person, add_conflict, envelope));
    envelope_close(envelope);
    envelope_close(envelope);
    return OK;
}

static struct result write_review(void *context, const struct view_review *row)
{
    struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    page->cycle = row->cycle;
    envelope_text(envelope, "cycle", row->cycle);
    if (row->qualified_index == VIEW_NONE) {
        envelope_null(envelope, "qualified");
    } else {
        envelope_open_array(envelope, "qualified");
        TRY(view_review_qualified(page->record, row->cycle, add_word, envelope));
        envelope_close(envelope);
    }
    envelope_open_array(envelope, "reviewers");
    TRY(view_review_reviewers(page->record, row->cycle, add_reviewer, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "teams");
    TRY(view_review_teams(page->record, row->cycle, add_word, envelope));
    envelope_close(envelope);
    envelope_string(envelope, "after_change", row->after_change);
    return OK;
}

/* GET /api/reviews/<cycle> */
struct result handle_review(struct app *app, const struct request *request,
                            struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_review(reader.record, request->tail, write_review, &page));
    return answer_envelope(response, &envelope);
}

static struct result add_change(void *context, const struct view_team_change *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_text(context, "out", row->out);
    envelope_text(context, "in", row->in);
    envelope_close(context);
    return OK;
}

static struct result write_team(void *context, const struct view_team *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_text(envelope, "id", row->id);
    envelope_text(envelope, "cycle", row->cycle);
    envelope_text(envelope, "leader", row->leader);
    envelope_number(envelope, "index", row->index);
    envelope_open_array(envelope, "reviewers");
    TRY(view_team_reviewers(page->record, row->id, add_word, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "organisations");
    TRY(view_team_organisations(page->record, row->id, add_word, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "changes");
    TRY(view_team_changes(page->record, row->id, add_change, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "reports");
    TRY(view_team_reports(page->record, row->id, add_word, envelope));
    envelope_close(envelope);
    return OK;
}

/* GET /api/teams/<id> */
struct result handle_team(struct app *app, const struct request *request, struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_team(reader.record, request->tail, write_team, &page));
    return answer_envelope(response, &envelope);
}
