/*
 * refusals.h - tests that are a table: what is tried, and by which rule it is refused.
 *
 * All rows run on one world, because a refused statement must leave nothing behind: the log's
 * size is compared after each.
 */
#pragma once

#include "support/world.h"

struct refusal_case {
    const char *name;                     /* a sentence: "a_ballot_twice" */
    struct result (*act)(struct world *); /* the last thing it sends is refused */
    enum failure failure;
    const char *rule;
};

/* Runs the table as a group of cmocka tests; the number of failed ones. */
int refusals_run(const char *group, struct world *world, const struct refusal_case cases[],
                 size_t count);
#define REFUSALS_RUN(group, world, cases) \
    refusals_run((group), (world), (cases), sizeof(cases) / sizeof((cases)[0]))
