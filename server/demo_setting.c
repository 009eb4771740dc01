/* What stands before the newcomer comes: cycle, keys, meeting, sign-ins, recusal, draw. */
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

static struct result note_row(void *context, const struct view_cycle *row)
{
    (void)row;
    *(bool *)context = true;
    return OK;
}

static struct result step_cycle(struct stage *stage, struct step_outcome *outcome)
{
    static const struct stage_field FIELDS[] = {
        {"周期", STAGE_CYCLE},
        {"年度", "2026"},
        {"规则文件", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
        {"细则文号", "示例评审办〔2026〕1号"},
        {"法定人数", "2/3"},
        {"加投上限", "2"},
        {"等次", "0 0 不授奖"},
        {"等次", "1 1 提名奖"},
        {"等次", "2 1024 质量奖"},
        {"限额", "3 2"},
        {"限额", "9 1 2"},
        {"席位", "2 3"},
        {"席位", "1 9"},
        {"通过", "2 2/3 实到 不少于"},
        {"通过", "1 2 1/2 实到 超过"},
    };
    AUTO_BUFFER text = BUFFER_INIT;
    bool stands = false;

    TRY(view_cycles(client_record(&stage->client), note_row, &stands));
    if (stands) {
        return OK;
    }
    TRY(stage_compose(stage, "cycle.open", FIELDS, COUNT(FIELDS), &text));
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

static struct result step_ceremony(struct stage *stage, struct step_outcome *outcome)
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

static struct result add_members(struct buffer *text)
{
    for (size_t i = 0; i < CAST_COUNT; i++) {
        if (strcmp(CAST[i].role, "委员") == 0) {
            TRY(statement_add_text(text, "应到", CAST[i].id));
        }
    }
    return OK;
}

static struct result add_bodies(struct buffer *text)
{
    char line[256];

    TRY(statement_add_number(text, "法定人数", (2 * CAST_MEMBERS + 2) / 3));
    for (size_t i = 0; i < CAST_BODY_COUNT; i++) {
        (void)snprintf(line, sizeof line, "%s %s", CAST_BODIES[i].id, CAST_BODIES[i].name);
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

static struct result step_meeting(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    static const struct stage_field FIELDS[] = {
        {"会议", STAGE_MEETING}, {"周期", STAGE_CYCLE}, {"地点", "西泠示例会议室"}};

    const struct result result =
        view_meeting(client_record(&stage->client), LITERAL(STAGE_MEETING), take_nothing, NULL);
    if (result.failure != NOT_FOUND) {
        return result;
    }
    TRY(stage_compose(stage, "meeting.open", FIELDS, COUNT(FIELDS), &text));
    TRY(statement_add_time(&text, "召开时间", (int64_t)time(NULL)));
    TRY(statement_add_text(&text, "主持人", "chair-1"));
    TRY(statement_add_text(&text, "监票人", "scrutineer-1"));
    TRY(statement_add_text(&text, "监票人", "scrutineer-2"));
    TRY(add_members(&text));
    TRY(add_bodies(&text));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), CHAIR_AND_OFFICER, NULL);
}

/* The vote key is stored before the sign-in leaves: a sign-in without its key could not vote. */
static struct result sign_in(struct stage *stage, const char *person)
{
    SECRET_DEVICE device;
    SECRET_SCALAR vote_key;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *const signer[] = {person, NULL};

    TRY(cast_device(stage->data, person, buffer_view(&stage->client.origin), &device));
    TRY(act_signin(&device, client_record(&stage->client), LITERAL(STAGE_MEETING), &vote_key,
                   &text));
    TRY(cast_keep(stage->data, person, "vote-key", BYTES(vote_key.bytes)));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

static struct result step_signins(struct stage *stage, struct step_outcome *outcome)
{
    bool present;

    for (size_t i = 0; i < CAST_COUNT; i++) {
        if (strcmp(CAST[i].role, "委员") != 0 || strcmp(CAST[i].id, CAST_NEWCOMER) == 0) {
            continue;
        }
        TRY(stage_is_present(stage, CAST[i].id, &present));
        if (!present) {
            TRY(sign_in(stage, CAST[i].id));
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
    static const struct stage_field FIELDS[] = {
        {"会议", STAGE_MEETING}, {"人员", CAST_RECUSED}, {"候选", CAST_RECUSAL}};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER hidden = BUFFER_INIT;
    uint8_t salt[32];
    bool stands = false;

    TRY(view_meeting_recusals(client_record(&stage->client), LITERAL(STAGE_MEETING), note_recusal,
                              &stands));
    if (stands) {
        return OK;
    }
    secret_random(salt, sizeof salt);
    TRY(stage_hide("meeting.recuse", "理由", "亲属在该单位任职（演示）", salt, &hidden));
    TRY(stage_compose(stage, "meeting.recuse", FIELDS, COUNT(FIELDS), &text));
    TRY(statement_add(&text, "理由", buffer_view(&hidden)));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), SIGNER, NULL);
}

static struct result take_draw(void *context, const struct view_meeting *row)
{
    *(const char **)context = row->draw;
    return OK;
}

static struct result step_commit(struct stage *stage, struct step_outcome *outcome)
{
    static const struct stage_field FIELDS[] = {{"会议", STAGE_MEETING}};
    AUTO_BUFFER text = BUFFER_INIT;
    HASH_STATE hash;
    uint8_t bytes[32];
    struct hash32 commitment;
    const char *draw = "none";

    TRY(view_meeting(client_record(&stage->client), LITERAL(STAGE_MEETING), take_draw,
                     (void *)&draw));
    if (strcmp(draw, "none") != 0) {
        return OK;
    }
    secret_random(bytes, sizeof bytes);
    TRY(cast_keep(stage->data, "officer-1", "draw", BYTES(bytes)));
    hash_begin(&hash, "xiling/v1 draw commit");
    hash_text(&hash, STAGE_MEETING);
    hash_part(&hash, BYTES(bytes));
    hash_end_32(&hash, &commitment);
    TRY(stage_compose(stage, "draw.commit", FIELDS, COUNT(FIELDS), &text));
    TRY(statement_add_bytes(&text, "承诺", BYTES(commitment.bytes)));
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), OFFICER, NULL);
}

stage_step *const SETTING[] = {
    step_genesis,   step_people,       step_cycle,   step_ceremony,      step_meeting,
    step_signins,   step_recusal,      step_commit,  step_organisations, step_list,
    step_reviewers, step_teams,        step_reports, step_documents,     step_signatures,
    step_interests, step_notice_rules,
};
const size_t SETTING_COUNT = COUNT(SETTING);
