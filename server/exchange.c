#include "server/exchange.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "server/ticket.h"

bool method_read(const char *word, enum method *out)
{
    static const struct {
        const char *word;
        enum method method;
    } METHODS[] = {
        {"GET", METHOD_GET}, {"HEAD", METHOD_GET},      {"POST", METHOD_POST},
        {"PUT", METHOD_PUT}, {"DELETE", METHOD_DELETE},
    };

    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (strcmp(word, METHODS[i].word) == 0) {
            *out = METHODS[i].method;
            return true;
        }
    }
    return false;
}

struct result request_version(const struct request *request, uint64_t *out)
{
    *out = 0;
    if (request->version.size == 0) {
        return OK;
    }
    REQUIRE(is_ok(text_parse_number(request->version, out)) && *out > 0, INVALID,
            "service.version");
    return OK;
}

static void release_contents(struct response *response)
{
    if (response->secret) {
        buffer_wipe(&response->body);
    }
    buffer_free(&response->body);
    blob_release(response->blob);
    if (response->file != RESPONSE_NO_FILE) {
        close(response->file);
    }
}

void response_drop_known(struct response *response, struct bytes if_none_match)
{
    if (response->status == 200 && response->etag[0] && bytes_is(if_none_match, response->etag)) {
        blob_release(response->blob);
        response->blob = 0;
        buffer_free(&response->body);
        response->status = 304;
    }
}

void response_free(struct response *response)
{
    release_contents(response);
    ticket_free(response->ticket);
    if (response->job.free_context) {
        response->job.free_context(response->job.context);
    }
    *response = (struct response)RESPONSE_INIT;
}

void response_reset(struct response *response)
{
    struct ticket *const ticket = response->ticket;
    const struct job job = response->job;

    release_contents(response);
    *response = (struct response)RESPONSE_INIT;
    response->ticket = ticket;
    response->job = job;
}

void response_take(struct response *response, const char *content_type, struct buffer *body)
{
    buffer_free(&response->body);
    response->body = *body;
    *body = (struct buffer)BUFFER_INIT; /* transferred */
    response->content_type = content_type;
}
