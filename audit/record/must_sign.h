/*
 * must_sign.h - the list of those who must sign a version of a report, and what each has done.
 *
 * The team ascending by id, its leader as 组长, the others as 评审员; for a site report then the
 * representative as 受评组织. When somebody is replaced under 保留, the new person takes over the
 * line at its place, unsigned; the signature of the person who left no longer counts and is kept
 * as a former one. A line that nobody has signed always says what its person is in the team now;
 * a signature that stands says what it said. A refusal stands: it is the organisation's.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/report.h"
#include "record/team.h"
#include "record/types.h"

/* A line of the list as it stands. */
struct must_sign {
    bool found;
    char capacity[RECORD_ID_SIZE];
    char organisation[RECORD_ID_SIZE]; /* "" unless 受评组织 */
    bool is_signed;
    bool refused;
};

/* The 须签 lines of a report.file are those of its team: INVALID "report.signers". */
MUST_CHECK struct result must_sign_check(const struct fold *fold, const struct team *team);
MUST_CHECK struct result must_sign_insert(const struct fold *fold);

/* The line of a person, or of an organisation, in the newest version; `found` false if none. */
MUST_CHECK struct result must_sign_of_person(const struct fold *fold, const struct report *report,
                                             struct bytes person, struct must_sign *out);
MUST_CHECK struct result must_sign_of_organisation(const struct fold *fold,
                                                   const struct report *report,
                                                   struct bytes organisation,
                                                   struct must_sign *out);

/* A change of who signs, in every report that stands and is not complete. */
struct change {
    struct bytes team;         /* whose reports; empty: every team's */
    struct bytes organisation; /* whose line; empty: a reviewer's */
    struct bytes out;          /* who leaves */
    struct bytes in;
};
MUST_CHECK struct result must_sign_change(const struct fold *fold, const struct change *change);
