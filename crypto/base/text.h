/*
 * text.h - text as statements know it: strict UTF-8, the allowed characters, ids, numbers, times.
 *
 * Everything works on views and allocates nothing. Protocol section 2.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

enum {
    TEXT_VALUE_MAX = 2000, /* bytes of a value, unless it is computed (a proof) */
    TEXT_ID_MAX = 63,
    TEXT_TIME_SIZE = 25, /* 2026-11-22T16:00:00+08:00 */
};
#define TEXT_NUMBER_MAX ((uint64_t)9007199254740991) /* 2^53 - 1 */

/*
 * Reads the character at the start of `*text` and moves `*text` behind it. False, and nothing
 * moves, at the end and at bytes that are not strict UTF-8 (overlong, surrogate, beyond U+10FFFF).
 */
bool text_next(struct bytes *text, uint32_t *out);
bool text_is_utf8(struct bytes text);
/* Whether a statement may hold this character; LF may. */
bool text_is_allowed(uint32_t character);

/*
 * MALFORMED text.utf8 for the whole text first, then MALFORMED text.character; `at` is the byte.
 */
MUST_CHECK struct result text_check(struct bytes text);
/* A value that a person gives: text_check, no LF, 1..2000 bytes, no space at either end. */
MUST_CHECK struct result text_check_value(struct bytes value); /* also MALFORMED text.value */

bool text_is_id(struct bytes text); /* [a-z0-9][a-z0-9-]{0,62} */

/* Decimal, no sign, no leading zero, at most 2^53 - 1; MALFORMED text.number. */
MUST_CHECK struct result text_parse_number(struct bytes text, uint64_t *out);

/*
 * `2026-11-22T16:00:00+08:00`, always +08:00, a real date of the years 1..9999, as seconds
 * since 1970 UTC; MALFORMED text.time.
 */
MUST_CHECK struct result text_parse_time(struct bytes text, int64_t *out);
/* Writes 25 characters and a zero byte; INVALID text.time outside the years 1..9999. */
MUST_CHECK struct result text_print_time(int64_t seconds, char out[static TEXT_TIME_SIZE + 1]);

/*
 * The part of `*text` before the first `separator`; `*text` moves behind the separator. Without
 * a separator the part is all of it and `*text` becomes empty.
 */
struct bytes text_cut(struct bytes *text, char separator);
/* Where `part` first begins in `text`, or SIZE_MAX. */
size_t text_find(struct bytes text, struct bytes part);
