#include "server/plain_receipt.h"

#include <stdio.h>

#include "base/code.h"
#include "base/encoding.h"
#include "record/notice_rules.h"
#include "record/view_case.h"
#include "record/view_notice.h"
#include "server/html_time.h"
#include "server/plain_page.h"
#include "server/qr.h"

#define CELL 3

struct writing {
    struct html *html;
    const struct plain_receipt *page;
    const struct view_case *row;
    uint64_t closes; /* of the notice */
    struct notice_rules rules;
};

static struct bytes decimal(uint64_t number, char out[static 24])
{
    snprintf(out, 24, "%llu", (unsigned long long)number);
    return bytes_of_string(out);
}

static void row_begin(struct html *html, const char *label)
{
    html_raw(html, "<dt>");
    html_word(html, label);
    html_raw(html, "</dt><dd>");
}

static void row_end(struct html *html)
{
    html_raw(html, "</dd>\n");
}

/* --- the code --- */

/* Three rows of three boxes, as everywhere. */
static void write_boxes(struct html *html, const char *code)
{
    char cell[CELL + 1] = {0};
    size_t held = 0;

    html_raw(html, "<ol class=\"grid-nine\" dir=\"ltr\">");
    for (; *code; code++) {
        if (*code == '-') {
            continue;
        }
        cell[held++] = *code;
        if (held == CELL) {
            html_raw(html, "<li>");
            html_string(html, cell);
            html_raw(html, "</li>");
            held = 0;
        }
    }
    html_raw(html, "</ol>\n");
    secret_wipe(cell, sizeof cell);
}

static void write_qr(struct html *html, const char *code)
{
    SECRET_BUFFER drawn = BUFFER_INIT;

    html_note(html, qr_write_svg(bytes_of_string(code), &drawn));
    html_raw(html, "<figure class=\"qr-drawn\" role=\"img\" aria-label=\"");
    html_word(html, "obj.code.qr");
    html_raw(html, "\">");
    if (is_ok(html->failed)) {
        /* Drawn here, from characters of the code alone. */
        html_note(html, buffer_append(&html->out, buffer_view(&drawn)));
    }
    html_raw(html, "</figure>\n");
}

static void write_code(struct html *html, const struct key_code *code)
{
    char printed[KEY_CODE_SIZE + 1];

    key_code_print(code->bytes, printed);
    html_raw(html, "<section class=\"card needs\"><h2>");
    html_word(html, "obj.code");
    html_raw(html, "</h2><p><b>");
    html_word(html, "plain.receipt.once");
    html_raw(html, "</b> ");
    html_word(html, "obj.code.body");
    html_raw(html, "</p>");
    write_boxes(html, printed);
    write_qr(html, printed);
    html_raw(html, "<p class=\"small\">");
    html_word(html, "obj.code.keep");
    html_raw(html, "</p></section>\n");
    secret_wipe(printed, sizeof printed);
}

/* --- what was received --- */

static void write_banner(struct writing *writing)
{
    struct html *const html = writing->html;
    const bool late = writing->row->late;
    char closes[HTML_TIME_SIZE];
    char index[24];

    html_until(html->english, writing->closes, closes);
    plain_banner_begin(html, late ? "wait" : "none", late ? "obj.late.word" : "obj.received.word");
    HTML_FILL(html, late ? "obj.late.body" : "obj.received.body", {"t", bytes_of_string(closes)},
              {"n", decimal(writing->row->index, index)});
    plain_banner_end(html);
}

static void write_times(struct writing *writing)
{
    struct html *const html = writing->html;
    char serial[24];
    char day[HTML_TIME_SIZE];
    char clock[HTML_TIME_SIZE];
    char closes[HTML_TIME_SIZE];

    snprintf(serial, sizeof serial, "-%04llu", (unsigned long long)writing->row->number);
    html_day(html->english, writing->row->time, day);
    html_clock(writing->row->time, clock);
    html_until(html->english, writing->closes, closes);
    row_begin(html, "obj.serial");
    html_text(html, writing->row->notice);
    html_string(html, serial);
    row_end(html);
    row_begin(html, "obj.time");
    html_string(html, day);
    html_raw(html, " ");
    html_string(html, clock);
    row_end(html);
    row_begin(html, "obj.intime");
    HTML_FILL(html, writing->row->late ? "obj.intime.no" : "obj.intime.yes",
              {"t", bytes_of_string(closes)});
    row_end(html);
}

static void write_terms(struct writing *writing)
{
    struct html *const html = writing->html;
    const struct notice_rules *const rules = &writing->rules;
    char first[24];
    char second[24];
    char third[24];

    row_begin(html, "obj.material");
    HTML_FILL(html, "obj.parts", {"text", LITERAL("1")},
              {"files", decimal(writing->page->files, first)},
              {"seals", decimal(writing->page->seals, second)});
    row_end(html);
    row_begin(html, "obj.when");
    HTML_FILL(html, "obj.when.body", {"a", decimal(rules->accept, first)},
              {"i", decimal(rules->investigate, second)}, {"w", decimal(rules->answer, third)});
    row_end(html);
    row_begin(html, "obj.key");
    html_raw(html, "<span class=\"mono\">");
    html_text(html, writing->page->key);
    html_raw(html, "</span>");
    row_end(html);
}

static void write_proof(struct writing *writing)
{
    struct html *const html = writing->html;
    AUTO_BUFFER hex = BUFFER_INIT;

    html_note(html, hex_append(&hex, BYTES(writing->page->text_hash.bytes)));
    html_raw(html, "<p><a href=\"/api/receipts/");
    html_text(html, buffer_view(&hex));
    html_raw(html, "\">");
    html_word(html, "plain.receipt.proof");
    html_raw(html, "</a></p><p class=\"small\">");
    html_word(html, "plain.receipt.unchecked");
    html_raw(html, "</p><h3>");
    html_word(html, "sign.signed");
    html_raw(html, "</h3><pre class=\"statement typed\" lang=\"zh\" tabindex=\"0\">");
    html_text(html, writing->page->text);
    html_raw(html, "</pre>");
}

static struct result write_case(void *context, const struct view_case *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    char index[24];

    writing->row = row;
    plain_begin(html, row->late ? "obj.late.word" : "obj.received.word", 0);
    write_banner(writing);
    write_code(html, writing->page->code);
    html_raw(html,
             "<section class=\"card document\"><div class=\"rule\" aria-hidden=\"true\"></div>"
             "<h2>");
    html_word(html, "obj.receipt");
    html_raw(html, "</h2><p class=\"small\">");
    HTML_FILL(html, "plain.receipt.entry", {"n", decimal(row->index, index)});
    html_raw(html, "</p><p class=\"note info\">");
    html_word(html, "plain.receipt.sealed");
    html_raw(html, "</p><dl class=\"facts\">");
    write_times(writing);
    write_terms(writing);
    html_raw(html, "</dl>");
    write_proof(writing);
    html_raw(html, "</section>\n");
    return OK;
}

static struct result take_notice(void *context, const struct view_notice *row)
{
    struct writing *const writing = context;

    writing->closes = row->closes;
    return notice_load_rules(writing->page->record, row->cycle, &writing->rules);
}

struct result plain_receipt_write(struct html *html, const struct plain_receipt *page)
{
    struct writing writing = {.html = html, .page = page};

    TRY(view_notice(page->record, page->notice, take_notice, &writing));
    TRY(view_case(page->record, &page->text_hash, write_case, &writing));
    html_raw(html, "<a class=\"button\" href=\"/plain/status");
    plain_language(html);
    html_raw(html, "\">");
    html_word(html, "obj.progress");
    html_raw(html, "</a><p class=\"small\">");
    html_word(html, "obj.receipt.note");
    html_raw(html, "</p>\n");
    plain_end(html);
    return html_end(html);
}
