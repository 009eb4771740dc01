/*
 * verify.h - the whole verification of an archived log, steps V1 to V21.
 *
 * Starts from the pin and the archive and from nothing else. A log that does not hold is not a
 * failure of this function: it is a finding. What fails is an archive that cannot be read, or an
 * opening that opens nothing.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "log/policy.h"
#include "verifier/archive.h"
#include "verifier/findings.h"

/* What a verifier knows beforehand, from paper or from a person. */
struct pin {
    struct vkey log;
    bool has_genesis;
    struct hash32 genesis; /* SHA-256 of the text of entry 0 */
};

struct verification {
    const struct archive *archive;
    const struct pin *pin;
    const struct policy *policy;   /* witnesses; NULL: none known */
    struct bytes older_checkpoint; /* a checkpoint note the verifier kept; empty: none */
    struct bytes openings;         /* text of openings.h; empty: none given */
    unsigned threads;              /* for the proofs of ballots; 0: none of their own */
};

MUST_CHECK struct result verify_archive(const struct verification *verification,
                                        struct findings *out);

/*
 * The same, and hands the folded record on: for devices that act on what they verified. *out stays
 * NULL if the log does not hold.
 */
MUST_CHECK struct result verify_and_keep(const struct verification *verification,
                                         struct findings *findings, struct replay **out);
