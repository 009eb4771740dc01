/*
 * report_findings.h - what the check of an evidence bundle found, step by step, and how it is told.
 *
 * As findings.h, but every step is tried, and each tells all that it met: a bundle has few files,
 * and whoever holds it wants to know which of them are false.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "verifier/findings.h"

enum report_step {
    REPORT_FILES = 1,  /* B1: the files are those that SHA256SUMS lists */
    REPORT_CHECKPOINT, /* signed by the log, and by the witnesses the policy asks for */
    REPORT_ENTRIES,    /* every entry of the evidence is in the log under it */
    REPORT_RECEIPTS,   /* so says the receipt of each */
    REPORT_STATEMENTS, /* the statements to read are these entries */
    REPORT_SIGNATURES, /* signed with the keys enrolled, on this file, by who is on the list */
    REPORT_DOCUMENT,   /* the document is the file that was signed */
    REPORT_STATE,      /* B8: holds if complete, open if not */
    REPORT_LOG,        /* B9: what the whole log says, if it was asked */
    REPORT_STEPS,
};

struct report_findings {
    enum finding steps[REPORT_STEPS];
    uint64_t counts[REPORT_STEPS];     /* of what held */
    struct buffer notes[REPORT_STEPS]; /* lines under the step, each with its LF */
};

void report_findings_free(struct report_findings *findings);

/* The step fails: `place` is the file or entry. Notes the words of the rule. */
MUST_CHECK struct result report_findings_fail(struct report_findings *findings,
                                              enum report_step step, struct result result,
                                              const char *place);
/* It holds, unless it has failed. */
void report_findings_hold(struct report_findings *findings, enum report_step step, uint64_t count);
/* A line under the step; `line` is UTF-8 without LF. */
MUST_CHECK struct result report_findings_note(struct report_findings *findings,
                                              enum report_step step, const char *line);

/* No step failed. */
bool report_findings_hold_all(const struct report_findings *findings);
/* Appends the lines, in Chinese with English beside it. */
MUST_CHECK struct result report_findings_print(const struct report_findings *findings,
                                               struct buffer *out);
