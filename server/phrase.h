/*
 * phrase.h - words, numbers, times and hashes put together as a person reads them.
 *
 * All append; `before` and `after` are what stands around the value: "第 " 259 " 号".
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

MUST_CHECK struct result phrase_add(struct buffer *out, const char *before, struct bytes text,
                                    const char *after);
MUST_CHECK struct result phrase_add_number(struct buffer *out, const char *before, uint64_t number,
                                           const char *after);
/* 2,514,880 */
MUST_CHECK struct result phrase_add_grouped(struct buffer *out, uint64_t number);
/* 2026-11-22 16:00, always Beijing time. INVALID "text.time". */
MUST_CHECK struct result phrase_add_time(struct buffer *out, uint64_t seconds);
/* Lower-case hex in groups of four, as it is read aloud and compared. */
MUST_CHECK struct result phrase_add_hash(struct buffer *out, const struct hash32 *hash);
