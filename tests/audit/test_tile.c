#include "check.h"
#include "log/entry.h"
#include "support/small_log.h"

/* covers: tile */

static void check_path(struct tile tile, const char *path)
{
    AUTO_BUFFER written = BUFFER_INIT;
    struct tile read;

    check_ok(tile_path_write(&tile, &written));
    check_bytes(buffer_view(&written), bytes_of_string(path));
    check_ok(tile_path_parse(bytes_of_string(path), &read));
    assert_int_equal(read.kind, tile.kind);
    assert_int_equal(read.level, tile.level);
    assert_int_equal(read.index, tile.index);
    assert_int_equal(read.width, tile.width);
}

static void spells_paths_as_c2sp_does(void **state)
{
    (void)state;
    check_path((struct tile){TILE_HASHES, 0, 0, 256}, "tile/0/000");
    check_path((struct tile){TILE_HASHES, 0, 999, 256}, "tile/0/999");
    check_path((struct tile){TILE_HASHES, 0, 1000, 256}, "tile/0/x001/000");
    check_path((struct tile){TILE_HASHES, 0, 1234067, 256}, "tile/0/x001/x234/067");
    check_path((struct tile){TILE_HASHES, 15, 455667, 256}, "tile/15/x455/667");
    check_path((struct tile){TILE_HASHES, 15, 123456789, 41}, "tile/15/x123/x456/789.p/41");
    check_path((struct tile){TILE_ENTRIES, 0, 0, 255}, "tile/entries/000.p/255");
    check_path((struct tile){TILE_ENTRIES, 0, 1, 1}, "tile/entries/001.p/1");
    check_path((struct tile){TILE_HASHES, 63, UINT64_C(999999999999999999), 255},
               "tile/63/x999/x999/x999/x999/x999/999.p/255");
}

static void refuses_every_other_spelling(void **state)
{
    static const char *const BAD[] = {
        "",
        "tile",
        "tile/",
        "/tile/0/000",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/000/",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/-01",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/x001/x234/067.p",
        "tile/0/x001/x234/067.p/",
        "tile/0/x001/x234/067.p/0",
        "tile/0/x001/x234/067.p/00",
        "tile/0/x001/x234/067.p/01",
        "tile/0/x001/x234/067.p/256",
        "tile/0/x001/x234/067.p/257",
        "tile/0/x001/x234/067.p/255/",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/002 ",
        "tile/0/../000",
        "tile/0/x01/000",
        "tile/0/x0001/000",
        "tile/8/0/000",
        "tile/entries/x001",
        "tile/entries/0/000",
        "tile/Entries/000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/99999999999999999999",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/999",
    };
    struct tile tile;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        if (is_ok(tile_path_parse(bytes_of_string(BAD[i]), &tile))) {
            fail_msg("%s was taken for a path", BAD[i]);
        }
    }
    check_fails(tile_path_parse((struct bytes){(const uint8_t *)"tile/0/000\0", 11}, &tile),
                MALFORMED, "tile.path");
}

static size_t count_tiles(uint64_t size, enum tile_kind kind, unsigned level, unsigned width)
{
    struct tile_walk walk = {.size = size};
    size_t count = 0;

    while (tile_walk_next(&walk)) {
        count += walk.tile.kind == kind && walk.tile.level == level && walk.tile.width == width;
    }
    return count;
}

static void has_the_tiles_of_c2sp(void **state)
{
    (void)state;
    assert_int_equal(count_tiles(70000, TILE_HASHES, 0, 256), 273);
    assert_int_equal(count_tiles(70000, TILE_HASHES, 0, 112), 1);
    assert_int_equal(count_tiles(70000, TILE_HASHES, 1, 256), 1);
    assert_int_equal(count_tiles(70000, TILE_HASHES, 1, 17), 1);
    assert_int_equal(count_tiles(70000, TILE_HASHES, 2, 1), 1);
    assert_int_equal(count_tiles(70000, TILE_ENTRIES, 0, 256), 273);
    assert_int_equal(count_tiles(70000, TILE_ENTRIES, 0, 112), 1);
    assert_int_equal(tile_width(256, 0, 0), 256);
    assert_int_equal(tile_width(256, 0, 1), 0);
    assert_int_equal(tile_width(256, 1, 0), 1);
    assert_int_equal(tile_width(UINT64_MAX, 63, 0), 0);
    assert_int_equal(count_tiles(0, TILE_HASHES, 0, 0), 0);
}

static void serves_partial_tiles_up_to_what_there_is(void **state)
{
    struct tile tile = {TILE_HASHES, 0, 1, 44};
    (void)state;

    assert_true(tile_is_within(&tile, 300));
    tile.width = 45;
    assert_false(tile_is_within(&tile, 300));
    tile.width = 0;
    assert_false(tile_is_within(&tile, 300));
    tile = (struct tile){TILE_ENTRIES, 0, 0, 7};
    assert_true(tile_is_within(&tile, 300)); /* an old partial tile stays */
    tile.index = 2;
    assert_false(tile_is_within(&tile, 300));
}

/* The first two hashes of Tessera's log of fifteen. */
static void fills_tiles_with_the_hashes_of_leaves(void **state)
{
    static const uint8_t first[4] = {0xd0, 0xd7, 0x36, 0x0a};
    static const uint8_t second[4] = {0xab, 0x1a, 0xb7, 0xf0};
    AUTO_TREE tree = {0};
    AUTO_BUFFER contents = BUFFER_INIT;
    const struct merkle_source source = tree_source(&tree);
    struct hash32 leaf;
    (void)state;

    leaf = merkle_leaf(LITERAL("one"));
    check_ok(tree_append(&tree, &leaf));
    leaf = merkle_leaf(LITERAL("two"));
    check_ok(tree_append(&tree, &leaf));
    check_ok(tile_write(&source, &(struct tile){TILE_HASHES, 0, 0, 2}, &contents));
    assert_int_equal(contents.size, 64);
    assert_memory_equal(contents.data, first, 4);
    assert_memory_equal(contents.data + 32, second, 4);
}

static struct result read_tile(void *context, const struct tile *tile, struct buffer *out)
{
    struct small_log *log = context;
    const struct merkle_source source = tree_source(&log->tree);

    buffer_clear(out);
    return tile_write(&source, tile, out);
}

/* What is proven from tiles alone is what is proven from the whole tree. */
static void proves_from_tiles(void **state)
{
    enum { SIZE = 600 };
    AUTO_SMALL_LOG log;
    struct tile_reader reader = {.context = &log, .read = read_tile, .size = SIZE};
    const struct merkle_source tiles = tile_source(&reader);
    struct merkle_source tree;
    struct merkle_proof from_tiles, from_tree;
    struct merkle_head head;
    struct hash32 root;
    (void)state;

    small_log_make(SIZE, &log);
    tree = tree_source(&log.tree);
    check_ok(merkle_root_at(&tiles, SIZE, &root));
    head = small_log_head(&log, SIZE);
    assert_true(hash32_equal(&root, &head.root));
    for (uint64_t i = 0; i < SIZE; i += 37) {
        check_ok(merkle_prove_inclusion(&tiles, i, SIZE, &from_tiles));
        check_ok(merkle_prove_inclusion(&tree, i, SIZE, &from_tree));
        assert_int_equal(from_tiles.count, from_tree.count);
        assert_memory_equal(from_tiles.hashes, from_tree.hashes, 32 * from_tree.count);
        check_ok(merkle_prove_consistency(&tiles, i + 1, SIZE, &from_tiles));
        check_ok(merkle_prove_consistency(&tree, i + 1, SIZE, &from_tree));
        assert_memory_equal(from_tiles.hashes, from_tree.hashes, 32 * from_tree.count);
    }
    check_fails(merkle_root_at(&tiles, SIZE + 1, &root), NOT_FOUND, "merkle.range");
    tile_reader_free(&reader);
}

static struct result read_short_tile(void *context, const struct tile *tile, struct buffer *out)
{
    TRY(read_tile(context, tile, out));
    out->size--;
    return OK;
}

static void refuses_a_short_tile(void **state)
{
    AUTO_SMALL_LOG log;
    struct tile_reader reader = {.context = &log, .read = read_short_tile, .size = 10};
    const struct merkle_source tiles = tile_source(&reader);
    struct hash32 root;
    (void)state;

    small_log_make(10, &log);
    check_fails(merkle_root_at(&tiles, 10, &root), MALFORMED, "tile.size");
    check_fails(merkle_root_at(&tiles, 10, &root), MALFORMED, "tile.size");
    tile_reader_free(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_paths_as_c2sp_does),
        cmocka_unit_test(refuses_every_other_spelling),
        cmocka_unit_test(has_the_tiles_of_c2sp),
        cmocka_unit_test(serves_partial_tiles_up_to_what_there_is),
        cmocka_unit_test(fills_tiles_with_the_hashes_of_leaves),
        cmocka_unit_test(proves_from_tiles),
        cmocka_unit_test(refuses_a_short_tile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
