/*
 * The rules of a year: what a cycle fixes, and what it may not say.
 * covers: cycle
 */
#include "check.h"
#include "support/refusals.h"

static struct result the_same_year(struct world *world)
{
    world_cycle_text(world, "cycle-again", 2026);
    return SEND(world, "qiao", "gu");
}

static struct result the_same_id(struct world *world)
{
    world_cycle_text(world, "cycle-2026", 2027);
    return SEND(world, "qiao", "gu");
}

static struct result by_two_officers(struct world *world)
{
    world_cycle_text(world, "cycle-2027", 2027);
    return SEND(world, "he", "gu");
}

static struct result by_the_chair_twice(struct world *world)
{
    world_cycle_text(world, "cycle-2027", 2027);
    return SEND(world, "qiao", "qiao");
}

/* lu is both chair and officer, and still only one person. */
static struct result by_one_person_in_two_roles(struct world *world)
{
    world_cycle_text(world, "cycle-2027", 2027);
    return SEND(world, "lu", "lu");
}

static struct result changed(struct world *world, const char *label, size_t line, const char *value)
{
    world_cycle_text(world, "cycle-2027", 2027);
    world_replace(world, label, line, value);
    return SEND(world, "qiao", "gu");
}

static struct result a_quorum_of_nobody(struct world *world)
{
    return changed(world, "法定人数", 0, "0/3");
}

static struct result a_quorum_of_more_than_all(struct world *world)
{
    return changed(world, "法定人数", 0, "4/3");
}

static struct result a_quorum_in_words(struct world *world)
{
    return changed(world, "法定人数", 0, "三分之二");
}

static struct result a_weight_that_mixes_grades(struct world *world)
{
    return changed(world, "等次", 2, "2 1023 质量奖");
}

static struct result a_limit_of_no_grade(struct world *world)
{
    return changed(world, "限额", 0, "1 3");
}

static struct result seats_twice(struct world *world)
{
    return changed(world, "席位", 1, "2 2");
}

static struct result nobody_says_who_passes(struct world *world)
{
    return changed(world, "通过", 1, "2 1/2 实到 超过");
}

static struct result a_line_less(struct world *world)
{
    world_cycle_text(world, "cycle-2027", 2027);
    world_drop(world, "通过", 1);
    return SEND(world, "qiao", "gu");
}

static struct result fields_in_another_order(struct world *world)
{
    world_cycle_text(world, "cycle-2027", 2027);
    world_drop(world, "周期", 0);
    world_put(world, "周期", "cycle-2027");
    return SEND(world, "qiao", "gu");
}

static const struct refusal_case CASES[] = {
    {"a_second_cycle_in_a_year", the_same_year, CONFLICT, "cycle.year"},
    {"a_cycle_twice", the_same_id, CONFLICT, "cycle.known"},
    {"a_cycle_without_a_chair", by_two_officers, UNAUTHORIZED, "signers.role"},
    {"a_cycle_by_the_chair_alone", by_the_chair_twice, UNAUTHORIZED, "signers.role"},
    {"one_person_in_two_roles", by_one_person_in_two_roles, UNAUTHORIZED, "signers.distinct"},
    {"a_quorum_of_nobody", a_quorum_of_nobody, INVALID, "cycle.quorum"},
    {"a_quorum_of_more_than_all", a_quorum_of_more_than_all, INVALID, "cycle.quorum"},
    {"a_quorum_in_words", a_quorum_in_words, MALFORMED, "cycle.quorum"},
    {"a_weight_that_mixes_grades", a_weight_that_mixes_grades, INVALID, "election.grades"},
    {"a_limit_of_a_grade_unknown", a_limit_of_no_grade, INVALID, "election.limits"},
    {"two_lines_of_seats_for_a_grade", seats_twice, INVALID, "election.seats"},
    {"seats_that_nobody_can_pass_into", nobody_says_who_passes, INVALID, "election.passes"},
    {"a_grade_without_a_pass", a_line_less, INVALID, "election.passes"},
    {"fields_out_of_order", fields_in_another_order, MALFORMED, "statement.field"},
};

int main(void)
{
    struct world *world = world_make();
    int failed;

    world_people(world);
    world_begin(world, "role.grant");
    world_put(world, "人员", "lu");
    world_put(world, "角色", "主持人");
    check_ok(SEND(world, "gu", "he"));
    world_cycle(world);
    failed = REFUSALS_RUN("refusals of cycles", world, CASES);
    world_free(world);
    return failed;
}
