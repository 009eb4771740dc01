/*
 * Step V21: a verified log names its cases that are not closed, and every promise that was missed.
 * covers: open_cases
 */
#include "check.h"
#include "support/world_notice.h"
#include "verifier/open_cases.h"

static void check_told(struct world *world, const char *expected)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *told;

    check_ok(open_cases_tell(world->record, &text));
    check_ok(buffer_terminate(&text, &told));
    assert_string_equal(told, expected);
}

static struct world *open_notice(void)
{
    struct world *world = world_make();

    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 1000);
    return world;
}

static void says_nothing_where_every_case_ended_in_time(void **state)
{
    struct world *world = open_notice();
    struct hash32 objection;

    (void)state;
    check_told(world, "");
    objection = world_case(world, "objector-1");
    world_concluded(world, &objection, "不成立");
    check_told(world, "");
    world_free(world);
}

static void names_what_is_open_with_its_term(void **state)
{
    struct world *world = open_notice();

    (void)state;
    world_objection(world, "objector-1");
    (void)world_case(world, "objector-2");
    check_told(world, "○ 案件 / case notice-1-0001: 待材料，未办结 / not closed, 期限 / due "
                      "2026-11-23T09:19:46+08:00\n"
                      "○ 案件 / case notice-1-0002: 待受理，未办结 / not closed, 期限 / due "
                      "2026-11-28T00:00:00+08:00\n");
    world_free(world);
}

/* As of the last entry, whatever it is about; it stays told after the case was closed. */
static void names_every_promise_that_was_missed(void **state)
{
    struct world *world = open_notice();
    const struct hash32 objection = world_case(world, "objector-1");

    (void)state;
    world->time += 30 * 86400;
    (void)world_objection(world, "objector-2");
    check_told(world, "○ 案件 / case notice-1-0001: 待受理，未办结 / not closed, 期限 / due "
                      "2026-11-28T00:00:00+08:00\n"
                      "○ 误期 / missed: notice-1-0001 待受理, 2026-11-28T00:00:00+08:00 "
                      "(区评审办 / office)，至今未办 / still not done\n"
                      "○ 案件 / case notice-1-0002: 待材料，未办结 / not closed, 期限 / due "
                      "2026-12-23T09:19:50+08:00\n");
    world_concluded(world, &objection, "成立");
    check_told(world, "○ 误期 / missed: notice-1-0001 待受理, 2026-11-28T00:00:00+08:00 "
                      "(区评审办 / office)\n"
                      "○ 案件 / case notice-1-0002: 待材料，未办结 / not closed, 期限 / due "
                      "2026-12-23T09:19:50+08:00\n");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_nothing_where_every_case_ended_in_time),
        cmocka_unit_test(names_what_is_open_with_its_term),
        cmocka_unit_test(names_every_promise_that_was_missed),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
