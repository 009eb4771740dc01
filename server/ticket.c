#include "server/ticket.h"

#include <stdlib.h>

#include "base/text.h"
#include "protocol/statement.h"
#include "server/pipeline.h"

static const struct {
    const char *line;
    enum ticket_kind kind;
} KINDS[] = {
    {"xiling/v1 ballot\n", TICKET_BALLOT},
    {"xiling/v1 objection.file\n", TICKET_FILING},
    {"xiling/v1 objection.supplement\n", TICKET_FILING},
    {"xiling/v1 objection.withdraw\n", TICKET_FILING},
};

enum ticket_kind ticket_kind_of(struct bytes note)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (bytes_starts_with(note, bytes_of_string(KINDS[i].line))) {
            return KINDS[i].kind;
        }
    }
    return TICKET_OFFICE;
}

struct result ticket_explain(struct bytes note)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(statement_parse(note, &statement));
    return fail(MALFORMED, "statement.signatures");
}

struct result ticket_make(struct bytes note, struct ticket **out)
{
    struct ticket *const ticket = calloc(1, sizeof *ticket);

    REQUIRE(ticket, OUT_OF_MEMORY, "service.memory");
    if (!is_ok(buffer_append(&ticket->note, note))) {
        ticket_free(ticket);
        return fail(OUT_OF_MEMORY, "service.memory");
    }
    ticket->kind = ticket_kind_of(note);
    if (!ticket_hash_text(note, &ticket->text_hash)) {
        ticket_free(ticket);
        return ticket_explain(note);
    }
    *out = ticket;
    return OK;
}

void ticket_free(struct ticket *ticket)
{
    if (!ticket) {
        return;
    }
    if (ticket->home) {
        pipeline_release(ticket->home, ticket);
    }
    if (ticket->free_context) {
        ticket->free_context(ticket->context);
    }
    prepared_free(&ticket->prepared);
    buffer_free(&ticket->note);
    free(ticket);
}

void ticket_finish(struct ticket *ticket)
{
    if (ticket->home) {
        pipeline_release(ticket->home, ticket);
    }
    ticket->done(ticket->carrier);
}

bool ticket_hash_text(struct bytes note, struct hash32 *out)
{
    const size_t end = text_find(note, LITERAL("\n\n"));

    if (end == SIZE_MAX) {
        return false;
    }
    *out = sha256_of(bytes_slice(note, 0, end + 1));
    return true;
}
