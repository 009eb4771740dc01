/*
 * Meetings: who is appointed, who signs in, who steps back, how the order is drawn.
 * covers: meeting, signin, draw
 */
#include <stdlib.h>

#include "check.h"
#include "record/draw.h"
#include "record/signin.h"
#include "record/view.h"
#include "support/refusals.h"

#define EXTRA "extra" /* a member that nobody appointed */

/* --- before any sign-in --- */

static struct result open_changed(struct world *world, const char *label, size_t line,
                                  const char *value)
{
    world_meeting_text(world, "meeting-two");
    world_replace(world, label, line, value);
    return SEND(world, "qiao", "he");
}

static struct result open_known(struct world *world)
{
    world_meeting_text(world, WORLD_MEETING);
    world_replace(world, "地点", 0, "另一会议室");
    return SEND(world, "qiao", "he");
}

static struct result open_with_a_low_quorum(struct world *world)
{
    return open_changed(world, "法定人数", 0, "9");
}

static struct result open_with_the_chair_as_scrutineer(struct world *world)
{
    return open_changed(world, "监票人", 0, "qiao");
}

static struct result open_with_one_scrutineer_twice(struct world *world)
{
    return open_changed(world, "监票人", 0, "tang");
}

static struct result open_with_an_officer_as_scrutineer(struct world *world)
{
    return open_changed(world, "监票人", 0, "gu");
}

static struct result open_by_another_chair(struct world *world)
{
    return open_changed(world, "主持人", 0, "lu");
}

static struct result open_with_an_officer_appointed(struct world *world)
{
    return open_changed(world, "应到", 14, "tang");
}

static struct result open_out_of_order(struct world *world)
{
    world_meeting_text(world, "meeting-two");
    world_swap(world, "应到", 3);
    return SEND(world, "qiao", "he");
}

static struct result open_of_an_unknown_cycle(struct world *world)
{
    return open_changed(world, "周期", 0, "cycle-2025");
}

static struct result open_with_a_candidate_twice(struct world *world)
{
    world_meeting_text(world, "meeting-two");
    world_double(world, "候选", 1);
    return SEND(world, "qiao", "he");
}

static struct result open_with_a_nameless_candidate(struct world *world)
{
    return open_changed(world, "候选", 0, "gudang");
}

static struct result freeze_by_scrutineers(struct world *world)
{
    world_freeze_text(world, 0);
    return SEND(world, "shen", "tang");
}

static struct result reveal_before_the_freeze(struct world *world)
{
    world_reveal_text(world);
    return SEND(world, "he");
}

/* --- while members sign in: m01 to m10 have, m01 is recused from xixi --- */

static struct result sign_in_for_another(struct world *world)
{
    world_sign_in_text(world, "m11", 0);
    return SEND(world, "m12");
}

static struct result sign_in_unappointed(struct world *world)
{
    world_sign_in_text(world, EXTRA, 0);
    return SEND(world, EXTRA);
}

static struct result sign_in_to_no_meeting(struct world *world)
{
    world_sign_in_text(world, "m11", 0);
    world_replace(world, "会议", 0, "meeting-two");
    return SEND(world, "m11");
}

/* The proof names the person: nobody signs in with a key whose secret another holds. */
static struct result sign_in_with_anothers_proof(struct world *world)
{
    world_sign_in_text(world, "m12", 0);
    world_replace(world, "签到人", 0, "m11");
    return SEND(world, "m11");
}

static struct result sign_in_with_anothers_key(struct world *world)
{
    world_sign_in_text(world, "m01", 0);
    world_replace(world, "签到人", 0, "m11");
    return SEND(world, "m11");
}

static struct result sign_in_having_seen_the_future(struct world *world)
{
    world_sign_in_text(world, "m11", 0);
    world_replace(world, "日志条数", 0, "9999");
    return SEND(world, "m11");
}

static struct result sign_in_having_seen_another_log(struct world *world)
{
    world_sign_in_text(world, "m11", 0);
    world_replace(world, "日志条数", 0, "7");
    return SEND(world, "m11");
}

static struct result recuse_again(struct world *world)
{
    world_recuse_text(world, "m01", "xixi");
    world_replace(world, "理由", 0, "#AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "m01");
}

static struct result recuse_from_nobody(struct world *world)
{
    world_recuse_text(world, "m02", "nobody");
    return SEND(world, "m02");
}

static struct result recuse_another_member(struct world *world)
{
    world_recuse_text(world, "m02", "xixi");
    return SEND(world, "m03");
}

static struct result recuse_by_two_officers(struct world *world)
{
    world_recuse_text(world, "m02", "xixi");
    return SEND(world, "gu", "he");
}

static struct result commit_again(struct world *world)
{
    world_begin(world, "draw.commit");
    world_put(world, "会议", WORLD_MEETING);
    world_put(world, "承诺", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "he");
}

static struct result freeze_with_one_too_many(struct world *world)
{
    world_freeze_text(world, 11);
    return SEND(world, "qiao", "gu");
}

static struct result freeze_with_others_appointed(struct world *world)
{
    world_freeze_text(world, 10);
    world_replace(world, "应到", 0, "14");
    return SEND(world, "qiao", "gu");
}

/* --- after the freeze --- */

static struct result sign_in_late(struct world *world)
{
    world_sign_in_text(world, "m11", 0);
    return SEND(world, "m11");
}

static struct result recuse_late(struct world *world)
{
    world_recuse_text(world, "m02", "yunqi");
    return SEND(world, "m02");
}

static struct result freeze_again(struct world *world)
{
    world_freeze_text(world, 10);
    return SEND(world, "qiao", "he");
}

static struct result reveal_something_else(struct world *world)
{
    world_reveal_text(world);
    world_replace(world, "随机数", 0, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "he");
}

static struct result record_instead_of_revealing(struct world *world)
{
    world_begin(world, "draw.record");
    world_put(world, "会议", WORLD_MEETING);
    world_put(world, "抽签", "3 1 4 2");
    return SEND(world, "shen", "tang");
}

static const struct refusal_case OPENING[] = {
    {"a_meeting_twice", open_known, CONFLICT, "meeting.known"},
    {"a_quorum_below_the_rule", open_with_a_low_quorum, INVALID, "meeting.quorum"},
    {"a_chair_who_counts", open_with_the_chair_as_scrutineer, INVALID, "meeting.officials"},
    {"one_scrutineer_for_two", open_with_one_scrutineer_twice, INVALID, "meeting.officials"},
    {"a_scrutineer_without_the_role", open_with_an_officer_as_scrutineer, INVALID,
     "meeting.officials"},
    {"a_meeting_signed_by_another_chair", open_by_another_chair, UNAUTHORIZED, "signers.person"},
    {"an_appointed_who_is_no_member", open_with_an_officer_appointed, INVALID, "meeting.member"},
    {"appointed_members_out_of_order", open_out_of_order, INVALID, "meeting.order"},
    {"a_meeting_of_no_cycle", open_of_an_unknown_cycle, NOT_FOUND, "cycle.unknown"},
    {"a_candidate_twice", open_with_a_candidate_twice, INVALID, "meeting.candidate"},
    {"a_candidate_without_a_name", open_with_a_nameless_candidate, MALFORMED, "meeting.candidate"},
    {"a_freeze_by_scrutineers", freeze_by_scrutineers, UNAUTHORIZED, "signers.person"},
    {"a_draw_revealed_before_the_freeze", reveal_before_the_freeze, CONFLICT, "meeting.not_frozen"},
};

static const struct refusal_case SIGNING[] = {
    {"a_sign_in_for_another", sign_in_for_another, UNAUTHORIZED, "signers.person"},
    {"a_sign_in_of_the_unappointed", sign_in_unappointed, INVALID, "meeting.appointed"},
    {"a_sign_in_to_no_meeting", sign_in_to_no_meeting, NOT_FOUND, "meeting.unknown"},
    {"a_vote_key_proved_by_another", sign_in_with_anothers_proof, INVALID, "signin.proof"},
    {"a_vote_key_of_another", sign_in_with_anothers_key, CONFLICT, "signin.key"},
    {"a_sign_in_that_has_seen_the_future", sign_in_having_seen_the_future, INVALID, "log.seen"},
    {"a_sign_in_that_saw_another_log", sign_in_having_seen_another_log, INVALID, "log.seen"},
    {"a_recusal_twice", recuse_again, CONFLICT, "recusal.known"},
    {"a_recusal_from_nobody", recuse_from_nobody, INVALID, "recusal.candidate"},
    {"a_recusal_of_another_member", recuse_another_member, UNAUTHORIZED, "signers.person"},
    {"a_recusal_without_the_chair", recuse_by_two_officers, UNAUTHORIZED, "signers.person"},
    {"a_second_commitment", commit_again, CONFLICT, "draw.committed"},
    {"a_freeze_that_counts_too_many", freeze_with_one_too_many, INVALID, "freeze.present"},
    {"a_freeze_of_others", freeze_with_others_appointed, INVALID, "freeze.appointed"},
};

static const struct refusal_case FROZEN[] = {
    {"a_sign_in_after_the_freeze", sign_in_late, CONFLICT, "meeting.frozen"},
    {"a_recusal_after_the_freeze", recuse_late, CONFLICT, "meeting.frozen"},
    {"a_second_freeze", freeze_again, CONFLICT, "meeting.frozen"},
    {"a_draw_that_was_not_committed", reveal_something_else, INVALID, "draw.commitment"},
    {"another_draw_once_committed", record_instead_of_revealing, CONFLICT, "draw.committed"},
};

/* The freeze names a size of the log; whoever signed in after it has not been counted aloud. */
static void a_freeze_misses_nobody(void **state)
{
    struct world *world = world_make();
    struct buffer freeze = BUFFER_INIT;

    (void)state;
    world_people(world);
    world_cycle(world);
    world_meeting(world);
    world_sign_in(world, 10);
    world_freeze_text(world, 11);
    check_ok(buffer_append(&freeze, buffer_view(&world->text)));
    world_sign_in_text(world, "m11", 0);
    check_ok(SEND(world, "m11"));
    buffer_clear(&world->text);
    check_ok(buffer_append(&world->text, buffer_view(&freeze)));
    check_fails(SEND(world, "qiao", "gu"), INVALID, "freeze.later");
    buffer_free(&freeze);
    world_free(world);
}

static void the_last_sign_in_stands(void **state)
{
    struct world *world = world_make();
    struct presence *present = calloc(ROLL_MAX, sizeof *present);
    struct scalar key;
    struct point expected;
    size_t count;

    (void)state;
    world_people(world);
    world_cycle(world);
    world_meeting(world);
    world_sign_in(world, 3);
    world_sign_in_text(world, "m02", 1);
    check_ok(SEND(world, "m02"));
    check_ok(signin_load_present(world->record, LITERAL(WORLD_MEETING), present, &count));
    world_vote_key(WORLD_MEETING, "m02", 1, &key);
    check_ok(point_base_multiply(&key, &expected));
    assert_int_equal(count, 3);
    assert_string_equal(present[1].person, "m02");
    assert_true(point_equal(&present[1].vote_key, &expected));
    free(present);
    world_free(world);
}

static void whoever_is_revoked_before_the_freeze_is_not_present(void **state)
{
    struct world *world = world_make();
    uint64_t count;

    (void)state;
    world_people(world);
    world_cycle(world);
    world_meeting(world);
    world_sign_in(world, 4);
    world_begin(world, "person.revoke");
    world_put(world, "人员", "m03");
    world_put_hidden(world, "person.revoke", "理由", "丢失");
    check_ok(SEND(world, "gu", "he"));
    check_ok(signin_count_present(world->record, LITERAL(WORLD_MEETING), &count));
    assert_int_equal(count, 3);
    world_freeze(world, 3);
    world_free(world);
}

/* The order of a draw, from the bytes the scrutineers wrote down (protocol section 6). */
struct ranks {
    struct hash64 last;
    size_t count;
};

static struct result check_rank(void *context, struct bytes id)
{
    struct ranks *ranks = context;
    struct hash64 rank;
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 draw");
    hash_text(&state, "3 1 4 2");
    for (size_t i = 0; i < 3; i++) {
        struct scalar key;

        world_vote_key(WORLD_MEETING, world_member(i), 0, &key);
        hash_part(&state, (struct bytes){key.bytes, 16}); /* what world_sign_in_text() draws */
    }
    hash_part(&state, id);
    hash_end(&state, &rank);
    assert_true(bytes_compare(BYTES(ranks->last.bytes), BYTES(rank.bytes)) < 0);
    ranks->last = rank;
    ranks->count++;
    return OK;
}

static void a_recorded_draw_gives_the_same_order_to_everybody(void **state)
{
    struct world *world = world_make();
    struct ranks ranks = {.count = 0};

    (void)state;
    world_people(world);
    world_cycle(world);
    world_meeting(world);
    world_sign_in(world, 3);
    world_freeze(world, 3);
    check_ok(record_instead_of_revealing(world));
    check_ok(view_meeting_order(world->record, LITERAL(WORLD_MEETING), check_rank, &ranks));
    assert_int_equal(ranks.count, WORLD_CANDIDATES);
    check_fails(reveal_something_else(world), CONFLICT, "draw.known");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_freeze_misses_nobody),
        cmocka_unit_test(the_last_sign_in_stands),
        cmocka_unit_test(whoever_is_revoked_before_the_freeze_is_not_present),
        cmocka_unit_test(a_recorded_draw_gives_the_same_order_to_everybody),
    };
    struct world *world = world_make();
    int failed;

    world_people(world);
    world_person(world, EXTRA, "委员");
    world_cycle(world);
    world_meeting(world);
    failed = REFUSALS_RUN("refusals of meetings", world, OPENING);
    world_commit(world);
    world_sign_in(world, 10);
    world_recuse_text(world, "m01", "xixi");
    check_ok(SEND(world, "m01"));
    failed += REFUSALS_RUN("refusals of sign-ins", world, SIGNING);
    world_freeze(world, 10);
    failed += REFUSALS_RUN("refusals after the freeze", world, FROZEN);
    world_free(world);
    return failed + cmocka_run_group_tests(tests, 0, 0);
}
