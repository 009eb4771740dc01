/*
 * errand.h - work that would hold a thread that speaks HTTP: flushing, hashing, drawing a page.
 *
 * A handler puts an errand into its response. Whoever carries the exchange (http.c, a test)
 * submits it and calls `finish` once it is done; until then it belongs to these threads.
 */
#pragma once

#include <stddef.h>

#include "base/result.h"

struct errands;

struct errand {
    struct result (*work)(void *context); /* NULL: there is no errand */
    void *context;
    void (*free_context)(void *context); /* by response_free; NULL if somebody else owns it */
    void (*done)(void *carrier);
    void *carrier;
    struct result result; /* of `work` */
    struct errand *next;
};

MUST_CHECK struct result errands_start(size_t threads, struct errands **out);
/* `done` is called on another thread, maybe before this returns; after draining at once, with BUSY
 * "service.busy" as the result. */
void errands_submit(struct errands *errands, struct errand *errand);
/* Takes no more, and waits until every errand is done. NULL is allowed. */
void errands_drain(struct errands *errands);
/* Drains and frees. NULL is allowed. */
void errands_stop(struct errands *errands);
