/*
 * rates.h - how much one address may ask for: never a global stop, and never a lasting one.
 *
 * Each address has an account for each kind of cost, which fills as it is used and drains with
 * time. Whoever finds it full is told when there is room again, and may pass at once by a little
 * work (work.h), which grows with how often this was done. The table has a fixed size; what was not
 * heard of for long gives way. IPv6 counts by /64. Protocol section 8.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/address.h"
#include "server/work.h"

enum cost {
    COST_NONE,   /* reads; ballots, which their proof and a queue of their own bound */
    COST_ENTRY,  /* POST /api/entries: what kind of note it is decides */
    COST_FILING, /* what objectors write */
    COST_ASK,    /* a question by receipt code; one that is refused costs more */
    COST_WRITE,  /* what others sign: only what is refused costs */
    COST_COUNT,
};

struct rates;

struct rates_ask {
    struct address address;
    enum cost cost;    /* not COST_ENTRY */
    struct bytes body; /* that the work is for */
    struct bytes work; /* header X-Work, or empty */
    uint64_t ticks;    /* clock_ticks */
    bool crowded;      /* the queue is near its bound: nobody passes free */
};

/* What is asked of whoever does not pass. */
struct rates_demand {
    unsigned wait; /* seconds until it may pass without work, at least 1 */
    unsigned bits;
    struct work_token token;
};

MUST_CHECK struct result rates_open(struct rates **out);
/* NULL is allowed. */
void rates_close(struct rates *rates);
/* Whether it passes, and then it has been charged; else what is demanded, and it costs nothing. */
bool rates_take(struct rates *rates, const struct rates_ask *ask, struct rates_demand *out);
/* What passed was refused in the end. */
void rates_refused(struct rates *rates, const struct address *address, enum cost cost,
                   uint64_t ticks);
