#include "support/publish.h"

#include "check.h"
#include "log/checkpoint.h"
#include "log/entry.h"
#include "log/tile.h"
#include "log/tree.h"
#include "record/journal.h"
#include "verifier/archive.h"

static void log_keys(struct keys *keys, struct vkey *vkey)
{
    world_keys("log", keys);
    check_ok(vkey_make(LITERAL(WORLD_ORIGIN), VKEY_ED25519, &keys->sign_public, vkey));
}

void publish_key(struct vkey *out)
{
    SECRET_KEYS keys;

    log_keys(&keys, out);
}

uint64_t publish_size(struct world *world)
{
    struct merkle_head head;

    check_ok(journal_load_head(world->record, &head));
    return head.size;
}

void publish_replace(struct buffer *entry, const char *from, const char *to)
{
    AUTO_BUFFER changed = BUFFER_INIT;
    const size_t length = strlen(from);
    size_t at = 0;

    while (at + length <= entry->size && memcmp(entry->data + at, from, length) != 0) {
        at++;
    }
    assert_true(at + length <= entry->size);
    check_ok(buffer_append(&changed, bytes_slice(buffer_view(entry), 0, at)));
    check_ok(buffer_append_text(&changed, to));
    check_ok(buffer_append(&changed, bytes_slice(buffer_view(entry), at + length, entry->size)));
    buffer_clear(entry);
    check_ok(buffer_append(entry, buffer_view(&changed)));
}

static void write_named(const struct archive *archive, const struct tile *tile, struct bytes bytes)
{
    AUTO_BUFFER name = BUFFER_INIT;
    const char *text;

    check_ok(tile_path_write(tile, &name));
    check_ok(buffer_terminate(&name, &text));
    check_ok(archive_write(archive, text, bytes));
}

static void write_bundles(struct world *world, uint64_t size, publish_forger *forger,
                          const struct archive *archive, struct tree *tree)
{
    AUTO_BUFFER bundle = BUFFER_INIT;

    for (uint64_t index = 0; index < size; index++) {
        AUTO_BUFFER entry = BUFFER_INIT;

        check_ok(journal_load_entry(world->record, index, &entry));
        if (forger != NULL) {
            forger(index, &entry);
        }
        const struct hash32 leaf = merkle_leaf(buffer_view(&entry));
        check_ok(tree_append(tree, &leaf));
        check_ok(bundle_append(&bundle, buffer_view(&entry)));
        if ((index + 1) % TILE_WIDTH == 0 || index + 1 == size) {
            const struct tile tile = {.kind = TILE_ENTRIES,
                                      .index = index / TILE_WIDTH,
                                      .width = (unsigned)(index % TILE_WIDTH) + 1};

            write_named(archive, &tile, buffer_view(&bundle));
            buffer_clear(&bundle);
        }
    }
}

static void write_tiles(uint64_t size, const struct archive *archive, struct tree *tree)
{
    const struct merkle_source source = tree_source(tree);
    struct tile_walk walk = {.size = size};

    while (tile_walk_next(&walk)) {
        AUTO_BUFFER contents = BUFFER_INIT;

        if (walk.tile.kind == TILE_HASHES) {
            check_ok(tile_write(&source, &walk.tile, &contents));
            write_named(archive, &walk.tile, buffer_view(&contents));
        }
    }
}

void publish(struct world *world, uint64_t size, publish_forger *forger, const char *folder)
{
    AUTO_TREE tree = {0};
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    AUTO_BUFFER key = BUFFER_INIT;
    SECRET_KEYS keys;
    struct archive archive;
    struct vkey vkey;

    log_keys(&keys, &vkey);
    check_ok(archive_at(folder, &archive));
    write_bundles(world, size, forger, &archive, &tree);
    write_tiles(size, &archive, &tree);
    const struct merkle_head head = {size, tree_root(&tree)};
    check_ok(checkpoint_sign(&head, &vkey, &keys.sign_secret, &checkpoint));
    check_ok(archive_write(&archive, "checkpoint", buffer_view(&checkpoint)));
    check_ok(vkey_write(&vkey, &key));
    check_ok(archive_write(&archive, "vkey", buffer_view(&key)));
}
