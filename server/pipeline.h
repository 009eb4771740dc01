/*
 * pipeline.h - the checks before the writer: a bounded number of notes, on threads of their own.
 *
 * Size and form come first, then whatever depends on the state, proofs last. What does not fit is
 * refused at once with BUSY "service.busy" ("objection.queue" what an objector wrote); each kind
 * has places of its own, so that a flood of one stops nobody else.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "server/ticket.h"

struct pipeline;
struct readers;
struct sequencer;

#define PIPELINE_BALLOTS_MAX 256
#define PIPELINE_FILINGS_MAX 1024
#define PIPELINE_OTHERS_MAX  2048
/* So many filings at once, and who files is asked for some work first. */
#define PIPELINE_FILINGS_CROWD 512

MUST_CHECK struct result pipeline_start(struct readers *readers, struct sequencer *sequencer,
                                        size_t threads, struct pipeline **out);
/* Takes no more, and waits until every ticket that has a place is done. NULL is allowed. */
void pipeline_drain(struct pipeline *pipeline);
/* After draining, or at least when nobody uses it any more. NULL is allowed. */
void pipeline_stop(struct pipeline *pipeline);

/* Whether few places for filings are left. */
bool pipeline_is_crowded(struct pipeline *pipeline);
/* A place for this ticket, held until it is done or freed. */
MUST_CHECK struct result pipeline_reserve(struct pipeline *pipeline, struct ticket *ticket);
/* Gives the place back; ticket_finish and ticket_free call it. */
void pipeline_release(struct pipeline *pipeline, struct ticket *ticket);
/* Of a ticket that has a place. `ticket->done` is called on another thread, maybe before this
 * returns. */
void pipeline_submit(struct pipeline *pipeline, struct ticket *ticket);
