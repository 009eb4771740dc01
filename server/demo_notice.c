/*
 * The notice of the demonstration: who may handle objections, the rules, and, once the meeting is
 * minuted, the list of its result for seven days.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "base/text.h"
#include "protocol/statement.h"
#include "record/notice_rules.h"
#include "record/view.h"
#include "record/view_notice.h"
#include "record/view_report.h"
#include "record/workday.h"
#include "server/demo_stage.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const OFFICERS[] = {"officer-1", "officer-2", NULL};
static const char *const CHAIR_AND_OFFICER[] = {"chair-1", "officer-1", NULL};

static struct bytes stage_cycle(const struct stage *stage)
{
    return bytes_of_string(stage->sitting->cycle);
}

/* --- who handles objections declares interests first --- */

static struct result declare(struct stage *stage, const char *person)
{
    const struct stage_field fields[] = {{"周期", stage->sitting->cycle}, {"人员", person}};
    const char *const signer[] = {person, NULL};
    AUTO_BUFFER text = BUFFER_INIT;
    char line[80];

    TRY(stage_compose(stage, "conflict.declare", fields, COUNT(fields), &text));
    for (size_t i = 0; i < stage->sitting->body_count; i++) {
        (void)snprintf(line, sizeof line, "%s 无", CAST_BODIES[stage->sitting->first_body + i].id);
        TRY(statement_add_text(&text, "利益关系", line));
    }
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

/* A person's declarations, whatever the role. */
struct declared {
    const char *person;
    bool found;
};

static struct result take_declared(void *context, const struct view_reviewer *row)
{
    struct declared *declared = context;

    if (bytes_is(row->person, declared->person)) {
        declared->found = row->declared != VIEW_NONE;
    }
    return OK;
}

struct result step_interests(struct stage *stage, struct step_outcome *outcome)
{
    for (size_t i = 0; OFFICERS[i]; i++) {
        struct declared declared = {OFFICERS[i], false};

        TRY(view_review_reviewers(client_record(&stage->client), stage_cycle(stage), take_declared,
                                  &declared));
        if (!declared.found) {
            outcome->acted = true;
            TRY(declare(stage, OFFICERS[i]));
        }
    }
    return OK;
}

/* --- rules --- */

struct result step_notice_rules(struct stage *stage, struct step_outcome *outcome)
{
    const struct stage_field fields[] = {{"周期", stage->sitting->cycle},
                                         {"细则文号", stage->sitting->document},
                                         {"公示天数", "7"},
                                         {"受理工作日", "5"},
                                         {"调查工作日", "5"},
                                         {"答复工作日", "3"},
                                         {"补正工作日", "5"},
                                         {"材料时限", "24"},
                                         {"身份保存天数", "180"}};
    struct notice_rules rules;
    AUTO_BUFFER text = BUFFER_INIT;

    if (is_ok(notice_load_rules(client_record(&stage->client), stage_cycle(stage), &rules))) {
        return OK;
    }
    outcome->acted = true;
    TRY(stage_compose(stage, "notice.rules", fields, COUNT(fields), &text));
    return stage_sign(stage, buffer_view(&text), CHAIR_AND_OFFICER, NULL);
}

/* --- the notice --- */

#define MANIFESTS_MAX 8

struct seats {
    struct buffer *lines; /* of 名单 */
    struct hash32 manifests[MANIFESTS_MAX];
    size_t manifest_count;
};

static struct result take_seat(void *context, const struct view_seat *row)
{
    struct seats *const seats = context;
    char line[80];
    bool known = false;

    (void)snprintf(line, sizeof line, "%u %.*s", (unsigned)row->grade, (int)row->organisation.size,
                   (const char *)row->organisation.data);
    TRY(statement_add_text(seats->lines, "名单", line));
    for (size_t i = 0; i < seats->manifest_count; i++) {
        known = known || bytes_equal(row->manifest, BYTES(seats->manifests[i].bytes));
    }
    if (!known && seats->manifest_count < MANIFESTS_MAX) {
        memcpy(seats->manifests[seats->manifest_count++].bytes, row->manifest.data,
               sizeof seats->manifests[0].bytes);
    }
    return OK;
}

/* By their text in base64, as the fold asks. */
static struct result add_manifests(struct seats *seats, struct buffer *text)
{
    char last[64] = "";

    for (size_t done = 0; done < seats->manifest_count; done++) {
        char next[64] = "";

        for (size_t i = 0; i < seats->manifest_count; i++) {
            AUTO_BUFFER line = BUFFER_INIT;
            char held[64];

            TRY(base64_append(&line, BYTES(seats->manifests[i].bytes)));
            (void)snprintf(held, sizeof held, "%.*s", (int)line.size, (const char *)line.data);
            if (strcmp(held, last) > 0 && (next[0] == 0 || strcmp(held, next) < 0)) {
                memcpy(next, held, sizeof next);
            }
        }
        TRY(statement_add_text(text, "清单", next));
        memcpy(last, next, sizeof last);
    }
    return OK;
}

static struct result add_term(struct stage *stage, struct buffer *text)
{
    struct record *const record = client_record(&stage->client);
    const uint64_t now = (uint64_t)time(NULL);
    struct notice_rules rules;
    uint64_t end;

    TRY(notice_load_rules(record, stage_cycle(stage), &rules));
    TRY(workday_add_calendar(record, stage_cycle(stage), now, rules.notice_days, &end));
    TRY(statement_add_time(text, "开始", (int64_t)now));
    return statement_add_time(text, "结束", (int64_t)end);
}

static struct result write_notice(struct stage *stage, struct seats *seats, struct buffer *text)
{
    const struct stage_field fields[] = {{"公示", stage->sitting->notice},
                                         {"周期", stage->sitting->cycle}};

    TRY(stage_compose(stage, "notice.open", fields, COUNT(fields), text));
    TRY(add_manifests(seats, text));
    TRY(buffer_append(text, buffer_view(seats->lines)));
    for (size_t i = 0; OFFICERS[i]; i++) {
        TRY(statement_add_text(text, "承办人", OFFICERS[i]));
    }
    for (size_t i = 0; i < CAST_COUNT; i++) {
        if (strcmp(CAST[i].role, "保管人") == 0) {
            TRY(statement_add_text(text, "保管人", CAST[i].id));
        }
    }
    return add_term(stage, text);
}

static struct result take_notice(void *context, const struct view_notice *row)
{
    (void)context;
    (void)row;
    return OK;
}

struct result step_notice(struct stage *stage, struct step_outcome *outcome)
{
    struct record *const record = client_record(&stage->client);
    AUTO_BUFFER lines = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct seats seats = {.lines = &lines};

    const struct result known =
        view_notice(record, bytes_of_string(stage->sitting->notice), take_notice, NULL);
    if (known.failure != NOT_FOUND) {
        return known;
    }
    TRY(view_seats(record, stage_cycle(stage), take_seat, &seats));
    if (seats.manifest_count == 0) {
        return OK;
    }
    TRY(write_notice(stage, &seats, &text));
    return stage_official(stage, outcome, buffer_view(&text), OFFICERS);
}
