#include <stdio.h>

#include "base/text.h"
#include "record/cycle.h"
#include "record/view_case.h"
#include "record/view_notice.h"
#include "record/workday.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/grades.h"
#include "server/identity.h"
#include "server/readers.h"

/* An answer on its way, and where its rows come from. */
struct page {
    struct record *record;
    struct envelope *envelope;
    const struct identity *identity;
    struct bytes notice;
    struct bytes lines; /* of the cycle: what its grades are called */
    uint64_t now;
};

static const char *state_of(const struct view_notice *row, uint64_t now)
{
    if (row->settled != VIEW_NONE) {
        return "settled";
    }
    if (now < row->opens) {
        return "upcoming";
    }
    return now < row->closes ? "open" : "ended";
}

static void write_head(struct envelope *envelope, const struct view_notice *row, uint64_t now)
{
    envelope_text(envelope, "id", row->id);
    envelope_text(envelope, "cycle", row->cycle);
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "start", row->opens);
    envelope_time(envelope, "end", row->closes);
    envelope_string(envelope, "state", state_of(row, now));
    envelope_index(envelope, "settled", row->settled);
    envelope_number(envelope, "objections", row->objections);
}

static struct result add_notice(void *context, const struct view_notice *row)
{
    const struct page *const page = context;

    envelope_open_object(page->envelope, 0);
    write_head(page->envelope, row, page->now);
    envelope_close(page->envelope);
    return OK;
}

/* GET /api/notices */
struct result handle_notices(struct app *app, const struct request *request,
                             struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope, .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "notices");
    TRY(view_notices(reader.record, add_notice, &page));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

/* --- one notice --- */

static struct result add_listed(void *context, const struct view_listed *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_open_object(envelope, 0);
    envelope_number(envelope, "grade", row->grade);
    envelope_text(envelope, "grade_name", grade_name(page->lines, row->grade));
    envelope_text(envelope, "organisation", row->organisation);
    envelope_text(envelope, "name", row->name);
    envelope_text(envelope, "code", row->code);
    envelope_index(envelope, "removed", row->removed);
    envelope_close(envelope);
    return OK;
}

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static struct result add_handler(void *context, const struct view_notice_person *row)
{
    const struct page *const page = context;

    envelope_open_object(page->envelope, 0);
    envelope_text(page->envelope, "person", row->person);
    envelope_base64(page->envelope, "box", row->box_key);
    envelope_open_array(page->envelope, "conflicts");
    TRY(view_handler_conflicts(page->record, page->notice, row->person, add_word, page->envelope));
    envelope_close(page->envelope);
    envelope_close(page->envelope);
    return OK;
}

static struct result add_keeper(void *context, const struct view_notice_person *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_base64(context, "box", row->box_key);
    envelope_close(context);
    return OK;
}

static struct result add_publication(void *context, const struct view_publication *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_text(context, "media", row->media);
    envelope_text(context, "url", row->address);
    envelope_hex(context, "hash", row->content);
    envelope_time(context, "seen", row->seen);
    envelope_close(context);
    return OK;
}

static struct result add_extension(void *context, const struct view_extension *row)
{
    envelope_open_object(context, 0);
    envelope_number(context, "index", row->index);
    envelope_number(context, "days", row->days);
    envelope_text(context, "resolution", row->resolution);
    envelope_time(context, "end", row->closes);
    envelope_close(context);
    return OK;
}

static struct result add_day(void *context, uint64_t day, uint64_t count)
{
    envelope_open_object(context, 0);
    envelope_time(context, "end", workday_end(day));
    envelope_number(context, "count", count);
    envelope_close(context);
    return OK;
}

static struct result write_rules(const struct page *page, struct bytes cycle)
{
    struct notice_rules rules;

    TRY(notice_load_rules(page->record, cycle, &rules));
    envelope_open_object(page->envelope, "rules");
    envelope_number(page->envelope, "notice_days", rules.notice_days);
    envelope_number(page->envelope, "accept", rules.accept);
    envelope_number(page->envelope, "investigate", rules.investigate);
    envelope_number(page->envelope, "answer", rules.answer);
    envelope_number(page->envelope, "supplement", rules.supplement);
    envelope_number(page->envelope, "material_hours", rules.material_hours);
    envelope_number(page->envelope, "keep_days", rules.keep_days);
    envelope_close(page->envelope);
    return OK;
}

static struct result write_lists(struct page *page)
{
    struct envelope *const envelope = page->envelope;

    envelope_open_array(envelope, "list");
    TRY(view_notice_list(page->record, page->notice, add_listed, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "handlers");
    TRY(view_notice_handlers(page->record, page->notice, add_handler, page));
    envelope_close(envelope);
    envelope_open_array(envelope, "keepers");
    TRY(view_notice_keepers(page->record, page->notice, add_keeper, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "publications");
    TRY(view_notice_publications(page->record, page->notice, add_publication, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "extensions");
    TRY(view_notice_extensions(page->record, page->notice, add_extension, envelope));
    envelope_close(envelope);
    envelope_open_array(envelope, "days");
    TRY(view_notice_days(page->record, page->notice, add_day, envelope));
    envelope_close(envelope);
    return OK;
}

static struct result write_notice(void *context, const struct view_notice *row)
{
    struct page *const page = context;
    AUTO_BUFFER lines = BUFFER_INIT;
    char fingerprint[VKEY_FINGERPRINT_SIZE + 1];

    TRY(cycle_load_lines(page->record, row->cycle, &lines));
    page->notice = row->id;
    page->lines = buffer_view(&lines);
    TRY(vkey_print_fingerprint(&page->identity->log, fingerprint));
    write_head(page->envelope, row, page->now);
    envelope_time(page->envelope, "time", page->now);
    envelope_string(page->envelope, "key", fingerprint);
    TRY(write_rules(page, row->cycle));
    return write_lists(page);
}

/* GET /api/notices/<id> */
struct result handle_notice(struct app *app, const struct request *request,
                            struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope, .identity = app->identity, .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    TRY(view_notice(reader.record, request->tail, write_notice, &page));
    return answer_envelope(response, &envelope);
}

/* --- what everybody may know of a case: that it is there, its times and its end --- */

static struct result write_objection(void *context, const struct view_case *row)
{
    const struct page *const page = context;
    struct envelope *const envelope = page->envelope;

    envelope_text(envelope, "notice", row->notice);
    envelope_number(envelope, "number", row->number);
    envelope_hex(envelope, "case", BYTES(row->hash.bytes));
    envelope_number(envelope, "index", row->index);
    envelope_time(envelope, "time", row->time);
    envelope_flag(envelope, "late", row->late);
    envelope_text(envelope, "state", row->state);
    if (row->due == VIEW_NONE) {
        envelope_null(envelope, "due");
    } else {
        envelope_time(envelope, "due", row->due);
    }
    envelope_flag(envelope, "missed", row->due != VIEW_NONE && page->now > row->due);
    envelope_index(envelope, "closed", row->closed);
    return OK;
}

/* "2026-1-0007": the notice's id may hold hyphens itself. */
static struct result read_serial(struct bytes serial, struct bytes *notice, uint64_t *number)
{
    size_t size = serial.size;
    size_t zeros;

    while (size > 0 && serial.data[size - 1] != '-') {
        size--;
    }
    REQUIRE(size > 1, NOT_FOUND, "view.unknown");
    *notice = bytes_slice(serial, 0, size - 1);
    zeros = size;
    while (zeros + 1 < serial.size && serial.data[zeros] == '0') {
        zeros++;
    }
    REQUIRE(is_ok(text_parse_number(bytes_slice(serial, zeros, serial.size), number)), NOT_FOUND,
            "view.unknown");
    return OK;
}

/* GET /api/objections/<serial> */
struct result handle_objection(struct app *app, const struct request *request,
                               struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page page = {.envelope = &envelope, .now = request->now};
    struct bytes notice;
    uint64_t number;

    TRY(read_serial(request->tail, &notice, &number));
    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    TRY(view_case_numbered(reader.record, notice, number, write_objection, &page));
    return answer_envelope(response, &envelope);
}
