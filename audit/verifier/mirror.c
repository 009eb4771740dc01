#include "verifier/mirror.h"

#include <stdio.h>
#include <string.h>

#include "log/checkpoint.h"

#define URL_SIZE 4096

static struct result get(struct fetch *fetch, const char *url, const char *name, struct buffer *out)
{
    char whole[URL_SIZE];
    size_t length = strlen(url);

    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    const int written = snprintf(whole, sizeof whole, "%.*s/log/%s", (int)length, url, name);
    REQUIRE(written > 0 && (size_t)written < sizeof whole, INVALID, "fetch.url");
    return fetch_get(fetch, whole, out);
}

/* Full tiles never change. */
static bool is_here(const struct archive *archive, const struct tile *tile, struct buffer *scratch)
{
    return is_ok(archive_read_tile(archive, tile, scratch));
}

static struct result copy_tile(struct fetch *fetch, const char *url, const struct archive *archive,
                               const struct tile *tile)
{
    AUTO_BUFFER name = BUFFER_INIT;
    AUTO_BUFFER contents = BUFFER_INIT;
    const char *text;

    if (is_here(archive, tile, &contents)) {
        return OK;
    }
    TRY(tile_path_write(tile, &name));
    TRY(buffer_terminate(&name, &text));
    TRY(get(fetch, url, text, &contents));
    return archive_write(archive, text, buffer_view(&contents));
}

static struct result read_size(struct bytes note, uint64_t *size)
{
    struct signed_note parsed;
    struct checkpoint checkpoint;

    TRY(signed_note_parse(note, &parsed));
    TRY(checkpoint_parse(parsed.text, &checkpoint));
    *size = checkpoint.head.size;
    return OK;
}

struct result mirror_log(struct fetch *fetch, const char *url, const struct archive *archive)
{
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    AUTO_BUFFER vkey = BUFFER_INIT;
    struct tile_walk walk = {.size = 0};

    TRY(get(fetch, url, "checkpoint", &checkpoint));
    TRY(read_size(buffer_view(&checkpoint), &walk.size));
    TRY(get(fetch, url, "vkey", &vkey));
    while (tile_walk_next(&walk)) {
        TRY(copy_tile(fetch, url, archive, &walk.tile));
    }
    TRY(archive_write(archive, "vkey", buffer_view(&vkey)));
    return archive_write(archive, "checkpoint", buffer_view(&checkpoint));
}
