#include "server/api.h"
#include "server/app.h"
#include "server/identity.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/tiles.h"

/* GET /log/checkpoint */
struct result handle_checkpoint(struct app *app, const struct request *request,
                                struct response *response)
{
    (void)request;
    response->blob = sequencer_checkpoint(app->sequencer, 0);
    response->caching = CACHE_BRIEFLY;
    return OK;
}

/* GET /log/vkey */
struct result handle_vkey(struct app *app, const struct request *request, struct response *response)
{
    (void)request;
    TRY(vkey_write(&app->identity->log, &response->body));
    return buffer_append_text(&response->body, "\n");
}

static struct result make_tile(struct app *app, const struct tile *tile, struct blob **out)
{
    AUTO_READER reader = READER_INIT;

    TRY(readers_lend(app->readers, &reader));
    return tiles_make(app->tiles, reader.record, tile, out);
}

/* GET /log/tile/<L>/<N>[.p/<W>], /log/tile/entries/<N>[.p/<W>] */
struct result handle_tile(struct app *app, const struct request *request, struct response *response)
{
    const struct bytes path = bytes_slice(request->path, sizeof "/log/" - 1, request->path.size);
    struct merkle_head head;
    struct tile tile;

    sequencer_head(app->sequencer, &head);
    TRY(tiles_parse(path, head.size, &tile));
    response->blob = tiles_find(app->tiles, &tile);
    if (!response->blob) {
        TRY(make_tile(app, &tile, &response->blob));
    }
    response->content_type = "application/octet-stream";
    response->caching = CACHE_FOREVER;
    return OK;
}
