/*
 * state.h - inside a struct record: the connection, its prepared queries, the elections it keeps.
 */
#pragma once

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/election.h"
#include "record/record.h"

#define RECORD_QUERIES_MAX 384

struct cached_query {
    const char *sql; /* the literal's address is the key */
    sqlite3_stmt *compiled;
    bool used; /* by a query that has not ended */
};

/* An election read once; a list, because a log has few of them. */
struct kept_election {
    struct kept_election *next;
    struct election election;
};

struct record {
    sqlite3 *database;
    struct cached_query queries[RECORD_QUERIES_MAX];
    size_t query_count;
    struct kept_election *elections;
};

/* The prepared query of `sql`, marked used; NULL if it is in use, or cannot be had. */
struct cached_query *state_take_query(struct record *record, const char *sql);

/* Appends the text (not the signature lines) that has this SHA-256; NOT_FOUND "log.text". */
MUST_CHECK struct result state_load_text(struct record *record, const struct hash32 *text_hash,
                                         struct buffer *out);

/* Copies an id, which the grammar has held to 63 characters, with a zero byte behind. */
void state_copy_id(struct bytes id, char out[static RECORD_ID_SIZE]);
