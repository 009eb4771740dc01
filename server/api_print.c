#include <stdlib.h>

#include "base/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/press.h"
#include "server/report_print.h"

/* GET /api/reports/<id>/evidence/parts */
struct result handle_report_parts(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_REPORT_EVIDENCE *evidence = 0;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER parts = BUFFER_INIT;
    struct bytes rest;
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(report_evidence_make(app, request->tail, version, &evidence));
    TRY(report_print_parts(evidence, &parts));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "parts");
    for (rest = buffer_view(&parts); rest.size > 0;) {
        envelope_text(&envelope, 0, text_cut(&rest, '\n'));
    }
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

/* --- signing-page.pdf: drawn on another thread --- */

struct order {
    struct app *app;
    struct report_evidence *evidence;
    struct bytes person; /* the request's, which lives as long */
    struct buffer pdf;
};

static void free_order(void *context)
{
    struct order *const order = context;

    press_leave(order->app->press);
    report_evidence_free(&order->evidence);
    buffer_free(&order->pdf);
    free(order);
}

static struct result draw(void *context)
{
    struct order *const order = context;

    return report_print(order->app, order->evidence, order->person, &order->pdf);
}

static struct result answer(struct app *app, const struct request *request,
                            struct response *response)
{
    struct order *const order = response->job.context;

    (void)app;
    (void)request;
    response_take(response, "application/pdf", &order->pdf);
    response->disposition = "attachment; filename=\"signing-page.pdf\"";
    return OK;
}

/* GET /api/reports/<id>/signing-page.pdf */
struct result handle_signing_page(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_REPORT_EVIDENCE *evidence = 0;
    struct order *order;
    uint64_t version;

    TRY(request_version(request, &version));
    TRY(report_evidence_make(app, request->tail, version, &evidence));
    order = calloc(1, sizeof *order);
    REQUIRE(order, OUT_OF_MEMORY, "service.memory");
    *order = (struct order){.app = app, .person = bytes_of_string(request->person)};
    const struct result entered = press_enter(app->press);
    if (!is_ok(entered)) {
        free(order);
        return entered;
    }
    order->evidence = evidence;
    evidence = 0; /* handed over */
    response->job = (struct job){.work = draw, .context = order, .free_context = free_order};
    response->finish = answer;
    return OK;
}
