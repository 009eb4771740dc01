#include <string.h>

#include "base/text.h"
#include "protocol/statement.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/intake.h"
#include "server/pipeline.h"
#include "server/proposals.h"
#include "server/readers.h"
#include "server/receipts.h"
#include "server/sequencer.h"
#include "server/ticket.h"

static void add_missing(struct envelope *envelope, const struct record_signer *signer)
{
    envelope_open_object(envelope, 0);
    envelope_string(envelope, "role", signer->role);
    if (signer->person[0]) {
        envelope_string(envelope, "person", signer->person);
    }
    envelope_close(envelope);
}

static struct result answer_missing(struct response *response, const struct prepared *prepared)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;

    envelope_begin(&envelope);
    envelope_hex(&envelope, "id", BYTES(prepared->text_hash.bytes));
    envelope_open_array(&envelope, "missing");
    for (size_t i = 0; i < prepared->missing_count; i++) {
        envelope_string(&envelope, 0, prepared->missing[i].role);
    }
    envelope_close(&envelope);
    TRY(answer_envelope(response, &envelope));
    response->status = 201;
    return OK;
}

static struct result drop_logged(struct record *record, struct ticket *ticket, uint64_t now)
{
    (void)now;
    return proposal_drop(record, &ticket->text_hash);
}

static struct result finish_proposal(struct app *app, const struct request *request,
                                     struct response *response)
{
    (void)request;
    intake_logged(app->intake, response->ticket);
    return receipts_answer(app, response->ticket->index, response);
}

static struct result submit(struct app *app, const struct proposal *proposal,
                            struct response *response)
{
    TRY(ticket_make(buffer_view(&proposal->note), &response->ticket));
    response->ticket->beside = drop_logged;
    TRY(pipeline_reserve(app->pipeline, response->ticket));
    response->finish = finish_proposal;
    return OK;
}

/* POST /api/proposals - keeps a note until everybody has signed it, and then submits it. */
struct result handle_proposal_post(struct app *app, const struct request *request,
                                   struct response *response)
{
    AUTO_PROPOSAL proposal = PROPOSAL_INIT;
    struct result taken;

    proposal.handed_in = request->body;
    proposal.now = request->now;

    taken = sequencer_run(app->sequencer, proposal_take, &proposal);
    if (taken.rule && strcmp(taken.rule, "statement.logged") == 0) {
        return receipts_answer(app, taken.at, response);
    }
    TRY(taken);

    return proposal.prepared.missing_count > 0 ? answer_missing(response, &proposal.prepared)
                                               : submit(app, &proposal, response);
}

static void write_lines(struct envelope *envelope, const struct prepared *prepared)
{
    const struct bytes note = buffer_view(&prepared->note);
    struct bytes lines = bytes_slice(note, prepared->statement->text.size + 1, note.size);

    envelope_open_array(envelope, "signatures");
    while (lines.size > 0) {
        envelope_text(envelope, 0, text_cut(&lines, '\n'));
    }
    envelope_close(envelope);
}

static struct result add_proposal(void *context, const struct proposal_row *row)
{
    const struct prepared *const prepared = row->prepared;
    struct envelope *const envelope = context;

    envelope_open_object(envelope, 0);
    envelope_hex(envelope, "id", BYTES(prepared->text_hash.bytes));
    envelope_string(envelope, "type", prepared_type_name(prepared));
    envelope_text(envelope, "text", prepared->statement->text);
    write_lines(envelope, prepared);
    envelope_open_array(envelope, "signed");
    for (size_t i = 0; i < prepared->signed_count; i++) {
        envelope_string(envelope, 0, prepared->signed_by[i].person);
    }
    envelope_close(envelope);
    envelope_open_array(envelope, "missing");
    for (size_t i = 0; i < prepared->missing_count; i++) {
        add_missing(envelope, &prepared->missing[i]);
    }
    envelope_close(envelope);
    envelope_time(envelope, "since", row->since);
    envelope_close(envelope);
    return OK;
}

/* GET /api/proposals */
struct result handle_proposals_get(struct app *app, const struct request *request,
                                   struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;

    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "proposals");
    TRY(proposals_of(reader.record, bytes_of_string(request->person), request->now, add_proposal,
                     &envelope));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}
