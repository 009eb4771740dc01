/*
 * team.h - a review team: at least three reviewers, one of them its leader, and what it reviews.
 *
 * Article 11. Whoever is put into a team is a reviewer, no member of the committee (C33), has
 * undertaken secrecy and declared conflicts, and has none with what the team reviews. A reviewer
 * who cannot go on is replaced by two officers; what that does to a report that is not complete
 * the cycle says (C31, 换人后 of cycle.open).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

#define TEAM_SIZE_MIN 3

struct team {
    char id[RECORD_ID_SIZE];
    char cycle[RECORD_ID_SIZE];
    char leader[RECORD_ID_SIZE]; /* now */
};

/* NOT_FOUND "team.unknown". */
MUST_CHECK struct result team_load(struct record *record, struct bytes id, struct team *out);
MUST_CHECK struct result team_has_member(struct record *record, struct bytes team,
                                         struct bytes person, bool *out);
MUST_CHECK struct result team_reviews(struct record *record, struct bytes team,
                                      struct bytes organisation, bool *out);
/* Calls `visit` for each reviewer of the team as it stands, ascending by id. */
typedef struct result team_member_visit(void *context, struct bytes person);
MUST_CHECK struct result team_members(struct record *record, struct bytes team,
                                      team_member_visit *visit, void *context);

/* Confirmed, not revoked, holds 评审员: INVALID "team.reviewer". */
MUST_CHECK struct result team_check_reviewer(struct record *record, struct bytes person);
/* No conflict with any organisation that the field 受评组织 names: INVALID "team.conflict". */
MUST_CHECK struct result team_check_conflicts(const struct fold *fold, struct bytes cycle,
                                              struct bytes person);

/* Whether the person stands, or has stood, in a team of this cycle. */
MUST_CHECK struct result team_has_reviewer(struct record *record, struct bytes cycle,
                                           struct bytes person, bool *out);
