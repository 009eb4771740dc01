#include "server/sheet.h"

#include <stdio.h>

#include "server/canvas.h"

#define MARGIN      14.0
#define WIDTH       (CANVAS_WIDTH - 2 * MARGIN)
#define HEAD_TOP    13.0
#define BODY_BOTTOM 276.0
#define FOOT_LINE   281.0
#define HAIRLINE    0.2

struct sheet {
    const struct sheet_form *form;
    struct canvas *canvas;
    double y; /* where the next thing goes */
    unsigned page;
    unsigned pages; /* 0 while they are counted */
};

/* --- head and foot --- */

/* 西 above 泠, white on black: visual guide section 3. */
static const char LOGO[] =
    "M9 9.5H55M13 16H51V29H13ZM26 9.5V16C26 21 24 23 19.5 24M38 9.5V20.5Q38 23 40.5 23H45.5"
    "M10 36.5L14.5 39M9 44.5L13.5 47M9.5 57L15.5 51M38.5 35.5C34.5 40 29 43 22.5 45.5"
    "M38.5 35.5C42.5 40 48 43 54.5 45.5M33 46H44M26 51.5H49C47.5 53.5 45.5 55 43 56"
    "M33.5 55.5L42.5 59";

static struct result put(struct sheet *sheet, const struct canvas_type *type, struct bytes text,
                         const struct canvas_box *box)
{
    AUTO_CANVAS_TEXT *made = NULL;

    TRY(canvas_text_make(sheet->canvas, type, text, box->width, &made));
    canvas_text_draw(made, 0, canvas_text_lines(made), box->x, box->y);
    return OK;
}

static void draw_logo(struct sheet *sheet, double side)
{
    const struct canvas_box ground = {MARGIN, HEAD_TOP, side, side};
    const struct canvas_pen pen = {MARGIN, HEAD_TOP, side / 64, 3.4, 0};

    canvas_fill(sheet->canvas, &ground, 1);
    canvas_trace(sheet->canvas, LOGO, &pen);
}

/* 文武线: a thick rule over a thin one. */
static void draw_rules(struct sheet *sheet, double y)
{
    canvas_fill(sheet->canvas, &(struct canvas_box){MARGIN, y, WIDTH, 0.95}, 1);
    canvas_fill(sheet->canvas, &(struct canvas_box){MARGIN, y + 1.6, WIDTH, 0.3}, 1);
}

static struct result draw_stamp(struct sheet *sheet)
{
    static const struct canvas_type TYPE = {
        .face = CANVAS_SERIF, .bold = true, .align = CANVAS_CENTRE, .size = 14, .pitch = 1.3};
    const struct canvas_box box = {MARGIN + WIDTH - 44, HEAD_TOP + 0.6, 44, 9.6};

    if (sheet->form->stamp.size == 0) {
        return OK;
    }
    canvas_frame(sheet->canvas, &box, 0.7);
    return put(sheet, &TYPE, sheet->form->stamp,
               &(struct canvas_box){box.x, box.y + 1.6, box.width, box.height});
}

static struct result draw_head(struct sheet *sheet)
{
    static const struct canvas_type OFFICE = {
        .face = CANVAS_SERIF, .bold = true, .size = 13, .pitch = 1.3};
    static const struct canvas_type ABOUT = {.face = CANVAS_SANS, .size = 10.5, .pitch = 1.3};
    const double left = MARGIN + 14.5;

    draw_logo(sheet, 10.8);
    TRY(put(sheet, &OFFICE, sheet->form->office,
            &(struct canvas_box){left, HEAD_TOP - 0.4, WIDTH - 60, 0}));
    TRY(put(sheet, &ABOUT, sheet->form->about,
            &(struct canvas_box){left, HEAD_TOP + 5.8, WIDTH - 60, 0}));
    TRY(draw_stamp(sheet));
    draw_rules(sheet, HEAD_TOP + 14);
    sheet->y = HEAD_TOP + 21;
    return OK;
}

static struct result draw_foot(struct sheet *sheet)
{
    static const struct canvas_type LEFT = {.face = CANVAS_SANS, .size = 10, .pitch = 1.3};
    static const struct canvas_type RIGHT = {
        .face = CANVAS_SANS, .align = CANVAS_RIGHT, .size = 10, .pitch = 1.3};
    char number[64];

    (void)snprintf(number, sizeof number, "第 %u 页，共 %u 页", sheet->page, sheet->pages);
    canvas_fill(sheet->canvas, &(struct canvas_box){MARGIN, FOOT_LINE, WIDTH, 0.3}, 1);
    TRY(put(sheet, &LEFT, sheet->form->footer,
            &(struct canvas_box){MARGIN, FOOT_LINE + 1.6, WIDTH - 42, 0}));
    return put(sheet, &RIGHT, bytes_of_string(number),
               &(struct canvas_box){MARGIN + WIDTH - 40, FOOT_LINE + 1.6, 40, 0});
}

static struct result begin_page(struct sheet *sheet)
{
    if (sheet->page > 0) {
        canvas_next_page(sheet->canvas);
    }
    sheet->page++;
    TRY(draw_head(sheet));
    return draw_foot(sheet);
}

/* --- flow --- */

struct style {
    struct canvas_type type;
    double before, after; /* mm */
    double left;          /* from the margin */
    double bar;           /* width of a bar at the left; 0: none */
    double padding;       /* of a frame around it; 0: none */
    double together;      /* what must be left on the page to begin here */
};

static const struct style STYLES[] = {
    [SHEET_TITLE] = {.type = {CANVAS_SERIF, true, false, CANVAS_CENTRE, 26, 1.35, 0},
                     .before = 3,
                     .after = 2.5},
    [SHEET_SUBTITLE] = {.type = {CANVAS_SANS, false, false, CANVAS_CENTRE, 14, 1.45, 0},
                        .after = 5.5},
    [SHEET_HEADING] = {.type = {CANVAS_SERIF, true, false, CANVAS_LEFT, 15, 1.4, 0},
                       .before = 6,
                       .after = 1.8,
                       .together = 26},
    [SHEET_BODY] = {.type = {CANVAS_SANS, false, false, CANVAS_LEFT, 12, 1.6, 0}, .after = 1.2},
    [SHEET_SMALL] = {.type = {CANVAS_SANS, false, false, CANVAS_LEFT, 10, 1.55, 0}, .after = 1},
    [SHEET_CODE] = {.type = {CANVAS_MONO, false, true, CANVAS_LEFT, 10.5, 1.65, 0},
                    .before = 1,
                    .after = 2,
                    .left = 4,
                    .padding = 2.6,
                    .together = 24},
    [SHEET_EXACT] = {.type = {CANVAS_MONO, false, true, CANVAS_LEFT, 9, 1.5, 6},
                     .before = 0.6,
                     .after = 3.4,
                     .left = 4,
                     .bar = 1,
                     .together = 16},
    [SHEET_QUOTE] = {.type = {CANVAS_SANS, false, false, CANVAS_LEFT, 12, 1.6, 0},
                     .before = 0.6,
                     .after = 1.6,
                     .left = 5,
                     .bar = 1.2,
                     .together = 8},
};

void sheet_skip(struct sheet *sheet, double height)
{
    sheet->y += height;
}

/* A page without room is left: the next thing then begins the next one. */
void sheet_keep(struct sheet *sheet, double height)
{
    if (sheet->y + height > BODY_BOTTOM) {
        sheet->y = BODY_BOTTOM + 1;
    }
}

/* So much is about to be drawn. */
static struct result make_room(struct sheet *sheet, double height)
{
    return sheet->y + height > BODY_BOTTOM ? begin_page(sheet) : OK;
}

/* How many of `left` lines, at least one, the page still takes. */
static size_t lines_that_fit(const struct sheet *sheet, const struct canvas_text *text, size_t left)
{
    const double room = (BODY_BOTTOM - sheet->y) / canvas_text_pitch(text);

    return room < 1 ? 1 : room < (double)left ? (size_t)room : left;
}

static void draw_lines(struct sheet *sheet, const struct style *style,
                       const struct canvas_text *text, size_t first, size_t count)
{
    const double height = (double)count * canvas_text_pitch(text);

    if (style->bar > 0) {
        canvas_fill(sheet->canvas, &(struct canvas_box){MARGIN, sheet->y, style->bar, height}, 1);
    }
    if (style->padding > 0) {
        const struct canvas_box frame = {MARGIN, sheet->y - style->padding, WIDTH,
                                         height + 2 * style->padding};

        canvas_frame(sheet->canvas, &frame, 0.25);
    }
    canvas_text_draw(text, first, count, MARGIN + style->left, sheet->y);
    sheet->y += height;
}

struct result sheet_write(struct sheet *sheet, enum sheet_style style_index, struct bytes text)
{
    const struct style *const style = &STYLES[style_index];
    AUTO_CANVAS_TEXT *made = NULL;
    size_t lines;

    TRY(canvas_text_make(sheet->canvas, &style->type, text, WIDTH - 2 * style->left, &made));
    lines = canvas_text_lines(made);
    sheet->y += style->before;
    TRY(make_room(sheet, style->together > 0 ? style->together : canvas_text_pitch(made)));
    sheet->y += style->padding;
    for (size_t drawn = 0; drawn < lines;) {
        size_t count;

        TRY(make_room(sheet, canvas_text_pitch(made)));
        count = lines_that_fit(sheet, made, lines - drawn);
        draw_lines(sheet, style, made, drawn, count);
        drawn += count;
    }
    sheet->y += style->padding + style->after;
    return OK;
}

/* --- the one thing to check --- */

static const struct {
    const char *path;
    double line; /* 0: filled */
} MARKS[] = {
    [SHEET_RING] = {"", 4.6},
    [SHEET_HALF] = {"M32 10C44.15 10 54 19.85 54 32C54 44.15 44.15 54 32 54Z", 0},
    [SHEET_DONE] = {"M22 33L29 40L43 25", 4.6},
    [SHEET_CROSS] = {"M24 24L40 40M40 24L24 40", 4.6},
};

/* A circle of four curves, radius 22 about (32, 32). */
static const char RING[] = "M54 32C54 44.15 44.15 54 32 54C19.85 54 10 44.15 10 32"
                           "C10 19.85 19.85 10 32 10C44.15 10 54 19.85 54 32Z";

static void draw_mark(struct sheet *sheet, enum sheet_mark mark, double x, double y)
{
    struct canvas_pen pen = {x, y, 17.0 / 64, 4.6, 1};

    canvas_trace(sheet->canvas, RING, &pen);
    pen.line = MARKS[mark].line;
    canvas_trace(sheet->canvas, MARKS[mark].path, &pen);
}

struct result sheet_state(struct sheet *sheet, enum sheet_mark mark, struct bytes words,
                          struct bytes sentence)
{
    static const struct canvas_type WORDS = {
        .face = CANVAS_SERIF, .bold = true, .size = 24, .pitch = 1.3};
    static const struct canvas_type SENTENCE = {.face = CANVAS_SANS, .size = 12, .pitch = 1.5};
    const double left = 25;
    const double width = WIDTH - left - 6;
    AUTO_CANVAS_TEXT *large = NULL;
    AUTO_CANVAS_TEXT *small = NULL;
    struct canvas_box frame = {MARGIN, 0, WIDTH, 10};
    double words_height;

    TRY(canvas_text_make(sheet->canvas, &WORDS, words, width, &large));
    TRY(canvas_text_make(sheet->canvas, &SENTENCE, sentence, width, &small));
    words_height = (double)canvas_text_lines(large) * canvas_text_pitch(large);
    frame.height += words_height + 1 + (double)canvas_text_lines(small) * canvas_text_pitch(small);
    TRY(make_room(sheet, frame.height));
    frame.y = sheet->y;
    canvas_frame(sheet->canvas, &frame, 0.9);
    draw_mark(sheet, mark, MARGIN + 5, frame.y + frame.height / 2 - 8.5);
    canvas_text_draw(large, 0, SIZE_MAX, MARGIN + left, frame.y + 4.6);
    canvas_text_draw(small, 0, SIZE_MAX, MARGIN + left, frame.y + 5.6 + words_height);
    sheet->y += frame.height + 6;
    return OK;
}

/* --- tables --- */

#define CELL_GAP   3.0
#define CELLS_MAX  8
#define CELL_ABOVE 2.2
#define CELL_BELOW 2.2

struct set_cell {
    double x, width;
    struct canvas_text *text, *note;
};

struct set_row {
    struct sheet *sheet;
    size_t count;
    double height;
    struct set_cell cells[CELLS_MAX];
};

static void free_row(struct set_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        canvas_text_free(&row->cells[i].text);
        canvas_text_free(&row->cells[i].note);
    }
}

static double height_of(const struct canvas_text *text)
{
    return text ? (double)canvas_text_lines(text) * canvas_text_pitch(text) : 0;
}

static double open_width(const struct sheet_cell *cells, size_t count)
{
    double left = WIDTH;

    for (size_t i = 0; i < count; i++) {
        left -= cells[i].width + (i > 0 ? CELL_GAP : 0);
    }
    return left;
}

static struct result set_cell(struct set_row *row, bool heading, const struct sheet_cell *cell)
{
    const struct canvas_type text = {
        .face = CANVAS_SANS,
        .bold = cell->bold,
        .align = cell->right ? CANVAS_RIGHT : CANVAS_LEFT,
        .size = heading ? 10.5 : 12,
        .pitch = 1.4,
    };
    struct canvas_type note = text;
    struct set_cell *const set = &row->cells[row->count++];
    double height;

    set->text = set->note = NULL;
    TRY(canvas_text_make(row->sheet->canvas, &text, cell->text, set->width, &set->text));
    if (cell->note.size > 0) {
        note.size = 10;
        note.bold = false;
        TRY(canvas_text_make(row->sheet->canvas, &note, cell->note, set->width, &set->note));
    }
    height = height_of(set->text) + height_of(set->note);
    row->height = height > row->height ? height : row->height;
    return OK;
}

static void draw_row(const struct set_row *row, bool heading)
{
    struct sheet *const sheet = row->sheet;
    const double top = sheet->y + (heading ? 0 : CELL_ABOVE);

    for (size_t i = 0; i < row->count; i++) {
        const struct set_cell *const cell = &row->cells[i];

        canvas_text_draw(cell->text, 0, SIZE_MAX, cell->x, top);
        if (cell->note) {
            canvas_text_draw(cell->note, 0, SIZE_MAX, cell->x, top + height_of(cell->text));
        }
    }
    sheet->y = top + row->height + CELL_BELOW;
    canvas_fill(sheet->canvas,
                &(struct canvas_box){MARGIN, sheet->y, WIDTH, heading ? 0.5 : HAIRLINE}, 1);
}

struct result sheet_row(struct sheet *sheet, bool heading, const struct sheet_cell *cells,
                        size_t count)
{
    __attribute__((cleanup(free_row))) struct set_row row = {.sheet = sheet};
    double x = MARGIN;

    for (size_t i = 0; i < count && i < CELLS_MAX; i++) {
        row.cells[i].x = x;
        row.cells[i].width = cells[i].width > 0 ? cells[i].width : open_width(cells, count);
        x += row.cells[i].width + CELL_GAP;
        TRY(set_cell(&row, heading, &cells[i]));
    }
    TRY(make_room(sheet, row.height + CELL_ABOVE + CELL_BELOW + (heading ? 14 : 0)));
    draw_row(&row, heading);
    return OK;
}

/* --- codes --- */

#define QUIET 4 /* squares around a code */

static struct result draw_code(struct sheet *sheet, const struct sheet_code *code, double x)
{
    static const struct canvas_type CAPTION = {
        .face = CANVAS_SANS, .align = CANVAS_CENTRE, .size = 10, .pitch = 1.4};
    const double quiet = SHEET_CODE_SIDE * QUIET / (double)(code->size + 2 * QUIET);
    const double side = SHEET_CODE_SIDE - 2 * quiet;
    const struct canvas_box box = {x + quiet, sheet->y + quiet, side, side};

    canvas_squares(sheet->canvas, code->squares, code->size, &box);
    return put(sheet, &CAPTION, code->caption,
               &(struct canvas_box){x, sheet->y + SHEET_CODE_SIDE - 1, SHEET_CODE_SIDE, 0});
}

struct result sheet_codes(struct sheet *sheet, const struct sheet_code *codes, size_t count)
{
    const double gap = WIDTH - SHEET_CODES_ROW * SHEET_CODE_SIDE;

    for (size_t i = 0; i < count; i += SHEET_CODES_ROW) {
        TRY(make_room(sheet, SHEET_CODE_SIDE + 7));
        for (size_t k = 0; k < SHEET_CODES_ROW && i + k < count; k++) {
            TRY(draw_code(sheet, &codes[i + k], MARGIN + (double)k * (SHEET_CODE_SIDE + gap)));
        }
        sheet->y += SHEET_CODE_SIDE + 7;
    }
    return OK;
}

/* --- a whole sheet --- */

static struct result compose_pages(struct sheet *sheet, sheet_compose *compose, void *context)
{
    sheet->page = 0;
    TRY(begin_page(sheet));
    return compose(context, sheet);
}

static struct result count_pages(struct sheet *sheet, sheet_compose *compose, void *context)
{
    AUTO_CANVAS *canvas = NULL;

    TRY(canvas_open_measuring(&canvas));
    sheet->canvas = canvas;
    TRY(compose_pages(sheet, compose, context));
    sheet->pages = sheet->page;
    return OK;
}

struct result sheet_make(const struct sheet_form *form, sheet_compose *compose, void *context,
                         struct buffer *out)
{
    struct sheet sheet = {.form = form};
    AUTO_CANVAS *canvas = NULL;

    TRY(count_pages(&sheet, compose, context));
    TRY(canvas_open(form->title, form->time, &canvas));
    sheet.canvas = canvas;
    TRY(compose_pages(&sheet, compose, context));
    return canvas_finish(canvas, out);
}
