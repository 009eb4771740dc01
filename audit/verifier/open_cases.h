/*
 * open_cases.h - which objections of a verified log are not closed, and which promises were missed.
 *
 * Step V21. Nothing here is a failure: a case may be closed tomorrow, and a term that was missed is
 * the office's or the objector's fault, not the log's. Time is that of the log's last entry.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"

/*
 * Appends a line for each case that is not closed, with its state and the term that runs, and a
 * line for each term that was missed, of closed cases too; nothing if there are none.
 */
MUST_CHECK struct result open_cases_tell(struct record *record, struct buffer *out);
