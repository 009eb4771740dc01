#include "server/refold.h"

#include <stdio.h>
#include <string.h>

#include "log/entry.h"
#include "record/query.h"
#include "record/record.h"
#include "server/database.h"
#include "server/ticket.h"

#define SENTENCE_SIZE 512

/* Nothing of it outlives the check: no journal, a bounded cache, the rest spills into a file. */
static const char SETTINGS[] = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                               "PRAGMA temp_store=FILE; PRAGMA cache_size=-8192; BEGIN";

static struct result open_scratch(sqlite3 **out)
{
    REQUIRE(sqlite3_open_v2("", out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
                    SQLITE_OK &&
                sqlite3_exec(*out, SETTINGS, NULL, NULL, NULL) == SQLITE_OK,
            STORAGE_FAILED, "service.storage");
    return record_create(*out);
}

static struct result fold_entry(struct record *record, struct bytes raw)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct entry entry;
    uint64_t index;

    TRY(entry_parse(raw, &entry));
    TRY(record_follow(record, entry.note, entry.time, &prepared));
    return record_append(record, &prepared, entry.time, &index);
}

static struct result require_folded(struct result folded, uint64_t index)
{
    if (is_ok(folded)) {
        return OK;
    }
    fprintf(stderr, "log: entry %llu: %s\n", (unsigned long long)index,
            folded.rule != NULL ? folded.rule : "internal");
    return fail_field(INVALID, "log.broken", NULL, index);
}

static const char SELECT_ENTRIES[] = "SELECT bytes FROM entry ORDER BY position";

static struct result fold_log(struct record *from, struct record *into)
{
    AUTO_QUERY query = query_start(from, SELECT_ENTRIES);
    bool row;

    for (uint64_t index = 0;; index++) {
        TRY(query_step(&query, &row));
        if (!row) {
            return OK;
        }
        TRY(require_folded(fold_entry(into, query_blob(&query, 0)), index));
    }
}

/* --- both states --- */

static struct result attach(sqlite3 *scratch, const char *path)
{
    sqlite3_stmt *statement = NULL;
    bool attached;

    /* A database is not attached within a transaction. */
    REQUIRE(sqlite3_exec(scratch, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, STORAGE_FAILED,
            "service.storage");
    attached =
        sqlite3_prepare_v2(scratch, "ATTACH ?1 AS stored", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    REQUIRE(attached, STORAGE_FAILED, "service.storage");
    return OK;
}

/* Whether a sentence gives the number 0; a database that cannot be read gives nothing. */
static bool gives_zero(sqlite3 *scratch, const char *sentence)
{
    sqlite3_stmt *statement = NULL;
    const bool zero = sqlite3_prepare_v2(scratch, sentence, -1, &statement, NULL) == SQLITE_OK &&
                      sqlite3_step(statement) == SQLITE_ROW &&
                      sqlite3_column_int(statement, 0) == 0;

    sqlite3_finalize(statement);
    return zero;
}

static const char COMPARE[] = "SELECT EXISTS (SELECT * FROM main.%s EXCEPT SELECT * FROM stored.%s)"
                              " OR EXISTS (SELECT * FROM stored.%s EXCEPT SELECT * FROM main.%s)";

static struct result compare_table(sqlite3 *scratch, const char *table)
{
    char sentence[SENTENCE_SIZE];

    (void)snprintf(sentence, sizeof sentence, COMPARE, table, table, table, table);
    if (!gives_zero(scratch, sentence)) {
        fprintf(stderr, "state: table %s is not what the log makes of it\n", table);
        return fail(INVALID, "state.broken");
    }
    return OK;
}

static struct result compare_tables(sqlite3 *scratch)
{
    static const char TABLES[] = "SELECT name FROM main.sqlite_master WHERE type = 'table'";
    sqlite3_stmt *statement = NULL;
    struct result compared = OK;

    REQUIRE(sqlite3_prepare_v2(scratch, TABLES, -1, &statement, NULL) == SQLITE_OK, STORAGE_FAILED,
            "service.storage");
    while (is_ok(compared) && sqlite3_step(statement) == SQLITE_ROW) {
        compared = compare_table(scratch, (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return compared;
}

/* --- what the log does not hold --- */

static const char CHECK_PAGES[] = "PRAGMA integrity_check(1)";

static struct result check_pages(struct record *record)
{
    AUTO_QUERY query = query_start(record, CHECK_PAGES);
    bool row;

    TRY(query_step(&query, &row));
    const struct bytes said = row ? query_text(&query, 0) : EMPTY_BYTES;
    if (!bytes_is(said, "ok")) {
        fprintf(stderr, "database: %.*s\n", (int)said.size, (const char *)said.data);
        return fail(INVALID, "database.broken");
    }
    return OK;
}

static const char SELECT_WAITING[] = "SELECT text_hash, note FROM private_waiting";

/* A ballot that was promised: its text must still be the one that the promise names. */
static struct result check_waiting(struct record *record)
{
    AUTO_QUERY query = query_start(record, SELECT_WAITING);
    struct hash32 hash;
    bool row;

    for (;;) {
        TRY(query_step(&query, &row));
        if (!row) {
            return OK;
        }
        REQUIRE(ticket_hash_text(query_blob(&query, 1), &hash) &&
                    bytes_equal(query_blob(&query, 0), BYTES(hash.bytes)),
                INVALID, "waiting.broken");
    }
}

struct result refold_check(struct record *record, const char *path)
{
    AUTO_DATABASE *scratch = NULL;
    AUTO_RECORD *fresh = NULL;

    TRY(open_scratch(&scratch));
    TRY(record_open(scratch, &fresh));
    TRY(fold_log(record, fresh));
    TRY(attach(scratch, path));
    TRY(compare_tables(scratch));
    TRY(check_pages(record));
    return check_waiting(record);
}
