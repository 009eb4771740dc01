/*
 * draft.h - texts that follow from the log: whoever signs them adds only the time and the will.
 *
 * A draft restates what the record holds in the form the fold demands. It decides nothing: the fold
 * computes the same again and refuses whatever differs. Each replaces *text. Protocol section 6.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"

/* `meeting.freeze`: present and appointed as they now stand, and the log as it now is. */
MUST_CHECK struct result draft_freeze(struct record *record, struct bytes meeting,
                                      struct buffer *text);

/* What the persons who open an election choose. */
struct draft_plan {
    struct bytes id;
    struct bytes meeting;
    struct bytes ceremony; /* id of a ready one */
    uint64_t window;       /* seconds */
    int64_t opens;
    int64_t closes;
};

/* `election.open` of a first round. CONFLICT "draft.draw" before freeze and draw. */
MUST_CHECK struct result draft_manifest(struct record *record, const struct draft_plan *plan,
                                        struct buffer *text);

/*
 * `election.open` of a runoff about the tie of the election `previous` (an id): its roll, ceremony
 * and rules again, among the tied; of the plan id, window and times count. CONFLICT
 * "runoff.no_tie".
 */
MUST_CHECK struct result draft_runoff(struct record *record, struct bytes previous,
                                      const struct draft_plan *plan, struct buffer *text);

/* `election.close`: the ballots logged so far. */
MUST_CHECK struct result draft_close(struct record *record, struct bytes election,
                                     struct buffer *text);

/* `election.result`: what the shares given open. CONFLICT "result.shares" before t of them. */
MUST_CHECK struct result draft_result(struct record *record, struct bytes election,
                                      struct buffer *text);

/* `meeting.minutes`: every election of the meeting, and the words. */
MUST_CHECK struct result draft_minutes(struct record *record, struct bytes meeting,
                                       struct bytes words, struct buffer *text);
