/*
 * checkpoint.h - the signed size and root of a log.
 *
 *     <origin> LF <size> LF <base64 root> LF        then the log's signature line, then witnesses'
 *
 * The key name of the log's line is the origin. Log-formats 3.3; cosignatures: signed_note.h.
 */
#pragma once

#include "log/merkle.h"
#include "log/signed_note.h"

struct checkpoint {
    struct bytes origin; /* a view into the text it was read from */
    struct merkle_head head;
};

MUST_CHECK struct result checkpoint_write(const struct checkpoint *checkpoint, struct buffer *out);
/* Reads the three lines, no more. MALFORMED "checkpoint.form". */
MUST_CHECK struct result checkpoint_parse(struct bytes text, struct checkpoint *out);

/*
 * Appends the whole note. `secret` is the key of `log`, whose name is the origin: whoever calls
 * this has stored the head and knows that it continues every earlier one.
 */
MUST_CHECK struct result checkpoint_sign(const struct merkle_head *head, const struct vkey *log,
                                         const struct secret_key *secret, struct buffer *out);

/*
 * Reads a checkpoint and verifies the log's signature. MALFORMED as signed_note_parse and
 * checkpoint_parse; INVALID "checkpoint.origin"; UNAUTHORIZED "checkpoint.signature".
 */
MUST_CHECK struct result checkpoint_open(struct bytes note, const struct vkey *log,
                                         struct checkpoint *out);
