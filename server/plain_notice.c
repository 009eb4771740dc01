#include "server/plain_notice.h"

#include <stdbool.h>

#include "record/cycle.h"
#include "server/grades.h"
#include "server/html_time.h"
#include "server/plain_page.h"

#define CODE_TAIL 4

/* Rows on their way into the page. */
struct writing {
    struct html *html;
    struct bytes lines; /* of the cycle */
    uint64_t grade;     /* whose list is being written */
    bool begun;
};

/* --- the notices --- */

static void write_term_of(struct html *html, const struct view_notice *row)
{
    char from[HTML_TIME_SIZE];
    char last[HTML_TIME_SIZE];

    html_moment(html->english, row->opens, from);
    html_day(html->english, row->closes - 1, last);
    HTML_FILL(html, "notice.open.body", {"from", bytes_of_string(from)},
              {"to", bytes_of_string(last)});
}

void plain_address(struct html *html, struct bytes notice)
{
    html_raw(html, "/plain/");
    html_text(html, notice);
    plain_language(html);
}

static struct result add_notice(void *context, const struct view_notice *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;

    writing->begun = true;
    html_raw(html, "<section class=\"card\"><h2>");
    HTML_FILL(html, "notice.id", {"id", row->id});
    html_raw(html, "</h2><p>");
    write_term_of(html, row);
    html_raw(html, "</p><a class=\"button ink\" href=\"");
    plain_address(html, row->id);
    html_raw(html, "\">");
    html_word(html, "plain.here");
    html_raw(html, "</a></section>\n");
    return OK;
}

void plain_status_link(struct html *html)
{
    html_raw(html, "<a class=\"button\" href=\"/plain/status");
    plain_language(html);
    html_raw(html, "\">");
    html_word(html, "obj.progress");
    html_raw(html, "</a>\n");
}

struct result plain_notices_write(struct html *html, struct record *record)
{
    struct writing writing = {.html = html};

    plain_begin(html, "plain.all", "/plain");
    html_raw(html, "<h1>");
    html_word(html, "notice.all");
    html_raw(html, "</h1>\n");
    TRY(view_notices(record, add_notice, &writing));
    if (!writing.begun) {
        html_raw(html, "<section class=\"card\"><h2>");
        html_word(html, "notice.none");
        html_raw(html, "</h2><p>");
        html_word(html, "notice.none.body");
        html_raw(html, "</p></section>\n");
    }
    plain_status_link(html);
    plain_end(html);
    return html_end(html);
}

/* --- one of them --- */

static void write_early(struct html *html, const struct view_notice *row)
{
    char opens[HTML_TIME_SIZE];

    html_moment(html->english, row->opens, opens);
    html_raw(html, "<p class=\"note wait\"><b>");
    html_word(html, "obj.early.word");
    html_raw(html, "</b> ");
    HTML_FILL(html, "obj.early.body", {"t", bytes_of_string(opens)});
    html_raw(html, "</p>\n");
}

void plain_term_write(struct html *html, const struct view_notice *row, uint64_t now)
{
    char end[HTML_TIME_SIZE];
    char clock[HTML_TIME_SIZE];

    html_until(html->english, row->closes, end);
    html_clock(now, clock);
    if (now < row->opens) {
        write_early(html, row);
        return;
    }
    html_raw(html, "<p class=\"note wait\">");
    if (now >= row->closes) {
        HTML_FILL(html, "obj.over", {"t", bytes_of_string(end)});
    } else {
        html_word(html, "obj.term.before");
        html_raw(html, "<b>");
        html_string(html, end);
        html_raw(html, "</b>");
        html_word(html, "obj.term.after");
        html_raw(html, "<b>");
        html_remaining(html, row->closes, now);
        html_raw(html, "</b>");
    }
    html_raw(html, "<br><span class=\"small\">");
    HTML_FILL(html, "time.server", {"t", bytes_of_string(clock)});
    html_raw(html, "</span></p>\n");
}

static struct bytes code_tail(struct bytes code)
{
    return bytes_slice(code, code.size > CODE_TAIL ? code.size - CODE_TAIL : 0, CODE_TAIL);
}

void plain_organisation(struct html *html, const struct view_listed *row)
{
    html_raw(html, "<span lang=\"zh\">");
    html_text(html, row->name);
    html_raw(html, "</span> <span class=\"small\">");
    HTML_FILL(html, "obj.code4", {"code", code_tail(row->code)});
    html_raw(html, "</span>");
}

/* A list of each grade, the highest first, as the notice has them. */
static struct result add_listed(void *context, const struct view_listed *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    AUTO_BUFFER number = BUFFER_INIT;

    if (!writing->begun || row->grade != writing->grade) {
        html_raw(html, writing->begun ? "</ul><h3 lang=\"zh\">" : "<h3 lang=\"zh\">");
        html_text(html, grade_name(writing->lines, row->grade));
        html_raw(html, "</h3><ul class=\"notice-list\">");
    }
    writing->begun = true;
    writing->grade = row->grade;
    html_raw(html, row->removed == VIEW_NONE ? "<li>" : "<li class=\"removed\">");
    plain_organisation(html, row);
    if (row->removed != VIEW_NONE) {
        TRY(buffer_append_decimal(&number, row->removed));
        html_raw(html, " ");
        HTML_FILL(html, "notice.removed", {"n", buffer_view(&number)});
    }
    html_raw(html, "</li>");
    return OK;
}

struct result plain_listed_write(struct html *html, struct record *record,
                                 const struct view_notice *row)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    struct writing writing = {.html = html};

    TRY(cycle_load_lines(record, row->cycle, &lines));
    writing.lines = buffer_view(&lines);
    html_raw(html, "<section class=\"card\"><h2>");
    html_word(html, "plain.list");
    html_raw(html, "</h2>");
    TRY(view_notice_list(record, row->id, add_listed, &writing));
    html_raw(html, writing.begun ? "</ul><p class=\"small\">" : "<p class=\"small\">");
    html_word(html, "notice.order");
    html_raw(html, "</p></section>\n");
    return OK;
}
