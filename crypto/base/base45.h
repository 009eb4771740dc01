/*
 * base45.h - bytes as the 45 characters of a QR code's alphanumeric mode (RFC 9285).
 *
 * Two bytes are three characters, a last single byte is two. There is one spelling.
 */
#pragma once

#include "base/bytes.h"

/* Appends. */
MUST_CHECK struct result base45_append(struct buffer *out, struct bytes bytes);
/* Appends the decoded bytes; on failure *out is unmodified. MALFORMED "encoding.base45". */
MUST_CHECK struct result base45_decode_append(struct bytes text, struct buffer *out);
