/*
 * Step V20: a verified log names its reports that are not complete.
 * covers: open_reports
 */
#include "check.h"
#include "support/world.h"
#include "verifier/open_reports.h"

static void check_told(struct world *world, const char *expected)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *told;

    check_ok(open_reports_tell(world->record, &text));
    check_ok(buffer_terminate(&text, &told));
    assert_string_equal(told, expected);
}

static void says_nothing_where_all_is_signed(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_team_ready(world, 0);
    check_told(world, "");
    world_report(world, "paper", 1, false);
    check_ok(world_agree(world, "paper", 1, "an"));
    check_ok(world_agree(world, "paper", 1, "bo"));
    check_ok(world_agree(world, "paper", 1, "ci"));
    check_told(world, "");
    world_free(world);
}

static void names_who_is_missing_who_reserved_and_who_disagreed(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_team_ready(world, 0);
    world_report(world, "site", 1, true);
    world_sign_off_text(world, "site", 1, &(struct opinion){"bo", "评审员", "保留意见"});
    check_ok(SEND(world, "bo"));
    check_told(world, "○ 报告 / report site v1: 未签齐 / not complete\n"
                      "  未签 / missing: an 组长, ci 评审员, mei 受评组织\n"
                      "  保留意见 / reserved: bo 评审员\n");
    world_refusal_text(world, "site", 1);
    check_ok(SEND(world, "an", "gu"));
    world_sign_off_text(world, "site", 1, &(struct opinion){"ci", "评审员", "不同意"});
    check_ok(SEND(world, "ci"));
    check_told(world, "○ 报告 / report site v1: 有人不同意，等新版 / blocked by a disagreement\n"
                      "  未签 / missing: an 组长\n"
                      "  保留意见 / reserved: bo 评审员\n"
                      "  不同意 / disagreed: ci 评审员\n");
    world_free(world);
}

static void names_what_waits_for_a_new_version(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_team_ready(world, "重签");
    world_report(world, "paper", 1, false);
    world_void_text(world, "paper", 1);
    check_ok(SEND(world, "an"));
    check_told(world, "○ 报告 / report paper v1: 已作废，等新版 / void, a new version is due\n");
    world_report(world, "paper", 2, false);
    world_team_change_text(world, "bo", "du", "an");
    check_ok(SEND(world, "gu", "he"));
    check_told(world,
               "○ 报告 / report paper v2: 因换人作废，等新版 / void after a change of the team, a "
               "new version is due\n");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_nothing_where_all_is_signed),
        cmocka_unit_test(names_who_is_missing_who_reserved_and_who_disagreed),
        cmocka_unit_test(names_what_waits_for_a_new_version),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
