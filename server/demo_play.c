/*
 * The play itself, once the newcomer has signed in: freeze, draw, opening, ballots, close, shares,
 * result, minutes. With --hands-on the chair's and the officers' steps wait for the newcomer.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "pen/acts.h"
#include "pen/draft.h"
#include "pen/gather.h"
#include "pen/trustee_acts.h"
#include "protocol/statement.h"
#include "record/view.h"
#include "server/demo_stage.h"
#include "verifier/file.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const OFFICER[] = {"officer-1", NULL};
static const char *const CHAIR_AND_OFFICER[] = {"chair-1", "officer-1", NULL};
static const char *const CHAIR_AND_SCRUTINEERS[] = {"chair-1", "scrutineer-1", "scrutineer-2",
                                                    NULL};

/* What the log says of the meeting and of its latest round. */
struct scene {
    char id[64];         /* of that round */
    const char *meeting; /* "open", "frozen", "closed" */
    const char *draw;
    const char *election; /* "none", "open", "closed", "tallied", "decided", "cancelled" */
    uint64_t roll;
    uint64_t ballots;
    uint64_t burned;
    uint64_t opens;
    struct hash32 manifest;
    bool minuted;
};

static struct result take_meeting(void *context, const struct view_meeting *row)
{
    struct scene *scene = context;

    scene->meeting = row->state;
    scene->draw = row->draw;
    scene->minuted = row->minutes_index != VIEW_NONE;
    return OK;
}

static struct result take_election(void *context, const struct view_election *row)
{
    struct scene *scene = context;

    (void)snprintf(scene->id, sizeof scene->id, "%.*s", (int)row->id.size,
                   (const char *)row->id.data);
    scene->election = row->state;
    scene->roll = row->roll;
    scene->ballots = row->ballots;
    scene->burned = row->burned;
    scene->opens = row->opens;
    scene->manifest = row->manifest;
    return OK;
}

static struct result look(struct stage *stage, struct scene *scene)
{
    struct record *record = client_record(&stage->client);

    *scene = (struct scene){.meeting = "open", .draw = "none", .election = "none"};
    TRY(view_meeting(record, stage_meeting(stage), take_meeting, scene));
    return view_meeting_elections(record, stage_meeting(stage), take_election, scene);
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

struct result step_freeze(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;
    bool present;

    TRY(look(stage, &scene));
    if (!is(scene.meeting, "open")) {
        return OK;
    }
    if (stage->sitting->newcomer != NULL) {
        TRY(stage_is_present(stage, stage->sitting->newcomer, &present));
        if (!present) {
            outcome->blocked = true;
            return OK;
        }
    }
    TRY(draft_freeze(client_record(&stage->client), stage_meeting(stage), &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_OFFICER);
}

/* The committed bytes are the helper's, also with --hands-on: only it can reveal them. */
struct result step_reveal(struct stage *stage, struct step_outcome *outcome)
{
    const struct stage_field fields[] = {{"会议", stage->sitting->meeting}};
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;
    uint8_t bytes[32];

    TRY(look(stage, &scene));
    if (!is(scene.draw, "committed")) {
        return OK;
    }
    TRY(cast_recall(stage->data, "officer-1", "draw", bytes));
    TRY(stage_compose(stage, "draw.reveal", fields, COUNT(fields), &text));
    TRY(statement_add_bytes(&text, "随机数", BYTES(bytes)));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), OFFICER, NULL);
}

struct result step_open(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;
    const int64_t now = (int64_t)time(NULL);

    TRY(look(stage, &scene));
    if (!is(scene.election, "none")) {
        return OK;
    }
    const struct draft_plan plan = {.id = bytes_of_string(stage->sitting->election),
                                    .meeting = stage_meeting(stage),
                                    .ceremony = LITERAL(STAGE_CEREMONY),
                                    .window = stage->sitting->window,
                                    .opens = now + STAGE_OPENS_AFTER,
                                    .closes = now + STAGE_OPEN_FOR};
    TRY(draft_manifest(client_record(&stage->client), &plan, &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_OFFICER);
}

/* --- ballots --- */

/* In a runoff the helpers agree on the first of the list, so that it ends the tie. */
static uint8_t choose_in_runoff(const struct election *election, size_t place)
{
    return election->limit_count > 0 && place < election->limits[0].max ? 1 : 0;
}

/* The place of a body among those of the year. */
static size_t body_of(const struct sitting *year, struct bytes id)
{
    size_t i = 0;

    while (i < year->body_count && !bytes_is(id, CAST_BODIES[year->first_body + i].id)) {
        i++;
    }
    return i;
}

static struct result cast_ballot(struct stage *stage, const struct election *election,
                                 const char *person, size_t member)
{
    const struct sitting *const year = stage->sitting;
    SECRET_SCALAR vote_key;
    AUTO_BUFFER note = BUFFER_INIT;
    uint8_t choices[CANDIDATES_MAX];
    const size_t place = election_find_member(election, bytes_of_string(person));

    for (size_t i = 0; i < election->candidate_count; i++) {
        const bool recused =
            place < election->roll_count && election_is_recused(election, place, i);

        choices[i] = recused ? 0
                     : election->round > 1
                         ? choose_in_runoff(election, i)
                         : year->choose(member, body_of(year, election->candidates[i].id));
    }
    TRY(cast_recall(stage->data, person, "vote-key", vote_key.bytes));
    TRY(act_ballot(election, &vote_key, (struct bytes){choices, election->candidate_count}, &note));
    return client_post(&stage->client, buffer_view(&note), NULL);
}

/* One helper a turn, so that ballots come in as they do in a meeting. */
struct result step_ballots(struct stage *stage, struct step_outcome *outcome)
{
    const struct election *election;
    struct scene scene;
    uint8_t cast[32];

    TRY(look(stage, &scene));
    if (!is(scene.election, "open")) {
        return OK;
    }
    if ((uint64_t)time(NULL) < scene.opens) {
        outcome->blocked = true;
        return OK;
    }
    TRY(record_election(client_record(&stage->client), &scene.manifest, &election));
    for (size_t i = 0; i < stage->sitting->helpers; i++) {
        const char *const person = cast_member(i)->id;

        if (!is_ok(cast_recall(stage->data, person, "cast", cast)) ||
            memcmp(cast, scene.manifest.bytes, sizeof cast) != 0) {
            TRY(cast_ballot(stage, election, person, i));
            outcome->acted = true;
            return cast_keep(stage->data, person, "cast", BYTES(scene.manifest.bytes));
        }
    }
    return OK;
}

/* --- after the last ballot --- */

struct result step_close(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;

    TRY(look(stage, &scene));
    if (!is(scene.election, "open")) {
        return OK;
    }
    if (scene.ballots + scene.burned < scene.roll) {
        outcome->blocked = true;
        return OK;
    }
    TRY(draft_close(client_record(&stage->client), bytes_of_string(scene.id), &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_OFFICER);
}

struct shares {
    bool given[2]; /* of the trustees who play along */
    const char *const *persons;
};

static struct result look_at_share(void *context, const struct view_trustee *row)
{
    struct shares *shares = context;

    for (size_t i = 0; i < COUNT(shares->given); i++) {
        if (bytes_is(row->person, shares->persons[i])) {
            shares->given[i] = row->shared;
        }
    }
    return OK;
}

static struct result give_share(struct stage *stage, const char *person, const char *election)
{
    SECRET_DEVICE device;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *const signer[] = {person, NULL};

    TRY(cast_device(stage->data, person, buffer_view(&stage->client.origin), &device));
    TRY(act_share(&device, client_record(&stage->client), bytes_of_string(election), EMPTY_BYTES,
                  &text));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

/* Two of three open the sums; with --hands-on one of the two is the newcomer. */
struct result step_shares(struct stage *stage, struct step_outcome *outcome)
{
    static const char *const HELPERS[] = {"trustee-2", "trustee-3"};
    struct shares shares = {.persons = HELPERS};
    const size_t wanted = stage_is_hands_on(stage) ? 1 : 2;
    struct scene scene;

    TRY(look(stage, &scene));
    if (!is(scene.election, "closed")) {
        outcome->blocked = is(scene.election, "none");
        return OK;
    }
    TRY(view_election_trustees(client_record(&stage->client), &scene.manifest, look_at_share,
                               &shares));
    for (size_t i = 0; i < wanted; i++) {
        if (!shares.given[i]) {
            outcome->acted = true;
            return give_share(stage, HELPERS[i], scene.id);
        }
    }
    outcome->blocked = true; /* for the newcomer's share */
    return OK;
}

struct result step_result(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;

    TRY(look(stage, &scene));
    if (!is(scene.election, "tallied")) {
        return OK;
    }
    TRY(draft_result(client_record(&stage->client), bytes_of_string(scene.id), &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_SCRUTINEERS);
}

struct result step_minutes(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene scene;

    TRY(look(stage, &scene));
    if (!is(scene.election, "decided") || scene.minuted) {
        return OK;
    }
    TRY(draft_minutes(client_record(&stage->client), stage_meeting(stage),
                      LITERAL("会议按表决清单表决，结果当场宣布，监票人核对无误。"), &text));
    return stage_official(stage, outcome, buffer_view(&text), CHAIR_AND_SCRUTINEERS);
}

stage_step *const PLAY[] = {step_freeze, step_reveal, step_open,   step_ballots, step_close,
                            step_shares, step_result, step_runoff, step_minutes, step_notice};
const size_t PLAY_COUNT = COUNT(PLAY);
