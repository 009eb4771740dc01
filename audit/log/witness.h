/*
 * witness.h - what a log asks a witness, what the witness answers, and what the log then does.
 *
 * All of it is decisions on bytes and numbers: sending, storing and the witness's transaction
 * belong to the caller. tlog-witness, log-formats 3.9.
 */
#pragma once

#include "log/checkpoint.h"

/* The body of POST <prefix>/add-checkpoint. */
struct witness_request {
    uint64_t old_size;
    struct merkle_proof proof;
    struct bytes checkpoint; /* the note */
};

MUST_CHECK struct result witness_request_write(const struct witness_request *request,
                                               struct buffer *out);
/* MALFORMED "witness.form". */
MUST_CHECK struct result witness_request_parse(struct bytes body, struct witness_request *out);

/* HTTP statuses of an answer. */
enum witness_status {
    WITNESS_OK = 200,
    WITNESS_BAD_REQUEST = 400,
    WITNESS_FORBIDDEN = 403,
    WITNESS_UNKNOWN_ORIGIN = 404,
    WITNESS_CONFLICT = 409,
    WITNESS_UNPROVEN = 422,
};

/*
 * The witness's verdict. `stored` is the head it last cosigned for this log (size 0 if none).
 *
 * On WITNESS_OK the caller replaces `stored` by `checkpoint.head` in one compare-and-set
 * transaction, flushes it to disk, and only then signs: two racing requests would otherwise roll
 * the witness back. On WITNESS_CONFLICT the answer's body is the stored size.
 */
enum witness_status witness_decide(const struct witness_request *request, const struct vkey *log,
                                   const struct merkle_head *stored, struct checkpoint *checkpoint);

enum witness_action {
    WITNESS_ADD,           /* the body's lines of the configured witness were verified: add them */
    WITNESS_PROVE_AGAIN,   /* send a proof from `size` */
    WITNESS_STOP_ROLLBACK, /* the witness holds more than we do: stop, alarm */
    WITNESS_STOP_FORK,     /* the witness holds another history: stop, alarm, keep the body */
    WITNESS_ALARM_KEY,     /* it does not know our key */
    WITNESS_ALARM_ORIGIN,  /* it does not know our log */
    WITNESS_ALARM_BUG,     /* we asked nonsense */
    WITNESS_ALARM_ANSWER,  /* it says yes without its valid signature, or no size in a conflict */
    WITNESS_TRY_LATER,     /* it did not answer as a witness does */
};

struct witness_answer {
    unsigned status;
    struct bytes body;
};

struct witness_reaction {
    enum witness_action action;
    uint64_t size; /* WITNESS_PROVE_AGAIN: from here */
    uint64_t time; /* WITNESS_ADD: of the cosignature */
};

/*
 * What the log does after `answer` to a request about `text`, the checkpoint's three lines. On
 * WITNESS_ADD the one verified line is appended to `lines`.
 */
MUST_CHECK struct result witness_react(const struct witness_answer *answer,
                                       const struct vkey *witness, struct bytes text,
                                       struct buffer *lines, struct witness_reaction *out);
