#include "record/sealed_parts.h"

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/query.h"

#define FILES_MAX          20                 /* ten, and a stripped copy of each */
#define IDENTITY_FILES_MAX 2                  /* a seal, an authorisation; for each pair */
#define PADDED_MAX         ((size_t)32 << 20) /* of 20 MiB */
#define TOGETHER_MAX       ((uint64_t)128 << 20)

struct part {
    struct bytes kind;
    struct hash32 hash;
    uint64_t size;
};

static struct result read_part(const struct fold *fold, size_t line, struct part *out)
{
    struct bytes rest = statement_value_at(fold->statement, "部分", line);
    struct bytes hash;

    out->kind = text_cut(&rest, ' ');
    hash = text_cut(&rest, ' ');
    if (!is_ok(base64_decode_fixed(hash, out->hash.bytes, sizeof out->hash.bytes)) ||
        !is_ok(text_parse_number(rest, &out->size))) {
        return fail_field(MALFORMED, "objection.parts", "部分", line + 1);
    }
    return OK;
}

/* How many lines of a kind stand from *line on; *line is then behind them. */
static size_t count_kind(const struct fold *fold, const char *kind, size_t *line)
{
    const size_t begin = *line;
    const size_t count = statement_count(fold->statement, "部分");

    while (*line < count) {
        struct bytes rest = statement_value_at(fold->statement, "部分", *line);

        if (!bytes_is(text_cut(&rest, ' '), kind)) {
            break;
        }
        ++*line;
    }
    return *line - begin;
}

static struct result check_kinds(const struct fold *fold, const struct notice *notice,
                                 bool supplement)
{
    const size_t pairs = notice_pairs(notice);
    size_t line = 0;
    const size_t contents = count_kind(fold, PART_CONTENT, &line);
    const size_t identities = count_kind(fold, PART_IDENTITY, &line);
    const size_t files = count_kind(fold, PART_FILE, &line);
    const size_t identity_files = count_kind(fold, PART_IDENTITY_FILE, &line);

    REQUIRE(line == statement_count(fold->statement, "部分"), INVALID, "objection.parts");
    REQUIRE(contents == (supplement ? 0 : 1), INVALID, "objection.parts");
    REQUIRE(identities == (supplement ? 0 : pairs), INVALID, "objection.parts");
    REQUIRE(files <= FILES_MAX && (!supplement || files > 0), INVALID, "objection.parts");
    REQUIRE(pairs > 0, INVALID, "objection.parts");
    REQUIRE(identity_files % pairs == 0 && identity_files / pairs <= IDENTITY_FILES_MAX, INVALID,
            "objection.parts");
    return OK;
}

struct result sealed_parts_check_size(uint64_t size, uint64_t readers)
{
    for (size_t padded = SEALED_CHUNK; padded <= PADDED_MAX; padded *= 2) {
        if (size == sealed_size((size_t)readers, padded - 1)) {
            return OK;
        }
    }
    return fail(INVALID, "objection.size");
}

static struct result check_part(const struct fold *fold, const struct notice *notice, size_t line,
                                uint64_t *together)
{
    struct part part, other;

    TRY(read_part(fold, line, &part));
    for (size_t i = 0; i < line; i++) {
        TRY(read_part(fold, i, &other));
        if (hash32_equal(&other.hash, &part.hash)) {
            return fail_field(INVALID, "objection.repeated", "部分", line + 1);
        }
    }
    const bool shared = bytes_is(part.kind, PART_CONTENT) || bytes_is(part.kind, PART_FILE);

    *together += part.size;
    if (!is_ok(sealed_parts_check_size(part.size, shared ? notice->handlers : 2)) ||
        *together > TOGETHER_MAX) {
        return fail_field(INVALID, "objection.size", "部分", line + 1);
    }
    return OK;
}

struct result sealed_parts_check(const struct fold *fold, const struct notice *notice,
                                 bool supplement)
{
    uint64_t together = 0;

    TRY(check_kinds(fold, notice, supplement));
    for (size_t i = 0; i < statement_count(fold->statement, "部分"); i++) {
        TRY(check_part(fold, notice, i, &together));
    }
    return OK;
}

static const char INSERT_TEXT[] = "INSERT INTO part_text (hash, objection, position, due)"
                                  " VALUES (:hash, :objection, :position, :due)";
static const char INSERT_PART[] = "INSERT INTO sealed_part (text, place, kind, hash, size)"
                                  " VALUES (:text, :place, :kind, :hash, :size)";

static struct result insert_text(const struct fold *fold, const struct hash32 *objection,
                                 uint64_t due)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_TEXT);

    query_bind_blob(&query, ":hash", BYTES(fold->prepared->text_hash.bytes));
    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":due", due);
    return query_run(&query);
}

struct result sealed_parts_insert(const struct fold *fold, const struct hash32 *objection,
                                  uint64_t due)
{
    TRY(insert_text(fold, objection, due));
    for (size_t i = 0; i < statement_count(fold->statement, "部分"); i++) {
        AUTO_QUERY query = query_start(fold->record, INSERT_PART);
        struct part part;

        TRY(read_part(fold, i, &part));
        query_bind_blob(&query, ":text", BYTES(fold->prepared->text_hash.bytes));
        query_bind_number(&query, ":place", i);
        query_bind_text(&query, ":kind", part.kind);
        query_bind_blob(&query, ":hash", BYTES(part.hash.bytes));
        query_bind_number(&query, ":size", part.size);
        TRY(query_run(&query));
    }
    return OK;
}
