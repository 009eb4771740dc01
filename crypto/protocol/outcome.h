/*
 * outcome.h - the result rule: who passes, who is seated, who is tied, in integers.
 *
 * Protocol section 6, "Result rule". Grades are decided from the highest down; a tie at the last
 * place of a grade leaves `left` places to a runoff among the tied, and the lower grades wait.
 * Candidates count from 0.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/election.h"
#include "protocol/tally.h"

/* What the rule is applied to; the arrays are views. */
struct outcome_question {
    uint64_t appointed; /* 应到 */
    uint64_t roll;      /* 实到 */
    size_t candidate_count;
    const uint64_t *recused; /* 回避 lines naming each candidate */
    const struct election_seat *seats;
    const struct election_pass *passes; /* one for each seat, found by its lowest grade */
    size_t seat_count;
    const struct tally_counts *counts; /* of each candidate */
};

/* Whom the last runoff of a tied grade seated (none: the places stay vacant). */
struct outcome_settled {
    unsigned grade;
    const uint16_t *seated; /* candidates from 0 */
    size_t seated_count;
};

struct outcome_grade {
    unsigned grade;
    uint64_t votes[CANDIDATES_MAX];
    bool passing[CANDIDATES_MAX];
    uint16_t seated[CANDIDATES_MAX]; /* by votes descending, equal votes by number; then settled */
    size_t seated_count;
    uint16_t tied[CANDIDATES_MAX]; /* ascending */
    size_t tied_count;
    uint64_t left; /* places open for the runoff among the tied */
    bool waiting;  /* below an open tie */
};

struct outcome {
    struct outcome_grade grades[GRADES_MAX]; /* highest first */
    size_t grade_count;
};

void outcome_decide(const struct outcome_question *question, const struct outcome_settled settled[],
                    size_t settled_count, struct outcome *out);

/*
 * Appends the lines 得票, 入选 and 并列 of `election.result`, in the manifest's order of candidates
 * within 得票, highest grade first within 入选 and 并列 (protocol appendix).
 */
MUST_CHECK struct result outcome_print(const struct election *election,
                                       const struct tally_counts counts[],
                                       const struct outcome *outcome, struct buffer *out);

/*
 * The question that a manifest asks of its counts. `recused` is the memory of the answer: one
 * number a candidate. Appointed stands in the meeting, not in the manifest.
 */
struct outcome_question outcome_question_of(const struct election *election, uint64_t appointed,
                                            const struct tally_counts counts[],
                                            uint64_t recused[static CANDIDATES_MAX]);
