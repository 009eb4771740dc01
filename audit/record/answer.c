/* What the office finds and answers: the investigation's report, and each answer to the objector.
 */
#include <string.h>

#include "protocol/statement.h"
#include "record/case.h"
#include "record/case_file.h"
#include "record/case_state.h"
#include "record/hearing.h"
#include "record/notice.h"
#include "record/notice_rules.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"
#include "record/workday.h"

#define ANSWER_EXTENDED "延期"
#define BASIS_NONE      "-"

static bool is_state(const struct objection *objection, const char *state)
{
    return strcmp(objection->state, state) == 0;
}

static struct result load_terms(const struct fold *fold, const struct objection *objection,
                                struct notice *notice, struct notice_rules *rules)
{
    TRY(notice_load(fold->record, bytes_of_string(objection->notice), notice));
    return notice_load_rules(fold->record, bytes_of_string(notice->cycle), rules);
}

/* --- case.report --- */

static struct result check_report(const struct fold *fold)
{
    struct objection objection;
    struct notice notice;

    TRY(objection_load_open(fold, &objection));
    TRY(case_check_signers(fold, &objection));
    REQUIRE(!objection.reported, CONFLICT, "case.reported");
    REQUIRE(!objection.joined, CONFLICT, "case.joined");
    REQUIRE(is_state(&objection, CASE_ACCEPTED) || is_state(&objection, CASE_INVESTIGATED),
            CONFLICT, "case.unaccepted");
    TRY(hearing_check_finding(fold, &objection, statement_value(fold->statement, "结论")));
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    return case_file_check_size(fold, notice.handlers);
}

static const char UPDATE_REPORTED[] =
    "UPDATE objection SET reported = :position, finding = :finding WHERE hash = :objection";

static struct result apply_report(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REPORTED);
    const struct bytes finding = statement_value(fold->statement, "结论");
    struct objection objection;
    struct notice_rules rules;
    struct notice notice;
    uint64_t due;

    TRY(objection_load_named(fold, &objection));
    TRY(load_terms(fold, &objection, &notice, &rules));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":finding", finding);
    query_bind_blob(&query, ":objection", BYTES(objection.hash.bytes));
    TRY(query_run(&query));
    TRY(case_file_insert(fold, &objection.hash,
                         &(struct case_file){FILE_REPORT, "文件", finding, LITERAL(BASIS_NONE)}));
    TRY(workday_add(fold->record, bytes_of_string(notice.cycle), fold->time, rules.answer, &due));
    return case_enter(fold, &objection.hash, CASE_FOUND, due);
}

/* --- objection.answer --- */

/* May this answer follow the state the case is in? */
static struct result check_accept(const struct objection *objection)
{
    REQUIRE(is_state(objection, CASE_RECEIVED) || is_state(objection, CASE_SUPPLEMENT), CONFLICT,
            "case.order");
    REQUIRE(!objection->accepted, CONFLICT, "case.order");
    REQUIRE(objection->received, INVALID, "objection.missing");
    REQUIRE(objection->verified, INVALID, "case.unverified");
    REQUIRE(!objection->late, INVALID, "case.late");
    return OK;
}

static bool is_investigated(const struct objection *objection)
{
    return is_state(objection, CASE_ACCEPTED) || is_state(objection, CASE_INVESTIGATED);
}

static struct result check_basis(const struct fold *fold)
{
    return bytes_is(statement_value(fold->statement, "依据"), BASIS_NONE)
               ? fail_field(INVALID, "case.basis", "依据", 0)
               : OK;
}

static struct result check_refuse(const struct fold *fold, const struct objection *objection)
{
    REQUIRE((is_state(objection, CASE_RECEIVED) || is_state(objection, CASE_SUPPLEMENT)) &&
                !objection->accepted,
            CONFLICT, "case.order");
    return check_basis(fold);
}

/* More time is taken once, and said in public why (C20). */
static struct result check_extend(const struct fold *fold, const struct objection *objection)
{
    REQUIRE(is_investigated(objection) && !objection->extended, CONFLICT, "case.order");
    return check_basis(fold);
}

/* By its own report, or by that of the case it follows. */
static struct result check_conclude(const struct fold *fold, const struct objection *objection)
{
    struct objection grounds = *objection;

    REQUIRE(is_investigated(objection) || is_state(objection, CASE_FOUND), CONFLICT, "case.order");
    if (objection->joined) {
        TRY(objection_load(fold->record, &objection->main, &grounds));
    }
    REQUIRE(grounds.reported && bytes_is(statement_value(fold->statement, "状态"), grounds.finding),
            INVALID, "case.order");
    return OK;
}

static struct result check_order(const struct fold *fold, const struct objection *objection)
{
    const struct bytes state = statement_value(fold->statement, "状态");

    if (bytes_is(state, CASE_ACCEPTED)) {
        return check_accept(objection);
    }
    if (bytes_is(state, CASE_REFUSED)) {
        return check_refuse(fold, objection);
    }
    if (bytes_is(state, CASE_SUPPLEMENT)) {
        REQUIRE(!objection->asked &&
                    (is_state(objection, CASE_RECEIVED) || is_investigated(objection)),
                CONFLICT, "case.order");
        return OK;
    }
    if (bytes_is(state, CASE_INVESTIGATED)) {
        REQUIRE(is_state(objection, CASE_ACCEPTED), CONFLICT, "case.order");
        return OK;
    }
    if (bytes_is(state, ANSWER_EXTENDED)) {
        return check_extend(fold, objection);
    }
    return check_conclude(fold, objection);
}

static struct result check_answer(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_open(fold, &objection));
    TRY(case_check_signers(fold, &objection));
    TRY(check_order(fold, &objection));
    return case_file_check_size(fold, 1);
}

static const char UPDATE_ACCEPTED[] =
    "UPDATE objection SET accepted = :number WHERE hash = :objection";
static const char UPDATE_ASKED[] = "UPDATE objection SET asked = :number WHERE hash = :objection";
static const char UPDATE_EXTENDED[] =
    "UPDATE objection SET extended = :number WHERE hash = :objection";

static struct result mark(const struct fold *fold, const char *sql,
                          const struct objection *objection, uint64_t number)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":objection", BYTES(objection->hash.bytes));
    query_bind_number(&query, ":number", number);
    return query_run(&query);
}

/* The term of the new state, in working days from now or, once extended, from the acceptance. */
static struct result enter(const struct fold *fold, const struct objection *objection,
                           const char *state, uint64_t days)
{
    struct notice notice;
    uint64_t due;

    TRY(notice_load(fold->record, bytes_of_string(objection->notice), &notice));
    TRY(workday_add(fold->record, bytes_of_string(notice.cycle), fold->time, days, &due));
    return case_enter(fold, &objection->hash, state, due);
}

static const char SELECT_DUE[] =
    "SELECT due FROM case_term WHERE objection = :objection AND met IS NULL";

/* Investigating goes on in the term that began with the acceptance. */
static struct result keep_term(const struct fold *fold, const struct objection *objection)
{
    uint64_t due;
    {
        AUTO_QUERY query = query_start(fold->record, SELECT_DUE);
        bool row;

        query_bind_blob(&query, ":objection", BYTES(objection->hash.bytes));
        TRY(query_step(&query, &row));
        due = row ? query_number(&query, 0) : 0;
    }
    return case_enter(fold, &objection->hash, CASE_INVESTIGATED, due);
}

static struct result extend(const struct fold *fold, const struct objection *objection,
                            uint64_t days)
{
    struct notice notice;
    uint64_t due;

    TRY(mark(fold, UPDATE_EXTENDED, objection, fold->index));
    TRY(notice_load(fold->record, bytes_of_string(objection->notice), &notice));
    TRY(workday_add(fold->record, bytes_of_string(notice.cycle), objection->accepted, days, &due));
    return case_extend(fold, &objection->hash, due);
}

static struct result apply_state(const struct fold *fold, const struct objection *objection)
{
    const struct bytes state = statement_value(fold->statement, "状态");
    struct notice_rules rules;
    struct notice notice;

    TRY(load_terms(fold, objection, &notice, &rules));
    if (bytes_is(state, CASE_ACCEPTED)) {
        TRY(mark(fold, UPDATE_ACCEPTED, objection, fold->time));
        return enter(fold, objection, CASE_ACCEPTED, rules.investigate);
    }
    if (bytes_is(state, CASE_SUPPLEMENT)) {
        TRY(mark(fold, UPDATE_ASKED, objection, fold->index));
        return enter(fold, objection, CASE_SUPPLEMENT, rules.supplement);
    }
    if (bytes_is(state, CASE_INVESTIGATED)) {
        return keep_term(fold, objection);
    }
    if (bytes_is(state, ANSWER_EXTENDED)) {
        return extend(fold, objection, 2 * rules.investigate);
    }
    if (bytes_is(state, CASE_REFUSED)) {
        return case_close(fold, &objection->hash, CASE_REFUSED);
    }
    if (bytes_is(state, CASE_UPHELD)) {
        return case_close(fold, &objection->hash, CASE_UPHELD);
    }
    return case_close(fold, &objection->hash,
                      bytes_is(state, CASE_PARTLY_UPHELD) ? CASE_PARTLY_UPHELD : CASE_NOT_UPHELD);
}

static struct result apply_answer(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_named(fold, &objection));
    TRY(case_file_insert(fold, &objection.hash,
                         &(struct case_file){FILE_ANSWER, "答复",
                                             statement_value(fold->statement, "状态"),
                                             statement_value(fold->statement, "依据")}));
    return apply_state(fold, &objection);
}

/* --- rows --- */

static const char *const FINDINGS[] = {CASE_UPHELD, CASE_PARTLY_UPHELD, CASE_NOT_UPHELD, 0};
static const char *const ANSWERS[] = {CASE_ACCEPTED,      CASE_REFUSED,    CASE_SUPPLEMENT,
                                      CASE_INVESTIGATED,  ANSWER_EXTENDED, CASE_UPHELD,
                                      CASE_PARTLY_UPHELD, CASE_NOT_UPHELD, 0};

#define FIELD_WORD(label, words)         \
    {                                    \
        label, KIND_WORD, 1, 1, words, 0 \
    }

static const struct field_type REPORT[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_WORD("结论", FINDINGS),
    FIELD_ONE("文件", KIND_HASH),
    FIELD_ONE("大小", KIND_NUMBER),
};
static const struct field_type ANSWER[] = {
    FIELD_ONE("案件", KIND_HASH), FIELD_WORD("状态", ANSWERS),    FIELD_ONE("依据", KIND_TEXT),
    FIELD_ONE("答复", KIND_HASH), FIELD_ONE("大小", KIND_NUMBER),
};

static const struct statement_type REPORT_TYPE = ROW("case.report", REPORT);
static const struct statement_type ANSWER_TYPE = ROW("objection.answer", ANSWER);

static const struct type ROWS[] = {
    {
        .row = &REPORT_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "two handlers, once the organisation was heard; the file is sealed to handlers",
        .check = check_report,
        .apply = apply_report,
    },
    {
        .row = &ANSWER_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "a handler; the answer is sealed to the objector; 依据 is `-`, or the ground of"
                  " 不予受理 and 延期",
        .check = check_answer,
        .apply = apply_answer,
    },
};

const struct type_list ANSWER_TYPES = {"audit/record/answer.c", "Answers", ROWS,
                                       sizeof ROWS / sizeof ROWS[0]};
