/*
 * mirror.h - a copy of a served log on disk, as an archive.
 *
 * What is already there and of full size is not fetched again, so an interrupted copy goes on, and
 * a later one fetches what is new. The checkpoint is written last: a directory with a checkpoint is
 * complete up to it. Whether the log holds is another question: verify.h.
 */
#pragma once

#include "base/result.h"
#include "verifier/archive.h"
#include "verifier/fetch.h"

/* `url` is the service's address, such as https://host (the log is below /log). */
MUST_CHECK struct result mirror_log(struct fetch *fetch, const char *url,
                                    const struct archive *archive);
