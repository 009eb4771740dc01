/*
 * seen.h - the newest checkpoint that a device has seen of a log, kept in a file beside its key.
 *
 * A log that is given later must continue it: whoever hands a trustee a shorter log or another one
 * is found out before anything is signed. Protocol section 6.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "log/vkey.h"

/* The checkpoint's note, appended to `out`; nothing if none is kept. `beside` names the key file.
 */
MUST_CHECK struct result seen_load(const char *beside, const struct vkey *log, struct buffer *out);
/* Durably, in place of the one before; the caller has verified that it continues that one. */
MUST_CHECK struct result seen_keep(const char *beside, const struct vkey *log,
                                   struct bytes checkpoint);
