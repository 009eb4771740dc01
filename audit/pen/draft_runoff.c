/*
 * A runoff repeats the round whose tie it breaks, among the tied and about one grade. It is put
 * together from that round's own manifest. Protocol section 6, rule C7.
 */
#include <stdlib.h>

#include "pen/draft.h"
#include "pen/gather.h"
#include "record/runoff.h"

/* The parts that differ from the round before; everything else is a view of it. */
struct runoff_parts {
    struct election election;
    struct election_candidate candidates[CANDIDATES_MAX];
    uint16_t place[CANDIDATES_MAX]; /* of a candidate of the round before, in the runoff */
    struct election_member roll[ROLL_MAX];
    uint16_t *recused;
    size_t recused_count;
};

static void copy_candidates(const struct election *previous, const struct runoff_tie *tie,
                            struct runoff_parts *parts)
{
    struct election *const runoff = &parts->election;

    runoff->candidates = parts->candidates;
    runoff->candidate_count = 0;
    for (size_t i = 0; i < previous->candidate_count; i++) {
        if (tie->tied[i]) {
            parts->place[i] = (uint16_t)runoff->candidate_count;
            parts->candidates[runoff->candidate_count++] = previous->candidates[i];
        }
    }
}

/* Recusals stay, as far as the candidate still stands. */
static void copy_roll(const struct election *previous, const struct runoff_tie *tie,
                      struct runoff_parts *parts)
{
    parts->election.roll = parts->roll;
    for (size_t i = 0; i < previous->roll_count; i++) {
        struct election_member *const member = &parts->roll[i];

        *member = previous->roll[i];
        member->recused = parts->recused + parts->recused_count;
        member->recused_count = 0;
        for (size_t j = 0; j < previous->roll[i].recused_count; j++) {
            const uint16_t candidate = previous->roll[i].recused[j];

            if (tie->tied[candidate]) {
                parts->recused[parts->recused_count++] = parts->place[candidate];
                member->recused_count++;
            }
        }
    }
}

/* The tied grade stands as grade 1, for the places it left open. */
static struct result copy_rules(const struct election *previous, const struct runoff_tie *tie,
                                struct election *runoff)
{
    static const unsigned ONE = 1u << 1;
    size_t pass = 0;

    while (pass < previous->pass_count &&
           (previous->passes[pass].grades & ((2u << tie->grade) - 1)) != 1u << tie->grade) {
        pass++;
    }
    REQUIRE(pass < previous->pass_count, INTERNAL, "runoff.pass");
    runoff->grade_count = 2;
    runoff->grades[0] = (struct election_grade){0, LITERAL("不授奖")};
    runoff->grades[1] = (struct election_grade){1, previous->grades[tie->grade].name};
    runoff->limit_count = 1;
    runoff->limits[0] = (struct election_limit){tie->left, (grade_set)ONE};
    runoff->seat_count = 1;
    runoff->seats[0] = (struct election_seat){1, tie->left};
    runoff->pass_count = 1;
    runoff->passes[0] = previous->passes[pass];
    runoff->passes[0].grades = (grade_set)ONE;
    return OK;
}

static struct result fill(const struct election *previous, const struct runoff_tie *tie,
                          const struct draft_plan *plan, struct runoff_parts *parts)
{
    parts->election = *previous;
    parts->election.id = plan->id;
    parts->election.round = previous->round + 1;
    parts->election.has_previous = true;
    parts->election.previous = previous->manifest;
    parts->election.window = plan->window;
    parts->election.opens = plan->opens;
    parts->election.closes = plan->closes;
    copy_candidates(previous, tie, parts);
    copy_roll(previous, tie, parts);
    return copy_rules(previous, tie, &parts->election);
}

static struct result print_runoff(const struct election *previous, const struct runoff_tie *tie,
                                  const struct draft_plan *plan, struct buffer *text)
{
    struct runoff_parts *parts = calloc(1, sizeof *parts);
    struct result printed = fail(OUT_OF_MEMORY, "record.memory");

    if (parts != NULL) {
        parts->recused = calloc(previous->recusal_count + 1, sizeof *parts->recused);
    }
    if (parts != NULL && parts->recused != NULL) {
        printed = fill(previous, tie, plan, parts);
    }
    if (is_ok(printed)) {
        buffer_clear(text);
        printed = election_print(&parts->election, text);
    }
    if (parts != NULL) {
        free(parts->recused);
    }
    free(parts);
    return printed;
}

struct result draft_runoff(struct record *record, struct bytes previous,
                           const struct draft_plan *plan, struct buffer *text)
{
    const struct election *election;
    struct hash32 manifest;
    struct runoff_tie tie;

    TRY(gather_manifest(record, previous, &manifest));
    TRY(record_election(record, &manifest, &election));
    TRY(runoff_load_tie(record, election, &tie));
    return print_runoff(election, &tie, plan, text);
}
