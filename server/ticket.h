/*
 * ticket.h - one note on its way to the writer, and what became of it.
 *
 * A handler makes it, the pipeline checks it, the sequencer logs it, and then `done` is called,
 * on the thread that finished it. From submission until then it belongs to these threads.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/record.h"

struct pipeline;

/* Each has places of its own in the pipeline, so that none can crowd out another. */
enum ticket_kind {
    TICKET_OFFICE, /* what is signed by whom the record knows, or by the service */
    TICKET_BALLOT,
    TICKET_FILING, /* what objectors write */
    TICKET_KINDS,
};

enum ticket_outcome {
    TICKET_OPEN,
    TICKET_REFUSED,  /* see `result` */
    TICKET_LOGGED,   /* at `index`, now or before */
    TICKET_ACCEPTED, /* a ballot that waits for its batch, logged until `promise` */
};

struct ticket {
    struct buffer note;
    /* Runs in the transaction that logs the note, and may refuse; NULL if there is nothing. */
    struct result (*beside)(struct record *record, struct ticket *ticket, uint64_t now);
    void *context; /* of beside; freed with `free_context` */
    void (*free_context)(void *context);
    void (*done)(void *carrier);
    void *carrier;

    struct pipeline *home; /* where it holds a place, or NULL */
    enum ticket_kind kind;
    bool known; /* the text was logged or waiting before */
    struct prepared prepared;
    struct hash32 text_hash;

    enum ticket_outcome outcome;
    struct result result;
    uint64_t index;
    uint64_t promise; /* seconds since 1970 */
    struct ticket *next;
};

/* Copies the note. MALFORMED "statement.signatures" if it has no blank line. */
MUST_CHECK struct result ticket_make(struct bytes note, struct ticket **out);
/* NULL is allowed. Not while somebody else works on it. */
void ticket_free(struct ticket *ticket);
/* Gives its place back and calls `done`: from then on it is the carrier's again. */
void ticket_finish(struct ticket *ticket);
/* By its first line, before anything is checked. */
enum ticket_kind ticket_kind_of(struct bytes note);
/* The SHA-256 of the note's text (up to the LF before the blank line); false if there is none. */
bool ticket_hash_text(struct bytes note, struct hash32 *out);
/* Why a note that has no blank line is none: as statement_parse says. */
MUST_CHECK struct result ticket_explain(struct bytes note);
