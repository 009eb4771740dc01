/*
 * Days that are added to a running notice because its media failed: whole days, by a resolution.
 *
 * The end that the notice then has is the only one there is: timeliness, the proof of the last day
 * and the settlement read it where they read the first. Rule C14.
 */
#include "protocol/statement.h"
#include "record/notice.h"
#include "record/query.h"
#include "record/types.h"
#include "record/workday.h"

#define DAYS_MAX 30

static struct result check_days(const struct fold *fold, uint64_t *days)
{
    TRY(statement_number(fold->statement, "天数", days));
    return *days >= 1 && *days <= DAYS_MAX ? OK
                                           : fail_field(INVALID, "notice.extension", "天数", 0);
}

/* The day that ends now is moved by whole days, and from a day off to the next working day. */
static struct result check_end(const struct fold *fold, const struct notice *notice, uint64_t days)
{
    int64_t closes;
    uint64_t end;

    TRY(statement_time(fold->statement, "结束", &closes));
    TRY(workday_add_calendar(fold->record, bytes_of_string(notice->cycle), notice->closes - 1, days,
                             &end));
    return closes == (int64_t)end ? OK : fail_field(INVALID, "notice.end", "结束", 0);
}

static struct result check_extend(const struct fold *fold)
{
    struct notice notice;
    uint64_t days;

    TRY(notice_load_named(fold, &notice));
    REQUIRE(fold->time >= notice.opens && fold->time < notice.closes, CONFLICT,
            "notice.not_running");
    TRY(check_days(fold, &days));
    return check_end(fold, &notice, days);
}

static const char INSERT_EXTENSION[] =
    "INSERT INTO notice_extension (position, notice, days, resolution, closes)"
    " VALUES (:position, :notice, :days, :resolution, :closes)";
static const char UPDATE_CLOSES[] = "UPDATE notice SET closes = :closes WHERE id = :notice";

static struct result insert_extension(const struct fold *fold, uint64_t closes)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_EXTENSION);
    uint64_t days;

    TRY(statement_number(fold->statement, "天数", &days));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_number(&query, ":days", days);
    query_bind_text(&query, ":resolution", statement_value(fold->statement, "决议"));
    query_bind_number(&query, ":closes", closes);
    return query_run(&query);
}

static struct result apply_extend(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_CLOSES);
    int64_t closes;

    TRY(statement_time(fold->statement, "结束", &closes));
    TRY(insert_extension(fold, (uint64_t)closes));
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_number(&query, ":closes", (uint64_t)closes);
    return query_run(&query);
}

/* --- rows --- */

static const struct field_type EXTEND[] = {
    FIELD_ONE("公示", KIND_ID),
    FIELD_ONE("天数", KIND_NUMBER),
    FIELD_ONE("决议", KIND_TEXT),
    FIELD_ONE("结束", KIND_TIME),
};

static const struct statement_type EXTEND_TYPE = ROW("notice.extend", EXTEND);

static const struct type ROWS[] = {
    {
        .row = &EXTEND_TYPE,
        .signers = SIGNED_BY(SIGNER_CHAIR, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "while the notice runs, by 1 to 30 whole days each time; the end is computed",
        .check = check_extend,
        .apply = apply_extend,
    },
};

const struct type_list EXTENSION_TYPES = {"audit/record/extension.c", "Extensions of notices", ROWS,
                                          sizeof ROWS / sizeof ROWS[0]};
