/*
 * polling.h - an election of tests/vectors/ballot.json and one ballot of it, found by what a test
 * needs of them: the files are others', and may come with other members, choices and sizes.
 */
#pragma once

#include <jansson.h>

#include "protocol/ballot.h"

struct polling {
    json_t *root;
    struct election election;
    struct ballot_intent intent; /* of the ballot found */
    struct buffer note;          /* and its bytes, as ballot_make makes them */
};

/* What a test may need. */
typedef bool polling_need(const struct election *election, const struct ballot_intent *intent);
polling_need needs_nothing;       /* the first ballot of the first election */
polling_need needs_limits;        /* of an election with 限额 */
polling_need needs_no_limits;     /* and without */
polling_need needs_recusal;       /* its member is recused from a candidate */
polling_need needs_neighbour;     /* another member stands after its own on the roll */
polling_need needs_plain_recusal; /* recused, in an election without 限额 */

/* Fails the test if no ballot of the vectors fits. */
void polling_open(polling_need *need, struct polling *out);
void polling_close(struct polling *polling);

/* The parts of a vector. */
void polling_election(json_t *item, struct election *out);
void polling_intent(json_t *item, struct ballot_intent *out);
void polling_code(json_t *item, struct ballot_code *out);
void polling_choices(json_t *list, uint8_t choices[]);
