/*
 * key_file.h - a signing key of a service or a witness in one file, readable by its owner only.
 *
 *     PRIVATE+KEY+<name>+<8 hex of the key id>+<base64(type, seed)>
 *
 * One line, in the form of Go's note package. Log-formats 3.1.
 */
#pragma once

#include "log/vkey.h"
#include "primitive/signature.h"

/* CONFLICT "config.exists" if the file stands, MALFORMED "vkey.name". */
MUST_CHECK struct result key_file_create(const char *path, struct bytes name, enum vkey_type type);
/* NOT_FOUND "identity.missing", UNAUTHORIZED "identity.mode" (others may read it), MALFORMED
 * "identity.form" (another type's key included). */
MUST_CHECK struct result key_file_load(const char *path, enum vkey_type type, struct vkey *vkey,
                                       struct secret_key *secret);
