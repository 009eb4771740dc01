#include "base/encoding.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/envelope.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/shares.h"

static struct result read_share(const struct envelope_input *input, struct share *out)
{
    struct bytes document;
    struct bytes sealed;

    TRY(envelope_get(input, "document", &document));
    TRY(envelope_get(input, "reader", &out->reader));
    TRY(envelope_get(input, "sealed", &sealed));
    TRY(hex_decode(document, out->document.bytes, sizeof out->document.bytes));
    return base64_decode_fixed(sealed, out->sealed, sizeof out->sealed);
}

/* POST /api/shares {"document","reader","sealed"}: of the keeper whose session it is */
struct result handle_share_post(struct app *app, const struct request *request,
                                struct response *response)
{
    AUTO_INPUT input = {0};
    struct share share = {.keeper = bytes_of_string(request->person)};

    TRY(envelope_read(request->body, &input));
    TRY(read_share(&input, &share));

    TRY(sequencer_run(app->sequencer, share_store, &share));

    response->status = 204;
    return OK;
}

static struct result add_share(void *context, struct bytes keeper, struct bytes sealed)
{
    envelope_open_object(context, 0);
    envelope_text(context, "keeper", keeper);
    envelope_base64(context, "sealed", sealed);
    envelope_close(context);
    return OK;
}

/* GET /api/shares/<sha256>: those that were handed to whose session it is */
struct result handle_shares_get(struct app *app, const struct request *request,
                                struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct hash32 document;

    REQUIRE(is_ok(hex_decode(request->tail, document.bytes, sizeof document.bytes)), NOT_FOUND,
            "document.unnamed");
    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "shares");
    TRY(shares_of(reader.record, &document, bytes_of_string(request->person), add_share,
                  &envelope));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}
