/*
 * entry.h - what the log holds: a time line and a note; and entries framed in bundles.
 *
 *     entry = "xiling/entry/v1 " <time> LF <note>
 *
 * A bundle is entries in order, each preceded by its length in two big-endian bytes, as served
 * under tile/entries. Protocol section 9, log-formats 3.6.
 */
#pragma once

#include "base/bytes.h"
#include "protocol/statement.h" /* ENTRY_SIZE_MAX */

struct entry {
    uint64_t time;     /* seconds since 1970 */
    struct bytes note; /* text, blank line, signature lines: a view into the entry */
};

/* Appends the entry. "entry.size" if it would be longer than ENTRY_SIZE_MAX. */
MUST_CHECK struct result entry_write(const struct entry *entry, struct buffer *out);

/* MALFORMED "entry.size", "entry.form", "entry.time". Does not look into the note, which is not
 * empty. */
MUST_CHECK struct result entry_parse(struct bytes raw, struct entry *out);

/* Appends one framed entry of at most ENTRY_SIZE_MAX bytes. */
MUST_CHECK struct result bundle_append(struct buffer *bundle, struct bytes entry);

/* Takes the first entry off `rest`, which is not empty. MALFORMED "bundle.form" if it is cut. */
MUST_CHECK struct result bundle_next(struct bytes *rest, struct bytes *entry);
