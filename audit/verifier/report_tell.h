/*
 * report_tell.h - what a check of a report says to people, under the steps it belongs to.
 */
#pragma once

#include "log/policy.h"
#include "verifier/report_findings.h"
#include "verifier/sign_off.h"

/* B2: size of the log, and who else saw it. */
MUST_CHECK struct result report_tell_checkpoint(struct report_findings *findings,
                                                const struct checkpoint *checkpoint,
                                                const struct policy_finding *witnesses);
/* B7: the hash as sha256sum prints it. */
MUST_CHECK struct result report_tell_document(struct report_findings *findings,
                                              const struct hash32 *hash);
/*
 * B8: the report, its state, and each line of the list: signed, with a reservation, refused,
 * missing; then who signed and left. Sets the step: it holds if complete, is open if not.
 */
MUST_CHECK struct result report_tell_state(struct report_findings *findings,
                                           const struct sign_off *sign_off);
