/*
 * meeting.h - a meeting of the committee: who is appointed, who signed in, what was drawn.
 *
 * Protocol section 6. Sign-ins and recusals are taken until the freeze; the draw orders the
 * candidates once both the freeze and the bytes of the draw stand.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/record.h"
#include "record/types.h"

struct meeting {
    char id[RECORD_ID_SIZE];
    char cycle[RECORD_ID_SIZE];
    char chair[RECORD_ID_SIZE];
    char scrutineers[2][RECORD_ID_SIZE];
    uint64_t quorum;
    uint64_t appointed;
    bool committed;
    struct hash32 commitment;
    bool drawn; /* revealed or recorded */
    bool frozen;
    uint64_t present; /* after the freeze */
    bool ended;       /* minutes stand */
};

/* NOT_FOUND "meeting.unknown". */
MUST_CHECK struct result meeting_load(struct record *record, struct bytes id, struct meeting *out);
/* The meeting that the statement acts on; CONFLICT "meeting.ended" once minutes stand. */
MUST_CHECK struct result meeting_require_open(const struct fold *fold, struct meeting *out);
MUST_CHECK struct result meeting_is_appointed(struct record *record, struct bytes meeting,
                                              struct bytes person, bool *out);
MUST_CHECK struct result meeting_has_candidate(struct record *record, struct bytes meeting,
                                               struct bytes candidate, bool *out);
/*
 * The fields 日志条数 and 日志根 name a size the log had and its root there: INVALID "log.seen".
 * The size comes back.
 */
MUST_CHECK struct result meeting_check_seen(const struct fold *fold, uint64_t *out_size);
