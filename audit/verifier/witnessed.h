/*
 * witnessed.h - when entries can have been made, as witnesses have seen the log.
 *
 * A cosignature says that a checkpoint was there at its time: what it covers is no younger, and
 * what it does not cover no older, give or take the slack of two clocks. So a log that dates its
 * entries as it likes is caught by anybody who knows its witnesses. Protocol section 9.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"

#define WITNESSED_SLACK 120 /* seconds */

/* A checkpoint that known witnesses cosigned. */
struct witnessed {
    uint64_t size;
    uint64_t earliest; /* of its cosignatures, seconds since 1970; 0: there is none */
};

/* INVALID "growth.time" if the entry at `index` cannot have been made at `time`. */
MUST_CHECK struct result witnessed_check(const struct witnessed *seen, uint64_t index,
                                         uint64_t time);
