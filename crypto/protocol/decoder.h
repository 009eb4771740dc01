/*
 * decoder.h - from T·G back to the counts of votes in each grade.
 *
 * T is the sum of n_g·1024^(g-1) with n_1 + … at most the number of ballots, so the counts are the
 * digits of T and unique. The multiples made by all grades but the highest stand in a sorted table
 * (for 600 ballots and three grades 601 of them); the highest grade is counted down from T·G, one
 * subtraction and one search a step. Variable time: counts are public. Protocol section 6.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "primitive/group.h"
#include "protocol/election.h"

struct decoder_entry {
    struct point point;
    uint16_t counts[GRADES_MAX]; /* of grades below the highest */
    uint16_t sum;
};

struct decoder {
    struct decoder_entry *entries; /* owned, ascending by the point's bytes */
    size_t entry_count;
    size_t grade_count;
    uint64_t ballots;
    struct point step; /* weight of the highest grade times G */
};

#define AUTO_DECODER __attribute__((cleanup(decoder_free))) struct decoder

/* OUT_OF_MEMORY, or INVALID tally.counts if there would be more vectors than the protocol allows.
 */
MUST_CHECK struct result decoder_begin(size_t grade_count, uint64_t ballots, struct decoder *out);
void decoder_free(struct decoder *decoder);
/* Fills votes[0 … grade_count - 1], those of grade 0 included. */
MUST_CHECK struct result decoder_find(const struct decoder *decoder, const struct point *total,
                                      uint64_t votes[static GRADES_MAX], bool *is_found);
