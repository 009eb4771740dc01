/*
 * report_log.h - what the whole log says of a report, step B9: only it can say that the evidence
 * leaves nothing out, and what has happened since.
 */
#pragma once

#include "verifier/report_check.h"
#include "verifier/verify.h"

/*
 * Verifies the log, which must continue the evidence's checkpoint; replays it; and compares what it
 * holds about the report with the evidence: "report_bundle.left_out", "report_bundle.stranger".
 * `verification` names archive, pin, policy and threads. After report_check_run, whose steps up to
 * B6 hold.
 */
MUST_CHECK struct result report_log_check(const struct verification *verification,
                                          struct report_check *check);
