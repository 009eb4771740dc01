/*
 * The reports of the demonstration: filed, handed in and signed. A helper signs whatever waits for
 * it once the document is there; the newcomer's line stays the newcomer's, and with --hands-on the
 * second team's leader and its organisation are the newcomer too. A representative signs last.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/report.h"
#include "record/sign_off.h"
#include "record/view_report.h"
#include "server/demo_document.h"
#include "server/demo_stage.h"
#include "verifier/file.h"

#define COUNT(array)  (sizeof(array) / sizeof(array)[0])
#define TERM_SECONDS  (7 * 86400)
#define PAUSE_SECONDS 4 /* before a representative signs, so that one sees it come */

/* A report that a helper files: the first `subjects` organisations of the team. */
struct plan {
    const char *id;
    const char *kind;
    const char *title;
    const struct cast_team *team;
    size_t subjects;
};

static const struct plan PLANS[] = {
    {STAGE_PAPER, REPORT_PAPER, "2026年度质量奖资料评审报告（第一评审组）", &CAST_TEAMS[0], 6},
    {STAGE_SITE, REPORT_SITE, "转塘示例文化创意有限公司现场评审报告", &CAST_TEAMS[1], 1},
};

static bool is_site(const struct plan *plan)
{
    return strcmp(plan->kind, REPORT_SITE) == 0;
}

/* --- the document --- */

/* The bytes that were filed: kept, because a PDF made again need not be the same. */
static struct result load_document(struct stage *stage, const struct plan *plan,
                                   struct buffer *document)
{
    const struct document_plan content = {.title = bytes_of_string(plan->title),
                                          .bodies = &CAST_BODIES[plan->team->first_body],
                                          .body_count = plan->subjects,
                                          .is_site = is_site(plan),
                                          .time = (uint64_t)time(NULL)};
    struct cast_file file;

    TRY(cast_file(stage->data, plan->id, "pdf", &file));
    const struct result result = file_read(file.path, document);
    if (result.failure != NOT_FOUND) {
        return result;
    }
    TRY(document_make(&content, document));
    return file_write(file.path, buffer_view(document));
}

/* --- filing --- */

static struct result add_must_sign(const struct plan *plan, struct buffer *text)
{
    char line[80];

    for (size_t i = 0; i < CAST_TEAM_SIZE; i++) {
        (void)snprintf(line, sizeof line, "%s %s", plan->team->reviewers[i],
                       i == 0 ? CAPACITY_LEADER : CAPACITY_REVIEWER);
        TRY(statement_add_text(text, "须签", line));
    }
    if (is_site(plan)) {
        (void)snprintf(line, sizeof line, "%s %s", CAST_BODIES[plan->team->first_body].delegate,
                       CAPACITY_SUBJECT);
        TRY(statement_add_text(text, "须签", line));
    }
    return OK;
}

static struct result compose_filing(struct stage *stage, const struct plan *plan,
                                    struct bytes document, struct buffer *text)
{
    const struct stage_field fields[] = {
        {"报告", plan->id}, {"版本", "1"}, {"种类", plan->kind}, {"评审组", plan->team->id}};
    const struct hash32 file = sha256_of(document);

    TRY(stage_compose(stage, "report.file", fields, COUNT(fields), text));
    for (size_t i = 0; i < plan->subjects; i++) {
        TRY(statement_add_text(text, "受评组织", CAST_BODIES[plan->team->first_body + i].id));
    }
    TRY(statement_add_text(text, "标题", plan->title));
    TRY(statement_add_bytes(text, "文件", BYTES(file.bytes)));
    TRY(statement_add_number(text, "大小", document.size));
    TRY(statement_add_text(text, "格式", "PDF"));
    TRY(add_must_sign(plan, text));
    return statement_add_time(text, "签署期限", (int64_t)time(NULL) + TERM_SECONDS);
}

static struct result file_report(struct stage *stage, const struct plan *plan)
{
    const char *const signer[] = {plan->team->reviewers[0], NULL};
    AUTO_BUFFER document = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(load_document(stage, plan, &document));
    TRY(compose_filing(stage, plan, buffer_view(&document), &text));
    return stage_sign(stage, buffer_view(&text), signer, NULL);
}

static struct result take_file(void *context, const struct view_report *row)
{
    *(struct hash32 *)context = row->file;
    return OK;
}

/* The second report is the newcomer's to file with --hands-on: its leader's act. */
static bool is_mine(const struct stage *stage, const struct plan *plan)
{
    return !stage->hands_on || strcmp(plan->team->reviewers[0], CAST_LEADER) != 0;
}

struct result step_reports(struct stage *stage, struct step_outcome *outcome)
{
    struct hash32 file;

    for (size_t i = 0; i < COUNT(PLANS); i++) {
        const struct result found = view_report(client_record(&stage->client),
                                                bytes_of_string(PLANS[i].id), 1, take_file, &file);

        if (found.failure != NOT_FOUND || !is_mine(stage, &PLANS[i])) {
            continue;
        }
        TRY(file_report(stage, &PLANS[i]));
        outcome->acted = true;
    }
    return OK;
}

struct result step_documents(struct stage *stage, struct step_outcome *outcome)
{
    (void)outcome; /* nothing of it is in the log */
    for (size_t i = 0; i < COUNT(PLANS); i++) {
        AUTO_BUFFER document = BUFFER_INIT;
        struct hash32 file;
        bool stored;

        if (!is_mine(stage, &PLANS[i])) {
            continue;
        }
        TRY(view_report(client_record(&stage->client), bytes_of_string(PLANS[i].id), 1, take_file,
                        &file));
        TRY(client_has_document(&stage->client, &file, &stored));
        if (!stored) {
            TRY(load_document(stage, &PLANS[i], &document));
            TRY(client_put_document(&stage->client, buffer_view(&document)));
        }
    }
    return OK;
}

/* --- signatures --- */

/* The first line that waits for a helper. */
struct turn {
    struct stage *stage;
    bool found;
    char report[RECORD_ID_SIZE];
    char person[RECORD_ID_SIZE];
    char capacity[RECORD_ID_SIZE];
    uint64_t version;
    struct hash32 file;
    uint64_t waiting; /* lines of the report that are not done */
    uint64_t last;    /* time of its last signature */
};

static const struct cast_person *find_helper(const struct stage *stage, struct bytes person)
{
    if (bytes_is(person, CAST_NEWCOMER_REVIEWER) ||
        (stage->hands_on && (bytes_is(person, CAST_LEADER) || bytes_is(person, CAST_DELEGATE)))) {
        return NULL;
    }
    for (size_t i = 0; i < CAST_COUNT; i++) {
        if (bytes_is(person, CAST[i].id)) {
            return &CAST[i];
        }
    }
    return NULL;
}

static void copy_word(char out[static RECORD_ID_SIZE], struct bytes word)
{
    (void)snprintf(out, RECORD_ID_SIZE, "%.*s", (int)word.size, (const char *)word.data);
}

static struct result look_at_line(void *context, const struct view_report_signer *row)
{
    struct turn *turn = context;
    const bool waits = row->index == VIEW_NONE && row->refusal == VIEW_NONE;
    const bool represents = bytes_is(row->capacity, CAPACITY_SUBJECT);
    const uint64_t due = turn->last + PAUSE_SECONDS;

    if (!waits) {
        turn->last = row->time > turn->last ? row->time : turn->last;
        return OK;
    }
    if (turn->found || find_helper(turn->stage, row->person) == NULL ||
        (represents && (turn->waiting > 1 || (uint64_t)time(NULL) < due))) {
        return OK;
    }
    copy_word(turn->person, row->person);
    copy_word(turn->capacity, row->capacity);
    turn->found = true;
    return OK;
}

static struct result look_at_report(void *context, const struct view_report *row)
{
    struct turn *turn = context;
    bool stored;

    if (turn->found || strcmp(row->state, "void") == 0 || row->done == row->lines) {
        return OK;
    }
    TRY(client_has_document(&turn->stage->client, &row->file, &stored));
    if (!stored) {
        return OK;
    }
    copy_word(turn->report, row->id);
    turn->version = row->version;
    turn->file = row->file;
    turn->waiting = row->lines - row->done;
    turn->last = 0;
    return view_report_signers(client_record(&turn->stage->client), row->id, row->version,
                               look_at_line, turn);
}

static struct result compose_signature(struct turn *turn, struct stage_reason *reason,
                                       struct buffer *text)
{
    const struct stage_field fields[] = {{"报告", turn->report}};
    struct merkle_head head;

    TRY(journal_load_head(client_record(&turn->stage->client), &head));
    TRY(stage_compose(turn->stage, "report.sign", fields, COUNT(fields), text));
    TRY(statement_add_number(text, "版本", turn->version));
    TRY(statement_add_bytes(text, "文件", BYTES(turn->file.bytes)));
    TRY(statement_add_text(text, "签署人", turn->person));
    TRY(statement_add_text(text, "身份", turn->capacity));
    TRY(statement_add_text(text, "意见", reason == NULL ? OPINION_FOR : OPINION_RESERVED));
    if (reason != NULL) {
        TRY(stage_add_reason(reason, text));
    }
    TRY(statement_add_number(text, "日志条数", head.size));
    TRY(statement_add_bytes(text, "日志根", BYTES(head.root.bytes)));
    return statement_add_time(text, "时间", (int64_t)time(NULL));
}

/* One of the second team has a reservation about the first version it is shown. */
static struct result sign(struct turn *turn)
{
    const char *const signer[] = {turn->person, NULL};
    const bool reserved = strcmp(turn->person, CAST_RESERVED) == 0 && turn->version == 1;
    struct stage_reason reason = {
        .type = "report.sign",
        .label = "理由",
        .value = "“过程管理”一节所引的2025年改进项目数据只有电子件，建议归档时补原件。（演示）"};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(compose_signature(turn, reserved ? &reason : NULL, &text));
    TRY(stage_sign(turn->stage, buffer_view(&text), signer, NULL));
    return reserved ? stage_open_reason(turn->stage, &reason, buffer_view(&text)) : OK;
}

struct result step_signatures(struct stage *stage, struct step_outcome *outcome)
{
    struct turn turn = {.stage = stage};

    TRY(view_reports(client_record(&stage->client), look_at_report, &turn));
    if (!turn.found) {
        return OK;
    }
    outcome->acted = true;
    return sign(&turn);
}

stage_step *const REVIEW_PLAY[] = {step_documents, step_signatures};
const size_t REVIEW_PLAY_COUNT = COUNT(REVIEW_PLAY);
