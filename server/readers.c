#include "server/readers.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "record/record.h"
#include "server/database.h"

struct place {
    sqlite3 *database;
    struct record *record;
    bool lent;
};

struct readers {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    size_t count;
    struct place places[];
};

static struct result open_place(const char *path, struct place *place)
{
    TRY(database_open_reader(path, &place->database));
    return record_open(place->database, &place->record);
}

struct result readers_open(const char *path, size_t count, struct readers **out)
{
    struct readers *const readers = calloc(1, sizeof *readers + count * sizeof readers->places[0]);
    struct result opened = OK;

    REQUIRE(readers, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&readers->lock, 0);
    pthread_cond_init(&readers->freed, 0);
    readers->count = count;
    for (size_t i = 0; i < count && is_ok(opened); i++) {
        opened = open_place(path, &readers->places[i]);
    }
    if (!is_ok(opened)) {
        readers_close(readers);
        return opened;
    }
    *out = readers;
    return OK;
}

void readers_close(struct readers *readers)
{
    if (!readers) {
        return;
    }
    for (size_t i = 0; i < readers->count; i++) {
        record_close(readers->places[i].record);
        database_close(readers->places[i].database);
    }
    pthread_cond_destroy(&readers->freed);
    pthread_mutex_destroy(&readers->lock);
    free(readers);
}

/* The lock is held. */
static bool find_free(struct readers *readers, size_t *out)
{
    for (size_t i = 0; i < readers->count; i++) {
        if (!readers->places[i].lent) {
            *out = i;
            return true;
        }
    }
    return false;
}

struct result readers_lend(struct readers *readers, struct reader *out)
{
    size_t place = 0;

    pthread_mutex_lock(&readers->lock);
    while (!find_free(readers, &place)) {
        pthread_cond_wait(&readers->freed, &readers->lock);
    }
    readers->places[place].lent = true;
    pthread_mutex_unlock(&readers->lock);
    *out = (struct reader){readers->places[place].record, readers, place};
    return database_begin_read(out->record);
}

void readers_return(struct reader *reader)
{
    struct readers *const readers = reader->home;

    if (!readers) {
        return;
    }
    database_rollback(reader->record);
    pthread_mutex_lock(&readers->lock);
    readers->places[reader->place].lent = false;
    pthread_cond_signal(&readers->freed);
    pthread_mutex_unlock(&readers->lock);
    *reader = (struct reader)READER_INIT;
}
