/*
 * note.h - signed notes as logs and witnesses exchange them, and the keys that verify them.
 *
 *     note = text LF { "— " <key name> " " <base64(key id, signature)> LF }
 *
 * Strangers' signature lines are skipped; a line of a known key must verify, or the whole note is
 * refused. (A statement is a note too, but with exactly the lines its row asks for: see
 * protocol/statement.h.) Log-formats 3.1.
 */
#pragma once

#include "base/bytes.h"
#include "primitive/signature.h"

#define KEY_NAME_MAX     128
#define NOTE_LINES_MAX   100
#define NOTE_SIZE_MAX    1000000
#define NOTE_DECODED_MAX 8192 /* bytes of one decoded signature line */

enum key_type {
    KEY_ED25519 = 0x01,
    KEY_COSIGNATURE = 0x04, /* Ed25519 over a checkpoint with a time */
};

/* A verifier key: <name>+<8 hex of the id>+<base64(type, public key)>. Owns nothing. */
struct vkey {
    size_t name_size;
    uint8_t name[KEY_NAME_MAX];
    enum key_type type;
    uint8_t id[4];
    struct public_key key;
};

/* MALFORMED "vkey.name": empty, too long, not UTF-8, a plus sign or any white space in it. */
MUST_CHECK struct result vkey_make(struct bytes name, enum key_type type,
                                   const struct public_key *key, struct vkey *out);
/* MALFORMED "vkey.form", "vkey.name", "vkey.id" (does not belong to the key), "vkey.key". */
MUST_CHECK struct result vkey_parse(struct bytes text, struct vkey *out);
MUST_CHECK struct result vkey_write(const struct vkey *vkey, struct buffer *out);
struct bytes vkey_name(const struct vkey *vkey);
bool vkey_equal(const struct vkey *a, const struct vkey *b);

struct note {
    struct bytes text;  /* what is signed: ends in LF */
    struct bytes lines; /* all signature lines, each with its LF */
};

/* One signature line: views into the note, and what its base64 holds. */
struct note_line {
    struct bytes name;
    uint8_t id[4];
    size_t signature_size;
    uint8_t signature[NOTE_DECODED_MAX];
};

/* MALFORMED "note.form" (at: the line), and no signature is looked at. */
MUST_CHECK struct result note_parse(struct bytes raw, struct note *out);
/* Takes the first line off `lines`, which is not empty. */
MUST_CHECK struct result note_next_line(struct bytes *lines, struct note_line *out);

/* What a note says for one of the keys it was asked about. */
struct note_seal {
    bool verified;
    uint64_t time; /* of a cosignature */
};

/*
 * Verifies the line of each key the note has one of. Fails UNAUTHORIZED "note.signature" if a
 * known key's line does not verify, "note.unsigned" if no line is of a known key.
 */
MUST_CHECK struct result note_verify(const struct note *note, const struct vkey *keys, size_t count,
                                     struct note_seal *seals);

/* Appends one signature line: of the text by a log key, or of a cosignature (with a time > 0). */
MUST_CHECK struct result note_append_signature(struct buffer *out, const struct vkey *vkey,
                                               struct bytes signature);
