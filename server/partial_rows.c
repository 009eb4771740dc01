#include "server/partial_rows.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/disk.h"

#define SLOW_SECONDS 10
#define SLOW_RATE    2048 /* bytes a second; less, after some seconds, and the place may be lost */

static bool is_key(const struct partial_row *row, const struct partial_key *key)
{
    return row->used && hash32_equal(&row->key.hash, &key->hash) &&
           strcmp(row->key.token, key->token) == 0;
}

void partial_path(const struct partials *partials, const struct partial_key *key,
                  char out[static PARTIAL_PATH_SIZE])
{
    char hex[DISK_HEX_SIZE + 1];

    disk_print_hash(&key->hash, hex);
    snprintf(out, PARTIAL_PATH_SIZE, "%s/%s.%s", partials->folder, hex,
             key->token[0] ? key->token : PARTIAL_NO_TOKEN);
}

struct partial_row *partial_find(struct partials *partials, const struct partial_key *key)
{
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        if (is_key(&partials->rows[i], key)) {
            return &partials->rows[i];
        }
    }
    return 0;
}

/* With the row locked, too. */
void partial_end_claim(struct partial_row *row, uint64_t now)
{
    if (row->file >= 0) {
        close(row->file);
    }
    row->file = -1;
    row->number = 0;
    row->finishing = false;
    row->touched = now ? now : row->touched;
}

void partial_remove(struct partials *partials, struct partial_row *row)
{
    char path[PARTIAL_PATH_SIZE];

    pthread_mutex_lock(&row->lock);
    partial_path(partials, &row->key, path);
    /* What cannot be removed is found again at the next start. */
    (void)unlink(path);
    partial_end_claim(row, 0);
    row->used = false;
    pthread_mutex_unlock(&row->lock);
}

static uint64_t rate_of(const struct partial_row *row, uint64_t now)
{
    const uint64_t seconds = now > row->touched ? now - row->touched : 1;

    return (row->received - row->held) / seconds;
}

/* How willingly it is given up: idle ones first, the older the better; UINT64_MAX: never. */
static uint64_t worth_of(struct partial_row *row, uint64_t now)
{
    uint64_t worth;

    pthread_mutex_lock(&row->lock);
    if (row->number == 0) {
        worth = row->touched;
    } else if (row->finishing || now < row->touched + SLOW_SECONDS ||
               rate_of(row, now) >= SLOW_RATE) {
        worth = UINT64_MAX;
    } else {
        worth = UINT64_MAX / 2 + rate_of(row, now); /* above any time */
    }
    pthread_mutex_unlock(&row->lock);
    return worth;
}

/* Gives up one partial: of this document, or of any if `hash` is NULL. */
static void give_up_one(struct partials *partials, const struct hash32 *hash, uint64_t now)
{
    uint64_t least = UINT64_MAX;
    struct partial_row *chosen = 0;

    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        struct partial_row *const row = &partials->rows[i];

        if (row->used && (!hash || hash32_equal(&row->key.hash, hash))) {
            const uint64_t worth = worth_of(row, now);

            chosen = worth < least ? row : chosen;
            least = worth < least ? worth : least;
        }
    }
    if (chosen) {
        partial_remove(partials, chosen);
    }
}

size_t partial_count(const struct partials *partials, const struct hash32 *hash)
{
    size_t count = 0;

    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        const struct partial_row *const row = &partials->rows[i];

        count += row->used && (!hash || hash32_equal(&row->key.hash, hash));
    }
    return count;
}

void partial_drop_stale(struct partials *partials, uint64_t now)
{
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        struct partial_row *const row = &partials->rows[i];

        if (row->used && row->number == 0 && row->touched + PARTIAL_STALE_SECONDS < now) {
            partial_remove(partials, row);
        }
    }
}

/* A free row for this key; NULL if none can be made free. */
struct partial_row *partial_make(struct partials *partials, const struct partial_key *key,
                                 uint64_t now)
{
    if (partial_count(partials, &key->hash) >= PARTIALS_OF_ONE) {
        give_up_one(partials, &key->hash, now);
    }
    if (partial_count(partials, 0) == PARTIALS_MAX) {
        give_up_one(partials, 0, now);
    }
    if (partial_count(partials, &key->hash) >= PARTIALS_OF_ONE) {
        return 0;
    }
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        struct partial_row *const row = &partials->rows[i];

        if (!row->used) {
            row->used = true;
            row->key = *key;
            row->received = row->flushed = row->held = 0;
            row->touched = now;
            return row;
        }
    }
    return 0;
}
