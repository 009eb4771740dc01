#include "server/press.h"

#include <pthread.h>
#include <stdlib.h>

struct kept {
    struct hash32 key;
    struct blob *sheet;
};

struct press {
    pthread_mutex_t lock;
    size_t waiting;
    size_t next; /* to be replaced */
    struct kept kept[PRESS_KEPT];
};

struct result press_open(struct press **out)
{
    struct press *const press = calloc(1, sizeof *press);

    REQUIRE(press, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&press->lock, 0);
    *out = press;
    return OK;
}

void press_close(struct press *press)
{
    if (!press) {
        return;
    }
    for (size_t i = 0; i < PRESS_KEPT; i++) {
        blob_release(press->kept[i].sheet);
    }
    pthread_mutex_destroy(&press->lock);
    free(press);
}

struct result press_enter(struct press *press)
{
    bool room;

    pthread_mutex_lock(&press->lock);
    room = press->waiting < PRESS_WAITING_MAX;
    press->waiting += room;
    pthread_mutex_unlock(&press->lock);
    REQUIRE(room, BUSY, "sheet.busy");
    return OK;
}

void press_leave(struct press *press)
{
    pthread_mutex_lock(&press->lock);
    press->waiting--;
    pthread_mutex_unlock(&press->lock);
}

struct blob *press_find(struct press *press, const struct hash32 *key)
{
    struct blob *found = 0;

    pthread_mutex_lock(&press->lock);
    for (size_t i = 0; i < PRESS_KEPT && !found; i++) {
        if (press->kept[i].sheet && hash32_equal(&press->kept[i].key, key)) {
            found = blob_share(press->kept[i].sheet);
        }
    }
    pthread_mutex_unlock(&press->lock);
    return found;
}

void press_keep(struct press *press, const struct hash32 *key, struct blob *sheet)
{
    struct kept *place;
    struct blob *old;

    pthread_mutex_lock(&press->lock);
    place = &press->kept[press->next];
    press->next = (press->next + 1) % PRESS_KEPT;
    old = place->sheet;
    *place = (struct kept){*key, blob_share(sheet)};
    pthread_mutex_unlock(&press->lock);
    blob_release(old);
}
