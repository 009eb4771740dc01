/*
 * The organisation that a case is about is told of it and heard before anything is found: rule C23.
 * covers: hearing
 */
#include "check.h"
#include "record/hearing.h"
#include "record/view_case.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static struct hash32 fresh;    /* nobody has declared */
static struct hash32 received; /* and not accepted */
static struct hash32 silent;   /* accepted; nothing released */
static struct hash32 told;     /* released, not replied to */
static struct hash32 heard;
static struct hash32 joined;
static struct hash32 withdrawn;

/* --- summaries --- */

static struct result summarise(struct world *world, const struct hash32 *about)
{
    world_summary_text(world, about, "respondent-9");
    return SEND(world, "gu", "he");
}

static struct result of_what_is_not_accepted(struct world *world)
{
    return summarise(world, &received);
}

static struct result of_a_follower(struct world *world)
{
    return summarise(world, &joined);
}

static struct result of_a_closed_case(struct world *world)
{
    return summarise(world, &withdrawn);
}

static struct result of_no_case(struct world *world)
{
    return summarise(world, &world->ceremony);
}

static struct result a_second_time(struct world *world)
{
    return summarise(world, &told);
}

static struct result released_by_one(struct world *world)
{
    world_summary_text(world, &silent, "respondent-9");
    return SEND(world, "gu");
}

static struct result released_with_a_stranger(struct world *world)
{
    world_summary_text(world, &silent, "respondent-9");
    return SEND(world, "gu", "lu");
}

static struct result released_before_declaring(struct world *world)
{
    return summarise(world, &fresh);
}

static struct result with_the_key_of(struct world *world, const char *name)
{
    struct keys keys;

    world_keys(name, &keys);
    world_summary_text(world, &silent, "respondent-9");
    world_replace_bytes(world, "陈述公钥", 0, BYTES(keys.sign_public.bytes));
    return SEND(world, "gu", "he");
}

static struct result with_a_persons_key(struct world *world)
{
    return with_the_key_of(world, "ma");
}

static struct result with_an_objectors_key(struct world *world)
{
    return with_the_key_of(world, "objector-2");
}

static struct result with_the_key_of_another_case(struct world *world)
{
    return with_the_key_of(world, "respondent-1");
}

static struct result with_no_key(struct world *world)
{
    static const uint8_t nothing[32];

    world_summary_text(world, &silent, "respondent-9");
    world_replace_bytes(world, "陈述公钥", 0, BYTES(nothing));
    return SEND(world, "gu", "he");
}

static struct result with_a_term_of(struct world *world, const char *time)
{
    world_summary_text(world, &silent, "respondent-9");
    world_replace(world, "陈述期限", 0, time);
    return SEND(world, "gu", "he");
}

/* Sunday 2026-11-22 and five working days, of which Monday the 30th is none. */
static struct result with_a_day_less(struct world *world)
{
    return with_a_term_of(world, "2026-11-27T00:00:00+08:00");
}

static struct result with_a_day_more(struct world *world)
{
    return with_a_term_of(world, "2026-11-29T00:00:00+08:00");
}

static struct result sealed_to_the_handlers_alone(struct world *world)
{
    world_summary_text(world, &silent, "respondent-9");
    world_replace(world, "大小", 0, "65852");
    return SEND(world, "gu", "he");
}

/* --- replies --- */

static struct result reply(struct world *world, const struct hash32 *about, const char *respondent)
{
    world_reply_text(world, about);
    return world_respondent_sends(world, respondent);
}

static struct result unasked(struct world *world)
{
    return reply(world, &silent, "respondent-1");
}

static struct result twice(struct world *world)
{
    world->time += 1;
    return reply(world, &heard, "respondent-2");
}

static struct result by_another_key(struct world *world)
{
    return reply(world, &told, "respondent-2");
}

static struct result by_a_representative(struct world *world)
{
    world_reply_text(world, &told);
    return SEND(world, "mei");
}

static struct result by_a_handler(struct world *world)
{
    world_reply_text(world, &told);
    world_sign_as(world, "respondent", "gu");
    return world_submit(world);
}

static struct result by_the_objector(struct world *world)
{
    world_reply_text(world, &told);
    world_sign_as(world, "objector", "objector-3");
    return world_submit(world);
}

static struct result of_another_size(struct world *world)
{
    world_reply_text(world, &told);
    world_replace(world, "大小", 0, "65853");
    return world_respondent_sends(world, "respondent-1");
}

static struct result of_an_hour_ago(struct world *world)
{
    world->time -= 3600;
    world_reply_text(world, &told);
    world->time += 3600;
    return world_respondent_sends(world, "respondent-1");
}

static struct result an_objection_with_its_key(struct world *world)
{
    struct keys keys;

    world_keys("respondent-1", &keys);
    world_objection_text(world, "objector-8", "xixi");
    world_replace_bytes(world, "签名公钥", 0, BYTES(keys.sign_public.bytes));
    return world_objector_sends(world, "respondent-1");
}

/* --- findings --- */

static struct result find(struct world *world, const struct hash32 *about, const char *finding)
{
    world_report_case_text(world, about, finding);
    return SEND(world, "gu", "he");
}

static struct result upheld_unheard(struct world *world)
{
    return find(world, &silent, "成立");
}

static struct result partly_upheld_unheard(struct world *world)
{
    return find(world, &silent, "部分成立");
}

static struct result found_while_it_is_awaited(struct world *world)
{
    return find(world, &told, "不成立");
}

static const struct refusal_case CASES[] = {
    {"a_summary_of_what_is_not_accepted", of_what_is_not_accepted, CONFLICT, "case.unaccepted"},
    {"a_summary_of_a_case_that_follows", of_a_follower, CONFLICT, "case.joined"},
    {"a_summary_of_a_closed_case", of_a_closed_case, CONFLICT, "case.closed"},
    {"a_summary_of_no_case", of_no_case, NOT_FOUND, "case.unknown"},
    {"a_second_summary", a_second_time, CONFLICT, "case.summarised"},
    {"a_summary_released_by_one", released_by_one, UNAUTHORIZED, "signers.count"},
    {"a_summary_released_with_a_stranger", released_with_a_stranger, INVALID, "case.handler"},
    {"a_summary_released_before_declaring", released_before_declaring, INVALID, "case.undeclared"},
    {"a_reply_key_of_a_person", with_a_persons_key, CONFLICT, "case.reply_key"},
    {"a_reply_key_of_an_objector", with_an_objectors_key, CONFLICT, "case.reply_key"},
    {"a_reply_key_of_another_case", with_the_key_of_another_case, CONFLICT, "case.reply_key"},
    {"a_reply_key_that_is_none", with_no_key, CONFLICT, "case.reply_key"},
    {"a_term_a_day_short", with_a_day_less, INVALID, "case.reply_term"},
    {"a_term_a_day_long", with_a_day_more, INVALID, "case.reply_term"},
    {"a_summary_for_handlers_alone", sealed_to_the_handlers_alone, INVALID, "objection.size"},
    {"a_reply_nobody_asked_for", unasked, NOT_FOUND, "case.unsummarised"},
    {"a_second_reply", twice, CONFLICT, "case.replied"},
    {"a_reply_with_the_key_of_another_case", by_another_key, UNAUTHORIZED, "statement.signers"},
    {"a_reply_in_a_persons_name", by_a_representative, UNAUTHORIZED, "signers.person"},
    {"a_reply_of_a_handler", by_a_handler, UNAUTHORIZED, "statement.signers"},
    {"a_reply_of_the_objector", by_the_objector, UNAUTHORIZED, "signers.person"},
    {"a_reply_of_another_size", of_another_size, INVALID, "objection.size"},
    {"a_reply_of_an_hour_ago", of_an_hour_ago, INVALID, "statement.clock"},
    {"an_objection_with_the_key_of_a_reply", an_objection_with_its_key, CONFLICT, "objection.key"},
    {"an_objection_upheld_unheard", upheld_unheard, INVALID, "case.unheard"},
    {"an_objection_partly_upheld_unheard", partly_upheld_unheard, INVALID, "case.unheard"},
    {"a_finding_while_a_reply_is_awaited", found_while_it_is_awaited, CONFLICT, "case.hearing"},
};

static struct result late(struct world *world)
{
    return reply(world, &told, "respondent-1");
}

static const struct refusal_case OVER[] = {
    {"a_reply_after_its_term", late, INVALID, "case.reply_late"},
};

/* --- what stands --- */

struct counted {
    size_t rows;
    size_t replied;
};

static struct result count_hearing(void *context, const struct view_hearing *row)
{
    struct counted *const counted = context;

    counted->rows++;
    counted->replied += row->replied != VIEW_NONE;
    assert_true(bytes_is(row->notice, WORLD_NOTICE));
    assert_false(row->closed);
    return OK;
}

static void check_views(struct world *world)
{
    struct counted counted = {0};

    check_ok(view_hearings(world->record, count_hearing, &counted));
    assert_int_equal(counted.rows, 2);
    assert_int_equal(counted.replied, 1);
}

static struct hash32 accept(struct world *world, const char *objector)
{
    const struct hash32 objection = world_case(world, objector);

    world_verified(world, &objection);
    check_ok(world_answer(world, &objection, "受理"));
    return objection;
}

static void set_up(struct world *world)
{
    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 1000);
    fresh = world_objection(world, "objector-9");
    received = world_case(world, "objector-1");
    silent = accept(world, "objector-2");
    told = accept(world, "objector-3");
    world_summary_text(world, &told, "respondent-1");
    check_ok(SEND(world, "gu", "he"));
    heard = accept(world, "objector-4");
    world_heard(world, &heard, "respondent-2");
    joined = accept(world, "objector-5");
    world_case_text(world, "case.join", &joined);
    world_put_bytes(world, "并入", BYTES(heard.bytes));
    check_ok(SEND(world, "gu"));
    withdrawn = accept(world, "objector-6");
    world_case_text(world, "objection.withdraw", &withdrawn);
    world_put_time(world, "时间", world->time);
    check_ok(world_objector_sends(world, "objector-6"));
}

/* Once the reply is there, or its term is over, and not a second before. */
static int conclude(struct world *world)
{
    struct hearing hearing;
    int failed;

    check_ok(find(world, &heard, "成立"));
    check_ok(hearing_load(world->record, &told, &hearing));
    assert_true(hearing.released && !hearing.replied);
    world->time = hearing.due;
    check_fails(find(world, &told, "成立"), CONFLICT, "case.hearing");
    world->time = hearing.due + 1;
    failed = REFUSALS_RUN("refusals after the term", world, OVER);
    check_ok(find(world, &told, "成立"));
    check_ok(find(world, &silent, "不成立"));
    return failed;
}

int main(void)
{
    struct world *world = world_make();
    int failed;

    set_up(world);
    check_views(world);
    failed = REFUSALS_RUN("refusals of hearings", world, CASES);
    check_views(world);
    failed += conclude(world);
    world_free(world);
    return failed;
}
