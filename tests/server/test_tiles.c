#include "log/entry.h"
#include "log/tile.h"
#include "log/tree.h"
#include "scene.h"
#include "server/sequencer.h"

/* covers: tiles, api_log */

#define SIZE 261 /* one full tile and a partial one */

static void fill(struct scene *scene)
{
    scene_open(scene);
    scene_post_genesis(scene);
    for (unsigned i = 1; i < SIZE; i++) {
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_RESPONSE response;

        scene_write_invite(scene, i, &note);
        scene_post(scene, "/api/entries", buffer_view(&note), &response);
        check_status(&response, 200);
    }
}

/* Takes the tree from the bundles alone. */
static void read_bundle(struct scene *scene, const char *path, struct tree *tree)
{
    AUTO_RESPONSE response;
    struct bytes rest;

    scene_get(scene, path, &response);
    check_status(&response, 200);
    rest = scene_body(&response);
    while (rest.size > 0) {
        struct bytes entry;
        struct hash32 leaf;

        check_ok(bundle_next(&rest, &entry));
        leaf = merkle_leaf(entry);
        check_ok(tree_append(tree, &leaf));
    }
}

static void check_hashes(struct scene *scene, const char *path, struct tree *tree,
                         const struct tile *tile)
{
    const struct merkle_source source = tree_source(tree);
    AUTO_BUFFER expected = BUFFER_INIT;
    AUTO_RESPONSE response;

    scene_get(scene, path, &response);
    check_status(&response, 200);
    assert_string_equal(response.content_type, "application/octet-stream");
    check_ok(tile_write(&source, tile, &expected));
    check_bytes(scene_body(&response), buffer_view(&expected));
}

static void serves_the_log_that_its_checkpoint_signs(void **state)
{
    static const struct {
        const char *path;
        struct tile tile;
    } TILES[] = {
        {"/log/tile/0/000", {TILE_HASHES, 0, 0, 256}},
        {"/log/tile/0/001.p/5", {TILE_HASHES, 0, 1, 5}},
        {"/log/tile/0/001.p/2", {TILE_HASHES, 0, 1, 2}},
        {"/log/tile/0/000.p/255", {TILE_HASHES, 0, 0, 255}}, /* kept after the full one exists */
        {"/log/tile/1/000.p/1", {TILE_HASHES, 1, 0, 1}},
    };
    static const char *const MISSING[] = {"/log/tile/0/001", "/log/tile/0/001.p/6",
                                          "/log/tile/0/002", "/log/tile/2/000.p/1",
                                          "/log/tile/entries/001.p/6"};
    AUTO_SCENE scene;
    AUTO_TREE tree = {.edge = {0}};
    struct merkle_head head;
    struct hash32 root;
    (void)state;

    fill(&scene);
    read_bundle(&scene, "/log/tile/entries/000", &tree);
    read_bundle(&scene, "/log/tile/entries/001.p/5", &tree);
    blob_release(sequencer_checkpoint(scene.app->sequencer, &head));
    root = tree_root(&tree);
    assert_int_equal(head.size, SIZE);
    assert_memory_equal(head.root.bytes, root.bytes, sizeof root.bytes);
    for (size_t i = 0; i < 2 * sizeof TILES / sizeof TILES[0]; i++) {
        const size_t which = i % (sizeof TILES / sizeof TILES[0]);

        check_hashes(&scene, TILES[which].path, &tree, &TILES[which].tile);
    }
    for (size_t i = 0; i < sizeof MISSING / sizeof MISSING[0]; i++) {
        AUTO_RESPONSE response;

        scene_get(&scene, MISSING[i], &response);
        check_refused(&response, 404, "log.tile");
    }
}

static void knows_one_spelling_of_a_tile(void **state)
{
    static const char *const BAD[] = {"/log/tile/0/0",    "/log/tile/0/000.p/256",
                                      "/log/tile/64/000", "/log/tile/0/000/",
                                      "/log/tile/0/x000", "/log/tile/entries/"};
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        AUTO_RESPONSE response;

        scene_get(&scene, BAD[i], &response);
        check_refused(&response, 400, "tile.path");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_the_log_that_its_checkpoint_signs),
        cmocka_unit_test(knows_one_spelling_of_a_tile),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
