#include "record/objection.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/case_state.h"
#include "record/notice.h"
#include "record/notice_rules.h"
#include "record/query.h"
#include "record/sealed_parts.h"
#include "record/state.h"

#define HOUR 3600

/* --- what stands --- */

static const char SELECT_OBJECTION[] =
    "SELECT notice, number, time, late, sign_key, box_key, state, before, received IS NOT NULL,"
    " verified IS NOT NULL, joined, opened IS NOT NULL, asked IS NOT NULL, accepted,"
    " extended IS NOT NULL, reported IS NOT NULL, finding, closed IS NOT NULL, closed_time,"
    " erased IS NOT NULL FROM objection WHERE hash = :hash";

static void copy_word(struct bytes word, char out[static OBJECTION_STATE_SIZE])
{
    const size_t size =
        word.size < OBJECTION_STATE_SIZE ? word.size : (size_t)(OBJECTION_STATE_SIZE - 1);

    memset(out, 0, OBJECTION_STATE_SIZE);
    if (size > 0) {
        memcpy(out, word.data, size);
    }
}

static struct result read_row(struct query *query, struct objection *out)
{
    state_copy_id(query_text(query, 0), out->notice);
    out->number = query_number(query, 1);
    out->time = query_number(query, 2);
    out->late = query_number(query, 3) != 0;
    copy_word(query_text(query, 6), out->state);
    copy_word(query_text(query, 7), out->before);
    out->received = query_number(query, 8) != 0;
    out->verified = query_number(query, 9) != 0;
    out->joined = !query_is_null(query, 10);
    out->opened = query_number(query, 11) != 0;
    out->asked = query_number(query, 12) != 0;
    out->accepted = query_number(query, 13);
    out->extended = query_number(query, 14) != 0;
    out->reported = query_number(query, 15) != 0;
    copy_word(query_text(query, 16), out->finding);
    out->closed = query_number(query, 17) != 0;
    out->closed_time = query_number(query, 18);
    out->erased = query_number(query, 19) != 0;
    if (out->joined) {
        TRY(query_fixed(query, 10, out->main.bytes, sizeof out->main.bytes));
    }
    TRY(query_fixed(query, 4, out->sign_key.bytes, sizeof out->sign_key.bytes));
    return query_fixed(query, 5, out->box_key.bytes, sizeof out->box_key.bytes);
}

struct result objection_load(struct record *record, const struct hash32 *hash,
                             struct objection *out)
{
    AUTO_QUERY query = query_start(record, SELECT_OBJECTION);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "case.unknown");
    out->hash = *hash;
    return read_row(&query, out);
}

struct result objection_load_named(const struct fold *fold, struct objection *out)
{
    struct hash32 hash;

    TRY(statement_hash(fold->statement, "案件", &hash));
    return objection_load(fold->record, &hash, out);
}

struct result objection_load_open(const struct fold *fold, struct objection *out)
{
    TRY(objection_load_named(fold, out));
    REQUIRE(!out->closed, CONFLICT, "case.closed");
    return OK;
}

/* --- objection.file --- */

static const char SELECT_KEY[] =
    "SELECT 1 FROM objection WHERE sign_key = :sign OR box_key = :box"
    " UNION ALL SELECT 1 FROM case_hearing WHERE reply_key = :sign"
    " UNION ALL SELECT 1 FROM enrolment WHERE sign_key = :sign OR box_key = :box"
    " UNION ALL SELECT 1 FROM person WHERE sign_key = :sign OR box_key = :box";

/* Keys of this one filing: no person's, and of no other case, or the log would join them. */
static struct result check_keys(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEY);
    struct public_key sign_key;
    struct box_public box_key;
    bool row;

    TRY(statement_fixed(fold->statement, "签名公钥", 0, sign_key.bytes, sizeof sign_key.bytes));
    TRY(statement_fixed(fold->statement, "封存公钥", 0, box_key.bytes, sizeof box_key.bytes));
    REQUIRE(public_key_is_valid(&sign_key), INVALID, "key.sign");
    REQUIRE(box_public_is_valid(&box_key), INVALID, "key.box");
    query_bind_blob(&query, ":sign", BYTES(sign_key.bytes));
    query_bind_blob(&query, ":box", BYTES(box_key.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "objection.key");
    return OK;
}

static struct result check_file(const struct fold *fold)
{
    struct notice notice;

    REQUIRE(fold->statement->text.size <= OBJECTION_TEXT_MAX, INVALID, "objection.length");
    TRY(notice_load_named(fold, &notice));
    REQUIRE(fold->time >= notice.opens, INVALID, "objection.early");
    TRY(check_keys(fold));
    return sealed_parts_check(fold, &notice, false);
}

static const char INSERT_OBJECTION[] =
    "INSERT INTO objection (hash, notice, number, position, time, late, sign_key, box_key, state,"
    " since) SELECT :hash, :notice, COUNT(*) + 1, :position, :time, :late, :sign, :box, '',"
    " :position FROM objection WHERE notice = :notice";

static struct result insert_objection(const struct fold *fold, const struct notice *notice)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_OBJECTION);
    struct public_key sign_key;
    struct box_public box_key;

    TRY(statement_fixed(fold->statement, "签名公钥", 0, sign_key.bytes, sizeof sign_key.bytes));
    TRY(statement_fixed(fold->statement, "封存公钥", 0, box_key.bytes, sizeof box_key.bytes));
    query_bind_blob(&query, ":hash", BYTES(fold->prepared->text_hash.bytes));
    query_bind_text(&query, ":notice", bytes_of_string(notice->id));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":time", fold->time);
    query_bind_number(&query, ":late", fold->time >= notice->closes);
    query_bind_blob(&query, ":sign", BYTES(sign_key.bytes));
    query_bind_blob(&query, ":box", BYTES(box_key.bytes));
    return query_run(&query);
}

/* By the rules of the notice's cycle, which stood before it. */
static struct result load_rules(const struct fold *fold, const char *notice_id,
                                struct notice *notice, struct notice_rules *rules)
{
    TRY(notice_load(fold->record, bytes_of_string(notice_id), notice));
    return notice_load_rules(fold->record, bytes_of_string(notice->cycle), rules);
}

static struct result apply_file(const struct fold *fold)
{
    const struct hash32 *hash = &fold->prepared->text_hash;
    struct notice_rules rules;
    struct notice notice;
    uint64_t due;

    TRY(notice_load_named(fold, &notice));
    TRY(notice_load_rules(fold->record, bytes_of_string(notice.cycle), &rules));
    due = fold->time + rules.material_hours * HOUR;
    TRY(insert_objection(fold, &notice));
    TRY(sealed_parts_insert(fold, hash, due));
    return case_enter(fold, hash, CASE_AWAITED, due);
}

/* --- objection.supplement --- */

static struct result check_supplement(const struct fold *fold)
{
    struct objection objection;
    struct notice notice;

    TRY(objection_load_open(fold, &objection));
    REQUIRE(strcmp(objection.state, CASE_SUPPLEMENT) == 0, CONFLICT, "objection.unasked");
    TRY(notice_load(fold->record, bytes_of_string(objection.notice), &notice));
    return sealed_parts_check(fold, &notice, true);
}

static struct result apply_supplement(const struct fold *fold)
{
    struct objection objection;
    struct notice_rules rules;
    struct notice notice;

    TRY(objection_load_named(fold, &objection));
    TRY(load_rules(fold, objection.notice, &notice, &rules));
    TRY(sealed_parts_insert(fold, &objection.hash, fold->time + rules.material_hours * HOUR));
    return case_note(fold, &objection.hash);
}

/* --- objection.withdraw --- */

static struct result check_withdraw(const struct fold *fold)
{
    struct objection objection;

    return objection_load_open(fold, &objection);
}

static struct result apply_withdraw(const struct fold *fold)
{
    struct objection objection;

    TRY(objection_load_named(fold, &objection));
    return case_close(fold, &objection.hash, CASE_WITHDRAWN);
}

/* --- status.ask: never logged --- */

static struct result check_ask(const struct fold *fold)
{
    struct public_key key;

    return statement_fixed(fold->statement, "签名公钥", 0, key.bytes, sizeof key.bytes);
}

/* --- rows --- */

static const struct field_type FILE_FIELDS[] = {
    FIELD_ONE("公示", KIND_ID),      FIELD_ONE("对象", KIND_HIDDEN),
    FIELD_ONE("签名公钥", KIND_KEY), FIELD_ONE("封存公钥", KIND_KEY),
    FIELD_SOME("部分", KIND_LINE),   FIELD_ONE("时间", KIND_TIME),
};
static const struct field_type SUPPLEMENT[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_SOME("部分", KIND_LINE),
    FIELD_ONE("时间", KIND_TIME),
};
static const struct field_type WITHDRAW[] = {
    FIELD_ONE("案件", KIND_HASH),
    FIELD_OPTIONAL("理由", KIND_HIDDEN),
    FIELD_ONE("时间", KIND_TIME),
};
static const struct field_type ASK[] = {
    FIELD_ONE("签名公钥", KIND_KEY),
    FIELD_ONE("时间", KIND_TIME),
};

static const struct statement_type FILE_TYPE = ROW("objection.file", FILE_FIELDS);
static const struct statement_type SUPPLEMENT_TYPE = ROW("objection.supplement", SUPPLEMENT);
static const struct statement_type WITHDRAW_TYPE = ROW("objection.withdraw", WITHDRAW);
static const struct statement_type ASK_TYPE = ROW("status.ask", ASK);

static const struct type ROWS[] = {
    {
        .row = &FILE_TYPE,
        .signers = SIGNED_BY(SIGNER_OBJECTOR),
        .article = "第二十一条",
        .remark = "at most 4,096 bytes; decides timeliness; a part is `<kind> <hash> <size>`",
        .check = check_file,
        .apply = apply_file,
    },
    {
        .row = &SUPPLEMENT_TYPE,
        .signers = SIGNED_BY(SIGNER_OBJECTOR),
        .article = "第二十一条",
        .remark = "while a supplement is asked for",
        .check = check_supplement,
        .apply = apply_supplement,
    },
    {
        .row = &WITHDRAW_TYPE,
        .signers = SIGNED_BY(SIGNER_OBJECTOR),
        .article = "第二十一条",
        .remark = "until the case is closed",
        .check = check_withdraw,
        .apply = apply_withdraw,
    },
    {
        .row = &ASK_TYPE,
        .signers = SIGNED_BY(SIGNER_OBJECTOR),
        .never_logged = true,
        .article = "",
        .remark = "never logged",
        .check = check_ask,
    },
};

const struct type_list OBJECTION_TYPES = {"audit/record/objection.c", "Objections", ROWS,
                                          sizeof ROWS / sizeof ROWS[0]};
