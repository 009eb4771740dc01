/*
 * objection_text.h - what an objector says and who it is, as text, before it is sealed.
 *
 * For the form without scripts; the twin of web/lib/objection_text.js. The first line says what the
 * text is, then lines `标签: 值`; a value of several lines repeats its label. Line ends CR LF, LF
 * and CR are one. Everything is a view; nothing is checked but what reading needs. Protocol section
 * 8.
 */
#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"

#define OBJECTION_CONTENT  "xiling/v1 异议书"
#define OBJECTION_IDENTITY "xiling/v1 异议人"
#define OBJECTION_ANSWER   "xiling/v1 答复"

struct objection_content {
    struct bytes notice;
    struct bytes subject; /* an organisation's id */
    struct bytes salt;    /* base64, of the hidden field 对象 */
    struct bytes name;    /* the organisation's */
    struct bytes kind;    /* 个人, 单位 */
    struct bytes ground;
    struct bytes facts;
    struct bytes request;
    const struct bytes *files; /* `<n> <base64 SHA-256> <size> <format> <原件|副本 n> <name>` */
    size_t file_count;
    struct bytes disclosure; /* 不同意, 同意 */
};
/* Appends. */
MUST_CHECK struct result objection_text_content(const struct objection_content *content,
                                                struct buffer *out);

struct objection_line {
    const char *label;
    struct bytes value;
};
/* Appends the person's or the unit's own lines, in this order. */
MUST_CHECK struct result objection_text_identity(const struct objection_line *lines, size_t count,
                                                 struct buffer *out);

struct objection_answer {
    struct bytes objection; /* base64 */
    struct bytes state;
    struct bytes basis;
    struct bytes words;
};
/* Appends. */
MUST_CHECK struct result objection_text_answer(const struct objection_answer *answer,
                                               struct buffer *out);

/*
 * Appends every value of this label, a line feed between two of them; nothing if it has none.
 * MALFORMED objection.text_form, also wherever else in the text the form is broken.
 */
MUST_CHECK struct result objection_text_read(struct bytes text, const char *first,
                                             const char *label, struct buffer *out);
