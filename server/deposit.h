/*
 * deposit.h - sealed parts that the service stores before the log names them.
 *
 * So an objection that the log has is whole. What is stored for a text that never came, because
 * it was refused or the plug was pulled, is taken back: each deposit leaves a trail, a file of
 * hashes in <data>/deposits, which is looked through when it is closed and when the service starts.
 * Only what no entry names is destroyed.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

struct deposit;
struct documents;
struct readers;

struct deposit_place {
    const char *folder; /* of the trails; a view that lives as long */
    struct documents *documents;
    struct readers *readers;
};

/* Makes the folder if need be, and takes back what was left. "config.data", or as reading fails. */
MUST_CHECK struct result deposits_sweep(const struct deposit_place *place);

MUST_CHECK struct result deposit_begin(const struct deposit_place *place, struct deposit **out);
/* Durable once it returns; a sealed document of this hash. As upload_begin and upload_finish. */
MUST_CHECK struct result deposit_store(struct deposit *deposit, const struct hash32 *hash,
                                       struct bytes document);
/* Takes back what no entry names. NULL is allowed. */
void deposit_close(struct deposit *deposit);
