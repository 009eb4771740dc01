/*
 * proposed_file.h - a sealed file that a waiting proposal names, before the log does.
 *
 * Two handlers release a summary or file a report; the second reads it before signing, so its bytes
 * may come as soon as the first has signed. Only the handlers of that case read it until then.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

struct record;

struct proposed_file {
    struct hash32 objection;
    uint64_t size;
};

/* NOT_FOUND "document.unnamed". */
MUST_CHECK struct result proposed_file_find(struct record *record, const struct hash32 *file,
                                            struct proposed_file *out);
/* Handlers who have declared 无 on the case. */
MUST_CHECK struct result proposed_file_may_read(struct record *record, struct bytes person,
                                                const struct hash32 *file, bool *out);
