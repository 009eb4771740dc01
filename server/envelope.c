#include "server/envelope.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/text.h"

void envelope_begin(struct envelope *envelope)
{
    *envelope = (struct envelope)ENVELOPE_INIT;
    envelope->stack[0] = json_object();
    envelope->depth = 1;
    envelope->broken = !envelope->stack[0];
}

void envelope_free(struct envelope *envelope)
{
    json_decref(envelope->stack[0]);
    *envelope = (struct envelope)ENVELOPE_INIT;
}

/* Puts the value where the walk stands; the value is the envelope's from now on. */
static void put(struct envelope *envelope, const char *key, json_t *value)
{
    json_t *const top = envelope->depth > 0 ? envelope->stack[envelope->depth - 1] : 0;
    int failed;

    if (json_is_array(top)) {
        failed = json_array_append_new(top, value);
    } else {
        failed = json_object_set_new(top, key, value);
    }
    envelope->broken = envelope->broken || failed;
}

static void open_level(struct envelope *envelope, const char *key, json_t *value)
{
    if (envelope->depth == 0 || envelope->depth == ENVELOPE_DEPTH) {
        json_decref(value);
        envelope->broken = true;
        return;
    }
    put(envelope, key, value);
    if (!envelope->broken) {
        envelope->stack[envelope->depth++] = value;
    }
}

void envelope_open_object(struct envelope *envelope, const char *key)
{
    open_level(envelope, key, json_object());
}

void envelope_open_array(struct envelope *envelope, const char *key)
{
    open_level(envelope, key, json_array());
}

void envelope_close(struct envelope *envelope)
{
    if (envelope->depth > 1) {
        envelope->depth--;
    }
}

void envelope_text(struct envelope *envelope, const char *key, struct bytes text)
{
    put(envelope, key, json_stringn(text.size ? (const char *)text.data : "", text.size));
}

void envelope_string(struct envelope *envelope, const char *key, const char *text)
{
    put(envelope, key, json_string(text));
}

void envelope_number(struct envelope *envelope, const char *key, uint64_t number)
{
    put(envelope, key, json_integer((json_int_t)number));
}

void envelope_index(struct envelope *envelope, const char *key, uint64_t index)
{
    put(envelope, key, index == UINT64_MAX ? json_null() : json_integer((json_int_t)index));
}

void envelope_flag(struct envelope *envelope, const char *key, bool flag)
{
    put(envelope, key, json_boolean(flag));
}

void envelope_null(struct envelope *envelope, const char *key)
{
    put(envelope, key, json_null());
}

void envelope_base64(struct envelope *envelope, const char *key, struct bytes bytes)
{
    AUTO_BUFFER text = BUFFER_INIT;

    if (is_ok(base64_append(&text, bytes))) {
        envelope_text(envelope, key, buffer_view(&text));
    } else {
        envelope->broken = true;
    }
}

void envelope_hex(struct envelope *envelope, const char *key, struct bytes bytes)
{
    AUTO_BUFFER text = BUFFER_INIT;

    if (is_ok(hex_append(&text, bytes))) {
        envelope_text(envelope, key, buffer_view(&text));
    } else {
        envelope->broken = true;
    }
}

void envelope_time(struct envelope *envelope, const char *key, uint64_t seconds)
{
    char text[TEXT_TIME_SIZE + 1];

    if (seconds <= INT64_MAX && is_ok(text_print_time((int64_t)seconds, text))) {
        envelope_string(envelope, key, text);
    } else {
        envelope->broken = true;
    }
}

struct result envelope_write(struct envelope *envelope, struct buffer *out)
{
    char *text;
    struct result written;

    REQUIRE(!envelope->broken, INTERNAL, "envelope.broken");
    text = json_dumps(envelope->stack[0], JSON_COMPACT);
    REQUIRE(text, OUT_OF_MEMORY, "service.memory");
    written = buffer_append_text(out, text);
    free(text);
    return written;
}

struct result envelope_read(struct bytes text, struct envelope_input *out)
{
    const size_t flags = JSON_REJECT_DUPLICATES;
    json_t *root;

    root = text.size ? json_loadb((const char *)text.data, text.size, flags, 0) : 0;
    if (!json_is_object(root)) {
        json_decref(root);
        return fail(MALFORMED, "envelope.form");
    }
    out->root = root;
    return OK;
}

void envelope_input_free(struct envelope_input *input)
{
    json_decref(input->root);
}

struct result envelope_get(const struct envelope_input *input, const char *key, struct bytes *out)
{
    const json_t *const value = json_object_get(input->root, key);

    if (!json_is_string(value)) {
        return fail_field(MALFORMED, "envelope.field", key, 0);
    }
    out->data = (const uint8_t *)json_string_value(value);
    out->size = json_string_length(value);
    return OK;
}
