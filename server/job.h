/*
 * job.h - work that would hold a thread that speaks HTTP: flushing, hashing, drawing a page.
 *
 * A handler puts a job into its response. Whoever carries the exchange (http.c, a test)
 * submits it and calls `finish` once it is done; until then it belongs to these threads.
 */
#pragma once

#include <stddef.h>

#include "base/result.h"

struct jobs;

struct job {
    struct result (*work)(void *context); /* NULL: there is no job */
    void *context;
    void (*free_context)(void *context); /* by response_free; NULL if somebody else owns it */
    void (*done)(void *carrier);
    void *carrier;
    struct result result; /* of `work` */
    struct job *next;
};

MUST_CHECK struct result jobs_start(size_t threads, struct jobs **out);
/* `done` is called on another thread, maybe before this returns; after draining at once, with BUSY
 * "service.busy" as the result. */
void jobs_submit(struct jobs *jobs, struct job *job);
/* Takes no more, and waits until every job is done. NULL is allowed. */
void jobs_drain(struct jobs *jobs);
/* Drains and frees. NULL is allowed. */
void jobs_stop(struct jobs *jobs);
