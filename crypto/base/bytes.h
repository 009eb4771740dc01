/*
 * bytes.h - a view of bytes, a buffer that owns bytes, and a cursor that reads them.
 *
 * Views (`struct bytes`) go down the call tree and own nothing. A `struct buffer`
 * owns its memory and is released by its scope: AUTO_BUFFER frees, SECRET_BUFFER
 * wipes and frees. All integers on the wire are big-endian.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct bytes {
    const uint8_t *data;
    size_t size;
};

struct buffer {
    uint8_t *data;
    size_t size;
    size_t capacity;
};

#define BYTES(array)  ((struct bytes){(array), sizeof(array)})
#define LITERAL(text) ((struct bytes){(const uint8_t *)("" text), sizeof(text) - 1})
#define EMPTY_BYTES   ((struct bytes){0, 0})
#define BUFFER_INIT \
    {               \
        0, 0, 0     \
    }
#define AUTO_BUFFER   __attribute__((cleanup(buffer_free))) struct buffer
#define SECRET_BUFFER __attribute__((cleanup(buffer_wipe))) struct buffer

struct bytes bytes_of_string(const char *text);
bool bytes_equal(struct bytes a, struct bytes b);  /* for public data: not constant time */
int bytes_compare(struct bytes a, struct bytes b); /* memcmp order, the shorter first */
bool bytes_is(struct bytes a, const char *text);
bool bytes_starts_with(struct bytes a, struct bytes prefix);
/* The part from `from` (clamped) of at most `size` bytes. */
struct bytes bytes_slice(struct bytes a, size_t from, size_t size);

struct bytes buffer_view(const struct buffer *buffer);
/* On OUT_OF_MEMORY the buffer is unmodified. Growing a buffer wipes the old copy. */
MUST_CHECK struct result buffer_append(struct buffer *buffer, struct bytes more);
MUST_CHECK struct result buffer_append_text(struct buffer *buffer, const char *text);
MUST_CHECK struct result buffer_append_decimal(struct buffer *buffer, uint64_t number);
MUST_CHECK struct result buffer_reserve(struct buffer *buffer, size_t more);
/* Appends a zero byte that is not counted in size, and returns the text. */
MUST_CHECK struct result buffer_terminate(struct buffer *buffer, const char **out);
void buffer_clear(struct buffer *buffer); /* size 0, memory kept */
void buffer_free(struct buffer *buffer);
void buffer_wipe(struct buffer *buffer);

void be64_put(uint8_t out[static 8], uint64_t number);
uint64_t be64_get(const uint8_t in[static 8]);
void be16_put(uint8_t out[static 2], uint16_t number);
uint16_t be16_get(const uint8_t in[static 2]);
