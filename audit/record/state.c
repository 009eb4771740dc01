#include "record/state.h"

#include <stdlib.h>
#include <string.h>

#include "log/entry.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/schema.h"

static struct result run_once(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *compiled = 0;
    int code;

    REQUIRE(sqlite3_prepare_v2(database, sql, -1, &compiled, 0) == SQLITE_OK, STORAGE_FAILED,
            "record.storage");
    code = sqlite3_step(compiled);
    sqlite3_finalize(compiled);
    REQUIRE(code == SQLITE_DONE, STORAGE_FAILED, "record.storage");
    return OK;
}

struct result record_create(sqlite3 *database)
{
    for (size_t i = 0; i < schema_count(); i++) {
        TRY(run_once(database, schema_at(i)));
    }
    return OK;
}

struct result record_open(sqlite3 *database, struct record **out)
{
    struct record *record = calloc(1, sizeof *record);

    REQUIRE(record, OUT_OF_MEMORY, "record.memory");
    record->database = database;
    *out = record;
    return OK;
}

void record_close(struct record *record)
{
    if (!record) {
        return;
    }
    for (size_t i = 0; i < record->query_count; i++) {
        sqlite3_finalize(record->queries[i].compiled);
    }
    while (record->elections) {
        struct kept_election *kept = record->elections;

        record->elections = kept->next;
        election_free(&kept->election);
        free(kept);
    }
    free(record);
}

void record_close_scope(struct record **record)
{
    record_close(*record);
}

struct cached_query *state_take_query(struct record *record, const char *sql)
{
    struct cached_query *cached = record->queries;
    struct cached_query *const end = record->queries + record->query_count;

    while (cached < end && cached->sql != sql) {
        cached++;
    }
    if (cached == end) {
        sqlite3_stmt *compiled;

        if (record->query_count == RECORD_QUERIES_MAX ||
            sqlite3_prepare_v3(record->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &compiled,
                               0) != SQLITE_OK) {
            return 0;
        }
        *cached = (struct cached_query){sql, compiled, false};
        record->query_count++;
    }
    if (cached->used) {
        return 0;
    }
    cached->used = true;
    return cached;
}

struct result state_load_text(struct record *record, const struct hash32 *text_hash,
                              struct buffer *out)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry entry;
    uint64_t index;

    TRY(journal_find_text(record, text_hash, &index));
    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(statement_parse(entry.note, &statement));
    return buffer_append(out, statement.text);
}

static struct result keep_election(struct record *record, const struct hash32 *manifest,
                                   struct kept_election *kept)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const struct result loaded = state_load_text(record, manifest, &text);

    REQUIRE(loaded.failure != NOT_FOUND, NOT_FOUND, "election.unknown");
    TRY(loaded);
    return election_parse(buffer_view(&text), &kept->election);
}

static const char SELECT_MANIFEST[] = "SELECT 1 FROM election WHERE manifest = :manifest";

static struct result require_election(struct record *record, const struct hash32 *manifest)
{
    AUTO_QUERY query = query_start(record, SELECT_MANIFEST);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "election.unknown");
    return OK;
}

/* The database decides whether it is an election: a rolled back one may still be kept. */
struct result record_election(struct record *record, const struct hash32 *manifest,
                              const struct election **out)
{
    struct kept_election *kept;
    struct result read;

    TRY(require_election(record, manifest));
    for (kept = record->elections; kept; kept = kept->next) {
        if (hash32_equal(&kept->election.manifest, manifest)) {
            *out = &kept->election;
            return OK;
        }
    }
    kept = calloc(1, sizeof *kept);
    REQUIRE(kept, OUT_OF_MEMORY, "record.memory");
    read = keep_election(record, manifest, kept);
    if (!is_ok(read)) {
        free(kept);
        return read;
    }
    kept->next = record->elections;
    record->elections = kept;
    *out = &kept->election;
    return OK;
}

static const char SELECT_TAG[] = "SELECT 1 FROM tag WHERE manifest = :manifest AND tag = :tag";

struct result record_has_tag(struct record *record, const struct hash32 *manifest,
                             const struct point *tag, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TAG);

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    query_bind_blob(&query, ":tag", BYTES(tag->bytes));
    return query_step(&query, out);
}

void state_copy_id(struct bytes id, char out[static RECORD_ID_SIZE])
{
    const size_t size = id.size < RECORD_ID_SIZE ? id.size : RECORD_ID_SIZE - 1;

    memset(out, 0, RECORD_ID_SIZE);
    if (size > 0) {
        memcpy(out, id.data, size);
    }
}
