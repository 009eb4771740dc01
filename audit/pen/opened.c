#include "pen/opened.h"

#include "base/encoding.h"
#include "base/text.h"
#include "verifier/file.h"

static struct result print_line(const struct hash32 *manifest, const struct hash32 *sums,
                                struct buffer *out)
{
    TRY(hex_append(out, BYTES(manifest->bytes)));
    TRY(buffer_append_text(out, " "));
    TRY(hex_append(out, BYTES(sums->bytes)));
    return buffer_append_text(out, "\n");
}

/* Whether the election stands in the file, and if so with these sums. */
static struct result find(struct bytes file, struct bytes line, bool *known)
{
    const size_t key_size = sizeof(struct hash32) * 2 + 1; /* M and the space */

    *known = false;
    while (file.size > 0) {
        const struct bytes kept = text_cut(&file, '\n');

        if (bytes_starts_with(kept, bytes_slice(line, 0, key_size))) {
            REQUIRE(bytes_equal(kept, bytes_slice(line, 0, line.size - 1)), CONFLICT,
                    "share.other");
            *known = true;
        }
    }
    return OK;
}

struct result opened_remember(const char *path, const struct hash32 *manifest,
                              const struct hash32 *sums)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_BUFFER line = BUFFER_INIT;
    bool known;

    const struct result read = file_read(path, &file);
    REQUIRE(is_ok(read) || read.failure == NOT_FOUND, read.failure, read.rule);
    TRY(print_line(manifest, sums, &line));
    TRY(find(buffer_view(&file), buffer_view(&line), &known));
    if (known) {
        return OK;
    }
    TRY(buffer_append(&file, buffer_view(&line)));
    return file_write_secret(path, buffer_view(&file));
}
