/* What the review of the demonstration stands on: who is reviewed, by whom, and who may not. */
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "protocol/statement.h"
#include "record/view_report.h"
#include "server/demo_stage.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const OFFICER[] = {"officer-1", NULL};
static const char *const OFFICERS[] = {"officer-1", "officer-2", NULL};

/* --- organisations --- */

static struct result take_organisation(void *context, const struct view_organisation *row)
{
    (void)context;
    (void)row;
    return OK;
}

static struct result register_body(struct stage *stage, const struct cast_body *body)
{
    const struct stage_field fields[] = {{"组织", body->id},
                                         {"名称", body->name},
                                         {"统一社会信用代码", body->code},
                                         {"代表", body->delegate}};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(stage_compose(stage, "organisation.register", fields, COUNT(fields), &text));
    return stage_sign(stage, buffer_view(&text), OFFICERS, NULL);
}

struct result step_organisations(struct stage *stage, struct step_outcome *outcome)
{
    struct record *record = client_record(&stage->client);

    for (size_t i = 0; i < CAST_BODY_COUNT; i++) {
        const struct result found =
            view_organisation(record, bytes_of_string(CAST_BODIES[i].id), take_organisation, NULL);

        if (found.failure != NOT_FOUND) {
            TRY(found);
            continue;
        }
        TRY(register_body(stage, &CAST_BODIES[i]));
        outcome->acted = true;
    }
    return OK;
}

static struct result take_list(void *context, const struct view_review *row)
{
    *(bool *)context = row->qualified_index != VIEW_NONE;
    return OK;
}

struct result step_list(struct stage *stage, struct step_outcome *outcome)
{
    const struct sitting *const year = stage->sitting;
    const struct stage_field fields[] = {{"周期", year->cycle}};
    AUTO_BUFFER text = BUFFER_INIT;
    bool stands = false;

    TRY(view_review(client_record(&stage->client), bytes_of_string(year->cycle), take_list,
                    &stands));
    if (stands) {
        return OK;
    }
    TRY(stage_compose(stage, "qualification.list", fields, COUNT(fields), &text));
    for (size_t i = 0; i < year->body_count; i++) {
        TRY(statement_add_text(&text, "合格", CAST_BODIES[year->first_body + i].id));
    }
    outcome->acted = true;
    return stage_sign(stage, buffer_view(&text), OFFICERS, NULL);
}

/* --- undertakings and conflicts --- */

static struct result undertake(struct stage *stage, const char *person)
{
    const struct stage_field fields[] = {
        {"周期", stage->sitting->cycle},
        {"人员", person},
        {"承诺", "对评审中知悉的商业秘密、评审情况和未公布的结果保密，不向任何人泄露。（演示）"}};
    const char *const signer[] = {person, NULL};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(stage_compose(stage, "secrecy.undertake", fields, COUNT(fields), &text));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

/* A line for every organisation of the list, in its order. */
static struct result add_interests(bool interested, struct buffer *text)
{
    char line[80];

    for (size_t i = 0; i < CAST_BODY_COUNT; i++) {
        const bool conflict = interested && strcmp(CAST_BODIES[i].id, CAST_INTEREST) == 0;

        (void)snprintf(line, sizeof line, "%s %s", CAST_BODIES[i].id, conflict ? "有" : "无");
        TRY(statement_add_text(text, "利益关系", line));
    }
    return OK;
}

static struct result declare(struct stage *stage, const char *person)
{
    const struct stage_field fields[] = {{"周期", stage->sitting->cycle}, {"人员", person}};
    const char *const signer[] = {person, NULL};
    const bool interested = strcmp(person, CAST_INTERESTED) == 0;
    struct stage_reason reason = {
        .type = "conflict.declare", .label = "说明", .value = "三年内曾为该单位提供咨询（演示）"};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(stage_compose(stage, "conflict.declare", fields, COUNT(fields), &text));
    TRY(add_interests(interested, &text));
    if (interested) {
        TRY(stage_add_reason(&reason, &text));
    }
    TRY(stage_sign(stage, buffer_view(&text), signer, NULL));
    return interested ? stage_open_reason(stage, &reason, buffer_view(&text)) : OK;
}

struct reviewer_state {
    const char *person;
    bool undertaken;
    bool declared;
};

static struct result take_reviewer(void *context, const struct view_reviewer *row)
{
    struct reviewer_state *state = context;

    if (bytes_is(row->person, state->person)) {
        state->undertaken = row->undertaken != VIEW_NONE;
        state->declared = row->declared != VIEW_NONE;
    }
    return OK;
}

struct result step_reviewers(struct stage *stage, struct step_outcome *outcome)
{
    for (size_t i = 0; i < CAST_COUNT; i++) {
        struct reviewer_state state = {.person = CAST[i].id};

        if (strcmp(CAST[i].role, "评审员") != 0) {
            continue;
        }
        TRY(view_review_reviewers(client_record(&stage->client),
                                  bytes_of_string(stage->sitting->cycle), take_reviewer, &state));
        if (!state.undertaken) {
            TRY(undertake(stage, state.person));
        }
        if (!state.declared) {
            TRY(declare(stage, state.person));
        }
        outcome->acted = outcome->acted || !state.undertaken || !state.declared;
    }
    return OK;
}

/* --- teams --- */

static struct result take_team(void *context, const struct view_team *row)
{
    (void)context;
    (void)row;
    return OK;
}

static struct result form(struct stage *stage, const struct cast_team *team)
{
    const struct stage_field fields[] = {
        {"评审组", team->id}, {"周期", stage->sitting->cycle}, {"组长", team->reviewers[0]}};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(stage_compose(stage, "team.form", fields, COUNT(fields), &text));
    for (size_t i = 0; i < CAST_TEAM_SIZE; i++) {
        TRY(statement_add_text(&text, "评审员", team->reviewers[i]));
    }
    for (size_t i = 0; i < team->body_count; i++) {
        TRY(statement_add_text(&text, "受评组织", CAST_BODIES[team->first_body + i].id));
    }
    return stage_sign(stage, buffer_view(&text), OFFICER, NULL);
}

struct result step_teams(struct stage *stage, struct step_outcome *outcome)
{
    for (size_t i = 0; i < CAST_TEAM_COUNT; i++) {
        const struct result found = view_team(client_record(&stage->client),
                                              bytes_of_string(CAST_TEAMS[i].id), take_team, NULL);

        if (found.failure != NOT_FOUND) {
            TRY(found);
            continue;
        }
        TRY(form(stage, &CAST_TEAMS[i]));
        outcome->acted = true;
    }
    return OK;
}
