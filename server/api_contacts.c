#include "record/record.h"
#include "server/api.h"
#include "server/app.h"
#include "server/contacts.h"
#include "server/readers.h"
#include "server/sequencer.h"

static struct result read_contact(struct app *app, const struct request *request,
                                  struct prepared *prepared, struct contact *out)
{
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(app->readers, &reader));
    return contact_read(reader.record, request->body, request->now, prepared, out);
}

/* POST /api/contacts */
struct result handle_contact_post(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct contact contact;

    TRY(read_contact(app, request, &prepared, &contact));

    TRY(sequencer_run(app->sequencer, contact_store, &contact));

    response->status = 204;
    return OK;
}
