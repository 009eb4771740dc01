/*
 * html.h - writes a page for browsers without scripts: markup as it stands here, all else escaped.
 *
 * A failure stays with the writer and everything after it does nothing; html_end() tells it. Words
 * come from plain_words.h in the language of the page.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct html {
    struct buffer out;
    bool english;
    struct result failed;
};

#define HTML_INIT(is_english)                                                    \
    {                                                                            \
        .out = BUFFER_INIT, .english = (is_english), .failed = { NONE, 0, 0, 0 } \
    }
/* What was typed stands in a page, so it is wiped. */
#define SECRET_HTML __attribute__((cleanup(html_wipe))) struct html

void html_wipe(struct html *html);
MUST_CHECK struct result html_end(const struct html *html);
/* Keeps the first failure. */
void html_note(struct html *html, struct result result);

/* Markup; `literal` is static and never holds anything that came from outside. */
void html_raw(struct html *html, const char *literal);
/*
 * Text, for content and for values of attributes in quotes. Bytes that are no UTF-8, and control
 * characters but CR, LF and TAB, become U+FFFD.
 */
void html_text(struct html *html, struct bytes text);
void html_string(struct html *html, const char *text);
void html_number(struct html *html, uint64_t number);

/* The words of a key, escaped: see plain_words.h. INTERNAL "html.words" if there are none. */
void html_word(struct html *html, const char *key);
/* Of the key `before` + `middle` + `after`, such as case. 待受理 .body */
void html_word_of(struct html *html, const char *before, struct bytes middle, const char *after);

/* {name} in the words. */
struct html_slot {
    const char *name;
    struct bytes value;
};
void html_fill(struct html *html, const char *key, const struct html_slot *slots, size_t count);
#define HTML_FILL(html, key, ...)                                     \
    html_fill((html), (key), (const struct html_slot[]){__VA_ARGS__}, \
              sizeof((const struct html_slot[]){__VA_ARGS__}) / sizeof(struct html_slot))
