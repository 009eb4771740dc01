#include "record/notice_rules.h"

#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/query.h"
#include "record/workday.h"

/* --- what stands --- */

static const char SELECT_RULES[] =
    "SELECT notice_days, accept, investigate, answer, supplement, material_hours, keep_days"
    " FROM notice_rules WHERE cycle = :cycle";

struct result notice_load_rules(struct record *record, struct bytes cycle, struct notice_rules *out)
{
    AUTO_QUERY query = query_start(record, SELECT_RULES);
    bool row;

    query_bind_text(&query, ":cycle", cycle);
    TRY(query_step(&query, &row));
    REQUIRE(row, INVALID, "notice.rules");
    *out = (struct notice_rules){
        .notice_days = query_number(&query, 0),
        .accept = query_number(&query, 1),
        .investigate = query_number(&query, 2),
        .answer = query_number(&query, 3),
        .supplement = query_number(&query, 4),
        .material_hours = query_number(&query, 5),
        .keep_days = query_number(&query, 6),
    };
    return OK;
}

/* --- notice.rules --- */

static const struct limit {
    const char *label;
    const char *column;
    uint64_t max;
} LIMITS[] = {
    {"公示天数", ":notice_days", 60},     {"受理工作日", ":accept", 60},
    {"调查工作日", ":investigate", 60},   {"答复工作日", ":answer", 60},
    {"补正工作日", ":supplement", 60},    {"材料时限", ":material_hours", 168},
    {"身份保存天数", ":keep_days", 3650},
};
#define LIMIT_COUNT (sizeof LIMITS / sizeof LIMITS[0])

static struct result check_limits(const struct fold *fold)
{
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        uint64_t number;

        TRY(statement_number(fold->statement, LIMITS[i].label, &number));
        if (number < 1 || number > LIMITS[i].max) {
            return fail_field(INVALID, "notice.number", LIMITS[i].label, 0);
        }
    }
    return OK;
}

/* Dates, ascending. */
static struct result check_dates(const struct fold *fold, const char *label)
{
    uint64_t last = 0;

    for (size_t i = 0; i < statement_count(fold->statement, label); i++) {
        uint64_t day;
        const struct result read =
            workday_parse(statement_value_at(fold->statement, label, i), &day);

        if (!is_ok(read) || day <= last) {
            return fail_field(INVALID, "notice.date", label, i + 1);
        }
        last = day;
    }
    return OK;
}

static struct result check_apart(const struct fold *fold)
{
    for (size_t i = 0; i < statement_count(fold->statement, "放假"); i++) {
        for (size_t k = 0; k < statement_count(fold->statement, "调休上班"); k++) {
            REQUIRE(!bytes_equal(statement_value_at(fold->statement, "放假", i),
                                 statement_value_at(fold->statement, "调休上班", k)),
                    INVALID, "notice.date");
        }
    }
    return OK;
}

static struct result check_rules(const struct fold *fold)
{
    const struct bytes id = statement_value(fold->statement, "周期");
    struct notice_rules known;
    struct cycle cycle;

    TRY(cycle_load(fold->record, id, &cycle));
    REQUIRE(!is_ok(notice_load_rules(fold->record, id, &known)), CONFLICT, "notice.rules_known");
    TRY(check_limits(fold));
    TRY(check_dates(fold, "放假"));
    TRY(check_dates(fold, "调休上班"));
    return check_apart(fold);
}

static const char INSERT_RULES[] =
    "INSERT INTO notice_rules (cycle, position, notice_days, accept, investigate, answer,"
    " supplement, material_hours, keep_days) VALUES (:cycle, :position, :notice_days, :accept,"
    " :investigate, :answer, :supplement, :material_hours, :keep_days)";

static struct result insert_days(const struct fold *fold, const char *label, bool working)
{
    for (size_t i = 0; i < statement_count(fold->statement, label); i++) {
        uint64_t day;

        TRY(workday_parse(statement_value_at(fold->statement, label, i), &day));
        TRY(workday_insert(fold->record, statement_value(fold->statement, "周期"), day, working));
    }
    return OK;
}

static struct result apply_rules(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_RULES);

    query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
    query_bind_number(&query, ":position", fold->index);
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        uint64_t number;

        TRY(statement_number(fold->statement, LIMITS[i].label, &number));
        query_bind_number(&query, LIMITS[i].column, number);
    }
    TRY(query_run(&query));
    TRY(insert_days(fold, "放假", false));
    return insert_days(fold, "调休上班", true);
}

/* --- rows --- */

static const struct field_type RULES[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("细则文号", KIND_TEXT),
    FIELD_ONE("公示天数", KIND_NUMBER),
    FIELD_ONE("受理工作日", KIND_NUMBER),
    FIELD_ONE("调查工作日", KIND_NUMBER),
    FIELD_ONE("答复工作日", KIND_NUMBER),
    FIELD_ONE("补正工作日", KIND_NUMBER),
    FIELD_ONE("材料时限", KIND_NUMBER),
    FIELD_ONE("身份保存天数", KIND_NUMBER),
    FIELD_ANY("放假", KIND_TEXT),
    FIELD_ANY("调休上班", KIND_TEXT),
};

static const struct statement_type RULES_TYPE = ROW("notice.rules", RULES);

static const struct type ROWS[] = {
    {
        .row = &RULES_TYPE,
        .signers = SIGNED_BY(SIGNER_CHAIR, SIGNER_OFFICER),
        .article = "第九条",
        .remark = "once a cycle; terms in days, 材料时限 in hours; dates as 2027-01-01",
        .check = check_rules,
        .apply = apply_rules,
    },
};

const struct type_list NOTICE_RULES_TYPES = {"audit/record/notice_rules.c", "Rules of notices",
                                             ROWS, sizeof ROWS / sizeof ROWS[0]};
