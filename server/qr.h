/*
 * qr.h - QR codes as SVG, as PNG, as text for a terminal, and as plain squares. The only file that
 * knows qrencode.
 *
 * Level M; 4 modules of margin, but none around plain squares. At most 1,500 bytes, or so many
 * characters of the alphanumeric mode as a part of evidence has (log/parts.h).
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#define QR_TEXT_MAX 1500
#define QR_PART_MAX 2000

/* All append to `out`. MALFORMED "qr.text": empty or too long. */
MUST_CHECK struct result qr_write_svg(struct bytes text, struct buffer *out);
MUST_CHECK struct result qr_write_png(struct bytes text, struct buffer *out);
/* Two modules a character cell, dark on light whatever the terminal's colours. */
MUST_CHECK struct result qr_write_terminal(struct bytes text, struct buffer *out);
/* One byte a square, row by row, dark where it is odd; there are size x size. */
MUST_CHECK struct result qr_write_squares(struct bytes text, struct buffer *out, size_t *size);
