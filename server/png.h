/*
 * png.h - a picture of black and white squares as a PNG file, without compression.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

/* Each of size * size bytes is 1 for black; a square is drawn `scale` pixels wide. */
struct png_squares {
    const uint8_t *black;
    size_t size;
    size_t margin; /* white squares on every side */
    size_t scale;
};

MUST_CHECK struct result png_write(const struct png_squares *squares, struct buffer *out);
