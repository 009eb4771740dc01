/*
 * Who may handle a case, in which order, and within which terms: Article 21.
 * covers: case, case_state, answer, identity, case_file
 */
#include "check.h"
#include "record/case.h"
#include "record/case_state.h"
#include "record/query.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static struct hash32 fresh;    /* received; nobody has declared */
static struct hash32 ready;    /* received, declared, not opened */
static struct hash32 verified; /* the identity opened and verified */
static struct hash32 accepted;
static struct hash32 upheld;
static struct hash32 joined; /* accepted, and follows `accepted` */
static struct hash32 waiting;

/* --- declarations --- */

static struct result declared_by_a_stranger(struct world *world)
{
    return world_declare_case(world, &ready, "lu", "无");
}

static struct result declared_again(struct world *world)
{
    world_case_text(world, "case.declare", &accepted);
    world_put(world, "人员", "he");
    world_put(world, "利益关系", "无");
    world->time += 1;
    return SEND(world, "he");
}

static struct result a_conflict_taken_back(struct world *world)
{
    return world_declare_case(world, &fresh, "he", "无");
}

static struct result assign(struct world *world, const struct hash32 *about, const char *handler,
                            const char *by)
{
    world_case_text(world, "case.assign", about);
    world_put(world, "承办人", handler);
    return SEND(world, by);
}

static struct result assigned_by_one_undeclared(struct world *world)
{
    return assign(world, &fresh, "gu", "gu");
}

static struct result assigned_by_one_with_a_conflict(struct world *world)
{
    return assign(world, &fresh, "gu", "he");
}

static struct result assigned_to_a_stranger(struct world *world)
{
    return assign(world, &ready, "lu", "gu");
}

static struct result assigned_though_closed(struct world *world)
{
    return assign(world, &upheld, "gu", "gu");
}

/* --- joinder --- */

static struct result join(struct world *world, const struct hash32 *one, const struct hash32 *other)
{
    world_case_text(world, "case.join", one);
    world_put_bytes(world, "并入", BYTES(other->bytes));
    return SEND(world, "gu");
}

static struct result joined_to_itself(struct world *world)
{
    return join(world, &ready, &ready);
}

static struct result joined_in_a_chain(struct world *world)
{
    return join(world, &ready, &joined);
}

static struct result joined_though_followed(struct world *world)
{
    return join(world, &accepted, &ready);
}

static struct result joined_to_none(struct world *world)
{
    return join(world, &ready, &world->ceremony);
}

/* --- identities --- */

static void open_text(struct world *world, const struct hash32 *about, const char *reader)
{
    world_case_text(world, "identity.open", about);
    world_put(world, "交给", reader);
    world_put_hidden(world, "identity.open", "理由", "核验身份");
}

static struct result opened_by_one(struct world *world)
{
    open_text(world, &ready, "gu");
    return SEND(world, "ka");
}

static struct result opened_by_one_twice(struct world *world)
{
    open_text(world, &ready, "gu");
    return SEND(world, "ka", "ka");
}

static struct result opened_by_officers(struct world *world)
{
    open_text(world, &ready, "gu");
    return SEND(world, "gu", "he");
}

static struct result opened_out_of_order(struct world *world)
{
    open_text(world, &ready, "gu");
    return SEND(world, "kb", "ka");
}

static struct result opened_by_another_keeper(struct world *world)
{
    open_text(world, &ready, "gu");
    return SEND(world, "ka", "kd");
}

static struct result opened_to_one_with_a_conflict(struct world *world)
{
    open_text(world, &fresh, "he");
    return SEND(world, "ka", "kc");
}

static struct result opened_before_it_came(struct world *world)
{
    open_text(world, &waiting, "gu");
    return SEND(world, "ka", "kc");
}

static struct result verified_unopened(struct world *world)
{
    world_case_text(world, "case.verify", &ready);
    world_put(world, "核验", "已联系");
    return SEND(world, "gu");
}

static struct result verified_twice(struct world *world)
{
    world_case_text(world, "case.verify", &verified);
    world_put(world, "核验", "窗口核验");
    return SEND(world, "gu");
}

static struct result erase(struct world *world, const struct hash32 *about)
{
    world_case_text(world, "identity.erase", about);
    return SEND(world, "gu", "he");
}

static struct result erased_while_open(struct world *world)
{
    return erase(world, &ready);
}

static struct result erased_early(struct world *world)
{
    return erase(world, &upheld);
}

/* --- answers --- */

static struct result accepted_unverified(struct world *world)
{
    return world_answer(world, &ready, "受理");
}

static struct result accepted_twice(struct world *world)
{
    world_answer_text(world, &accepted, "受理", "再次");
    return SEND(world, "gu");
}

static struct result refused_without_ground(struct world *world)
{
    return world_answer(world, &verified, "不予受理");
}

static struct result refused_after_acceptance(struct world *world)
{
    world_answer_text(world, &accepted, "不予受理", "匿名");
    return SEND(world, "gu");
}

static struct result answered_by_one_with_a_conflict(struct world *world)
{
    world_answer_text(world, &fresh, "不予受理", "匿名");
    return SEND(world, "he");
}

static struct result answered_by_a_stranger(struct world *world)
{
    world_answer_text(world, &verified, "不予受理", "匿名");
    return SEND(world, "lu");
}

static struct result upheld_without_report(struct world *world)
{
    return world_answer(world, &accepted, "成立");
}

static struct result investigated_unaccepted(struct world *world)
{
    return world_answer(world, &verified, "调查中");
}

static struct result extended_unaccepted(struct world *world)
{
    return world_answer(world, &verified, "延期");
}

static struct result extended_without_ground(struct world *world)
{
    return world_answer(world, &accepted, "延期");
}

static struct result answered_though_closed(struct world *world)
{
    return world_answer(world, &upheld, "调查中");
}

static struct result answered_of_another_size(struct world *world)
{
    world_answer_text(world, &verified, "不予受理", "匿名");
    world_replace(world, "大小", 0, "65741");
    return SEND(world, "gu");
}

static struct result reported_unaccepted(struct world *world)
{
    world_report_case_text(world, &verified, "成立");
    return SEND(world, "gu", "he");
}

static struct result reported_for_a_follower(struct world *world)
{
    world_report_case_text(world, &joined, "成立");
    return SEND(world, "gu", "he");
}

static struct result reported_by_one(struct world *world)
{
    world_report_case_text(world, &accepted, "成立");
    return SEND(world, "gu");
}

static struct result reported_by_a_stranger(struct world *world)
{
    world_report_case_text(world, &accepted, "成立");
    return SEND(world, "gu", "lu");
}

static const struct refusal_case CASES[] = {
    {"a_declaration_of_no_handler", declared_by_a_stranger, INVALID, "case.handler"},
    {"a_declaration_again", declared_again, CONFLICT, "statement.logged"},
    {"a_conflict_taken_back", a_conflict_taken_back, CONFLICT, "case.withdrawn"},
    {"an_act_before_declaring", assigned_by_one_undeclared, INVALID, "case.undeclared"},
    {"an_act_with_a_conflict", assigned_by_one_with_a_conflict, CONFLICT, "case.conflict"},
    {"an_assignment_to_no_handler", assigned_to_a_stranger, INVALID, "case.handler"},
    {"an_assignment_of_a_closed_case", assigned_though_closed, CONFLICT, "case.closed"},
    {"a_case_joined_to_itself", joined_to_itself, CONFLICT, "case.joined"},
    {"a_chain_of_cases", joined_in_a_chain, CONFLICT, "case.joined"},
    {"a_followed_case_that_follows", joined_though_followed, CONFLICT, "case.joined"},
    {"a_case_joined_to_none", joined_to_none, NOT_FOUND, "case.unknown"},
    {"an_identity_opened_by_one", opened_by_one, UNAUTHORIZED, "signers.count"},
    {"an_identity_opened_by_one_twice", opened_by_one_twice, UNAUTHORIZED, "signers.distinct"},
    {"an_identity_opened_by_officers", opened_by_officers, UNAUTHORIZED, "signers.role"},
    {"keepers_out_of_order", opened_out_of_order, INVALID, "case.keeper"},
    {"a_keeper_of_another_notice", opened_by_another_keeper, UNAUTHORIZED, "case.keeper"},
    {"an_identity_for_one_with_a_conflict", opened_to_one_with_a_conflict, CONFLICT,
     "case.conflict"},
    {"an_identity_that_has_not_come", opened_before_it_came, INVALID, "objection.missing"},
    {"a_name_verified_unopened", verified_unopened, INVALID, "identity.unopened"},
    {"a_name_verified_twice", verified_twice, CONFLICT, "case.verified"},
    {"an_identity_erased_while_open", erased_while_open, CONFLICT, "case.open"},
    {"an_identity_erased_early", erased_early, INVALID, "identity.keep"},
    {"an_acceptance_without_a_verified_name", accepted_unverified, INVALID, "case.unverified"},
    {"an_acceptance_twice", accepted_twice, CONFLICT, "case.order"},
    {"a_refusal_without_a_ground", refused_without_ground, INVALID, "case.basis"},
    {"a_refusal_after_acceptance", refused_after_acceptance, CONFLICT, "case.order"},
    {"an_answer_with_a_conflict", answered_by_one_with_a_conflict, CONFLICT, "case.conflict"},
    {"an_answer_of_no_handler", answered_by_a_stranger, INVALID, "case.handler"},
    {"an_end_without_a_report", upheld_without_report, INVALID, "case.order"},
    {"an_investigation_of_what_is_not_accepted", investigated_unaccepted, CONFLICT, "case.order"},
    {"more_time_for_what_is_not_accepted", extended_unaccepted, CONFLICT, "case.order"},
    {"more_time_without_a_ground", extended_without_ground, INVALID, "case.basis"},
    {"an_answer_in_a_closed_case", answered_though_closed, CONFLICT, "case.closed"},
    {"an_answer_of_another_size", answered_of_another_size, INVALID, "objection.size"},
    {"a_report_of_what_is_not_accepted", reported_unaccepted, CONFLICT, "case.unaccepted"},
    {"a_report_for_a_case_that_follows", reported_for_a_follower, CONFLICT, "case.joined"},
    {"a_report_by_one", reported_by_one, UNAUTHORIZED, "signers.count"},
    {"a_report_with_a_stranger", reported_by_a_stranger, INVALID, "case.handler"},
};

static const char COUNT_MISSED[] = "SELECT COUNT(*) FROM case_term WHERE objection = :objection"
                                   " AND (met > due OR (met IS NULL AND due < :now))";

static uint64_t count_missed(struct world *world, const struct hash32 *about)
{
    AUTO_QUERY query = query_start(world->record, COUNT_MISSED);
    bool row;

    query_bind_blob(&query, ":objection", BYTES(about->bytes));
    query_bind_number(&query, ":now", world->time);
    check_ok(query_step(&query, &row));
    return query_number(&query, 0);
}

static void check_state(struct world *world, const struct hash32 *about, const char *state)
{
    struct objection objection;

    check_ok(objection_load(world->record, about, &objection));
    assert_string_equal(objection.state, state);
}

static struct hash32 receive_only(struct world *world, const char *objector)
{
    const struct hash32 objection = world_objection(world, objector);

    world_receive_text(world, &objection, &objection);
    check_ok(SEND(world, "service"));
    return objection;
}

static void set_up(struct world *world)
{
    world_notice(world, world_notice_ready(world));
    world_person(world, "kd", "保管人");
    world_notice_time(world, false, 1000);
    waiting = world_objection(world, "objector-1");
    check_ok(world_declare_case(world, &waiting, "gu", "无"));
    fresh = receive_only(world, "objector-2");
    check_ok(world_declare_case(world, &fresh, "he", "有"));
    ready = world_case(world, "objector-3");
    verified = world_case(world, "objector-4");
    world_verified(world, &verified);
    accepted = world_case(world, "objector-5");
    world_verified(world, &accepted);
    check_ok(world_answer(world, &accepted, "受理"));
    upheld = world_case(world, "objector-6");
    world_concluded(world, &upheld, "成立");
    joined = world_case(world, "objector-7");
    world_verified(world, &joined);
    check_ok(world_answer(world, &joined, "受理"));
    check_ok(join(world, &joined, &accepted));
}

static struct world *shared;

static void a_broken_promise_stays_visible_and_followers_end_with_their_case(void **state)
{
    struct world *world = shared;

    (void)state;
    check_state(world, &upheld, "成立");
    assert_int_equal(count_missed(world, &accepted), 0);
    check_ok(world_answer(world, &accepted, "调查中"));
    world_answer_text(world, &accepted, "延期", "案情复杂");
    check_ok(SEND(world, "gu"));
    world->time += 30 * 86400;
    assert_int_equal(count_missed(world, &accepted), 1);
    world_report_case_text(world, &accepted, "不成立");
    check_ok(SEND(world, "gu", "he"));
    check_state(world, &accepted, "已查清");
    assert_int_equal(count_missed(world, &accepted), 1);
    check_ok(world_answer(world, &joined, "不成立"));
    check_ok(world_answer(world, &accepted, "不成立"));
    check_state(world, &joined, "不成立");
    check_ok(assign(world, &ready, "he", "gu"));
    world->time += 200 * 86400;
    check_ok(erase(world, &upheld));
    check_fails(erase(world, &upheld), CONFLICT, "statement.logged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_promise_stays_visible_and_followers_end_with_their_case),
    };
    struct world *world = world_make();
    int failed;

    shared = world;
    set_up(world);
    failed = REFUSALS_RUN("refusals of acts on a case", world, CASES);
    failed += cmocka_run_group_tests(tests, 0, 0);
    world_free(world);
    return failed;
}
