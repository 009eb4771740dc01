/*
 * tiles.h - the files a log is served as, made from the database and kept in memory.
 *
 * A tile of a given width never changes, so every one that has been published can be made again at
 * any time: partial tiles stay available even after the full tile exists. Log-formats 3.6.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "log/tile.h"
#include "server/blob.h"

struct record;
struct tiles;

MUST_CHECK struct result tiles_open(struct tiles **out);
void tiles_close(struct tiles *tiles);

/*
 * `path` is "tile/…"; `size` what has been published. NOT_FOUND "log.tile" for a tile that the log
 * does not have (yet); MALFORMED "tile.path".
 */
MUST_CHECK struct result tiles_parse(struct bytes path, uint64_t size, struct tile *out);
/* From memory, or NULL. The caller releases the blob; for the next one too. */
struct blob *tiles_find(struct tiles *tiles, const struct tile *tile);
/* From the database, and then kept in memory. */
MUST_CHECK struct result tiles_make(struct tiles *tiles, struct record *record,
                                    const struct tile *tile, struct blob **out);
