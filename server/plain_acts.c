#include "server/plain_acts.h"

#include "base/encoding.h"
#include "server/html_time.h"
#include "server/plain_field.h"
#include "server/plain_page.h"

void plain_code_begin(struct html *html)
{
    html_raw(html,
             "<form class=\"stack plain-form\" method=\"post\" enctype=\"multipart/form-data\" "
             "accept-charset=\"utf-8\" action=\"/plain/status");
    plain_language(html);
    html_raw(html, "\"><div class=\"field\"><label>");
    html_word(html, "status.code");
    html_raw(html,
             " <input type=\"text\" class=\"input code long\" name=\"code\" autocomplete=\"off\" "
             "autocapitalize=\"characters\" spellcheck=\"false\" required></label></div>\n");
}

/* What it is about stands in the form, so that the code of another case does nothing to that one.
 */
static void act_begin(struct html *html, const char *act, const struct hash32 *objection)
{
    AUTO_BUFFER hex = BUFFER_INIT;

    html_note(html, hex_append(&hex, BYTES(objection->bytes)));
    plain_code_begin(html);
    html_raw(html, "<input type=\"hidden\" name=\"act\" value=\"");
    html_raw(html, act);
    html_raw(html, "\"><input type=\"hidden\" name=\"case\" value=\"");
    html_text(html, buffer_view(&hex));
    html_raw(html, "\">");
}

static void act_end(struct html *html, const char *key)
{
    html_raw(html, "<button type=\"submit\" class=\"button\">");
    html_word(html, key);
    html_raw(html, "</button></form></section>\n");
}

static void heading(struct html *html, const char *kind, const char *key)
{
    html_raw(html, kind);
    html_word(html, key);
    html_raw(html, "</h2><p>");
}

void plain_supplement_write(struct html *html, const struct plain_acts *acts,
                            const struct hash32 *objection, uint64_t due)
{
    const struct plain_fields fields = {.html = html, .draft = &acts->draft};
    char until[HTML_TIME_SIZE];

    html_until(html->english, due, until);
    heading(html, "<section class=\"card needs\"><h2>", "status.more");
    HTML_FILL(html, "status.more.body", {"t", bytes_of_string(until)});
    html_raw(html, "</p><p class=\"note info\">");
    html_word(html, "plain.status.more");
    html_raw(html, "</p>");
    act_begin(html, "supplement", objection);
    html_raw(html, "<div class=\"field\"><label for=\"f-file\">");
    html_word(html, "obj.files");
    html_raw(html, "</label><p class=\"caption\" id=\"hint-file\">");
    HTML_FILL(html, "plain.files.hint", {"n", LITERAL("10")});
    html_raw(html, "</p><input type=\"file\" class=\"input\" multiple id=\"f-file\" name=\"file\" "
                   "aria-describedby=\"hint-file said-file\">");
    plain_said_write(&fields, "file");
    html_raw(html, "</div>");
    act_end(html, "plain.status.more.send");
}

void plain_withdraw_write(struct html *html, const struct plain_acts *acts,
                          const struct hash32 *objection)
{
    heading(html, "<section class=\"card\"><h2>", "status.withdraw.head");
    html_word(html, "status.withdraw.body");
    html_raw(html, "</p><p>");
    html_word(html, "plain.status.again");
    html_raw(html, "</p>");
    act_begin(html, "withdraw", objection);
    html_raw(html,
             "<label class=\"choice\"><input type=\"checkbox\" name=\"sure\" value=\"1\"><span>");
    html_word(html, "plain.status.sure");
    html_raw(html, "</span></label>");
    if (acts->withdraw) {
        html_raw(html, "<p class=\"field\"><span class=\"said\" role=\"alert\">⚠ ");
        html_word(html, acts->withdraw);
        html_raw(html, "</span></p>");
    }
    act_end(html, "status.withdraw");
}
