/*
 * Terms are counted as the rules of a cycle say: rule C13.
 * covers: workday, notice_rules
 */
#include "base/text.h"
#include "check.h"
#include "record/notice_rules.h"
#include "record/workday.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static uint64_t at(const char *time)
{
    int64_t seconds;

    check_ok(text_parse_time(bytes_of_string(time), &seconds));
    return (uint64_t)seconds;
}

static void check_time(uint64_t seconds, const char *expected)
{
    char time[TEXT_TIME_SIZE + 1];

    check_ok(text_print_time((int64_t)seconds, time));
    assert_string_equal(time, expected);
}

static struct world *world_with_rules(void)
{
    struct world *world = world_make();

    world_people(world);
    world_cycle(world);
    world_rules_text(world);
    check_ok(SEND(world, "qiao", "gu"));
    return world;
}

static void check_calendar(struct world *world, const char *from, const char *expected)
{
    uint64_t end;

    check_ok(workday_add_calendar(world->record, LITERAL(WORLD_CYCLE), at(from), 7, &end));
    check_time(end, expected);
}

static void check_working(struct world *world, const char *from, uint64_t days,
                          const char *expected)
{
    uint64_t end;

    check_ok(workday_add(world->record, LITERAL(WORLD_CYCLE), at(from), days, &end));
    check_time(end, expected);
}

static void seven_days_end_at_midnight_without_the_first(void **state)
{
    struct world *world = world_with_rules();
    (void)state;

    check_calendar(world, "2026-11-24T09:00:00+08:00", "2026-12-02T00:00:00+08:00");
    check_calendar(world, "2026-11-24T23:59:59+08:00", "2026-12-02T00:00:00+08:00");
    check_calendar(world, "2026-11-25T00:00:00+08:00", "2026-12-03T00:00:00+08:00");
    world_free(world);
}

static void a_last_day_off_moves_on(void **state)
{
    struct world *world = world_with_rules();
    (void)state;

    /* Saturday 28th, Sunday 29th and Monday 30th are off. */
    check_calendar(world, "2026-11-21T09:00:00+08:00", "2026-12-02T00:00:00+08:00");
    /* Saturday the 5th of December is worked. */
    check_calendar(world, "2026-11-28T09:00:00+08:00", "2026-12-06T00:00:00+08:00");
    check_calendar(world, "2026-12-25T09:00:00+08:00", "2027-01-05T00:00:00+08:00");
    world_free(world);
}

static void working_days_skip_weekends_and_the_table(void **state)
{
    struct world *world = world_with_rules();
    (void)state;

    check_working(world, "2026-11-23T10:00:00+08:00", 5, "2026-12-02T00:00:00+08:00");
    check_working(world, "2026-12-03T10:00:00+08:00", 3, "2026-12-08T00:00:00+08:00");
    check_working(world, "2026-12-31T10:00:00+08:00", 1, "2027-01-05T00:00:00+08:00");
    world_free(world);
}

static void refuses_dates_that_are_none(void **state)
{
    static const char *const BAD[] = {"",           "2026-02-30", "2026-13-01", "2026-1-1",
                                      "20261-1-01", "2026/01/01", "2026-01-011"};
    uint64_t day;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_fails(workday_parse(bytes_of_string(BAD[i]), &day), MALFORMED, "notice.date");
    }
    check_ok(workday_parse(LITERAL("1970-01-02"), &day));
    assert_int_equal(day, 1);
}

/* --- notice.rules --- */

static struct result changed(struct world *world, const char *label, const char *value)
{
    world_rules_text(world);
    world_replace(world, "周期", 0, "cycle-2027");
    world_replace(world, label, 0, value);
    return SEND(world, "qiao", "gu");
}

static struct result twice(struct world *world)
{
    world_rules_text(world);
    world_replace(world, "细则文号", 0, "另一号");
    return SEND(world, "qiao", "gu");
}

static struct result of_no_cycle(struct world *world)
{
    return changed(world, "周期", "cycle-2030");
}

static struct result without_days(struct world *world)
{
    return changed(world, "公示天数", "0");
}

static struct result with_too_many_hours(struct world *world)
{
    return changed(world, "材料时限", "169");
}

static struct result with_a_bad_date(struct world *world)
{
    return changed(world, "放假", "2026-11-31");
}

static struct result out_of_order(struct world *world)
{
    return changed(world, "放假", "2027-01-02");
}

static struct result off_and_worked(struct world *world)
{
    return changed(world, "调休上班", "2026-11-30");
}

static struct result by_two_officers(struct world *world)
{
    world_rules_text(world);
    world_replace(world, "周期", 0, "cycle-2027");
    return SEND(world, "gu", "he");
}

static const struct refusal_case CASES[] = {
    {"rules_twice", twice, CONFLICT, "notice.rules_known"},
    {"rules_of_an_unknown_cycle", of_no_cycle, NOT_FOUND, "cycle.unknown"},
    {"a_notice_of_no_days", without_days, INVALID, "notice.number"},
    {"more_than_a_week_for_the_material", with_too_many_hours, INVALID, "notice.number"},
    {"a_holiday_that_is_no_day", with_a_bad_date, INVALID, "notice.date"},
    {"holidays_out_of_order", out_of_order, INVALID, "notice.date"},
    {"a_day_both_off_and_worked", off_and_worked, INVALID, "notice.date"},
    {"rules_without_the_chair", by_two_officers, UNAUTHORIZED, "signers.role"},
};

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seven_days_end_at_midnight_without_the_first),
        cmocka_unit_test(a_last_day_off_moves_on),
        cmocka_unit_test(working_days_skip_weekends_and_the_table),
        cmocka_unit_test(refuses_dates_that_are_none),
    };
    struct world *world = world_with_rules();
    int failed = cmocka_run_group_tests(tests, 0, 0);

    world_cycle_text(world, "cycle-2027", 2027);
    check_ok(SEND(world, "qiao", "gu"));
    failed += REFUSALS_RUN("refusals of rules of notices", world, CASES);
    world_free(world);
    return failed;
}
