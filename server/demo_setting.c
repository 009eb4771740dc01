/* What stands before the newcomer comes: the year before, cycle, keys, meeting, sign-ins, draw. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "base/text.h"
#include "pen/acts.h"
#include "pen/trustee_acts.h"
#include "protocol/statement.h"
#include "record/view.h"
#include "server/demo_stage.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const OFFICER[] = {"officer-1", NULL};
static const char *const CHAIR_AND_OFFICER[] = {"chair-1", "officer-1", NULL};

/* --- cycle and keys --- */

struct search {
    const char *id;
    bool found;
};

static struct result note_row(void *context, const struct view_cycle *row)
{
    struct search *const search = context;

    search->found = search->found || bytes_is(row->id, search->id);
    return OK;
}

struct result step_cycle(struct stage *stage, struct step_outcome *outcome)
{
    const struct sitting *const year = stage->sitting;
    struct search search = {year->cycle, false};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(view_cycles(client_record(&stage->client), note_row, &search));
    if (search.found) {
        return OK;
    }
    TRY(stage_compose(stage, "cycle.open", year->rules, year->rule_count, &text));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), CHAIR_AND_OFFICER, NULL);
}

static struct result open_ceremony(struct stage *stage)
{
    AUTO_BUFFER text = BUFFER_INIT;
    static const char *const TRUSTEES[] = {"trustee-1", "trustee-2", "trustee-3"};
    static const struct stage_field FIELDS[] = {
        {"仪式", STAGE_CEREMONY}, {"门限", "2"}, {"人数", "3"}};

    TRY(stage_compose(stage, "trustee.ceremony", FIELDS, COUNT(FIELDS), &text));
    for (size_t i = 0; i < COUNT(TRUSTEES); i++) {
        AUTO_BUFFER line = BUFFER_INIT;
        struct hash32 enrolment;

        TRY(stage_enrolment(stage, TRUSTEES[i], &enrolment));
        TRY(buffer_append_decimal(&line, i + 1));
        TRY(buffer_append_text(&line, " "));
        TRY(buffer_append_text(&line, TRUSTEES[i]));
        TRY(buffer_append_text(&line, " "));
        TRY(base64_append(&line, BYTES(enrolment.bytes)));
        TRY(statement_add(&text, "受托人", buffer_view(&line)));
    }
    return stage_sign(stage, buffer_view(&text), CHAIR_AND_OFFICER, NULL);
}

typedef struct result trustee_act(const struct device *device, struct record *record,
                                  struct bytes ceremony, struct buffer *text);

/* The first trustee who has not done what the round asks. */
struct round {
    char person[64];
    trustee_act *act;
    bool dealing_done;
    bool confirming_done;
};

static void take_turn(struct round *round, struct bytes person, trustee_act *act)
{
    if (round->act == NULL && person.size < sizeof round->person) {
        memcpy(round->person, person.data, person.size);
        round->person[person.size] = 0;
        round->act = act;
    }
}

static struct result look_at_deals(void *context, const struct view_trustee *row)
{
    if (row->dealt == VIEW_NONE) {
        take_turn(context, row->person, act_deal);
    }
    return OK;
}

static struct result look_at_confirmations(void *context, const struct view_trustee *row)
{
    if (row->confirmed == VIEW_NONE) {
        take_turn(context, row->person, act_confirm);
    }
    return OK;
}

static struct result look_at_rehearsals(void *context, const struct view_trustee *row)
{
    if (row->rehearsed == VIEW_NONE) {
        take_turn(context, row->person, act_rehearse);
    }
    return OK;
}

static struct result find_turn(struct stage *stage, const struct hash32 *hash, struct round *round)
{
    struct record *record = client_record(&stage->client);

    TRY(view_ceremony_trustees(record, hash, look_at_deals, round));
    TRY(view_ceremony_trustees(record, hash, look_at_confirmations, round));
    return view_ceremony_trustees(record, hash, look_at_rehearsals, round);
}

static struct result take_hash(void *context, const struct view_ceremony *row)
{
    *(struct hash32 *)context = row->hash;
    return OK;
}

struct result step_ceremony(struct stage *stage, struct step_outcome *outcome)
{
    SECRET_DEVICE device;
    AUTO_BUFFER text = BUFFER_INIT;
    struct record *record = client_record(&stage->client);
    struct round round = {.act = NULL};
    struct hash32 hash;

    const struct result result = view_ceremony(record, LITERAL(STAGE_CEREMONY), take_hash, &hash);
    if (result.failure == NOT_FOUND) {
        outcome->acted = true;
        return open_ceremony(stage);
    }
    TRY(result);
    TRY(find_turn(stage, &hash, &round));
    if (round.act == NULL) {
        return OK;
    }
    const char *const signer[] = {round.person, NULL};
    outcome->acted = true;
    TRY(cast_device(stage->data, round.person, buffer_view(&stage->client.origin), &device));
    TRY(round.act(&device, record, LITERAL(STAGE_CEREMONY), &text));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

/* --- the meeting --- */

static struct result add_members(const struct sitting *year, struct buffer *text)
{
    for (size_t i = 0; i < year->members; i++) {
        TRY(statement_add_text(text, "应到", cast_member(i)->id));
    }
    return OK;
}

static struct result add_bodies(const struct sitting *year, struct buffer *text)
{
    char line[256];

    TRY(statement_add_number(text, "法定人数", (2 * year->members + 2) / 3));
    for (size_t i = 0; i < year->body_count; i++) {
        const struct cast_body *const body = &CAST_BODIES[year->first_body + i];

        (void)snprintf(line, sizeof line, "%s %s", body->id, body->name);
        TRY(statement_add_text(text, "候选", line));
    }
    return OK;
}

static struct result take_nothing(void *context, const struct view_meeting *row)
{
    (void)context;
    (void)row;
    return OK;
}

struct result step_meeting(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const struct sitting *const year = stage->sitting;
    const struct stage_field fields[] = {
        {"会议", year->meeting}, {"周期", year->cycle}, {"地点", "西泠示例会议室"}};

    const struct result result = view_meeting(client_record(&stage->client),
                                              bytes_of_string(year->meeting), take_nothing, NULL);
    if (result.failure != NOT_FOUND) {
        return result;
    }
    TRY(stage_compose(stage, "meeting.open", fields, COUNT(fields), &text));
    TRY(statement_add_time(&text, "召开时间", (int64_t)time(NULL)));
    TRY(statement_add_text(&text, "主持人", "chair-1"));
    TRY(statement_add_text(&text, "监票人", "scrutineer-1"));
    TRY(statement_add_text(&text, "监票人", "scrutineer-2"));
    TRY(add_members(year, &text));
    TRY(add_bodies(year, &text));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), CHAIR_AND_OFFICER, NULL);
}

/* The vote key is stored before the sign-in leaves: a sign-in without its key could not vote. That
 * of the year before is overwritten, which is over by then. */
static struct result sign_in(struct stage *stage, const char *person)
{
    SECRET_DEVICE device;
    SECRET_SCALAR vote_key;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *const signer[] = {person, NULL};

    TRY(cast_device(stage->data, person, buffer_view(&stage->client.origin), &device));
    TRY(act_signin(&device, client_record(&stage->client), stage_meeting(stage), &vote_key, &text));
    TRY(cast_keep(stage->data, person, "vote-key", BYTES(vote_key.bytes)));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

struct result step_signins(struct stage *stage, struct step_outcome *outcome)
{
    bool present;

    for (size_t i = 0; i < stage->sitting->helpers; i++) {
        TRY(stage_is_present(stage, cast_member(i)->id, &present));
        if (!present) {
            TRY(sign_in(stage, cast_member(i)->id));
            outcome->acted = true;
        }
    }
    return OK;
}

static struct result note_recusal(void *context, const struct view_recusal *row)
{
    (void)row;
    *(bool *)context = true;
    return OK;
}

static struct result step_recusal(struct stage *stage, struct step_outcome *outcome)
{
    static const char *const SIGNER[] = {CAST_RECUSED, NULL};
    const struct stage_field fields[] = {
        {"会议", stage->sitting->meeting}, {"人员", CAST_RECUSED}, {"候选", CAST_RECUSAL}};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER hidden = BUFFER_INIT;
    uint8_t salt[32];
    bool stands = false;

    TRY(view_meeting_recusals(client_record(&stage->client), stage_meeting(stage), note_recusal,
                              &stands));
    if (stands) {
        return OK;
    }
    secret_random(salt, sizeof salt);
    TRY(stage_hide("meeting.recuse", "理由", "亲属在该单位任职（演示）", salt, &hidden));
    TRY(stage_compose(stage, "meeting.recuse", fields, COUNT(fields), &text));
    TRY(statement_add(&text, "理由", buffer_view(&hidden)));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), SIGNER, NULL);
}

static struct result take_draw(void *context, const struct view_meeting *row)
{
    *(const char **)context = row->draw;
    return OK;
}

struct result step_commit(struct stage *stage, struct step_outcome *outcome)
{
    const struct stage_field fields[] = {{"会议", stage->sitting->meeting}};
    AUTO_BUFFER text = BUFFER_INIT;
    HASH_STATE hash;
    uint8_t bytes[32];
    struct hash32 commitment;
    const char *draw = "none";

    TRY(view_meeting(client_record(&stage->client), stage_meeting(stage), take_draw,
                     (void *)&draw));
    if (strcmp(draw, "none") != 0) {
        return OK;
    }
    secret_random(bytes, sizeof bytes);
    TRY(cast_keep(stage->data, "officer-1", "draw", BYTES(bytes)));
    hash_begin(&hash, "xiling/v1 draw commit");
    hash_text(&hash, stage->sitting->meeting);
    hash_part(&hash, BYTES(bytes));
    hash_end_32(&hash, &commitment);
    TRY(stage_compose(stage, "draw.commit", fields, COUNT(fields), &text));
    TRY(statement_add_bytes(&text, "承诺", BYTES(commitment.bytes)));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), OFFICER, NULL);
}

stage_step *const YEAR_BEFORE[] = {
    step_genesis,    step_people,    step_ceremony,     step_organisations, step_cycle,
    step_list,       step_interests, step_notice_rules, step_meeting,       step_signins,
    step_commit,     step_freeze,    step_reveal,       step_open,          step_ballots,
    step_close,      step_shares,    step_result,       step_minutes,       step_notice,
    step_objections, step_cases,
};
const size_t YEAR_BEFORE_COUNT = COUNT(YEAR_BEFORE);

stage_step *const SETTING[] = {
    step_cycle,      step_meeting,   step_signins,      step_recusal, step_commit,
    step_list,       step_reviewers, step_teams,        step_reports, step_documents,
    step_signatures, step_interests, step_notice_rules,
};
const size_t SETTING_COUNT = COUNT(SETTING);
