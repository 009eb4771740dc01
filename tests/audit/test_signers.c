/*
 * Who may sign, told in short stories: officers remain, revoked ones do not, proposals grow.
 * covers: genesis, people, roles, signers
 */
#include "check.h"
#include "record/people.h"
#include "record/view.h"
#include "support/world.h"

#define NEWCOMER "ada"

static void invite_text(struct world *world, const char *person)
{
    world_begin(world, "person.invite");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.invite", "姓名", "另一个名字");
}

static struct result change_role(struct world *world, const char *type, const char *person,
                                 const char *role)
{
    world_begin(world, type);
    world_put(world, "人员", person);
    world_put(world, "角色", role);
    if (strcmp(type, "role.end") == 0) {
        world_put_hidden(world, type, "理由", "换届");
    }
    return SEND(world, "gu", "he");
}

static struct result revoke(struct world *world, const char *person)
{
    world_begin(world, "person.revoke");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.revoke", "理由", "丢失密钥码");
    return SEND(world, "gu", "he");
}

static void nothing_stands_before_the_genesis(void **state)
{
    struct world *world = world_make();

    (void)state;
    invite_text(world, "someone");
    check_fails(SEND(world, "gu"), CONFLICT, "genesis.first");
    world_free(world);
}

static void a_genesis_names_its_officers_in_order(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_genesis_text(world);
    world_swap(world, "工作人员", 0);
    check_fails(SEND(world, "he", "gu"), INVALID, "genesis.order");
    world_genesis_text(world);
    check_fails(SEND(world, "gu"), UNAUTHORIZED, "signers.count");
    world_free(world);
}

static void a_revoked_officer_signs_nothing_more(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_genesis(world);
    world_person(world, "lu", ROLE_OFFICER);
    check_ok(revoke(world, "lu"));
    invite_text(world, "someone");
    check_fails(SEND(world, "lu"), UNAUTHORIZED, "signers.revoked");
    check_fails(revoke(world, "lu"), CONFLICT, "statement.logged");
    check_fails(change_role(world, "role.grant", "lu", ROLE_CHAIR), CONFLICT, "person.revoked");
    world_free(world);
}

static void two_officers_always_remain(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_genesis(world);
    check_fails(revoke(world, "he"), INVALID, "role.officers");
    check_fails(change_role(world, "role.end", "he", ROLE_OFFICER), INVALID, "role.officers");
    world_free(world);
}

static void a_role_ended_may_be_granted_again(void **state)
{
    struct world *world = world_make();
    bool holds;

    (void)state;
    world_genesis(world);
    world_person(world, "m01", ROLE_MEMBER);
    check_ok(change_role(world, "role.end", "m01", ROLE_MEMBER));
    check_ok(view_has_role(world->record, LITERAL("m01"), ROLE_MEMBER, &holds));
    assert_false(holds);
    check_ok(change_role(world, "role.grant", "m01", ROLE_MEMBER));
    check_ok(view_has_role(world->record, LITERAL("m01"), ROLE_MEMBER, &holds));
    assert_true(holds);
    world_free(world);
}

static struct result is_enrolled(void *context, const struct view_person *row)
{
    assert_string_equal(row->state, context);
    return OK;
}

static void a_person_is_invited_then_enrolled_then_confirmed(void **state)
{
    struct world *world = world_make();
    static char invited[] = "invited", enrolled[] = "enrolled", confirmed[] = "confirmed";
    struct hash32 enrolment;

    (void)state;
    world_genesis(world);
    world_invite(world, NEWCOMER);
    check_ok(view_person(world->record, LITERAL(NEWCOMER), is_enrolled, invited));
    world_enrol(world, NEWCOMER, &enrolment);
    check_ok(view_person(world->record, LITERAL(NEWCOMER), is_enrolled, enrolled));
    world_confirm_text(world, NEWCOMER, &enrolment, ROLE_MEMBER);
    check_ok(SEND(world, "he", "gu"));
    check_ok(view_person(world->record, LITERAL(NEWCOMER), is_enrolled, confirmed));
    check_fails(view_person(world->record, LITERAL("nobody"), is_enrolled, invited), NOT_FOUND,
                "view.unknown");
    world_free(world);
}

/* A proposal: the same text with fewer lines, and who is still asked. */
static void a_proposal_says_who_has_not_signed(void **state)
{
    struct world *world = world_make();
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct hash32 enrolment;

    (void)state;
    world_genesis(world);
    world_invite(world, NEWCOMER);
    world_enrol(world, NEWCOMER, &enrolment);
    world_confirm_text(world, NEWCOMER, &enrolment, ROLE_MEMBER);
    world_sign(world, (const char *const[]){"he", 0});
    check_ok(
        record_check_partial(world->record, buffer_view(&world->note), world->time, &prepared));
    assert_int_equal(prepared.signed_count, 1);
    assert_string_equal(prepared.signed_by[0].person, "he");
    assert_int_equal(prepared.missing_count, 1);
    assert_string_equal(prepared.missing[0].role, "officer");
    assert_string_equal(prepared.missing[0].person, "");
    check_fails(record_admit(world->record, &prepared, world->time), UNAUTHORIZED, "signers.count");
    world_free(world);
}

/* What was checked with a key is not admitted when the signer has lost the role meanwhile. */
static void a_signer_is_looked_at_again_on_admission(void **state)
{
    struct world *world = world_make();
    AUTO_PREPARED prepared = PREPARED_INIT;

    (void)state;
    world_genesis(world);
    world_person(world, "lu", ROLE_OFFICER);
    invite_text(world, "someone");
    world_sign(world, (const char *const[]){"lu", 0});
    check_ok(record_check(world->record, buffer_view(&world->note), world->time, &prepared));
    check_ok(revoke(world, "lu"));
    check_fails(record_admit(world->record, &prepared, world->time), UNAUTHORIZED,
                "signers.revoked");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_stands_before_the_genesis),
        cmocka_unit_test(a_genesis_names_its_officers_in_order),
        cmocka_unit_test(a_revoked_officer_signs_nothing_more),
        cmocka_unit_test(two_officers_always_remain),
        cmocka_unit_test(a_role_ended_may_be_granted_again),
        cmocka_unit_test(a_person_is_invited_then_enrolled_then_confirmed),
        cmocka_unit_test(a_proposal_says_who_has_not_signed),
        cmocka_unit_test(a_signer_is_looked_at_again_on_admission),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
