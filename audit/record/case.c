#include "record/case.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/people.h"
#include "record/query.h"

#define INTEREST_SOME "有"
#define INTEREST_NONE "无"

static const char SELECT_DECLARED[] =
    "SELECT conflict FROM case_declaration WHERE objection = :objection AND person = :person";

static struct result load_declared(struct record *record, const struct hash32 *objection,
                                   struct bytes person, bool *declared, bool *conflict)
{
    AUTO_QUERY query = query_start(record, SELECT_DECLARED);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, declared));
    *conflict = *declared && query_number(&query, 0) != 0;
    return OK;
}

struct result case_check_handler(struct record *record, const struct objection *objection,
                                 struct bytes person)
{
    bool handles, declared, conflict;

    TRY(notice_has_handler(record, bytes_of_string(objection->notice), person, &handles));
    REQUIRE(handles, INVALID, "case.handler");
    TRY(load_declared(record, &objection->hash, person, &declared, &conflict));
    REQUIRE(!conflict, CONFLICT, "case.conflict");
    REQUIRE(declared, INVALID, "case.undeclared");
    return OK;
}

struct result case_check_signers(const struct fold *fold, const struct objection *objection)
{
    for (size_t i = 0; i < fold->prepared->signed_count; i++) {
        struct result result = case_check_handler(
            fold->record, objection, bytes_of_string(fold->prepared->signed_by[i].person));

        if (!is_ok(result)) {
            result.at = i + 1;
            return result;
        }
    }
    return OK;
}

/* --- case.declare --- */

static struct result check_declare(const struct fold *fold)
{
    const bool some = bytes_is(statement_value(fold->statement, "利益关系"), INTEREST_SOME);
    struct objection objection;
    bool handles, declared, conflict;

    TRY(objection_load_named(fold, &objection));
    TRY(notice_has_handler(fold->record, bytes_of_string(objection.notice), person_named(fold),
                           &handles));
    REQUIRE(handles, INVALID, "case.handler");
    TRY(load_declared(fold->record, &objection.hash, person_named(fold), &declared, &conflict));
    REQUIRE(!conflict || some, CONFLICT, "case.withdrawn");
    REQUIRE(!declared || conflict != some, CONFLICT, "case.declared");
    return OK;
}

static const char INSERT_DECLARATION[] =
    "INSERT INTO case_declaration (objection, person, conflict, position)"
    " VALUES (:objection, :person, :conflict, :position) ON CONFLICT (objection, person)"
    " DO UPDATE SET conflict = excluded.conflict, position = excluded.position";

/* Whoever it was assigned to and now has a conflict has it no longer. */
static const char UPDATE_UNASSIGNED[] =
    "UPDATE objection SET assigned = NULL WHERE hash = :objection AND assigned = :person"
    " AND :conflict = 1";

static struct result run_declaration(const struct fold *fold, const char *sql,
                                     const struct hash32 *objection, bool whole)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":person", person_named(fold));
    query_bind_number(&query, ":conflict",
                      bytes_is(statement_value(fold->statement, "利益关系"), INTEREST_SOME));
    if (whole) {
        query_bind_number(&query, ":position", fold->index);
    }
    return query_run(&query);
}

static struct result apply_declare(const struct fold *fold)
{
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    TRY(run_declaration(fold, INSERT_DECLARATION, &objection, true));
    TRY(run_declaration(fold, UPDATE_UNASSIGNED, &objection, false));
    return case_note(fold, &objection);
}

/* --- case.assign --- */

static struct result check_assign(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_open(fold, &objection));
    TRY(case_check_signers(fold, &objection));
    return case_check_handler(fold->record, &objection, statement_value(fold->statement, "承办人"));
}

static const char UPDATE_ASSIGNED[] =
    "UPDATE objection SET assigned = :value WHERE hash = :objection";

static struct result update_word(const struct fold *fold, const char *sql, struct bytes value)
{
    AUTO_QUERY query = query_start(fold->record, sql);
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    query_bind_blob(&query, ":objection", BYTES(objection.bytes));
    query_bind_text(&query, ":value", value);
    TRY(query_run(&query));
    return case_note(fold, &objection);
}

static struct result apply_assign(const struct fold *fold)
{
    return update_word(fold, UPDATE_ASSIGNED, statement_value(fold->statement, "承办人"));
}

/* --- case.join --- */

static const char SELECT_FOLLOWERS[] = "SELECT 1 FROM objection WHERE joined = :objection";

static struct result has_followers(const struct fold *fold, const struct hash32 *objection,
                                   bool *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_FOLLOWERS);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    return query_step(&query, out);
}

/* One case follows another; there are no chains. */
static struct result check_join(const struct fold *fold)
{
    struct objection objection, other;
    struct hash32 hash;
    bool followed;

    TRY(objection_load_open(fold, &objection));
    TRY(statement_hash(fold->statement, "并入", &hash));
    TRY(objection_load(fold->record, &hash, &other));
    REQUIRE(strcmp(objection.notice, other.notice) == 0, INVALID, "case.other_notice");
    TRY(has_followers(fold, &objection.hash, &followed));
    REQUIRE(!objection.joined && !other.joined && !followed &&
                !hash32_equal(&objection.hash, &other.hash),
            CONFLICT, "case.joined");
    TRY(case_check_signers(fold, &objection));
    return case_check_signers(fold, &other);
}

static const char UPDATE_JOINED[] = "UPDATE objection SET joined = :main WHERE hash = :objection";

static struct result apply_join(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_JOINED);
    struct hash32 objection, other;

    TRY(statement_hash(fold->statement, "案件", &objection));
    TRY(statement_hash(fold->statement, "并入", &other));
    query_bind_blob(&query, ":objection", BYTES(objection.bytes));
    query_bind_blob(&query, ":main", BYTES(other.bytes));
    TRY(query_run(&query));
    return case_note(fold, &objection);
}

/* --- case.verify --- */

/* A real name is verified by asking the person, which needs the identity. */
static struct result check_verify(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_open(fold, &objection));
    TRY(case_check_signers(fold, &objection));
    REQUIRE(objection.opened, INVALID, "identity.unopened");
    REQUIRE(!objection.verified, CONFLICT, "case.verified");
    return OK;
}

static const char UPDATE_VERIFIED[] =
    "UPDATE objection SET verified = :value WHERE hash = :objection";

static struct result apply_verify(const struct fold *fold)
{
    return update_word(fold, UPDATE_VERIFIED, statement_value(fold->statement, "核验"));
}

/* --- rows --- */

static const char *const INTERESTS[] = {INTEREST_NONE, INTEREST_SOME, 0};
static const char *const LEVELS[] = {"已联系", "窗口核验", "统一认证", 0};

#define FIELD_WORD(label, words)         \
    {                                    \
        label, KIND_WORD, 1, 1, words, 0 \
    }

static const struct field_type DECLARE[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("人员", KIND_ID),
    FIELD_WORD("利益关系", INTERESTS),
};
static const struct field_type ASSIGN[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("承办人", KIND_ID),
};
static const struct field_type JOIN[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("并入", KIND_HASH),
};
static const struct field_type VERIFY[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_WORD("核验", LEVELS),
};

static const struct statement_type DECLARE_TYPE = ROW("case.declare", DECLARE);
static const struct statement_type ASSIGN_TYPE = ROW("case.assign", ASSIGN);
static const struct statement_type JOIN_TYPE = ROW("case.join", JOIN);
static const struct statement_type VERIFY_TYPE = ROW("case.verify", VERIFY);

static const struct type ROWS[] = {
    {
        .row = &DECLARE_TYPE,
        .signers = SIGNED_BY(SIGNER_PERSON),
        .article = "第二十一条",
        .remark = "a handler of the notice; 有 never becomes 无",
        .check = check_declare,
        .apply = apply_declare,
    },
    {
        .row = &ASSIGN_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "both have declared 无",
        .check = check_assign,
        .apply = apply_assign,
    },
    {
        .row = &JOIN_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "a duplicate follows the other's investigation; it still gets its own answer",
        .check = check_join,
        .apply = apply_join,
    },
    {
        .row = &VERIFY_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "once, after the identity was opened",
        .check = check_verify,
        .apply = apply_verify,
    },
};

const struct type_list CASE_TYPES = {"audit/record/case.c", "Cases", ROWS,
                                     sizeof ROWS / sizeof ROWS[0]};
