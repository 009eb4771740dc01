/*
 * runoff.h - how a tie is broken: a further round among the tied, and what a chain of them decides.
 *
 * A runoff names the round whose tie it breaks and is about one grade, which stands as grade 1 in
 * it. If it ends in a tie again, the next runoff is about that tie. After the cycle's number of
 * runoffs what is still tied stays vacant. Protocol section 6, rule C7.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/election.h"
#include "record/types.h"

/* The manifest of a round above 1 against the tie it breaks: "runoff.…". */
MUST_CHECK struct result runoff_check(const struct fold *fold, const struct election *election);

/* The grade in which the result in force is tied; 0 if it is not. */
MUST_CHECK struct result runoff_tied_grade(struct record *record, const struct hash32 *manifest,
                                           uint64_t *out);

/* The tie in force of a round, as the next runoff must take it up. */
struct runoff_tie {
    uint64_t grade;
    uint64_t left;             /* places it left open */
    bool tied[CANDIDATES_MAX]; /* by places in that round */
};
/* CONFLICT "runoff.no_tie" where the result stands without one. */
MUST_CHECK struct result runoff_load_tie(struct record *record, const struct election *previous,
                                         struct runoff_tie *out);

/* What runoffs made of a tie: the candidates they seated, by their places in the first round. */
struct runoff_choice {
    bool settled;
    uint16_t seated[CANDIDATES_MAX];
    size_t seated_count;
};

/* Of the tie of `first`, a first round, in `grade`. */
MUST_CHECK struct result runoff_settle(struct record *record, const struct election *first,
                                       uint64_t grade, struct runoff_choice *out);
