/*
 * canvas.h - pages of a PDF on which text is set and lines are drawn. The only file that knows
 * pango and cairo; what flows over pages is sheet.h.
 *
 * A4 upright; lengths in mm from the top left corner, sizes of type in points, ink 0 (white) to 1
 * (black). Fonts are those of Noto CJK, embedded; characters they lack are taken from any other
 * installed font, and those that no font has are set as their code point, "[U+2B740]". A canvas is
 * used by one thread; several canvases may be in use at once. The same calls give the same bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

#define CANVAS_WIDTH  210.0
#define CANVAS_HEIGHT 297.0

struct canvas;

/* `time` is what the file says it was made at. INTERNAL "sheet.font" if the fonts are not
 * installed, OUT_OF_MEMORY. */
MUST_CHECK struct result canvas_open(struct bytes title, uint64_t time, struct canvas **out);
/* One on which text breaks as on the other, but that makes no file. */
MUST_CHECK struct result canvas_open_measuring(struct canvas **out);
void canvas_free(struct canvas **canvas);
#define AUTO_CANVAS __attribute__((cleanup(canvas_free))) struct canvas

void canvas_next_page(struct canvas *canvas);
/* Ends the last page and appends the file; the canvas is only freed after that. */
MUST_CHECK struct result canvas_finish(struct canvas *canvas, struct buffer *out);

/* --- text --- */

enum canvas_face {
    CANVAS_SANS,
    CANVAS_SERIF,
    CANVAS_MONO,
};

enum canvas_align {
    CANVAS_LEFT,
    CANVAS_CENTRE,
    CANVAS_RIGHT,
};

struct canvas_type {
    enum canvas_face face;
    bool bold;
    bool anywhere; /* lines may break between any two characters */
    enum canvas_align align;
    double size;
    double pitch;  /* from line to line, in sizes */
    double indent; /* of every line of a paragraph but its first, mm */
};

struct canvas_text; /* broken into lines; it borrows its canvas */

/* An LF begins a paragraph. MALFORMED "text.utf8". */
MUST_CHECK struct result canvas_text_make(struct canvas *canvas, const struct canvas_type *type,
                                          struct bytes text, double width,
                                          struct canvas_text **out);
void canvas_text_free(struct canvas_text **text);
#define AUTO_CANVAS_TEXT __attribute__((cleanup(canvas_text_free))) struct canvas_text

size_t canvas_text_lines(const struct canvas_text *text);
double canvas_text_pitch(const struct canvas_text *text);
/* How many of its characters no installed font has, code points not counted: always 0. */
size_t canvas_text_unknown(const struct canvas_text *text);
/* Draws `count` lines from line `first` on; the first one's top is at `y`. */
void canvas_text_draw(const struct canvas_text *text, size_t first, size_t count, double x,
                      double y);

/* --- shapes --- */

struct canvas_box {
    double x, y, width, height;
};

void canvas_fill(struct canvas *canvas, const struct canvas_box *box, double ink);
/* The line lies inside of the box. */
void canvas_frame(struct canvas *canvas, const struct canvas_box *box, double line);

/* A grid of size x size squares, row by row; the dark ones are odd. */
void canvas_squares(struct canvas *canvas, const uint8_t *squares, size_t size,
                    const struct canvas_box *box);

/* Strokes an SVG path (absolute M L H V C Q Z), its units scaled to mm. */
struct canvas_pen {
    double x, y, scale; /* where the path's origin lies, mm a unit */
    double line;        /* in units of the path; 0: fills instead */
    double ink;
};
void canvas_trace(struct canvas *canvas, const char *path, const struct canvas_pen *pen);
