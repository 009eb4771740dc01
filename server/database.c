#include "server/database.h"

#include <stdio.h>

#include "record/query.h"
#include "record/record.h"

/* The service's own tables: never part of the fold, and empty in an export. */
static const char PRIVATE_TABLES[] =
    /* Ballots accepted and not yet logged; refused: the rule that kept one out of its batch. */
    "CREATE TABLE IF NOT EXISTS private_waiting ("
    " manifest BLOB NOT NULL, tag BLOB NOT NULL, text_hash BLOB NOT NULL UNIQUE,"
    " note BLOB NOT NULL, promise INTEGER NOT NULL, refused TEXT,"
    " PRIMARY KEY (manifest, tag)) STRICT;"
    /* The token of an invitation, hashed; one a person, used by the enrolment it let in. */
    "CREATE TABLE IF NOT EXISTS private_invitation ("
    " token_hash BLOB PRIMARY KEY, person TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL,"
    " used_by BLOB) STRICT;"
    /* Sessions by the hash of their cookie. */
    "CREATE TABLE IF NOT EXISTS private_session ("
    " cookie_hash BLOB PRIMARY KEY, person TEXT NOT NULL, opened INTEGER NOT NULL,"
    " seen INTEGER NOT NULL) STRICT;"
    /* What opens a hidden field: kept outside the log, so that it can be erased. */
    "CREATE TABLE IF NOT EXISTS private_opening ("
    " hidden TEXT PRIMARY KEY, type TEXT NOT NULL, label TEXT NOT NULL, salt BLOB NOT NULL,"
    " value TEXT NOT NULL, statement BLOB NOT NULL) STRICT;"
    /* Notes that somebody still has to sign. */
    "CREATE TABLE IF NOT EXISTS private_proposal ("
    " text_hash BLOB PRIMARY KEY, type TEXT NOT NULL, note BLOB NOT NULL,"
    " since INTEGER NOT NULL) STRICT;"
    /* Where a person wants to be reminded ('': nowhere), and when that was signed. */
    "CREATE TABLE IF NOT EXISTS private_contact ("
    " person TEXT PRIMARY KEY, email TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
    /* What a person was reminded of: a task, as it stood since then; 'new' or 'late'. */
    "CREATE TABLE IF NOT EXISTS private_reminder ("
    " person TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL, since INTEGER NOT NULL,"
    " stage TEXT NOT NULL, time INTEGER NOT NULL,"
    " PRIMARY KEY (person, kind, object, since, stage)) STRICT;"
    /* What two keepers have handed to a handler, sealed to the handler's key. */
    "CREATE TABLE IF NOT EXISTS private_share ("
    " document BLOB NOT NULL, keeper TEXT NOT NULL, reader TEXT NOT NULL, sealed BLOB NOT NULL,"
    " PRIMARY KEY (document, keeper, reader)) STRICT;"
    /* Who was given which document, and when. */
    "CREATE TABLE IF NOT EXISTS private_reading ("
    " document BLOB NOT NULL, person TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS private_reading_document ON private_reading (document);";

void database_close(sqlite3 *database)
{
    /* Readers close last and cannot do it: a service at rest is one file. */
    if (database && !sqlite3_db_readonly(database, "main")) {
        (void)sqlite3_wal_checkpoint_v2(database, 0, SQLITE_CHECKPOINT_TRUNCATE, 0, 0);
    }
    sqlite3_close_v2(database);
}

void database_close_scope(sqlite3 **database)
{
    database_close(*database);
}

/* The words of SQLite go to the journal where they are first known, and nowhere else. */
static struct result run_script(sqlite3 *database, const char *script)
{
    if (sqlite3_exec(database, script, 0, 0, 0) != SQLITE_OK) {
        fprintf(stderr, "database: %s\n", sqlite3_errmsg(database));
        return fail(STORAGE_FAILED, "service.storage");
    }
    return OK;
}

struct result database_open(const char *path, sqlite3 **out)
{
    AUTO_DATABASE *database = 0;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    if (sqlite3_open_v2(path, &database, flags, 0) != SQLITE_OK) {
        fprintf(stderr, "database: %s\n", sqlite3_errmsg(database));
        return fail(STORAGE_FAILED, "service.storage");
    }
    /* SQLite opens what it may not write for reading, and says so only at the first write. */
    if (sqlite3_db_readonly(database, "main")) {
        fprintf(stderr, "database: read-only\n");
        return fail(STORAGE_FAILED, "service.storage");
    }
    sqlite3_busy_timeout(database, 10000);
    TRY(run_script(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                             "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"));
    TRY(record_create(database));
    TRY(run_script(database, PRIVATE_TABLES));
    *out = database;
    database = 0; /* transferred */
    return OK;
}

struct result database_open_reader(const char *path, sqlite3 **out)
{
    AUTO_DATABASE *database = 0;

    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, 0) !=
        SQLITE_OK) {
        return fail(NOT_FOUND, "database.missing");
    }
    sqlite3_busy_timeout(database, 10000);
    TRY(run_script(database, "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF;"));
    *out = database;
    database = 0; /* transferred */
    return OK;
}

static struct result run_sentence(struct record *record, const char *sentence)
{
    AUTO_QUERY query = query_start(record, sentence);

    return query_run(&query);
}

struct result database_begin(struct record *record)
{
    return run_sentence(record, "BEGIN IMMEDIATE");
}

struct result database_begin_read(struct record *record)
{
    return run_sentence(record, "BEGIN");
}

struct result database_commit(struct record *record)
{
    return run_sentence(record, "COMMIT");
}

void database_rollback(struct record *record)
{
    /* A transaction that SQLite has already rolled back itself has nothing left to undo. */
    const struct result undone = run_sentence(record, "ROLLBACK");

    (void)undone;
}

struct result database_mark(struct record *record)
{
    return run_sentence(record, "SAVEPOINT entry");
}

struct result database_keep(struct record *record)
{
    return run_sentence(record, "RELEASE entry");
}

struct result database_undo(struct record *record)
{
    TRY(run_sentence(record, "ROLLBACK TO entry"));
    return database_keep(record);
}

struct result database_copy(const char *path, const char *copy)
{
    AUTO_DATABASE *from = 0;
    AUTO_DATABASE *into = 0;
    sqlite3_backup *backup;
    int code;

    TRY(database_open_reader(path, &from));
    REQUIRE(sqlite3_open_v2(copy, &into, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0) ==
                SQLITE_OK,
            STORAGE_FAILED, "service.storage");
    backup = sqlite3_backup_init(into, "main", from, "main");
    REQUIRE(backup, STORAGE_FAILED, "service.storage");
    code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    REQUIRE(code == SQLITE_DONE, STORAGE_FAILED, "service.storage");
    return OK;
}
