/*
 * sealed.h - the sealed document: a file that only its readers can open.
 *
 *     suite | u8 readers | readers ascending: box key[32] | seal[80]
 *     | H32("xiling/v1 content key", key) | stream header[24] | chunks of 65,536 + 17 bytes
 *
 * Suite 1: each reader alone opens it. Suite 2: exactly two readers, and only both together
 * (each opens a share, the key is their XOR). Plain bytes are padded with 0x80 and zeros to
 * 65,536 * 2^k bytes. Protocol section 8.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "primitive/box.h"

enum {
    SEALED_ANY = 1,  /* suite 0x01 */
    SEALED_BOTH = 2, /* suite 0x02 */
    SEALED_READERS_MAX = 32,
    SEALED_CHUNK = 65536,
    SEALED_HEADER_SIZE = 24,
};
#define SEALED_PLAIN_MAX ((size_t)50 << 20)

struct sealed_reader {
    struct box_public key;
    struct secret32 ephemeral; /* for this document only */
    struct secret32 share;     /* suite 2: what this reader's seal holds */
};

/* Everything random in a document; sealed_plan_draw() draws it, vectors give it. */
struct sealed_plan {
    uint8_t suite;
    size_t count;
    struct sealed_reader readers[SEALED_READERS_MAX]; /* ascending by key */
    struct secret32 key;
    uint8_t header[SEALED_HEADER_SIZE];
};

#define SECRET_PLAN __attribute__((cleanup(sealed_plan_wipe))) struct sealed_plan

void sealed_plan_wipe(struct sealed_plan *plan);
/* Sorts the readers and draws keys; INVALID sealed.readers for a bad number, key or repetition. */
MUST_CHECK struct result sealed_plan_draw(uint8_t suite, const struct box_public *readers,
                                          size_t count, struct sealed_plan *out);
size_t sealed_padded_size(size_t plain);
/* The size of the whole document. */
size_t sealed_size(size_t readers, size_t plain);
/* Appends the document. INVALID sealed.size above 50 MiB. */
MUST_CHECK struct result sealed_make(const struct sealed_plan *plan, struct bytes plain,
                                     struct buffer *out);

/*
 * What a document says before it is opened, as views into it. Everybody can check it:
 * MALFORMED sealed.suite, sealed.readers or sealed.length, in this order.
 */
struct sealed_document {
    uint8_t suite;
    size_t count;
    struct bytes readers; /* count times key[32] and seal[80] */
    struct bytes commitment;
    struct bytes header;
    struct bytes head; /* all before the first chunk */
    struct bytes chunks;
};
MUST_CHECK struct result sealed_parse(struct bytes document, struct sealed_document *out);
bool sealed_has_reader(const struct sealed_document *document, const struct box_public *key);

/* What one reader's seal holds: the content key (suite 1) or a share. INVALID sealed.reader. */
MUST_CHECK struct result sealed_open_seal(const struct sealed_document *document,
                                          const struct box_pair *reader, struct secret32 *out);
/*
 * Appends the plain bytes, using one reader (suite 1) or both (suite 2). INVALID sealed.reader,
 * sealed.key, sealed.chunk or sealed.padding, in this order; *out is then as before.
 */
MUST_CHECK struct result sealed_open(const struct sealed_document *document,
                                     const struct box_pair *readers, size_t count,
                                     struct buffer *out);
/*
 * The same of suite 2, with the two shares instead of the keys: whoever may read an identity has
 * them from two keepers. INVALID sealed.suite for another suite.
 */
MUST_CHECK struct result sealed_open_shares(const struct sealed_document *document,
                                            const struct secret32 *first,
                                            const struct secret32 *second, struct buffer *out);
