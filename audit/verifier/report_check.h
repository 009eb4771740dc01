/*
 * report_check.h - an evidence bundle checked from itself and a policy, steps B1 to B8.
 *
 * What does not hold is a finding, not a failure. The signing page and the attestation are prints
 * of what is checked here: SHA256SUMS says that they are the ones that were made, nothing more.
 */
#pragma once

#include "log/evidence.h"
#include "verifier/report_bundle.h"
#include "verifier/report_findings.h"
#include "verifier/sign_off.h"

struct report_check {
    struct evidence evidence;
    struct receipt_meaning meaning; /* of the evidence, if B2 and B3 hold */
    struct sign_off sign_off;
    struct report_findings findings;
};

/* A new one, empty. */
MUST_CHECK struct result report_check_make(struct report_check **out);
#define AUTO_REPORT_CHECK __attribute__((cleanup(report_check_free))) struct report_check
void report_check_free(struct report_check **check);

/* The bundle outlives the check, whose views point into it. */
MUST_CHECK struct result report_check_run(struct report_check *check,
                                          const struct report_bundle *bundle,
                                          const struct policy *policy);
