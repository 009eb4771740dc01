#include "base/encoding.h"

#include <sodium.h>
#include <string.h>

enum { VARIANT = sodium_base64_VARIANT_ORIGINAL };

size_t base64_size(size_t bytes)
{
    return (bytes + 2) / 3 * 4;
}

struct result base64_append(struct buffer *out, struct bytes bytes)
{
    const size_t room = sodium_base64_encoded_len(bytes.size, VARIANT); /* with a zero byte */

    TRY(buffer_reserve(out, room));
    (void)sodium_bin2base64((char *)out->data + out->size, room, bytes.data, bytes.size, VARIANT);
    out->size += room - 1;
    return OK;
}

/* libsodium 1.0.18 takes some bytes above 0x7F for characters of the alphabet. */
static bool is_ascii(struct bytes text)
{
    uint8_t all = 0;

    for (size_t i = 0; i < text.size; i++) {
        all |= text.data[i];
    }
    return all < 0x80;
}

struct result base64_decode(struct bytes text, uint8_t *out, size_t capacity, size_t *size)
{
    REQUIRE(text.size > 0 && is_ascii(text), MALFORMED, "encoding.base64");
    REQUIRE(sodium_base642bin(out, capacity, (const char *)text.data, text.size, NULL, size, NULL,
                              VARIANT) == 0,
            MALFORMED, "encoding.base64");
    return OK;
}

struct result base64_check(struct bytes text, size_t *size)
{
    AUTO_BUFFER decoded = BUFFER_INIT;

    TRY(base64_decode_append(text, &decoded));
    *size = decoded.size;
    return OK;
}

struct result base64_decode_fixed(struct bytes text, uint8_t *out, size_t size)
{
    size_t decoded;

    TRY(base64_check(text, &decoded));
    REQUIRE(decoded == size, MALFORMED, "encoding.length");
    return base64_decode(text, out, size, &decoded);
}

struct result base64_decode_append(struct bytes text, struct buffer *out)
{
    const size_t room = text.size / 4 * 3;
    size_t size = 0;

    REQUIRE(room > 0, MALFORMED, "encoding.base64");
    TRY(buffer_reserve(out, room));
    TRY(base64_decode(text, out->data + out->size, room, &size));
    out->size += size;
    return OK;
}

struct result hex_append(struct buffer *out, struct bytes bytes)
{
    const size_t room = 2 * bytes.size + 1;

    TRY(buffer_reserve(out, room));
    (void)sodium_bin2hex((char *)out->data + out->size, room, bytes.data, bytes.size);
    out->size += room - 1;
    return OK;
}

struct result hex_decode(struct bytes text, uint8_t *out, size_t size)
{
    size_t decoded;

    REQUIRE(text.size == 2 * size, MALFORMED, "encoding.hex");
    for (size_t i = 0; i < text.size; i++) {
        REQUIRE(text.data[i] < 'A' || text.data[i] > 'F', MALFORMED, "encoding.hex");
    }
    REQUIRE(sodium_hex2bin(out, size, (const char *)text.data, text.size, NULL, &decoded, NULL) ==
                0,
            MALFORMED, "encoding.hex");
    return OK;
}
