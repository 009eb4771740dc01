#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "record/view_case.h"
#include "server/admit.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/clock.h"
#include "server/filing.h"
#include "server/form.h"
#include "server/identity.h"
#include "server/lodging.h"
#include "server/plain_acts.h"
#include "server/plain_page.h"
#include "server/plain_status.h"
#include "server/readers.h"
#include "server/submission.h"

#define CODE_MAX 200 /* typed bytes */

/* GET /plain/status */
struct result handle_plain_status_form(struct app *app, const struct request *request,
                                       struct response *response)
{
    SECRET_HTML html = HTML_INIT(plain_is_english(request));

    (void)app;
    TRY(plain_status_ask(&html, 0));
    return plain_answer(&html, 200, response);
}

/* --- POST /plain/status --- */

/* A question that is being answered; the form is the request's. */
struct question {
    struct app *app;
    const struct request *request;
    const struct form *form;
    uint64_t now;
    struct keys keys;
    struct hash32 objection;
    const char *unknown; /* what is wrong with the code, or NULL */
    struct plain_acts acts;
    struct circle circle;
    struct html html;
};

static void free_question(void *context)
{
    struct question *const question = context;

    keys_wipe(&question->keys);
    plain_draft_wipe(&question->acts.draft);
    html_wipe(&question->html);
    free(question);
}

static struct result read_code(struct question *question)
{
    const struct bytes typed = form_value(question->form, "code");
    SECRET_CODE code;
    const struct result parsed =
        typed.size > CODE_MAX ? fail(MALFORMED, "code.length") : key_code_read(typed, code.bytes);

    if (!is_ok(parsed)) {
        question->unknown =
            strcmp(parsed.rule, "code.length") == 0 ? "status.length" : "status.mistyped";
        return OK;
    }
    return keys_derive(&code, &question->keys);
}

static struct result find_case(struct question *question)
{
    AUTO_READER reader = READER_INIT;
    struct result found;

    TRY(readers_lend(question->app->readers, &reader));
    found = view_case_of_key(reader.record, &question->keys.sign_public, &question->objection);
    if (found.failure == NOT_FOUND) {
        question->unknown = "status.none";
        return OK;
    }
    return found;
}

/* The case that the page was about, which a second code must not change. */
static bool is_same_case(const struct question *question)
{
    struct hash32 shown;

    return is_ok(hex_decode(form_value(question->form, "case"), shown.bytes, sizeof shown.bytes)) &&
           hash32_equal(&shown, &question->objection);
}

static struct result withdraw(struct question *question)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(filing_write_withdrawal(identity_origin(question->app->identity), &question->objection,
                                clock_now(), &text));
    TRY(filing_sign(buffer_view(&text), &question->keys, &note));
    return submission_wait(question->app->pipeline, buffer_view(&note));
}

/* What an objector writes has a rate of its own. */
static struct result admit_act(struct question *question)
{
    struct request charged = *question->request;
    struct rates_demand demand;

    REQUIRE(admit_request(question->app, &charged, COST_FILING, &demand), BUSY, "service.rate");
    return OK;
}

static struct result withdraw_if_admitted(struct question *question)
{
    TRY(admit_act(question));
    return withdraw(question);
}

static struct result supplement_if_admitted(struct question *question)
{
    const struct lodging lodging = {
        .app = question->app, .filing = &question->acts.draft.filing, .circle = &question->circle};

    TRY(admit_act(question));
    return lodging_supplement(&lodging, &question->objection, &question->keys);
}

static void try_to_withdraw(struct question *question)
{
    if (!is_same_case(question)) {
        question->acts.withdraw = "plain.status.other";
    } else if (!bytes_is(form_value(question->form, "sure"), "1")) {
        question->acts.withdraw = "plain.status.sure.none";
    } else {
        question->acts.refusal = withdraw_if_admitted(question);
    }
}

struct finding {
    struct record *record;
    struct circle *circle;
};

static struct result take_readers(void *context, const struct view_case *row)
{
    const struct finding *const finding = context;

    return circle_load_case(finding->record, row->notice, &row->hash, finding->circle);
}

static struct result find_readers(struct question *question)
{
    AUTO_READER reader = READER_INIT;
    struct finding finding = {.circle = &question->circle};

    TRY(readers_lend(question->app->readers, &reader));
    finding.record = reader.record;
    return view_case(reader.record, &question->objection, take_readers, &finding);
}

/* What only the record knows of more material. */
static void check_material(struct question *question)
{
    struct plain_draft *const draft = &question->acts.draft;

    if (!is_same_case(question)) {
        plain_draft_fault(draft,
                          (struct plain_fault){.field = "file", .key = "plain.status.other"});
    } else if (filing_sealed_size(&draft->filing, &question->circle) > FILING_SEALED_MAX) {
        plain_draft_fault(draft,
                          (struct plain_fault){.field = "file", .key = "plain.sealed.large"});
    }
}

static struct result try_to_supplement(struct question *question)
{
    struct plain_draft *const draft = &question->acts.draft;

    plain_draft_read_files(question->form, draft);
    TRY(find_readers(question));
    check_material(question);
    if (draft->fault_count == 0) {
        question->acts.refusal = supplement_if_admitted(question);
    }
    return OK;
}

static struct result act(struct question *question)
{
    const struct bytes what = form_value(question->form, "act");

    if (bytes_is(what, "withdraw")) {
        try_to_withdraw(question);
    }
    return bytes_is(what, "supplement") ? try_to_supplement(question) : OK;
}

static struct result write_page(struct question *question)
{
    AUTO_READER reader = READER_INIT;
    struct plain_status page = {
        .documents = question->app->documents,
        .objection = question->objection,
        .keys = &question->keys,
        .now = question->now,
        .acts = &question->acts,
    };

    TRY(readers_lend(question->app->readers, &reader));
    page.record = reader.record;
    return plain_status_write(&question->html, &page);
}

static struct result answer_question(void *context)
{
    struct question *const question = context;

    TRY(read_code(question));
    if (!question->unknown) {
        TRY(find_case(question));
    }
    if (question->unknown) {
        return plain_status_ask(&question->html, question->unknown);
    }
    TRY(act(question));
    return write_page(question);
}

static struct result finish(struct app *app, const struct request *request,
                            struct response *response)
{
    struct question *const question = response->job.context;
    const struct result *const refusal = &question->acts.refusal;
    const bool wrong =
        question->unknown || question->acts.withdraw || question->acts.draft.fault_count > 0;

    if (question->unknown) {
        admit_settle(app, request, fail(NOT_FOUND, "status.unknown")); /* a guess costs more */
    }
    if (!is_ok(*refusal)) {
        response->rule = refusal->rule;
        return plain_answer(&question->html, answer_status(refusal), response);
    }
    return plain_answer(&question->html, wrong ? 422 : 200, response);
}

struct result handle_plain_status(struct app *app, const struct request *request,
                                  struct response *response)
{
    struct question *question;

    TRY(form_refusal(form_of(request)));
    question = calloc(1, sizeof *question);
    REQUIRE(question, OUT_OF_MEMORY, "service.memory");
    *question = (struct question){.app = app,
                                  .request = request,
                                  .form = form_of(request),
                                  .now = request->now,
                                  .html = HTML_INIT(plain_is_english(request))};
    response->job =
        (struct job){.work = answer_question, .context = question, .free_context = free_question};
    response->finish = finish;
    return OK;
}
