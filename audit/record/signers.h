/*
 * signers.h - who must sign a statement, who has, and whether they may.
 *
 * A row of the table says who signs by roles; here they become persons and keys as the state
 * knows them at this place of the log. Lines stand in the row's order, each by another person.
 * Protocol section 3. UNAUTHORIZED: "signers.count", "signers.unknown" (not a confirmed person),
 * "signers.revoked", "signers.role", "signers.person" (another person must sign here),
 * "signers.distinct"; `at` is the signature line from 1.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "primitive/signer.h"
#include "record/record.h"
#include "record/types.h"

struct signing {
    struct record_signer signed_by[RECORD_SIGNERS_MAX];
    size_t signed_count;
    struct record_signer missing[RECORD_SIGNERS_MAX];
    size_t missing_count;
    struct signer keys[RECORD_SIGNERS_MAX]; /* of the lines that stand */
};

/*
 * Finds the signer of every line. `partial` lets lines be missing, in any place of the order.
 * Does not verify signatures: statement_verify() does, with the keys found.
 */
MUST_CHECK struct result signers_match(const struct fold *fold, bool partial, struct signing *out);

/* Of all keys, so that the writer sees whether they are still those that were verified with. */
struct hash32 signers_key_hash(const struct signing *signing);
