/*
 * What becomes of a report: open, complete, blocked, void, as everybody computes it from the log.
 * covers: report, sign_off, must_sign, view_report
 */
#include "check.h"
#include "record/view_report.h"
#include "support/world.h"

/* --- what is seen --- */

struct seen {
    char state[12];
    char how[12];
    uint64_t version;
    uint64_t lines;
    uint64_t done;
    uint64_t reservations;
    uint64_t since;
    uint64_t index;
};

static struct result see(void *context, const struct view_report *row)
{
    struct seen *seen = context;

    *seen = (struct seen){
        .version = row->version,
        .lines = row->lines,
        .done = row->done,
        .reservations = row->reservations,
        .since = row->since_index,
        .index = row->index,
    };
    snprintf(seen->state, sizeof seen->state, "%s", row->state);
    snprintf(seen->how, sizeof seen->how, "%s", row->void_how);
    assert_int_equal(row->void_index == VIEW_NONE, row->void_how[0] == '\0');
    return OK;
}

static struct seen look(struct world *world, const char *id, uint64_t version)
{
    struct seen seen;

    check_ok(view_report(world->record, bytes_of_string(id), version, see, &seen));
    return seen;
}

static void check_state(struct world *world, const char *id, uint64_t version, const char *state)
{
    assert_string_equal(look(world, id, version).state, state);
}

/* A list as one text: "an 组长 同意; bo 评审员 -; " and so on. */
static struct result tell_signer(void *context, const struct view_report_signer *row)
{
    struct buffer *text = context;

    TRY(buffer_append(text, row->person));
    TRY(buffer_append_text(text, " "));
    TRY(buffer_append(text, row->capacity));
    TRY(buffer_append_text(text, " "));
    TRY(buffer_append(text, row->opinion));
    TRY(buffer_append_text(text, row->refusal != VIEW_NONE ? "拒签"
                                 : row->index == VIEW_NONE ? "-"
                                                           : ""));
    return buffer_append_text(text, "; ");
}

typedef struct result lister(struct record *record, struct bytes id, uint64_t version,
                             view_report_signer_visit *visit, void *context);

static void check_lines(struct world *world, lister *list, const char *id, const char *expected)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *told;

    check_ok(list(world->record, bytes_of_string(id), 0, tell_signer, &text));
    check_ok(buffer_terminate(&text, &told));
    assert_string_equal(told, expected);
}

static void check_list(struct world *world, const char *id, const char *expected)
{
    check_lines(world, view_report_signers, id, expected);
}

static void check_former(struct world *world, const char *id, const char *expected)
{
    check_lines(world, view_report_former, id, expected);
}

/* --- what is done --- */

static struct world *begin(const char *after_change)
{
    struct world *world = world_make();

    world_team_ready(world, after_change);
    return world;
}

static void agree(struct world *world, const char *id, const char *person)
{
    check_ok(world_agree(world, id, look(world, id, 0).version, person));
}

static void say(struct world *world, const char *id, const char *person, const char *opinion)
{
    world_sign_off_text(world, id, look(world, id, 0).version,
                        &(struct opinion){person, "评审员", opinion});
    check_ok(SEND(world, person));
}

static void replace(struct world *world, const char *out, const char *in, const char *leader)
{
    world_team_change_text(world, out, in, leader);
    check_ok(SEND(world, "gu", "he"));
}

static void delegate(struct world *world, const char *person)
{
    world_delegate_text(world, "xixi", person);
    check_ok(SEND(world, "gu", "he"));
}

static void revoke(struct world *world, const char *person)
{
    world_begin(world, "person.revoke");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.revoke", "理由", "遗失");
    check_ok(SEND(world, "gu", "he"));
}

/* --- complete --- */

static void a_report_is_complete_with_its_last_signature(void **state)
{
    struct world *world = begin(0);
    struct seen seen;

    (void)state;
    world_report(world, "site", 1, true);
    agree(world, "site", "mei");
    agree(world, "site", "an");
    agree(world, "site", "bo");
    seen = look(world, "site", 1);
    assert_string_equal(seen.state, "open");
    assert_int_equal(seen.since, seen.index);
    assert_int_equal(seen.lines, 4);
    assert_int_equal(seen.done, 3);
    agree(world, "site", "ci");
    check_list(world, "site", "an 组长 同意; bo 评审员 同意; ci 评审员 同意; mei 受评组织 同意; ");
    seen = look(world, "site", 1);
    assert_string_equal(seen.state, "complete");
    assert_int_equal(seen.since, seen.index + 4);
    assert_int_equal(seen.done, 4);
    world_free(world);
}

static struct result has_reason(void *context, const struct view_report_signer *row)
{
    const bool reserved = bytes_is(row->opinion, "保留意见");

    *(size_t *)context += reserved;
    assert_int_equal(row->reason.size, reserved ? 45 : 0);
    return OK;
}

static void a_reservation_counts_as_signed_and_is_seen(void **state)
{
    struct world *world = begin(0);
    size_t reserved = 0;

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    say(world, "paper", "bo", "保留意见");
    agree(world, "paper", "ci");
    check_state(world, "paper", 1, "complete");
    assert_int_equal(look(world, "paper", 1).reservations, 1);
    check_ok(view_report_signers(world->record, LITERAL("paper"), 1, has_reason, &reserved));
    assert_int_equal(reserved, 1);
    world_free(world);
}

static void a_witnessed_refusal_completes_in_the_organisations_place(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "site", 1, true);
    world_refusal_text(world, "site", 1);
    world_put_hidden(world, "report.refusal", "组织说明", "结论与事实不符");
    world_drop(world, "时间", 0);
    world_put_time(world, "时间", world->time);
    check_ok(SEND(world, "an", "he"));
    check_state(world, "site", 1, "open");
    agree(world, "site", "an");
    agree(world, "site", "bo");
    agree(world, "site", "ci");
    check_state(world, "site", 1, "complete");
    check_list(world, "site", "an 组长 同意; bo 评审员 同意; ci 评审员 同意; mei 受评组织 拒签; ");
    world_free(world);
}

static void what_is_signed_stands_after_a_revocation_and_a_finding(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    agree(world, "paper", "bo");
    revoke(world, "bo");
    world_find_text(world, "an", "xixi");
    check_ok(SEND(world, "gu", "he"));
    agree(world, "paper", "ci");
    check_state(world, "paper", 1, "complete");
    world_free(world);
}

/* --- blocked, void --- */

static void one_disagreement_blocks_while_the_others_still_sign(void **state)
{
    struct world *world = begin(0);
    struct seen seen;

    (void)state;
    world_report(world, "paper", 1, false);
    say(world, "paper", "bo", "不同意");
    check_state(world, "paper", 1, "blocked");
    agree(world, "paper", "an");
    agree(world, "paper", "ci");
    seen = look(world, "paper", 1);
    assert_string_equal(seen.state, "blocked");
    assert_int_equal(seen.since, seen.index + 1);
    assert_int_equal(seen.done, 2);
    world_free(world);
}

static void a_new_version_voids_the_old_one_with_its_signatures(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    say(world, "paper", "bo", "不同意");
    world_report(world, "paper", 2, false);
    check_state(world, "paper", 1, "void");
    assert_string_equal(look(world, "paper", 1).how, "superseded");
    assert_int_equal(look(world, "paper", 0).version, 2);
    check_list(world, "paper", "an 组长 -; bo 评审员 -; ci 评审员 -; ");
    agree(world, "paper", "ci");
    world_report(world, "paper", 3, false);
    check_state(world, "paper", 2, "void");
    world_free(world);
}

static void a_version_is_voided_once_and_for_its_first_reason(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    world_void_text(world, "paper", 1);
    check_ok(SEND(world, "gu", "he"));
    check_state(world, "paper", 1, "void");
    check_state(world, "paper", 0, "void");
    check_fails(world_agree(world, "paper", 1, "bo"), CONFLICT, "report.voided");
    world_report(world, "paper", 2, false);
    assert_string_equal(look(world, "paper", 1).how, "voided");
    check_state(world, "paper", 2, "open");
    world_void_text(world, "paper", 2);
    check_ok(SEND(world, "an"));
    check_state(world, "paper", 2, "void");
    world_free(world);
}

/* --- somebody is replaced --- */

static void a_successor_signs_anew_and_the_others_stand(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    agree(world, "paper", "bo");
    replace(world, "bo", "du", "an");
    check_list(world, "paper", "an 组长 同意; du 评审员 -; ci 评审员 -; ");
    check_former(world, "paper", "bo 评审员 同意; ");
    check_fails(world_agree(world, "paper", 1, "bo"), INVALID, "report.signer");
    agree(world, "paper", "ci");
    check_state(world, "paper", 1, "open");
    agree(world, "paper", "du");
    check_state(world, "paper", 1, "complete");
    world_free(world);
}

static void a_new_leader_signs_as_leader_unless_signed_before(void **state)
{
    struct world *world = begin("保留");

    (void)state;
    world_report(world, "first", 1, false);
    world_report(world, "second", 1, false);
    agree(world, "first", "bo");
    replace(world, "an", "du", "bo");
    check_list(world, "first", "du 评审员 -; bo 评审员 同意; ci 评审员 -; ");
    check_list(world, "second", "du 评审员 -; bo 组长 -; ci 评审员 -; ");
    check_fails(world_agree(world, "second", 1, "bo"), INVALID, "report.capacity");
    world_void_text(world, "second", 1);
    check_fails(SEND(world, "an"), UNAUTHORIZED, "signers.person");
    check_ok(SEND(world, "bo"));
    world_free(world);
}

static void a_disagreement_leaves_with_who_is_replaced(void **state)
{
    struct world *world = begin(0);
    struct seen seen;

    (void)state;
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    say(world, "paper", "bo", "不同意");
    agree(world, "paper", "ci");
    replace(world, "bo", "du", "an");
    seen = look(world, "paper", 1);
    assert_string_equal(seen.state, "open");
    assert_int_equal(seen.since, seen.index + 4);
    check_former(world, "paper", "bo 评审员 不同意; ");
    world_free(world);
}

static void a_cycle_may_ask_that_all_sign_again(void **state)
{
    struct world *world = begin("重签");

    (void)state;
    world_report(world, "done", 1, false);
    agree(world, "done", "an");
    agree(world, "done", "bo");
    agree(world, "done", "ci");
    world_report(world, "site", 1, true);
    delegate(world, "mo");
    assert_string_equal(look(world, "site", 1).how, "team");
    world_report(world, "paper", 1, false);
    agree(world, "paper", "an");
    replace(world, "bo", "du", "an");
    check_state(world, "done", 1, "complete");
    check_state(world, "paper", 1, "void");
    assert_string_equal(look(world, "paper", 1).how, "team");
    check_former(world, "paper", "");
    check_fails(world_agree(world, "paper", 1, "ci"), CONFLICT, "report.voided");
    world_report_text(world, "paper", 2, false);
    check_fails(SEND(world, "an"), INVALID, "report.signers");
    world_replace(world, "须签", 1, "ci 评审员");
    world_replace(world, "须签", 2, "du 评审员");
    check_ok(SEND(world, "an"));
    check_state(world, "paper", 2, "open");
    world_free(world);
}

static void a_delegate_takes_over_the_organisations_line(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "site", 1, true);
    world_report(world, "paper", 1, false);
    agree(world, "site", "mei");
    delegate(world, "mo");
    check_list(world, "site", "an 组长 -; bo 评审员 -; ci 评审员 -; mo 受评组织 -; ");
    check_former(world, "site", "mei 受评组织 同意; ");
    check_fails(world_agree(world, "site", 1, "mei"), INVALID, "report.signer");
    check_former(world, "paper", "");
    delegate(world, "mei");
    agree(world, "site", "mei");
    world_free(world);
}

static void a_refusal_stands_whoever_represents(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_report(world, "site", 1, true);
    world_refusal_text(world, "site", 1);
    check_ok(SEND(world, "an", "gu"));
    delegate(world, "mo");
    check_list(world, "site", "an 组长 -; bo 评审员 -; ci 评审员 -; mo 受评组织 拒签; ");
    world_sign_off_text(world, "site", 1, &(struct opinion){"mo", "受评组织", "同意"});
    check_fails(SEND(world, "mo"), CONFLICT, "report.refused");
    world_free(world);
}

/* A reviewer who has become the representative has a conflict, and signs for the organisation. */
static void one_person_on_two_lines_signs_for_the_organisation(void **state)
{
    struct world *world = begin(0);

    (void)state;
    world_begin(world, "role.grant");
    world_put(world, "人员", "ci");
    world_put(world, "角色", "组织代表");
    check_ok(SEND(world, "gu", "he"));
    world_report(world, "site", 1, true);
    delegate(world, "ci");
    check_list(world, "site", "an 组长 -; bo 评审员 -; ci 评审员 -; ci 受评组织 -; ");
    check_fails(world_agree(world, "site", 1, "ci"), CONFLICT, "report.conflict");
    world_sign_off_text(world, "site", 1, &(struct opinion){"ci", "受评组织", "同意"});
    check_ok(SEND(world, "ci"));
    check_list(world, "site", "an 组长 -; bo 评审员 -; ci 评审员 -; ci 受评组织 同意; ");
    replace(world, "ci", "du", "an");
    check_list(world, "site", "an 组长 -; bo 评审员 -; du 评审员 -; ci 受评组织 同意; ");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_complete_with_its_last_signature),
        cmocka_unit_test(a_reservation_counts_as_signed_and_is_seen),
        cmocka_unit_test(a_witnessed_refusal_completes_in_the_organisations_place),
        cmocka_unit_test(what_is_signed_stands_after_a_revocation_and_a_finding),
        cmocka_unit_test(one_disagreement_blocks_while_the_others_still_sign),
        cmocka_unit_test(a_new_version_voids_the_old_one_with_its_signatures),
        cmocka_unit_test(a_version_is_voided_once_and_for_its_first_reason),
        cmocka_unit_test(a_successor_signs_anew_and_the_others_stand),
        cmocka_unit_test(a_new_leader_signs_as_leader_unless_signed_before),
        cmocka_unit_test(a_disagreement_leaves_with_who_is_replaced),
        cmocka_unit_test(a_cycle_may_ask_that_all_sign_again),
        cmocka_unit_test(a_delegate_takes_over_the_organisations_line),
        cmocka_unit_test(a_refusal_stands_whoever_represents),
        cmocka_unit_test(one_person_on_two_lines_signs_for_the_organisation),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
