#include "server/plain_status.h"

#include <stdio.h>

#include "record/view_case.h"
#include "server/html_time.h"
#include "server/plain_acts.h"
#include "server/plain_answer.h"
#include "server/plain_page.h"

/* The page on its way. */
struct writing {
    struct html *html;
    const struct plain_status *page;
    bool closed;
    bool asked; /* for more material, until `due` */
    uint64_t due;
    bool late;
    bool begun;
};

static struct bytes decimal(uint64_t number, char out[static 24])
{
    snprintf(out, 24, "%llu", (unsigned long long)number);
    return bytes_of_string(out);
}

static void write_entry(struct html *html, uint64_t index)
{
    char number[24];

    HTML_FILL(html, "status.entry", {"n", decimal(index, number)});
}

/* --- the code --- */

static void write_part(struct html *html, const char *label, const char *fault, const char *part)
{
    html_raw(html, "<dt>");
    html_word(html, label);
    html_raw(html, "</dt><dd>");
    html_word_of(html, fault, EMPTY_BYTES, part);
    html_raw(html, "</dd>");
}

static void write_fault(struct html *html, const char *fault)
{
    html_raw(html, "<section class=\"refusal\" role=\"alert\"><h2 class=\"refusal-title\">");
    html_word(html, "refuse.title");
    html_raw(html, "</h2><dl>");
    write_part(html, "refuse.what", fault, ".what");
    write_part(html, "refuse.basis", fault, ".basis");
    write_part(html, "refuse.do", fault, ".do");
    html_raw(html, "</dl></section>\n");
}

struct result plain_status_ask(struct html *html, const char *fault)
{
    plain_begin(html, "status.title", "/plain/status");
    html_raw(html, "<h1>");
    html_word(html, "status.head");
    html_raw(html, "</h1>\n");
    if (fault) {
        write_fault(html, fault);
    }
    html_raw(html, "<p>");
    html_word(html, "plain.status.body");
    html_raw(html, "</p><p class=\"note info\">");
    html_word(html, "plain.status.device");
    html_raw(html, "</p>\n");
    plain_code_begin(html);
    html_raw(html, "<button type=\"submit\" class=\"button ink\">");
    html_word(html, "status.look");
    html_raw(html, "</button></form><p class=\"small\">");
    html_word(html, "status.lost");
    html_raw(html, "</p>\n");
    plain_end(html);
    return html_end(html);
}

/* --- where it stands --- */

static const char *banner_of(const struct view_case *row, bool missed)
{
    if (missed || bytes_is(row->state, "未交材料")) {
        return "stop";
    }
    return row->closed == VIEW_NONE ? "wait" : "none";
}

static void write_promise(struct html *html, const struct view_case *row, bool missed)
{
    char due[HTML_TIME_SIZE];

    html_word_of(html, "case.", row->state, ".body");
    if (row->closed == VIEW_NONE && row->due != VIEW_NONE) {
        html_until(html->english, row->due, due);
        html_raw(html, " ");
        HTML_FILL(html, missed ? "case.missed" : "case.due", {"t", bytes_of_string(due)});
    }
}

static struct result write_case(void *context, const struct view_case *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    const bool missed =
        row->closed == VIEW_NONE && row->due != VIEW_NONE && writing->page->now > row->due;
    char serial[RECORD_ID_SIZE + 24];
    char time[HTML_TIME_SIZE];

    writing->closed = row->closed != VIEW_NONE;
    writing->asked = bytes_is(row->state, "补正");
    writing->due = row->due;
    writing->late = row->late;
    snprintf(serial, sizeof serial, "%.*s-%04llu", (int)row->notice.size,
             (const char *)row->notice.data, (unsigned long long)row->number);
    html_moment(html->english, row->time, time);
    html_raw(html, "<p class=\"small\">");
    HTML_FILL(html, "status.serial", {"s", bytes_of_string(serial)}, {"t", bytes_of_string(time)});
    html_raw(html, "</p><section class=\"banner ");
    html_raw(html, banner_of(row, missed));
    html_raw(html, "\" role=\"status\"><h1 class=\"banner-word long\">");
    html_word_of(html, "case.", row->state, "");
    html_raw(html, "</h1><p>");
    write_promise(html, row, missed);
    html_raw(html, "</p></section>\n");
    return OK;
}

/* --- its way --- */

static void write_step_name(struct writing *writing, const struct view_act *row)
{
    if (bytes_is(row->type, "objection.file")) {
        html_word(writing->html, writing->late ? "obj.late.word" : "obj.received.word");
    } else if (bytes_is(row->type, "objection.answer")) {
        html_word_of(writing->html, "case.", row->state, "");
    } else {
        html_word_of(writing->html, "way.", row->type, "");
    }
}

/* The acts that an objector would call steps. */
static struct result add_act(void *context, const struct view_act *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    char time[HTML_TIME_SIZE];

    if (bytes_is(row->type, "case.declare") || bytes_is(row->type, "case.assign") ||
        bytes_is(row->type, "identity.open")) {
        return OK;
    }
    html_moment(html->english, row->time, time);
    html_raw(html, "<dt>");
    html_string(html, time);
    html_raw(html, "</dt><dd><b>");
    write_step_name(writing, row);
    html_raw(html, "</b> <span class=\"small\">");
    write_entry(html, row->index);
    html_raw(html, "</span></dd>");
    return OK;
}

/* Each promised time, and whether it was kept. */
static struct result add_term(void *context, const struct view_term *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    const uint64_t met = row->met == VIEW_NONE ? writing->page->now : row->met;
    AUTO_BUFFER list = BUFFER_INIT;
    char due[HTML_TIME_SIZE];

    if (met <= row->due) {
        return OK;
    }
    html_until(html->english, row->due, due);
    html_raw(html, "<p class=\"note wait\">");
    TRY(buffer_append(&list, row->state));
    TRY(buffer_append_text(&list, html->english ? " (" : "（"));
    TRY(buffer_append_text(&list, due));
    TRY(buffer_append_text(&list, html->english ? ")" : "）"));
    HTML_FILL(html, "status.missed", {"list", buffer_view(&list)});
    html_raw(html, "</p>\n");
    return OK;
}

static struct result write_way(struct writing *writing)
{
    const struct plain_status *const page = writing->page;
    struct html *const html = writing->html;

    html_raw(html, "<section class=\"card\"><h2>");
    html_word(html, "status.way");
    html_raw(html, "</h2><dl class=\"facts stacked\">");
    TRY(view_case_acts(page->record, &page->objection, add_act, writing));
    html_raw(html, "</dl>");
    TRY(view_case_terms(page->record, &page->objection, add_term, writing));
    html_raw(html, "</section>\n");
    return OK;
}

/* --- answers --- */

static struct result add_answer(void *context, const struct view_case_file *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    SECRET_BUFFER words = BUFFER_INIT;
    const char *instead = 0;

    if (!bytes_is(row->kind, "答复")) {
        return OK;
    }
    TRY(plain_answer_open(writing->page->documents, &row->hash, &writing->page->keys->box, &words,
                          &instead));
    html_raw(html,
             writing->begun ? "<div class=\"answer\"><p><b>" : "<section class=\"card\"><h2>");
    if (!writing->begun) {
        html_word(html, "status.answers");
        html_raw(html, "</h2><div class=\"answer\"><p><b>");
    }
    writing->begun = true;
    html_word_of(html, "case.", row->state, "");
    html_raw(html, "</b>");
    if (!bytes_is(row->basis, "-")) {
        html_raw(html, " · ");
        html_text(html, row->basis);
    }
    html_raw(html, "</p><p lang=\"zh\" class=\"typed\">");
    if (instead) {
        html_word(html, instead);
    } else {
        html_text(html, buffer_view(&words));
    }
    html_raw(html, "</p></div>\n");
    return OK;
}

static struct result write_answers(struct writing *writing)
{
    const struct plain_status *const page = writing->page;

    writing->begun = false;
    TRY(view_case_files(page->record, &page->objection, add_answer, writing));
    if (writing->begun) {
        html_raw(writing->html, "</section>\n");
    }
    return OK;
}

struct result plain_status_write(struct html *html, const struct plain_status *page)
{
    struct writing writing = {.html = html, .page = page};

    plain_begin(html, "status.title", 0);
    if (!is_ok(page->acts->refusal)) {
        plain_refusal(html, &page->acts->refusal, 0);
    }
    TRY(view_case(page->record, &page->objection, write_case, &writing));
    TRY(write_way(&writing));
    TRY(write_answers(&writing));
    if (writing.asked) {
        plain_supplement_write(html, page->acts, &page->objection, writing.due);
    }
    TRY(plain_openings_write(html, page->record, &page->objection));
    if (!writing.closed) {
        plain_withdraw_write(html, page->acts, &page->objection);
    }
    html_raw(html, "<a class=\"button quiet\" href=\"/plain/status");
    plain_language(html);
    html_raw(html, "\">");
    html_word(html, "plain.status.leave");
    html_raw(html, "</a>\n");
    plain_end(html);
    return html_end(html);
}
