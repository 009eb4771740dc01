/*
 * A whole award year, told as it should go; and the pipe every statement of it takes.
 * covers: record, types, subject, sums, votes, result, minutes, query
 */
#include "check.h"
#include "record/types.h"
#include "record/view.h"
#include "support/world.h"

static struct result expect_state(void *context, const struct view_election *row)
{
    assert_string_equal(row->state, context);
    return OK;
}

static void check_state(struct world *world, const struct election *election, const char *state)
{
    check_ok(view_election(world->record, election->id, expect_state, (void *)(uintptr_t)state));
}

static void a_year_goes_from_genesis_to_minutes(void **state)
{
    struct world *world = world_make();
    const struct election *election;

    (void)state;
    world_ready(world);
    election = world_first_round(world);
    check_state(world, election, "open");
    check_ok(world_vote_alike(world, election, WORLD_MEMBERS, "0000"));
    check_ok(world_close_election(world, election));
    check_state(world, election, "closed");
    check_ok(world_share(world, election, 3));
    check_ok(world_share(world, election, 1));
    check_state(world, election, "tallied");
    check_ok(world_result(world, election));
    check_state(world, election, "decided");
    check_ok(world_minutes(world));
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_goes_from_genesis_to_minutes),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
