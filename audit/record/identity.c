/* The objector's identity: opened by two keepers with a reason, destroyed after its term. */
#include "protocol/statement.h"
#include "record/case.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/notice_rules.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"

#define DAY 86400

/* --- identity.open --- */

/* Keepers of this notice, in the order of their ids. */
static struct result check_keepers(const struct fold *fold, const struct objection *objection)
{
    const struct record_signer *signers = fold->prepared->signed_by;
    bool keeps;

    for (size_t i = 0; i < fold->prepared->signed_count; i++) {
        const struct bytes person = bytes_of_string(signers[i].person);

        TRY(notice_has_keeper(fold->record, bytes_of_string(objection->notice), person, &keeps));
        REQUIRE(keeps, UNAUTHORIZED, "case.keeper");
        REQUIRE(i == 0 || bytes_compare(bytes_of_string(signers[i - 1].person), person) < 0,
                INVALID, "case.keeper");
    }
    return OK;
}

static struct result check_open(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_named(fold, &objection));
    REQUIRE(!objection.erased, CONFLICT, "identity.erased");
    REQUIRE(objection.received, INVALID, "objection.missing");
    TRY(check_keepers(fold, &objection));
    return case_check_handler(fold->record, &objection, statement_value(fold->statement, "交给"));
}

static const char INSERT_OPENING[] =
    "INSERT INTO identity_opening (position, objection, reader, first_keeper, second_keeper)"
    " VALUES (:position, :objection, :reader, :first, :second)";

static struct result insert_opening(const struct fold *fold, const struct hash32 *objection)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_OPENING);

    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":reader", statement_value(fold->statement, "交给"));
    query_bind_text(&query, ":first", bytes_of_string(fold->prepared->signed_by[0].person));
    query_bind_text(&query, ":second", bytes_of_string(fold->prepared->signed_by[1].person));
    return query_run(&query);
}

static struct result mark(const struct fold *fold, const char *sql, const struct hash32 *objection)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_number(&query, ":position", fold->index);
    TRY(query_run(&query));
    return case_note(fold, objection);
}

static const char UPDATE_OPENED[] =
    "UPDATE objection SET opened = :position WHERE hash = :objection";

static struct result apply_open(const struct fold *fold)
{
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    TRY(insert_opening(fold, &objection));
    return mark(fold, UPDATE_OPENED, &objection);
}

/* --- identity.erase --- */

static struct result check_erase(const struct fold *fold)
{
    struct objection objection;
    struct notice_rules rules;
    struct notice notice;

    TRY(objection_load_named(fold, &objection));
    REQUIRE(!objection.erased, CONFLICT, "identity.erased");
    REQUIRE(objection.closed, CONFLICT, "case.open");
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    TRY(notice_load_rules(fold->record, bytes_of_string(notice.cycle), &rules));
    REQUIRE(fold->time >= objection.closed_time + rules.keep_days * DAY, INVALID, "identity.keep");
    return OK;
}

static const char UPDATE_ERASED[] =
    "UPDATE objection SET erased = :position WHERE hash = :objection";

static struct result apply_erase(const struct fold *fold)
{
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    return mark(fold, UPDATE_ERASED, &objection);
}

/* --- rows --- */

static const struct field_type OPEN[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("交给", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type ERASE[] = {
    FIELD_ONE("案件", KIND_HASH),
};

static const struct statement_type OPEN_TYPE = ROW("identity.open", OPEN);
static const struct statement_type ERASE_TYPE = ROW("identity.erase", ERASE);

static const struct type ROWS[] = {
    {
        .row = &OPEN_TYPE,
        .signers = SIGNED_BY(SIGNER_KEEPER, SIGNER_KEEPER),
        .article = "第二十一条",
        .remark = "two keepers of the notice, ascending; the objector sees each",
        .check = check_open,
        .apply = apply_open,
    },
    {
        .row = &ERASE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "身份保存天数 after the case was closed; the sealed files are destroyed",
        .check = check_erase,
        .apply = apply_erase,
    },
};

const struct type_list IDENTITY_TYPES = {"audit/record/identity.c", "Identities", ROWS,
                                         sizeof ROWS / sizeof ROWS[0]};
