/*
 * signer.h - who signs a note, and the lines that say so.
 *
 *     key id = SHA-256(name LF type public)[0..3]
 *     line   = "— " name " " base64(key id, signature) LF
 *
 * Types: 01 Ed25519 over the text, FF a long name of ours. The C2SP signed note as statements use
 * it; keys of logs and witnesses stand in audit/log/vkey.h. Protocol section 3.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "primitive/signature.h"

enum { SIGNER_NAME_MAX = 64 };

struct key_id {
    uint8_t bytes[4];
};

/* A person (or `objector`, `service`) with the key whose signature is expected. */
struct signer {
    size_t name_size;
    uint8_t name[SIGNER_NAME_MAX];
    struct public_key key;
    struct key_id id; /* for type 01 */
};

/* One signature line, as views into the note. */
struct signature_line {
    struct bytes name;
    struct bytes encoded; /* base64 of key id and signature */
};

void key_id_of(struct bytes name, uint8_t type, struct bytes key, struct key_id *out);
/* The key id of a ballot's line: name `ring`, type FF "xiling/ring/v1", then M. */
void key_id_of_ring(const struct hash32 *manifest, struct key_id *out);

/* 1..64 bytes, no space, plus or LF. */
bool signer_name_is_valid(struct bytes name);
/* INVALID signer.name. */
MUST_CHECK struct result signer_make(struct bytes name, const struct public_key *key,
                                     struct signer *out);

/* Appends one signature line; `signature` are the bytes behind the key id. */
MUST_CHECK struct result signature_line_append(struct buffer *note, struct bytes name,
                                               const struct key_id *id, struct bytes signature);
/* Signs `text` (Ed25519, type 01) and appends the line. */
MUST_CHECK struct result signature_line_sign(struct buffer *note, struct bytes text,
                                             struct bytes name, const struct secret_key *secret);
/* Splits "— name base64" (no LF); MALFORMED signature.line. Looks at neither name nor base64. */
MUST_CHECK struct result signature_line_parse(struct bytes line, struct signature_line *out);
/* Appends the signature behind the key id; MALFORMED signature.base64 (also if under 5 bytes). */
MUST_CHECK struct result signature_line_decode(const struct signature_line *line, struct key_id *id,
                                               struct buffer *signature);
