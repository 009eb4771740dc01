/*
 * clock.h - the one place that reads the clock. Everything else is given `now`.
 */
#pragma once

#include <stdint.h>

uint64_t clock_now(void);          /* seconds since 1970 */
uint64_t clock_milliseconds(void); /* since 1970, for deadlines inside a second */
uint64_t clock_ticks(void);        /* milliseconds of a clock that never goes back */
