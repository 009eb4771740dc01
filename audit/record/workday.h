/*
 * workday.h - days, working days and the terms that are counted in them.
 *
 * A day is a number: days since 1970-01-01, in Asia/Shanghai (UTC+8, no daylight saving). Monday to
 * Friday are working days, but for the table of the cycle's notice.rules: days off (放假) and
 * weekend days worked instead (调休上班). The day of the event itself is not counted, and a term
 * ends at 24:00. Rule C13; Civil Code articles 201 and 203 by analogy.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"

/* The day of an instant, and the instant at which it ends: 24:00, seconds since 1970 in UTC. */
uint64_t workday_of(uint64_t time);
uint64_t workday_end(uint64_t day);
/* "2027-01-01"; MALFORMED "notice.date" for what is no such date. */
MUST_CHECK struct result workday_parse(struct bytes text, uint64_t *day);

MUST_CHECK struct result workday_is(struct record *record, struct bytes cycle, uint64_t day,
                                    bool *out);
/* Enters one day of the table. */
MUST_CHECK struct result workday_insert(struct record *record, struct bytes cycle, uint64_t day,
                                        bool working);
/* The end of the `count`th working day after the day of `time`. */
MUST_CHECK struct result workday_add(struct record *record, struct bytes cycle, uint64_t time,
                                     uint64_t count, uint64_t *end);
/* The end of the `count`th day after that of `time`, or of the first working day from there on. */
MUST_CHECK struct result workday_add_calendar(struct record *record, struct bytes cycle,
                                              uint64_t time, uint64_t count, uint64_t *end);
