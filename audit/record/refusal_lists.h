/*
 * refusal_lists.h - the words of refusals, a list a file; refusal.c looks through all of them.
 */
#pragma once

#include <stddef.h>

#include "record/refusal.h"

struct refusal_list {
    const struct refusal *rows;
    size_t count;
};

extern const struct refusal_list STATEMENT_REFUSALS;
extern const struct refusal_list MEETING_REFUSALS;
extern const struct refusal_list REVIEW_REFUSALS;
extern const struct refusal_list VOTE_REFUSALS;
extern const struct refusal_list SYSTEM_REFUSALS;
extern const struct refusal_list LOG_REFUSALS;
extern const struct refusal_list SIGN_OFF_REFUSALS;
extern const struct refusal_list PROOF_REFUSALS;
extern const struct refusal_list NOTICE_REFUSALS;
extern const struct refusal_list CASE_REFUSALS;
