#include "server/app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "server/clock.h"
#include "server/database.h"
#include "server/documents.h"
#include "server/form.h"
#include "server/http.h"
#include "server/identity.h"
#include "server/intake.h"
#include "server/job.h"
#include "server/limit.h"
#include "server/mail.h"
#include "server/nonces.h"
#include "server/pages.h"
#include "server/pipeline.h"
#include "server/press.h"
#include "server/rates.h"
#include "server/readers.h"
#include "server/reminder.h"
#include "server/sequencer.h"
#include "server/tiles.h"
#include "server/trace.h"
#include "server/witness.h"
#include "server/witness_client.h"
#include "verifier/file.h"

/* The app and what its parts keep views of. */
struct home {
    struct app app; /* first, so that an app is its home */
    struct identity identity;
    char database[APP_PATH_SIZE];
    char checkpoint[APP_PATH_SIZE];
    char documents[APP_PATH_SIZE];
    char deposits[APP_PATH_SIZE];
    char link[APP_PATH_SIZE]; /* that reminders give */
};

struct result app_path(const struct config *config, const char *name,
                       char out[static APP_PATH_SIZE])
{
    const int size = snprintf(out, APP_PATH_SIZE, "%s/%s", config->data, name);

    REQUIRE(size > 0 && size < APP_PATH_SIZE, MALFORMED, "config.data");
    return OK;
}

static size_t processor_count(void)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 2 ? 2 : (size_t)count;
}

static struct result open_identity(struct home *home)
{
    const struct config *const config = home->app.config;

    TRY(app_path(config, "xiling.db", home->database));
    TRY(app_path(config, "checkpoint", home->checkpoint));
    TRY(app_path(config, "documents", home->documents));
    TRY(app_path(config, "deposits", home->deposits));
    TRY(identity_load(config->data, &home->identity));
    REQUIRE(!config->origin[0] || bytes_is(identity_origin(&home->identity), config->origin),
            CONFLICT, "config.origin");
    home->app.identity = &home->identity;
    return OK;
}

static struct result send_mail(void *context, struct bytes to, const char *link)
{
    return mail_send(context, to, link);
}

static void abort_mail(void *context)
{
    mail_abort(context);
}

static struct result open_reminder(struct home *home)
{
    struct app *const app = &home->app;
    struct reminder_setup setup = {
        .readers = app->readers,
        .sequencer = app->sequencer,
        .documents = app->documents,
        .link = home->link,
        .send = send_mail,
        .abort = abort_mail,
    };

    snprintf(home->link, sizeof home->link, "%s/home.html", app->config->url);
    TRY(mail_open(app->config->smtp, app->config->mail_from, &app->mail));
    setup.context = app->mail;
    return reminder_start(&setup, &app->reminder);
}

static struct result open_intake(struct app *app)
{
    const struct intake_setup setup = {
        .readers = app->readers,
        .pipeline = app->pipeline,
        .documents = app->documents,
        .identity = app->identity,
    };

    return intake_start(&setup, &app->intake);
}

static struct result open_parts(struct home *home)
{
    struct app *const app = &home->app;
    const struct sequencer_setup setup = {home->database, home->checkpoint, &home->identity};
    const size_t processors = processor_count();

    TRY(open_identity(home));
    TRY(pages_open(app->config->web, &app->pages));
    TRY(tiles_open(&app->tiles));
    TRY(nonces_open(&app->nonces));
    TRY(rates_open(&app->rates));
    TRY(forms_open(&app->forms));
    TRY(jobs_start(processors, &app->jobs));
    TRY(press_open(&app->press));
    TRY(sequencer_start(&setup, &app->sequencer));
    TRY(documents_open(home->documents, clock_now(), &app->documents));
    TRY(readers_open(home->database, app->config->threads + 2 * processors + 2, &app->readers));
    app->deposits = (struct deposit_place){home->deposits, app->documents, app->readers};
    TRY(deposits_sweep(&app->deposits));
    if (app->config->witnesses[0]) {
        TRY(witness_client_start(app->config->witnesses, app->readers, app->sequencer,
                                 &app->witnesses));
    }
    if (app->config->smtp[0]) {
        TRY(open_reminder(home));
    }
    TRY(pipeline_start(app->readers, app->sequencer, processors, &app->pipeline));
    return open_intake(app);
}

struct result app_open(const struct config *config, struct app **out)
{
    struct home *const home = calloc(1, sizeof *home);
    struct result opened;

    REQUIRE(home, OUT_OF_MEMORY, "service.memory");
    home->app.config = config;
    opened = open_parts(home);
    if (!is_ok(opened)) {
        app_stop(&home->app);
        return opened;
    }
    *out = &home->app;
    return OK;
}

static struct result open_witness(struct home *home)
{
    const struct config *const config = home->app.config;
    AUTO_BUFFER logs = BUFFER_INIT;

    REQUIRE(is_ok(file_read(config->logs, &logs)), NOT_FOUND, "config.logs");
    return witness_open(config->data, buffer_view(&logs), &home->app.witness);
}

struct result app_open_witness(const struct config *config, struct app **out)
{
    struct home *const home = calloc(1, sizeof *home);
    struct result opened;

    REQUIRE(home, OUT_OF_MEMORY, "service.memory");
    home->app.config = config;
    opened = open_witness(home);
    if (!is_ok(opened)) {
        app_stop(&home->app);
        return opened;
    }
    *out = &home->app;
    return OK;
}

typedef struct result app_opener(const struct config *config, struct app **out);

static struct result start(const struct config *config, app_opener *open, struct app **out)
{
    struct app *app = 0;
    struct result started = open(config, &app);

    if (is_ok(started)) {
        started = http_start(app, &app->http);
    }
    if (!is_ok(started)) {
        trace_event("the service does not start", &started);
        app_stop(app);
        return started;
    }
    *out = app;
    return OK;
}

struct result app_start(const struct config *config, struct app **out)
{
    return start(config, app_open, out);
}

void app_stop(struct app *app)
{
    if (!app) {
        return;
    }
    if (app->http) {
        http_quiesce(app->http);
    }
    /* Nothing is freed before the last thread that speaks HTTP has ended. */
    pipeline_drain(app->pipeline);
    jobs_drain(app->jobs);
    http_stop(app->http);
    intake_stop(app->intake);
    witness_client_stop(app->witnesses);
    reminder_stop(app->reminder);
    mail_close(app->mail);
    jobs_stop(app->jobs);
    press_close(app->press);
    pipeline_stop(app->pipeline);
    sequencer_stop(app->sequencer);
    readers_close(app->readers);
    documents_close(app->documents);
    rates_close(app->rates);
    forms_close(app->forms);
    nonces_close(app->nonces);
    tiles_close(app->tiles);
    pages_close(app->pages);
    witness_close(app->witness);
    identity_wipe(&((struct home *)app)->identity);
    free(app);
}

struct result app_create(const struct config *config, struct buffer *vkey,
                         struct buffer *service_key)
{
    SECRET_IDENTITY identity = {0};
    AUTO_DATABASE *database = 0;
    char path[APP_PATH_SIZE];

    REQUIRE(config->origin[0], MALFORMED, "config.origin");
    umask(077);
    REQUIRE(mkdir(config->data, 0700) == 0 || access(config->data, W_OK) == 0, STORAGE_FAILED,
            "config.data");
    TRY(identity_create(config->data, bytes_of_string(config->origin)));
    TRY(identity_load(config->data, &identity));
    TRY(app_path(config, "xiling.db", path));
    TRY(database_open(path, &database));
    TRY(vkey_write(&identity.log, vkey));
    return base64_append(service_key, BYTES(identity.service.key.bytes));
}

static struct result run(const struct config *config, app_opener *open)
{
    struct app *app = 0;
    sigset_t stops;
    int got;

    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    /* Before any thread is made, so that all of them leave these signals to this one. */
    pthread_sigmask(SIG_BLOCK, &stops, 0);
    /* A peer that hung up and a file at its limit are failures of a call, not of the service. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    limit_dumps();
    umask(077);
    TRY(start(config, open, &app));
    trace_event("the service listens", &OK);
    sigwait(&stops, &got);
    trace_event("the service stops", &OK);
    app_stop(app);
    return OK;
}

struct result app_run(const struct config *config)
{
    return run(config, app_open);
}

struct result app_run_witness(const struct config *config)
{
    return run(config, app_open_witness);
}
