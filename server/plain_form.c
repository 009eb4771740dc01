#include "server/plain_form.h"

#include <string.h>

#include "record/view_notice.h"
#include "server/form.h"
#include "server/id_number.h"
#include "server/plain_draft.h"
#include "server/plain_field.h"
#include "server/plain_notice.h"
#include "server/plain_page.h"

#define MORE_INPUTS 3

/* The page on its way. */
struct writing {
    struct html *html;
    const struct plain_form *page;
    struct plain_fields fields;
};

/* --- what it says above the form --- */

static void write_different(struct html *html)
{
    static const char *const KEYS[] = {
        "plain.different.seal",   "plain.different.seen",  "plain.different.kept",
        "plain.different.upload", "plain.different.photo", "plain.different.other",
    };

    html_raw(html, "<section class=\"note info\"><p><b>");
    html_word(html, "plain.different");
    html_raw(html, "</b></p><ul class=\"marked\">");
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        html_raw(html, "<li>");
        html_word(html, KEYS[i]);
        html_raw(html, "</li>");
    }
    html_raw(html, "</ul></section>\n");
}

static void write_faults(struct html *html, const struct plain_draft *draft)
{
    AUTO_BUFFER number = BUFFER_INIT;

    html_note(html, buffer_append_decimal(&number, draft->fault_count));
    html_raw(html, "<section class=\"refusal\" role=\"alert\"><h2 class=\"refusal-title\">");
    html_word(html, "refuse.title");
    html_raw(html, "</h2><dl><dt>");
    html_word(html, "refuse.what");
    html_raw(html, "</dt><dd>");
    HTML_FILL(html, "plain.faults", {"n", buffer_view(&number)});
    html_raw(html, " <a href=\"#f-");
    html_raw(html, draft->faults[0].field);
    html_raw(html, "\">");
    html_word(html, "plain.faults.first");
    html_raw(html, "</a></dd><dt>");
    html_word(html, "refuse.basis");
    html_raw(html, "</dt><dd>");
    html_word(html, "plain.faults.basis");
    html_raw(html, "</dd><dt>");
    html_word(html, "refuse.do");
    html_raw(html, "</dt><dd>");
    html_word(html, "plain.faults.do");
    html_raw(html, "</dd></dl></section>\n");
}

static void write_head(struct writing *writing, const struct view_notice *row)
{
    const struct plain_form *const page = writing->page;
    struct html *const html = writing->html;

    if (page->draft && page->draft->fault_count > 0) {
        write_faults(html, page->draft);
    }
    if (page->refusal) {
        plain_refusal(html, page->refusal, "plain.refused.do");
    }
    if (page->wait > 0) {
        plain_wait(html, page->wait);
    }
    html_raw(html, "<p class=\"small\">");
    HTML_FILL(html, "notice.id", {"id", row->id});
    html_raw(html, "</p><h1>");
    html_word(html, "obj.title");
    html_raw(html, "</h1>\n");
}

/* --- the form --- */

static struct result add_radio(void *context, const struct view_listed *row)
{
    struct writing *const writing = context;

    if (row->removed == VIEW_NONE) {
        plain_option_begin(&writing->fields, "radio", "subject", row->organisation);
        plain_organisation(writing->html, row);
        plain_option_end(writing->html);
    }
    return OK;
}

static struct result write_subject(struct writing *writing)
{
    const struct plain_choice grounds = {.name = "ground",
                                         .label = "obj.ground",
                                         .before = "obj.ground.",
                                         .values = PLAIN_GROUNDS,
                                         .count = sizeof PLAIN_GROUNDS / sizeof PLAIN_GROUNDS[0]};

    plain_set_begin(writing->html, "subject", "obj.subject");
    TRY(view_notice_list(writing->page->record, writing->page->notice, add_radio, writing));
    plain_set_end(&writing->fields, "subject");
    plain_choice_write(&writing->fields, &grounds);
    return OK;
}

static void write_heading(struct html *html, const char *key)
{
    html_raw(html, "<h2>");
    html_word(html, key);
    html_raw(html, "</h2>\n");
}

static void write_input(struct html *html, const char *name, const char *id)
{
    html_raw(html, "<input type=\"file\" class=\"input\" multiple accept=\".pdf,.jpg,.jpeg,.png,"
                   ".txt,application/pdf,image/jpeg,image/png,text/plain\" name=\"");
    html_raw(html, name);
    html_raw(html, "\"");
    html_raw(html, id);
    html_raw(html, ">");
}

/* One input takes several files of one folder; more inputs take those of others. */
static void write_files(const struct plain_fields *fields)
{
    struct html *const html = fields->html;

    html_raw(html, "<div class=\"field\"><label for=\"f-file\">");
    html_word(html, "obj.files");
    html_raw(html, "</label><p class=\"caption\" id=\"hint-file\">");
    HTML_FILL(html, "plain.files.hint", {"n", LITERAL("10")});
    html_raw(html, "</p>");
    write_input(html, "file", " id=\"f-file\" aria-describedby=\"hint-file said-file\"");
    html_raw(html, "<details><summary>");
    html_word(html, "plain.files.more");
    html_raw(html, "</summary><div class=\"stack\">");
    for (size_t i = 0; i < MORE_INPUTS; i++) {
        html_raw(html, "<label>");
        html_word(html, "obj.file.add");
        html_raw(html, " ");
        write_input(html, "file", "");
        html_raw(html, "</label>");
    }
    html_raw(html, "</div></details>");
    plain_said_write(fields, "file");
    html_raw(html, "</div>\n");
}

static void write_facts(const struct plain_fields *fields)
{
    static const struct plain_field REQUEST = {"request",  "obj.request",     "obj.request.hint",
                                               PLAIN_TEXT, PLAIN_REQUEST_MAX, ""};
    static const struct plain_field FACTS = {"facts",    "obj.facts",     "obj.facts.hint",
                                             PLAIN_TEXT, PLAIN_FACTS_MAX, ""};

    plain_field_write(fields, &REQUEST);
    plain_field_write(fields, &FACTS);
    write_files(fields);
}

#define QUIET   " autocomplete=\"off\""
#define CAPITAL " autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\""

static void write_unit(const struct plain_fields *fields)
{
    static const struct plain_field ROWS[] = {
        {"unit", "obj.id.unit.name", 0, PLAIN_LINE, PLAIN_SHORT_MAX, QUIET},
        {"uscc", "obj.id.uscc", "obj.id.uscc.hint", PLAIN_CODE, 0, CAPITAL},
        {"legal", "obj.id.legal", 0, PLAIN_LINE, 0, QUIET},
        {"agent", "obj.id.agent", "obj.id.agent.hint", PLAIN_LINE, 0, QUIET},
    };
    struct html *const html = fields->html;

    html_raw(html, "<div class=\"stack of-unit\">");
    html_raw(html, "<h3>");
    html_word(html, "plain.unit");
    html_raw(html, "</h3>\n");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        plain_field_write(fields, &ROWS[i]);
    }
    html_raw(html, "<div class=\"field\"><label for=\"f-seal\">");
    html_word(html, "obj.id.seal");
    html_raw(html, "</label><p class=\"caption\" id=\"hint-seal\">");
    html_word(html, "plain.seal.hint");
    html_raw(html, "</p>");
    write_input(html, "seal", " id=\"f-seal\" aria-describedby=\"hint-seal said-seal\"");
    plain_said_write(fields, "seal");
    html_raw(html, "</div></div>\n");
}

static void write_who(const struct plain_fields *fields)
{
    static const struct plain_field NAME = {"name", "obj.id.name", 0, PLAIN_LINE, 0, QUIET};
    static const struct plain_field NUMBER = {
        "number", "obj.id.number", "obj.id.number.hint", PLAIN_LINE, 0, CAPITAL};
    static const struct plain_field PHONE = {"phone",
                                             "obj.id.phone",
                                             "obj.id.phone.hint",
                                             PLAIN_LINE,
                                             0,
                                             " autocomplete=\"off\" inputmode=\"tel\""};
    const struct plain_choice types = {.name = "type",
                                       .label = "obj.id.type",
                                       .before = "obj.id.",
                                       .values = ID_TYPES,
                                       .count = ID_TYPE_COUNT};
    struct html *const html = fields->html;

    html_raw(html, "<div class=\"stack of-person\"><h3>");
    html_word(html, "plain.person");
    html_raw(html, "</h3>\n");
    plain_field_write(fields, &NAME);
    html_raw(html, "</div>\n");
    write_unit(fields);
    html_raw(html, "<h3>");
    html_word(html, "plain.both");
    html_raw(html, "</h3>\n");
    plain_select_write(fields, &types);
    plain_field_write(fields, &NUMBER);
    plain_field_write(fields, &PHONE);
}

static void write_identity(const struct plain_fields *fields)
{
    static const char *const KINDS[] = {"个人", "单位"};
    static const char *const KIND_KEYS[] = {"obj.id.person", "obj.id.unit"};
    static const char *const ANSWERS[] = {"不同意", "同意"};
    static const char *const ANSWER_KEYS[] = {"obj.id.disclosure.no", "obj.id.disclosure.yes"};
    const struct plain_choice kind = {
        .name = "kind", .label = "obj.id.kind", .keys = KIND_KEYS, .values = KINDS, .count = 2};
    const struct plain_choice disclosure = {.name = "disclosure",
                                            .label = "obj.id.disclosure",
                                            .keys = ANSWER_KEYS,
                                            .values = ANSWERS,
                                            .count = 2};

    plain_choice_write(fields, &kind);
    write_who(fields);
    plain_choice_write(fields, &disclosure);
}

static void write_promise(const struct plain_fields *fields)
{
    struct html *const html = fields->html;

    plain_set_begin(html, "promise", "plain.promise.legend");
    plain_option_begin(fields, "checkbox", "promise", LITERAL("1"));
    html_word(html, "obj.promise");
    plain_option_end(html);
    plain_set_end(fields, "promise");
    html_raw(html, "<button type=\"submit\" class=\"button seal\">");
    html_word(html, "obj.button");
    html_raw(html, "</button></form>\n");
}

static struct result write_form(struct writing *writing)
{
    struct html *const html = writing->html;

    html_raw(html,
             "<form class=\"stack plain-form\" method=\"post\" enctype=\"multipart/form-data\" "
             "accept-charset=\"utf-8\" action=\"");
    plain_address(html, writing->page->notice);
    html_raw(html, "\">\n");
    write_heading(html, "obj.subject.head");
    TRY(write_subject(writing));
    write_heading(html, "obj.facts.head");
    write_facts(&writing->fields);
    write_heading(html, "obj.id.head");
    html_raw(html, "<p class=\"note info\">");
    html_word(html, "plain.sealed");
    html_raw(html, "</p>\n");
    write_identity(&writing->fields);
    write_promise(&writing->fields);
    html_raw(html, "<p class=\"small\">");
    html_word(html, "obj.free");
    html_raw(html, "</p>\n");
    return OK;
}

static struct result write_notice(void *context, const struct view_notice *row)
{
    struct writing *const writing = context;
    const struct plain_form *const page = writing->page;

    write_head(writing, row);
    plain_term_write(writing->html, row, page->now);
    if (page->now < row->opens) {
        return plain_listed_write(writing->html, page->record, row);
    }
    write_different(writing->html);
    TRY(plain_listed_write(writing->html, page->record, row));
    return write_form(writing);
}

struct result plain_form_write(struct html *html, const struct plain_form *page)
{
    struct writing writing = {
        .html = html, .page = page, .fields = {html, page->form, page->draft}};
    AUTO_BUFFER path = BUFFER_INIT;
    const char *own;

    TRY(buffer_append_text(&path, "/plain/"));
    TRY(buffer_append(&path, page->notice));
    TRY(buffer_terminate(&path, &own));
    /* What was typed would be lost on the way to the other language. */
    plain_begin(html, "plain.title", page->form ? 0 : own);
    TRY(view_notice(page->record, page->notice, write_notice, &writing));
    plain_status_link(html);
    plain_end(html);
    return html_end(html);
}
