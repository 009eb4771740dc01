#include "base/bytes.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes bytes_of_string(const char *text)
{
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int bytes_compare(struct bytes a, struct bytes b)
{
    const size_t shorter = a.size < b.size ? a.size : b.size;
    const int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);

    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

bool bytes_is(struct bytes a, const char *text)
{
    return bytes_equal(a, bytes_of_string(text));
}

bool bytes_starts_with(struct bytes a, struct bytes prefix)
{
    return a.size >= prefix.size && bytes_equal(bytes_slice(a, 0, prefix.size), prefix);
}

struct bytes bytes_slice(struct bytes a, size_t from, size_t size)
{
    if (from >= a.size) {
        return EMPTY_BYTES;
    }
    if (size > a.size - from) {
        size = a.size - from;
    }
    return (struct bytes){a.data + from, size};
}

struct bytes buffer_view(const struct buffer *buffer)
{
    return (struct bytes){buffer->data, buffer->size};
}

/* A new block and a wiped old one, because realloc may leave a secret behind. */
static struct result grow(struct buffer *buffer, size_t capacity)
{
    uint8_t *data = malloc(capacity);

    REQUIRE(data != NULL, OUT_OF_MEMORY, "memory");
    if (buffer->size > 0) {
        memcpy(data, buffer->data, buffer->size);
    }
    const size_t size = buffer->size;
    buffer_wipe(buffer);
    *buffer = (struct buffer){data, size, capacity};
    return OK;
}

struct result buffer_reserve(struct buffer *buffer, size_t more)
{
    const size_t room = buffer->capacity - buffer->size;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;

    if (more <= room) {
        return OK;
    }
    REQUIRE(more <= SIZE_MAX / 4 && buffer->size <= SIZE_MAX / 4, OUT_OF_MEMORY, "memory");
    while (capacity - buffer->size < more) {
        capacity *= 2;
    }
    return grow(buffer, capacity);
}

struct result buffer_append(struct buffer *buffer, struct bytes more)
{
    TRY(buffer_reserve(buffer, more.size));
    if (more.size > 0) {
        memcpy(buffer->data + buffer->size, more.data, more.size);
    }
    buffer->size += more.size;
    return OK;
}

struct result buffer_append_text(struct buffer *buffer, const char *text)
{
    return buffer_append(buffer, bytes_of_string(text));
}

struct result buffer_append_decimal(struct buffer *buffer, uint64_t number)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    return buffer_append_text(buffer, text);
}

struct result buffer_terminate(struct buffer *buffer, const char **out)
{
    TRY(buffer_reserve(buffer, 1));
    buffer->data[buffer->size] = 0;
    *out = (const char *)buffer->data;
    return OK;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer)BUFFER_INIT;
}

void buffer_wipe(struct buffer *buffer)
{
    if (buffer->data != NULL) {
        sodium_memzero(buffer->data, buffer->capacity);
    }
    buffer_free(buffer);
}

void be64_put(uint8_t out[static 8], uint64_t number)
{
    for (int i = 7; i >= 0; i--) {
        out[i] = (uint8_t)(number & 0xff);
        number >>= 8;
    }
}

uint64_t be64_get(const uint8_t in[static 8])
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++) {
        number = number << 8 | in[i];
    }
    return number;
}

void be16_put(uint8_t out[static 2], uint16_t number)
{
    out[0] = (uint8_t)(number >> 8);
    out[1] = (uint8_t)(number & 0xff);
}

uint16_t be16_get(const uint8_t in[static 2])
{
    return (uint16_t)(in[0] << 8 | in[1]);
}
