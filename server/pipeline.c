#include "server/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "record/journal.h"
#include "server/batch.h"
#include "server/clock.h"
#include "server/readers.h"
#include "server/sequencer.h"

#define THREADS_MAX 64

struct pipeline {
    struct readers *readers;
    struct sequencer *sequencer;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    pthread_cond_t emptied; /* no place is taken */
    struct ticket *first;
    struct ticket *last;
    size_t reserved[TICKET_KINDS];
    bool draining;
    bool stopping;
    size_t thread_count;
    pthread_t threads[THREADS_MAX];
};

static const size_t PLACES[TICKET_KINDS] = {
    [TICKET_OFFICE] = PIPELINE_OTHERS_MAX,
    [TICKET_BALLOT] = PIPELINE_BALLOTS_MAX,
    [TICKET_FILING] = PIPELINE_FILINGS_MAX,
};

struct result pipeline_reserve(struct pipeline *pipeline, struct ticket *ticket)
{
    bool free_place;

    pthread_mutex_lock(&pipeline->lock);
    free_place = pipeline->reserved[ticket->kind] < PLACES[ticket->kind] && !pipeline->draining;
    if (free_place) {
        pipeline->reserved[ticket->kind] += 1;
        ticket->home = pipeline;
    }
    pthread_mutex_unlock(&pipeline->lock);
    REQUIRE(free_place || ticket->kind == TICKET_FILING, BUSY, "service.busy");
    REQUIRE(free_place, BUSY, "objection.queue");
    return OK;
}

bool pipeline_is_crowded(struct pipeline *pipeline)
{
    bool crowded;

    pthread_mutex_lock(&pipeline->lock);
    crowded = pipeline->reserved[TICKET_FILING] >= PIPELINE_FILINGS_CROWD;
    pthread_mutex_unlock(&pipeline->lock);
    return crowded;
}

static bool is_empty(const struct pipeline *pipeline)
{
    for (size_t i = 0; i < TICKET_KINDS; i++) {
        if (pipeline->reserved[i] > 0) {
            return false;
        }
    }
    return true;
}

void pipeline_release(struct pipeline *pipeline, struct ticket *ticket)
{
    pthread_mutex_lock(&pipeline->lock);
    pipeline->reserved[ticket->kind] -= 1;
    ticket->home = 0;
    if (is_empty(pipeline)) {
        pthread_cond_broadcast(&pipeline->emptied);
    }
    pthread_mutex_unlock(&pipeline->lock);
}

void pipeline_submit(struct pipeline *pipeline, struct ticket *ticket)
{
    pthread_mutex_lock(&pipeline->lock);
    ticket->next = 0;
    if (pipeline->last) {
        pipeline->last->next = ticket;
    } else {
        pipeline->first = ticket;
    }
    pipeline->last = ticket;
    pthread_cond_signal(&pipeline->filled);
    pthread_mutex_unlock(&pipeline->lock);
}

/* The next ticket, or NULL once the pipeline stops and nothing is left. */
static struct ticket *take_ticket(struct pipeline *pipeline)
{
    struct ticket *ticket;

    pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->first && !pipeline->stopping) {
        pthread_cond_wait(&pipeline->filled, &pipeline->lock);
    }
    ticket = pipeline->first;
    if (ticket) {
        pipeline->first = ticket->next;
        pipeline->last = pipeline->first ? pipeline->last : 0;
        ticket->next = 0;
    }
    pthread_mutex_unlock(&pipeline->lock);
    return ticket;
}

/* A text that stands already is not judged again: it gets what it got before. */
static struct result find_known(struct record *record, struct ticket *ticket)
{
    const struct result found = journal_find_text(record, &ticket->text_hash, &ticket->index);
    bool waits;

    if (is_ok(found)) {
        ticket->known = true;
        ticket->outcome = TICKET_LOGGED;
        return OK;
    }
    REQUIRE(found.failure == NOT_FOUND, found.failure, found.rule);
    if (ticket->kind != TICKET_BALLOT) {
        return OK;
    }
    TRY(batch_find(record, &ticket->text_hash, &waits, &ticket->promise));
    if (waits) {
        ticket->known = true;
        ticket->outcome = TICKET_ACCEPTED;
    }
    return OK;
}

static struct result check_ticket(struct pipeline *pipeline, struct ticket *ticket)
{
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(pipeline->readers, &reader));
    TRY(find_known(reader.record, ticket));
    if (ticket->known) {
        return OK;
    }
    TRY(record_read(reader.record, buffer_view(&ticket->note), clock_now(), &ticket->prepared));
    REQUIRE(prepared_is_logged_type(&ticket->prepared), INVALID, "statement.unlogged");
    if (ticket->kind == TICKET_BALLOT) {
        TRY(batch_check_tag(reader.record, &ticket->prepared));
    }
    return record_prove(reader.record, &ticket->prepared);
}

static void *work(void *context)
{
    struct pipeline *const pipeline = context;
    struct ticket *ticket;

    while ((ticket = take_ticket(pipeline))) {
        ticket->result = check_ticket(pipeline, ticket);
        if (!is_ok(ticket->result)) {
            ticket->outcome = TICKET_REFUSED;
        }
        if (ticket->outcome == TICKET_OPEN || (ticket->known && ticket->beside)) {
            sequencer_submit(pipeline->sequencer, ticket);
        } else {
            ticket_finish(ticket);
        }
    }
    return 0;
}

struct result pipeline_start(struct readers *readers, struct sequencer *sequencer, size_t threads,
                             struct pipeline **out)
{
    struct pipeline *const pipeline = calloc(1, sizeof *pipeline);

    REQUIRE(pipeline, OUT_OF_MEMORY, "service.memory");
    pipeline->readers = readers;
    pipeline->sequencer = sequencer;
    pthread_mutex_init(&pipeline->lock, 0);
    pthread_cond_init(&pipeline->filled, 0);
    pthread_cond_init(&pipeline->emptied, 0);
    for (size_t i = 0; i < threads && i < THREADS_MAX; i++) {
        if (pthread_create(&pipeline->threads[i], 0, work, pipeline)) {
            pipeline_stop(pipeline);
            return fail(OUT_OF_MEMORY, "service.memory");
        }
        pipeline->thread_count = i + 1;
    }
    *out = pipeline;
    return OK;
}

void pipeline_drain(struct pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    pthread_mutex_lock(&pipeline->lock);
    pipeline->draining = true;
    while (!is_empty(pipeline)) {
        pthread_cond_wait(&pipeline->emptied, &pipeline->lock);
    }
    pthread_mutex_unlock(&pipeline->lock);
}

void pipeline_stop(struct pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    pthread_mutex_lock(&pipeline->lock);
    pipeline->stopping = true;
    pthread_cond_broadcast(&pipeline->filled);
    pthread_mutex_unlock(&pipeline->lock);
    for (size_t i = 0; i < pipeline->thread_count; i++) {
        pthread_join(pipeline->threads[i], 0);
    }
    pthread_cond_destroy(&pipeline->emptied);
    pthread_cond_destroy(&pipeline->filled);
    pthread_mutex_destroy(&pipeline->lock);
    free(pipeline);
}
