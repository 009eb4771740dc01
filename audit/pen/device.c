#include "pen/device.h"

#include <string.h>

#include "primitive/signer.h"
#include "protocol/statement.h"

void device_wipe(struct device *device)
{
    secret_wipe(device, sizeof *device);
}

static struct result copy_text(struct bytes text, char *out, size_t size, const char *rule)
{
    REQUIRE(text.size > 0 && text.size < size, INVALID, rule);
    memcpy(out, text.data, text.size);
    out[text.size] = 0;
    return OK;
}

struct result device_make(const struct key_code *code, struct bytes person, struct bytes origin,
                          struct device *out)
{
    TRY(copy_text(person, out->person, sizeof out->person, "device.person"));
    TRY(copy_text(origin, out->origin, sizeof out->origin, "device.origin"));
    return keys_derive(code, &out->keys);
}

struct result device_note(const struct device *device, struct bytes text, struct buffer *note)
{
    buffer_clear(note);
    TRY(statement_note(text, note));
    return device_sign(device, note);
}

/* Whether an empty line, and perhaps signature lines, follow the text. */
static struct result find_text(const struct buffer *note, struct bytes *text)
{
    const struct bytes all = buffer_view(note);

    for (size_t i = 0; i + 1 < all.size; i++) {
        if (all.data[i] == '\n' && all.data[i + 1] == '\n') {
            *text = bytes_slice(all, 0, i + 1);
            return OK;
        }
    }
    return fail(MALFORMED, "statement.blank");
}

struct result device_sign(const struct device *device, struct buffer *note)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    AUTO_BUFFER text = BUFFER_INIT; /* a copy: the note may move while it grows */
    struct bytes view;

    TRY(find_text(note, &view));
    TRY(buffer_append(&text, view));
    TRY(statement_parse_text(buffer_view(&text), &statement));
    REQUIRE(bytes_is(statement.origin, device->origin), INVALID, "statement.origin");
    return signature_line_sign(note, buffer_view(&text), bytes_of_string(device->person),
                               &device->keys.sign_secret);
}
