#include <stdlib.h>
#include <string.h>

#include "log/vkey.h"
#include "record/view_notice.h"
#include "server/admit.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/form.h"
#include "server/identity.h"
#include "server/lodging.h"
#include "server/plain_draft.h"
#include "server/plain_form.h"
#include "server/plain_notice.h"
#include "server/plain_page.h"
#include "server/plain_receipt.h"
#include "server/readers.h"

#define RETRY_SECONDS 30

/* GET /plain */
struct result handle_plain_notices(struct app *app, const struct request *request,
                                   struct response *response)
{
    AUTO_READER reader = READER_INIT;
    SECRET_HTML html = HTML_INIT(plain_is_english(request));

    TRY(readers_lend(app->readers, &reader));
    TRY(plain_notices_write(&html, reader.record));
    return plain_answer(&html, 200, response);
}

/* GET /plain/<notice> */
struct result handle_plain_form(struct app *app, const struct request *request,
                                struct response *response)
{
    AUTO_READER reader = READER_INIT;
    SECRET_HTML html = HTML_INIT(plain_is_english(request));
    struct plain_form page = {.notice = request->tail, .now = request->now};

    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    TRY(plain_form_write(&html, &page));
    return plain_answer(&html, 200, response);
}

/* --- POST /plain/<notice> --- */

/* A form that is being dealt with; the form itself is the request's. */
struct errand {
    struct app *app;
    const struct form *form;
    struct plain_draft draft;
    struct circle circle;
    struct buffer subject_name;
    struct lodging lodging;
    struct result result; /* of lodging it */
    unsigned wait;        /* seconds, if the address is over its rate */
};

static void free_errand(void *context)
{
    struct errand *const errand = context;

    plain_draft_wipe(&errand->draft);
    buffer_wipe(&errand->subject_name);
    lodging_wipe(&errand->lodging);
    free(errand);
}

static struct result take_name(void *context, const struct view_listed *row)
{
    struct errand *const errand = context;

    if (row->removed == VIEW_NONE && bytes_equal(row->organisation, errand->draft.filing.subject)) {
        TRY(buffer_append(&errand->subject_name, row->name));
    }
    return OK;
}

static void fault(struct errand *errand, const char *field, const char *key)
{
    plain_draft_fault(&errand->draft, (struct plain_fault){.field = field, .key = key});
}

/* What only the record knows: whom it is about, and who may read it. */
static struct result look_up(struct errand *errand, struct bytes notice)
{
    struct filing *const filing = &errand->draft.filing;
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(errand->app->readers, &reader));
    TRY(view_notice_list(reader.record, notice, take_name, errand));
    TRY(circle_load(reader.record, notice, filing->subject, &errand->circle));
    filing->subject_name = buffer_view(&errand->subject_name);
    if (filing->subject_name.size == 0) {
        fault(errand, "subject", "obj.subject.none");
    } else if (!circle_has_reader(&errand->circle)) {
        fault(errand, "subject", "plain.noreader");
    }
    if (filing_sealed_size(filing, &errand->circle) > FILING_SEALED_MAX) {
        fault(errand, "file", "plain.sealed.large");
    }
    return OK;
}

static struct result work(void *context)
{
    struct errand *const errand = context;

    errand->lodging.app = errand->app;
    errand->lodging.filing = &errand->draft.filing;
    errand->lodging.circle = &errand->circle;
    errand->result = lodging_run(&errand->lodging);
    return OK; /* what went wrong is shown with the form */
}

/* The form comes back with all that was typed. */
static struct result show_again(const struct errand *errand, const struct request *request,
                                struct response *response)
{
    const struct result *const refusal = is_ok(errand->result) ? 0 : &errand->result;
    const unsigned status = refusal ? answer_status(refusal) : 422;
    AUTO_READER reader = READER_INIT;
    SECRET_HTML html = HTML_INIT(plain_is_english(request));
    struct plain_form page = {.notice = request->tail,
                              .now = request->now,
                              .form = errand->form,
                              .draft = &errand->draft,
                              .refusal = refusal,
                              .wait = errand->wait};

    TRY(readers_lend(errand->app->readers, &reader));
    page.record = reader.record;
    TRY(plain_form_write(&html, &page));
    TRY(plain_answer(&html, status, response));
    response->rule = refusal ? refusal->rule : "plain.faults";
    response->retry_after = errand->wait > 0 ? errand->wait : status == 503 ? RETRY_SECONDS : 0;
    return OK;
}

static struct result show_receipt(const struct errand *errand, const struct request *request,
                                  struct response *response)
{
    AUTO_READER reader = READER_INIT;
    SECRET_HTML html = HTML_INIT(plain_is_english(request));
    char fingerprint[VKEY_FINGERPRINT_SIZE + 1];
    struct plain_receipt page = {.notice = request->tail,
                                 .text_hash = errand->lodging.text_hash,
                                 .text = buffer_view(&errand->lodging.text),
                                 .code = &errand->lodging.code,
                                 .files = errand->draft.filing.file_count,
                                 .seals = errand->draft.filing.seal_count};

    TRY(vkey_print_fingerprint(&errand->app->identity->log, fingerprint));
    page.key = bytes_of_string(fingerprint);
    TRY(readers_lend(errand->app->readers, &reader));
    page.record = reader.record;
    TRY(plain_receipt_write(&html, &page));
    return plain_answer(&html, 201, response);
}

static struct result finish(struct app *app, const struct request *request,
                            struct response *response)
{
    const struct errand *const errand = response->job.context;

    (void)app;
    return is_ok(errand->result) ? show_receipt(errand, request, response)
                                 : show_again(errand, request, response);
}

/* By the rate of its address, as what devices with scripts file; nobody works here, so one waits.
 */
static bool is_admitted(struct errand *errand, const struct request *request)
{
    struct request charged = *request;
    struct rates_demand demand;

    if (admit_request(errand->app, &charged, COST_FILING, &demand)) {
        return true;
    }
    errand->result = fail(BUSY, "service.rate");
    errand->wait = demand.wait;
    return false;
}

/* The draft's views outlive nothing here: form and errand live until the answer is sent. */
struct result handle_plain_file(struct app *app, const struct request *request,
                                struct response *response)
{
    struct errand *errand;

    TRY(form_refusal(form_of(request)));
    errand = calloc(1, sizeof *errand);
    REQUIRE(errand, OUT_OF_MEMORY, "service.memory");
    /* No work yet: an errand that fails is freed with the response. */
    response->job = (struct job){.context = errand, .free_context = free_errand};
    errand->app = app;
    errand->form = form_of(request);
    TRY(plain_draft_read(errand->form, request->tail, request->now, &errand->draft));
    TRY(look_up(errand, request->tail));
    if (errand->draft.fault_count > 0 || !is_admitted(errand, request)) {
        return show_again(errand, request, response);
    }
    response->job.work = work;
    response->finish = finish;
    return OK;
}
