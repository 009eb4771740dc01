#include "server/intake.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "protocol/statement.h"
#include "record/view_case.h"
#include "server/clock.h"
#include "server/documents.h"
#include "server/identity.h"
#include "server/readers.h"
#include "server/submission.h"
#include "server/ticket.h"
#include "server/trace.h"

#define LOOK_SECONDS 30

/* --- what is found --- */

struct look {
    struct documents *documents;
    struct buffer awaited; /* of struct view_awaited */
    struct buffer erased;  /* of struct hash32: files */
    bool whole;            /* every file of the text at hand is stored */
};

#define AUTO_LOOK __attribute__((cleanup(look_free))) struct look

static void look_free(struct look *look)
{
    buffer_free(&look->awaited);
    buffer_free(&look->erased);
}

static struct result take_awaited(void *context, const struct view_awaited *row)
{
    struct look *const look = context;

    return buffer_append(&look->awaited, (struct bytes){(const uint8_t *)row, sizeof *row});
}

static struct result take_erased(void *context, const struct view_case_file *row)
{
    struct look *const look = context;

    if (documents_state(look->documents, &row->hash) == DOCUMENT_MISSING) {
        return OK;
    }
    return buffer_append(&look->erased, BYTES(row->hash.bytes));
}

static struct result look_up(const struct intake_setup *setup, struct look *look)
{
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(setup->readers, &reader));
    TRY(view_awaited_texts(reader.record, take_awaited, look));
    return view_erased_files(reader.record, take_erased, look);
}

static struct result take_file(void *context, const struct view_case_file *row)
{
    struct look *const look = context;

    look->whole = look->whole && documents_state(look->documents, &row->hash) == DOCUMENT_STORED;
    return OK;
}

static struct result is_whole(const struct intake_setup *setup, const struct hash32 *text,
                              struct look *look)
{
    AUTO_READER reader = READER_INIT;

    look->whole = true;
    TRY(readers_lend(setup->readers, &reader));
    return view_text_files(reader.record, text, take_file, look);
}

/* --- what is said --- */

static struct result write_note(const struct intake_setup *setup, const char *type,
                                const struct view_awaited *about, struct buffer *note)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(statement_begin(&text, type, identity_origin(setup->identity)));
    TRY(statement_add_bytes(&text, "案件", BYTES(about->objection.bytes)));
    TRY(statement_add_bytes(&text, "文本", BYTES(about->text.bytes)));
    TRY(statement_note(buffer_view(&text), note));
    return signature_line_sign(note, buffer_view(&text), vkey_name(&setup->identity->service),
                               &setup->identity->service_secret);
}

/* The case may have been closed since it was looked at: then there is nothing to say. */
static struct result say(const struct intake_setup *setup, const char *type,
                         const struct view_awaited *about)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct result said;

    TRY(write_note(setup, type, about, &note));
    said = submission_wait(setup->pipeline, buffer_view(&note));
    return said.failure == CONFLICT ? OK : said;
}

static struct result settle(const struct intake_setup *setup, const struct view_awaited *about,
                            uint64_t now, struct look *look)
{
    TRY(is_whole(setup, &about->text, look));
    if (look->whole) {
        return say(setup, "objection.receive", about);
    }
    return now > about->due ? say(setup, "objection.lapse", about) : OK;
}

/* What fails for one text or file keeps nobody else waiting. */
static void keep_first(struct result *first, struct result result)
{
    if (is_ok(*first)) {
        *first = result;
    }
}

struct result intake_round(const struct intake_setup *setup, uint64_t now)
{
    AUTO_LOOK look = {setup->documents, BUFFER_INIT, BUFFER_INIT, false};
    struct result first = OK;
    struct view_awaited about;
    struct hash32 file;

    TRY(look_up(setup, &look));
    for (size_t at = 0; at < look.awaited.size; at += sizeof about) {
        memcpy(&about, look.awaited.data + at, sizeof about);
        keep_first(&first, settle(setup, &about, now, &look));
    }
    for (size_t at = 0; at < look.erased.size; at += sizeof file) {
        memcpy(&file, look.erased.data + at, sizeof file);
        keep_first(&first, documents_destroy(setup->documents, &file));
    }
    return first;
}

/* --- the thread --- */

struct intake {
    struct intake_setup setup;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool woken;
    bool stopping;
    bool running;
    pthread_t thread;
};

/* Waits until somebody wakes it, or long enough; false once it is over. */
static bool wait_for_look(struct intake *intake)
{
    struct timespec until;
    bool going;
    int waited = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_SECONDS;
    pthread_mutex_lock(&intake->lock);
    while (!intake->stopping && !intake->woken && waited == 0) {
        waited = pthread_cond_timedwait(&intake->changed, &intake->lock, &until);
    }
    intake->woken = false;
    going = !intake->stopping;
    pthread_mutex_unlock(&intake->lock);
    return going;
}

static void *look_around(void *context)
{
    struct intake *const intake = context;

    do {
        const struct result looked = intake_round(&intake->setup, clock_now());

        if (!is_ok(looked)) {
            trace_event("objections are not looked at", &looked);
        }
    } while (wait_for_look(intake));
    return 0;
}

struct result intake_start(const struct intake_setup *setup, struct intake **out)
{
    struct intake *const intake = calloc(1, sizeof *intake);

    REQUIRE(intake, OUT_OF_MEMORY, "service.memory");
    intake->setup = *setup;
    pthread_mutex_init(&intake->lock, 0);
    pthread_cond_init(&intake->changed, 0);
    intake->running = pthread_create(&intake->thread, 0, look_around, intake) == 0;
    if (!intake->running) {
        intake_stop(intake);
        return fail(OUT_OF_MEMORY, "service.memory");
    }
    *out = intake;
    return OK;
}

static void signal_change(struct intake *intake, bool stopping)
{
    pthread_mutex_lock(&intake->lock);
    intake->woken = true;
    intake->stopping = intake->stopping || stopping;
    pthread_cond_signal(&intake->changed);
    pthread_mutex_unlock(&intake->lock);
}

void intake_wake(struct intake *intake)
{
    if (intake) {
        signal_change(intake, false);
    }
}

void intake_logged(struct intake *intake, const struct ticket *ticket)
{
    if (!ticket->known && strcmp(prepared_type_name(&ticket->prepared), "identity.erase") == 0) {
        intake_wake(intake);
    }
}

void intake_stop(struct intake *intake)
{
    if (!intake) {
        return;
    }
    signal_change(intake, true);
    if (intake->running) {
        pthread_join(intake->thread, 0);
    }
    pthread_cond_destroy(&intake->changed);
    pthread_mutex_destroy(&intake->lock);
    free(intake);
}
