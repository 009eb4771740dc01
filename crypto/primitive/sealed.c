#include "primitive/sealed.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "primitive/hash.h"

enum {
    KEY_SIZE = 32,
    SEAL_SIZE = KEY_SIZE + BOX_SEAL_OVERHEAD,
    READER_SIZE = KEY_SIZE + SEAL_SIZE,
    COMMITMENT_SIZE = 32,
    FIRST_READER = 2, /* behind suite and number */
    TAG_SIZE = crypto_secretstream_xchacha20poly1305_ABYTES,
    MARK = 0x80, /* begins the padding */
};
_Static_assert(SEALED_HEADER_SIZE == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
               "the stream's header");

typedef crypto_secretstream_xchacha20poly1305_state stream;

static void stream_wipe(stream *state)
{
    secret_wipe(state, sizeof *state);
}

#define SECRET_STREAM __attribute__((cleanup(stream_wipe))) stream

void sealed_plan_wipe(struct sealed_plan *plan)
{
    secret_wipe(plan, sizeof *plan);
}

static bool is_count_of_suite(uint8_t suite, size_t count)
{
    return suite == SEALED_BOTH ? count == 2 : count >= 1 && count <= SEALED_READERS_MAX;
}

static int compare_readers(const void *a, const void *b)
{
    const struct sealed_reader *const left = a;
    const struct sealed_reader *const right = b;

    return memcmp(left->key.bytes, right->key.bytes, KEY_SIZE);
}

/* In suite 2 the key is the XOR of two shares; in suite 1 every reader's share is the key. */
static void draw_shares(struct sealed_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        secret_random(plan->readers[i].ephemeral.bytes, KEY_SIZE);
        plan->readers[i].share = plan->key;
    }
    if (plan->suite == SEALED_BOTH) {
        secret_random(plan->readers[0].share.bytes, KEY_SIZE);
        for (size_t i = 0; i < KEY_SIZE; i++) {
            plan->readers[1].share.bytes[i] =
                (uint8_t)(plan->key.bytes[i] ^ plan->readers[0].share.bytes[i]);
        }
    }
}

struct result sealed_plan_draw(uint8_t suite, const struct box_public *readers, size_t count,
                               struct sealed_plan *out)
{
    REQUIRE(suite == SEALED_ANY || suite == SEALED_BOTH, INVALID, "sealed.suite");
    REQUIRE(is_count_of_suite(suite, count), INVALID, "sealed.readers");
    *out = (struct sealed_plan){.suite = suite, .count = count};
    for (size_t i = 0; i < count; i++) {
        REQUIRE(box_public_is_valid(&readers[i]), INVALID, "sealed.readers");
        out->readers[i].key = readers[i];
    }
    qsort(out->readers, count, sizeof out->readers[0], compare_readers);
    for (size_t i = 1; i < count; i++) {
        REQUIRE(compare_readers(&out->readers[i - 1], &out->readers[i]) < 0, INVALID,
                "sealed.readers");
    }
    secret_random(out->key.bytes, KEY_SIZE);
    secret_random(out->header, sizeof out->header);
    draw_shares(out);
    return OK;
}

size_t sealed_padded_size(size_t plain)
{
    size_t padded = SEALED_CHUNK;

    while (padded <= plain) {
        padded *= 2;
    }
    return padded;
}

static size_t head_size(size_t readers)
{
    return FIRST_READER + READER_SIZE * readers + COMMITMENT_SIZE + SEALED_HEADER_SIZE;
}

/* Full chunks, and behind them the empty one that carries the end. */
static size_t chunks_size(size_t padded)
{
    return padded / SEALED_CHUNK * (SEALED_CHUNK + TAG_SIZE) + TAG_SIZE;
}

size_t sealed_size(size_t readers, size_t plain)
{
    return head_size(readers) + chunks_size(sealed_padded_size(plain));
}

static void commit_key(const struct secret32 *key, struct hash32 *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 content key");
    hash_part(&state, BYTES(key->bytes));
    hash_end_32(&state, out);
}

static struct result append_head(const struct sealed_plan *plan, struct buffer *out)
{
    const uint8_t start[FIRST_READER] = {plan->suite, (uint8_t)plan->count};
    struct hash32 commitment;

    TRY(buffer_append(out, BYTES(start)));
    for (size_t i = 0; i < plan->count; i++) {
        const struct sealed_reader *reader = &plan->readers[i];
        TRY(buffer_append(out, BYTES(reader->key.bytes)));
        TRY(box_seal(BYTES(reader->share.bytes), &reader->key, &reader->ephemeral, out));
    }
    commit_key(&plan->key, &commitment);
    TRY(buffer_append(out, BYTES(commitment.bytes)));
    return buffer_append(out, BYTES(plan->header));
}

static struct result append_chunk(stream *state, struct bytes plain, const struct hash32 *head,
                                  struct buffer *out)
{
    const uint8_t tag = plain.size < SEALED_CHUNK
                            ? (uint8_t)crypto_secretstream_xchacha20poly1305_TAG_FINAL
                            : (uint8_t)crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

    TRY(buffer_reserve(out, plain.size + TAG_SIZE));
    REQUIRE(crypto_secretstream_xchacha20poly1305_push(state, out->data + out->size, NULL,
                                                       plain.data, plain.size, head->bytes,
                                                       sizeof head->bytes, tag) == 0,
            INTERNAL, "sealed.chunk");
    out->size += plain.size + TAG_SIZE;
    return OK;
}

static struct result append_chunks(const struct sealed_plan *plan, struct bytes padded,
                                   const struct hash32 *head, struct buffer *out)
{
    SECRET_STREAM state;

    /* Pushing and pulling begin alike; only this one takes the header that the plan says. */
    REQUIRE(
        crypto_secretstream_xchacha20poly1305_init_pull(&state, plan->header, plan->key.bytes) == 0,
        INTERNAL, "sealed.header");
    for (size_t at = 0; at <= padded.size; at += SEALED_CHUNK) {
        TRY(append_chunk(&state, bytes_slice(padded, at, SEALED_CHUNK), head, out));
    }
    return OK;
}

static struct result append_document(const struct sealed_plan *plan, struct bytes padded,
                                     struct buffer *out)
{
    const size_t start = out->size;

    TRY(append_head(plan, out));
    const struct hash32 head = sha256_of(bytes_slice(buffer_view(out), start, out->size));
    return append_chunks(plan, padded, &head, out);
}

struct result sealed_make(const struct sealed_plan *plan, struct bytes plain, struct buffer *out)
{
    SECRET_BUFFER padded = BUFFER_INIT;
    const uint8_t mark = MARK;
    const size_t size = sealed_padded_size(plain.size);

    REQUIRE(plain.size <= SEALED_PLAIN_MAX, INVALID, "sealed.size");
    TRY(buffer_reserve(&padded, size));
    TRY(buffer_append(&padded, plain));
    TRY(buffer_append(&padded, (struct bytes){&mark, 1}));
    memset(padded.data + padded.size, 0, size - padded.size);
    padded.size = size;
    TRY(buffer_reserve(out, sealed_size(plan->count, plain.size)));
    return append_document(plan, buffer_view(&padded), out);
}

/* --- opening --- */

static struct bytes reader_key(const struct sealed_document *document, size_t index)
{
    return bytes_slice(document->readers, READER_SIZE * index, KEY_SIZE);
}

static struct bytes reader_seal(const struct sealed_document *document, size_t index)
{
    return bytes_slice(document->readers, READER_SIZE * index + KEY_SIZE, SEAL_SIZE);
}

static struct result check_readers(const struct sealed_document *document)
{
    for (size_t i = 1; i < document->count; i++) {
        REQUIRE(bytes_compare(reader_key(document, i - 1), reader_key(document, i)) < 0, MALFORMED,
                "sealed.readers");
    }
    return OK;
}

struct result sealed_parse(struct bytes document, struct sealed_document *out)
{
    REQUIRE(document.size >= FIRST_READER, MALFORMED, "sealed.suite");
    const uint8_t suite = document.data[0];
    const size_t count = document.data[1];

    REQUIRE(suite == SEALED_ANY || suite == SEALED_BOTH, MALFORMED, "sealed.suite");
    REQUIRE(is_count_of_suite(suite, count), MALFORMED, "sealed.readers");
    const size_t head = head_size(count);
    const size_t readers = READER_SIZE * count;
    REQUIRE(document.size >= FIRST_READER + readers, MALFORMED, "sealed.length");
    *out = (struct sealed_document){
        .suite = suite,
        .count = count,
        .readers = bytes_slice(document, FIRST_READER, readers),
        .commitment = bytes_slice(document, FIRST_READER + readers, COMMITMENT_SIZE),
        .header = bytes_slice(document, head - SEALED_HEADER_SIZE, SEALED_HEADER_SIZE),
        .head = bytes_slice(document, 0, head),
        .chunks = bytes_slice(document, head, document.size),
    };
    TRY(check_readers(out));
    REQUIRE(out->chunks.size >= TAG_SIZE, MALFORMED, "sealed.length");
    return OK;
}

static size_t find_reader(const struct sealed_document *document, const struct box_public *key)
{
    size_t index = 0;

    while (index < document->count &&
           !bytes_equal(reader_key(document, index), BYTES(key->bytes))) {
        index++;
    }
    return index;
}

bool sealed_has_reader(const struct sealed_document *document, const struct box_public *key)
{
    return find_reader(document, key) < document->count;
}

struct result sealed_open_seal(const struct sealed_document *document,
                               const struct box_pair *reader, struct secret32 *out)
{
    SECRET_BUFFER opened = BUFFER_INIT;
    const size_t index = find_reader(document, &reader->key);

    REQUIRE(index < document->count, INVALID, "sealed.reader");
    REQUIRE(is_ok(box_open(reader_seal(document, index), reader, &opened)), INVALID,
            "sealed.reader");
    memcpy(out->bytes, opened.data, KEY_SIZE);
    return OK;
}

static void add_share(struct secret32 *key, const struct secret32 *share)
{
    for (size_t k = 0; k < KEY_SIZE; k++) {
        key->bytes[k] ^= share->bytes[k];
    }
}

static struct result require_key(const struct sealed_document *document, const struct secret32 *key)
{
    struct hash32 commitment;

    commit_key(key, &commitment);
    REQUIRE(bytes_equal(BYTES(commitment.bytes), document->commitment), INVALID, "sealed.key");
    return OK;
}

static struct result open_key(const struct sealed_document *document,
                              const struct box_pair *readers, size_t count, struct secret32 *out)
{
    const size_t needed = document->suite == SEALED_BOTH ? 2 : 1;

    REQUIRE(count >= needed, INVALID, "sealed.reader");
    *out = (struct secret32){{0}};
    for (size_t i = 0; i < needed; i++) {
        SECRET_32 share;
        TRY(sealed_open_seal(document, &readers[i], &share));
        add_share(out, &share);
    }
    return require_key(document, out);
}

/* Opens one chunk; the end mark stands in the last one, which alone is shorter. */
static struct result open_chunk(stream *state, struct bytes chunk, const struct hash32 *head,
                                struct buffer *out)
{
    const bool is_last = chunk.size < SEALED_CHUNK + TAG_SIZE;
    unsigned char tag;

    REQUIRE(chunk.size >= TAG_SIZE, INVALID, "sealed.chunk");
    TRY(buffer_reserve(out, chunk.size));
    REQUIRE(crypto_secretstream_xchacha20poly1305_pull(state, out->data + out->size, NULL, &tag,
                                                       chunk.data, chunk.size, head->bytes,
                                                       sizeof head->bytes) == 0,
            INVALID, "sealed.chunk");
    REQUIRE(is_last == (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL), INVALID,
            "sealed.chunk");
    out->size += chunk.size - TAG_SIZE;
    return OK;
}

static struct result open_chunks(const struct sealed_document *document, const struct secret32 *key,
                                 struct buffer *out)
{
    SECRET_STREAM state;
    const struct hash32 head = sha256_of(document->head);
    const size_t step = SEALED_CHUNK + TAG_SIZE;
    const size_t size = document->chunks.size;

    REQUIRE(crypto_secretstream_xchacha20poly1305_init_pull(&state, document->header.data,
                                                            key->bytes) == 0,
            INTERNAL, "sealed.header");
    REQUIRE(size % step != 0, INVALID, "sealed.chunk");
    for (size_t at = 0; at < size; at += step) {
        TRY(open_chunk(&state, bytes_slice(document->chunks, at, step), &head, out));
    }
    return OK;
}

/* Only the smallest padding is right, so that a document has one form. */
static struct result strip_padding(struct buffer *padded)
{
    size_t size = padded->size;

    while (size > 0 && padded->data[size - 1] == 0) {
        size--;
    }
    REQUIRE(size > 0 && padded->data[size - 1] == MARK, INVALID, "sealed.padding");
    REQUIRE(sealed_padded_size(size - 1) == padded->size, INVALID, "sealed.padding");
    padded->size = size - 1;
    return OK;
}

static struct result open_plain(const struct sealed_document *document, const struct secret32 *key,
                                struct buffer *out)
{
    SECRET_BUFFER padded = BUFFER_INIT;

    TRY(buffer_reserve(&padded, document->chunks.size));
    TRY(open_chunks(document, key, &padded));
    TRY(strip_padding(&padded));
    return buffer_append(out, buffer_view(&padded));
}

struct result sealed_open(const struct sealed_document *document, const struct box_pair *readers,
                          size_t count, struct buffer *out)
{
    SECRET_32 key;

    TRY(open_key(document, readers, count, &key));
    return open_plain(document, &key, out);
}

struct result sealed_open_shares(const struct sealed_document *document,
                                 const struct secret32 *first, const struct secret32 *second,
                                 struct buffer *out)
{
    SECRET_32 key = *first;

    REQUIRE(document->suite == SEALED_BOTH, INVALID, "sealed.suite");
    add_share(&key, second);
    TRY(require_key(document, &key));
    return open_plain(document, &key, out);
}
