/*
 * cycle.h - one award year: its quorum, its runoffs, and the lines every first round copies.
 *
 * What the governing document leaves open is written here, with the number of the document that
 * decides it. Protocol section 6; rules C3 to C8.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

/* The words of 换人后: what a change of a team does to a report that is not complete. */
#define AFTER_CHANGE_STANDS "保留"
#define AFTER_CHANGE_AGAIN  "重签"

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
/* Whether a change of a team makes an open report void (重签); else what is signed stands (保留).
 */
MUST_CHECK struct result cycle_signs_again(struct record *record, struct bytes id, bool *out);
/* The smallest quorum the cycle allows for so many appointed. */
uint64_t cycle_quorum(const struct cycle *cycle, uint64_t appointed);
