#include <stdlib.h>
#include <unistd.h>

#include "server/api.h"
#include "server/app.h"
#include "server/attestation.h"
#include "server/bundle.h"
#include "server/press.h"
#include "server/report_evidence.h"

/* GET /api/reports/<id>/evidence: text/plain */
struct result handle_report_evidence(struct app *app, const struct request *request,
                                     struct response *response)
{
    AUTO_REPORT_EVIDENCE *evidence = 0;
    AUTO_BUFFER text = BUFFER_INIT;
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(report_evidence_make(app, request->tail, version, &evidence));
    TRY(evidence_write(&evidence->evidence, &text));
    response_take(response, "text/plain; charset=utf-8", &text);
    return OK;
}

/* GET /api/reports/<id>/attestation.json */
struct result handle_report_attestation(struct app *app, const struct request *request,
                                        struct response *response)
{
    AUTO_REPORT_EVIDENCE *evidence = 0;
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(report_evidence_make(app, request->tail, version, &evidence));
    TRY(attestation_read(evidence, app->identity, &sign_off));
    TRY(attestation_write(evidence, &sign_off, app->identity, &text));
    response_take(response, "application/json", &text);
    return OK;
}

/* --- bundle.tar: made on another thread, since it flushes and copies --- */

struct errand {
    struct app *app;
    struct bundle_order order;
    int file;
    uint64_t size;
};

static struct result make(void *context)
{
    struct errand *const errand = context;

    return bundle_make(errand->app, &errand->order, &errand->file, &errand->size);
}

static void free_errand(void *context)
{
    struct errand *const errand = context;

    press_leave(errand->app->press);
    if (errand->file >= 0) {
        close(errand->file);
    }
    free(errand);
}

/* The file is the response's from here on. */
static struct result answer(struct app *app, const struct request *request,
                            struct response *response)
{
    struct errand *const errand = response->job.context;

    (void)app;
    (void)request;
    response->content_type = "application/x-tar";
    response->disposition = "attachment; filename=\"report.tar\"";
    response->policy = "sandbox; default-src 'none'";
    response->file = errand->file;
    response->file_size = errand->size;
    errand->file = -1;
    return OK;
}

/* GET /api/reports/<id>/bundle.tar */
struct result handle_report_bundle(struct app *app, const struct request *request,
                                   struct response *response)
{
    struct errand *errand;
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(press_enter(app->press)); /* it draws a sheet */
    errand = calloc(1, sizeof *errand);
    if (!errand) {
        press_leave(app->press);
        return fail(OUT_OF_MEMORY, "service.memory");
    }
    *errand = (struct errand){
        .app = app,
        .order = {request->tail, version, request->person, request->now},
        .file = -1,
    };
    response->job = (struct job){.work = make, .context = errand, .free_context = free_errand};
    response->finish = answer;
    return OK;
}
