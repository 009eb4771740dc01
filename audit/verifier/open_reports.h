/*
 * open_reports.h - which reports of a verified log are not complete, and what each still lacks.
 *
 * Step V20. Nothing here is a failure: who has not signed yet may sign tomorrow.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"

/*
 * Appends some lines for each report whose newest version is not complete: its state, who is
 * missing, who signed with a reservation, who disagreed; nothing if all are complete.
 */
MUST_CHECK struct result open_reports_tell(struct record *record, struct buffer *out);
