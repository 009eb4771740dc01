#include "verifier/archive.h"

#include <stdio.h>
#include <string.h>

#include "log/entry.h"
#include "verifier/file.h"

#define PATH_SIZE 4096

struct result archive_at(const char *directory, struct archive *out)
{
    size_t length = strlen(directory);

    while (length > 1 && directory[length - 1] == '/') {
        length--;
    }
    REQUIRE(length > 0 && length < sizeof out->directory, INVALID, "archive.path");
    memcpy(out->directory, directory, length);
    out->directory[length] = 0;
    return OK;
}

struct result archive_read(const struct archive *archive, const char *name, struct buffer *out)
{
    char path[PATH_SIZE];

    (void)snprintf(path, sizeof path, "%s/%s", archive->directory, name);
    const struct result result = file_read(path, out);
    REQUIRE(result.failure != NOT_FOUND, NOT_FOUND, "archive.missing");
    return result;
}

struct result archive_read_tile(const struct archive *archive, const struct tile *tile,
                                struct buffer *out)
{
    AUTO_BUFFER name = BUFFER_INIT;
    const char *text;

    TRY(tile_path_write(tile, &name));
    TRY(buffer_terminate(&name, &text));
    return archive_read(archive, text, out);
}

struct result archive_write(const struct archive *archive, const char *name, struct bytes contents)
{
    char path[PATH_SIZE];

    (void)snprintf(path, sizeof path, "%s/%s", archive->directory, name);
    TRY(file_make_folders(path));
    return file_write(path, contents);
}

static struct result visit_bundle(struct bytes bundle, const struct tile *tile,
                                  archive_visit *visit, void *context)
{
    struct bytes entry;

    for (unsigned i = 0; i < tile->width; i++) {
        const uint64_t index = tile->index * TILE_WIDTH + i;

        if (bundle.size == 0 || !is_ok(bundle_next(&bundle, &entry))) {
            return fail_field(MALFORMED, "bundle.form", NULL, index);
        }
        TRY(visit(context, index, entry));
    }
    if (bundle.size > 0) {
        return fail_field(MALFORMED, "bundle.form", NULL, (tile->index + 1) * TILE_WIDTH - 1);
    }
    return OK;
}

struct result archive_each(const struct archive *archive, uint64_t size, archive_visit *visit,
                           void *context)
{
    AUTO_BUFFER bundle = BUFFER_INIT;
    struct tile tile = {.kind = TILE_ENTRIES};

    for (; tile.index * TILE_WIDTH < size; tile.index++) {
        tile.width = tile_width(size, 0, tile.index);
        TRY(archive_read_tile(archive, &tile, &bundle));
        TRY(visit_bundle(buffer_view(&bundle), &tile, visit, context));
    }
    return OK;
}
