/*
 * tile.h - names and contents of the files a log is served as.
 *
 *     tile/<L>/<N>[.p/<W>]         W (256 if not named) hashes of level L: raw, 32 bytes each
 *     tile/entries/<N>[.p/<W>]     W entries, framed as in entry.h
 *
 * Hash i of tile (L, N) is of the complete subtree of height 8L and index 256N + i.
 * Log-formats 3.6.
 */
#pragma once

#include "log/merkle.h"

#define TILE_WIDTH     256
#define TILE_LEVEL_MAX 63

enum tile_kind {
    TILE_HASHES,
    TILE_ENTRIES,
};

struct tile {
    enum tile_kind kind;
    unsigned level; /* 0 for entries */
    uint64_t index;
    unsigned width; /* 1..256; below 256 the tile is partial */
};

/* Appends the path, without a slash before it. */
MUST_CHECK struct result tile_path_write(const struct tile *tile, struct buffer *out);
/* MALFORMED "tile.path": one path for each tile, no other spelling. */
MUST_CHECK struct result tile_path_parse(struct bytes path, struct tile *out);

/* How many hashes (entries) tile (level, index) has in a log of `size` entries; 0: none. */
unsigned tile_width(uint64_t size, unsigned level, uint64_t index);
/* Whether a log of `size` entries can serve this tile now (as full, or as partial). */
bool tile_is_within(const struct tile *tile, uint64_t size);

/*
 * Every tile of a log of `size` entries, one after the other: hash tiles by level and index, then
 * bundles. Starts with a {0}, that is tile 0 of level 0 with width not yet set; false at the end.
 */
struct tile_walk {
    uint64_t size;
    bool begun;
    struct tile tile;
};
bool tile_walk_next(struct tile_walk *walk);

/* Appends the contents of a hash tile. */
MUST_CHECK struct result tile_write(const struct merkle_source *source, const struct tile *tile,
                                    struct buffer *out);

/*
 * A log whose tiles are read from somewhere: `read` replaces *out by a tile's contents.
 * tile_source() makes of it a source of hashes; the reader keeps the last tile it read.
 */
struct tile_reader {
    void *context;
    struct result (*read)(void *context, const struct tile *tile, struct buffer *out);
    uint64_t size; /* of the log: decides which tiles are partial */
    struct tile last;
    struct buffer contents;
};
struct merkle_source tile_source(struct tile_reader *reader);
void tile_reader_free(struct tile_reader *reader);
