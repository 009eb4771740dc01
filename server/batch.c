#include "server/batch.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/election.h"
#include "record/election.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/record.h"
#include "record/refusal.h"
#include "server/database.h"

static const char SELECT_TEXT[] = "SELECT promise, refused FROM private_waiting"
                                  " WHERE text_hash = :hash";

struct result batch_find(struct record *record, const struct hash32 *text_hash, bool *waits,
                         uint64_t *promise)
{
    AUTO_QUERY query = query_start(record, SELECT_TEXT);
    bool row;

    *waits = false;
    query_bind_blob(&query, ":hash", BYTES(text_hash->bytes));
    TRY(query_step(&query, &row));
    if (!row) {
        return OK;
    }
    if (!query_is_null(&query, 1)) {
        AUTO_BUFFER rule = BUFFER_INIT;
        const char *text;

        TRY(buffer_append(&rule, query_text(&query, 1)));
        TRY(buffer_terminate(&rule, &text));
        return fail(INVALID, refusal_find(text)->rule);
    }
    *waits = true;
    *promise = query_number(&query, 0);
    return OK;
}

static const char SELECT_TAG[] = "SELECT text_hash FROM private_waiting"
                                 " WHERE manifest = :manifest AND tag = :tag";

struct result batch_check_tag(struct record *record, const struct prepared *prepared)
{
    AUTO_QUERY query = query_start(record, SELECT_TAG);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(prepared->subject.manifest.bytes));
    query_bind_blob(&query, ":tag", BYTES(prepared->tag.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(!row || bytes_equal(query_blob(&query, 0), BYTES(prepared->text_hash.bytes)), CONFLICT,
            "ballot.tag");
    return OK;
}

static const char SELECT_BURNED[] = "SELECT 1 FROM private_waiting"
                                    " WHERE manifest = :manifest AND tag = :tag"
                                    " AND refused IS NULL";

struct result batch_check_burn(struct record *record, const struct prepared *prepared)
{
    AUTO_QUERY query = query_start(record, SELECT_BURNED);
    bool row;

    if (strcmp(prepared_type_name(prepared), "ballot.burn") != 0) {
        return OK;
    }
    query_bind_blob(&query, ":manifest", BYTES(prepared->subject.manifest.bytes));
    query_bind_blob(&query, ":tag", BYTES(prepared->tag.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "burn.tag");
    return OK;
}

static const char COUNT_WAITING[] = "SELECT count(*) FROM private_waiting"
                                    " WHERE manifest = :manifest AND refused IS NULL";

struct result batch_count(struct record *record, const struct hash32 *manifest, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, COUNT_WAITING);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, STORAGE_FAILED, "service.storage");
    *out = query_number(&query, 0);
    return OK;
}

/* The end of the window in which `now` lies. */
static uint64_t window_end(const struct election *election, uint64_t opens, uint64_t now)
{
    const uint64_t window = election->window ? election->window : 1;

    return now < opens ? opens + window : opens + ((now - opens) / window + 1) * window;
}

/*
 * Until when a ballot is certainly logged: with three together, the end of the next window (the
 * writer may be busy at the end of this one); else only the closing time is certain.
 */
static uint64_t promise_time(const struct election *election, const struct election_state *state,
                             uint64_t waiting, uint64_t now)
{
    const uint64_t end = window_end(election, state->opens, now) + election->window;

    return waiting < BATCH_SIZE_MIN || end > state->closes ? state->closes : end;
}

static const char INSERT_WAITING[] =
    "INSERT INTO private_waiting (manifest, tag, text_hash, note, promise)"
    " VALUES (:manifest, :tag, :hash, :note, :promise)";

static struct result store_waiting(struct record *record, const struct prepared *prepared,
                                   uint64_t promise)
{
    AUTO_QUERY query = query_start(record, INSERT_WAITING);

    query_bind_blob(&query, ":manifest", BYTES(prepared->subject.manifest.bytes));
    query_bind_blob(&query, ":tag", BYTES(prepared->tag.bytes));
    query_bind_blob(&query, ":hash", BYTES(prepared->text_hash.bytes));
    query_bind_blob(&query, ":note", buffer_view(&prepared->note));
    query_bind_number(&query, ":promise", promise);
    return query_run(&query);
}

/* The same ballot sent twice at once: one of the two may be logged while the other is proved. */
static bool is_logged(struct result read, struct ticket *ticket)
{
    if (!read.rule || strcmp(read.rule, "statement.logged") != 0) {
        return false;
    }
    ticket->known = true;
    ticket->outcome = TICKET_LOGGED;
    ticket->index = read.at;
    return true;
}

struct result batch_accept(struct record *record, struct ticket *ticket, uint64_t now)
{
    const struct hash32 *const manifest = &ticket->prepared.subject.manifest;
    AUTO_PREPARED fresh = PREPARED_INIT;
    const struct election *election;
    struct election_state state;
    uint64_t waiting;

    ticket->outcome = TICKET_ACCEPTED;
    TRY(batch_find(record, &ticket->text_hash, &ticket->known, &ticket->promise));
    if (ticket->known) {
        return OK;
    }
    const struct result read = record_read(record, buffer_view(&ticket->note), now, &fresh);
    if (is_logged(read, ticket)) {
        return OK;
    }
    TRY(read);
    TRY(batch_check_tag(record, &fresh));
    TRY(record_election(record, manifest, &election));
    TRY(election_load(record, manifest, &state));
    TRY(batch_count(record, manifest, &waiting));
    REQUIRE(now + BATCH_CLOSING_MARGIN < state.closes, CONFLICT, "ballot.late");
    ticket->promise = promise_time(election, &state, waiting + 1, now);
    return store_waiting(record, &fresh, ticket->promise);
}

/* One waiting ballot, copied out of its row because logging it changes the table. */
struct waiting {
    struct waiting *next;
    struct hash32 text_hash;
    struct buffer note;
};

static void free_waiting(struct waiting **list)
{
    while (*list) {
        struct waiting *const first = *list;

        *list = first->next;
        buffer_free(&first->note);
        free(first);
    }
}

static const char SELECT_WAITING[] = "SELECT text_hash, note FROM private_waiting"
                                     " WHERE manifest = :manifest AND refused IS NULL"
                                     " ORDER BY tag DESC";

/* The last first, each put before those behind it: the list ascends by tag. */
static struct result load_waiting(struct record *record, const struct hash32 *manifest,
                                  struct waiting **list)
{
    AUTO_QUERY query = query_start(record, SELECT_WAITING);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    TRY(query_step(&query, &row));
    while (row) {
        struct waiting *const one = calloc(1, sizeof *one);

        REQUIRE(one, OUT_OF_MEMORY, "service.memory");
        one->next = *list;
        *list = one;
        TRY(query_fixed(&query, 0, one->text_hash.bytes, sizeof one->text_hash.bytes));
        TRY(buffer_append(&one->note, query_blob(&query, 1)));
        TRY(query_step(&query, &row));
    }
    return OK;
}

static const char DELETE_WAITING[] = "DELETE FROM private_waiting WHERE text_hash = :hash";

/* The proofs were checked when the ballot was accepted; the rest is judged again. */
static struct result log_waiting(struct record *record, const struct waiting *one, uint64_t now)
{
    AUTO_QUERY query = query_start(record, DELETE_WAITING);
    AUTO_PREPARED prepared = PREPARED_INIT;
    uint64_t index;

    TRY(record_read(record, buffer_view(&one->note), now, &prepared));
    TRY(record_admit(record, &prepared, now));
    TRY(record_append(record, &prepared, now, &index));
    query_bind_blob(&query, ":hash", BYTES(one->text_hash.bytes));
    return query_run(&query);
}

static const char REFUSE_WAITING[] = "UPDATE private_waiting SET refused = :rule"
                                     " WHERE text_hash = :hash";

/* Kept, so that whoever asks for the receipt is told why there is none. */
static struct result refuse_waiting(struct record *record, const struct waiting *one,
                                    const char *rule)
{
    AUTO_QUERY query = query_start(record, REFUSE_WAITING);

    query_bind_text(&query, ":rule", bytes_of_string(rule ? rule : "internal"));
    query_bind_blob(&query, ":hash", BYTES(one->text_hash.bytes));
    return query_run(&query);
}

static struct result log_or_refuse(struct record *record, const struct waiting *one, uint64_t now)
{
    struct result logged;

    TRY(database_mark(record));
    logged = log_waiting(record, one, now);
    if (is_ok(logged)) {
        return database_keep(record);
    }
    REQUIRE(logged.failure != STORAGE_FAILED && logged.failure != OUT_OF_MEMORY, logged.failure,
            logged.rule);
    TRY(database_undo(record));
    return refuse_waiting(record, one, logged.rule);
}

struct result batch_flush(struct record *record, const struct hash32 *manifest, uint64_t now)
{
    __attribute__((cleanup(free_waiting))) struct waiting *list = 0;

    TRY(load_waiting(record, manifest, &list));
    for (const struct waiting *one = list; one; one = one->next) {
        TRY(log_or_refuse(record, one, now));
    }
    return OK;
}

/* Whether the ballots of an election that wait are to be logged now. */
static struct result is_due(struct record *record, const struct hash32 *manifest, uint64_t last,
                            uint64_t now, bool *out)
{
    const struct election *election;
    struct election_state state;
    uint64_t waiting;

    TRY(record_election(record, manifest, &election));
    TRY(election_load(record, manifest, &state));
    TRY(batch_count(record, manifest, &waiting));
    /* A batch is told by its time: two never have the same. */
    if (state.batch_size > 0 && now == state.batch_time) {
        *out = false;
        return OK;
    }
    *out = (waiting >= BATCH_SIZE_MIN && now >= window_end(election, state.opens, last)) ||
           state.ballots + state.burned + waiting >= state.roll ||
           now + BATCH_CLOSING_MARGIN >= state.closes || state.closed || state.cancelled;
    return OK;
}

static const char SELECT_MANIFESTS[] = "SELECT DISTINCT manifest FROM private_waiting"
                                       " WHERE refused IS NULL AND manifest > :after"
                                       " ORDER BY manifest LIMIT 1";

/* The next election with waiting ballots, by manifest; false if there is none. */
static struct result next_manifest(struct record *record, struct hash32 *manifest, bool *found)
{
    AUTO_QUERY query = query_start(record, SELECT_MANIFESTS);

    query_bind_blob(&query, ":after", BYTES(manifest->bytes));
    TRY(query_step(&query, found));
    return *found ? query_fixed(&query, 0, manifest->bytes, sizeof manifest->bytes) : OK;
}

struct result batch_flush_due(struct record *record, uint64_t last, uint64_t now, bool *waiting)
{
    struct hash32 manifest = {{0}};
    bool found;

    *waiting = false;
    TRY(next_manifest(record, &manifest, &found));
    while (found) {
        bool due = false;

        const struct result judged = is_due(record, &manifest, last, now, &due);

        /* What cannot be judged must not keep everybody else from writing. */
        REQUIRE(judged.failure != STORAGE_FAILED, judged.failure, judged.rule);
        due = due && is_ok(judged);
        if (due) {
            TRY(batch_flush(record, &manifest, now));
        }
        *waiting = *waiting || !due;
        TRY(next_manifest(record, &manifest, &found));
    }
    return OK;
}

struct result batch_flush_before(struct record *record, const struct prepared *prepared,
                                 uint64_t now)
{
    const char *const type = prepared_type_name(prepared);

    if (strcmp(type, "election.close") != 0 && strcmp(type, "election.cancel") != 0) {
        return OK;
    }
    return batch_flush(record, &prepared->subject.manifest, now);
}
