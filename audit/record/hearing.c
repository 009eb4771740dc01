#include "record/hearing.h"

#include <string.h>

#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/case.h"
#include "record/case_file.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/notice_rules.h"
#include "record/query.h"
#include "record/workday.h"

/* --- what stands --- */

static const char SELECT_HEARING[] =
    "SELECT reply_key, due, replied IS NOT NULL FROM case_hearing WHERE objection = :objection";

struct result hearing_load(struct record *record, const struct hash32 *objection,
                           struct hearing *out)
{
    AUTO_QUERY query = query_start(record, SELECT_HEARING);

    memset(out, 0, sizeof *out);
    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    TRY(query_step(&query, &out->released));
    if (!out->released) {
        return OK;
    }
    out->due = query_number(&query, 1);
    out->replied = query_number(&query, 2) != 0;
    return query_fixed(&query, 0, out->reply_key.bytes, sizeof out->reply_key.bytes);
}

struct result hearing_key(const struct fold *fold, struct public_key *out)
{
    struct objection objection;
    struct hearing hearing;

    TRY(objection_load_named(fold, &objection));
    TRY(hearing_load(fold->record, &objection.hash, &hearing));
    REQUIRE(hearing.released, NOT_FOUND, "case.unsummarised");
    *out = hearing.reply_key;
    return OK;
}

struct result hearing_check_finding(const struct fold *fold, const struct objection *objection,
                                    struct bytes finding)
{
    struct hearing hearing;

    TRY(hearing_load(fold->record, &objection->hash, &hearing));
    REQUIRE(!hearing.released || hearing.replied || fold->time > hearing.due, CONFLICT,
            "case.hearing");
    if (!hearing.released && !bytes_is(finding, CASE_NOT_UPHELD)) {
        return fail_field(INVALID, "case.unheard", "结论", 0);
    }
    return OK;
}

/* --- case.summary --- */

static const char SELECT_KEY[] =
    "SELECT 1 FROM case_hearing WHERE reply_key = :key"
    " UNION ALL SELECT 1 FROM objection WHERE sign_key = :key OR box_key = :key"
    " UNION ALL SELECT 1 FROM enrolment WHERE sign_key = :key OR box_key = :key"
    " UNION ALL SELECT 1 FROM person WHERE sign_key = :key OR box_key = :key";

/* A key of this one case: no person's, and of no other, or the log would say who replies. */
static struct result check_key(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEY);
    struct public_key key;
    bool row;

    TRY(statement_fixed(fold->statement, "陈述公钥", 0, key.bytes, sizeof key.bytes));
    query_bind_blob(&query, ":key", BYTES(key.bytes));
    TRY(query_step(&query, &row));
    return !row && public_key_is_valid(&key)
               ? OK
               : fail_field(CONFLICT, "case.reply_key", "陈述公钥", 0);
}

/* As long as an objector has for a supplement: 补正工作日, from the day of release. */
static struct result check_term(const struct fold *fold, const struct notice *notice)
{
    const struct bytes cycle = bytes_of_string(notice->cycle);
    struct notice_rules rules;
    int64_t stated;
    uint64_t due;

    TRY(statement_time(fold->statement, "陈述期限", &stated));
    TRY(notice_load_rules(fold->record, cycle, &rules));
    TRY(workday_add(fold->record, cycle, fold->time, rules.supplement, &due));
    return stated == (int64_t)due ? OK : fail_field(INVALID, "case.reply_term", "陈述期限", 0);
}

/* The handlers and the representative, so that the number of readers says nothing. */
static uint64_t summary_readers(const struct notice *notice)
{
    return notice->handlers < SEALED_READERS_MAX ? notice->handlers + 1 : SEALED_READERS_MAX;
}

static struct result check_summary(const struct fold *fold)
{
    struct objection objection;
    struct hearing hearing;
    struct notice notice;

    TRY(objection_load_open(fold, &objection));
    TRY(case_check_signers(fold, &objection));
    TRY(hearing_load(fold->record, &objection.hash, &hearing));
    REQUIRE(!hearing.released, CONFLICT, "case.summarised");
    REQUIRE(!objection.joined, CONFLICT, "case.joined");
    REQUIRE(strcmp(objection.state, CASE_ACCEPTED) == 0 ||
                strcmp(objection.state, CASE_INVESTIGATED) == 0,
            CONFLICT, "case.unaccepted");
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    TRY(check_key(fold));
    TRY(check_term(fold, &notice));
    return case_file_check_size(fold, summary_readers(&notice));
}

static const char INSERT_HEARING[] =
    "INSERT INTO case_hearing (objection, position, summary, reply_key, due)"
    " VALUES (:objection, :position, :summary, :key, :due)";

static struct result insert_hearing(const struct fold *fold, const struct hash32 *objection)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_HEARING);
    struct public_key key;
    struct hash32 summary;
    int64_t due;

    TRY(statement_hash(fold->statement, "摘要", &summary));
    TRY(statement_fixed(fold->statement, "陈述公钥", 0, key.bytes, sizeof key.bytes));
    TRY(statement_time(fold->statement, "陈述期限", &due));
    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":summary", BYTES(summary.bytes));
    query_bind_blob(&query, ":key", BYTES(key.bytes));
    query_bind_number(&query, ":due", (uint64_t)due);
    return query_run(&query);
}

static struct result apply_summary(const struct fold *fold)
{
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    TRY(insert_hearing(fold, &objection));
    TRY(case_file_insert(fold, &objection,
                         &(struct case_file){FILE_SUMMARY, "摘要", EMPTY_BYTES, EMPTY_BYTES}));
    return case_note(fold, &objection);
}

/* --- case.reply --- */

static struct result check_reply(const struct fold *fold)
{
    struct objection objection;
    struct hearing hearing;
    struct notice notice;

    TRY(objection_load_open(fold, &objection));
    TRY(hearing_load(fold->record, &objection.hash, &hearing));
    REQUIRE(!hearing.replied, CONFLICT, "case.replied");
    REQUIRE(fold->time <= hearing.due, INVALID, "case.reply_late");
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    return case_file_check_size(fold, notice.handlers);
}

static const char UPDATE_REPLIED[] =
    "UPDATE case_hearing SET replied = :position WHERE objection = :objection";

static struct result apply_reply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REPLIED);
    struct hash32 objection;

    TRY(statement_hash(fold->statement, "案件", &objection));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":objection", BYTES(objection.bytes));
    TRY(query_run(&query));
    TRY(case_file_insert(fold, &objection,
                         &(struct case_file){FILE_REPLY, "陈述", EMPTY_BYTES, EMPTY_BYTES}));
    return case_note(fold, &objection);
}

/* --- rows --- */

static const struct field_type SUMMARY[] = {
    FIELD_ONE("案件", KIND_HASH),     FIELD_ONE("摘要", KIND_HASH),
    FIELD_ONE("大小", KIND_NUMBER),   FIELD_ONE("陈述公钥", KIND_KEY),
    FIELD_ONE("陈述期限", KIND_TIME),
};
static const struct field_type REPLY[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_ONE("陈述", KIND_HASH),
    FIELD_ONE("大小", KIND_NUMBER),
    FIELD_ONE("时间", KIND_TIME),
};

static const struct statement_type SUMMARY_TYPE = ROW("case.summary", SUMMARY);
static const struct statement_type REPLY_TYPE = ROW("case.reply", REPLY);

static const struct type ROWS[] = {
    {
        .row = &SUMMARY_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "two handlers, once, between acceptance and report; sealed to the organisation's"
                  " representative and the handlers; the term is computed",
        .check = check_summary,
        .apply = apply_summary,
    },
    {
        .row = &REPLY_TYPE,
        .signers = SIGNED_BY(SIGNER_RESPONDENT),
        .article = "第二十一条",
        .remark = "once, within the term; sealed to handlers",
        .check = check_reply,
        .apply = apply_reply,
    },
};

const struct type_list HEARING_TYPES = {"audit/record/hearing.c", "Hearings", ROWS,
                                        sizeof ROWS / sizeof ROWS[0]};
