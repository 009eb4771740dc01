#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "protocol/statement.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/disclosures.h"
#include "server/invite.h"
#include "server/pipeline.h"
#include "server/receipts.h"
#include "server/ticket.h"

/* What is stored beside the invitation; wiped when the ticket is freed. */
struct invitation {
    char person[RECORD_ID_SIZE];
    char token[INVITE_TOKEN_SIZE + 1];
    struct buffer name;
    struct buffer hidden;
    struct disclosure opening;
};

static void free_invitation(void *context)
{
    struct invitation *const invitation = context;

    buffer_wipe(&invitation->name);
    buffer_free(&invitation->hidden);
    secret_wipe(invitation, sizeof *invitation);
    free(invitation);
}

static struct result store_beside(struct record *record, struct ticket *ticket, uint64_t now)
{
    const struct invitation *const invitation = ticket->context;

    TRY(disclosure_store(record, &invitation->opening, buffer_view(&invitation->hidden)));
    return invite_store(record, bytes_of_string(invitation->person),
                        bytes_of_string(invitation->token), now);
}

static struct result read_person(struct bytes note, char person[static RECORD_ID_SIZE])
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct bytes id;

    TRY(statement_parse(note, &statement));
    REQUIRE(bytes_is(statement.type, "person.invite"), INVALID, "invite.type");
    id = statement_value(&statement, "人员");
    REQUIRE(id.size < RECORD_ID_SIZE, MALFORMED, "statement.id");
    snprintf(person, RECORD_ID_SIZE, "%.*s", (int)id.size, (const char *)id.data);
    return OK;
}

/* The opening of the name must open the note's own field, or nobody could show it later. */
static struct result read_name(const struct envelope_input *input, const struct ticket *ticket,
                               struct invitation *out)
{
    struct bytes name;
    struct bytes salt;

    TRY(envelope_get(input, "name", &name));
    TRY(envelope_get(input, "salt", &salt));
    TRY(base64_decode_fixed(salt, out->opening.salt, sizeof out->opening.salt));
    TRY(buffer_append(&out->name, name));
    out->opening.type = LITERAL("person.invite");
    out->opening.label = LITERAL("姓名");
    out->opening.value = buffer_view(&out->name);
    out->opening.statement = ticket->text_hash;
    return disclosure_check(&out->opening, buffer_view(&ticket->note), &out->hidden);
}

/* From here on the ticket owns what stands beside its note. */
static struct result attach_invitation(struct ticket *ticket, struct invitation **out)
{
    struct invitation *const invitation = calloc(1, sizeof *invitation);

    REQUIRE(invitation, OUT_OF_MEMORY, "service.memory");
    ticket->context = invitation;
    ticket->free_context = free_invitation;
    ticket->beside = store_beside;
    *out = invitation;
    return OK;
}

static struct result read_invitation(struct bytes body, struct ticket **ticket)
{
    AUTO_INPUT input = {0};
    struct invitation *invitation;
    struct bytes note;

    TRY(envelope_read(body, &input));
    TRY(envelope_get(&input, "note", &note));
    TRY(ticket_make(note, ticket));
    TRY(attach_invitation(*ticket, &invitation));
    TRY(read_person(note, invitation->person));
    TRY(read_name(&input, *ticket, invitation));
    return invite_draw(invitation->token);
}

static struct result finish_invitation(struct app *app, const struct request *request,
                                       struct response *response)
{
    const struct invitation *const invitation = response->ticket->context;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER receipt = BUFFER_INIT;
    char url[512];

    TRY(receipts_write(app, response->ticket->index, &receipt));
    snprintf(url, sizeof url, "%s/enrol.html#%s.%s", app->config->url, invitation->person,
             invitation->token);
    envelope_begin(&envelope);
    envelope_text(&envelope, "receipt", buffer_view(&receipt));
    envelope_string(&envelope, "token", invitation->token);
    envelope_string(&envelope, "url", url);
    envelope_time(&envelope, "expires", request->now + INVITE_SECONDS);
    return answer_envelope(response, &envelope);
}

/* POST /api/invitations - logs an invitation and gives its token to the officer. */
struct result handle_invitation_post(struct app *app, const struct request *request,
                                     struct response *response)
{
    TRY(read_invitation(request->body, &response->ticket));
    TRY(pipeline_reserve(app->pipeline, response->ticket));
    response->finish = finish_invitation;
    return OK;
}
