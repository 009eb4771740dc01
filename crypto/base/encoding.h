/*
 * encoding.h - bytes as text: strict base64 (RFC 4648 section 4, padded) and lower-case hex.
 *
 * Strict means that encoding the decoded bytes gives the same text again, and that at least
 * one byte is encoded. Protocol section 2.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

size_t base64_size(size_t bytes); /* characters that encode so many bytes */
/* Appends. */
MUST_CHECK struct result base64_append(struct buffer *out, struct bytes bytes);
/* Into an array; MALFORMED encoding.base64, also if `capacity` is too small. */
MUST_CHECK struct result base64_decode(struct bytes text, uint8_t *out, size_t capacity,
                                       size_t *size);
/* Exactly `size` bytes; MALFORMED encoding.length if the text is good base64 of another size. */
MUST_CHECK struct result base64_decode_fixed(struct bytes text, uint8_t *out, size_t size);
/* Appends the decoded bytes; on failure *out is unmodified. */
MUST_CHECK struct result base64_decode_append(struct bytes text, struct buffer *out);
/* The decoded size of good base64; MALFORMED encoding.base64. */
MUST_CHECK struct result base64_check(struct bytes text, size_t *size);

MUST_CHECK struct result hex_append(struct buffer *out, struct bytes bytes);
/* Lower case only, exactly `size` bytes; MALFORMED encoding.hex. */
MUST_CHECK struct result hex_decode(struct bytes text, uint8_t *out, size_t size);
