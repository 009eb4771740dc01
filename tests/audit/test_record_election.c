/*
 * Manifests: everything in one is computed again from the log.
 * covers: election, opening
 */
#include "check.h"
#include "record/view.h"
#include "support/refusals.h"

#define OTHER_KEY "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

static struct result send(struct world *world)
{
    return SEND(world, "qiao", "gu");
}

static struct result changed(struct world *world, const char *label, size_t line, const char *value)
{
    world_manifest(world, "election-x");
    world_replace(world, label, line, value);
    return send(world);
}

static struct result dropped(struct world *world, const char *label, size_t line)
{
    world_manifest(world, "election-x");
    world_drop(world, label, line);
    return send(world);
}

static struct result swapped(struct world *world, const char *label, size_t line)
{
    world_manifest(world, "election-x");
    world_swap(world, label, line);
    return send(world);
}

static struct result candidates_out_of_order(struct world *world)
{
    return swapped(world, "候选", 1);
}

static struct result a_candidate_less(struct world *world)
{
    return dropped(world, "候选", 3);
}

static struct result a_member_less(struct world *world)
{
    return dropped(world, "名册", 14);
}

static struct result members_out_of_order(struct world *world)
{
    return swapped(world, "名册", 4);
}

static struct result a_key_twice(struct world *world)
{
    world_manifest(world, "election-x");
    world_double(world, "名册", 4);
    world_drop(world, "名册", 6);
    return send(world);
}

static struct result a_recusal_less(struct world *world)
{
    return dropped(world, "回避", 0);
}

static struct result a_recusal_more(struct world *world)
{
    world_manifest(world, "election-x");
    world_replace(world, "回避", 0, "m03 xixi");
    return send(world);
}

static struct result more_seats(struct world *world)
{
    return changed(world, "席位", 0, "2 2");
}

static struct result an_easier_pass(struct world *world)
{
    return changed(world, "通过", 0, "2 1/2 实到 不少于");
}

static struct result another_name_of_a_grade(struct world *world)
{
    return changed(world, "等次", 2, "2 1024 特等奖");
}

static struct result no_limits(struct world *world)
{
    world_manifest(world, "election-x");
    world_drop(world, "限额", 0);
    world_drop(world, "限额", 0);
    return send(world);
}

static struct result another_election_key(struct world *world)
{
    world_manifest(world, "election-x");
    world_replace_bytes(world, "选举公钥", 0, BYTES(GENERATOR.bytes));
    return send(world);
}

static struct result trustees_swapped(struct world *world)
{
    return swapped(world, "受托人", 0);
}

static struct result an_unknown_ceremony(struct world *world)
{
    return changed(world, "密钥仪式", 0, OTHER_KEY);
}

static struct result an_unknown_meeting(struct world *world)
{
    return changed(world, "会议", 0, "meeting-two");
}

static struct result a_second_round_of_nothing(struct world *world)
{
    world_manifest(world, "election-x");
    world_replace(world, "轮次", 0, "2");
    return send(world);
}

static struct result closing_in_the_past(struct world *world)
{
    world_manifest(world, "election-x");
    world->time += 3600;
    return send(world);
}

static struct result closing_before_opening(struct world *world)
{
    return changed(world, "结束", 0, "2026-11-22T08:00:00+08:00");
}

static struct result signed_by_two_officers(struct world *world)
{
    world_manifest(world, "election-x");
    return SEND(world, "he", "gu");
}

static struct result signed_by_the_chair_alone(struct world *world)
{
    world_manifest(world, "election-x");
    return SEND(world, "qiao");
}

static struct result signed_in_another_order(struct world *world)
{
    world_manifest(world, "election-x");
    return SEND(world, "gu", "qiao");
}

static const struct refusal_case READY[] = {
    {"candidates_out_of_the_drawn_order", candidates_out_of_order, INVALID, "election.candidates"},
    {"a_candidate_left_out", a_candidate_less, INVALID, "election.candidates"},
    {"a_member_left_off_the_roll", a_member_less, INVALID, "election.roll"},
    {"members_out_of_order", members_out_of_order, INVALID, "election.roll"},
    {"one_member_twice", a_key_twice, INVALID, "election.roll"},
    {"a_recusal_left_out", a_recusal_less, INVALID, "election.recusals"},
    {"a_recusal_nobody_stated", a_recusal_more, INVALID, "election.recusals"},
    {"more_seats_than_the_rules", more_seats, INVALID, "election.rules"},
    {"an_easier_pass", an_easier_pass, INVALID, "election.rules"},
    {"a_grade_renamed", another_name_of_a_grade, INVALID, "election.rules"},
    {"limits_left_out", no_limits, INVALID, "election.rules"},
    {"a_key_that_is_not_the_ceremonys", another_election_key, INVALID, "election.trustees"},
    {"trustees_out_of_order", trustees_swapped, INVALID, "election.trustees"},
    {"an_unknown_ceremony", an_unknown_ceremony, NOT_FOUND, "ceremony.unknown"},
    {"an_unknown_meeting", an_unknown_meeting, NOT_FOUND, "meeting.unknown"},
    {"a_second_round_of_nothing", a_second_round_of_nothing, INVALID, "election.round"},
    {"a_closing_time_in_the_past", closing_in_the_past, INVALID, "election.late"},
    {"a_closing_before_the_opening", closing_before_opening, INVALID, "election.time"},
    {"a_manifest_without_the_chair", signed_by_two_officers, UNAUTHORIZED, "signers.person"},
    {"a_manifest_by_the_chair_alone", signed_by_the_chair_alone, UNAUTHORIZED, "signers.count"},
    {"signatures_in_another_order", signed_in_another_order, UNAUTHORIZED, "signers.person"},
};

static struct result a_second_manifest(struct world *world)
{
    world_manifest(world, "election-2");
    return send(world);
}

static const struct refusal_case OPEN[] = {
    {"a_second_open_election", a_second_manifest, CONFLICT, "election.another"},
};

static struct result the_same_id(struct world *world)
{
    world_manifest(world, "election-1");
    return send(world);
}

static const struct refusal_case CANCELLED[] = {
    {"an_id_used_before", the_same_id, CONFLICT, "election.known"},
};

static struct result cancel(struct world *world, const struct election *election)
{
    world_begin(world, "election.cancel");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put(world, "理由", "设备故障");
    return send(world);
}

static struct result expect_state(void *context, const struct view_election *row)
{
    assert_string_equal(row->state, context);
    return OK;
}

static void check_state(struct world *world, const char *id, const char *state)
{
    check_ok(
        view_election(world->record, bytes_of_string(id), expect_state, (void *)(uintptr_t)state));
}

static struct world *until_frozen(size_t members)
{
    struct world *world = world_make();

    world_people(world);
    world_cycle(world);
    world_ceremony(world);
    world_meeting(world);
    world_commit(world);
    world_sign_in(world, members);
    return world;
}

static void a_meeting_below_its_quorum_elects_nobody(void **state)
{
    struct world *world = until_frozen(9);

    (void)state;
    world_freeze(world, 9);
    world_reveal(world);
    world_manifest(world, "election-1");
    check_fails(send(world), INVALID, "election.quorum");
    world_free(world);
}

/* Before the draw is known there is no order: the manifest is written as it would be. */
static void nothing_opens_before_freeze_and_draw(void **state)
{
    struct world *world = until_frozen(10);
    struct buffer text = BUFFER_INIT;

    (void)state;
    world_manifest(world, "election-1");
    world_replace(world, "轮次", 0, "1\n候选：xixi 西溪示例精密仪器有限公司");
    check_ok(buffer_append(&text, buffer_view(&world->text)));
    check_fails(send(world), CONFLICT, "meeting.not_frozen");
    world_freeze(world, 10);
    buffer_clear(&world->text);
    check_ok(buffer_append(&world->text, buffer_view(&text)));
    check_fails(send(world), CONFLICT, "draw.unknown");
    buffer_free(&text);
    world_free(world);
}

static void revoke(struct world *world, const char *person)
{
    world_begin(world, "person.revoke");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.revoke", "理由", "丢失密钥码");
    check_ok(SEND(world, "gu", "he"));
}

static void a_revoked_member_keeps_the_roll_from_opening(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_ready(world);
    revoke(world, "m07");
    world_manifest(world, "election-1");
    check_fails(send(world), INVALID, "election.revoked");
    world_free(world);
}

static void revoking_a_member_cancels_the_election(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_ready(world);
    world_first_round(world);
    revoke(world, "tang");
    check_state(world, "election-1", "open");
    revoke(world, "m07");
    check_state(world, "election-1", "cancelled");
    world_free(world);
}

static void revoking_trustees_below_the_threshold_cancels_the_election(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_ready(world);
    world_first_round(world);
    revoke(world, "wen");
    check_state(world, "election-1", "open");
    revoke(world, "yan");
    check_state(world, "election-1", "cancelled");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_meeting_below_its_quorum_elects_nobody),
        cmocka_unit_test(nothing_opens_before_freeze_and_draw),
        cmocka_unit_test(a_revoked_member_keeps_the_roll_from_opening),
        cmocka_unit_test(revoking_a_member_cancels_the_election),
        cmocka_unit_test(revoking_trustees_below_the_threshold_cancels_the_election),
    };
    struct world *world = world_make();
    const struct election *election;
    int failed;

    world_ready(world);
    failed = REFUSALS_RUN("refusals of manifests", world, READY);
    election = world_first_round(world);
    failed += REFUSALS_RUN("refusals while one is open", world, OPEN);
    check_ok(cancel(world, election));
    check_fails(cancel(world, election), CONFLICT, "statement.logged");
    failed += REFUSALS_RUN("refusals after one is cancelled", world, CANCELLED);
    world_manifest(world, "election-2");
    check_ok(world_open(world, &election));
    world_free(world);
    return failed + cmocka_run_group_tests(tests, 0, 0);
}
