#include "server/witness_routes.h"

#include "server/app.h"
#include "server/witness.h"

#define REQUEST_MAX 65536 /* a proof of 63 hashes and a note with many lines are far below it */

static struct result handle_add_checkpoint(struct app *app, const struct request *request,
                                           struct response *response)
{
    enum witness_status status;

    TRY(witness_add_checkpoint(app->witness, request->body, request->now, &status,
                               &response->body));
    response->status = status;
    if (status == WITNESS_CONFLICT) {
        response->content_type = "text/x.tlog.size";
    }
    return OK;
}

static struct result handle_checkpoint_get(struct app *app, const struct request *request,
                                           struct response *response)
{
    response->caching = CACHE_BRIEFLY;
    return witness_checkpoint(app->witness, request->tail, &response->body);
}

static struct result handle_vkey_get(struct app *app, const struct request *request,
                                     struct response *response)
{
    (void)request;
    TRY(vkey_write(witness_key(app->witness), &response->body));
    return buffer_append_text(&response->body, "\n");
}

static const struct route ROUTES[] = {
    {METHOD_POST, "/add-checkpoint", RIGHT_PUBLIC, REQUEST_MAX, handle_add_checkpoint},
    {METHOD_GET, "/*/checkpoint", RIGHT_PUBLIC, 0, handle_checkpoint_get},
    {METHOD_GET, "/vkey", RIGHT_PUBLIC, 0, handle_vkey_get},
};

const struct route *witness_route_find(enum method method, struct bytes path, struct bytes *tail)
{
    return route_find_in(ROUTES, sizeof ROUTES / sizeof ROUTES[0], method, path, tail);
}
