#include "server/phrase.h"

#include "base/encoding.h"
#include "base/text.h"

struct result phrase_add(struct buffer *out, const char *before, struct bytes text,
                         const char *after)
{
    TRY(buffer_append_text(out, before));
    TRY(buffer_append(out, text));
    return buffer_append_text(out, after);
}

struct result phrase_add_number(struct buffer *out, const char *before, uint64_t number,
                                const char *after)
{
    TRY(buffer_append_text(out, before));
    TRY(buffer_append_decimal(out, number));
    return buffer_append_text(out, after);
}

struct result phrase_add_grouped(struct buffer *out, uint64_t number)
{
    uint64_t unit = 1;

    while (number / unit >= 1000) {
        unit *= 1000;
    }
    TRY(buffer_append_decimal(out, number / unit));
    for (unit /= 1000; unit > 0; unit /= 1000) {
        const uint64_t group = number / unit % 1000;

        TRY(buffer_append_text(out, group >= 100 ? "," : group >= 10 ? ",0" : ",00"));
        TRY(buffer_append_decimal(out, group));
    }
    return OK;
}

struct result phrase_add_time(struct buffer *out, uint64_t seconds)
{
    char text[TEXT_TIME_SIZE + 1];

    TRY(text_print_time((int64_t)seconds, text));
    TRY(buffer_append(out, (struct bytes){(const uint8_t *)text, 10}));
    TRY(buffer_append_text(out, " "));
    return buffer_append(out, (struct bytes){(const uint8_t *)text + 11, 5});
}

struct result phrase_add_hash(struct buffer *out, const struct hash32 *hash)
{
    for (size_t i = 0; i < sizeof hash->bytes; i += 2) {
        TRY(buffer_append_text(out, i > 0 ? " " : ""));
        TRY(hex_append(out, (struct bytes){hash->bytes + i, 2}));
    }
    return OK;
}
