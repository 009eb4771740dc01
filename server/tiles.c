#include "server/tiles.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "log/entry.h"
#include "record/journal.h"

#define SLOTS     1024
#define BYTES_MAX ((size_t)64 << 20)

/* A table in which a tile has one place; whoever comes later takes it. */
struct slot {
    struct tile tile;
    struct blob *contents;
};

struct tiles {
    pthread_mutex_t lock;
    size_t bytes;
    struct slot slots[SLOTS];
};

struct result tiles_open(struct tiles **out)
{
    struct tiles *const tiles = calloc(1, sizeof *tiles);

    REQUIRE(tiles, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&tiles->lock, 0);
    *out = tiles;
    return OK;
}

static void clear_slot(struct tiles *tiles, struct slot *slot)
{
    if (slot->contents) {
        tiles->bytes -= blob_view(slot->contents).size;
        blob_release(slot->contents);
        slot->contents = 0;
    }
}

void tiles_close(struct tiles *tiles)
{
    if (!tiles) {
        return;
    }
    for (size_t i = 0; i < SLOTS; i++) {
        clear_slot(tiles, &tiles->slots[i]);
    }
    pthread_mutex_destroy(&tiles->lock);
    free(tiles);
}

static struct slot *find_slot(struct tiles *tiles, const struct tile *tile)
{
    const uint64_t place = tile->index * 4 + tile->level * 2 + (tile->kind == TILE_ENTRIES);

    return &tiles->slots[place % SLOTS];
}

static bool tile_equal(const struct tile *a, const struct tile *b)
{
    return a->kind == b->kind && a->level == b->level && a->index == b->index &&
           a->width == b->width;
}

struct blob *tiles_find(struct tiles *tiles, const struct tile *tile)
{
    struct slot *const slot = find_slot(tiles, tile);
    struct blob *found = 0;

    pthread_mutex_lock(&tiles->lock);
    if (slot->contents && tile_equal(&slot->tile, tile)) {
        found = blob_share(slot->contents);
    }
    pthread_mutex_unlock(&tiles->lock);
    return found;
}

static void keep(struct tiles *tiles, const struct tile *tile, struct blob *contents)
{
    struct slot *const slot = find_slot(tiles, tile);
    const size_t size = blob_view(contents).size;

    pthread_mutex_lock(&tiles->lock);
    clear_slot(tiles, slot);
    if (tiles->bytes + size <= BYTES_MAX) {
        slot->tile = *tile;
        slot->contents = blob_share(contents);
        tiles->bytes += size;
    }
    pthread_mutex_unlock(&tiles->lock);
}

static struct result write_bundle(struct record *record, const struct tile *tile,
                                  struct buffer *out)
{
    for (unsigned i = 0; i < tile->width; i++) {
        AUTO_BUFFER entry = BUFFER_INIT;

        TRY(journal_load_entry(record, tile->index * TILE_WIDTH + i, &entry));
        TRY(bundle_append(out, buffer_view(&entry)));
    }
    return OK;
}

struct result tiles_parse(struct bytes path, uint64_t size, struct tile *out)
{
    TRY(tile_path_parse(path, out));
    REQUIRE(tile_is_within(out, size), NOT_FOUND, "log.tile");
    return OK;
}

struct result tiles_make(struct tiles *tiles, struct record *record, const struct tile *tile,
                         struct blob **out)
{
    AUTO_BUFFER contents = BUFFER_INIT;
    const struct merkle_source source = journal_source(record);

    TRY(tile->kind == TILE_ENTRIES ? write_bundle(record, tile, &contents)
                                   : tile_write(&source, tile, &contents));
    TRY(blob_make(&contents, out));
    keep(tiles, tile, *out);
    return OK;
}
