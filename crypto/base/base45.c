#include "base/base45.h"

#include <string.h>

static const char ALPHABET[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* The characters of a number, the least digit first. */
static struct result append_digits(struct buffer *out, unsigned number, size_t count)
{
    uint8_t digits[3];

    for (size_t i = 0; i < count; i++) {
        digits[i] = (uint8_t)ALPHABET[number % 45];
        number /= 45;
    }
    return buffer_append(out, (struct bytes){digits, count});
}

struct result base45_append(struct buffer *out, struct bytes bytes)
{
    size_t i = 0;

    for (; i + 1 < bytes.size; i += 2) {
        TRY(append_digits(out, (unsigned)(bytes.data[i] << 8 | bytes.data[i + 1]), 3));
    }
    return i < bytes.size ? append_digits(out, bytes.data[i], 2) : OK;
}

static bool read_digits(struct bytes digits, unsigned *out)
{
    *out = 0;
    for (size_t i = digits.size; i-- > 0;) {
        const char *found = memchr(ALPHABET, digits.data[i], sizeof ALPHABET - 1);

        if (!found) {
            return false;
        }
        *out = *out * 45 + (unsigned)(found - ALPHABET);
    }
    return true;
}

static struct result append_group(struct buffer *out, struct bytes group)
{
    unsigned number = 0;
    uint8_t bytes[2];

    REQUIRE(group.size > 1 && read_digits(group, &number) &&
                number < (group.size == 3 ? 65536u : 256u),
            MALFORMED, "encoding.base45");
    bytes[0] = (uint8_t)(number >> 8);
    bytes[1] = (uint8_t)number;
    return buffer_append(out, group.size == 3 ? BYTES(bytes) : (struct bytes){bytes + 1, 1});
}

struct result base45_decode_append(struct bytes text, struct buffer *out)
{
    const size_t before = out->size;

    for (size_t i = 0; i < text.size; i += 3) {
        const struct result result = append_group(out, bytes_slice(text, i, 3));

        if (!is_ok(result)) {
            out->size = before;
            return result;
        }
    }
    return OK;
}
