#include "server/canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define UNITS(mm)     ((int)((mm)*POINTS_PER_MM * PANGO_SCALE))

struct canvas {
    struct buffer file;
    struct result failure; /* of a write */
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoContext *context;
};

struct canvas_text {
    struct canvas *canvas;
    PangoLayout *layout;
    double pitch;
};

/* --- the file --- */

static cairo_status_t write_file(void *context, const unsigned char *data, unsigned size)
{
    struct canvas *const canvas = context;

    if (is_ok(canvas->failure)) {
        canvas->failure = buffer_append(&canvas->file, (struct bytes){data, size});
    }
    return is_ok(canvas->failure) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

static struct result describe_file(cairo_surface_t *surface, struct bytes title, uint64_t time)
{
    char date[TEXT_TIME_SIZE + 1];
    AUTO_BUFFER copy = BUFFER_INIT;
    const char *text;

    TRY(buffer_append(&copy, title));
    TRY(buffer_terminate(&copy, &text));
    TRY(text_print_time((int64_t)time, date));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Xiling");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    return OK;
}

/* --- fonts --- */

static const char *const FAMILIES[] = {"Noto Sans CJK SC", "Noto Serif CJK SC",
                                       "Noto Sans Mono CJK SC"};

static PangoFontDescription *describe_font(const struct canvas_type *type)
{
    PangoFontDescription *const font = pango_font_description_new();

    pango_font_description_set_family_static(font, FAMILIES[type->face]);
    pango_font_description_set_weight(font, type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, type->size * PANGO_SCALE);
    return font;
}

/* Whether the face is there itself, not the nearest thing to it. */
static bool has_face(const struct canvas *canvas, enum canvas_face face)
{
    const struct canvas_type type = {.face = face, .size = 12};
    PangoFontDescription *const wanted = describe_font(&type);
    PangoFont *const font = pango_font_map_load_font(canvas->fonts, canvas->context, wanted);
    PangoFontDescription *const got = font ? pango_font_describe(font) : NULL;
    const char *const family = got ? pango_font_description_get_family(got) : NULL;
    const bool found =
        family && bytes_equal(bytes_of_string(family), bytes_of_string(FAMILIES[face]));

    pango_font_description_free(wanted);
    pango_font_description_free(got);
    if (font) {
        g_object_unref(font);
    }
    return found;
}

/* Positions as the font says, not as a screen's pixels would have them. */
static void open_fonts(struct canvas *canvas)
{
    cairo_font_options_t *const options = cairo_font_options_create();

    canvas->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(canvas->fonts), 72.0);
    canvas->context = pango_font_map_create_context(canvas->fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(canvas->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(canvas->context, FALSE);
    pango_context_set_language(canvas->context, pango_language_from_string("zh-cn"));
}

static struct result open_surface(struct canvas *canvas)
{
    canvas->cairo = cairo_create(canvas->surface);
    REQUIRE(cairo_status(canvas->cairo) == CAIRO_STATUS_SUCCESS, OUT_OF_MEMORY, "service.memory");
    cairo_scale(canvas->cairo, POINTS_PER_MM, POINTS_PER_MM);
    open_fonts(canvas);
    for (int face = CANVAS_SANS; face <= CANVAS_MONO; face++) {
        REQUIRE(has_face(canvas, (enum canvas_face)face), INTERNAL, "sheet.font");
    }
    return OK;
}

struct result canvas_open(struct bytes title, uint64_t time, struct canvas **out)
{
    AUTO_CANVAS *canvas = calloc(1, sizeof *canvas);

    REQUIRE(canvas, OUT_OF_MEMORY, "service.memory");
    canvas->surface = cairo_pdf_surface_create_for_stream(
        write_file, canvas, CANVAS_WIDTH * POINTS_PER_MM, CANVAS_HEIGHT * POINTS_PER_MM);
    TRY(describe_file(canvas->surface, title, time));
    TRY(open_surface(canvas));
    *out = canvas;
    canvas = NULL; /* handed over */
    return OK;
}

struct result canvas_open_measuring(struct canvas **out)
{
    AUTO_CANVAS *canvas = calloc(1, sizeof *canvas);

    REQUIRE(canvas, OUT_OF_MEMORY, "service.memory");
    canvas->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    TRY(open_surface(canvas));
    *out = canvas;
    canvas = NULL; /* handed over */
    return OK;
}

void canvas_free(struct canvas **canvas)
{
    if (!*canvas) {
        return;
    }
    cairo_destroy((*canvas)->cairo);
    cairo_surface_destroy((*canvas)->surface);
    g_clear_object(&(*canvas)->context);
    g_clear_object(&(*canvas)->fonts);
    buffer_free(&(*canvas)->file);
    free(*canvas);
    *canvas = NULL;
}

void canvas_next_page(struct canvas *canvas)
{
    cairo_show_page(canvas->cairo);
}

struct result canvas_finish(struct canvas *canvas, struct buffer *out)
{
    cairo_surface_finish(canvas->surface);
    TRY(canvas->failure);
    REQUIRE(cairo_surface_status(canvas->surface) == CAIRO_STATUS_SUCCESS, OUT_OF_MEMORY,
            "service.memory");
    return buffer_append(out, buffer_view(&canvas->file));
}

/* --- text --- */

static size_t count_unknown(PangoLayout *layout, struct bytes text)
{
    pango_layout_set_text(layout, (const char *)text.data, (int)text.size);
    return (size_t)pango_layout_get_unknown_glyphs_count(layout);
}

/* The same text, with the code point of each character that no font has. */
static struct result spell_unknown(PangoLayout *layout, struct bytes text, struct buffer *out)
{
    uint32_t character;

    while (text.size > 0) {
        struct bytes rest = text;
        struct bytes one;

        (void)text_next(&rest, &character);
        one = bytes_slice(text, 0, text.size - rest.size);
        if (character > 0x7e && count_unknown(layout, one) > 0) {
            char point[16];

            (void)snprintf(point, sizeof point, "[U+%04X]", character);
            TRY(buffer_append_text(out, point));
        } else {
            TRY(buffer_append(out, one));
        }
        text = rest;
    }
    return OK;
}

static struct result set_text(PangoLayout *layout, struct bytes text)
{
    AUTO_BUFFER spelled = BUFFER_INIT;

    if (text.size == 0 || count_unknown(layout, text) == 0) {
        return OK;
    }
    TRY(spell_unknown(layout, text, &spelled));
    (void)count_unknown(layout, buffer_view(&spelled));
    return OK;
}

static PangoLayout *make_layout(struct canvas *canvas, const struct canvas_type *type, double width)
{
    static const PangoAlignment ALIGNS[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                            PANGO_ALIGN_RIGHT};
    PangoLayout *const layout = pango_layout_new(canvas->context);
    PangoFontDescription *const font = describe_font(type);

    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, UNITS(width));
    pango_layout_set_wrap(layout, type->anywhere ? PANGO_WRAP_CHAR : PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, ALIGNS[type->align]);
    pango_layout_set_indent(layout, -UNITS(type->indent));
    pango_layout_set_auto_dir(layout, FALSE);
    return layout;
}

struct result canvas_text_make(struct canvas *canvas, const struct canvas_type *type,
                               struct bytes text, double width, struct canvas_text **out)
{
    AUTO_CANVAS_TEXT *made = NULL;

    REQUIRE(text_is_utf8(text), MALFORMED, "text.utf8");
    made = calloc(1, sizeof *made);
    REQUIRE(made, OUT_OF_MEMORY, "service.memory");
    made->canvas = canvas;
    made->pitch = type->size * type->pitch / POINTS_PER_MM;
    made->layout = make_layout(canvas, type, width);
    TRY(set_text(made->layout, text));
    *out = made;
    made = NULL;
    return OK;
}

void canvas_text_free(struct canvas_text **text)
{
    if (*text) {
        g_clear_object(&(*text)->layout);
        free(*text);
        *text = NULL;
    }
}

size_t canvas_text_lines(const struct canvas_text *text)
{
    return (size_t)pango_layout_get_line_count(text->layout);
}

double canvas_text_pitch(const struct canvas_text *text)
{
    return text->pitch;
}

size_t canvas_text_unknown(const struct canvas_text *text)
{
    return (size_t)pango_layout_get_unknown_glyphs_count(text->layout);
}

/* Lines keep their pitch whatever fonts they mix: what is centred in it is the type itself. */
static void draw_line(const struct canvas_text *text, PangoLayoutIter *iter, double x, double y)
{
    const PangoFontDescription *const font = pango_layout_get_font_description(text->layout);
    const double size = pango_font_description_get_size(font) / (double)PANGO_SCALE;
    const double baseline = y + text->pitch / 2 + size * 0.36 / POINTS_PER_MM;
    cairo_t *const cairo = text->canvas->cairo;
    PangoRectangle extents;

    pango_layout_iter_get_line_extents(iter, NULL, &extents);
    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_move_to(cairo, x + extents.x / (PANGO_SCALE * POINTS_PER_MM), baseline);
    cairo_scale(cairo, 1 / POINTS_PER_MM, 1 / POINTS_PER_MM);
    pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter));
    cairo_restore(cairo);
}

void canvas_text_draw(const struct canvas_text *text, size_t first, size_t count, double x,
                      double y)
{
    PangoLayoutIter *const iter = pango_layout_get_iter(text->layout);
    size_t line = 0;

    do {
        if (line >= first && line - first < count) {
            draw_line(text, iter, x, y + (double)(line - first) * text->pitch);
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

/* --- shapes --- */

static void set_ink(cairo_t *cairo, double ink)
{
    cairo_set_source_rgb(cairo, 1 - ink, 1 - ink, 1 - ink);
}

void canvas_fill(struct canvas *canvas, const struct canvas_box *box, double ink)
{
    set_ink(canvas->cairo, ink);
    cairo_rectangle(canvas->cairo, box->x, box->y, box->width, box->height);
    cairo_fill(canvas->cairo);
}

void canvas_frame(struct canvas *canvas, const struct canvas_box *box, double line)
{
    set_ink(canvas->cairo, 1);
    cairo_set_line_width(canvas->cairo, line);
    cairo_rectangle(canvas->cairo, box->x + line / 2, box->y + line / 2, box->width - line,
                    box->height - line);
    cairo_stroke(canvas->cairo);
}

/* One path for all, so that no seam shows between squares that touch. */
void canvas_squares(struct canvas *canvas, const uint8_t *squares, size_t size,
                    const struct canvas_box *box)
{
    const double side = box->width / (double)size;

    for (size_t row = 0; row < size; row++) {
        for (size_t from = 0; from < size;) {
            size_t to = from;

            while (to < size && (squares[row * size + to] & 1)) {
                to++;
            }
            if (to > from) {
                cairo_rectangle(canvas->cairo, box->x + (double)from * side,
                                box->y + (double)row * side, (double)(to - from) * side, side);
            }
            from = to + 1;
        }
    }
    set_ink(canvas->cairo, 1);
    cairo_fill(canvas->cairo);
}

/* Reads up to `count` numbers behind a path's letter. */
static const char *read_numbers(const char *text, double numbers[6], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *end;

        numbers[i] = g_ascii_strtod(text, &end); /* no locale */
        text = *end == ',' || *end == ' ' ? end + 1 : end;
    }
    return text;
}

static void add_curve(cairo_t *cairo, char letter, const double n[6])
{
    double x;
    double y;

    cairo_get_current_point(cairo, &x, &y);
    if (letter == 'M') {
        cairo_move_to(cairo, n[0], n[1]);
    } else if (letter == 'L') {
        cairo_line_to(cairo, n[0], n[1]);
    } else if (letter == 'H') {
        cairo_line_to(cairo, n[0], y);
    } else if (letter == 'V') {
        cairo_line_to(cairo, x, n[0]);
    } else if (letter == 'C') {
        cairo_curve_to(cairo, n[0], n[1], n[2], n[3], n[4], n[5]);
    } else if (letter == 'Q') {
        cairo_curve_to(cairo, (x + 2 * n[0]) / 3, (y + 2 * n[1]) / 3, (n[2] + 2 * n[0]) / 3,
                       (n[3] + 2 * n[1]) / 3, n[2], n[3]);
    } else {
        cairo_close_path(cairo);
    }
}

static size_t arity_of(char letter)
{
    switch (letter) {
    case 'M':
    case 'L':
        return 2;
    case 'H':
    case 'V':
        return 1;
    case 'Q':
        return 4;
    case 'C':
        return 6;
    default:
        return 0;
    }
}

void canvas_trace(struct canvas *canvas, const char *path, const struct canvas_pen *pen)
{
    cairo_t *const cairo = canvas->cairo;

    cairo_save(cairo);
    cairo_translate(cairo, pen->x, pen->y);
    cairo_scale(cairo, pen->scale, pen->scale);
    while (*path) {
        double numbers[6] = {0};
        const char letter = *path;

        path = read_numbers(path + 1, numbers, arity_of(letter));
        add_curve(cairo, letter, numbers);
    }
    set_ink(cairo, pen->ink);
    cairo_set_line_width(cairo, pen->line);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE);
    if (pen->line > 0) {
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}
