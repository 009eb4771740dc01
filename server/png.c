/*
 * One bit a pixel, greyscale; the zlib stream holds the rows in stored blocks.
 */
#include "server/png.h"

#define STORED_MAX 65535

static uint32_t crc_add(uint32_t crc, struct bytes bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        crc ^= bytes.data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (UINT32_C(0xEDB88320) & (0u - (crc & 1)));
        }
    }
    return crc;
}

static uint32_t adler32(struct bytes bytes)
{
    uint32_t a = 1;
    uint32_t b = 0;

    for (size_t i = 0; i < bytes.size; i++) {
        a = (a + bytes.data[i]) % 65521;
        b = (b + a) % 65521;
    }
    return (b << 16) | a;
}

static struct result append_number(struct buffer *out, uint32_t number)
{
    const uint8_t bytes[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16),
                              (uint8_t)(number >> 8), (uint8_t)number};

    return buffer_append(out, BYTES(bytes));
}

static struct result append_chunk(struct buffer *out, const char *name, struct bytes data)
{
    const struct bytes kind = bytes_of_string(name);
    uint32_t crc = crc_add(UINT32_MAX, kind);

    TRY(append_number(out, (uint32_t)data.size));
    TRY(buffer_append(out, kind));
    TRY(buffer_append(out, data));
    crc = crc_add(crc, data);
    return append_number(out, ~crc);
}

static bool is_black(const struct png_squares *squares, size_t column, size_t row)
{
    const size_t margin = squares->margin;

    return column >= margin && row >= margin && column - margin < squares->size &&
           row - margin < squares->size &&
           squares->black[(row - margin) * squares->size + (column - margin)];
}

/* A filter byte 0 and the bits of one line of pixels, 1 for white. */
static struct result append_line(const struct png_squares *squares, size_t row, size_t width,
                                 struct buffer *out)
{
    uint8_t byte = 0;

    TRY(buffer_append(out, (struct bytes){&byte, 1}));
    for (size_t x = 0; x < (width + 7) / 8 * 8; x++) {
        const bool white = x >= width || !is_black(squares, x / squares->scale, row);

        byte = (uint8_t)(byte << 1 | (white ? 1 : 0));
        if (x % 8 == 7) {
            TRY(buffer_append(out, (struct bytes){&byte, 1}));
            byte = 0;
        }
    }
    return OK;
}

static struct result append_stream(struct bytes lines, struct buffer *out)
{
    const uint8_t head[2] = {0x78, 0x01};

    TRY(buffer_append(out, BYTES(head)));
    for (size_t from = 0; from < lines.size; from += STORED_MAX) {
        const struct bytes block = bytes_slice(lines, from, STORED_MAX);
        const uint16_t size = (uint16_t)block.size;
        const uint16_t inverse = (uint16_t)~size;
        const uint8_t start[5] = {from + STORED_MAX >= lines.size, (uint8_t)size,
                                  (uint8_t)(size >> 8), (uint8_t)inverse, (uint8_t)(inverse >> 8)};

        TRY(buffer_append(out, BYTES(start)));
        TRY(buffer_append(out, block));
    }
    return append_number(out, adler32(lines));
}

struct result png_write(const struct png_squares *squares, struct buffer *out)
{
    static const uint8_t SIGNATURE[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    const size_t width = (squares->size + 2 * squares->margin) * squares->scale;
    const uint8_t form[5] = {1, 0, 0, 0, 0};
    AUTO_BUFFER head = BUFFER_INIT;
    AUTO_BUFFER lines = BUFFER_INIT;
    AUTO_BUFFER stream = BUFFER_INIT;

    TRY(append_number(&head, (uint32_t)width));
    TRY(append_number(&head, (uint32_t)width));
    TRY(buffer_append(&head, BYTES(form)));
    for (size_t y = 0; y < width; y++) {
        TRY(append_line(squares, y / squares->scale, width, &lines));
    }
    TRY(append_stream(buffer_view(&lines), &stream));
    TRY(buffer_append(out, BYTES(SIGNATURE)));
    TRY(append_chunk(out, "IHDR", buffer_view(&head)));
    TRY(append_chunk(out, "IDAT", buffer_view(&stream)));
    return append_chunk(out, "IEND", EMPTY_BYTES);
}
