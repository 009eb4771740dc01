#include "server/invite.h"

#include <stdlib.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "protocol/statement.h"
#include "record/query.h"

/* Only the hash of the token travels with the ticket. */
struct claim_of_token {
    struct hash32 token_hash;
};

static const char SELECT_TOKEN[] = "SELECT person, expires, used_by FROM private_invitation"
                                   " WHERE token_hash = :hash";

/* A token that let this very text in is good for it again: an answer may have been lost. */
static struct result check_token(struct record *record, const struct ticket *ticket,
                                 const struct claim_of_token *claim, uint64_t now)
{
    AUTO_QUERY query = query_start(record, SELECT_TOKEN);
    const struct bytes person = statement_value(ticket->prepared.statement, "人员");
    bool row;

    query_bind_blob(&query, ":hash", BYTES(claim->token_hash.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row && bytes_equal(query_text(&query, 0), person) && now < query_number(&query, 1) &&
                (query_is_null(&query, 2) ||
                 bytes_equal(query_blob(&query, 2), BYTES(ticket->text_hash.bytes))),
            UNAUTHORIZED, "invite.token");
    return OK;
}

static const char USE_TOKEN[] = "UPDATE private_invitation SET used_by = :text"
                                " WHERE token_hash = :hash";

static struct result use_token(struct record *record, struct ticket *ticket, uint64_t now)
{
    const struct claim_of_token *const claim = ticket->context;
    AUTO_QUERY query = query_start(record, USE_TOKEN);

    if (ticket->known) {
        return OK;
    }
    TRY(check_token(record, ticket, claim, now));
    query_bind_blob(&query, ":text", BYTES(ticket->text_hash.bytes));
    query_bind_blob(&query, ":hash", BYTES(claim->token_hash.bytes));
    return query_run(&query);
}

struct result invite_admit(struct ticket *ticket, struct bytes token)
{
    struct claim_of_token *claim;

    if (!bytes_starts_with(buffer_view(&ticket->note), LITERAL("xiling/v1 person.enrol\n"))) {
        return OK;
    }
    claim = calloc(1, sizeof *claim);
    REQUIRE(claim, OUT_OF_MEMORY, "service.memory");
    claim->token_hash = sha256_of(token);
    ticket->context = claim;
    ticket->free_context = free;
    ticket->beside = use_token;
    return OK;
}

struct result invite_draw(char token[static INVITE_TOKEN_SIZE + 1])
{
    SECRET_BUFFER hex = BUFFER_INIT;
    uint8_t random[INVITE_TOKEN_SIZE / 2];

    secret_random(random, sizeof random);
    TRY(hex_append(&hex, BYTES(random)));
    for (size_t i = 0; i < INVITE_TOKEN_SIZE; i++) {
        token[i] = (char)hex.data[i];
    }
    token[INVITE_TOKEN_SIZE] = 0;
    secret_wipe(random, sizeof random);
    return OK;
}

static const char STORE_TOKEN[] =
    "INSERT INTO private_invitation (token_hash, person, expires)"
    " VALUES (:hash, :person, :expires) ON CONFLICT (person) DO UPDATE SET"
    " token_hash = excluded.token_hash, expires = excluded.expires, used_by = NULL";

struct result invite_store(struct record *record, struct bytes person, struct bytes token,
                           uint64_t now)
{
    AUTO_QUERY query = query_start(record, STORE_TOKEN);
    const struct hash32 hash = sha256_of(token);

    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_text(&query, ":person", person);
    query_bind_number(&query, ":expires", now + INVITE_SECONDS);
    return query_run(&query);
}
