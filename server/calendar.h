/*
 * calendar.h - a deadline as a calendar file: RFC 5545, one event of the hour before it, one alarm
 * a day ahead of it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

/* Plain text; whatever has a meaning in the file is escaped. */
struct calendar_event {
    struct bytes id;      /* the same for every version of one thing, unique everywhere */
    uint64_t sequence;    /* grows with its versions */
    uint64_t stamp;       /* when it was set */
    uint64_t deadline;    /* seconds since 1970 */
    struct bytes summary; /* one line */
    struct bytes text;
    struct bytes link;
    bool cancelled;
};

/* Appends the file: UTF-8, CRLF, lines folded at 75 octets. */
MUST_CHECK struct result calendar_write(const struct calendar_event *event, struct buffer *out);
