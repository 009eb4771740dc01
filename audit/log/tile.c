#include "log/tile.h"

#include <string.h>

#define HASH_SIZE  32
#define LEVEL_BITS 8
#define PATH_BYTES 64 /* longer than any path that can be written */

static struct result append_group(struct buffer *out, uint64_t group)
{
    const uint8_t digits[3] = {(uint8_t)('0' + group / 100), (uint8_t)('0' + group / 10 % 10),
                               (uint8_t)('0' + group % 10)};

    return buffer_append(out, BYTES(digits));
}

/* 1234067 is x001/x234/067. */
static struct result append_index(struct buffer *out, uint64_t index)
{
    uint64_t unit = 1;

    while (index / unit >= 1000) {
        unit *= 1000;
    }
    for (; unit > 1; unit /= 1000) {
        TRY(buffer_append_text(out, "x"));
        TRY(append_group(out, index / unit % 1000));
        TRY(buffer_append_text(out, "/"));
    }
    return append_group(out, index % 1000);
}

struct result tile_path_write(const struct tile *tile, struct buffer *out)
{
    TRY(buffer_append_text(out, "tile/"));
    if (tile->kind == TILE_ENTRIES) {
        TRY(buffer_append_text(out, "entries"));
    } else {
        TRY(buffer_append_decimal(out, tile->level));
    }
    TRY(buffer_append_text(out, "/"));
    TRY(append_index(out, tile->index));
    if (tile->width < TILE_WIDTH) {
        TRY(buffer_append_text(out, ".p/"));
        TRY(buffer_append_decimal(out, tile->width));
    }
    return OK;
}

/* Takes the digits at the start of `rest`; at most 18, so that the number fits. */
static uint64_t take_number(struct bytes *rest)
{
    uint64_t number = 0;
    size_t used = 0;

    while (used < rest->size && used < 18 && rest->data[used] >= '0' && rest->data[used] <= '9') {
        number = number * 10 + (uint64_t)(rest->data[used] - '0');
        used++;
    }
    *rest = bytes_slice(*rest, used, rest->size);
    return number;
}

static bool take_text(struct bytes *rest, const char *text)
{
    const struct bytes prefix = bytes_of_string(text);

    if (!bytes_starts_with(*rest, prefix)) {
        return false;
    }
    *rest = bytes_slice(*rest, prefix.size, rest->size);
    return true;
}

/* Lenient: tile_path_parse() compares what was read with how it is written. */
static void read_path(struct bytes rest, struct tile *out)
{
    uint64_t groups = 0;

    *out = (struct tile){TILE_HASHES, 0, 0, TILE_WIDTH};
    (void)take_text(&rest, "tile/");
    if (take_text(&rest, "entries/")) {
        out->kind = TILE_ENTRIES;
    } else {
        const uint64_t level = take_number(&rest);

        out->level = level > TILE_LEVEL_MAX ? TILE_LEVEL_MAX : (unsigned)level;
        (void)take_text(&rest, "/");
    }
    while (groups++ < 5 && take_text(&rest, "x")) {
        out->index = (out->index + take_number(&rest) % 1000) * 1000;
        (void)take_text(&rest, "/");
    }
    out->index += take_number(&rest) % 1000;
    if (take_text(&rest, ".p/")) {
        const uint64_t width = take_number(&rest);

        out->width = width > 0 && width < TILE_WIDTH ? (unsigned)width : TILE_WIDTH;
    }
}

struct result tile_path_parse(struct bytes path, struct tile *out)
{
    AUTO_BUFFER written = BUFFER_INIT;

    REQUIRE(path.size <= PATH_BYTES, MALFORMED, "tile.path");
    read_path(path, out);
    TRY(tile_path_write(out, &written));
    REQUIRE(bytes_equal(path, buffer_view(&written)), MALFORMED, "tile.path");
    return OK;
}

/* How many complete subtrees a level has. */
static uint64_t level_count(uint64_t size, unsigned level)
{
    const unsigned shift = level * LEVEL_BITS;

    return shift < 64 ? size >> shift : 0;
}

unsigned tile_width(uint64_t size, unsigned level, uint64_t index)
{
    const uint64_t count = level_count(size, level);

    if (index < count / TILE_WIDTH) {
        return TILE_WIDTH;
    }
    return index == count / TILE_WIDTH ? (unsigned)(count % TILE_WIDTH) : 0;
}

bool tile_is_within(const struct tile *tile, uint64_t size)
{
    return tile->width > 0 && tile->width <= tile_width(size, tile->level, tile->index);
}

/* The tile after this one; of width 0 at the end of its level. */
static struct tile successor(const struct tile *tile, uint64_t size)
{
    struct tile next = *tile;

    next.index++;
    next.width = tile_width(size, next.level, next.index);
    return next;
}

static struct tile first_of_level(enum tile_kind kind, unsigned level, uint64_t size)
{
    return (struct tile){kind, level, 0, tile_width(size, level, 0)};
}

bool tile_walk_next(struct tile_walk *walk)
{
    if (!walk->begun) {
        walk->begun = true;
        walk->tile = first_of_level(TILE_HASHES, 0, walk->size);
        return walk->tile.width > 0;
    }
    if (walk->tile.width == 0) {
        return false;
    }
    const struct tile last = walk->tile;

    walk->tile = successor(&last, walk->size);
    if (walk->tile.width == 0 && last.kind == TILE_HASHES) {
        walk->tile = first_of_level(TILE_HASHES, last.level + 1, walk->size);
        if (walk->tile.width == 0) {
            walk->tile = first_of_level(TILE_ENTRIES, 0, walk->size);
        }
    }
    return walk->tile.width > 0;
}

struct result tile_write(const struct merkle_source *source, const struct tile *tile,
                         struct buffer *out)
{
    REQUIRE(tile->kind == TILE_HASHES, INTERNAL, "tile.kind");
    for (unsigned i = 0; i < tile->width; i++) {
        struct hash32 hash;

        TRY(merkle_read(source, tile->level * LEVEL_BITS, tile->index * TILE_WIDTH + i, &hash));
        TRY(buffer_append(out, BYTES(hash.bytes)));
    }
    return OK;
}

static struct result require_tile(struct tile_reader *reader, const struct tile *tile)
{
    if (reader->last.width == tile->width && reader->last.level == tile->level &&
        reader->last.index == tile->index) {
        return OK;
    }
    reader->last.width = 0; /* nothing is kept if reading fails */
    TRY(reader->read(reader->context, tile, &reader->contents));
    REQUIRE(reader->contents.size == (size_t)tile->width * HASH_SIZE, MALFORMED, "tile.size");
    reader->last = *tile;
    return OK;
}

/* Hashes of the tile [from, from + count), count a power of two, up to their common node. */
static struct hash32 fold(const uint8_t *contents, unsigned from, unsigned count)
{
    struct merkle_edge edge = {0};

    for (unsigned i = 0; i < count; i++) {
        struct hash32 hash;

        memcpy(hash.bytes, contents + (size_t)(from + i) * HASH_SIZE, HASH_SIZE);
        (void)merkle_append(&edge, &hash, NULL);
    }
    return merkle_root(&edge);
}

static struct result read_node(void *context, unsigned height, uint64_t index, struct hash32 *out)
{
    struct tile_reader *reader = context;
    const unsigned level = height / LEVEL_BITS;
    const unsigned count = 1u << (height % LEVEL_BITS);
    const unsigned from = (unsigned)(index % (TILE_WIDTH / count)) * count;
    struct tile tile = {TILE_HASHES, level, index / (TILE_WIDTH / count), 0};

    tile.width = tile_width(reader->size, level, tile.index);
    REQUIRE(from + count <= tile.width, NOT_FOUND, "merkle.range");
    TRY(require_tile(reader, &tile));
    *out = fold(reader->contents.data, from, count);
    return OK;
}

struct merkle_source tile_source(struct tile_reader *reader)
{
    return (struct merkle_source){reader, read_node};
}

void tile_reader_free(struct tile_reader *reader)
{
    buffer_free(&reader->contents);
    reader->last.width = 0;
}
