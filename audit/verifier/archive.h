/*
 * archive.h - an exported log: a directory laid out as the log is served.
 *
 *     checkpoint                     the signed checkpoint (with cosignatures, if any)
 *     vkey                           the log's verifier key: a copy of the pin, not a proof of it
 *     tile/<L>/<N>[.p/<W>]           hash tiles
 *     tile/entries/<N>[.p/<W>]       entry bundles
 *
 * Reading checks form only. What the files say is checked by verify.h.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "log/merkle.h"
#include "log/tile.h"

struct archive {
    char directory[3072]; /* without a slash at the end */
};

/* INVALID "archive.path" if the path is too long. Opens nothing. */
MUST_CHECK struct result archive_at(const char *directory, struct archive *out);

/* Replaces *out by the file of this name. NOT_FOUND "archive.missing". */
MUST_CHECK struct result archive_read(const struct archive *archive, const char *name,
                                      struct buffer *out);
MUST_CHECK struct result archive_read_tile(const struct archive *archive, const struct tile *tile,
                                           struct buffer *out);
MUST_CHECK struct result archive_write(const struct archive *archive, const char *name,
                                       struct bytes contents);

/* Called for each entry in order, with its index. */
typedef struct result archive_visit(void *context, uint64_t index, struct bytes entry);

/*
 * The entries [0, size) from the bundles. MALFORMED "bundle.form" with the index in `at` if a
 * bundle is cut, too long or too short. Stops at the first failure of `visit`, which it returns.
 */
MUST_CHECK struct result archive_each(const struct archive *archive, uint64_t size,
                                      archive_visit *visit, void *context);
