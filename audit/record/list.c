/*
 * What becomes of the list that a notice showed: removals after upheld cases, and its settlement.
 * The log never says whom a case is about: what it lets anybody check is the fold's, the rest
 * list_check_subjects.
 */
#include "record/list.h"

#include <string.h>

#include "base/text.h"
#include "protocol/statement.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/query.h"
#include "record/types.h"
#include "record/workday.h"

static struct result load_unsettled(const struct fold *fold, struct notice *out)
{
    TRY(notice_load_named(fold, out));
    REQUIRE(!out->settled, CONFLICT, "list.settled");
    return OK;
}

static struct result count_of(const struct fold *fold, const char *sql, uint64_t *out)
{
    AUTO_QUERY query = query_start(fold->record, sql);
    bool row;

    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    TRY(query_step(&query, &row));
    *out = row ? query_number(&query, 0) : 0;
    return OK;
}

/* --- list.remove --- */

static const char COUNT_UPHELD[] =
    "SELECT COUNT(*) FROM objection WHERE notice = :notice AND closed IS NOT NULL"
    " AND state IN ('" CASE_UPHELD "', '" CASE_PARTLY_UPHELD "')";
static const char COUNT_REMOVED[] =
    "SELECT COUNT(*) FROM notice_row WHERE notice = :notice AND removed IS NOT NULL";

static struct result check_remove(const struct fold *fold)
{
    struct notice notice;
    uint64_t upheld, removed;
    bool listed;

    TRY(load_unsettled(fold, &notice));
    TRY(notice_lists(fold->record, bytes_of_string(notice.id),
                     statement_value(fold->statement, "组织"), &listed));
    REQUIRE(listed, INVALID, "list.listed");
    TRY(count_of(fold, COUNT_UPHELD, &upheld));
    TRY(count_of(fold, COUNT_REMOVED, &removed));
    REQUIRE(removed < upheld, INVALID, "list.upheld");
    return OK;
}

static const char UPDATE_REMOVED[] = "UPDATE notice_row SET removed = :position"
                                     " WHERE notice = :notice AND organisation = :organisation";

static struct result apply_remove(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REMOVED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_text(&query, ":organisation", statement_value(fold->statement, "组织"));
    return query_run(&query);
}

/* --- list.settle --- */

static const char SELECT_PROOF[] =
    "SELECT 1 FROM notice_proof WHERE notice = :notice AND seen >= :from AND seen < :to";

static struct result has_proof(const struct fold *fold, uint64_t day, bool *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_PROOF);

    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_number(&query, ":from", workday_end(day - 1));
    query_bind_number(&query, ":to", workday_end(day));
    return query_step(&query, out);
}

/* It was seen in public on the day it began and on the last day. */
static struct result check_proofs(const struct fold *fold, const struct notice *notice)
{
    bool first, last;

    TRY(has_proof(fold, workday_of(notice->opens), &first));
    TRY(has_proof(fold, workday_of(notice->closes - 1), &last));
    REQUIRE(first && last, INVALID, "notice.proofs");
    return OK;
}

static const char SELECT_PLACE[] =
    "SELECT place FROM notice_row WHERE notice = :notice AND organisation = :organisation"
    " AND grade = :grade AND removed IS NULL";

/* The line's place on the list, which comes after `*next`. */
static struct result check_line(const struct fold *fold, size_t line, uint64_t *next)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_PLACE);
    struct bytes organisation = statement_value_at(fold->statement, "名单", line);
    const struct bytes word = text_cut(&organisation, ' ');
    uint64_t grade = 0;
    bool row = false;

    if (is_ok(text_parse_number(word, &grade))) {
        query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
        query_bind_text(&query, ":organisation", organisation);
        query_bind_number(&query, ":grade", grade);
        TRY(query_step(&query, &row));
    }
    if (!row || query_number(&query, 0) < *next) {
        return fail_field(INVALID, "list.subset", "名单", line + 1);
    }
    *next = query_number(&query, 0) + 1;
    return OK;
}

static const char COUNT_STANDING[] =
    "SELECT COUNT(*) FROM notice_row WHERE notice = :notice AND removed IS NULL";
static const char COUNT_SUSPENDING[] =
    "SELECT COUNT(*) FROM objection WHERE notice = :notice AND accepted IS NOT NULL"
    " AND closed IS NULL";

static const char COUNT_LISTED[] = "SELECT COUNT(*) FROM notice_row WHERE notice = :notice";
static const char COUNT_REMOVING[] =
    "SELECT COUNT(*) FROM objection WHERE notice = :notice AND closed IS NOT NULL"
    " AND state = '" CASE_UPHELD "'";

/* Somebody is left out while an accepted case is open, and after one was upheld. */
static struct result check_left_out(const struct fold *fold, uint64_t count)
{
    uint64_t standing, suspending, listed, removing;

    TRY(count_of(fold, COUNT_STANDING, &standing));
    TRY(count_of(fold, COUNT_SUSPENDING, &suspending));
    REQUIRE(suspending == 0 || count < standing, INVALID, "list.suspended");
    TRY(count_of(fold, COUNT_LISTED, &listed));
    TRY(count_of(fold, COUNT_REMOVING, &removing));
    REQUIRE(removing == 0 || count < listed, INVALID, "list.unremoved");
    return OK;
}

static struct result check_settle(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "名单");
    struct notice notice;
    uint64_t next = 0;

    TRY(load_unsettled(fold, &notice));
    REQUIRE(fold->time >= notice.closes, INVALID, "notice.running");
    TRY(check_proofs(fold, &notice));
    for (size_t i = 0; i < count; i++) {
        TRY(check_line(fold, i, &next));
    }
    return check_left_out(fold, count);
}

static const char UPDATE_SETTLED[] = "UPDATE notice SET settled = :position WHERE id = :notice";

static struct result apply_settle(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_SETTLED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    return query_run(&query);
}

/* --- whom cases are about --- */

#define CASES                                                                   \
    "SELECT hash, number, closed IS NULL FROM objection WHERE notice = :notice" \
    " AND accepted IS NOT NULL"
#define BY_NUMBER " ORDER BY number"
static const char SELECT_UPHELD[] = CASES " AND closed IS NOT NULL AND state IN ('" CASE_UPHELD
                                          "', '" CASE_PARTLY_UPHELD "')" BY_NUMBER;
static const char SELECT_HOLDING[] =
    CASES " AND (closed IS NULL OR state = '" CASE_UPHELD "')" BY_NUMBER;

struct asking {
    struct record *record;
    const struct statement *statement;
    list_subject_source *source;
    void *context;
    struct buffer subject; /* of the case at hand */
    uint64_t unknown;      /* the first case whose subject nobody told, by number */
    bool grounds;          /* a case about the organisation to be removed was upheld */
};

static void note_unknown(struct asking *asking, uint64_t number)
{
    if (asking->subject.size == 0 && asking->unknown == 0) {
        asking->unknown = number;
    }
}

static struct result is_listed(const struct asking *asking, bool open)
{
    for (size_t i = 0; i < statement_count(asking->statement, "名单"); i++) {
        struct bytes organisation = statement_value_at(asking->statement, "名单", i);

        (void)text_cut(&organisation, ' ');
        if (bytes_equal(organisation, buffer_view(&asking->subject))) {
            return fail_field(INVALID, open ? "list.suspended" : "list.unremoved", "名单", i + 1);
        }
    }
    return OK;
}

static struct result ask_about(struct asking *asking, struct query *query, bool settles)
{
    struct hash32 hash;

    TRY(query_fixed(query, 0, hash.bytes, sizeof hash.bytes));
    asking->subject.size = 0;
    TRY(asking->source(asking->context, &hash, &asking->subject));
    note_unknown(asking, query_number(query, 1));
    if (settles) {
        return is_listed(asking, query_number(query, 2) != 0);
    }
    asking->grounds = asking->grounds || bytes_equal(buffer_view(&asking->subject),
                                                     statement_value(asking->statement, "组织"));
    return OK;
}

static struct result ask_all(struct asking *asking, bool settles)
{
    AUTO_QUERY query = query_start(asking->record, settles ? SELECT_HOLDING : SELECT_UPHELD);
    bool row;

    query_bind_text(&query, ":notice", statement_value(asking->statement, "公示"));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(ask_about(asking, &query, settles));
        TRY(query_step(&query, &row));
    }
    return OK;
}

struct result list_check_subjects(struct record *record, const struct prepared *prepared,
                                  list_subject_source *source, void *context)
{
    const bool settles = strcmp(prepared_type_name(prepared), "list.settle") == 0;
    struct asking asking = {record, prepared->statement, source, context, BUFFER_INIT, 0, false};
    struct result asked;

    if (!settles && strcmp(prepared_type_name(prepared), "list.remove") != 0) {
        return OK;
    }
    asked = ask_all(&asking, settles);
    buffer_free(&asking.subject);
    TRY(asked);
    if (!asking.grounds && asking.unknown > 0) {
        asked = fail(INVALID, "list.subject");
        asked.at = asking.unknown;
        return asked;
    }
    REQUIRE(settles || asking.grounds, INVALID, "list.upheld");
    return OK;
}

/* --- rows --- */

static const struct field_type REMOVE[] = {
    FIELD_ONE("公示", KIND_ID),
    FIELD_ONE("组织", KIND_ID),
    FIELD_ONE("案件", KIND_HIDDEN),
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type SETTLE[] = {
    FIELD_ONE("公示", KIND_ID),
    FIELD_ANY("名单", KIND_LINE),
};

static const struct statement_type REMOVE_TYPE = ROW("list.remove", REMOVE);
static const struct statement_type SETTLE_TYPE = ROW("list.settle", SETTLE);

static const struct type ROWS[] = {
    {
        .row = &REMOVE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "never more than cases were upheld",
        .check = check_remove,
        .apply = apply_remove,
    },
    {
        .row = &SETTLE_TYPE,
        .signers = SIGNED_BY(SIGNER_CHAIR, SIGNER_OFFICER),
        .article = "第二十二条",
        .remark = "after the term, seen in public on its first and last day; while an accepted case"
                  " is open, and after one was upheld, somebody is left out",
        .check = check_settle,
        .apply = apply_settle,
    },
};

const struct type_list LIST_TYPES = {"audit/record/list.c", "Lists", ROWS,
                                     sizeof ROWS / sizeof ROWS[0]};
