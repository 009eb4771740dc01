#include "record/case_state.h"

#include "record/query.h"

static struct result run_about(const struct fold *fold, const char *sql,
                               const struct hash32 *objection, const char *state)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":state", bytes_of_string(state));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":time", fold->time);
    return query_run(&query);
}

static const char INSERT_ACT[] =
    "INSERT INTO case_act (position, objection, type, state, time) SELECT :position, hash, :type,"
    " state, :time FROM objection WHERE hash = :objection";

struct result case_note(const struct fold *fold, const struct hash32 *objection)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ACT);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":type", fold->statement->type);
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":time", fold->time);
    return query_run(&query);
}

static const char UPDATE_STATE[] =
    "UPDATE objection SET before = state, state = :state, since = :position"
    " WHERE hash = :objection AND :time > 0";
static const char UPDATE_MET[] =
    "UPDATE case_term SET met = :time WHERE objection = :objection AND met IS NULL"
    " AND :state <> '' AND :position > 0";

static const char INSERT_TERM[] =
    "INSERT INTO case_term (objection, position, state, due) VALUES (:objection, :position, :state,"
    " :due)";

static struct result begin_term(const struct fold *fold, const struct hash32 *objection,
                                const char *state, uint64_t due)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_TERM);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":state", bytes_of_string(state));
    query_bind_number(&query, ":due", due);
    return query_run(&query);
}

struct result case_enter(const struct fold *fold, const struct hash32 *objection, const char *state,
                         uint64_t due)
{
    TRY(run_about(fold, UPDATE_STATE, objection, state));
    TRY(run_about(fold, UPDATE_MET, objection, state));
    if (due > 0) {
        TRY(begin_term(fold, objection, state, due));
    }
    return case_note(fold, objection);
}

static const char UPDATE_CLOSED[] = "UPDATE objection SET closed = :position, closed_time = :time"
                                    " WHERE hash = :objection AND state = :state";

struct result case_close(const struct fold *fold, const struct hash32 *objection, const char *state)
{
    TRY(case_enter(fold, objection, state, 0));
    return run_about(fold, UPDATE_CLOSED, objection, state);
}

static const char UPDATE_DUE[] =
    "UPDATE case_term SET due = :due WHERE objection = :objection AND met IS NULL";

struct result case_extend(const struct fold *fold, const struct hash32 *objection, uint64_t due)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_DUE);

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_number(&query, ":due", due);
    TRY(query_run(&query));
    return case_note(fold, objection);
}
