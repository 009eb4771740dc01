#include "log/evidence.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "log/lines.h"

#define HEAD "xiling/evidence/v1\n"

static struct result malformed(const char *rule, size_t position)
{
    return fail_field(MALFORMED, rule, 0, position + 1);
}

/* Where a hash stands in the table; at its end, if it is not there yet. */
static size_t find_hash(const struct evidence *evidence, const struct hash32 *hash)
{
    size_t at = 0;

    while (at < evidence->hash_count && !hash32_equal(&evidence->hashes[at], hash)) {
        at++;
    }
    return at;
}

static struct result add_hash(struct evidence *evidence, const struct hash32 *hash, uint16_t *out)
{
    const size_t at = find_hash(evidence, hash);

    REQUIRE(at < EVIDENCE_HASHES_MAX, INVALID, "evidence.size");
    if (at == evidence->hash_count) {
        evidence->hashes[evidence->hash_count++] = *hash;
    }
    *out = (uint16_t)at;
    return OK;
}

struct result evidence_add(struct evidence *evidence, uint64_t index, struct bytes entry,
                           const struct merkle_proof *path)
{
    struct evidence_entry *const added = &evidence->entries[evidence->count];

    REQUIRE(evidence->count < EVIDENCE_ENTRIES_MAX, INVALID, "evidence.size");
    REQUIRE(evidence->count == 0 || added[-1].index < index, INVALID, "evidence.order");
    added->index = index;
    added->entry = entry;
    added->count = path->count;
    for (size_t i = 0; i < path->count; i++) {
        TRY(add_hash(evidence, &path->hashes[i], &added->path[i]));
    }
    evidence->count++;
    return OK;
}

/* --- writing --- */

static struct result append_number(struct buffer *out, const char *before, uint64_t number)
{
    TRY(buffer_append_text(out, before));
    return buffer_append_decimal(out, number);
}

static struct result write_entry(const struct evidence_entry *entry, struct buffer *out)
{
    TRY(append_number(out, "", entry->index));
    TRY(append_number(out, " ", entry->entry.size));
    for (size_t i = 0; i < entry->count; i++) {
        TRY(append_number(out, " ", entry->path[i]));
    }
    TRY(buffer_append_text(out, "\n"));
    TRY(buffer_append(out, entry->entry));
    return buffer_append_text(out, "\n");
}

struct result evidence_write(const struct evidence *evidence, struct buffer *out)
{
    const size_t before = out->size;

    TRY(buffer_append_text(out, HEAD));
    TRY(append_number(out, "", evidence->count));
    TRY(append_number(out, " ", evidence->hash_count));
    TRY(buffer_append_text(out, "\n"));
    for (size_t i = 0; i < evidence->hash_count; i++) {
        TRY(base64_append(out, BYTES(evidence->hashes[i].bytes)));
        TRY(buffer_append_text(out, "\n"));
    }
    for (size_t i = 0; i < evidence->count; i++) {
        TRY(write_entry(&evidence->entries[i], out));
    }
    TRY(buffer_append(out, evidence->checkpoint));
    REQUIRE(out->size - before <= EVIDENCE_SIZE_MAX, INVALID, "evidence.size");
    return OK;
}

/* --- reading --- */

/* The next number of a line; words are separated by one space each, and no line ends in one. */
static bool take_number(struct bytes *line, uint64_t *out)
{
    const bool last = line->size == 0 || memchr(line->data, ' ', line->size) == NULL;
    const struct bytes word = text_cut(line, ' ');

    return is_ok(text_parse_number(word, out)) && (last || line->size > 0);
}

static bool are_numbers(struct bytes line)
{
    uint64_t number;

    while (line.size > 0 && take_number(&line, &number)) {
    }
    return line.size == 0;
}

static struct result read_head(struct bytes *rest, struct evidence *out)
{
    const struct bytes head = LITERAL(HEAD);
    struct bytes line;
    uint64_t entries = 0;
    uint64_t hashes = 0;

    REQUIRE(bytes_starts_with(*rest, head), MALFORMED, "evidence.form");
    *rest = bytes_slice(*rest, head.size, rest->size);
    REQUIRE(lines_take(rest, &line) && take_number(&line, &entries) &&
                take_number(&line, &hashes) && line.size == 0 && entries > 0,
            MALFORMED, "evidence.form");
    REQUIRE(entries <= EVIDENCE_ENTRIES_MAX && hashes <= EVIDENCE_HASHES_MAX, MALFORMED,
            "evidence.size");
    out->count = (size_t)entries;
    out->hash_count = (size_t)hashes;
    return OK;
}

static struct result read_table(struct bytes *rest, struct evidence *out)
{
    const size_t count = out->hash_count;

    for (out->hash_count = 0; out->hash_count < count; out->hash_count++) {
        struct hash32 *const hash = &out->hashes[out->hash_count];
        struct bytes line;

        if (!lines_take(rest, &line) ||
            !is_ok(base64_decode_fixed(line, hash->bytes, sizeof hash->bytes)) ||
            find_hash(out, hash) < out->hash_count) {
            return malformed("evidence.table", out->hash_count);
        }
    }
    return OK;
}

/* `used` counts the hashes that paths have named so far: the next new one is the next in line. */
static struct result read_path(struct bytes line, size_t position, size_t *used,
                               struct evidence *out)
{
    struct evidence_entry *const entry = &out->entries[position];
    uint64_t at;

    for (entry->count = 0; line.size > 0; entry->count++) {
        if (!take_number(&line, &at) || entry->count == MERKLE_PROOF_MAX) {
            return malformed("evidence.form", position);
        }
        if (at >= out->hash_count) {
            return malformed("evidence.position", position);
        }
        if (at > *used) {
            return malformed("evidence.table", (size_t)at);
        }
        *used += at == *used;
        entry->path[entry->count] = (uint16_t)at;
    }
    return OK;
}

static struct result read_entry(struct bytes *rest, size_t position, size_t *used,
                                struct evidence *out)
{
    struct evidence_entry *const entry = &out->entries[position];
    struct bytes line;
    uint64_t size = 0;

    if (!lines_take(rest, &line) || !are_numbers(line) || !take_number(&line, &entry->index) ||
        !take_number(&line, &size)) {
        return malformed("evidence.form", position);
    }
    if (position > 0 && entry->index <= entry[-1].index) {
        return malformed("evidence.order", position);
    }
    TRY(read_path(line, position, used, out));
    if (size >= rest->size || rest->data[size] != '\n') {
        return malformed("evidence.form", position);
    }
    entry->entry = bytes_slice(*rest, 0, (size_t)size);
    *rest = bytes_slice(*rest, (size_t)size + 1, rest->size);
    return OK;
}

struct result evidence_parse(struct bytes text, struct evidence *out)
{
    struct bytes rest = text;
    size_t used = 0;

    REQUIRE(text.size <= EVIDENCE_SIZE_MAX, MALFORMED, "evidence.size");
    TRY(read_head(&rest, out));
    TRY(read_table(&rest, out));
    for (size_t i = 0; i < out->count; i++) {
        TRY(read_entry(&rest, i, &used, out));
    }
    if (used < out->hash_count) {
        return malformed("evidence.table", used);
    }
    out->checkpoint = rest;
    return OK;
}

/* --- verifying --- */

static struct result verify_entry(const struct evidence *evidence, size_t position,
                                  const struct merkle_head *head)
{
    const struct evidence_entry *const entry = &evidence->entries[position];
    const struct hash32 leaf = merkle_leaf(entry->entry);
    struct merkle_proof path = {.count = entry->count};
    struct result result;

    for (size_t i = 0; i < entry->count; i++) {
        path.hashes[i] = evidence->hashes[entry->path[i]];
    }
    result = merkle_verify_inclusion(&leaf, entry->index, head->size, &head->root, &path);
    result.at = is_ok(result) ? 0 : position + 1;
    return result;
}

struct result evidence_verify(const struct evidence *evidence, const struct policy *policy,
                              struct receipt_meaning *out)
{
    TRY(policy_verify(policy, evidence->checkpoint, &out->checkpoint, &out->finding));
    TRY(policy_require(&out->finding));
    for (size_t i = 0; i < evidence->count; i++) {
        TRY(verify_entry(evidence, i, &out->checkpoint.head));
    }
    return OK;
}
