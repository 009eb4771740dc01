#include "support/vectors.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

json_t *vectors_open(const char *file)
{
    char path[256];
    json_error_t error;

    if (sodium_init() < 0) {
        fail_msg("libsodium does not start");
    }
    (void)snprintf(path, sizeof path, "tests/vectors/%s", file);
    json_t *root = json_load_file(path, JSON_ALLOW_NUL, &error);
    if (root == NULL) {
        fail_msg("%s: %s", path, error.text);
    }
    return root;
}

void vectors_close(json_t *root)
{
    json_decref(root);
}

json_t *vector_get(json_t *object, const char *path)
{
    char key[128];
    const char *dot;

    while ((dot = strchr(path, '.')) != NULL) {
        (void)snprintf(key, sizeof key, "%.*s", (int)(dot - path), path);
        object = json_object_get(object, key);
        path = dot + 1;
    }
    return json_object_get(object, path);
}

const char *vector_text(json_t *object, const char *path)
{
    json_t *value = vector_get(object, path);

    if (!json_is_string(value)) {
        fail_msg("%s is not a text", path);
    }
    return json_string_value(value);
}

uint64_t vector_number(json_t *object, const char *path)
{
    json_t *value = vector_get(object, path);

    if (!json_is_integer(value)) {
        fail_msg("%s is not a number", path);
    }
    return (uint64_t)json_integer_value(value);
}

bool vector_flag(json_t *object, const char *path)
{
    return json_is_true(vector_get(object, path));
}

size_t vector_bytes(json_t *object, const char *path, struct buffer *out)
{
    const char *text = vector_text(object, path);
    const size_t length = strlen(text);
    const bool is_base64 = strlen(path) > 4 && strcmp(path + strlen(path) - 4, "_b64") == 0;
    int failed;

    buffer_clear(out);
    if (!is_ok(buffer_reserve(out, length + 1))) {
        fail_msg("no memory");
    }
    failed = is_base64
                 ? sodium_base642bin(out->data, out->capacity, text, length, NULL, &out->size, NULL,
                                     sodium_base64_VARIANT_ORIGINAL)
                 : sodium_hex2bin(out->data, out->capacity, text, length, NULL, &out->size, NULL);
    if (failed) {
        fail_msg("%s does not decode", path);
    }
    return out->size;
}

void vector_fixed(json_t *object, const char *path, uint8_t *out, size_t size)
{
    AUTO_BUFFER bytes = BUFFER_INIT;

    if (vector_bytes(object, path, &bytes) != size) {
        fail_msg("%s has %zu bytes, not %zu", path, bytes.size, size);
    }
    memcpy(out, bytes.data, size);
}
