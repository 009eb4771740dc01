#include "verifier/open_reports.h"

#include <string.h>

#include "record/view_report.h"

/* Three lists of names, filled while the lines are read. */
struct lists {
    struct buffer missing;
    struct buffer reserved;
    struct buffer against;
};

#define AUTO_LISTS __attribute__((cleanup(lists_free))) struct lists

static void lists_free(struct lists *lists)
{
    buffer_free(&lists->missing);
    buffer_free(&lists->reserved);
    buffer_free(&lists->against);
}

/* "an 组长, bo 评审员" */
static struct result add_name(struct buffer *list, const struct view_report_signer *row)
{
    TRY(buffer_append_text(list, list->size > 0 ? ", " : ""));
    TRY(buffer_append(list, row->person));
    TRY(buffer_append_text(list, " "));
    return buffer_append(list, row->capacity);
}

static struct result sort_line(void *context, const struct view_report_signer *row)
{
    struct lists *lists = context;

    if (row->index == VIEW_NONE) {
        return row->refusal == VIEW_NONE ? add_name(&lists->missing, row) : OK;
    }
    if (bytes_is(row->opinion, "保留意见")) {
        return add_name(&lists->reserved, row);
    }
    return bytes_is(row->opinion, "不同意") ? add_name(&lists->against, row) : OK;
}

static struct result tell_list(const char *label, const struct buffer *list, struct buffer *out)
{
    if (list->size == 0) {
        return OK;
    }
    TRY(buffer_append_text(out, "  "));
    TRY(buffer_append_text(out, label));
    TRY(buffer_append(out, buffer_view(list)));
    return buffer_append_text(out, "\n");
}

static struct result tell_lines(struct record *record, const struct view_report *report,
                                struct buffer *out)
{
    AUTO_LISTS lists = {BUFFER_INIT, BUFFER_INIT, BUFFER_INIT};

    TRY(view_report_signers(record, report->id, report->version, sort_line, &lists));
    TRY(tell_list("未签 / missing: ", &lists.missing, out));
    TRY(tell_list("保留意见 / reserved: ", &lists.reserved, out));
    return tell_list("不同意 / disagreed: ", &lists.against, out);
}

static const char *state_words(const struct view_report *report)
{
    if (strcmp(report->state, "void") == 0) {
        return strcmp(report->void_how, "team") == 0
                   ? "因换人作废，等新版 / void after a change of the team, a new version is due"
                   : "已作废，等新版 / void, a new version is due";
    }
    return strcmp(report->state, "blocked") == 0 ? "有人不同意，等新版 / blocked by a disagreement"
                                                 : "未签齐 / not complete";
}

struct telling {
    struct record *record;
    struct buffer *out;
};

static struct result tell_report(void *context, const struct view_report *row)
{
    const struct telling *telling = context;
    struct buffer *out = telling->out;

    if (strcmp(row->state, "complete") == 0) {
        return OK;
    }
    TRY(buffer_append_text(out, "○ 报告 / report "));
    TRY(buffer_append(out, row->id));
    TRY(buffer_append_text(out, " v"));
    TRY(buffer_append_decimal(out, row->version));
    TRY(buffer_append_text(out, ": "));
    TRY(buffer_append_text(out, state_words(row)));
    TRY(buffer_append_text(out, "\n"));
    return strcmp(row->state, "void") == 0 ? OK : tell_lines(telling->record, row, out);
}

struct result open_reports_tell(struct record *record, struct buffer *out)
{
    struct telling telling = {record, out};

    return view_reports(record, tell_report, &telling);
}
