#include "support/items.h"

#include "check.h"
#include "support/vectors.h"

size_t item_bytes(json_t *item, struct buffer *out)
{
    json_t *object = json_pack("{sO}", "item", item);
    const size_t size = vector_bytes(object, "item", out);

    json_decref(object);
    return size;
}

void item_fixed(json_t *item, uint8_t *out, size_t size)
{
    AUTO_BUFFER bytes = BUFFER_INIT;

    if (item_bytes(item, &bytes) != size) {
        fail_msg("an item has %zu bytes, not %zu", bytes.size, size);
    }
    memcpy(out, bytes.data, size);
}
