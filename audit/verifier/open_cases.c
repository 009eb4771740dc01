#include "verifier/open_cases.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "record/case_state.h"
#include "record/journal.h"
#include "record/view_case.h"
#include "record/view_notice.h"

#define LINE_SIZE 512

struct telling {
    struct record *record;
    struct buffer *out;
    uint64_t now;
    char serial[128]; /* of the case at hand */
};

/* What the objector has to do; everything else was promised by the office. */
static bool is_objectors(struct bytes state)
{
    return bytes_is(state, CASE_AWAITED) || bytes_is(state, CASE_SUPPLEMENT);
}

static struct result tell_missed(void *context, const struct view_term *row)
{
    const struct telling *telling = context;
    const uint64_t end = row->met == VIEW_NONE ? telling->now : row->met;
    const bool objectors = is_objectors(row->state);
    char due[TEXT_TIME_SIZE + 1];
    char line[LINE_SIZE];

    if (end <= row->due) {
        return OK;
    }
    TRY(text_print_time((int64_t)row->due, due));
    (void)snprintf(line, sizeof line, "○ 误期 / missed: %s %.*s, %s (%s / %s)%s\n", telling->serial,
                   (int)row->state.size, (const char *)row->state.data, due,
                   objectors ? "异议人" : "区评审办", objectors ? "objector" : "office",
                   row->met == VIEW_NONE ? "，至今未办 / still not done" : "");
    return buffer_append_text(telling->out, line);
}

static struct result tell_open(const struct telling *telling, const struct view_case *row)
{
    char due[TEXT_TIME_SIZE + 1] = "–";
    char line[LINE_SIZE];

    if (row->closed != VIEW_NONE) {
        return OK;
    }
    if (row->due != VIEW_NONE) {
        TRY(text_print_time((int64_t)row->due, due));
    }
    (void)snprintf(line, sizeof line,
                   "○ 案件 / case %s: %.*s，未办结 / not closed, 期限 / due %s\n", telling->serial,
                   (int)row->state.size, (const char *)row->state.data, due);
    return buffer_append_text(telling->out, line);
}

static struct result tell_case(void *context, const struct view_case *row)
{
    struct telling *telling = context;

    (void)snprintf(telling->serial, sizeof telling->serial, "%.*s-%04" PRIu64,
                   (int)row->notice.size, (const char *)row->notice.data, row->number);
    TRY(tell_open(telling, row));
    return view_case_terms(telling->record, &row->hash, tell_missed, telling);
}

static struct result tell_notice(void *context, const struct view_notice *row)
{
    struct telling *telling = context;

    return view_cases(telling->record, row->id, tell_case, telling);
}

struct result open_cases_tell(struct record *record, struct buffer *out)
{
    struct telling telling = {.record = record, .out = out};

    TRY(journal_last_time(record, &telling.now));
    return view_notices(record, tell_notice, &telling);
}
