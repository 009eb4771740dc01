/*
 * Review teams: who may be in one, and who takes somebody's place. Article 11, C33.
 * covers: team
 */
#include "check.h"
#include "support/refusals.h"

static struct result formed(struct world *world)
{
    return SEND(world, "gu");
}

static struct result a_team_twice(struct world *world)
{
    world_team_text(world, WORLD_TEAM);
    world_drop(world, "受评组织", 1);
    return formed(world);
}

static struct result of_two(struct world *world)
{
    world_team_text(world, "team-two");
    world_drop(world, "评审员", 2);
    return formed(world);
}

static struct result led_by_another(struct world *world)
{
    world_team_text(world, "team-two");
    world_replace(world, "组长", 0, "du");
    return formed(world);
}

static struct result out_of_order(struct world *world)
{
    world_team_text(world, "team-two");
    world_swap(world, "评审员", 1);
    return formed(world);
}

static struct result one_reviewer_twice(struct world *world)
{
    world_team_text(world, "team-two");
    world_replace(world, "评审员", 2, "bo");
    return formed(world);
}

static struct result organisations_out_of_order(struct world *world)
{
    world_team_text(world, "team-two");
    world_swap(world, "受评组织", 0);
    return formed(world);
}

/* The third reviewer is this one. */
static struct result with(struct world *world, const char *person)
{
    world_team_text(world, "team-two");
    world_replace(world, "评审员", 2, person);
    return formed(world);
}

static struct result with_a_member(struct world *world)
{
    return with(world, "m01");
}

static struct result with_nobody(struct world *world)
{
    return with(world, "nobody");
}

static struct result with_one_revoked(struct world *world)
{
    return with(world, "gone");
}

static struct result with_a_reviewer_who_votes(struct world *world)
{
    return with(world, "votes");
}

static struct result without_undertaking(struct world *world)
{
    return with(world, "fresh");
}

static struct result undeclared(struct world *world)
{
    return with(world, "half");
}

static struct result with_a_declared_conflict(struct world *world)
{
    return with(world, "linked");
}

static struct result with_a_found_conflict(struct world *world)
{
    return with(world, "known");
}

/* zo reviews, and represents yunqi: not for gudang and xixi, but for yunqi. */
static struct result with_a_representative(struct world *world)
{
    world_team_text(world, "team-two");
    world_replace(world, "周期", 0, "cycle-2027");
    world_replace(world, "评审员", 2, "zo");
    world_replace(world, "受评组织", 1, "yunqi");
    return formed(world);
}

static struct result of_a_stranger(struct world *world)
{
    world_team_text(world, "team-two");
    world_replace(world, "受评组织", 1, "yunqi");
    return formed(world);
}

static struct result of_no_cycle(struct world *world)
{
    world_team_text(world, "team-two");
    world_replace(world, "周期", 0, "cycle-2030");
    return formed(world);
}

static struct result by_its_leader(struct world *world)
{
    world_team_text(world, "team-two");
    return SEND(world, "an");
}

/* turn reviews in 2027, and was made a member since. */
static struct result appointed_to_vote_on_what_was_reviewed(struct world *world)
{
    world_begin(world, "meeting.open");
    world_put(world, "会议", "meeting-2027");
    world_put(world, "周期", "cycle-2027");
    world_put(world, "地点", "示例会议室");
    world_put_time(world, "召开时间", world->time + 3600);
    world_put(world, "主持人", "qiao");
    world_put(world, "监票人", "shen");
    world_put(world, "监票人", "tang");
    world_put(world, "应到", "m01");
    world_put(world, "应到", "turn");
    world_put(world, "应到", "votes");
    world_put_number(world, "法定人数", 2);
    world_put(world, "候选", "gudang 古荡示例建设工程有限公司");
    return SEND(world, "qiao", "he");
}

/* --- replacement --- */

static struct result changed(struct world *world, const char *out, const char *in,
                             const char *leader)
{
    world_team_change_text(world, out, in, leader);
    return SEND(world, "gu", "he");
}

static struct result of_no_team(struct world *world)
{
    world_team_change_text(world, "bo", "du", "an");
    world_replace(world, "评审组", 0, "team-nine");
    return SEND(world, "gu", "he");
}

static struct result of_one_outside(struct world *world)
{
    return changed(world, "zo", "du", "an");
}

static struct result by_one_inside(struct world *world)
{
    return changed(world, "bo", "ci", "an");
}

static struct result by_a_declared_conflict(struct world *world)
{
    return changed(world, "bo", "linked", "an");
}

static struct result by_a_found_conflict(struct world *world)
{
    return changed(world, "bo", "known", "an");
}

static struct result by_one_who_votes(struct world *world)
{
    return changed(world, "bo", "votes", "an");
}

static struct result by_one_who_has_not_undertaken(struct world *world)
{
    return changed(world, "bo", "fresh", "an");
}

static struct result by_one_undeclared(struct world *world)
{
    return changed(world, "bo", "half", "an");
}

static struct result by_one_revoked(struct world *world)
{
    return changed(world, "bo", "gone", "an");
}

static struct result led_by_who_leaves(struct world *world)
{
    return changed(world, "an", "du", "an");
}

static struct result led_by_nobody_in_it(struct world *world)
{
    return changed(world, "bo", "du", "zo");
}

static struct result replaced_by_one_officer(struct world *world)
{
    world_team_change_text(world, "bo", "du", "an");
    return SEND(world, "gu");
}

static const struct refusal_case CASES[] = {
    {"a_team_twice", a_team_twice, CONFLICT, "team.known"},
    {"a_team_of_two", of_two, INVALID, "team.size"},
    {"a_leader_from_outside", led_by_another, INVALID, "team.leader"},
    {"reviewers_out_of_order", out_of_order, INVALID, "team.order"},
    {"one_reviewer_as_two", one_reviewer_twice, INVALID, "team.order"},
    {"organisations_out_of_order", organisations_out_of_order, INVALID, "team.order"},
    {"a_member_who_is_no_reviewer", with_a_member, INVALID, "team.reviewer"},
    {"a_reviewer_nobody_knows", with_nobody, INVALID, "team.reviewer"},
    {"a_reviewer_revoked", with_one_revoked, INVALID, "team.reviewer"},
    {"a_reviewer_who_votes", with_a_reviewer_who_votes, INVALID, "team.dual_role"},
    {"a_reviewer_without_undertaking", without_undertaking, INVALID, "team.undertaking"},
    {"a_reviewer_undeclared", undeclared, INVALID, "team.undeclared"},
    {"a_declared_conflict", with_a_declared_conflict, INVALID, "team.conflict"},
    {"a_found_conflict", with_a_found_conflict, INVALID, "team.conflict"},
    {"a_reviewer_of_the_own_organisation", with_a_representative, INVALID, "team.conflict"},
    {"an_organisation_not_qualified", of_a_stranger, INVALID, "team.organisation"},
    {"a_reviewer_appointed_to_vote", appointed_to_vote_on_what_was_reviewed, INVALID,
     "meeting.dual_role"},
    {"a_team_of_an_unknown_cycle", of_no_cycle, NOT_FOUND, "cycle.unknown"},
    {"a_team_formed_by_its_leader", by_its_leader, UNAUTHORIZED, "signers.role"},
    {"a_change_of_no_team", of_no_team, NOT_FOUND, "team.unknown"},
    {"a_leaver_from_outside", of_one_outside, INVALID, "team.member"},
    {"a_successor_from_inside", by_one_inside, INVALID, "team.present"},
    {"a_successor_with_a_declared_conflict", by_a_declared_conflict, INVALID, "team.conflict"},
    {"a_successor_with_a_found_conflict", by_a_found_conflict, INVALID, "team.conflict"},
    {"a_successor_who_votes", by_one_who_votes, INVALID, "team.dual_role"},
    {"a_successor_without_undertaking", by_one_who_has_not_undertaken, INVALID, "team.undertaking"},
    {"a_successor_undeclared", by_one_undeclared, INVALID, "team.undeclared"},
    {"a_successor_revoked", by_one_revoked, INVALID, "team.reviewer"},
    {"a_team_led_by_who_leaves", led_by_who_leaves, INVALID, "team.leader"},
    {"a_team_led_from_outside_afterwards", led_by_nobody_in_it, INVALID, "team.leader"},
    {"a_change_by_one_officer", replaced_by_one_officer, UNAUTHORIZED, "signers.count"},
};

static void prepare(struct world *world, const char *person, const char *conflict)
{
    world_undertake_text(world, person);
    check_ok(SEND(world, person));
    world_declare_text(world, person, conflict);
    check_ok(SEND(world, person));
}

static void sent(struct world *world, const char *type, const char *person, const char *label,
                 const char *value)
{
    world_begin(world, type);
    world_put(world, "人员", person);
    if (label) {
        world_put(world, label, value);
    } else {
        world_put_hidden(world, type, "理由", "离职");
    }
    check_ok(SEND(world, "gu", "he"));
}

/* Reviewers whom the rules keep out, named for the reason; zo represents yunqi besides. */
static void cast_of_others(struct world *world)
{
    static const char *const others[] = {"fresh",  "gone", "half",  "known",
                                         "linked", "turn", "votes", "zo"};

    world_person(world, "shen", "监票人");
    world_person(world, "tang", "监票人");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        world_person(world, others[i], "评审员");
    }
    prepare(world, "gone", 0);
    prepare(world, "known", 0);
    prepare(world, "linked", "xixi");
    prepare(world, "votes", 0);
    prepare(world, "zo", 0);
    world_undertake_text(world, "half");
    check_ok(SEND(world, "half"));
    world_find_text(world, "known", "gudang");
    check_ok(SEND(world, "gu", "he"));
    sent(world, "role.grant", "votes", "角色", "委员");
    sent(world, "person.revoke", "gone", 0, 0);
    sent(world, "role.grant", "zo", "角色", "组织代表");
}

/* The year after, in which yunqi is qualified too; turn is in a team, and then a member. */
static void next_year(struct world *world)
{
    static const char *const reviewers[] = {"an", "bo", "turn", "zo"};

    world_organisation_text(world, "yunqi");
    world_replace(world, "代表", 0, "zo");
    check_ok(SEND(world, "gu", "he"));
    world_cycle_text(world, "cycle-2027", 2027);
    check_ok(SEND(world, "qiao", "gu"));
    world_begin(world, "qualification.list");
    world_put(world, "周期", "cycle-2027");
    world_put(world, "合格", "gudang");
    world_put(world, "合格", "yunqi");
    check_ok(SEND(world, "gu", "he"));
    for (size_t i = 0; i < sizeof reviewers / sizeof reviewers[0]; i++) {
        world_undertake_text(world, reviewers[i]);
        world_replace(world, "周期", 0, "cycle-2027");
        check_ok(SEND(world, reviewers[i]));
        world_declare_text(world, reviewers[i], 0);
        world_replace(world, "周期", 0, "cycle-2027");
        world_replace(world, "利益关系", 1, "yunqi 无");
        check_ok(SEND(world, reviewers[i]));
    }
    world_team_text(world, "team-2027");
    world_replace(world, "周期", 0, "cycle-2027");
    world_replace(world, "评审员", 2, "turn");
    world_drop(world, "受评组织", 1);
    check_ok(SEND(world, "gu"));
    sent(world, "role.grant", "turn", "角色", "委员");
}

int main(void)
{
    struct world *world = world_make();
    int failed;

    world_team_ready(world, 0);
    cast_of_others(world);
    next_year(world);
    failed = REFUSALS_RUN("refusals of teams", world, CASES);
    world_free(world);
    return failed;
}
