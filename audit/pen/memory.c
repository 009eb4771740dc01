#include "pen/memory.h"

#include "base/encoding.h"
#include "base/text.h"
#include "verifier/file.h"

#define KEY_SIZE (2 * sizeof(struct hash32) + 1) /* in hex, and the space */

static struct result print_line(const struct hash32 *about, const struct hash32 *what,
                                struct buffer *out)
{
    TRY(hex_append(out, BYTES(about->bytes)));
    TRY(buffer_append_text(out, " "));
    return hex_append(out, BYTES(what->bytes));
}

static struct result load(const char *path, struct buffer *file)
{
    const struct result read = file_read(path, file);

    return read.failure == NOT_FOUND ? OK : read;
}

/* The kept line about the same thing as `line`; empty if there is none. */
static struct bytes find(struct bytes file, struct bytes line)
{
    while (file.size > 0) {
        const struct bytes kept = text_cut(&file, '\n');

        if (bytes_starts_with(kept, bytes_slice(line, 0, KEY_SIZE))) {
            return kept;
        }
    }
    return EMPTY_BYTES;
}

struct result memory_keep(const char *path, const struct hash32 *about, const struct hash32 *what,
                          const char *rule)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(load(path, &file));
    TRY(print_line(about, what, &line));
    const struct bytes kept = find(buffer_view(&file), buffer_view(&line));
    if (kept.size > 0) {
        REQUIRE(bytes_equal(kept, buffer_view(&line)), CONFLICT, rule);
        return OK;
    }
    TRY(buffer_append(&file, buffer_view(&line)));
    TRY(buffer_append_text(&file, "\n"));
    return file_write_secret(path, buffer_view(&file));
}

struct result memory_has(const char *path, const struct hash32 *about, bool *out)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(load(path, &file));
    TRY(print_line(about, about, &line));
    *out = find(buffer_view(&file), buffer_view(&line)).size > 0;
    return OK;
}
