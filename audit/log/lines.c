#include "log/lines.h"

#include <string.h>

#include "base/encoding.h"

bool lines_take(struct bytes *text, struct bytes *line)
{
    const uint8_t *end = text->size == 0 ? NULL : memchr(text->data, '\n', text->size);

    if (end == NULL) {
        return false;
    }
    *line = bytes_slice(*text, 0, (size_t)(end - text->data));
    *text = bytes_slice(*text, line->size + 1, text->size);
    return true;
}

bool lines_take_word(struct bytes *text, const char *word, struct bytes *line)
{
    const struct bytes prefix = bytes_of_string(word);

    if (!bytes_starts_with(*text, prefix) || !lines_take(text, line)) {
        return false;
    }
    *line = bytes_slice(*line, prefix.size, line->size);
    return true;
}

struct result lines_write_proof(const struct merkle_proof *proof, struct buffer *out)
{
    for (size_t i = 0; i < proof->count; i++) {
        TRY(base64_append(out, BYTES(proof->hashes[i].bytes)));
        TRY(buffer_append_text(out, "\n"));
    }
    return buffer_append_text(out, "\n");
}

struct result lines_take_proof(struct bytes *text, struct merkle_proof *out)
{
    struct bytes line;

    out->count = 0;
    for (;;) {
        REQUIRE(lines_take(text, &line), MALFORMED, "merkle.form");
        if (line.size == 0) {
            return OK;
        }
        REQUIRE(out->count < MERKLE_PROOF_MAX &&
                    is_ok(base64_decode_fixed(line, out->hashes[out->count].bytes,
                                              sizeof out->hashes->bytes)),
                MALFORMED, "merkle.form");
        out->count++;
    }
}
