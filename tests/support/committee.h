/*
 * committee.h - a committee that elects, for tests and benchmarks: roll, ceremony, manifest.
 *
 * Everything is derived from small numbers, so that a test gives the same bytes each time.
 */
#pragma once

#include "base/bytes.h"
#include "protocol/ballot.h"
#include "protocol/ceremony.h"
#include "protocol/dealing.h"
#include "protocol/election.h"
#include "protocol/keys.h"
#include "protocol/trustee.h"

struct committee_plan {
    size_t candidates;
    size_t members;
    size_t trustees;
    size_t threshold;
    size_t grades;   /* 2..4; the highest has 3 seats, each other makes it 9 in all */
    bool has_limits; /* 限额 as the seats */
    size_t recusals; /* at most one a candidate, two a member */
    uint64_t seed;   /* other numbers give other keys, seeds and codes */
};

struct committee {
    struct committee_plan plan;
    struct key_code codes[TRUSTEES_MAX];
    struct keys trustee_keys[TRUSTEES_MAX];
    struct box_public box_keys[TRUSTEES_MAX];
    struct ceremony ceremony;
    struct dealing dealings[TRUSTEES_MAX];
    struct scalar share_keys[TRUSTEES_MAX];
    struct scalar vote_keys[ROLL_MAX];
    struct buffer manifest; /* the text */
    struct election election;
};

/* Fails the test (or the program) on any slip. */
void committee_open(const struct committee_plan *plan, struct committee *out);
void committee_close(struct committee *committee);
/* What member `member` (from 0) intends, before choices: key, seed and code. */
void committee_intent(const struct committee *committee, size_t member, struct ballot_intent *out);
