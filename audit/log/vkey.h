/*
 * vkey.h - a key of a log or a witness, and the text it is handed around as.
 *
 *     <name>+<8 hex digits of the key id>+<base64(type, public key)>
 *
 * Log-formats 3.1; key ids: primitive/signer.h.
 */
#pragma once

#include "base/bytes.h"
#include "primitive/signer.h"

#define VKEY_NAME_MAX         255
#define VKEY_FINGERPRINT_SIZE 14

enum vkey_type {
    VKEY_ED25519 = 0x01,
    VKEY_COSIGNATURE = 0x04, /* Ed25519 over a checkpoint with a time */
};

/* Owns nothing. */
struct vkey {
    size_t name_size;
    uint8_t name[VKEY_NAME_MAX];
    enum vkey_type type;
    struct public_key key;
    struct key_id id;
};

/* MALFORMED "vkey.name", "vkey.key". */
MUST_CHECK struct result vkey_make(struct bytes name, enum vkey_type type,
                                   const struct public_key *key, struct vkey *out);
/* MALFORMED "vkey.form", "vkey.name", "vkey.key", "vkey.id" (it does not belong to the key). */
MUST_CHECK struct result vkey_parse(struct bytes text, struct vkey *out);
MUST_CHECK struct result vkey_write(const struct vkey *vkey, struct buffer *out);

/*
 * What a poster prints and people compare: 12 Crockford characters in groups of four ("M7TD 20QX
 * 5KRE"), the first of the short code of SHA-256 of the written key; ends in a zero byte.
 */
MUST_CHECK struct result vkey_print_fingerprint(const struct vkey *vkey,
                                                char out[static VKEY_FINGERPRINT_SIZE + 1]);

struct bytes vkey_name(const struct vkey *vkey); /* a view into the key */
/* 1..255 bytes of UTF-8 without plus sign, control or any Unicode white space (so no U+3000). */
bool vkey_name_is_valid(struct bytes name);
bool vkey_equal(const struct vkey *a, const struct vkey *b);
