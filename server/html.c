#include "server/html.h"

#include <string.h>

#include "base/text.h"
#include "server/plain_words.h"

void html_wipe(struct html *html)
{
    buffer_wipe(&html->out);
}

struct result html_end(const struct html *html)
{
    return html->failed;
}

void html_note(struct html *html, struct result result)
{
    if (is_ok(html->failed)) {
        html->failed = result;
    }
}

static void append(struct html *html, struct bytes text)
{
    if (is_ok(html->failed)) {
        html->failed = buffer_append(&html->out, text);
    }
}

void html_raw(struct html *html, const char *literal)
{
    append(html, bytes_of_string(literal));
}

/* What stands for a character that would be read as markup, or may not stand there; else empty. */
static struct bytes escape(uint32_t character)
{
    switch (character) {
    case '&':
        return LITERAL("&amp;");
    case '<':
        return LITERAL("&lt;");
    case '>':
        return LITERAL("&gt;");
    case '"':
        return LITERAL("&quot;");
    case '\'':
        return LITERAL("&#39;");
    case '\n':
    case '\r':
    case '\t':
        return EMPTY_BYTES;
    default:
        return character < 0x20 || (character >= 0x7F && character < 0xA0) ? LITERAL("\xEF\xBF\xBD")
                                                                           : EMPTY_BYTES;
    }
}

void html_text(struct html *html, struct bytes text)
{
    while (text.size > 0) {
        struct bytes rest = text;
        uint32_t character = 0;

        if (!text_next(&rest, &character)) {
            append(html, LITERAL("\xEF\xBF\xBD"));
            text = bytes_slice(text, 1, text.size);
            continue;
        }
        const struct bytes escaped = escape(character);

        append(html, escaped.size > 0 ? escaped : bytes_slice(text, 0, text.size - rest.size));
        text = rest;
    }
}

void html_string(struct html *html, const char *text)
{
    html_text(html, bytes_of_string(text));
}

void html_number(struct html *html, uint64_t number)
{
    if (is_ok(html->failed)) {
        html->failed = buffer_append_decimal(&html->out, number);
    }
}

static const char *find_words(struct html *html, const char *key)
{
    const struct plain_words *const words = plain_words_find(key);

    if (!words) {
        html_note(html, fail(INTERNAL, "html.words"));
        return "";
    }
    return html->english ? words->en : words->zh;
}

void html_word(struct html *html, const char *key)
{
    html_string(html, find_words(html, key));
}

void html_word_of(struct html *html, const char *before, struct bytes middle, const char *after)
{
    AUTO_BUFFER key = BUFFER_INIT;
    const char *whole = "";

    html_note(html, buffer_append_text(&key, before));
    html_note(html, buffer_append(&key, middle));
    html_note(html, buffer_append_text(&key, after));
    html_note(html, buffer_terminate(&key, &whole));
    if (is_ok(html->failed)) {
        html_word(html, whole);
    }
}

static struct bytes slot_of(struct bytes name, const struct html_slot *slots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes_is(name, slots[i].name)) {
            return slots[i].value;
        }
    }
    return EMPTY_BYTES;
}

void html_fill(struct html *html, const char *key, const struct html_slot *slots, size_t count)
{
    struct bytes rest = bytes_of_string(find_words(html, key));

    while (rest.size > 0) {
        html_text(html, text_cut(&rest, '{'));
        if (rest.size > 0) {
            html_text(html, slot_of(text_cut(&rest, '}'), slots, count));
        }
    }
}
