#include "server/qr.h"

#include <qrencode.h>
#include <stdbool.h>

#include "server/png.h"

#define MARGIN 4
#define SCALE  8

#define AUTO_CODE __attribute__((cleanup(free_code))) QRcode

static void free_code(QRcode **code)
{
    QRcode_free(*code);
}

static struct result encode(struct bytes text, QRcode **out)
{
    REQUIRE(text.size > 0 && text.size <= QR_TEXT_MAX, MALFORMED, "qr.text");
    *out = QRcode_encodeData((int)text.size, text.data, 0, QR_ECLEVEL_M);
    REQUIRE(*out, OUT_OF_MEMORY, "service.memory");
    return OK;
}

/* Outside of the code everything is light. */
static bool is_dark(const QRcode *code, int column, int row)
{
    return column >= 0 && row >= 0 && column < code->width && row < code->width &&
           (code->data[row * code->width + column] & 1);
}

static struct result append_number(struct buffer *out, const char *before, int number)
{
    TRY(buffer_append_text(out, before));
    return buffer_append_decimal(out, (uint64_t)number);
}

/* One path: a horizontal stroke for each run of dark modules. */
static struct result append_row(const QRcode *code, int row, struct buffer *out)
{
    for (int column = 0; column < code->width; column++) {
        int length = 0;

        while (is_dark(code, column + length, row)) {
            length++;
        }
        if (length > 0) {
            TRY(append_number(out, "M", column + MARGIN));
            TRY(append_number(out, " ", row + MARGIN));
            TRY(append_number(out, "h", length));
            TRY(buffer_append_text(out, "v1H"));
            TRY(append_number(out, "", column + MARGIN));
            TRY(buffer_append_text(out, "z"));
            column += length;
        }
    }
    return OK;
}

struct result qr_write_svg(struct bytes text, struct buffer *out)
{
    AUTO_CODE *code = 0;

    TRY(encode(text, &code));
    TRY(append_number(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ",
                      code->width + 2 * MARGIN));
    TRY(append_number(out, " ", code->width + 2 * MARGIN));
    TRY(buffer_append_text(out, "\" shape-rendering=\"crispEdges\">"
                                "<path fill=\"#fff\" d=\"M0 0h999v999H0z\"/><path d=\""));
    for (int row = 0; row < code->width; row++) {
        TRY(append_row(code, row, out));
    }
    return buffer_append_text(out, "\"/></svg>\n");
}

struct result qr_write_png(struct bytes text, struct buffer *out)
{
    AUTO_CODE *code = 0;
    AUTO_BUFFER black = BUFFER_INIT;
    struct png_squares squares = {.margin = MARGIN, .scale = SCALE};

    TRY(encode(text, &code));
    squares.size = (size_t)code->width;
    TRY(buffer_append(&black, (struct bytes){code->data, squares.size * squares.size}));
    for (size_t i = 0; i < black.size; i++) {
        black.data[i] &= 1;
    }
    squares.black = black.data;
    return png_write(&squares, out);
}

struct result qr_write_terminal(struct bytes text, struct buffer *out)
{
    static const char *const CELLS[2][2] = {{" ", "▄"}, {"▀", "█"}};
    AUTO_CODE *code = 0;

    TRY(encode(text, &code));
    for (int row = -MARGIN; row < code->width + MARGIN; row += 2) {
        TRY(buffer_append_text(out, "\033[30;107m"));
        for (int column = -MARGIN; column < code->width + MARGIN; column++) {
            TRY(buffer_append_text(
                out, CELLS[is_dark(code, column, row)][is_dark(code, column, row + 1)]));
        }
        TRY(buffer_append_text(out, "\033[0m\n"));
    }
    return OK;
}

/* The library takes characters of the alphanumeric mode as such. */
struct result qr_write_squares(struct bytes text, struct buffer *out, size_t *size)
{
    AUTO_BUFFER copy = BUFFER_INIT;
    AUTO_CODE *code = 0;
    const char *terminated;

    REQUIRE(text.size > 0 && text.size <= QR_PART_MAX, MALFORMED, "qr.text");
    TRY(buffer_append(&copy, text));
    TRY(buffer_terminate(&copy, &terminated));
    code = QRcode_encodeString(terminated, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    REQUIRE(code, MALFORMED, "qr.text");
    *size = (size_t)code->width;
    return buffer_append(out, (struct bytes){code->data, *size * *size});
}
