/* The service's own word on sealed parts: all of them came, or their time is over. */
#include <string.h>

#include "protocol/statement.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/notice_rules.h"
#include "record/objection.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"
#include "record/workday.h"

struct text {
    struct hash32 hash;
    bool is_filing;
    uint64_t due;
};

static const char SELECT_TEXT[] = "SELECT due, received IS NOT NULL, lapsed IS NOT NULL"
                                  " FROM part_text WHERE hash = :hash AND objection = :objection";

/* The text that is named, of the case that is named, about which nothing is decided yet. */
static struct result load_text(const struct fold *fold, struct objection *objection,
                               struct text *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_TEXT);
    bool row;

    TRY(objection_load_named(fold, objection));
    TRY(statement_hash(fold->statement, "文本", &out->hash));
    query_bind_blob(&query, ":hash", BYTES(out->hash.bytes));
    query_bind_blob(&query, ":objection", BYTES(objection->hash.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "objection.text");
    REQUIRE(!query_number(&query, 1), CONFLICT, "objection.received");
    REQUIRE(!query_number(&query, 2), CONFLICT, "objection.lapsed");
    REQUIRE(!objection->closed, CONFLICT, "case.closed");
    out->due = query_number(&query, 0);
    out->is_filing = hash32_equal(&out->hash, &objection->hash);
    return OK;
}

static struct result mark(const struct fold *fold, const char *sql, const struct hash32 *text)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":hash", BYTES(text->bytes));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- objection.receive --- */

static struct result check_receive(const struct fold *fold)
{
    struct objection objection;
    struct text text;

    return load_text(fold, &objection, &text);
}

static const char UPDATE_RECEIVED_TEXT[] =
    "UPDATE part_text SET received = :position WHERE hash = :hash";
static const char UPDATE_RECEIVED[] =
    "UPDATE objection SET received = :position WHERE hash = :hash";

/* A supplement puts the case back where it was asked for, and that term begins anew. */
static struct result return_to_state(const struct fold *fold, const struct objection *objection)
{
    const bool accepted = objection->accepted > 0;
    struct notice_rules rules;
    struct notice notice;
    uint64_t due;

    if (strcmp(objection->state, CASE_SUPPLEMENT) != 0) {
        return case_note(fold, &objection->hash);
    }
    TRY(notice_load(fold->record, bytes_of_string(objection->notice), &notice));
    TRY(notice_load_rules(fold->record, bytes_of_string(notice.cycle), &rules));
    TRY(workday_add(fold->record, bytes_of_string(notice.cycle), fold->time,
                    accepted ? rules.investigate : rules.accept, &due));
    return case_enter(fold, &objection->hash, accepted ? objection->before : CASE_RECEIVED, due);
}

static struct result apply_receive(const struct fold *fold)
{
    struct objection objection;
    struct notice_rules rules;
    struct notice notice;
    struct text text;
    uint64_t due;

    TRY(load_text(fold, &objection, &text));
    TRY(mark(fold, UPDATE_RECEIVED_TEXT, &text.hash));
    if (!text.is_filing) {
        return return_to_state(fold, &objection);
    }
    TRY(mark(fold, UPDATE_RECEIVED, &objection.hash));
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    TRY(notice_load_rules(fold->record, bytes_of_string(notice.cycle), &rules));
    TRY(workday_add(fold->record, bytes_of_string(notice.cycle), fold->time, rules.accept, &due));
    return case_enter(fold, &objection.hash, CASE_RECEIVED, due);
}

/* --- objection.lapse --- */

static struct result check_lapse(const struct fold *fold)
{
    struct objection objection;
    struct text text;

    TRY(load_text(fold, &objection, &text));
    REQUIRE(fold->time > text.due, INVALID, "objection.lapse_early");
    return OK;
}

static const char UPDATE_LAPSED[] = "UPDATE part_text SET lapsed = :position WHERE hash = :hash";

static struct result apply_lapse(const struct fold *fold)
{
    struct objection objection;
    struct text text;

    TRY(load_text(fold, &objection, &text));
    TRY(mark(fold, UPDATE_LAPSED, &text.hash));
    return text.is_filing ? case_close(fold, &objection.hash, CASE_LAPSED)
                          : case_note(fold, &objection.hash);
}

/* --- rows --- */

static const struct field_type TEXT[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("文本", KIND_HASH),
};

static const struct statement_type RECEIVE_TYPE = ROW("objection.receive", TEXT);
static const struct statement_type LAPSE_TYPE = ROW("objection.lapse", TEXT);

static const struct type ROWS[] = {
    {
        .row = &RECEIVE_TYPE,
        .signers = SIGNED_BY(SIGNER_SERVICE),
        .article = "第二十一条",
        .remark = "all sealed parts that the text names are stored",
        .check = check_receive,
        .apply = apply_receive,
    },
    {
        .row = &LAPSE_TYPE,
        .signers = SIGNED_BY(SIGNER_SERVICE),
        .article = "第二十一条",
        .remark = "the time for the parts of the text is over",
        .check = check_lapse,
        .apply = apply_lapse,
    },
};

const struct type_list DELIVERY_TYPES = {"audit/record/delivery.c", "Parts of objections", ROWS,
                                         sizeof ROWS / sizeof ROWS[0]};
