/*
 * proposals.h - notes that somebody still has to sign, kept until the last has.
 *
 * Each of the signers hands in the text with the own line (and any others'); lines are put
 * together in the order the type asks for. Nothing here is part of the record.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/record.h"

#define PROPOSALS_MAX    500
#define PROPOSAL_SECONDS (7 * 24 * 3600)

/* A note handed in, and what it became. */
struct proposal {
    struct bytes handed_in;
    uint64_t now;
    struct buffer note; /* with all lines known so far */
    struct prepared prepared;
};

#define PROPOSAL_INIT \
    {                 \
        0             \
    }
#define AUTO_PROPOSAL __attribute__((cleanup(proposal_free))) struct proposal
void proposal_free(struct proposal *proposal);

/*
 * On the writer, as work of sequencer_run: adds the lines to what is stored of this text, and
 * stores it if lines are still missing. Refuses as record_check_partial; BUSY "service.busy" if
 * too many are open. `context` is a struct proposal.
 */
MUST_CHECK struct result proposal_take(struct record *record, void *context);
/* On the writer: once its text is logged. */
MUST_CHECK struct result proposal_drop(struct record *record, const struct hash32 *text_hash);
/* Appends the note as far as it is signed; NOT_FOUND "log.text". */
MUST_CHECK struct result proposal_load(struct record *record, const struct hash32 *text_hash,
                                       struct buffer *out);

struct proposal_row {
    const struct prepared *prepared;
    uint64_t since;
    bool awaited; /* this person's line is missing */
};
typedef struct result proposal_visit(void *context, const struct proposal_row *row);
/* Those that still hold and that the person may sign or has signed, oldest first. */
MUST_CHECK struct result proposals_of(struct record *record, struct bytes person, uint64_t now,
                                      proposal_visit *visit, void *context);
/* Whether this person's line is one of those missing. */
MUST_CHECK struct result proposal_awaits(struct record *record, const struct prepared *prepared,
                                         struct bytes person, bool *out);
