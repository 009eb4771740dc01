#include "protocol/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "primitive/elgamal.h"

/* Vectors of `places` counts that add up to at most `ballots`; 0 if beyond the protocol's limit. */
static size_t count_entries(uint64_t ballots, size_t places)
{
    uint64_t count = 1;

    for (uint64_t k = 1; k <= places; k++) {
        count = count * (ballots + k) / k;
        if (count > TALLY_VECTORS_MAX) {
            return 0;
        }
    }
    return (size_t)count;
}

static int compare_entries(const void *a, const void *b)
{
    const struct decoder_entry *const left = a;
    const struct decoder_entry *const right = b;

    return memcmp(left->point.bytes, right->point.bytes, POINT_SIZE);
}

/*
 * Every entry with one vote more in `grade`, for all entries made so far and all votes the ballots
 * allow: the table grows grade by grade, each entry one addition away from an earlier one.
 */
static struct result extend(struct decoder *decoder, size_t grade, const struct point *weight)
{
    for (size_t from = 0; from < decoder->entry_count; from++) {
        const struct decoder_entry *const last = &decoder->entries[from];
        struct decoder_entry *const next = &decoder->entries[decoder->entry_count];

        if (last->sum == decoder->ballots) {
            continue;
        }
        *next = *last;
        next->counts[grade]++;
        next->sum++;
        TRY(point_add(&last->point, weight, &next->point));
        decoder->entry_count++;
    }
    return OK;
}

struct result decoder_begin(size_t grade_count, uint64_t ballots, struct decoder *out)
{
    const size_t size = count_entries(ballots, grade_count - 2);
    uint64_t weight = 1;

    *out = (struct decoder){.grade_count = grade_count, .ballots = ballots};
    REQUIRE(ballots < 1024 && size > 0 && count_entries(ballots, grade_count - 1) > 0, INVALID,
            "tally.counts");
    out->entries = calloc(size, sizeof *out->entries);
    REQUIRE(out->entries != NULL, OUT_OF_MEMORY, "tally.memory");
    out->entry_count = 1; /* no votes at all: the identity */
    for (size_t grade = 1; grade + 1 < grade_count; grade++) {
        struct point step;
        TRY(elgamal_message(weight, &step));
        TRY(extend(out, grade, &step));
        weight *= 1024;
    }
    qsort(out->entries, out->entry_count, sizeof *out->entries, compare_entries);
    return elgamal_message(weight, &out->step);
}

void decoder_free(struct decoder *decoder)
{
    free(decoder->entries);
    *decoder = (struct decoder){0};
}

/* The entry that together with `highest` votes of the highest grade makes a possible vector. */
static const struct decoder_entry *search(const struct decoder *decoder, const struct point *rest,
                                          uint64_t highest)
{
    const struct decoder_entry key = {.point = *rest};
    const struct decoder_entry *const entry = bsearch(&key, decoder->entries, decoder->entry_count,
                                                      sizeof *decoder->entries, compare_entries);

    return entry != NULL && entry->sum + highest <= decoder->ballots ? entry : NULL;
}

struct result decoder_find(const struct decoder *decoder, const struct point *total,
                           uint64_t votes[static GRADES_MAX], bool *is_found)
{
    struct point rest = *total;

    *is_found = false;
    memset(votes, 0, GRADES_MAX * sizeof *votes);
    for (uint64_t highest = 0; highest <= decoder->ballots; highest++) {
        const struct decoder_entry *const entry = search(decoder, &rest, highest);
        if (entry != NULL) {
            for (size_t grade = 1; grade + 1 < decoder->grade_count; grade++) {
                votes[grade] = entry->counts[grade];
            }
            votes[decoder->grade_count - 1] = highest;
            votes[0] = decoder->ballots - entry->sum - highest;
            *is_found = true;
            return OK;
        }
        TRY(point_sub(&rest, &decoder->step, &rest));
    }
    return OK;
}
