#include "support/small_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "log/entry.h"

void small_log_key(uint8_t seed, const char *name, enum vkey_type type, struct secret_key *secret,
                   struct vkey *out)
{
    struct secret32 bytes;
    struct public_key key;

    memset(bytes.bytes, seed, sizeof bytes.bytes);
    check_ok(secret_key_derive(&bytes, secret));
    public_key_of(secret, &key);
    check_ok(vkey_make(bytes_of_string(name), type, &key, out));
}

static void append_entry(uint64_t index, struct small_log *log)
{
    char note[128];
    struct buffer *entry = &log->entries[index];
    struct hash32 leaf;

    (void)snprintf(note, sizeof note, "entry %llu of a log of tests\n\n— nobody AAAAAAAA\n",
                   (unsigned long long)index);
    check_ok(entry_write(&(struct entry){SMALL_LOG_TIME + index, bytes_of_string(note)}, entry));
    check_ok(bundle_append(&log->bundle, buffer_view(entry)));
    leaf = merkle_leaf(buffer_view(entry));
    check_ok(tree_append(&log->tree, &leaf));
}

void small_log_make(uint64_t size, struct small_log *out)
{
    static const char *const NAMES[SMALL_LOG_WITNESSES] = {"witness.example/east",
                                                           "witness.example/west"};

    memset(out, 0, sizeof *out);
    small_log_key(1, SMALL_LOG_ORIGIN, VKEY_ED25519, &out->secret, &out->key);
    for (size_t i = 0; i < SMALL_LOG_WITNESSES; i++) {
        small_log_key((uint8_t)(2 + i), NAMES[i], VKEY_COSIGNATURE, &out->witness_secrets[i],
                      &out->witnesses[i]);
    }
    out->size = size;
    out->entries = calloc(size + 1, sizeof *out->entries);
    assert_non_null(out->entries);
    for (uint64_t i = 0; i < size; i++) {
        append_entry(i, out);
    }
}

void small_log_free(struct small_log *log)
{
    for (uint64_t i = 0; i < log->size; i++) {
        buffer_free(&log->entries[i]);
    }
    free(log->entries);
    buffer_free(&log->bundle);
    tree_free(&log->tree);
}

struct bytes small_log_entry(const struct small_log *log, uint64_t index)
{
    return buffer_view(&log->entries[index]);
}

struct merkle_head small_log_head(struct small_log *log, uint64_t size)
{
    const struct merkle_source source = tree_source(&log->tree);
    struct merkle_head head = {size, {{0}}};

    check_ok(merkle_root_at(&source, size, &head.root));
    return head;
}

void small_log_checkpoint(struct small_log *log, uint64_t size, size_t witnesses,
                          struct buffer *out)
{
    const struct merkle_head head = small_log_head(log, size);
    const size_t before = out->size;
    AUTO_BUFFER text = BUFFER_INIT;
    struct signed_note note;

    check_ok(checkpoint_sign(&head, &log->key, &log->secret, out));
    check_ok(signed_note_parse(bytes_slice(buffer_view(out), before, out->size), &note));
    check_ok(buffer_append(&text, note.text)); /* appending may move what note views */
    for (size_t i = 0; i < witnesses; i++) {
        check_ok(cosignature_append(out, buffer_view(&text), &log->witnesses[i],
                                    &log->witness_secrets[i], SMALL_LOG_TIME + 1000 + i));
    }
}

void small_log_receipt(struct small_log *log, uint64_t index, size_t witnesses, struct buffer *out)
{
    const struct merkle_source source = tree_source(&log->tree);
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    struct receipt receipt = {.extra = small_log_entry(log, index), .index = index};

    small_log_checkpoint(log, log->size, witnesses, &checkpoint);
    receipt.checkpoint = buffer_view(&checkpoint);
    check_ok(merkle_prove_inclusion(&source, index, log->size, &receipt.path));
    check_ok(receipt_write(&receipt, out));
}

void small_log_policy(const struct small_log *log, const char *rest, struct buffer *out)
{
    check_ok(buffer_append_text(out, "# a policy of tests\nlog "));
    check_ok(vkey_write(&log->key, out));
    check_ok(buffer_append_text(out, " https://award.example/log\n"));
    for (size_t i = 0; i < SMALL_LOG_WITNESSES; i++) {
        check_ok(buffer_append_text(out, i == 0 ? "witness east " : "witness\twest  "));
        check_ok(vkey_write(&log->witnesses[i], out));
        check_ok(buffer_append_text(out, "\n"));
    }
    check_ok(buffer_append_text(out, rest));
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path, 0700);
        *slash = '/';
    }
}

void small_log_write_file(const char *folder, const char *path, struct bytes contents)
{
    char name[512];
    FILE *file;

    (void)snprintf(name, sizeof name, "%s/%s", folder, path);
    make_folders(name);
    file = fopen(name, "wb");
    if (file == NULL) {
        fail_msg("cannot write %s", name);
    }
    assert_int_equal(fwrite(contents.data, 1, contents.size, file), contents.size);
    assert_int_equal(fclose(file), 0);
}

static void export_tile(struct small_log *log, const struct tile *tile, const char *folder)
{
    const struct merkle_source source = tree_source(&log->tree);
    AUTO_BUFFER contents = BUFFER_INIT;
    AUTO_BUFFER path = BUFFER_INIT;
    const char *name;

    check_ok(tile_path_write(tile, &path));
    check_ok(buffer_terminate(&path, &name));
    if (tile->kind == TILE_HASHES) {
        check_ok(tile_write(&source, tile, &contents));
    }
    for (uint64_t i = 0; tile->kind == TILE_ENTRIES && i < tile->width; i++) {
        const uint64_t index = tile->index * TILE_WIDTH + i;

        check_ok(bundle_append(&contents, small_log_entry(log, index)));
    }
    small_log_write_file(folder, name, buffer_view(&contents));
}

void small_log_export(struct small_log *log, const char *folder)
{
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    AUTO_BUFFER key = BUFFER_INIT;
    struct tile_walk walk = {.size = log->size};

    while (tile_walk_next(&walk)) {
        export_tile(log, &walk.tile, folder);
    }
    small_log_checkpoint(log, log->size, SMALL_LOG_WITNESSES, &checkpoint);
    small_log_write_file(folder, "checkpoint", buffer_view(&checkpoint));
    check_ok(vkey_write(&log->key, &key));
    check_ok(buffer_append_text(&key, "\n"));
    small_log_write_file(folder, "vkey", buffer_view(&key));
}
