/*
 * findings.h - what a verification found, step by step, and how it is told.
 *
 * Every step holds, fails, is open (nothing in the log calls for it yet) or was not reached. At
 * most one step fails: the first.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "log/merkle.h"
#include "verifier/replay.h"
#include "verifier/step.h"

enum finding {
    FINDING_NOT_REACHED = 0,
    FINDING_HOLDS,
    FINDING_OPEN,
    FINDING_FAILED,
};

struct findings {
    enum finding steps[STEP_COUNT];
    uint64_t counts[STEP_COUNT]; /* statements (bytes of nothing else) that held */
    enum step failed;            /* STEP_NONE if nothing did */
    struct replay_failure failure;
    struct merkle_head head;
    uint64_t ballots;
    uint64_t signatures;
    uint64_t openings;     /* of whom cases are about, that V21 knew */
    size_t witnessed;      /* cosignatures of the policy's witnesses */
    struct buffer pending; /* lines: what the log still waits for (V19) */
    struct buffer reports; /* lines: reports that are not complete (V20) */
    struct buffer cases;   /* lines: cases that are not closed, terms that were missed (V21) */
};

#define AUTO_FINDINGS __attribute__((cleanup(findings_free))) struct findings
void findings_free(struct findings *findings);

/* Notes the first failure; later ones are not taken. */
void findings_fail(struct findings *findings, enum step step, struct replay_failure failure);

/* Appends the report, in Chinese with English beside it; no trailing spaces, ends in LF. */
MUST_CHECK struct result findings_print(const struct findings *findings, struct buffer *out);
