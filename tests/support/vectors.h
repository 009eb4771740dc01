/*
 * vectors.h - reads tests/vectors/NAME and its fields, failing the test on any slip.
 *
 * Test programs run with the source tree as working directory.
 */
#pragma once

#include <jansson.h>

#include "base/bytes.h"

/* Borrowed references, valid until vectors_close(); `path` is a chain of object keys "a.b". */
json_t *vectors_open(const char *file);
void vectors_close(json_t *root);
json_t *vector_get(json_t *object, const char *path);
const char *vector_text(json_t *object, const char *path);
uint64_t vector_number(json_t *object, const char *path);
bool vector_flag(json_t *object, const char *path); /* false if absent */
/* Decodes hex (or base64, for names that end in _b64) into a buffer; the size is the return. */
size_t vector_bytes(json_t *object, const char *path, struct buffer *out);
/* Decodes hex of exactly `size` bytes. */
void vector_fixed(json_t *object, const char *path, uint8_t *out, size_t size);
