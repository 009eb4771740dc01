#include "log/parts.h"

#include <string.h>
#define ZLIB_CONST /* next_in may view what is const */
#include <zlib.h>

#include "base/base45.h"
#include "base/encoding.h"
#include "base/text.h"
#include "log/lines.h"
#include "primitive/hash.h"

#define MARK        "XILING:E1:"
#define HASH_DIGITS 8
#define RAW_WINDOW  (-15) /* zlib's way to say: no header, no checksum */

static const char DIGITS[] = "0123456789ABCDEF";

static void name_bytes(struct bytes bytes, char out[HASH_DIGITS])
{
    const struct hash32 hash = sha256_of(bytes);

    for (size_t i = 0; i < HASH_DIGITS; i++) {
        out[i] = DIGITS[hash.bytes[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
    }
}

/* --- writing --- */

static void end_deflate(z_stream *stream)
{
    (void)deflateEnd(stream);
}

static struct result compress_text(struct bytes text, struct buffer *out)
{
    __attribute__((cleanup(end_deflate))) z_stream stream = {0};
    size_t bound;

    REQUIRE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_WINDOW, 9,
                         Z_DEFAULT_STRATEGY) == Z_OK,
            OUT_OF_MEMORY, "memory");
    bound = deflateBound(&stream, text.size);
    TRY(buffer_reserve(out, bound));
    stream.next_in = text.data;
    stream.avail_in = (uInt)text.size;
    stream.next_out = out->data + out->size;
    stream.avail_out = (uInt)bound;
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END, OUT_OF_MEMORY, "memory");
    out->size += stream.total_out;
    return OK;
}

static struct result append_part(struct buffer *out, size_t number, size_t count,
                                 const char name[HASH_DIGITS], struct bytes body)
{
    TRY(buffer_append_text(out, MARK));
    TRY(buffer_append_decimal(out, number));
    TRY(buffer_append_text(out, "/"));
    TRY(buffer_append_decimal(out, count));
    TRY(buffer_append_text(out, ":"));
    TRY(buffer_append(out, (struct bytes){(const uint8_t *)name, HASH_DIGITS}));
    TRY(buffer_append_text(out, ":"));
    TRY(buffer_append(out, body));
    return buffer_append_text(out, "\n");
}

struct result parts_write(struct bytes text, struct buffer *out)
{
    AUTO_BUFFER packed = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    char name[HASH_DIGITS];
    size_t count;

    REQUIRE(text.size > 0 && text.size <= PARTS_TEXT_MAX, INVALID, "parts.size");
    TRY(compress_text(text, &packed));
    name_bytes(buffer_view(&packed), name);
    TRY(base45_append(&body, buffer_view(&packed)));
    count = (body.size + PART_BODY_MAX - 1) / PART_BODY_MAX;
    REQUIRE(count <= PARTS_MAX, INVALID, "parts.size");
    for (size_t i = 0; i < count; i++) {
        const size_t from = body.size * i / count;
        const size_t to = body.size * (i + 1) / count;

        TRY(append_part(out, i + 1, count, name, bytes_slice(buffer_view(&body), from, to - from)));
    }
    return OK;
}

/* --- reading --- */

struct part {
    uint64_t number;
    uint64_t count;
    struct bytes name;
    struct bytes body;
};

struct collection {
    uint64_t count; /* 0: no part yet */
    struct bytes name;
    struct bytes bodies[PARTS_MAX];
};

static bool is_name(struct bytes text)
{
    size_t i = 0;

    while (i < text.size && memchr(DIGITS, text.data[i], sizeof DIGITS - 1)) {
        i++;
    }
    return i == HASH_DIGITS && i == text.size;
}

static struct result read_part(struct bytes line, struct part *out)
{
    const struct bytes mark = LITERAL(MARK);
    struct bytes rest = bytes_slice(line, mark.size, line.size);

    REQUIRE(line.size <= PART_SIZE_MAX && bytes_starts_with(line, mark), MALFORMED, "parts.form");
    REQUIRE(is_ok(text_parse_number(text_cut(&rest, '/'), &out->number)) &&
                is_ok(text_parse_number(text_cut(&rest, ':'), &out->count)),
            MALFORMED, "parts.form");
    out->name = text_cut(&rest, ':');
    out->body = rest;
    REQUIRE(out->number > 0 && out->number <= out->count && out->count <= PARTS_MAX &&
                is_name(out->name) && out->body.size > 0,
            MALFORMED, "parts.form");
    return OK;
}

static struct result add_part(struct collection *parts, const struct part *part)
{
    struct bytes *const body = &parts->bodies[part->number - 1];

    if (parts->count == 0) {
        parts->count = part->count;
        parts->name = part->name;
    }
    REQUIRE(parts->count == part->count && bytes_equal(parts->name, part->name), INVALID,
            "parts.mixed");
    REQUIRE(body->size == 0 || bytes_equal(*body, part->body), INVALID, "parts.repeated");
    *body = part->body;
    return OK;
}

static struct result collect(struct bytes lines, struct collection *out)
{
    for (uint64_t at = 1; lines.size > 0; at++) {
        const struct bytes line = text_cut(&lines, '\n');
        struct part part;
        struct result result = line.size == 0 ? OK : read_part(line, &part);

        if (is_ok(result) && line.size > 0) {
            result = add_part(out, &part);
        }
        result.at = at;
        if (!is_ok(result)) {
            return result;
        }
    }
    return OK;
}

static struct result join(const struct collection *parts, struct buffer *out)
{
    REQUIRE(parts->count > 0, MALFORMED, "parts.form");
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->bodies[i].size == 0) {
            return fail_field(INVALID, "parts.missing", 0, i + 1);
        }
        TRY(buffer_append(out, parts->bodies[i]));
    }
    return OK;
}

static void end_inflate(z_stream *stream)
{
    (void)inflateEnd(stream);
}

/* The output has room for one byte more than is allowed: whatever fills it is too long. */
static struct result expand(struct bytes packed, struct buffer *out)
{
    __attribute__((cleanup(end_inflate))) z_stream stream = {0};
    int status;

    REQUIRE(inflateInit2(&stream, RAW_WINDOW) == Z_OK, OUT_OF_MEMORY, "memory");
    TRY(buffer_reserve(out, PARTS_TEXT_MAX + 1));
    stream.next_in = packed.data;
    stream.avail_in = (uInt)packed.size;
    stream.next_out = out->data + out->size;
    stream.avail_out = (uInt)PARTS_TEXT_MAX + 1;
    status = inflate(&stream, Z_FINISH);
    REQUIRE(stream.total_out <= PARTS_TEXT_MAX, MALFORMED, "parts.size");
    REQUIRE(status == Z_STREAM_END && stream.avail_in == 0, MALFORMED, "parts.damaged");
    out->size += stream.total_out;
    return OK;
}

struct result parts_read(struct bytes lines, struct buffer *out)
{
    struct collection parts = {0};
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_BUFFER packed = BUFFER_INIT;
    char name[HASH_DIGITS];

    TRY(collect(lines, &parts));
    TRY(join(&parts, &body));
    REQUIRE(is_ok(base45_decode_append(buffer_view(&body), &packed)), MALFORMED, "parts.damaged");
    name_bytes(buffer_view(&packed), name);
    REQUIRE(memcmp(name, parts.name.data, HASH_DIGITS) == 0, MALFORMED, "parts.damaged");
    return expand(buffer_view(&packed), out);
}
