/* What comes without a real name, by telephone or on paper: recorded, and what was done about it.
 */
#include "protocol/statement.h"
#include "record/notice.h"
#include "record/query.h"
#include "record/types.h"

static const char SELECT_LEAD[] = "SELECT disposed IS NOT NULL FROM lead WHERE id = :id";

static struct result find_lead(const struct fold *fold, bool *found, bool *disposed)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_LEAD);

    query_bind_text(&query, ":id", statement_value(fold->statement, "线索"));
    TRY(query_step(&query, found));
    *disposed = *found && query_number(&query, 0) != 0;
    return OK;
}

/* --- lead.enter --- */

static struct result check_enter(const struct fold *fold)
{
    struct notice notice;
    bool found, disposed, handles;

    TRY(find_lead(fold, &found, &disposed));
    REQUIRE(!found, CONFLICT, "lead.known");
    TRY(notice_load_named(fold, &notice));
    TRY(notice_has_handler(fold->record, bytes_of_string(notice.id),
                           bytes_of_string(fold->prepared->signed_by[0].person), &handles));
    REQUIRE(handles, INVALID, "notice.handler_only");
    return OK;
}

static const char INSERT_LEAD[] = "INSERT INTO lead (id, notice, position, source)"
                                  " VALUES (:id, :notice, :position, :source)";

static struct result apply_enter(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_LEAD);

    query_bind_text(&query, ":id", statement_value(fold->statement, "线索"));
    query_bind_text(&query, ":notice", statement_value(fold->statement, "公示"));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":source", statement_value(fold->statement, "来源"));
    return query_run(&query);
}

/* --- lead.dispose --- */

static struct result check_dispose(const struct fold *fold)
{
    bool found, disposed;

    TRY(find_lead(fold, &found, &disposed));
    REQUIRE(found, NOT_FOUND, "lead.unknown");
    REQUIRE(!disposed, CONFLICT, "lead.disposed");
    return OK;
}

static const char UPDATE_DISPOSED[] =
    "UPDATE lead SET disposed = :position, disposition = :disposition WHERE id = :id";

static struct result apply_dispose(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_DISPOSED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":disposition", statement_value(fold->statement, "处置"));
    query_bind_text(&query, ":id", statement_value(fold->statement, "线索"));
    return query_run(&query);
}

/* --- rows --- */

static const char *const SOURCES[] = {"电话", "纸面", "匿名", "网络", 0};
static const char *const DISPOSITIONS[] = {"转为异议", "转投诉举报", "核查后存档", "不予处理", 0};

#define FIELD_WORD(label, words)         \
    {                                    \
        label, KIND_WORD, 1, 1, words, 0 \
    }

static const struct field_type ENTER[] = {
    FIELD_ONE("线索", KIND_ID),
    FIELD_ONE("公示", KIND_ID),
    FIELD_WORD("来源", SOURCES),
    FIELD_ONE("内容", KIND_HIDDEN),
};
static const struct field_type DISPOSE[] = {
    FIELD_ONE("线索", KIND_ID),
    FIELD_WORD("处置", DISPOSITIONS),
    FIELD_ONE("理由", KIND_HIDDEN),
};

static const struct statement_type ENTER_TYPE = ROW("lead.enter", ENTER);
static const struct statement_type DISPOSE_TYPE = ROW("lead.dispose", DISPOSE);

static const struct type ROWS[] = {
    {
        .row = &ENTER_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "a handler of the notice; no objection, no promise of an answer (C16)",
        .check = check_enter,
        .apply = apply_enter,
    },
    {
        .row = &DISPOSE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第二十一条",
        .remark = "once",
        .check = check_dispose,
        .apply = apply_dispose,
    },
};

const struct type_list LEAD_TYPES = {"audit/record/lead.c", "Leads", ROWS,
                                     sizeof ROWS / sizeof ROWS[0]};
