/*
 * qr.h - QR codes as SVG, as PNG and as text for a terminal. The only file that knows qrencode.
 *
 * Level M; 4 modules of margin. At most 1,500 bytes.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#define QR_TEXT_MAX 1500

/* All append to `out`. MALFORMED "qr.text": empty or too long. */
MUST_CHECK struct result qr_write_svg(struct bytes text, struct buffer *out);
MUST_CHECK struct result qr_write_png(struct bytes text, struct buffer *out);
/* Two modules a character cell, dark on light whatever the terminal's colours. */
MUST_CHECK struct result qr_write_terminal(struct bytes text, struct buffer *out);
