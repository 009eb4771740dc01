#include "base/secret.h"

#include <sodium.h>

void secret32_wipe(struct secret32 *secret)
{
    secret_wipe(secret, sizeof *secret);
}

void secret_wipe(void *data, size_t size)
{
    sodium_memzero(data, size);
}

void secret_random(void *out, size_t size)
{
    randombytes_buf(out, size);
}

bool secret_equal(struct bytes a, struct bytes b)
{
    return a.size == b.size && (a.size == 0 || sodium_memcmp(a.data, b.data, a.size) == 0);
}

/* The top bit of (d | -d) is set unless d = 0; arithmetic only, so that nothing can branch. */
uint64_t mask_equal(uint64_t a, uint64_t b)
{
    const uint64_t difference = a ^ b;
    const uint64_t differs = (difference | (0 - difference)) >> 63;

    return differs - 1;
}

void mask_select(uint64_t mask, const void *if_set, const void *if_clear, void *out, size_t size)
{
    const uint8_t *const set = if_set;
    const uint8_t *const clear = if_clear;
    const uint8_t low = (uint8_t)(mask & 0xff);
    uint8_t *const bytes = out;

    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(clear[i] ^ (low & (set[i] ^ clear[i])));
    }
}

__attribute__((weak)) void secret_publish(const void *data, size_t size)
{
    (void)data;
    (void)size;
}
