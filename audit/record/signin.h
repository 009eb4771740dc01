/*
 * signin.h - who is present with which vote key, and who does not vote on which candidate.
 *
 * Protocol sections 4 and 6. Both are taken until the freeze.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "primitive/group.h"
#include "record/record.h"
#include "record/types.h"

MUST_CHECK struct result signin_check(const struct fold *fold);
MUST_CHECK struct result signin_prove(const struct fold *fold);
MUST_CHECK struct result signin_apply(const struct fold *fold);
MUST_CHECK struct result recuse_check(const struct fold *fold);
MUST_CHECK struct result recuse_apply(const struct fold *fold);

/* One person present: the sign-in that stands. */
struct presence {
    char person[RECORD_ID_SIZE];
    char hidden_name[RECORD_ID_SIZE];
    struct point vote_key;
    uint64_t index;
    bool revoked; /* the keys have ended since */
};

/*
 * Those signed in, by person id: until the freeze without the revoked. At most ROLL_MAX; the
 * caller's array has room for as many.
 */
MUST_CHECK struct result signin_load_present(struct record *record, struct bytes meeting,
                                             struct presence out[], size_t *count);
/* How many persons count as present. */
MUST_CHECK struct result signin_count_present(struct record *record, struct bytes meeting,
                                              uint64_t *out);
