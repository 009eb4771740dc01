/*
 * note.h - C2SP signed-note: key ids, verifier keys as text, signature lines.
 *
 *     key id = SHA-256(name LF type public)[0..3]
 *     vkey   = name+hex(key id)+base64(type public)
 *     line   = "— " name " " base64(key id, signature) LF
 *
 * Types: 01 Ed25519 over the text, 04 timestamped cosignature, FF a long name of ours.
 * Protocol section 3, log formats 3.1.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/signature.h"

enum {
    NOTE_NAME_MAX = 64,    /* key names of statements */
    NOTE_ORIGIN_MAX = 255, /* key names of logs and witnesses */
    NOTE_LINES_MAX = 64,
    NOTE_ED25519 = 0x01,
    NOTE_COSIGNATURE = 0x04,
    NOTE_PRIVATE = 0xff,
};

struct note_key_id {
    uint8_t bytes[4];
};

struct note_key {
    char name[NOTE_ORIGIN_MAX + 1];
    uint8_t type; /* NOTE_ED25519 or NOTE_COSIGNATURE */
    struct sign_public key;
    struct note_key_id id;
};

/* One signature line, as views into the note. */
struct note_line {
    struct bytes name;
    struct bytes encoded; /* base64 of key id and signature */
};

void note_key_id_of(struct bytes name, uint8_t type, struct bytes key, struct note_key_id *out);
/* The key id of a ballot's ring: type FF, "xiling/ring/v1", then M. */
void note_ring_id(struct bytes name, const uint8_t manifest[static 32], struct note_key_id *out);

/* Whether a key may be called so: 1..255 bytes of UTF-8 without space, plus or control. */
bool note_name_is_valid(struct bytes name);
/* INVALID note.name if too long. */
MUST_CHECK struct result note_key_make(struct bytes name, uint8_t type,
                                       const struct sign_public *key, struct note_key *out);
/* MALFORMED note.key: form, name, key id or type (01 and 04 are known), or a refused public key. */
MUST_CHECK struct result note_key_parse(struct bytes vkey, struct note_key *out);
MUST_CHECK struct result note_key_print(const struct note_key *key, struct buffer *out);

/* Appends one signature line. `signature` are the bytes after the key id. */
MUST_CHECK struct result note_append_line(struct buffer *note, struct bytes name,
                                          const struct note_key_id *id, struct bytes signature);
/*
 * Appends the line of an Ed25519 signature (type 01) over `text`. The key id is made from `name`.
 */
MUST_CHECK struct result note_sign(struct buffer *note, struct bytes text, struct bytes name,
                                   const struct sign_secret *secret);
/* Splits "— name base64" (without LF); MALFORMED note.line. Looks at neither name nor base64. */
MUST_CHECK struct result note_line_parse(struct bytes line, struct note_line *out);
/* Appends the signature behind the key id; MALFORMED note.base64 (also if under 5 bytes). */
MUST_CHECK struct result note_line_decode(const struct note_line *line, struct note_key_id *id,
                                          struct buffer *signature);
