/*
 * Key ceremonies: three rounds, and what ends them.
 * covers: ceremony, deal, dispute
 */
#include "check.h"
#include "protocol/statement.h"
#include "protocol/trustee.h"
#include "record/ceremony.h"
#include "record/view.h"
#include "support/refusals.h"

static void begin(struct world *world)
{
    world_ceremony_text(world, "keys-2026");
    check_ok(SEND(world, "qiao", "gu"));
    world->ceremony = world_text_hash(world);
}

static void round_of(struct world *world, void (*text)(struct world *, uint64_t), uint64_t count)
{
    for (uint64_t index = 1; index <= count; index++) {
        text(world, index);
        world_trustee_sends(world, index);
    }
}

/* --- the ceremony --- */

static struct result ceremony_changed(struct world *world, const char *label, size_t line,
                                      const char *value)
{
    world_ceremony_text(world, "keys-two");
    world_replace(world, label, line, value);
    return SEND(world, "qiao", "gu");
}

static struct result a_known_id(struct world *world)
{
    world_ceremony_text(world, "keys-2026");
    world_drop(world, "受托人", 2);
    world_replace(world, "人数", 0, "2");
    return SEND(world, "qiao", "gu");
}

static struct result a_threshold_of_a_minority(struct world *world)
{
    return ceremony_changed(world, "门限", 0, "1");
}

static struct result a_trustee_without_the_role(struct world *world)
{
    return ceremony_changed(world, "受托人", 2,
                            "3 m01 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
}

static struct result a_trustee_with_other_keys(struct world *world)
{
    return ceremony_changed(world, "受托人", 2,
                            "3 yan AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
}

/* --- dealing: wen has dealt --- */

static struct result deal_twice(struct world *world)
{
    world_deal_text(world, 1);
    world_replace(world, "序号", 0, "1");
    world_double(world, "密封份额", 2);
    return SEND(world, "wen");
}

static struct result deal_for_another(struct world *world)
{
    world_deal_text(world, 2);
    return SEND(world, "yan");
}

static struct result deal_as_nobody(struct world *world)
{
    world_deal_text(world, 2);
    world_replace(world, "序号", 0, "4");
    return SEND(world, "xu");
}

static struct result deal_with_a_wrong_proof(struct world *world)
{
    world_deal_text(world, 2);
    world_swap(world, "承诺", 0);
    return SEND(world, "xu");
}

static struct result deal_one_share_too_few(struct world *world)
{
    world_deal_text(world, 2);
    world_drop(world, "密封份额", 1);
    return SEND(world, "xu");
}

static struct result confirm_text(struct world *world, const char *trustee, const char *index)
{
    world_begin(world, "trustee.confirm");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put(world, "序号", index);
    world_put(world, "分发", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    world_put_bytes(world, "份额公钥", BYTES(GENERATOR.bytes));
    return SEND(world, trustee);
}

static struct result confirm_too_early(struct world *world)
{
    return confirm_text(world, "wen", "1");
}

static struct result deal_in_no_ceremony(struct world *world)
{
    world_deal_text(world, 2);
    world_replace(world, "密钥仪式", 0, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "xu");
}

static struct result complain_about_nothing(struct world *world)
{
    world_begin(world, "trustee.complain");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 1);
    world_put_number(world, "分发人", 2);
    return SEND(world, "wen");
}

/* --- confirming: all have dealt, wen has confirmed --- */

static struct result confirm_other_dealings(struct world *world)
{
    return confirm_text(world, "xu", "2");
}

static struct result confirm_another_key(struct world *world)
{
    world_confirm_key_text(world, 2);
    world_drop(world, "份额公钥", 0);
    world_put_bytes(world, "份额公钥", BYTES(GENERATOR.bytes));
    return SEND(world, "xu");
}

static struct result confirm_again(struct world *world)
{
    return confirm_text(world, "wen", "1");
}

static struct result rehearse_too_early(struct world *world)
{
    world_rehearse_text(world, 1);
    return SEND(world, "wen");
}

static struct result complain_about_oneself(struct world *world)
{
    world_begin(world, "trustee.complain");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 2);
    world_put_number(world, "分发人", 2);
    return SEND(world, "xu");
}

static struct result complain_after_confirming(struct world *world)
{
    world_begin(world, "trustee.complain");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 1);
    world_put_number(world, "分发人", 2);
    return SEND(world, "wen");
}

static struct result publish_what_nobody_disputes(struct world *world)
{
    const uint8_t plain[80] = {1};

    world_begin(world, "trustee.publish");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 1);
    world_put_number(world, "投诉人", 2);
    world_put_bytes(world, "份额明文", BYTES(plain));
    world_put(world, "临时私钥", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    return SEND(world, "wen");
}

/* --- rehearsing: wen has rehearsed --- */

static struct result rehearse_again(struct world *world)
{
    world_rehearse_text(world, 1);
    world_drop(world, "预演", 0);
    world_drop(world, "证明", 0);
    world_put_bytes(world, "预演", BYTES(GENERATOR.bytes));
    world_put_bytes(world, "证明", LITERAL("x"));
    return SEND(world, "wen");
}

static struct result rehearse_another_point(struct world *world)
{
    world_rehearse_text(world, 2);
    world_replace_bytes(world, "预演", 0, BYTES(GENERATOR.bytes));
    return SEND(world, "xu");
}

static const struct refusal_case DEALING[] = {
    {"a_ceremony_twice", a_known_id, CONFLICT, "ceremony.known"},
    {"a_threshold_of_a_minority", a_threshold_of_a_minority, INVALID, "ceremony.trustees"},
    {"a_trustee_without_the_role", a_trustee_without_the_role, INVALID, "ceremony.person"},
    {"a_trustee_with_other_keys", a_trustee_with_other_keys, INVALID, "ceremony.enrolment"},
    {"a_second_dealing", deal_twice, CONFLICT, "dealing.known"},
    {"a_dealing_by_another", deal_for_another, UNAUTHORIZED, "signers.person"},
    {"a_dealing_by_nobody", deal_as_nobody, NOT_FOUND, "ceremony.index"},
    {"a_dealing_with_a_wrong_proof", deal_with_a_wrong_proof, INVALID, "dealing.proof"},
    {"a_dealing_with_a_share_too_few", deal_one_share_too_few, MALFORMED, "dealing.shape"},
    {"a_dealing_in_no_ceremony", deal_in_no_ceremony, NOT_FOUND, "ceremony.unknown"},
    {"a_confirmation_before_all_dealt", confirm_too_early, CONFLICT, "ceremony.dealing"},
    {"a_complaint_about_no_dealing", complain_about_nothing, CONFLICT, "complaint.dealing"},
};

static const struct refusal_case CONFIRMING[] = {
    {"a_confirmation_of_other_dealings", confirm_other_dealings, INVALID, "ceremony.dealings"},
    {"a_confirmation_of_another_key", confirm_another_key, INVALID, "ceremony.share_key"},
    {"a_second_confirmation", confirm_again, CONFLICT, "ceremony.confirmed"},
    {"a_rehearsal_before_all_confirmed", rehearse_too_early, CONFLICT, "ceremony.confirming"},
    {"a_complaint_about_oneself", complain_about_oneself, INVALID, "complaint.self"},
    {"a_complaint_after_confirming", complain_after_confirming, CONFLICT, "complaint.confirmed"},
    {"a_share_published_without_dispute", publish_what_nobody_disputes, NOT_FOUND,
     "complaint.unknown"},
};

static const struct refusal_case REHEARSING[] = {
    {"a_second_rehearsal", rehearse_again, CONFLICT, "ceremony.rehearsed"},
    {"a_rehearsal_of_another_point", rehearse_another_point, INVALID, "rehearsal.proof"},
};

/* --- disputes --- */

static struct result keep_ceremony(void *context, const struct view_ceremony *row)
{
    *(struct view_ceremony *)context = *row;
    return OK;
}

/* xu complains about wen, who publishes: the plaintext as it was, or another. */
static uint64_t judged(bool honestly)
{
    struct world *world = world_make();
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct view_ceremony seen = {0};
    struct keys dealer, reader;
    struct dealing dealing;
    struct scalar share;
    struct secret32 ephemeral;
    uint8_t plain[SHARE_PLAIN_BYTES];

    world_people(world);
    begin(world);
    round_of(world, world_deal_text, 3);
    world_begin(world, "trustee.complain");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 2);
    world_put_number(world, "分发人", 1);
    check_ok(SEND(world, "xu"));
    check_ok(ceremony_load_text(world->record, &world->ceremony, &ceremony));
    world_deal_text(world, 1);
    check_ok(dealing_parse(&ceremony, buffer_view(&world->text), &dealing));
    world_keys("wen", &dealer);
    world_keys("xu", &reader);
    const struct trustee wen = {1, &dealer.trustee, &dealer.box};
    const struct trustee xu = {2, &reader.trustee, &reader.box};
    check_ok(trustee_open(&ceremony, &xu, &dealing, &share));
    check_ok(trustee_ephemeral(&ceremony, &wen, 2, &ephemeral));
    share_plain(&ceremony, 1, 2, &share, plain);
    plain[79] = (uint8_t)(plain[79] ^ (honestly ? 0 : 1));
    world_begin(world, "trustee.publish");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 1);
    world_put_number(world, "投诉人", 2);
    world_put_bytes(world, "份额明文", BYTES(plain));
    world_put_bytes(world, "临时私钥", BYTES(ephemeral.bytes));
    check_ok(SEND(world, "wen"));
    check_ok(view_ceremony(world->record, LITERAL("keys-2026"), keep_ceremony, &seen));
    assert_string_equal(seen.state, "disputed");
    world_free(world);
    return seen.judged;
}

static void a_complaint_about_a_good_share_is_the_complainers_fault(void **state)
{
    (void)state;
    assert_int_equal(judged(true), 2);
}

static void a_share_published_otherwise_is_the_dealers_fault(void **state)
{
    (void)state;
    assert_int_equal(judged(false), 1);
}

static void a_dispute_ends_the_ceremony(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_people(world);
    begin(world);
    round_of(world, world_deal_text, 2);
    world_begin(world, "trustee.complain");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", 3);
    world_put_number(world, "分发人", 1);
    check_ok(SEND(world, "yan"));
    world_deal_text(world, 3);
    check_fails(SEND(world, "yan"), CONFLICT, "ceremony.disputed");
    world_free(world);
}

static void a_ceremony_is_ready_when_all_have_rehearsed(void **state)
{
    struct world *world = world_make();
    struct view_ceremony seen = {0};

    (void)state;
    world_people(world);
    world_ceremony(world);
    check_ok(view_ceremony(world->record, LITERAL("keys-2026"), keep_ceremony, &seen));
    assert_string_equal(seen.state, "ready");
    assert_true(seen.has_key);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_complaint_about_a_good_share_is_the_complainers_fault),
        cmocka_unit_test(a_share_published_otherwise_is_the_dealers_fault),
        cmocka_unit_test(a_dispute_ends_the_ceremony),
        cmocka_unit_test(a_ceremony_is_ready_when_all_have_rehearsed),
    };
    struct world *world = world_make();
    int failed;

    world_people(world);
    begin(world);
    round_of(world, world_deal_text, 1);
    failed = REFUSALS_RUN("refusals while dealing", world, DEALING);
    for (uint64_t index = 2; index <= WORLD_TRUSTEES; index++) {
        world_deal_text(world, index);
        world_trustee_sends(world, index);
    }
    round_of(world, world_confirm_key_text, 1);
    failed += REFUSALS_RUN("refusals while confirming", world, CONFIRMING);
    for (uint64_t index = 2; index <= WORLD_TRUSTEES; index++) {
        world_confirm_key_text(world, index);
        world_trustee_sends(world, index);
    }
    round_of(world, world_rehearse_text, 1);
    failed += REFUSALS_RUN("refusals while rehearsing", world, REHEARSING);
    world_free(world);
    return failed + cmocka_run_group_tests(tests, 0, 0);
}
