/*
 * election.h - the manifest of one election: the text of `election.open`, as read.
 *
 * Everything an election fixes stands in its manifest, and M = SHA-256(text) names it. Reading
 * checks all that can be checked from the text alone (protocol section 6); what must be compared
 * with the log (roll, recusals, draw, ceremony, cycle) is the fold's part. Grades count from 0,
 * candidates, trustees and members are kept in arrays from 0 and are numbered from 1 in text.
 *
 * Failures: what the grammar refuses is statement.<word> (statement.h); a line of another form is
 * MALFORMED election.field; else INVALID with one of election.round, candidates, grade (numbers of
 * the grades), grades, limits, seats, passes, roll, recusals, trustees, time, size. `field` is the
 * label, `at` the line of that label from 1.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/statement.h"

enum {
    GRADES_MAX = 4,
    LIMITS_MAX = 64,
    CANDIDATES_MAX = 200,
    ROLL_MAX = 600,
    TRUSTEES_MAX = 16,
    TOTALS_MAX = 512,
    TALLY_VECTORS_MAX = 1000000,
    BALLOT_CODE_BYTES = 8,
};

/* Bit g stands for grade g. */
typedef uint8_t grade_set;

struct election_candidate {
    struct bytes id;
    struct bytes name;
};

struct election_grade {
    uint64_t weight; /* 0, then 1024^(grade - 1) */
    struct bytes name;
};

/* At most `max` candidates of one ballot carry a grade of `grades`. */
struct election_limit {
    uint64_t max;
    grade_set grades;
};

enum election_base {
    BASE_APPOINTED, /* 应到 */
    BASE_PRESENT,   /* 实到 */
};

enum election_comparison {
    PASS_AT_LEAST,  /* 不少于 */
    PASS_MORE_THAN, /* 超过 */
};

struct election_pass {
    grade_set grades; /* votes in any of these count */
    uint64_t numerator;
    uint64_t denominator;
    enum election_base base;
    enum election_comparison comparison;
};

/* `places` seats in `grade` and the higher ones together, and what fills them. */
struct election_seat {
    unsigned grade;
    uint64_t places;
};

struct election_member {
    struct bytes id;
    struct point key;         /* P */
    struct bytes hidden_name; /* "#" and 44 characters of base64 */
    const uint16_t *recused;  /* candidates from 0, ascending; within election.recusals */
    size_t recused_count;
};

struct election_trustee {
    struct bytes id;
    struct point key; /* X_j of trustee number place + 1 */
};

/* What the manifest fixes of every ballot, in bytes (protocol section 6, Casting). */
struct election_sizes {
    size_t selection; /* one 选择 before base64: 64 + 112 for each grade */
    size_t total;     /* 112 for each total, 0 without 限额 */
    size_t ring;      /* 112 for each member + 96 for each recusal */
    size_t text;      /* the signed text */
    size_t note;      /* text, blank line, signature line */
    size_t entry;     /* the note as it stands in the log */
};

struct election {
    struct buffer text;     /* owned; the views below point into it */
    struct hash32 manifest; /* M */
    struct bytes origin;
    struct bytes id;
    struct bytes meeting;
    uint64_t round;
    bool has_previous;
    struct hash32 previous; /* M of the round before, if has_previous */
    struct election_candidate *candidates;
    size_t candidate_count;
    struct election_grade grades[GRADES_MAX];
    size_t grade_count;
    struct election_limit limits[LIMITS_MAX];
    size_t limit_count;
    struct election_seat seats[GRADES_MAX]; /* in the order of the text */
    size_t seat_count;
    struct election_pass passes[GRADES_MAX]; /* in the order of the text */
    size_t pass_count;
    struct election_member *roll;
    size_t roll_count;
    uint16_t *recusals; /* candidates, grouped by member */
    size_t recusal_count;
    struct hash32 ceremony;
    struct election_trustee trustees[TRUSTEES_MAX];
    size_t trustee_count;
    uint64_t threshold;
    struct point key; /* K */
    uint64_t window;  /* batch window in seconds */
    int64_t opens;    /* seconds since 1970 UTC; ballots stand in [opens, closes) */
    int64_t closes;

    /* Computed. */
    struct point tag_base;                  /* h */
    struct point weight_points[GRADES_MAX]; /* w_g·G; the identity for grade 0 */
    uint64_t *totals;                       /* S, ascending; total_count 0 without 限额 */
    struct point *total_points;             /* s·G for each of S */
    size_t total_count;
    struct election_sizes sizes;
};

/* The row of `election.open`: what statement_check() asks of the text. */
extern const struct statement_type ELECTION_TYPE;

#define AUTO_ELECTION __attribute__((cleanup(election_free))) struct election
#define ELECTION_INIT \
    {                 \
        0             \
    }

/* Reads the signed text of an election.open (last LF included). On failure *out is empty. */
MUST_CHECK struct result election_parse(struct bytes text, struct election *out);
void election_free(struct election *election); /* accepts an empty one */

/*
 * Appends the text that the parts of `election` state (everything above "Computed", but not
 * `text` and `manifest`; the views may point anywhere). Checks nothing: read it back with
 * election_parse().
 */
MUST_CHECK struct result election_print(const struct election *parts, struct buffer *out);

/* Place in the roll, in the candidates, or the count of them if there is none. */
size_t election_find_member(const struct election *election, struct bytes person);
size_t election_find_candidate(const struct election *election, struct bytes id);
/* How many 回避 lines name the candidate (from 0). */
size_t election_recused(const struct election *election, size_t candidate);
bool election_is_recused(const struct election *election, size_t member, size_t candidate);
