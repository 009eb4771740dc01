#include "server/reminder.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "record/query.h"
#include "record/view.h"
#include "server/clock.h"
#include "server/contacts.h"
#include "server/documents.h"
#include "server/proposals.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/shares.h"
#include "server/trace.h"

#define LOOK_SECONDS 30
#define DUE_MAX      64 /* more are found in the next round */
#define KIND_SIZE    40
#define OBJECT_SIZE  72 /* an id, or a hash in hex */

static const char STAGE_NEW[] = "new";
static const char STAGE_LATE[] = "late";

/* Something that a person has not been reminded of. */
struct due {
    char kind[KIND_SIZE];
    char object[OBJECT_SIZE];
    uint64_t since;
    const char *stage;
};

/* What one person is to be reminded of in one mail; on its way to the private table afterwards. */
struct addressee {
    char person[RECORD_ID_SIZE];
    char email[CONTACT_EMAIL_MAX + 1];
    struct due due[DUE_MAX];
    size_t count;
    const struct reminder_setup *setup;
    struct record *record; /* while it is read */
    uint64_t now;
};

/* --- what is due --- */

static const char SELECT_REMINDER[] =
    "SELECT 1 FROM private_reminder WHERE person = :person AND kind = :kind AND object = :object"
    " AND since = :since AND stage = :stage";

static void bind_due(struct query *query, const struct addressee *addressee, const struct due *due)
{
    query_bind_text(query, ":person", bytes_of_string(addressee->person));
    query_bind_text(query, ":kind", bytes_of_string(due->kind));
    query_bind_text(query, ":object", bytes_of_string(due->object));
    query_bind_number(query, ":since", due->since);
    query_bind_text(query, ":stage", bytes_of_string(due->stage));
}

static struct result add_unless_known(struct addressee *addressee, const struct due *due)
{
    AUTO_QUERY query = query_start(addressee->record, SELECT_REMINDER);
    bool known;

    bind_due(&query, addressee, due);
    TRY(query_step(&query, &known));
    if (!known && addressee->count < DUE_MAX) {
        addressee->due[addressee->count] = *due;
        addressee->count++;
    }
    return OK;
}

static bool is_near(const struct view_task *task, uint64_t now)
{
    return task->deadline != VIEW_NONE && now < task->deadline &&
           now + REMINDER_AHEAD_SECONDS >= task->deadline;
}

static struct result add_task(void *context, const struct view_task *task)
{
    struct addressee *const addressee = context;
    struct due due = {.since = task->since, .stage = STAGE_NEW};

    if (strcmp(task->state, "todo") != 0 ||
        documents_have_done(addressee->setup->documents, task)) {
        return OK;
    }
    snprintf(due.kind, sizeof due.kind, "%s", task->kind);
    snprintf(due.object, sizeof due.object, "%.*s", (int)task->object.size,
             (const char *)task->object.data);
    TRY(add_unless_known(addressee, &due));
    due.stage = STAGE_LATE;
    return is_near(task, addressee->now) ? add_unless_known(addressee, &due) : OK;
}

static struct result add_proposal(void *context, const struct proposal_row *row)
{
    struct addressee *const addressee = context;
    struct due due = {.since = row->since, .stage = STAGE_NEW};
    AUTO_BUFFER hex = BUFFER_INIT;
    const char *text;

    if (!row->awaited) {
        return OK;
    }
    TRY(hex_append(&hex, BYTES(row->prepared->text_hash.bytes)));
    TRY(buffer_terminate(&hex, &text));
    snprintf(due.kind, sizeof due.kind, "%s", prepared_type_name(row->prepared));
    snprintf(due.object, sizeof due.object, "%s", text);
    return add_unless_known(addressee, &due);
}

/* In one snapshot, which is given back before any mail is sent. */
static struct result look_up(struct addressee *addressee)
{
    const struct bytes person = bytes_of_string(addressee->person);
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(addressee->setup->readers, &reader));
    addressee->record = reader.record;
    TRY(view_tasks(&(struct view_asker){reader.record, person, addressee->now}, add_task,
                   addressee));
    TRY(shares_awaited(reader.record, person, add_task, addressee));
    return proposals_of(reader.record, person, addressee->now, add_proposal, addressee);
}

/* --- reminding --- */

static const char INSERT_REMINDER[] =
    "INSERT OR IGNORE INTO private_reminder (person, kind, object, since, stage, time)"
    " VALUES (:person, :kind, :object, :since, :stage, :time)";

static struct result remember(struct record *record, void *context)
{
    const struct addressee *const addressee = context;

    for (size_t i = 0; i < addressee->count; i++) {
        AUTO_QUERY query = query_start(record, INSERT_REMINDER);

        bind_due(&query, addressee, &addressee->due[i]);
        query_bind_number(&query, ":time", addressee->now);
        TRY(query_run(&query));
    }
    return OK;
}

/* A wrong address is not tried again, and keeps nobody else from being reminded. */
static struct result remind(const struct reminder_setup *setup, struct addressee *addressee)
{
    struct result sent;

    TRY(look_up(addressee));
    if (addressee->count == 0) {
        return OK;
    }
    sent = setup->send(setup->context, bytes_of_string(addressee->email), setup->link);
    if (sent.failure == INVALID) {
        trace_event("an address does not exist", &sent);
    } else {
        TRY(sent);
    }
    return sequencer_run(setup->sequencer, remember, addressee);
}

/* The next one by id, so that nothing has to be kept between two mails. */
static struct result take_next(void *context, const struct contact *row)
{
    struct addressee *const next = context;

    if (next->count == 0 && bytes_compare(row->person, bytes_of_string(next->person)) > 0) {
        snprintf(next->person, sizeof next->person, "%.*s", (int)row->person.size,
                 (const char *)row->person.data);
        snprintf(next->email, sizeof next->email, "%.*s", (int)row->email.size,
                 (const char *)row->email.data);
        next->count = 1;
    }
    return OK;
}

static struct result find_next(const struct reminder_setup *setup, struct addressee *next,
                               bool *found)
{
    AUTO_READER reader = READER_INIT;

    next->count = 0;
    TRY(readers_lend(setup->readers, &reader));
    TRY(contacts_each(reader.record, take_next, next));
    *found = next->count > 0;
    next->count = 0;
    return OK;
}

struct result reminder_round(const struct reminder_setup *setup, uint64_t now)
{
    struct addressee addressee = {.setup = setup, .now = now};
    bool found;

    TRY(find_next(setup, &addressee, &found));
    while (found) {
        TRY(remind(setup, &addressee));
        TRY(find_next(setup, &addressee, &found));
    }
    return OK;
}

/* --- the thread --- */

struct reminder {
    struct reminder_setup setup;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    bool stopping;
    bool running;
    pthread_t thread;
};

/* Waits; false once it is over. */
static bool wait_for_look(struct reminder *reminder)
{
    struct timespec until;
    bool going;
    int waited = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_SECONDS;
    pthread_mutex_lock(&reminder->lock);
    while (!reminder->stopping && waited == 0) {
        waited = pthread_cond_timedwait(&reminder->stopped, &reminder->lock, &until);
    }
    going = !reminder->stopping;
    pthread_mutex_unlock(&reminder->lock);
    return going;
}

static void *look_around(void *context)
{
    struct reminder *const reminder = context;
    uint64_t next = 0;

    do {
        const uint64_t now = clock_now();
        struct result sent = OK;

        if (now >= next) {
            sent = reminder_round(&reminder->setup, now);
        }
        if (!is_ok(sent)) {
            trace_event("reminders are not sent", &sent);
            next = now + REMINDER_RETRY_SECONDS;
        }
    } while (wait_for_look(reminder));
    return 0;
}

struct result reminder_start(const struct reminder_setup *setup, struct reminder **out)
{
    struct reminder *const reminder = calloc(1, sizeof *reminder);

    REQUIRE(reminder, OUT_OF_MEMORY, "service.memory");
    reminder->setup = *setup;
    pthread_mutex_init(&reminder->lock, 0);
    pthread_cond_init(&reminder->stopped, 0);
    reminder->running = pthread_create(&reminder->thread, 0, look_around, reminder) == 0;
    if (!reminder->running) {
        reminder_stop(reminder);
        return fail(OUT_OF_MEMORY, "service.memory");
    }
    *out = reminder;
    return OK;
}

void reminder_stop(struct reminder *reminder)
{
    if (!reminder) {
        return;
    }
    pthread_mutex_lock(&reminder->lock);
    reminder->stopping = true;
    pthread_cond_signal(&reminder->stopped);
    pthread_mutex_unlock(&reminder->lock);
    if (reminder->running) {
        if (reminder->setup.abort) {
            reminder->setup.abort(reminder->setup.context);
        }
        pthread_join(reminder->thread, 0);
    }
    pthread_cond_destroy(&reminder->stopped);
    pthread_mutex_destroy(&reminder->lock);
    free(reminder);
}
