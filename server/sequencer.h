/*
 * sequencer.h - the only writer: one thread, one connection, one transaction for whatever waits.
 *
 * In it, each note is judged once more, appended and applied; after the commit the new size and
 * root are signed, and only then is anybody told. A note that fails leaves nothing behind; if the
 * transaction fails, nothing of the group happened. Protocol sections 6 and 9.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "log/merkle.h"
#include "server/blob.h"
#include "server/identity.h"
#include "server/ticket.h"

struct record;
struct sequencer;

struct sequencer_setup {
    const char *database;   /* path */
    const char *checkpoint; /* path of the file that holds the last signed checkpoint */
    const struct identity *identity;
};

/*
 * Opens the database, checks the whole log against what it stores and against the last signed
 * checkpoint, signs a checkpoint, and starts. INVALID "log.broken" with `at` the first broken
 * entry, or as integrity.h says.
 */
MUST_CHECK struct result sequencer_start(const struct sequencer_setup *setup,
                                         struct sequencer **out);
/* Finishes what was submitted. NULL is allowed. */
void sequencer_stop(struct sequencer *sequencer);

/* A ticket that was checked. It is finished on the writer's thread. */
void sequencer_submit(struct sequencer *sequencer, struct ticket *ticket);

/*
 * Runs `work` on the writer, in a transaction with others, and waits until it is durable: for
 * private tables only. A failure of `work` undoes what it did.
 */
typedef struct result sequencer_work(struct record *record, void *context);
MUST_CHECK struct result sequencer_run(struct sequencer *sequencer, sequencer_work *work,
                                       void *context);

/* The last published checkpoint, with its head if `head` is not NULL; the caller releases it. */
struct blob *sequencer_checkpoint(struct sequencer *sequencer, struct merkle_head *head);
/* Size and root of the last published checkpoint. */
void sequencer_head(struct sequencer *sequencer, struct merkle_head *out);
/* Publishes the same checkpoint with a witness's line, in place of its earlier one, if it is still
 * the last. */
MUST_CHECK struct result sequencer_cosign(struct sequencer *sequencer, uint64_t size,
                                          struct bytes lines);
/* Nothing is written any more: somebody else holds another history. Reading goes on. */
void sequencer_halt(struct sequencer *sequencer);
/* How many groups were committed: for tests. */
uint64_t sequencer_group_count(struct sequencer *sequencer);
