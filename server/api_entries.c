#include "base/encoding.h"
#include "base/text.h"
#include "record/journal.h"
#include "server/api.h"
#include "server/app.h"
#include "server/batch.h"
#include "server/intake.h"
#include "server/invite.h"
#include "server/pipeline.h"
#include "server/readers.h"
#include "server/receipts.h"
#include "server/ticket.h"

/* What became of the note: a receipt, or an acceptance for a ballot that waits. */
static struct result finish_entry(struct app *app, const struct request *request,
                                  struct response *response)
{
    const struct ticket *const ticket = response->ticket;

    (void)request;
    if (ticket->outcome == TICKET_ACCEPTED) {
        return receipts_accept(app, &ticket->text_hash, ticket->promise, response);
    }
    intake_logged(app->intake, ticket);
    return receipts_answer(app, ticket->index, response);
}

/* POST /api/entries - takes any statement and hands back its receipt. */
struct result handle_entry_post(struct app *app, const struct request *request,
                                struct response *response)
{
    TRY(ticket_make(request->body, &response->ticket));
    TRY(invite_admit(response->ticket, request->invitation));
    TRY(pipeline_reserve(app->pipeline, response->ticket));
    response->finish = finish_entry;
    return OK;
}

/* GET /api/entries/<n> */
struct result handle_entry_get(struct app *app, const struct request *request,
                               struct response *response)
{
    AUTO_READER reader = READER_INIT;
    uint64_t index;

    REQUIRE(is_ok(text_parse_number(request->tail, &index)), NOT_FOUND, "view.unknown");

    TRY(readers_lend(app->readers, &reader));
    TRY(journal_load_entry(reader.record, index, &response->body));

    response->log_index = index;
    response->caching = CACHE_FOREVER;
    return OK;
}

/* GET /api/texts/<hex SHA-256> - the entry that logs this text */
struct result handle_text_get(struct app *app, const struct request *request,
                              struct response *response)
{
    AUTO_READER reader = READER_INIT;
    struct hash32 hash;

    TRY(hex_decode(request->tail, hash.bytes, sizeof hash.bytes));

    TRY(readers_lend(app->readers, &reader));
    TRY(journal_find_text(reader.record, &hash, &response->log_index));
    TRY(journal_load_entry(reader.record, response->log_index, &response->body));

    response->caching = CACHE_FOREVER;
    return OK;
}

/* Where a text stands: in the log, among the ballots that wait, or nowhere. */
static struct result find_text(struct app *app, const struct hash32 *hash, uint64_t *index,
                               uint64_t *promise)
{
    AUTO_READER reader = READER_INIT;
    struct result logged;
    bool waits;

    *index = RESPONSE_NO_INDEX;
    TRY(readers_lend(app->readers, &reader));
    logged = journal_find_text(reader.record, hash, index);
    if (logged.failure != NOT_FOUND) {
        return logged;
    }
    *index = RESPONSE_NO_INDEX;
    TRY(batch_find(reader.record, hash, &waits, promise));
    REQUIRE(waits, NOT_FOUND, "log.text");
    return OK;
}

/* GET /api/receipts/<hex SHA-256 of the text> */
struct result handle_receipt_get(struct app *app, const struct request *request,
                                 struct response *response)
{
    struct hash32 hash;
    uint64_t index;
    uint64_t promise = 0;

    TRY(hex_decode(request->tail, hash.bytes, sizeof hash.bytes));

    TRY(find_text(app, &hash, &index, &promise));

    return index == RESPONSE_NO_INDEX ? receipts_accept(app, &hash, promise, response)
                                      : receipts_answer(app, index, response);
}
