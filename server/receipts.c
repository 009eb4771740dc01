#include "server/receipts.h"

#include "log/receipt.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "server/app.h"
#include "server/identity.h"
#include "server/readers.h"
#include "server/sequencer.h"

struct result receipts_write(struct app *app, uint64_t index, struct buffer *out)
{
    AUTO_READER reader = READER_INIT;
    AUTO_BUFFER entry = BUFFER_INIT;
    struct merkle_head head;
    AUTO_BLOB *checkpoint = sequencer_checkpoint(app->sequencer, &head);
    struct receipt receipt = {.index = index, .checkpoint = blob_view(checkpoint)};
    struct merkle_source source;

    REQUIRE(index < head.size, INTERNAL, "log.checkpoint");
    TRY(readers_lend(app->readers, &reader));
    source = journal_source(reader.record);
    TRY(journal_load_entry(reader.record, index, &entry));
    receipt.extra = buffer_view(&entry);
    TRY(merkle_prove_inclusion(&source, index, head.size, &receipt.path));
    return receipt_write(&receipt, out);
}

struct result receipts_answer(struct app *app, uint64_t index, struct response *response)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(receipts_write(app, index, &text));
    response_take(response, "text/plain; charset=utf-8", &text);
    response->log_index = index;
    return OK;
}

struct result receipts_accept(struct app *app, const struct hash32 *text_hash, uint64_t promise,
                              struct response *response)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(statement_begin(&text, "acceptance", identity_origin(app->identity)));
    TRY(statement_add_bytes(&text, "文本", BYTES(text_hash->bytes)));
    TRY(statement_add_time(&text, "入册不迟于", (int64_t)promise));
    TRY(statement_note(buffer_view(&text), &note));
    TRY(signature_line_sign(&note, buffer_view(&text), vkey_name(&app->identity->service),
                            &app->identity->service_secret));
    response_take(response, "text/plain; charset=utf-8", &note);
    response->status = 202;
    return OK;
}
