/*
 * items.h - the elements of arrays in vectors: hex texts without a name of their own.
 */
#pragma once

#include <jansson.h>

#include "base/bytes.h"

/* Decodes a JSON text of hex into a buffer; the size is the return. */
size_t item_bytes(json_t *item, struct buffer *out);
/* Decodes hex of exactly `size` bytes. */
void item_fixed(json_t *item, uint8_t *out, size_t size);
