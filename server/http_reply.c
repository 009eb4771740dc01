#include "server/http_reply.h"

#include <microhttpd.h>
#include <stdlib.h>

#include "server/headers.h"

static void add_header(void *reply, const char *name, const char *value)
{
    /* Only memory can be short here; a reply that lost a header is not sent. */
    (void)MHD_add_response_header(reply, name, value);
}

static void release_blob(void *blob)
{
    blob_release(blob);
}

static void release_secret(void *body)
{
    buffer_wipe(body);
    free(body);
}

/* The body lives on the heap until it is sent, and is wiped then. */
static struct MHD_Response *make_secret_reply(struct response *response)
{
    struct buffer *const body = malloc(sizeof *body);
    struct MHD_Response *reply;

    if (!body) {
        return 0;
    }
    *body = response->body;
    response->body = (struct buffer)BUFFER_INIT; /* transferred */
    reply = MHD_create_response_from_buffer_with_free_callback_cls(body->size, body->data,
                                                                   release_secret, body);
    if (!reply) {
        release_secret(body);
    }
    return reply;
}

static struct MHD_Response *make_plain_reply(struct response *response)
{
    struct MHD_Response *const reply = MHD_create_response_from_buffer(
        response->body.size, response->body.data, MHD_RESPMEM_MUST_FREE);

    if (reply) {
        response->body = (struct buffer)BUFFER_INIT; /* transferred */
    }
    return reply;
}

/* The reply takes over the contents. */
static struct MHD_Response *make_reply(struct response *response)
{
    struct MHD_Response *reply;

    if (response->blob) {
        const struct bytes view = blob_view(response->blob);

        /* libmicrohttpd does not write to what it sends, but its parameter is not const. */
        reply = MHD_create_response_from_buffer_with_free_callback_cls(
            view.size, (void *)(uintptr_t)view.data, release_blob, response->blob);
        response->blob = reply ? 0 : response->blob; /* transferred */
        return reply;
    }
    if (response->file != RESPONSE_NO_FILE) {
        reply = MHD_create_response_from_fd64(response->file_size, response->file);
        response->file = reply ? RESPONSE_NO_FILE : response->file; /* transferred */
        return reply;
    }
    return response->secret ? make_secret_reply(response) : make_plain_reply(response);
}

struct MHD_Response *http_reply(struct response *response, bool open)
{
    struct MHD_Response *const reply = make_reply(response);

    if (reply) {
        headers_of(response, open, add_header, reply);
    }
    return reply;
}
