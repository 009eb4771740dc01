#include "record/query.h"

#include <string.h>

#include "record/state.h"

struct query query_start(struct record *record, const char *sql)
{
    struct query query = {0};

    query.cached = state_take_query(record, sql);
    if (query.cached) {
        query.compiled = query.cached->compiled;
        return query;
    }
    query.broken = sqlite3_prepare_v2(record->database, sql, -1, &query.compiled, 0) != SQLITE_OK;
    return query;
}

void query_end(struct query *query)
{
    if (!query->cached) {
        sqlite3_finalize(query->compiled);
        return;
    }
    sqlite3_reset(query->compiled);
    sqlite3_clear_bindings(query->compiled);
    query->cached->used = false;
}

static int query_parameter(const struct query *query, const char *name)
{
    return query->broken ? 0 : sqlite3_bind_parameter_index(query->compiled, name);
}

void query_bind_text(struct query *query, const char *name, struct bytes text)
{
    const int parameter = query_parameter(query, name);

    if (text.size > INT32_MAX ||
        sqlite3_bind_text(query->compiled, parameter, text.size ? (const char *)text.data : "",
                          (int)text.size, SQLITE_STATIC) != SQLITE_OK) {
        query->broken = true;
    }
}

void query_bind_blob(struct query *query, const char *name, struct bytes blob)
{
    const int parameter = query_parameter(query, name);

    if (blob.size > INT32_MAX ||
        sqlite3_bind_blob(query->compiled, parameter, blob.size ? (const void *)blob.data : "",
                          (int)blob.size, SQLITE_STATIC) != SQLITE_OK) {
        query->broken = true;
    }
}

void query_bind_number(struct query *query, const char *name, uint64_t number)
{
    const int parameter = query_parameter(query, name);

    if (number > INT64_MAX ||
        sqlite3_bind_int64(query->compiled, parameter, (sqlite3_int64)number) != SQLITE_OK) {
        query->broken = true;
    }
}

struct result query_step(struct query *query, bool *row)
{
    int code = SQLITE_MISUSE;

    *row = false;
    if (!query->broken) {
        code = sqlite3_step(query->compiled);
    }
    if ((code & 0xff) == SQLITE_CONSTRAINT) {
        return fail(CONFLICT, "record.unique");
    }
    REQUIRE(code == SQLITE_ROW || code == SQLITE_DONE, STORAGE_FAILED, "record.storage");
    *row = code == SQLITE_ROW;
    return OK;
}

struct result query_run(struct query *query)
{
    bool row;

    TRY(query_step(query, &row));
    REQUIRE(!row, STORAGE_FAILED, "record.storage");
    return OK;
}

struct bytes query_text(struct query *query, int column)
{
    return query_blob(query, column);
}

struct bytes query_blob(struct query *query, int column)
{
    const uint8_t *data = sqlite3_column_blob(query->compiled, column);

    return (struct bytes){data, (size_t)sqlite3_column_bytes(query->compiled, column)};
}

uint64_t query_number(struct query *query, int column)
{
    return (uint64_t)sqlite3_column_int64(query->compiled, column);
}

bool query_is_null(struct query *query, int column)
{
    return sqlite3_column_type(query->compiled, column) == SQLITE_NULL;
}

struct result query_fixed(struct query *query, int column, uint8_t *out, size_t size)
{
    const struct bytes blob = query_blob(query, column);

    REQUIRE(blob.size == size, STORAGE_FAILED, "record.storage");
    memcpy(out, blob.data, size);
    return OK;
}
