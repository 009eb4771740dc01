/*
 * pinned.h - keys and hashes as a command line gives them: a file, or the text itself.
 */
#pragma once

#include "base/result.h"
#include "log/policy.h"
#include "verifier/archive.h"
#include "verifier/options.h"
#include "verifier/verify.h"

/* The verifier key that `given` is or that the file of this name holds. */
MUST_CHECK struct result pinned_key(const char *given, struct vkey *out);

/*
 * The pin from --vkey and --genesis; without --vkey the archive's own copy, and *borrowed is true:
 * such a verification shows that the log agrees with itself, not that it is the log one meant.
 */
MUST_CHECK struct result pinned_of(const struct options *options, const struct archive *archive,
                                   struct pin *out, bool *borrowed);

/* --policy, if given: *text owns what *policy views. *has says whether it was given. */
MUST_CHECK struct result pinned_policy(const struct options *options, struct buffer *text,
                                       struct policy *policy, bool *has);

/* --threads, at most 64; without it one for each processor: ballots are verified beside each other.
 */
MUST_CHECK struct result pinned_threads(const struct options *options, unsigned *out);
