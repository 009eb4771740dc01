/*
 * cycle.h - one award year: its quorum, its runoffs, and the lines every first round copies.
 *
 * What the governing document leaves open is written here, with the number of the document that
 * decides it. Protocol section 6; rules C3 to C8.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

struct cycle {
    uint64_t quorum_numerator; /* of the appointed, at least */
    uint64_t quorum_denominator;
    uint64_t runoffs;
};

/* NOT_FOUND "cycle.unknown". */
MUST_CHECK struct result cycle_load(struct record *record, struct bytes id, struct cycle *out);
/* Appends the lines 等次, 限额, 席位, 通过 of the cycle as they stand in its text. */
MUST_CHECK struct result cycle_load_lines(struct record *record, struct bytes id,
                                          struct buffer *out);
/* Appends the same lines of any statement that has them. */
MUST_CHECK struct result cycle_copy_lines(const struct statement *statement, struct buffer *out);
/* The smallest quorum the cycle allows for so many appointed. */
uint64_t cycle_quorum(const struct cycle *cycle, uint64_t appointed);
