#include <string.h>

#include "record/view_report.h"
#include "server/api.h"
#include "server/app.h"
#include "server/calendar.h"
#include "server/identity.h"
#include "server/readers.h"

struct page {
    const struct app *app;
    struct buffer *out;
};

static struct result write_link(const struct app *app, struct bytes report, struct buffer *out)
{
    TRY(buffer_append_text(out, app->config->url));
    TRY(buffer_append_text(out, "/report.html#"));
    return buffer_append(out, report);
}

/* What the calendar knows the event by: a new version of the report moves the old event. */
static struct result write_id(const struct app *app, struct bytes report, struct buffer *out)
{
    TRY(buffer_append(out, report));
    TRY(buffer_append_text(out, ".deadline@"));
    return buffer_append(out, identity_origin(app->identity));
}

static struct result write_words(const struct view_report *row, struct bytes link,
                                 struct buffer *summary, struct buffer *text)
{
    TRY(buffer_append_text(summary, "签署期限："));
    TRY(buffer_append(summary, row->title));
    TRY(buffer_append_text(text,
                           "请在期限前签署报告。\nPlease sign the report by the deadline.\n"));
    return buffer_append(text, link);
}

static struct result add_deadline(void *context, const struct view_report *row)
{
    const struct page *const page = context;
    AUTO_BUFFER id = BUFFER_INIT;
    AUTO_BUFFER link = BUFFER_INIT;
    AUTO_BUFFER summary = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct calendar_event event = {
        .sequence = row->version - 1,
        .stamp = row->time,
        .deadline = row->deadline,
        .cancelled = strcmp(row->state, "void") == 0,
    };

    TRY(write_id(page->app, row->id, &id));
    TRY(write_link(page->app, row->id, &link));
    TRY(write_words(row, buffer_view(&link), &summary, &text));
    event.id = buffer_view(&id);
    event.summary = buffer_view(&summary);
    event.text = buffer_view(&text);
    event.link = buffer_view(&link);
    return calendar_write(&event, page->out);
}

/* GET /api/reports/<id>/deadline.ics */
struct result handle_report_deadline(struct app *app, const struct request *request,
                                     struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    struct page page = {app, &body};

    TRY(readers_lend(app->readers, &reader));
    TRY(view_report(reader.record, request->tail, 0, add_deadline, &page));
    response_take(response, "text/calendar; charset=utf-8", &body);
    response->disposition = "attachment; filename=\"deadline.ics\"";
    return OK;
}
