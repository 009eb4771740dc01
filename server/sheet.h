/*
 * sheet.h - printed sheets as PDF: A4, black on white, text that flows over pages under a head and
 * above a footer with the page number.
 *
 * A sheet is composed by a function that is called twice, first to count the pages; both times it
 * must do the same. The same content and time give the same bytes. Fonts are embedded; a character
 * that no installed font has is written as its code point, "[U+2B740]", never as a box. What draws:
 * canvas.h. Visual guide sections 1.4 and 7.
 *
 * Failures of all: INTERNAL "sheet.font" (the CJK fonts are not installed), MALFORMED "text.utf8",
 * OUT_OF_MEMORY, and what the composer returns. Nothing here is shared between threads.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct sheet;

struct sheet_form {
    struct bytes title;  /* of the file */
    struct bytes office; /* head: who issues it */
    struct bytes about;  /* head: what it is */
    struct bytes stamp;  /* head of every page, right, framed; may be empty */
    struct bytes footer; /* left; the page number stands right */
    uint64_t time;       /* seconds since 1970: the file's dates */
};

typedef struct result sheet_compose(void *context, struct sheet *sheet);

/* Appends the PDF. */
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

enum sheet_mark {
    SHEET_RING,  /* nothing has happened */
    SHEET_HALF,  /* under way */
    SHEET_DONE,  /* final and verified */
    SHEET_CROSS, /* stopped */
};

/* The one thing to check, framed: a mark, a few large words, a sentence. */
MUST_CHECK struct result sheet_state(struct sheet *sheet, enum sheet_mark mark, struct bytes words,
                                     struct bytes sentence);

struct sheet_cell {
    double width; /* mm; 0: what the others leave */
    bool bold;
    bool right;        /* aligned to the right */
    struct bytes text; /* an LF begins a line */
    struct bytes note; /* a small line below; may be empty */
};

/* One row of a table, kept whole; a heading's line is thicker. */
MUST_CHECK struct result sheet_row(struct sheet *sheet, bool heading,
                                   const struct sheet_cell *cells, size_t count);

/* A QR code: size x size squares, the dark ones odd. */
struct sheet_code {
    size_t size;
    const uint8_t *squares;
    struct bytes caption;
};

/* Codes in rows of SHEET_CODES_ROW, each SHEET_CODE_SIDE mm wide with its quiet zone. */
#define SHEET_CODES_ROW 2
#define SHEET_CODE_SIDE 84.0
MUST_CHECK struct result sheet_codes(struct sheet *sheet, const struct sheet_code *codes,
                                     size_t count);

/* Leaves so many mm free. */
void sheet_skip(struct sheet *sheet, double height);
/* Begins a page unless so many mm are left on this one. */
void sheet_keep(struct sheet *sheet, double height);

/* A plain document: a title and paragraphs. Appends the PDF. */
struct sheet_plain {
    struct sheet_form form;
    const struct bytes *paragraphs;
    size_t count;
};
MUST_CHECK struct result sheet_make_plain(const struct sheet_plain *plain, struct buffer *out);
