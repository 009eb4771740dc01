/*
 * Who may sign: invitations, enrolments, confirmations, roles and revocations.
 * covers: genesis, enrolment, roles
 */
#include "check.h"
#include "protocol/statement.h"
#include "record/people.h"
#include "support/refusals.h"

#define INVITED  "bo"  /* and not yet enrolled */
#define NEWCOMER "ada" /* enrolled and not yet confirmed */

static struct result second_genesis(struct world *world)
{
    world_genesis_text(world);
    world_replace(world, "规则文件", 0, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "gu", "he");
}

static void invite_text(struct world *world, const char *person)
{
    world_begin(world, "person.invite");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.invite", "姓名", "另一个名字");
}

static struct result invite_known(struct world *world)
{
    invite_text(world, "m01");
    return SEND(world, "gu");
}

/* A line named "ring" or "service" is nobody's. */
static struct result invite_a_name_of_lines(struct world *world)
{
    invite_text(world, "service");
    return SEND(world, "gu");
}

static struct result invite_by_member(struct world *world)
{
    invite_text(world, "someone");
    return SEND(world, "m01");
}

static struct result invite_by_stranger(struct world *world)
{
    invite_text(world, "someone");
    return SEND(world, "nobody");
}

static struct result invite_with_stolen_name(struct world *world)
{
    invite_text(world, "someone");
    world_sign_as(world, "gu", "m01");
    return world_submit(world);
}

static struct result invite_signed_twice(struct world *world)
{
    invite_text(world, "someone");
    return SEND(world, "gu", "he");
}

static struct result invite_for_another_log(struct world *world)
{
    buffer_clear(&world->text);
    check_ok(statement_begin(&world->text, "person.invite", LITERAL("test.example/log")));
    world_put(world, "人员", "someone");
    world_put_hidden(world, "person.invite", "姓名", "某人");
    return SEND(world, "gu");
}

static struct result invite_again(struct world *world)
{
    world_begin(world, "person.invite");
    world_put(world, "人员", "m01");
    world_put_hidden(world, "person.invite", "姓名", "m01");
    return SEND(world, "gu");
}

static struct result time_goes_back(struct world *world)
{
    invite_text(world, "someone");
    world->time -= 2;
    return SEND(world, "gu");
}

static struct result unknown_type(struct world *world)
{
    world_begin(world, "person.invent");
    world_put(world, "人员", "someone");
    return SEND(world, "gu");
}

static struct result enrol_uninvited(struct world *world)
{
    world_enrol_text(world, "someone");
    return SEND(world, "someone");
}

static struct result enrol_for_another(struct world *world)
{
    world_enrol_text(world, INVITED);
    return SEND(world, "m01");
}

static struct result enrol_without_the_key(struct world *world)
{
    world_enrol_text(world, INVITED);
    world_sign_as(world, INVITED, "m01");
    return world_submit(world);
}

static void put_keys_of(struct world *world, const char *sign_owner, const char *box_owner)
{
    struct keys keys;

    world_begin(world, "person.enrol");
    world_put(world, "人员", NEWCOMER);
    world_keys(sign_owner, &keys);
    world_put_bytes(world, "签名公钥", BYTES(keys.sign_public.bytes));
    world_keys(box_owner, &keys);
    world_put_bytes(world, "封存公钥", BYTES(keys.box.key.bytes));
}

static struct result enrol_with_a_key_in_use(struct world *world)
{
    put_keys_of(world, NEWCOMER, "m01");
    return SEND(world, NEWCOMER);
}

static struct result enrol_with_a_weak_box_key(struct world *world)
{
    world_enrol_text(world, NEWCOMER);
    world_replace(world, "封存公钥", 0, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    return SEND(world, NEWCOMER);
}

static struct result enrol_once_confirmed(struct world *world)
{
    world_enrol_text(world, "m01");
    world_replace(world, "封存公钥", 0, "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    return SEND(world, "m01");
}

static struct hash32 newcomer_enrolment(struct world *world)
{
    world_enrol_text(world, NEWCOMER);
    return world_text_hash(world);
}

static struct result confirm(struct world *world, const char *role, const char *const signers[])
{
    const struct hash32 enrolment = newcomer_enrolment(world);

    world_confirm_text(world, NEWCOMER, &enrolment, role);
    return world_send(world, signers);
}

static struct result confirm_by_one_twice(struct world *world)
{
    return confirm(world, ROLE_MEMBER, (const char *const[]){"gu", "gu", 0});
}

static struct result confirm_by_one(struct world *world)
{
    return confirm(world, ROLE_MEMBER, (const char *const[]){"gu", 0});
}

static struct result confirm_by_a_member(struct world *world)
{
    return confirm(world, ROLE_MEMBER, (const char *const[]){"gu", "m01", 0});
}

static struct result confirm_with_an_unknown_role(struct world *world)
{
    return confirm(world, "观察员", (const char *const[]){"gu", "he", 0});
}

static struct result confirm_another_enrolment(struct world *world)
{
    struct hash32 enrolment = newcomer_enrolment(world);

    enrolment.bytes[0] ^= 1;
    world_confirm_text(world, NEWCOMER, &enrolment, ROLE_MEMBER);
    return SEND(world, "gu", "he");
}

static struct result confirm_a_role_twice(struct world *world)
{
    const struct hash32 enrolment = newcomer_enrolment(world);

    world_confirm_text(world, NEWCOMER, &enrolment, ROLE_MEMBER);
    world_put(world, "角色", ROLE_MEMBER);
    return SEND(world, "gu", "he");
}

static struct result confirm_the_confirmed(struct world *world)
{
    struct hash32 enrolment;

    world_enrol_text(world, "m01");
    enrolment = world_text_hash(world);
    world_confirm_text(world, "m01", &enrolment, ROLE_TRUSTEE);
    return SEND(world, "gu", "he");
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

static struct result grant_what_is_held(struct world *world)
{
    return change_role(world, "role.grant", "m01", ROLE_MEMBER);
}

static struct result grant_to_the_unconfirmed(struct world *world)
{
    return change_role(world, "role.grant", NEWCOMER, ROLE_MEMBER);
}

static struct result end_what_is_not_held(struct world *world)
{
    return change_role(world, "role.end", "m01", ROLE_CHAIR);
}

static struct result revoke(struct world *world, const char *person)
{
    world_begin(world, "person.revoke");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.revoke", "理由", "丢失密钥码");
    return SEND(world, "gu", "he");
}

static struct result revoke_a_stranger(struct world *world)
{
    return revoke(world, "nobody");
}

static struct result log_a_session(struct world *world)
{
    const uint8_t nonce[16] = {1};

    world_begin(world, "session.open");
    world_put(world, "人员", "m01");
    world_put_bytes(world, "随机数", BYTES(nonce));
    world_put_time(world, "时间", world->time + 600);
    return SEND(world, "m01");
}

static struct result a_clock_that_is_off(struct world *world)
{
    const uint8_t nonce[16] = {1};

    world_begin(world, "session.open");
    world_put(world, "人员", "m01");
    world_put_bytes(world, "随机数", BYTES(nonce));
    world_put_time(world, "时间", world->time + 601);
    return SEND(world, "m01");
}

static const struct refusal_case CASES[] = {
    {"a_second_genesis", second_genesis, CONFLICT, "genesis.once"},
    {"an_invitation_of_someone_known", invite_known, CONFLICT, "person.known"},
    {"an_invitation_by_a_member", invite_by_member, UNAUTHORIZED, "signers.role"},
    {"an_invitation_of_a_name_of_lines", invite_a_name_of_lines, INVALID, "person.reserved"},
    {"an_invitation_by_a_stranger", invite_by_stranger, UNAUTHORIZED, "signers.unknown"},
    {"an_invitation_in_a_stolen_name", invite_with_stolen_name, UNAUTHORIZED, "statement.signers"},
    {"a_signature_nobody_asked_for", invite_signed_twice, UNAUTHORIZED, "signers.count"},
    {"a_statement_of_another_log", invite_for_another_log, INVALID, "statement.origin"},
    {"a_text_that_stands_already", invite_again, CONFLICT, "statement.logged"},
    {"time_going_back", time_goes_back, INVALID, "log.time"},
    {"a_type_nobody_knows", unknown_type, MALFORMED, "statement.type"},
    {"an_enrolment_without_invitation", enrol_uninvited, NOT_FOUND, "person.unknown"},
    {"an_enrolment_by_another", enrol_for_another, UNAUTHORIZED, "signers.person"},
    {"an_enrolment_without_its_key", enrol_without_the_key, UNAUTHORIZED, "statement.signers"},
    {"an_enrolment_with_a_key_in_use", enrol_with_a_key_in_use, CONFLICT, "person.key"},
    {"an_enrolment_with_a_weak_box_key", enrol_with_a_weak_box_key, INVALID, "key.box"},
    {"an_enrolment_of_the_confirmed", enrol_once_confirmed, CONFLICT, "person.confirmed"},
    {"a_confirmation_by_one_twice", confirm_by_one_twice, UNAUTHORIZED, "signers.distinct"},
    {"a_confirmation_by_one", confirm_by_one, UNAUTHORIZED, "signers.count"},
    {"a_confirmation_by_a_member", confirm_by_a_member, UNAUTHORIZED, "signers.role"},
    {"a_role_that_does_not_exist", confirm_with_an_unknown_role, MALFORMED, "statement.word"},
    {"a_confirmation_of_other_keys", confirm_another_enrolment, NOT_FOUND, "person.enrolment"},
    {"a_role_confirmed_twice", confirm_a_role_twice, INVALID, "role.repeated"},
    {"a_confirmation_of_the_confirmed", confirm_the_confirmed, CONFLICT, "person.confirmed"},
    {"a_role_that_is_held", grant_what_is_held, CONFLICT, "role.held"},
    {"a_role_for_the_unconfirmed", grant_to_the_unconfirmed, CONFLICT, "person.unconfirmed"},
    {"the_end_of_a_role_not_held", end_what_is_not_held, CONFLICT, "role.not_held"},
    {"a_revocation_of_a_stranger", revoke_a_stranger, NOT_FOUND, "person.unknown"},
    {"a_session_in_the_log", log_a_session, INVALID, "statement.unlogged"},
    {"a_clock_more_than_ten_minutes_off", a_clock_that_is_off, INVALID, "statement.clock"},
};

int main(void)
{
    struct world *world = world_make();
    struct hash32 enrolment;
    int failed;

    world_people(world);
    world_invite(world, INVITED);
    world_invite(world, NEWCOMER);
    world_enrol(world, NEWCOMER, &enrolment);
    failed = REFUSALS_RUN("refusals about people", world, CASES);
    world_free(world);
    return failed;
}
