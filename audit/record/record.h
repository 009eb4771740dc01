/*
 * record.h - the record: the state that the log's statements make, and the one way into it.
 *
 * Server and auditor fold the same log with this code. A statement passes, in order:
 *
 *     record_check   grammar, row of the table, signers and signatures, rules, proofs; reads only
 *     record_admit   on the writer, in its transaction: what depends on the state, once more
 *     record_append  appends the entry to the journal and applies it to the state
 *
 * record_check is record_read (everything but proofs) and then record_prove (the dear part). A
 * `struct record` belongs to one thread at a time; any number of them may stand over read-only
 * connections of one database. A `struct prepared` may be handed to another thread.
 *
 * Every refusal names a rule; its words and its article stand in refusal.h. Protocol section 10.
 */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "primitive/signer.h"

#define RECORD_SIGNERS_MAX 64
#define RECORD_ID_SIZE     64 /* an id of at most 63 characters and its zero byte */
#define RECORD_TIME_SLACK  600

struct election;
struct record;
struct statement;
struct type;

/* Makes the tables of log and state in an empty database; does nothing where they stand. */
MUST_CHECK struct result record_create(sqlite3 *database);

/* The connection stays the caller's and must outlive the record. */
MUST_CHECK struct result record_open(sqlite3 *database, struct record **out);
void record_close(struct record *record);

/* AUTO_RECORD *record = 0; record_open(database, &record) */
#define AUTO_RECORD __attribute__((cleanup(record_close_scope))) struct record
void record_close_scope(struct record **record);

/* Who signs, or has signed: a role and, where only one person will do, that person's id. */
struct record_signer {
    const char
        *role; /* "officer", "chair", "member", "scrutineer", "trustee", "leader", "person" … */
    char person[RECORD_ID_SIZE]; /* "" where any holder of the role will do */
};

/* The thing a statement acts on, found from its fields. */
struct subject {
    char meeting[RECORD_ID_SIZE]; /* "" if none */
    struct hash32 manifest;       /* M; zeros if none */
    struct hash32 ceremony;       /* zeros if none */
    char team[RECORD_ID_SIZE];    /* "" if none; of a report its team */
};

/* A statement on its way into the record. Owns its bytes. */
struct prepared {
    const struct type *type;
    struct buffer note;          /* the whole note */
    struct statement *statement; /* views into `note` */
    struct hash32 text_hash;     /* SHA-256 of the text */
    struct subject subject;
    struct record_signer signed_by[RECORD_SIGNERS_MAX];
    size_t signed_count;
    struct record_signer missing[RECORD_SIGNERS_MAX]; /* of a partial note, else none */
    size_t missing_count;
    struct signer keys[RECORD_SIGNERS_MAX]; /* the signatures are checked with, one a line */
    struct hash32 signed_keys;              /* their hash */
    struct point tag;                       /* of a ballot or a burn */
    const struct election *election;        /* of a ballot: its manifest, kept until record_close */
};

#define AUTO_PREPARED __attribute__((cleanup(prepared_free))) struct prepared
#define PREPARED_INIT \
    {                 \
        0             \
    }
void prepared_free(struct prepared *prepared);
const char *prepared_type_name(const struct prepared *prepared); /* such as "ballot" */
bool prepared_is_logged_type(const struct prepared *prepared);   /* false: session.open … */

/*
 * Grammar, row, signers and their signatures, and the rules as the state now stands. `time` is
 * the time the entry would have. A text that stands in the log: CONFLICT "statement.logged", `at`
 * its index. `*out` is an empty prepared; it is filled only on success.
 */
MUST_CHECK struct result record_read(struct record *record, struct bytes note, uint64_t time,
                                     struct prepared *out);

/* The zero-knowledge proofs. For a ballot this reads nothing but the election: any thread may. */
MUST_CHECK struct result record_prove(struct record *record, const struct prepared *prepared);

/* record_read, then record_prove. */
MUST_CHECK struct result record_check(struct record *record, struct bytes note, uint64_t time,
                                      struct prepared *out);

/*
 * The next entry of a log that is folded again: what record_read and record_admit ask, asked once,
 * but for the signatures, which may be verified a little later (record_verify). A statement that
 * is refused here and whose signatures do not hold either is refused for these.
 */
MUST_CHECK struct result record_follow(struct record *record, struct bytes note, uint64_t time,
                                       struct prepared *out);
/* The signatures, with the keys their persons had. Reads nothing but `prepared`: any thread may. */
MUST_CHECK struct result record_verify(const struct prepared *prepared);

/*
 * A proposal: as record_check, but of the signature lines only some need stand (in order, at least
 * one, each valid). `out->missing` says who has not signed; a complete note has none missing.
 */
MUST_CHECK struct result record_check_partial(struct record *record, struct bytes note,
                                              uint64_t time, struct prepared *out);

/* On the writer: whether the entry may follow what the log now holds, at `time`. */
MUST_CHECK struct result record_admit(struct record *record, const struct prepared *prepared,
                                      uint64_t time);

/* Appends and applies an admitted statement, inside the caller's transaction. */
MUST_CHECK struct result record_append(struct record *record, const struct prepared *prepared,
                                       uint64_t time, uint64_t *out_index);

/*
 * The election of a manifest, parsed and kept until record_close; NOT_FOUND "election.unknown".
 * The pointer may be used by other threads, for reading.
 */
MUST_CHECK struct result record_election(struct record *record, const struct hash32 *manifest,
                                         const struct election **out);

/* A ballot of this tag is logged or the tag is burned. */
MUST_CHECK struct result record_has_tag(struct record *record, const struct hash32 *manifest,
                                        const struct point *tag, bool *out);
