#include "log/entry.h"

#include "base/text.h"

#define HEAD "xiling/entry/v1 "

struct result entry_write(const struct entry *entry, struct buffer *out)
{
    char time[TEXT_TIME_SIZE + 1];

    REQUIRE(entry->note.size > 0 && entry->note.size <= ENTRY_SIZE_MAX - ENTRY_HEAD_SIZE, MALFORMED,
            "entry.size");
    REQUIRE(entry->time <= INT64_MAX, MALFORMED, "entry.time");
    TRY(text_print_time((int64_t)entry->time, time));
    TRY(buffer_append_text(out, HEAD));
    TRY(buffer_append_text(out, time));
    TRY(buffer_append_text(out, "\n"));
    return buffer_append(out, entry->note);
}

struct result entry_parse(struct bytes raw, struct entry *out)
{
    const struct bytes head = LITERAL(HEAD);
    int64_t time;

    REQUIRE(raw.size <= ENTRY_SIZE_MAX, MALFORMED, "entry.size");
    REQUIRE(raw.size > ENTRY_HEAD_SIZE && bytes_starts_with(raw, head) &&
                raw.data[ENTRY_HEAD_SIZE - 1] == '\n',
            MALFORMED, "entry.form");
    REQUIRE(is_ok(text_parse_time(bytes_slice(raw, head.size, TEXT_TIME_SIZE), &time)) && time >= 0,
            MALFORMED, "entry.time");
    out->time = (uint64_t)time;
    out->note = bytes_slice(raw, ENTRY_HEAD_SIZE, raw.size);
    return OK;
}

struct result bundle_append(struct buffer *bundle, struct bytes entry)
{
    uint8_t size[2];

    REQUIRE(entry.size <= ENTRY_SIZE_MAX, MALFORMED, "entry.size");
    be16_put(size, (uint16_t)entry.size);
    TRY(buffer_append(bundle, BYTES(size)));
    return buffer_append(bundle, entry);
}

struct result bundle_next(struct bytes *rest, struct bytes *entry)
{
    size_t size;

    REQUIRE(rest->size >= 2, MALFORMED, "bundle.form");
    size = be16_get(rest->data);
    REQUIRE(rest->size - 2 >= size, MALFORMED, "bundle.form");
    *entry = bytes_slice(*rest, 2, size);
    *rest = bytes_slice(*rest, 2 + size, rest->size);
    return OK;
}
