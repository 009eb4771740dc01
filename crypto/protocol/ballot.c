#include "protocol/ballot.h"

#include <string.h>

#include "base/code.h"
#include "base/encoding.h"
#include "primitive/proof.h"
#include "primitive/signer.h"
#include "protocol/ballot_claims.h"

enum { KEY_ID_SIZE = 4 };

/* --- shape: everything but tag, code and base64 is known beforehand --- */

/* A cursor that remembers the first byte that is not as expected. */
struct cursor {
    struct bytes rest;
    bool is_right;
};

static void expect(struct cursor *cursor, struct bytes expected)
{
    cursor->is_right = cursor->is_right && bytes_starts_with(cursor->rest, expected);
    cursor->rest = bytes_slice(cursor->rest, expected.size, SIZE_MAX);
}

static void expect_text(struct cursor *cursor, const char *expected)
{
    expect(cursor, bytes_of_string(expected));
}

static struct bytes take(struct cursor *cursor, size_t size)
{
    const struct bytes part = bytes_slice(cursor->rest, 0, size);

    cursor->is_right = cursor->is_right && part.size == size;
    cursor->rest = bytes_slice(cursor->rest, size, SIZE_MAX);
    return part;
}

/* Base64 of `size` bytes, appended to the ballot's binary. */
static void take_base64(struct cursor *cursor, size_t size, struct buffer *out)
{
    const struct bytes encoded = take(cursor, base64_size(size));

    if (cursor->is_right) {
        cursor->is_right = is_ok(base64_decode_fixed(encoded, out->data + out->size, size));
        out->size += size;
    }
}

static void take_head(struct cursor *cursor, const struct election *election, struct ballot *out)
{
    AUTO_BUFFER manifest = BUFFER_INIT;
    struct bytes encoded_tag;

    cursor->is_right =
        cursor->is_right && is_ok(base64_append(&manifest, BYTES(election->manifest.bytes)));
    expect_text(cursor, "xiling/v1 ballot\n日志：");
    expect(cursor, election->origin);
    expect_text(cursor, "\n选举：");
    expect(cursor, election->id);
    expect_text(cursor, "\n清单：");
    expect(cursor, buffer_view(&manifest));
    expect_text(cursor, "\n标签：");
    encoded_tag = take(cursor, base64_size(POINT_SIZE));
    cursor->is_right =
        cursor->is_right && is_ok(base64_decode_fixed(encoded_tag, out->tag.bytes, POINT_SIZE));
    expect_text(cursor, "\n附码：");
}

static void take_code(struct cursor *cursor, struct ballot_code *code)
{
    const struct bytes characters = take(cursor, BALLOT_CODE_BYTES);

    cursor->is_right = cursor->is_right && code_is_crockford(characters, BALLOT_CODE_BYTES);
    if (cursor->is_right) {
        memcpy(code->characters, characters.data, BALLOT_CODE_BYTES);
    }
    expect_text(cursor, "\n");
}

static void take_choices(struct cursor *cursor, const struct election *election, struct ballot *out)
{
    for (size_t i = 0; i < election->candidate_count; i++) {
        expect_text(cursor, "选择：");
        take_base64(cursor, election->sizes.selection, &out->binary);
        expect_text(cursor, "\n");
    }
    if (election->total_count > 0) {
        expect_text(cursor, "总额：");
        take_base64(cursor, election->sizes.total, &out->binary);
        expect_text(cursor, "\n");
    }
}

static void take_signature(struct cursor *cursor, const struct election *election,
                           struct ballot *out)
{
    const size_t start = out->binary.size;
    struct key_id id;

    key_id_of_ring(&election->manifest, &id);
    expect_text(cursor, "\n— ring ");
    take_base64(cursor, KEY_ID_SIZE + election->sizes.ring, &out->binary);
    expect_text(cursor, "\n");
    cursor->is_right = cursor->is_right && cursor->rest.size == 0 &&
                       memcmp(out->binary.data + start, id.bytes, KEY_ID_SIZE) == 0;
}

static size_t binary_size(const struct election *election)
{
    return election->candidate_count * election->sizes.selection + election->sizes.total +
           KEY_ID_SIZE + election->sizes.ring;
}

struct result ballot_parse(const struct election *election, struct bytes note, struct ballot *out)
{
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct cursor cursor = {note, true};

    *out = (struct ballot)BALLOT_INIT;
    REQUIRE(note.size == election->sizes.note, MALFORMED, "ballot.length");
    TRY(buffer_reserve(&ballot.binary, binary_size(election)));
    take_head(&cursor, election, &ballot);
    take_code(&cursor, &ballot.code);
    take_choices(&cursor, election, &ballot);
    take_signature(&cursor, election, &ballot);
    REQUIRE(cursor.is_right, MALFORMED, "ballot.shape");
    ballot.text = bytes_slice(note, 0, election->sizes.text);
    ballot.hash = sha256_of(ballot.text);
    *out = ballot;
    ballot = (struct ballot)BALLOT_INIT; /* transferred */
    return OK;
}

void ballot_free(struct ballot *ballot)
{
    buffer_free(&ballot->binary);
    *ballot = (struct ballot)BALLOT_INIT;
}

/* --- parts --- */

struct bytes ballot_selections(const struct election *election, const struct ballot *ballot)
{
    return bytes_slice(buffer_view(&ballot->binary), 0,
                       election->candidate_count * election->sizes.selection);
}

struct bytes ballot_total_proof(const struct election *election, const struct ballot *ballot)
{
    return bytes_slice(buffer_view(&ballot->binary),
                       election->candidate_count * election->sizes.selection,
                       election->sizes.total);
}

struct bytes ballot_ring_proof(const struct election *election, const struct ballot *ballot)
{
    return bytes_slice(buffer_view(&ballot->binary), binary_size(election) - election->sizes.ring,
                       election->sizes.ring);
}

static struct ballot_content content_of(const struct election *election,
                                        const struct ballot *ballot)
{
    return (struct ballot_content){election, &ballot->tag, ballot_selections(election, ballot)};
}

struct point ballot_alpha(const struct election *election, const struct ballot *ballot,
                          size_t candidate)
{
    const struct ballot_content content = content_of(election, ballot);

    return content_ciphertext(&content, candidate).alpha;
}

struct point ballot_beta(const struct election *election, const struct ballot *ballot,
                         size_t candidate)
{
    const struct ballot_content content = content_of(election, ballot);

    return content_ciphertext(&content, candidate).beta;
}

void ballot_fingerprint(const struct election *election, const struct ballot *ballot,
                        struct hash32 *out)
{
    const struct ballot_content content = content_of(election, ballot);
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 fingerprint");
    hash_hash(&state, &election->manifest);
    hash_part(&state, BYTES(ballot->code.characters));
    for (size_t i = 0; i < election->candidate_count; i++) {
        const struct ciphertext ciphertext = content_ciphertext(&content, i);
        hash_point(&state, &ciphertext.alpha);
        hash_point(&state, &ciphertext.beta);
    }
    hash_end_32(&state, out);
}
