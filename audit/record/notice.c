#include "record/notice.h"

#include <string.h>

#include "base/text.h"
#include "protocol/statement.h"
#include "record/conflict.h"
#include "record/cycle.h"
#include "record/notice_rules.h"
#include "record/organisation.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"
#include "record/workday.h"

#define START_AHEAD_MAX (30 * 86400)

/* --- what stands --- */

static const char SELECT_NOTICE[] =
    "SELECT cycle, opens, closes, settled IS NOT NULL,"
    " (SELECT COUNT(*) FROM notice_handler WHERE notice = id),"
    " (SELECT COUNT(*) FROM notice_keeper WHERE notice = id) FROM notice WHERE id = :id";

struct result notice_load(struct record *record, struct bytes id, struct notice *out)
{
    AUTO_QUERY query = query_start(record, SELECT_NOTICE);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "notice.unknown");
    state_copy_id(id, out->id);
    state_copy_id(query_text(&query, 0), out->cycle);
    out->opens = query_number(&query, 1);
    out->closes = query_number(&query, 2);
    out->settled = query_number(&query, 3) != 0;
    out->handlers = query_number(&query, 4);
    out->keepers = query_number(&query, 5);
    return OK;
}

struct result notice_load_named(const struct fold *fold, struct notice *out)
{
    return notice_load(fold->record, statement_value(fold->statement, "公示"), out);
}

size_t notice_pairs(const struct notice *notice)
{
    return notice->keepers == NOTICE_KEEPERS_MAX ? 3 : 1;
}

static struct result has_row(struct record *record, const char *sql, struct bytes id,
                             struct bytes name, bool *out)
{
    AUTO_QUERY query = query_start(record, sql);

    query_bind_text(&query, ":notice", id);
    query_bind_text(&query, ":name", name);
    return query_step(&query, out);
}

static const char SELECT_HANDLER[] =
    "SELECT 1 FROM notice_handler WHERE notice = :notice AND person = :name";

struct result notice_has_handler(struct record *record, struct bytes id, struct bytes person,
                                 bool *out)
{
    return has_row(record, SELECT_HANDLER, id, person, out);
}

static const char SELECT_KEEPER[] =
    "SELECT 1 FROM notice_keeper WHERE notice = :notice AND person = :name";

struct result notice_has_keeper(struct record *record, struct bytes id, struct bytes person,
                                bool *out)
{
    return has_row(record, SELECT_KEEPER, id, person, out);
}

static const char SELECT_ROW[] = "SELECT 1 FROM notice_row WHERE notice = :notice AND"
                                 " organisation = :name AND removed IS NULL";

struct result notice_lists(struct record *record, struct bytes id, struct bytes organisation,
                           bool *out)
{
    return has_row(record, SELECT_ROW, id, organisation, out);
}

/* --- notice.open --- */

static const char SELECT_RESULT[] =
    "SELECT (SELECT COUNT(*) FROM standing WHERE manifest = election.manifest AND tied = 0)"
    " FROM election JOIN meeting ON meeting.id = meeting WHERE manifest = :manifest"
    " AND cycle = :cycle AND result IS NOT NULL AND cancelled IS NULL";

/* Each manifest is one of this cycle with a result; how many seats they fill together. */
static struct result count_seats(const struct fold *fold, uint64_t *seats)
{
    *seats = 0;
    for (size_t i = 0; i < statement_count(fold->statement, "清单"); i++) {
        AUTO_QUERY query = query_start(fold->record, SELECT_RESULT);
        struct hash32 manifest;
        bool row;

        TRY(statement_fixed(fold->statement, "清单", i, manifest.bytes, sizeof manifest.bytes));
        query_bind_blob(&query, ":manifest", BYTES(manifest.bytes));
        query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
        TRY(query_step(&query, &row));
        if (!row) {
            return fail_field(INVALID, "notice.manifest", "清单", i + 1);
        }
        *seats += query_number(&query, 0);
    }
    return organisation_check_order(fold, "清单", "notice.manifest");
}

static const char SELECT_SEAT[] =
    "SELECT 1 FROM standing WHERE manifest = :manifest AND tied = 0 AND grade = :grade"
    " AND candidate = :organisation";

/* Whether one of the manifests gives this line. */
static struct result find_seat(const struct fold *fold, uint64_t grade, struct bytes organisation,
                               bool *out)
{
    *out = false;
    for (size_t i = 0; i < statement_count(fold->statement, "清单") && !*out; i++) {
        AUTO_QUERY query = query_start(fold->record, SELECT_SEAT);
        struct hash32 manifest;

        TRY(statement_fixed(fold->statement, "清单", i, manifest.bytes, sizeof manifest.bytes));
        query_bind_blob(&query, ":manifest", BYTES(manifest.bytes));
        query_bind_number(&query, ":grade", grade);
        query_bind_text(&query, ":organisation", organisation);
        TRY(query_step(&query, out));
    }
    return OK;
}

static struct result check_line(const struct fold *fold, size_t line)
{
    struct bytes organisation = statement_value_at(fold->statement, "名单", line);
    const struct bytes word = text_cut(&organisation, ' ');
    bool seated = false;
    bool qualified = false;
    uint64_t grade;

    if (is_ok(text_parse_number(word, &grade))) {
        TRY(find_seat(fold, grade, organisation, &seated));
    }
    if (seated) {
        TRY(organisation_is_qualified(fold->record, statement_value(fold->statement, "周期"),
                                      organisation, &qualified));
    }
    for (size_t i = 0; i < line; i++) {
        seated = seated && !bytes_equal(statement_value_at(fold->statement, "名单", i),
                                        statement_value_at(fold->statement, "名单", line));
    }
    return seated && qualified ? OK : fail_field(INVALID, "notice.list", "名单", line + 1);
}

/* The lines are exactly what the results seat. */
static struct result check_list(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "名单");
    uint64_t seats;

    TRY(count_seats(fold, &seats));
    for (size_t i = 0; i < count; i++) {
        TRY(check_line(fold, i));
    }
    REQUIRE(count == seats, INVALID, "notice.list");
    return OK;
}

static struct result check_handlers(const struct fold *fold)
{
    const struct bytes cycle = statement_value(fold->statement, "周期");
    bool declared;

    for (size_t i = 0; i < statement_count(fold->statement, "承办人"); i++) {
        const struct bytes person = statement_value_at(fold->statement, "承办人", i);

        TRY(person_require_named(fold->record, person, ROLE_OFFICER, "notice.handler"));
        TRY(conflict_has_declared(fold->record, cycle, person, &declared));
        if (!declared) {
            return fail_field(INVALID, "notice.handler", "承办人", i + 1);
        }
    }
    return organisation_check_order(fold, "承办人", "notice.handler");
}

static bool names_handler(const struct fold *fold, struct bytes person)
{
    for (size_t i = 0; i < statement_count(fold->statement, "承办人"); i++) {
        if (bytes_equal(statement_value_at(fold->statement, "承办人", i), person)) {
            return true;
        }
    }
    return false;
}

static struct result check_keepers(const struct fold *fold)
{
    for (size_t i = 0; i < statement_count(fold->statement, "保管人"); i++) {
        const struct bytes person = statement_value_at(fold->statement, "保管人", i);

        TRY(person_require_named(fold->record, person, ROLE_KEEPER, "notice.keeper"));
        if (names_handler(fold, person)) {
            return fail_field(INVALID, "notice.keeper", "保管人", i + 1);
        }
    }
    return organisation_check_order(fold, "保管人", "notice.keeper");
}

static struct result check_term(const struct fold *fold, const struct notice_rules *rules)
{
    const struct bytes cycle = statement_value(fold->statement, "周期");
    int64_t opens, closes;
    uint64_t end;

    TRY(statement_time(fold->statement, "开始", &opens));
    TRY(statement_time(fold->statement, "结束", &closes));
    REQUIRE(opens + RECORD_TIME_SLACK >= (int64_t)fold->time &&
                opens <= (int64_t)fold->time + START_AHEAD_MAX,
            INVALID, "notice.start");
    TRY(workday_add_calendar(fold->record, cycle, (uint64_t)opens, rules->notice_days, &end));
    REQUIRE(closes == (int64_t)end, INVALID, "notice.end");
    return OK;
}

static struct result check_open(const struct fold *fold)
{
    const struct bytes cycle_id = statement_value(fold->statement, "周期");
    struct notice_rules rules;
    struct notice known;
    struct cycle cycle;

    REQUIRE(!is_ok(notice_load_named(fold, &known)), CONFLICT, "notice.known");
    TRY(cycle_load(fold->record, cycle_id, &cycle));
    TRY(notice_load_rules(fold->record, cycle_id, &rules));
    TRY(check_list(fold));
    TRY(check_handlers(fold));
    TRY(check_keepers(fold));
    return check_term(fold, &rules);
}

static const char INSERT_NOTICE[] = "INSERT INTO notice (id, cycle, position, opens, closes)"
                                    " VALUES (:id, :cycle, :position, :opens, :closes)";

static struct result insert_notice(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_NOTICE);
    int64_t opens, closes;

    TRY(statement_time(fold->statement, "开始", &opens));
    TRY(statement_time(fold->statement, "结束", &closes));
    query_bind_text(&query, ":id", statement_value(fold->statement, "公示"));
    query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":opens", (uint64_t)opens);
    query_bind_number(&query, ":closes", (uint64_t)closes);
    return query_run(&query);
}

static const char INSERT_ROW[] = "INSERT INTO notice_row (notice, place, grade, organisation)"
                                 " VALUES (:notice, :place, :grade, :organisation)";

static struct result insert_rows(const struct fold *fold)
{
    for (size_t i = 0; i < statement_count(fold->statement, "名单"); i++) {
        AUTO_QUERY query = query_start(fold->record, INSERT_ROW);
        struct bytes organisation = statement_value_at(fold->statement, "名单", i);
        uint64_t grade;

        TRY(text_parse_number(text_cut(&organisation, ' '), &grade));
        query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
        query_bind_number(&query, ":place", i);
        query_bind_number(&query, ":grade", grade);
        query_bind_text(&query, ":organisation", organisation);
        TRY(query_run(&query));
    }
    return OK;
}

static const char INSERT_HANDLER[] =
    "INSERT INTO notice_handler (notice, person) VALUES (:notice, :person)";
static const char INSERT_KEEPER[] =
    "INSERT INTO notice_keeper (notice, person) VALUES (:notice, :person)";

static struct result insert_persons(const struct fold *fold, const char *label, const char *sql)
{
    for (size_t i = 0; i < statement_count(fold->statement, label); i++) {
        AUTO_QUERY query = query_start(fold->record, sql);

        query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
        query_bind_text(&query, ":person", statement_value_at(fold->statement, label, i));
        TRY(query_run(&query));
    }
    return OK;
}

static struct result apply_open(const struct fold *fold)
{
    TRY(insert_notice(fold));
    TRY(insert_rows(fold));
    TRY(insert_persons(fold, "承办人", INSERT_HANDLER));
    return insert_persons(fold, "保管人", INSERT_KEEPER);
}

/* --- notice.publish --- */

/* Seen from the day before the term on, and not in the future. */
static struct result check_publish(const struct fold *fold)
{
    struct notice notice;
    int64_t seen;

    TRY(notice_load_named(fold, &notice));
    TRY(statement_time(fold->statement, "所见时间", &seen));
    REQUIRE(seen + 86400 >= (int64_t)notice.opens &&
                seen <= (int64_t)fold->time + RECORD_TIME_SLACK,
            INVALID, "notice.seen");
    return OK;
}

static const char INSERT_PROOF[] =
    "INSERT INTO notice_proof (position, notice, media, address, content, seen)"
    " VALUES (:position, :notice, :media, :address, :content, :seen)";

static struct result apply_publish(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_PROOF);
    struct hash32 content;
    int64_t seen;

    TRY(statement_hash(fold->statement, "内容", &content));
    TRY(statement_time(fold->statement, "所见时间", &seen));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_text(&query, ":media", statement_value(fold->statement, "媒体"));
    query_bind_text(&query, ":address", statement_value(fold->statement, "网址"));
    query_bind_blob(&query, ":content", BYTES(content.bytes));
    query_bind_number(&query, ":seen", (uint64_t)seen);
    return query_run(&query);
}

/* --- rows --- */

static const struct field_type OPEN[] = {
    FIELD_ONE("公示", KIND_ID),    FIELD_ONE("周期", KIND_ID),
    FIELD_SOME("清单", KIND_HASH), FIELD_SOME("名单", KIND_LINE),
    FIELD_SOME("承办人", KIND_ID), {"保管人", KIND_ID, 2, NOTICE_KEEPERS_MAX, 0, 0},
    FIELD_ONE("开始", KIND_TIME),  FIELD_ONE("结束", KIND_TIME),
};
static const struct field_type PUBLISH[] = {
    FIELD_ONE("公示", KIND_ID),   FIELD_ONE("媒体", KIND_TEXT),     FIELD_ONE("网址", KIND_TEXT),
    FIELD_ONE("内容", KIND_HASH), FIELD_ONE("所见时间", KIND_TIME),
};

static const struct statement_type OPEN_TYPE = ROW("notice.open", OPEN);
static const struct statement_type PUBLISH_TYPE = ROW("notice.publish", PUBLISH);

static const struct type ROWS[] = {
    {
        .row = &OPEN_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "名单 is what the results seat; handlers have declared conflicts; 2 or 3 keepers;"
                  " the end is computed",
        .check = check_open,
        .apply = apply_open,
    },
    {
        .row = &PUBLISH_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "a proof that it was seen in public",
        .check = check_publish,
        .apply = apply_publish,
    },
};

const struct type_list NOTICE_TYPES = {"audit/record/notice.c", "Notices", ROWS,
                                       sizeof ROWS / sizeof ROWS[0]};
