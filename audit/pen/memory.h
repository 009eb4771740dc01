/*
 * memory.h - what a device must not forget, kept in a file beside the key it belongs to.
 *
 * Lines of two hashes in hex: what the memory is about, and what was done. A trustee keeps for each
 * manifest the one sums hash it opened; a voter keeps for which manifests it has made a ballot. A
 * line is written and flushed before anything signed leaves the device. Protocol section 6.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"

/*
 * Keeps durably that `what` was done about `about`; does nothing if that stands there. CONFLICT
 * with `rule` if something else does; "file.…" if it cannot be kept.
 */
MUST_CHECK struct result memory_keep(const char *path, const struct hash32 *about,
                                     const struct hash32 *what, const char *rule);

/* Whether anything is kept about `about`. A file that is not there holds nothing. */
MUST_CHECK struct result memory_has(const char *path, const struct hash32 *about, bool *out);
