/*
 * place.h - a log at a place that a person names: a URL, or a directory it was exported to.
 */
#pragma once

#include <stdbool.h>

#include "base/result.h"
#include "verifier/archive.h"

/*
 * A log at a URL is first copied into a directory of its own, named for the person to keep or
 * delete; *copied says so. Failures are those of mirror_log; STORAGE_FAILED "file.folder".
 */
MUST_CHECK struct result place_open(const char *place, struct archive *out, bool *copied);
/* The same into `archive`, whose directory is the caller's. */
MUST_CHECK struct result place_copy(const char *url, const struct archive *archive);
