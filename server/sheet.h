/*
 * sheet.h - printed sheets as PDF: A4, black on white, text that flows over pages.
 *
 * A sheet is composed by a function that is called twice, first to count the pages; both times it
 * must do the same. The same content and time give the same bytes. Fonts are embedded; a character
 * that no installed font has is written as its code point, "[U+2B740]", never as a box. What draws:
 * canvas.h. Visual guide sections 1.4 and 7.
 *
 * Failures of all: INTERNAL "sheet.font" (the CJK fonts are not installed), OUT_OF_MEMORY.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct sheet;

struct sheet_form {
    struct bytes title;  /* of the file */
    struct bytes office; /* head, first line: who issues it */
    struct bytes about;  /* head, second line */
    struct bytes footer; /* left; the page number stands right */
    uint64_t time;       /* seconds since 1970: the file's dates */
};

typedef struct result sheet_compose(void *context, struct sheet *sheet);

/* Appends the PDF. One sheet is made at a time; BUSY "sheet.busy" after two seconds of waiting. */
MUST_CHECK struct result sheet_make(const struct sheet_form *form, sheet_compose *compose,
                                    void *context, struct buffer *out);

enum sheet_style {
    SHEET_TITLE,    /* centred, serif */
    SHEET_SUBTITLE, /* centred */
    SHEET_HEADING,  /* serif; keeps with what follows */
    SHEET_BODY,
    SHEET_SMALL,
    SHEET_CODE,  /* mono in a frame: hashes, sizes */
    SHEET_EXACT, /* mono, small, behind a bar: every byte of a statement */
    SHEET_QUOTE, /* body behind a bar: somebody's words */
};

/* A paragraph; an LF begins a new line in it. */
MUST_CHECK struct result sheet_write(struct sheet *sheet, enum sheet_style style,
                                     struct bytes text);

/* A plain document: a title and paragraphs. Appends the PDF. */
struct sheet_plain {
    struct sheet_form form;
    const struct bytes *paragraphs;
    size_t count;
};
MUST_CHECK struct result sheet_make_plain(const struct sheet_plain *plain, struct buffer *out);
