/*
 * parts.h - evidence as the texts of a few QR codes. The only file that knows zlib.
 *
 *     XILING:E1:<n>/<m>:<hash>:<base45>
 *
 * The text is compressed (raw DEFLATE, RFC 1951), spelled in base45 and cut into m parts; n counts
 * from 1, and <hash> is the first 8 digits, upper case, of the SHA-256 of the compressed bytes.
 * Every character has a place in the alphanumeric mode of QR codes. Protocol section 9; reading is
 * the same in web/lib/parts.js.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#define PARTS_MAX      99
#define PART_BODY_MAX  1900 /* characters of base45 in a part */
#define PART_SIZE_MAX  2000 /* of the whole part */
#define PARTS_TEXT_MAX ((size_t)1 << 20)

/* Appends the parts, equal within two characters, each with an LF. INVALID "parts.size": the text
 * is empty, over PARTS_TEXT_MAX, or would take more than PARTS_MAX parts. */
MUST_CHECK struct result parts_write(struct bytes text, struct buffer *out);

/*
 * Appends the text that parts carry: one a line, in any order; the same part again says nothing
 * new, and empty lines are skipped. `at` is the line, or for "parts.missing" the lowest number:
 *   MALFORMED parts.form      a line is no part
 *   INVALID   parts.mixed     it belongs to another text
 *   INVALID   parts.repeated  this number has been read with other characters
 *   INVALID   parts.missing   a number is not there
 *   MALFORMED parts.damaged   base45, hash or compression do not hold
 *   MALFORMED parts.size      the text would be longer than PARTS_TEXT_MAX
 */
MUST_CHECK struct result parts_read(struct bytes lines, struct buffer *out);
