/*
 * step.h - the numbered verification steps V1 … V21 of docs/protocol.md section 10.
 *
 * A refusal of the fold is a rule and the type of the entry it met; the step it belongs to follows
 * from these two, so that verifier, page and documents speak of the same numbers.
 */
#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"

enum step {
    STEP_NONE = 0,
    STEP_CHECKPOINT, /* V1 */
    STEP_TREE,
    STEP_GROWTH,
    STEP_ENTRIES,
    STEP_GENESIS,
    STEP_SIGNATURES,
    STEP_PEOPLE,
    STEP_CYCLE,
    STEP_SIGNINS,
    STEP_DRAW,
    STEP_CEREMONY,
    STEP_MANIFEST,
    STEP_BALLOTS,
    STEP_BURNED,
    STEP_CLOSE,
    STEP_SHARES,
    STEP_COUNTS,
    STEP_RESULT,
    STEP_COMPLETE,
    STEP_REVIEWS, /* V20 */
    STEP_CASES,   /* V21 */
    STEP_COUNT,
};

struct step_words {
    const char *zh;
    const char *en;
};

/* The name of a step; `step` is one of V1 … V21. */
const struct step_words *step_name(enum step step);

/* Where a statement of this type is counted when it holds. */
enum step step_of_type(const char *type);

/* Where a refusal belongs: `type` is the entry's type, "" if it did not parse. */
enum step step_of_refusal(const char *type, const char *rule);
