/*
 * signed_note.h - signed notes as logs and witnesses exchange them.
 *
 *     note = text LF { "— " <key name> " " <base64(key id, signature)> LF }
 *
 * Strangers' signature lines are skipped; a line of a known key must verify, or the whole note is
 * refused. (A statement is a note too, but carries exactly the lines its row asks for: see
 * protocol/statement.h.) Log-formats 3.1; keys: vkey.h.
 */
#pragma once

#include "base/bytes.h"
#include "log/vkey.h"

#define SIGNED_NOTE_LINES_MAX 100
#define SIGNED_NOTE_SIZE_MAX  1000000

struct signed_note {
    struct bytes text;  /* what is signed: ends in LF */
    struct bytes lines; /* all signature lines, each with its LF */
};

/* The syntax of all lines, no signature. MALFORMED "note.form" (`at`: the line, from 1). */
MUST_CHECK struct result signed_note_parse(struct bytes raw, struct signed_note *out);

/* What a note says for one of the keys it was asked about. */
struct note_seal {
    bool verified;
    uint64_t time; /* of a cosignature, seconds since 1970 */
};

/*
 * Verifies the line of each key the note has one of, and writes one seal a key. UNAUTHORIZED
 * "note.signature" if a known key's line does not verify, "note.unsigned" if no line is of a known
 * key. A second line of the same key is not looked at.
 */
MUST_CHECK struct result signed_note_verify(const struct signed_note *note,
                                            const struct vkey *const keys[], size_t count,
                                            struct note_seal seals[]);

/*
 * Verifies what stands behind the key id: an Ed25519 signature over the text, or, for a
 * VKEY_COSIGNATURE key, be64 time and an Ed25519 signature over time and text.
 * UNAUTHORIZED "note.signature".
 */
MUST_CHECK struct result note_signature_verify(const struct vkey *key, struct bytes text,
                                               struct bytes signature, struct note_seal *out);

/*
 * Appends a VKEY_COSIGNATURE key's line for the three lines of a checkpoint; `time` is above 0.
 * Log-formats 3.8.
 */
MUST_CHECK struct result cosignature_append(struct buffer *out, struct bytes text,
                                            const struct vkey *witness,
                                            const struct secret_key *secret, uint64_t time);
