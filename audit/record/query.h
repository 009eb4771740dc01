/*
 * query.h - one SQL statement of the record: bound, stepped and read.
 *
 * A query is a string literal directly above the function that runs it. It is prepared on first
 * use and kept for the life of its `struct record`; the cache goes by the literal's address. A
 * failed bind makes the next step fail, so a query reads: start, bind, bind, step, read. Views
 * read from a row live until the next step or the end of the scope.
 */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct cached_query;
struct record;

struct query {
    sqlite3_stmt *compiled;
    struct cached_query *cached; /* NULL: this query's alone */
    bool broken;
};

#define AUTO_QUERY __attribute__((cleanup(query_end))) struct query

/* `sql` is a string literal. Fails later, in query_step, if it cannot be prepared. */
struct query query_start(struct record *record, const char *sql);
void query_end(struct query *query);

void query_bind_text(struct query *query, const char *name, struct bytes text);
void query_bind_blob(struct query *query, const char *name, struct bytes blob);
void query_bind_number(struct query *query, const char *name, uint64_t number);

/* STORAGE_FAILED "record.storage" if the step fails; CONFLICT "record.unique" for a broken key. */
MUST_CHECK struct result query_step(struct query *query, bool *row);
/* A step that must give no row, for INSERT, UPDATE and DELETE. */
MUST_CHECK struct result query_run(struct query *query);

struct bytes query_text(struct query *query, int column);
struct bytes query_blob(struct query *query, int column);
uint64_t query_number(struct query *query, int column);
bool query_is_null(struct query *query, int column);
/* A blob of exactly `size` bytes; anything else is STORAGE_FAILED "record.storage". */
MUST_CHECK struct result query_fixed(struct query *query, int column, uint8_t *out, size_t size);
