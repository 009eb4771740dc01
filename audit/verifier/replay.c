#include "verifier/replay.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/entry.h"
#include "protocol/statement.h"
#include "verifier/crew.h"
#include "verifier/openings.h"

struct replay {
    sqlite3 *database;
    struct record *record;
    struct crew *crew;     /* NULL: everything is checked at once */
    struct bytes openings; /* whom cases are about, or empty */
    struct replay_failure failure;
    struct replay_totals totals;
};

/*
 * A database without a name: SQLite keeps it in a bounded cache and lets the rest spill into a
 * file that goes with the connection, so memory does not grow with the log. Nothing of it is ever
 * read after a failure, so it needs neither a journal nor a commit.
 */
static const char SETTINGS[] = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                               "PRAGMA temp_store=FILE; PRAGMA cache_size=-8192; BEGIN";

static struct result open_database(struct replay *replay)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    REQUIRE(sqlite3_open_v2("", &replay->database, flags, NULL) == SQLITE_OK &&
                sqlite3_exec(replay->database, SETTINGS, NULL, NULL, NULL) == SQLITE_OK,
            STORAGE_FAILED, "record.storage");
    TRY(record_create(replay->database));
    return record_open(replay->database, &replay->record);
}

struct result replay_open(unsigned threads, struct replay **out)
{
    AUTO_REPLAY *replay = calloc(1, sizeof *replay);

    REQUIRE(replay != NULL, OUT_OF_MEMORY, "memory");
    TRY(open_database(replay));
    if (threads > 0) {
        TRY(crew_start(replay->record, threads, &replay->crew));
    }
    *out = replay;
    replay = NULL; /* transferred */
    return OK;
}

void replay_close(struct replay *replay)
{
    if (replay == NULL) {
        return;
    }
    crew_stop(replay->crew);
    if (replay->record != NULL) {
        record_close(replay->record);
    }
    sqlite3_close(replay->database);
    free(replay);
}

void replay_close_scope(struct replay **replay)
{
    replay_close(*replay);
}

void replay_tell(struct replay *replay, struct bytes openings)
{
    replay->openings = openings;
}

/* The type as the text states it, for a message about an entry that was refused. */
static void note_type(struct replay_failure *failure, struct bytes note)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    failure->type[0] = 0;
    if (is_ok(statement_parse(note, &statement)) && statement.type.size < sizeof failure->type) {
        memcpy(failure->type, statement.type.data, statement.type.size);
        failure->type[statement.type.size] = 0;
    }
}

/* The proofs of all but ballots need the state as it stands now. */
static struct result settle(struct replay *replay, struct prepared *prepared, uint64_t index)
{
    const bool is_ballot = strcmp(prepared_type_name(prepared), "ballot") == 0;

    if (!is_ballot) {
        const struct result proofs = record_prove(replay->record, prepared);

        if (!is_ok(proofs)) {
            TRY(record_verify(prepared)); /* what the service would have seen first */
            return proofs;
        }
    }
    if (replay->crew != NULL) {
        return crew_check(replay->crew, prepared, index);
    }
    TRY(record_verify(prepared));
    return is_ballot ? record_prove(replay->record, prepared) : OK;
}

static void count(struct replay *replay, const char *type, size_t signatures)
{
    replay->totals.entries++;
    replay->totals.steps[step_of_type(type)]++;
    replay->totals.signatures += strcmp(type, "ballot") == 0 ? 0 : signatures;
}

/* As the service does it, but that signatures and ballots may still be under way. */
static struct result fold(struct replay *replay, const struct entry *entry)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    uint64_t index;

    TRY(record_follow(replay->record, entry->note, entry->time, &prepared));
    TRY(openings_hold(replay->record, &prepared, replay->openings));
    TRY(record_append(replay->record, &prepared, entry->time, &index));
    count(replay, prepared_type_name(&prepared), prepared.signed_count);
    return settle(replay, &prepared, index);
}

struct result replay_entry(struct replay *replay, struct bytes raw)
{
    struct entry entry = {0, EMPTY_BYTES};

    TRY(replay->failure.result);
    const uint64_t index = replay->totals.entries;
    struct result result = entry_parse(raw, &entry);
    if (is_ok(result)) {
        result = fold(replay, &entry);
    }
    if (!is_ok(result)) {
        replay->failure.result = result;
        replay->failure.index = index;
        note_type(&replay->failure, entry.note);
    }
    return result;
}

struct result replay_settle(struct replay *replay)
{
    uint64_t index = 0;

    if (replay->crew == NULL) {
        return replay->failure.result;
    }
    const char *type = "";
    const struct result checks = crew_wait(replay->crew, &index, &type);
    if (!is_ok(checks) && (is_ok(replay->failure.result) || index < replay->failure.index)) {
        replay->failure = (struct replay_failure){.result = checks, .index = index};
        (void)snprintf(replay->failure.type, sizeof replay->failure.type, "%s", type);
    }
    return replay->failure.result;
}

struct record *replay_record(struct replay *replay)
{
    return replay->record;
}

const struct replay_failure *replay_failed(const struct replay *replay)
{
    return &replay->failure;
}

const struct replay_totals *replay_counted(const struct replay *replay)
{
    return &replay->totals;
}
