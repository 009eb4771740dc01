/*
 * publication.h - the checkpoint that everybody sees: signed, kept in a file, handed out.
 *
 * A new one is signed only if it continues every earlier one. The file is replaced as a whole, so
 * that after any crash it holds a checkpoint the service has signed.
 */
#pragma once

#include <pthread.h>

#include "base/bytes.h"
#include "base/result.h"
#include "log/merkle.h"
#include "server/blob.h"
#include "server/identity.h"

struct record;

struct publication {
    const char *path;
    const struct identity *identity;
    pthread_mutex_t lock;
    struct merkle_head head;
    struct blob *checkpoint;
};

void publication_open(struct publication *publication, const char *path,
                      const struct identity *identity);
void publication_close(struct publication *publication);

/*
 * Reads the file back: its note is appended to `note`; false if there is none. UNAUTHORIZED
 * "checkpoint.signature" etc. if it is not ours.
 */
MUST_CHECK struct result publication_load(const char *path, const struct identity *identity,
                                          struct buffer *note, struct merkle_head *head,
                                          bool *found);
/*
 * Signs and publishes what the record now holds, if that is new. INTERNAL "log.checkpoint" if it
 * does not continue what was published before: nothing is signed then.
 */
MUST_CHECK struct result publication_renew(struct publication *publication, struct record *record);
/* See sequencer.h. */
struct blob *publication_share(struct publication *publication, struct merkle_head *head);
MUST_CHECK struct result publication_cosign(struct publication *publication, uint64_t size,
                                            struct bytes line);
