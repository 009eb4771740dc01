#include "record/report.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/conflict.h"
#include "record/must_sign.h"
#include "record/organisation.h"
#include "record/query.h"
#include "record/sign_off.h"
#include "record/state.h"
#include "record/team.h"

/* --- what stands --- */

static const char SELECT_REPORT[] =
    "SELECT team, kind = '" REPORT_SITE "', newest, file, state = 'void' FROM report"
    " JOIN report_version ON report = id AND version = newest WHERE id = :id";

struct result report_load(struct record *record, struct bytes id, struct report *out)
{
    AUTO_QUERY query = query_start(record, SELECT_REPORT);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "report.unknown");
    state_copy_id(id, out->id);
    state_copy_id(query_text(&query, 0), out->team);
    out->is_site = query_number(&query, 1) != 0;
    out->version = query_number(&query, 2);
    out->is_void = query_number(&query, 4) != 0;
    return query_fixed(&query, 3, out->file.bytes, sizeof out->file.bytes);
}

struct result report_require_standing(const struct fold *fold, struct report *out)
{
    uint64_t version;

    TRY(report_load(fold->record, statement_value(fold->statement, "报告"), out));
    TRY(statement_number(fold->statement, "版本", &version));
    REQUIRE(version == out->version, CONFLICT, "report.superseded");
    REQUIRE(!out->is_void, CONFLICT, "report.voided");
    return OK;
}

struct result report_check_file(const struct fold *fold, const struct report *report)
{
    struct hash32 file;

    TRY(statement_hash(fold->statement, "文件", &file));
    REQUIRE(hash32_equal(&file, &report->file), INVALID, "report.hash");
    return OK;
}

static const char SELECT_SUBJECTS[] =
    "SELECT organisation, cycle FROM report JOIN team ON team.id = report.team"
    " JOIN report_subject ON report_subject.report = report.id WHERE report.id = :id";

struct result report_check_conflict(const struct fold *fold, const struct report *report,
                                    struct bytes person)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_SUBJECTS);
    bool row, stands;

    query_bind_text(&query, ":id", bytes_of_string(report->id));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(conflict_stands(fold->record, query_text(&query, 1), person, query_text(&query, 0),
                            &stands));
        REQUIRE(!stands, CONFLICT, "report.conflict");
        TRY(query_step(&query, &row));
    }
    return OK;
}

/* --- what changes --- */

static const char INSERT_ACT[] = "INSERT INTO report_act (report, version, position)"
                                 " SELECT id, newest, :position FROM report WHERE id = :id";

static const char UPDATE_STATE[] =
    "WITH computed AS (SELECT CASE"
    "  WHEN SUM(opinion IS '" OPINION_AGAINST "') > 0 THEN 'blocked'"
    "  WHEN SUM(signed IS NULL AND refused IS NULL) = 0 THEN 'complete'"
    "  ELSE 'open' END AS state FROM must_sign JOIN report ON id = report AND newest = version"
    "  WHERE id = :id)"
    " UPDATE report_version SET state = (SELECT state FROM computed), since = :position"
    " WHERE report = :id AND version = (SELECT newest FROM report WHERE id = :id)"
    " AND state <> 'void' AND state <> (SELECT state FROM computed)";

static const char UPDATE_VOID[] =
    "UPDATE report_version SET state = 'void', since = :position, void_how = :how"
    " WHERE report = :id AND version = (SELECT newest FROM report WHERE id = :id)"
    " AND state <> 'void'";

static struct result run_of_report(const struct fold *fold, const char *sql, struct bytes id)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", id);
    return query_run(&query);
}

struct result report_settle(const struct fold *fold, struct bytes id)
{
    TRY(run_of_report(fold, INSERT_ACT, id));
    return run_of_report(fold, UPDATE_STATE, id);
}

struct result report_make_void(const struct fold *fold, struct bytes id, const char *how)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_VOID);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", id);
    query_bind_text(&query, ":how", bytes_of_string(how));
    TRY(query_run(&query));
    return run_of_report(fold, INSERT_ACT, id);
}

/* --- report.file --- */

static const char SELECT_KEPT[] =
    "SELECT kind = :kind AND team = :team AND :subjects ="
    " (SELECT COUNT(*) FROM report_subject WHERE report = id), newest FROM report WHERE id = :id";

static const char SELECT_KEPT_SUBJECT[] =
    "SELECT 1 FROM report_subject WHERE report = :id AND organisation = :organisation";

static struct result check_kept_subject(const struct fold *fold, size_t place)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEPT_SUBJECT);
    bool row;

    query_bind_text(&query, ":id", statement_value(fold->statement, "报告"));
    query_bind_text(&query, ":organisation",
                    statement_value_at(fold->statement, "受评组织", place));
    TRY(query_step(&query, &row));
    REQUIRE(row, CONFLICT, "report.kept");
    return OK;
}

/* The next version of what stands, about the same; or the first of a new report. */
static struct result check_version(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEPT);
    const size_t subjects = statement_count(fold->statement, "受评组织");
    uint64_t version;
    bool row;

    TRY(statement_number(fold->statement, "版本", &version));
    query_bind_text(&query, ":kind", statement_value(fold->statement, "种类"));
    query_bind_text(&query, ":team", statement_value(fold->statement, "评审组"));
    query_bind_number(&query, ":subjects", subjects);
    query_bind_text(&query, ":id", statement_value(fold->statement, "报告"));
    TRY(query_step(&query, &row));
    REQUIRE(version == (row ? query_number(&query, 1) + 1 : 1), CONFLICT, "report.version");
    if (!row) {
        return OK;
    }
    REQUIRE(query_number(&query, 0), CONFLICT, "report.kept");
    for (size_t i = 0; i < subjects; i++) {
        TRY(check_kept_subject(fold, i));
    }
    return OK;
}

static struct result check_subjects(const struct fold *fold, const struct team *team)
{
    const size_t count = statement_count(fold->statement, "受评组织");
    bool reviewed;

    REQUIRE(count == 1 || !bytes_is(statement_value(fold->statement, "种类"), REPORT_SITE), INVALID,
            "report.subjects");
    TRY(organisation_check_order(fold, "受评组织", "report.subjects"));
    for (size_t i = 0; i < count; i++) {
        TRY(team_reviews(fold->record, bytes_of_string(team->id),
                         statement_value_at(fold->statement, "受评组织", i), &reviewed));
        REQUIRE(reviewed, INVALID, "report.subjects");
    }
    return OK;
}

static struct result check_numbers(const struct fold *fold)
{
    uint64_t size;

    TRY(statement_number(fold->statement, "大小", &size));
    REQUIRE(size >= 1 && size <= REPORT_SIZE_MAX, INVALID, "report.size");
    return OK;
}

static struct result check_deadline(const struct fold *fold)
{
    int64_t deadline;

    TRY(statement_time(fold->statement, "签署期限", &deadline));
    REQUIRE(deadline > (int64_t)fold->time &&
                deadline - (int64_t)fold->time <= (int64_t)REPORT_TERM_MAX,
            INVALID, "report.deadline");
    return OK;
}

struct member_check {
    const struct fold *fold;
    const struct team *team;
};

static struct result check_member(void *context, struct bytes person)
{
    const struct member_check *check = context;

    TRY(team_check_reviewer(check->fold->record, person));
    return team_check_conflicts(check->fold, bytes_of_string(check->team->cycle), person);
}

static struct result check_file(const struct fold *fold)
{
    struct team team;
    struct member_check check = {fold, &team};

    TRY(team_load(fold->record, bytes_of_string(fold->prepared->subject.team), &team));
    TRY(check_version(fold));
    TRY(check_subjects(fold, &team));
    TRY(check_numbers(fold));
    TRY(must_sign_check(fold, &team));
    TRY(check_deadline(fold));
    return team_members(fold->record, bytes_of_string(team.id), check_member, &check);
}

static const char INSERT_REPORT[] =
    "INSERT INTO report (id, kind, team, position, newest) VALUES (:id, :kind, :team, :position, 1)"
    " ON CONFLICT (id) DO UPDATE SET newest = newest + 1";

static struct result insert_report(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_REPORT);

    query_bind_text(&query, ":id", statement_value(fold->statement, "报告"));
    query_bind_text(&query, ":kind", statement_value(fold->statement, "种类"));
    query_bind_text(&query, ":team", statement_value(fold->statement, "评审组"));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

static const char INSERT_SUBJECT[] =
    "INSERT OR IGNORE INTO report_subject (report, organisation) VALUES (:report, :organisation)";

static struct result insert_subjects(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "受评组织");

    for (size_t i = 0; i < count; i++) {
        AUTO_QUERY query = query_start(fold->record, INSERT_SUBJECT);

        query_bind_text(&query, ":report", statement_value(fold->statement, "报告"));
        query_bind_text(&query, ":organisation",
                        statement_value_at(fold->statement, "受评组织", i));
        TRY(query_run(&query));
    }
    return OK;
}

static const char INSERT_VERSION[] =
    "INSERT INTO report_version"
    " (report, version, position, title, file, size, format, deadline, state, since)"
    " VALUES (:report, :version, :position, :title, :file, :size, :format, :deadline, 'open',"
    " :position)";

static struct result insert_version(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_VERSION);
    const struct statement *statement = fold->statement;
    uint64_t version, size;
    struct hash32 file;
    int64_t deadline;

    TRY(statement_number(statement, "版本", &version));
    TRY(statement_number(statement, "大小", &size));
    TRY(statement_hash(statement, "文件", &file));
    TRY(statement_time(statement, "签署期限", &deadline));
    query_bind_text(&query, ":report", statement_value(statement, "报告"));
    query_bind_number(&query, ":version", version);
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":title", statement_value(statement, "标题"));
    query_bind_blob(&query, ":file", BYTES(file.bytes));
    query_bind_number(&query, ":size", size);
    query_bind_text(&query, ":format", statement_value(statement, "格式"));
    query_bind_number(&query, ":deadline", (uint64_t)deadline);
    return query_run(&query);
}

/* While the version before is still the newest one, it becomes void. */
static struct result apply_file(const struct fold *fold)
{
    const struct bytes id = statement_value(fold->statement, "报告");

    TRY(report_make_void(fold, id, "superseded"));
    TRY(insert_report(fold));
    TRY(insert_subjects(fold));
    TRY(insert_version(fold));
    TRY(must_sign_insert(fold));
    return run_of_report(fold, INSERT_ACT, id);
}

/* --- rows --- */

static const char *const KINDS[] = {REPORT_PAPER, REPORT_SITE, 0};
static const char *const FORMATS[] = {"PDF", "JPEG", "PNG", "TXT", 0};
static const char *const CAPACITIES[] = {CAPACITY_LEADER, CAPACITY_REVIEWER, CAPACITY_SUBJECT, 0};
static const char *const OPINIONS[] = {OPINION_FOR, OPINION_RESERVED, OPINION_AGAINST, 0};

#define FIELD_WORD(label, words)         \
    {                                    \
        label, KIND_WORD, 1, 1, words, 0 \
    }

static const struct field_type FILE_FIELDS[] = {
    FIELD_ONE("报告", KIND_ID),    FIELD_ONE("版本", KIND_NUMBER),   FIELD_WORD("种类", KINDS),
    FIELD_ONE("评审组", KIND_ID),  FIELD_SOME("受评组织", KIND_ID),  FIELD_ONE("标题", KIND_TEXT),
    FIELD_ONE("文件", KIND_HASH),  FIELD_ONE("大小", KIND_NUMBER),   FIELD_WORD("格式", FORMATS),
    FIELD_SOME("须签", KIND_LINE), FIELD_ONE("签署期限", KIND_TIME),
};
static const struct field_type SIGN[] = {
    FIELD_ONE("报告", KIND_ID),          FIELD_ONE("版本", KIND_NUMBER),
    FIELD_ONE("文件", KIND_HASH),        FIELD_ONE("签署人", KIND_ID),
    FIELD_WORD("身份", CAPACITIES),      FIELD_WORD("意见", OPINIONS),
    FIELD_OPTIONAL("理由", KIND_HIDDEN), FIELD_ONE("日志条数", KIND_NUMBER),
    FIELD_ONE("日志根", KIND_HASH),      FIELD_ONE("时间", KIND_TIME),
};
static const struct field_type VOID[] = {
    FIELD_ONE("报告", KIND_ID),
    FIELD_ONE("版本", KIND_NUMBER),
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type REFUSAL[] = {
    FIELD_ONE("报告", KIND_ID),     FIELD_ONE("版本", KIND_NUMBER),
    FIELD_ONE("文件", KIND_HASH),   FIELD_ONE("组织", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN), FIELD_OPTIONAL("组织说明", KIND_HIDDEN),
    FIELD_ONE("时间", KIND_TIME),
};

static const struct statement_type FILE_TYPE = ROW("report.file", FILE_FIELDS);
static const struct statement_type SIGN_TYPE = ROW("report.sign", SIGN);
static const struct statement_type VOID_TYPE = ROW("report.void", VOID);
static const struct statement_type REFUSAL_TYPE = ROW("report.refusal", REFUSAL);

static const struct type ROWS[] = {
    {
        .row = &FILE_TYPE,
        .signers = SIGNED_BY(SIGNER_TEAM_LEADER),
        .subject = SUBJECT_TEAM,
        .article = "第十八条、第十九条",
        .remark = "须签 is the team, and for a site report the organisation; voids older versions",
        .check = check_file,
        .apply = apply_file,
    },
    {
        .row = &SIGN_TYPE,
        .signers = SIGNED_BY(SIGNER_SIGNATORY),
        .subject = SUBJECT_REPORT,
        .article = "第十八条、第十九条",
        .remark = "the newest version; once; 理由 with 保留意见 and 不同意 only",
        .check = sign_check,
        .apply = sign_apply,
    },
    {
        .row = &VOID_TYPE,
        .signers = SIGNED_BY_EITHER(SIGNER_TEAM_LEADER, SIGNER_OFFICER, SIGNER_OFFICER),
        .subject = SUBJECT_REPORT,
        .article = "第十八条、第十九条",
        .remark = "the newest version, in any state but void",
        .check = void_check,
        .apply = void_apply,
    },
    {
        .row = &REFUSAL_TYPE,
        .signers = SIGNED_BY(SIGNER_TEAM_LEADER, SIGNER_OFFICER),
        .subject = SUBJECT_REPORT,
        .article = "第十九条",
        .remark = "witnessed; of a site report whose organisation has not signed",
        .check = refuse_check,
        .apply = refuse_apply,
    },
};

const struct type_list REPORT_TYPES = {"audit/record/report.c", "Reports", ROWS,
                                       sizeof ROWS / sizeof ROWS[0]};
