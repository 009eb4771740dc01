/*
 * What the helpers do about a tie: runoffs among the tied, as often as the year allows, and then
 * the first round's result once more.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "pen/draft.h"
#include "record/runoff.h"
#include "record/view.h"
#include "server/demo_stage.h"

static const char *const CHAIR_AND_OFFICER[] = {"chair-1", "officer-1", NULL};
static const char *const CHAIR_AND_SCRUTINEERS[] = {"chair-1", "scrutineer-1", "scrutineer-2",
                                                    NULL};

struct round {
    char id[64];
    struct hash32 manifest;
    bool decided;
};

/* The rounds of the meeting that stand. */
struct rounds {
    struct round first;
    struct round latest;
    unsigned count; /* cancelled ones too: they have taken their ids */
};

static struct result take_round(void *context, const struct view_election *row)
{
    struct rounds *rounds = context;
    struct round round = {.manifest = row->manifest, .decided = strcmp(row->state, "decided") == 0};

    rounds->count++;
    if (strcmp(row->state, "cancelled") == 0) {
        return OK;
    }
    (void)snprintf(round.id, sizeof round.id, "%.*s", (int)row->id.size,
                   (const char *)row->id.data);
    rounds->latest = round;
    if (row->round == 1) {
        rounds->first = round;
    }
    return OK;
}

/* The next runoff is about the latest tie; if that one is settled, about the first round's next. */
static struct result open_runoff(struct stage *stage, struct step_outcome *outcome,
                                 const struct rounds *rounds)
{
    struct record *record = client_record(&stage->client);
    AUTO_BUFFER text = BUFFER_INIT;
    const int64_t now = (int64_t)time(NULL);
    char id[64];
    uint64_t grade;

    TRY(runoff_tied_grade(record, &rounds->latest.manifest, &grade));
    const struct round *const previous = grade > 0 ? &rounds->latest : &rounds->first;
    (void)snprintf(id, sizeof id, "%s-%u", stage->sitting->election, rounds->count + 1);
    const struct draft_plan plan = {.id = bytes_of_string(id),
                                    .window = stage->sitting->window,
                                    .opens = now + STAGE_OPENS_AFTER,
                                    .closes = now + STAGE_OPEN_FOR};
    TRY(draft_runoff(record, bytes_of_string(previous->id), &plan, &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_OFFICER);
}

static struct result state_again(struct stage *stage, struct step_outcome *outcome,
                                 const struct round *first)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(draft_result(client_record(&stage->client), bytes_of_string(first->id), &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_SCRUTINEERS);
}

struct result step_runoff(struct stage *stage, struct step_outcome *outcome)
{
    struct record *record = client_record(&stage->client);
    const struct election *election;
    struct rounds rounds = {.count = 0};
    struct runoff_choice choice;
    uint64_t grade;

    TRY(view_meeting_elections(record, stage_meeting(stage), take_round, &rounds));
    if (!rounds.latest.decided || !rounds.first.decided) {
        return OK;
    }
    TRY(runoff_tied_grade(record, &rounds.first.manifest, &grade));
    if (grade == 0) {
        return OK;
    }
    TRY(record_election(record, &rounds.first.manifest, &election));
    TRY(runoff_settle(record, election, grade, &choice));
    return choice.settled ? state_again(stage, outcome, &rounds.first)
                          : open_runoff(stage, outcome, &rounds);
}
