/*
 * What an objector files, in which order, and when: protocol section 8.
 * covers: objection, sealed_parts, delivery
 */
#include "base/encoding.h"
#include "check.h"
#include "record/objection.h"
#include "support/outside.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static struct hash32 filed;    /* waits for its parts */
static struct hash32 received; /* waits to be accepted */
static struct hash32 asked;    /* a supplement is asked for */
static struct hash32 gone;     /* withdrawn */

static struct result file(struct world *world)
{
    return world_objector_sends(world, "objector-9");
}

static void text(struct world *world)
{
    world_objection_text(world, "objector-9", "xixi");
}

static struct result to_no_notice(struct world *world)
{
    text(world);
    world_replace(world, "公示", 0, "notice-9");
    return file(world);
}

static struct result before_the_start(struct world *world)
{
    world_notice_time(world, false, 0);
    world->time -= 1;
    text(world);
    return file(world);
}

static struct result with_the_key_of_another_case(struct world *world)
{
    world_objection_text(world, "objector-1", "gudang");
    return world_objector_sends(world, "objector-1");
}

static struct result with_the_key_of_a_person(struct world *world)
{
    world_objection_text(world, "gu", "gudang");
    return world_objector_sends(world, "gu");
}

static struct result with_a_key_outside_the_group(struct world *world)
{
    struct outside_key key;

    outside_make(&key);
    text(world);
    world_replace_bytes(world, "签名公钥", 0, BYTES(key.key.bytes));
    outside_sign(&key, world, "objector");
    return world_submit(world);
}

static struct result with_a_box_key_of_small_order(struct world *world)
{
    static const uint8_t ZERO[32] = {0};

    text(world);
    world_replace_bytes(world, "封存公钥", 0, BYTES(ZERO));
    return file(world);
}

static struct result signed_by_another(struct world *world)
{
    text(world);
    return world_objector_sends(world, "objector-8");
}

static struct result signed_as_a_person(struct world *world)
{
    text(world);
    return SEND(world, "gu");
}

static struct result without_content(struct world *world)
{
    text(world);
    world_drop(world, "部分", 0);
    return file(world);
}

static struct result with_an_identity_less(struct world *world)
{
    text(world);
    world_drop(world, "部分", 2);
    return file(world);
}

static struct result in_another_order(struct world *world)
{
    text(world);
    world_swap(world, "部分", 0);
    return file(world);
}

static struct result with_one_twice(struct world *world)
{
    text(world);
    world_double(world, "部分", 4);
    return file(world);
}

/* The line of a part with its size, or its whole self, replaced. */
static struct result with_line(struct world *world, size_t place, const char *line)
{
    text(world);
    world_replace(world, "部分", place, line);
    return file(world);
}

#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static struct result of_a_size_that_is_none(struct world *world)
{
    return with_line(world, 4, "附件 " HASH " 65853");
}

static struct result of_one_reader_less(struct world *world)
{
    return with_line(world, 0, "正文 " HASH " 65740"); /* would tell that one is left out */
}

static struct result of_64_megabytes(struct world *world)
{
    return with_line(world, 4, "附件 " HASH " 67126525");
}

static struct result of_words(struct world *world)
{
    return with_line(world, 4, "附件 " HASH " viel");
}

static struct result of_no_hash(struct world *world)
{
    return with_line(world, 4, "附件 AAAA 65852");
}

static struct result of_another_kind(struct world *world)
{
    return with_line(world, 4, "照片 " HASH " 65852");
}

static struct result of_identity_files_for_one_pair(struct world *world)
{
    return with_line(world, 4, "身份附件 " HASH " 65852");
}

static struct result too_long(struct world *world)
{
    text(world);
    world_drop(world, "时间", 0);
    for (unsigned i = 0; i < 80; i++) {
        char line[128];

        snprintf(line, sizeof line, "附件 %02uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= 65852", i);
        world_put(world, "部分", line);
    }
    world_put_time(world, "时间", world->time);
    return file(world);
}

/* --- what the service says of parts --- */

static struct result say(struct world *world, const char *type, const struct hash32 *about,
                         const struct hash32 *parts)
{
    world_case_text(world, type, about);
    world_put_bytes(world, "文本", BYTES(parts->bytes));
    return SEND(world, "service");
}

static struct result received_by_an_officer(struct world *world)
{
    world_receive_text(world, &filed, &filed);
    return SEND(world, "gu");
}

static struct result received_for_another_case(struct world *world)
{
    return say(world, "objection.receive", &filed, &received);
}

static struct result received_of_no_case(struct world *world)
{
    return say(world, "objection.receive", &world->ceremony, &filed);
}

static struct result lapsed_though_received(struct world *world)
{
    return say(world, "objection.lapse", &received, &received);
}

static struct result lapsed_early(struct world *world)
{
    return say(world, "objection.lapse", &filed, &filed);
}

static struct result received_though_withdrawn(struct world *world)
{
    return say(world, "objection.receive", &gone, &gone);
}

/* --- supplement, withdraw --- */

static void supplement_text(struct world *world, const struct hash32 *about)
{
    world_case_text(world, "objection.supplement", about);
    world_put(world, "部分", "附件 " HASH " 65852");
    world_put_time(world, "时间", world->time);
}

static struct result a_supplement_unasked(struct world *world)
{
    supplement_text(world, &received);
    return world_objector_sends(world, "objector-2");
}

static struct result a_supplement_of_another(struct world *world)
{
    supplement_text(world, &asked);
    return world_objector_sends(world, "objector-2");
}

static struct result a_supplement_of_content(struct world *world)
{
    supplement_text(world, &asked);
    world_replace(world, "部分", 0, "正文 " HASH " 65852");
    return world_objector_sends(world, "objector-3");
}

static void withdraw_text(struct world *world, const struct hash32 *about)
{
    world_case_text(world, "objection.withdraw", about);
    world_put_time(world, "时间", world->time);
}

static struct result withdrawn_by_another(struct world *world)
{
    withdraw_text(world, &filed);
    return world_objector_sends(world, "objector-2");
}

static struct result withdrawn_twice(struct world *world)
{
    withdraw_text(world, &gone);
    return world_objector_sends(world, "objector-4");
}

static const struct refusal_case CASES[] = {
    {"a_filing_to_no_notice", to_no_notice, NOT_FOUND, "notice.unknown"},
    {"a_filing_before_the_start", before_the_start, INVALID, "objection.early"},
    {"the_key_of_another_case", with_the_key_of_another_case, CONFLICT, "objection.key"},
    {"the_key_of_a_person", with_the_key_of_a_person, CONFLICT, "objection.key"},
    {"a_key_outside_the_group", with_a_key_outside_the_group, INVALID, "key.sign"},
    {"a_box_key_of_small_order", with_a_box_key_of_small_order, INVALID, "key.box"},
    {"a_filing_signed_by_another", signed_by_another, UNAUTHORIZED, "statement.signers"},
    {"a_filing_signed_as_a_person", signed_as_a_person, UNAUTHORIZED, "signers.person"},
    {"a_filing_without_content", without_content, INVALID, "objection.parts"},
    {"an_identity_for_two_pairs_of_three", with_an_identity_less, INVALID, "objection.parts"},
    {"parts_in_another_order", in_another_order, INVALID, "objection.parts"},
    {"a_part_twice", with_one_twice, INVALID, "objection.repeated"},
    {"a_size_that_no_sealed_part_has", of_a_size_that_is_none, INVALID, "objection.size"},
    {"a_size_that_tells_of_an_excluded_handler", of_one_reader_less, INVALID, "objection.size"},
    {"a_part_of_64_megabytes", of_64_megabytes, INVALID, "objection.size"},
    {"a_size_in_words", of_words, MALFORMED, "objection.parts"},
    {"a_part_without_a_hash", of_no_hash, MALFORMED, "objection.parts"},
    {"a_part_of_another_kind", of_another_kind, INVALID, "objection.parts"},
    {"an_identity_file_for_one_pair", of_identity_files_for_one_pair, INVALID, "objection.parts"},
    {"a_text_of_more_than_4_kilobytes", too_long, INVALID, "objection.length"},
    {"a_receipt_of_parts_by_an_officer", received_by_an_officer, UNAUTHORIZED, "signers.person"},
    {"parts_of_another_case", received_for_another_case, NOT_FOUND, "objection.text"},
    {"parts_of_no_case", received_of_no_case, NOT_FOUND, "case.unknown"},
    {"a_lapse_of_what_was_received", lapsed_though_received, CONFLICT, "objection.received"},
    {"a_lapse_before_the_time", lapsed_early, INVALID, "objection.lapse_early"},
    {"parts_of_a_closed_case", received_though_withdrawn, CONFLICT, "case.closed"},
    {"a_supplement_nobody_asked_for", a_supplement_unasked, CONFLICT, "objection.unasked"},
    {"a_supplement_by_another_objector", a_supplement_of_another, UNAUTHORIZED,
     "statement.signers"},
    {"a_supplement_of_content", a_supplement_of_content, INVALID, "objection.parts"},
    {"a_withdrawal_by_another", withdrawn_by_another, UNAUTHORIZED, "statement.signers"},
    {"a_withdrawal_twice", withdrawn_twice, CONFLICT, "case.closed"},
};

static void check_state(struct world *world, const struct hash32 *hash, const char *state)
{
    struct objection objection;

    check_ok(objection_load(world->record, hash, &objection));
    assert_string_equal(objection.state, state);
}

static void set_up(struct world *world)
{
    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 10);
    filed = world_objection(world, "objector-1");
    received = world_case(world, "objector-2");
    asked = world_case(world, "objector-3");
    check_ok(world_answer(world, &asked, "补正"));
    gone = world_objection(world, "objector-4");
    withdraw_text(world, &gone);
    check_ok(world_objector_sends(world, "objector-4"));
}

static struct world *shared;

static void a_supplement_returns_and_what_does_not_come_lapses(void **state)
{
    struct world *world = shared;
    struct objection objection;
    struct hash32 parts;

    (void)state;
    check_state(world, &filed, "待材料");
    check_state(world, &received, "待受理");
    check_state(world, &asked, "补正");
    check_state(world, &gone, "撤回");
    supplement_text(world, &asked);
    check_ok(world_objector_sends(world, "objector-3"));
    parts = world_text_hash(world);
    check_state(world, &asked, "补正");
    check_ok(say(world, "objection.receive", &asked, &parts));
    check_state(world, &asked, "待受理");
    world->time += 24 * 3600 + 60;
    check_ok(say(world, "objection.lapse", &filed, &filed));
    check_state(world, &filed, "未交材料");
    world_notice_time(world, true, 0);
    filed = world_objection(world, "objector-5");
    check_ok(objection_load(world->record, &filed, &objection));
    assert_true(objection.late);
    assert_int_equal(objection.number, 5);
}

/* --- by the time of the entry, not by the objector's own clock --- */

static struct hash32 tardy;

/* Signed a second before the end, logged at the end. */
static struct hash32 signed_before_the_end(struct world *world, const char *objector)
{
    world_notice_time(world, true, 0);
    world->time -= 1;
    world_objection_text(world, objector, "xixi");
    world->time += 1;
    check_ok(world_objector_sends(world, objector));
    return world_text_hash(world);
}

static bool is_late(struct world *world, const struct hash32 *hash)
{
    struct objection objection;

    check_ok(objection_load(world->record, hash, &objection));
    return objection.late;
}

static struct result accept_a_late_one(struct world *world)
{
    return world_answer(world, &tardy, "受理");
}

static struct result signed_long_before(struct world *world)
{
    world_notice_time(world, true, 0);
    world->time -= 1;
    text(world);
    world->time += 3600;
    return file(world);
}

static const struct refusal_case LATE[] = {
    {"a_late_one_accepted", accept_a_late_one, INVALID, "case.late"},
    {"a_text_signed_in_time_an_hour_after", signed_long_before, INVALID, "statement.clock"},
};

static void make_received(struct world *world, const struct hash32 *hash)
{
    world_receive_text(world, hash, hash);
    check_ok(SEND(world, "service"));
    check_ok(world_declare_case(world, hash, "gu", "无"));
    check_ok(world_declare_case(world, hash, "he", "无"));
    world_verified(world, hash);
}

/* What the record takes here, JavaScript has to take, too: the vectors hold it. */
static int refuse_late_ones(struct world *world)
{
    tardy = signed_before_the_end(world, "objector-7");
    assert_true(is_late(world, &tardy));
    make_received(world, &tardy);
    return REFUSALS_RUN("refusals of late objections", world, LATE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_supplement_returns_and_what_does_not_come_lapses),
    };
    struct world *world = world_make();
    int failed;

    shared = world;
    set_up(world);
    failed = REFUSALS_RUN("refusals of objections", world, CASES);
    failed += cmocka_run_group_tests(tests, 0, 0);
    failed += refuse_late_ones(world);
    world_free(world);
    return failed;
}
