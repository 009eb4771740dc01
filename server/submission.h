/*
 * submission.h - a note that the service itself submits, and waits for.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

struct pipeline;

/*
 * The way of every statement, until it is durable; else as it is refused. Not on a thread that
 * speaks HTTP or checks notes.
 */
MUST_CHECK struct result submission_wait(struct pipeline *pipeline, struct bytes note);
