/*
 * opened.h - a trustee's memory of what was opened: for each manifest, the one sums hash.
 *
 * A file beside the key, a line `<M> <sums hash>` in hex for each election. It is written and
 * flushed before a share leaves the device; afterwards no other sums are ever opened for that
 * manifest. Protocol section 6, Close, shares, result.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"

/*
 * Notes durably in the file `path` that these sums of this election are opened; does nothing if
 * they stand there. CONFLICT "share.other" if other sums of it do; "file.…" if it cannot be kept.
 */
MUST_CHECK struct result opened_remember(const char *path, const struct hash32 *manifest,
                                         const struct hash32 *sums);
