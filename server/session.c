#include "server/session.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "primitive/hash.h"
#include "protocol/statement.h"
#include "record/people.h"
#include "record/query.h"
#include "server/sequencer.h"

#define TOUCH_SECONDS 60

struct result session_verify(struct record *record, struct nonces *nonces, struct bytes note,
                             uint64_t now, char person[static RECORD_ID_SIZE])
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct nonce nonce;

    TRY(record_check(record, note, now, &prepared));
    REQUIRE(strcmp(prepared_type_name(&prepared), "session.open") == 0, INVALID, "session.type");
    TRY(statement_fixed(prepared.statement, "随机数", 0, nonce.bytes, sizeof nonce.bytes));
    REQUIRE(nonces_use(nonces, &nonce, now), UNAUTHORIZED, "session.challenge");
    snprintf(person, RECORD_ID_SIZE, "%s", prepared.signed_by[0].person);
    return OK;
}

/* One row of the private table, on its way there. */
struct session_row {
    struct hash32 cookie_hash;
    struct bytes person;
    uint64_t now;
};

static const char INSERT_SESSION[] = "INSERT INTO private_session (cookie_hash, person, opened,"
                                     " seen) VALUES (:hash, :person, :now, :now)";
static const char DELETE_OLD[] = "DELETE FROM private_session WHERE opened < :oldest";

static struct result store_session(struct record *record, void *context)
{
    const struct session_row *const row = context;
    AUTO_QUERY insert = query_start(record, INSERT_SESSION);
    AUTO_QUERY sweep = query_start(record, DELETE_OLD);

    query_bind_number(&sweep, ":oldest", row->now - SESSION_SECONDS);
    TRY(query_run(&sweep));
    query_bind_blob(&insert, ":hash", BYTES(row->cookie_hash.bytes));
    query_bind_text(&insert, ":person", row->person);
    query_bind_number(&insert, ":now", row->now);
    return query_run(&insert);
}

struct result session_open(struct sequencer *sequencer, const char *person, uint64_t now,
                           char cookie[static SESSION_COOKIE_SIZE + 1])
{
    SECRET_32 random;
    SECRET_BUFFER hex = BUFFER_INIT;
    struct session_row row = {.person = bytes_of_string(person), .now = now};

    secret_random(random.bytes, sizeof random.bytes);
    TRY(hex_append(&hex, BYTES(random.bytes)));
    row.cookie_hash = sha256_of(buffer_view(&hex));
    TRY(sequencer_run(sequencer, store_session, &row));
    memcpy(cookie, hex.data, SESSION_COOKIE_SIZE);
    cookie[SESSION_COOKIE_SIZE] = 0;
    return OK;
}

static const char TOUCH_SESSION[] = "UPDATE private_session SET seen = :now"
                                    " WHERE cookie_hash = :hash";

static struct result touch_session(struct record *record, void *context)
{
    const struct session_row *const row = context;
    AUTO_QUERY query = query_start(record, TOUCH_SESSION);

    query_bind_number(&query, ":now", row->now);
    query_bind_blob(&query, ":hash", BYTES(row->cookie_hash.bytes));
    return query_run(&query);
}

static const char SELECT_SESSION[] = "SELECT person, opened, seen FROM private_session"
                                     " WHERE cookie_hash = :hash";

struct result session_find(struct sequencer *sequencer, struct record *record, struct bytes cookie,
                           uint64_t now, char person[static RECORD_ID_SIZE])
{
    AUTO_QUERY query = query_start(record, SELECT_SESSION);
    struct session_row row = {.cookie_hash = sha256_of(cookie), .now = now};
    struct person found;
    uint64_t seen;
    bool known;

    REQUIRE(cookie.size == SESSION_COOKIE_SIZE, UNAUTHORIZED, "session.none");
    query_bind_blob(&query, ":hash", BYTES(row.cookie_hash.bytes));
    TRY(query_step(&query, &known));
    REQUIRE(known && now < query_number(&query, 1) + SESSION_SECONDS &&
                now < query_number(&query, 2) + SESSION_IDLE_SECONDS &&
                query_text(&query, 0).size < RECORD_ID_SIZE,
            UNAUTHORIZED, "session.none");
    seen = query_number(&query, 2);
    snprintf(person, RECORD_ID_SIZE, "%.*s", (int)query_text(&query, 0).size,
             (const char *)query_text(&query, 0).data);
    REQUIRE(is_ok(person_require(record, bytes_of_string(person), 0, &found)), UNAUTHORIZED,
            "session.none");
    return now < seen + TOUCH_SECONDS ? OK : sequencer_run(sequencer, touch_session, &row);
}

static const char DELETE_SESSION[] = "DELETE FROM private_session WHERE cookie_hash = :hash";

static struct result delete_session(struct record *record, void *context)
{
    const struct session_row *const row = context;
    AUTO_QUERY query = query_start(record, DELETE_SESSION);

    query_bind_blob(&query, ":hash", BYTES(row->cookie_hash.bytes));
    return query_run(&query);
}

struct result session_end(struct sequencer *sequencer, struct bytes cookie)
{
    struct session_row row = {.cookie_hash = sha256_of(cookie)};

    return sequencer_run(sequencer, delete_session, &row);
}
