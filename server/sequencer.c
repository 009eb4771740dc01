#include "server/sequencer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "protocol/statement.h"
#include "record/journal.h"
#include "server/batch.h"
#include "server/clock.h"
#include "server/database.h"
#include "server/integrity.h"
#include "server/publication.h"
#include "server/refold.h"
#include "server/subjects.h"
#include "server/trace.h"

#define TICK_NANOSECONDS (250 * 1000 * 1000) /* between two looks while ballots wait */

/* A private write that somebody waits for. */
struct errand {
    sequencer_work *work;
    void *context;
    struct result result;
    bool done;
    struct errand *next;
};

/* What one transaction takes in. */
struct group {
    struct ticket *tickets;
    struct errand *errands;
};

struct sequencer {
    const struct identity *identity;
    sqlite3 *database;
    struct record *record;
    struct publication publication;

    pthread_mutex_t lock;
    pthread_cond_t filled;
    pthread_cond_t finished; /* an errand */
    struct ticket *first;
    struct ticket *last;
    struct errand *errands;
    bool stopping;
    uint64_t groups;

    /* Of the thread alone. */
    pthread_t thread;
    bool running;
    bool waiting;       /* ballots wait for their batch */
    atomic_bool halted; /* the log does not continue what was signed: nothing is written any more */
    uint64_t looked;    /* when batches were looked at last */
};

/* Before the genesis nothing in the record says who we are; so it is said here. */
static struct result check_genesis(const struct identity *identity, const struct prepared *prepared)
{
    struct hash32 key;

    if (strcmp(prepared_type_name(prepared), "log.genesis") != 0) {
        return OK;
    }
    REQUIRE(bytes_equal(prepared->statement->origin, identity_origin(identity)), INVALID,
            "identity.genesis");
    TRY(statement_hash(prepared->statement, "记录公钥", &key));
    REQUIRE(memcmp(key.bytes, identity->log.key.bytes, sizeof key.bytes) == 0, INVALID,
            "identity.genesis");
    TRY(statement_hash(prepared->statement, "服务公钥", &key));
    REQUIRE(memcmp(key.bytes, identity->service.key.bytes, sizeof key.bytes) == 0, INVALID,
            "identity.genesis");
    return OK;
}

/* Logs a statement that is not a ballot, unless its text stands already. */
static struct result log_statement(struct sequencer *sequencer, struct ticket *ticket, uint64_t now)
{
    struct record *const record = sequencer->record;
    struct result admitted;

    TRY(check_genesis(sequencer->identity, &ticket->prepared));
    TRY(batch_check_burn(record, &ticket->prepared));
    TRY(batch_flush_before(record, &ticket->prepared, now));
    admitted = record_admit(record, &ticket->prepared, now);
    if (admitted.rule && strcmp(admitted.rule, "statement.logged") == 0) {
        ticket->known = true;
        ticket->index = admitted.at;
        return OK;
    }
    TRY(admitted);
    TRY(subjects_check(record, &ticket->prepared));
    return record_append(record, &ticket->prepared, now, &ticket->index);
}

static struct result take_ticket(struct sequencer *sequencer, struct ticket *ticket, uint64_t now)
{
    if (ticket->kind == TICKET_BALLOT && !ticket->known) {
        TRY(batch_accept(sequencer->record, ticket, now));
    } else if (!ticket->known) {
        TRY(log_statement(sequencer, ticket, now));
        ticket->outcome = TICKET_LOGGED;
    }
    return ticket->beside ? ticket->beside(sequencer->record, ticket, now) : OK;
}

/* A failure of storage ends the transaction; any other undoes this one step only. */
static struct result keep_or_undo(struct sequencer *sequencer, struct result step)
{
    if (is_ok(step)) {
        return database_keep(sequencer->record);
    }
    REQUIRE(step.failure != STORAGE_FAILED, STORAGE_FAILED, "service.storage");
    return database_undo(sequencer->record);
}

static struct result take_tickets(struct sequencer *sequencer, struct ticket *first, uint64_t now)
{
    for (struct ticket *ticket = first; ticket; ticket = ticket->next) {
        TRY(database_mark(sequencer->record));
        ticket->result = take_ticket(sequencer, ticket, now);
        TRY(keep_or_undo(sequencer, ticket->result));
        if (!is_ok(ticket->result)) {
            ticket->outcome = TICKET_REFUSED;
        }
    }
    return OK;
}

static struct result take_errands(struct sequencer *sequencer, struct errand *first)
{
    for (struct errand *errand = first; errand; errand = errand->next) {
        TRY(database_mark(sequencer->record));
        errand->result = errand->work(sequencer->record, errand->context);
        TRY(keep_or_undo(sequencer, errand->result));
    }
    return OK;
}

/* Inside the transaction. Times of the log never go back, whatever the clock does. */
static struct result take_group(struct sequencer *sequencer, const struct group *group)
{
    uint64_t now = clock_now();
    uint64_t last;

    TRY(journal_last_time(sequencer->record, &last));
    now = now < last ? last : now;
    TRY(take_tickets(sequencer, group->tickets, now));
    TRY(take_errands(sequencer, group->errands));
    TRY(batch_flush_due(sequencer->record, sequencer->looked, now, &sequencer->waiting));
    sequencer->looked = now;
    return OK;
}

static struct result commit_group(struct sequencer *sequencer, const struct group *group)
{
    struct result taken;

    REQUIRE(!atomic_load(&sequencer->halted), INTERNAL, "log.checkpoint");
    TRY(database_begin(sequencer->record));
    taken = take_group(sequencer, group);
    if (is_ok(taken)) {
        taken = database_commit(sequencer->record);
    }
    if (!is_ok(taken)) {
        database_rollback(sequencer->record);
        return taken;
    }
    taken = publication_renew(&sequencer->publication, sequencer->record);
    if (taken.failure == INTERNAL) {
        sequencer_halt(sequencer);
    }
    return taken;
}

static void finish_group(struct sequencer *sequencer, const struct group *group,
                         struct result committed)
{
    struct ticket *next;

    for (struct ticket *ticket = group->tickets; ticket; ticket = next) {
        next = ticket->next;
        if (!is_ok(committed)) {
            ticket->result = committed;
            ticket->outcome = TICKET_REFUSED;
        }
        ticket_finish(ticket);
    }
    pthread_mutex_lock(&sequencer->lock);
    for (struct errand *errand = group->errands; errand; errand = errand->next) {
        errand->result = is_ok(committed) ? errand->result : committed;
        errand->done = true;
    }
    sequencer->groups++;
    pthread_cond_broadcast(&sequencer->finished);
    pthread_mutex_unlock(&sequencer->lock);
}

static bool is_empty(const struct sequencer *sequencer)
{
    return !sequencer->first && !sequencer->errands;
}

/* Waits for work or, while ballots wait, for the next look at their windows. */
static bool take_queue(struct sequencer *sequencer, struct group *out)
{
    struct timespec until;
    bool going;

    pthread_mutex_lock(&sequencer->lock);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_NANOSECONDS;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (sequencer->waiting && is_empty(sequencer) && !sequencer->stopping) {
        pthread_cond_timedwait(&sequencer->filled, &sequencer->lock, &until);
    }
    while (!sequencer->waiting && is_empty(sequencer) && !sequencer->stopping) {
        pthread_cond_wait(&sequencer->filled, &sequencer->lock);
    }
    *out = (struct group){sequencer->first, sequencer->errands};
    going = !sequencer->stopping || !is_empty(sequencer);
    sequencer->first = 0;
    sequencer->last = 0;
    sequencer->errands = 0;
    pthread_mutex_unlock(&sequencer->lock);
    return going;
}

static void *write_log(void *context)
{
    struct sequencer *const sequencer = context;
    struct group group;

    while (take_queue(sequencer, &group)) {
        const struct result committed = commit_group(sequencer, &group);

        if (!is_ok(committed)) {
            trace_event("nothing of a group was written", &committed);
        }
        finish_group(sequencer, &group, committed);
    }
    return 0;
}

void sequencer_submit(struct sequencer *sequencer, struct ticket *ticket)
{
    pthread_mutex_lock(&sequencer->lock);
    ticket->next = 0;
    if (sequencer->last) {
        sequencer->last->next = ticket;
    } else {
        sequencer->first = ticket;
    }
    sequencer->last = ticket;
    pthread_cond_signal(&sequencer->filled);
    pthread_mutex_unlock(&sequencer->lock);
}

struct result sequencer_run(struct sequencer *sequencer, sequencer_work *work, void *context)
{
    struct errand errand = {.work = work, .context = context};

    pthread_mutex_lock(&sequencer->lock);
    errand.next = sequencer->errands;
    /* cppcheck-suppress autoVariables ; it is done before this function returns */
    sequencer->errands = &errand;
    pthread_cond_signal(&sequencer->filled);
    while (!errand.done) {
        pthread_cond_wait(&sequencer->finished, &sequencer->lock);
    }
    pthread_mutex_unlock(&sequencer->lock);
    return errand.result;
}

struct blob *sequencer_checkpoint(struct sequencer *sequencer, struct merkle_head *head)
{
    return publication_share(&sequencer->publication, head);
}

void sequencer_head(struct sequencer *sequencer, struct merkle_head *out)
{
    blob_release(publication_share(&sequencer->publication, out));
}

struct result sequencer_cosign(struct sequencer *sequencer, uint64_t size, struct bytes lines)
{
    return publication_cosign(&sequencer->publication, size, lines);
}

void sequencer_halt(struct sequencer *sequencer)
{
    atomic_store(&sequencer->halted, true);
}

uint64_t sequencer_group_count(struct sequencer *sequencer)
{
    uint64_t groups;

    pthread_mutex_lock(&sequencer->lock);
    groups = sequencer->groups;
    pthread_mutex_unlock(&sequencer->lock);
    return groups;
}

static struct result open_log(struct sequencer *sequencer, const struct sequencer_setup *setup)
{
    struct merkle_head head = {0, merkle_empty_root()};
    AUTO_BUFFER note = BUFFER_INIT;
    bool found;

    TRY(database_open(setup->database, &sequencer->database));
    TRY(record_open(sequencer->database, &sequencer->record));
    TRY(publication_load(setup->checkpoint, setup->identity, &note, &head, &found));
    TRY(integrity_check(sequencer->record, setup->identity, &head));
    TRY(refold_check(sequencer->record, setup->database));
    sequencer->publication.head = head;
    sequencer->waiting = true; /* looks once whether ballots were left waiting */
    sequencer->looked = clock_now();
    return publication_renew(&sequencer->publication, sequencer->record);
}

struct result sequencer_start(const struct sequencer_setup *setup, struct sequencer **out)
{
    struct sequencer *const sequencer = calloc(1, sizeof *sequencer);
    struct result opened;

    REQUIRE(sequencer, OUT_OF_MEMORY, "service.memory");
    sequencer->identity = setup->identity;
    pthread_mutex_init(&sequencer->lock, 0);
    pthread_cond_init(&sequencer->filled, 0);
    pthread_cond_init(&sequencer->finished, 0);
    publication_open(&sequencer->publication, setup->checkpoint, setup->identity);
    opened = open_log(sequencer, setup);
    if (is_ok(opened)) {
        sequencer->running = pthread_create(&sequencer->thread, 0, write_log, sequencer) == 0;
        opened = sequencer->running ? OK : fail(OUT_OF_MEMORY, "service.memory");
    }
    if (!is_ok(opened)) {
        sequencer_stop(sequencer);
        return opened;
    }
    *out = sequencer;
    return OK;
}

void sequencer_stop(struct sequencer *sequencer)
{
    if (!sequencer) {
        return;
    }
    if (sequencer->running) {
        pthread_mutex_lock(&sequencer->lock);
        sequencer->stopping = true;
        pthread_cond_signal(&sequencer->filled);
        pthread_mutex_unlock(&sequencer->lock);
        pthread_join(sequencer->thread, 0);
    }
    publication_close(&sequencer->publication);
    record_close(sequencer->record);
    database_close(sequencer->database);
    pthread_cond_destroy(&sequencer->finished);
    pthread_cond_destroy(&sequencer->filled);
    pthread_mutex_destroy(&sequencer->lock);
    free(sequencer);
}
