#include "server/exchange.h"

#include "server/ticket.h"

static void release_contents(struct response *response)
{
    buffer_free(&response->body);
    blob_release(response->blob);
}

void response_free(struct response *response)
{
    release_contents(response);
    ticket_free(response->ticket);
    *response = (struct response)RESPONSE_INIT;
}

void response_reset(struct response *response)
{
    struct ticket *const ticket = response->ticket;

    release_contents(response);
    *response = (struct response)RESPONSE_INIT;
    response->ticket = ticket;
}

void response_take(struct response *response, const char *content_type, struct buffer *body)
{
    buffer_free(&response->body);
    response->body = *body;
    *body = (struct buffer)BUFFER_INIT; /* transferred */
    response->content_type = content_type;
}
