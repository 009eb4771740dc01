/*
 * partial_rows.h - the table behind partials.h: which part is whose, and which is given up.
 *
 * Two kinds of lock: that of the table guards which row is whose, that of a row its file and what
 * is known of it. A row is locked with the table's lock held, or by whoever holds its claim. All
 * functions want the table locked, or nobody else there yet.
 */
#pragma once

#include <pthread.h>

#include "server/partials.h"

#define PARTIAL_PATH_SIZE 768
#define PARTIAL_NO_TOKEN  "part" /* in the name of a file; shorter than any token */

struct partial_row {
    pthread_mutex_t lock;
    bool used;
    bool finishing;
    struct partial_key key;
    int file;        /* -1: nobody has claimed it */
    uint64_t number; /* of the claim; 0: nobody's */
    uint64_t received;
    uint64_t flushed;
    uint64_t touched; /* when it was last claimed or released */
    uint64_t held;    /* what was there when it was last claimed */
};

struct partials {
    const char *folder;
    pthread_mutex_t lock;
    uint64_t last_number;
    struct partial_row rows[PARTIALS_MAX];
};

/* The file of a part. */
void partial_path(const struct partials *partials, const struct partial_key *key,
                  char out[static PARTIAL_PATH_SIZE]);
/* NULL if there is none. */
struct partial_row *partial_find(struct partials *partials, const struct partial_key *key);
/* A free row for this key, another part being given up for it; NULL if none can be. */
struct partial_row *partial_make(struct partials *partials, const struct partial_key *key,
                                 uint64_t now);
/* How many parts there are: of one document, or of all if `hash` is NULL. */
size_t partial_count(const struct partials *partials, const struct hash32 *hash);
/* With its file. The row is not locked. */
void partial_remove(struct partials *partials, struct partial_row *row);
/* Those that nobody has touched for a day. */
void partial_drop_stale(struct partials *partials, uint64_t now);
/* With the row locked, too. `now` 0: it was not used. */
void partial_end_claim(struct partial_row *row, uint64_t now);
