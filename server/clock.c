#include "server/clock.h"

#include <time.h>

static uint64_t read_milliseconds(clockid_t which)
{
    struct timespec time;

    clock_gettime(which, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

uint64_t clock_now(void)
{
    return clock_milliseconds() / 1000;
}

uint64_t clock_milliseconds(void)
{
    return read_milliseconds(CLOCK_REALTIME);
}

uint64_t clock_ticks(void)
{
    return read_milliseconds(CLOCK_MONOTONIC);
}
