/*
 * status_ask.h - who asks for a case: whoever holds its receipt code, shown by a signature.
 *
 * The code stays on the device: it derives a key, and the key signs a `status.ask`, which is never
 * logged. A code that is wrong and one that never was look alike. Protocol section 8.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

struct record;

/*
 * The case of the key that signed. NOT_FOUND "status.unknown" if there is none; INVALID
 * "status.type" for another statement; else as record_check refuses.
 */
MUST_CHECK struct result status_find(struct record *record, struct bytes note, uint64_t now,
                                     struct hash32 *objection);
