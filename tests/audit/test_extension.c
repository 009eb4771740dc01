/*
 * A notice whose media failed runs on, by whole days and by a resolution, and everything that reads
 * its end follows: rule C14.
 */
#include "base/text.h"
#include "check.h"
#include "record/notice.h"
#include "record/objection.h"
#include "record/view_notice.h"
#include "record/workday.h"
#include "support/refusals.h"
#include "support/world_notice.h"

/* The rules make Monday 2026-11-30 a day off and Saturday 2026-12-05 a working day. */
#define FIRST_END  "2026-12-02T00:00:00+08:00"
#define SECOND_END "2026-12-04T00:00:00+08:00"

static void extend_text(struct world *world, uint64_t days, const char *end)
{
    world_begin(world, "notice.extend");
    world_put(world, "公示", WORLD_NOTICE);
    world_put_number(world, "天数", days);
    world_put(world, "决议", "示例评委〔2026〕5号");
    world_put(world, "结束", end);
}

static struct result extend(struct world *world, uint64_t days, const char *end)
{
    extend_text(world, days, end);
    return SEND(world, "qiao", "gu");
}

static struct result at_all(struct world *world)
{
    return extend(world, 1, SECOND_END);
}

static struct result of_another(struct world *world)
{
    extend_text(world, 2, SECOND_END);
    world_replace(world, "公示", 0, "notice-9");
    return SEND(world, "qiao", "gu");
}

static struct result by_officers(struct world *world)
{
    extend_text(world, 2, SECOND_END);
    return SEND(world, "gu", "he");
}

static struct result by_the_chair_alone(struct world *world)
{
    extend_text(world, 2, SECOND_END);
    return SEND(world, "qiao");
}

static struct result by_nothing(struct world *world)
{
    return extend(world, 0, FIRST_END);
}

static struct result by_a_month_and_more(struct world *world)
{
    return extend(world, 31, "2027-01-02T00:00:00+08:00");
}

static struct result by_half_a_day(struct world *world)
{
    extend_text(world, 2, SECOND_END);
    world_replace(world, "天数", 0, "2.5");
    return SEND(world, "qiao", "gu");
}

static struct result a_day_short(struct world *world)
{
    return extend(world, 2, "2026-12-03T00:00:00+08:00");
}

static struct result a_day_more(struct world *world)
{
    return extend(world, 2, "2026-12-05T00:00:00+08:00");
}

static struct result to_noon(struct world *world)
{
    return extend(world, 2, "2026-12-03T12:00:00+08:00");
}

static struct result by_no_resolution(struct world *world)
{
    extend_text(world, 2, SECOND_END);
    world_drop(world, "决议", 0);
    return SEND(world, "qiao", "gu");
}

/* Days are counted from the end that stands, and Sunday the 6th is not an end. */
static struct result from_the_first_end(struct world *world)
{
    return extend(world, 3, "2026-12-05T00:00:00+08:00");
}

static struct result ending_on_a_sunday(struct world *world)
{
    return extend(world, 3, "2026-12-07T00:00:00+08:00");
}

static const struct refusal_case EARLY[] = {
    {"an_extension_before_the_notice_begins", at_all, CONFLICT, "notice.not_running"},
};

static const struct refusal_case RUNNING[] = {
    {"an_extension_of_no_notice", of_another, NOT_FOUND, "notice.unknown"},
    {"an_extension_by_officers_alone", by_officers, UNAUTHORIZED, "signers.role"},
    {"an_extension_by_the_chair_alone", by_the_chair_alone, UNAUTHORIZED, "signers.count"},
    {"an_extension_by_no_day", by_nothing, INVALID, "notice.extension"},
    {"an_extension_by_31_days", by_a_month_and_more, INVALID, "notice.extension"},
    {"an_extension_by_half_a_day", by_half_a_day, MALFORMED, "statement.number"},
    {"an_end_a_day_too_early", a_day_short, INVALID, "notice.end"},
    {"an_end_a_day_too_late", a_day_more, INVALID, "notice.end"},
    {"an_end_at_noon", to_noon, INVALID, "notice.end"},
    {"an_extension_without_a_resolution", by_no_resolution, MALFORMED, "statement.field"},
};

static const struct refusal_case AGAIN[] = {
    {"days_counted_from_the_end_there_was", from_the_first_end, INVALID, "notice.end"},
    {"an_end_on_a_day_off", ending_on_a_sunday, INVALID, "notice.end"},
};

static const struct refusal_case OVER[] = {
    {"an_extension_after_the_end", at_all, CONFLICT, "notice.not_running"},
};

/* --- what follows the new end --- */

static void publish(struct world *world, uint64_t seen)
{
    world_begin(world, "notice.publish");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "媒体", "示例日报");
    world_put(world, "网址", "https://news.example/1");
    world_put_bytes(world, "内容", BYTES(world->ceremony.bytes));
    world_put_time(world, "所见时间", seen);
    check_ok(SEND(world, "gu"));
}

static struct result settle(struct world *world)
{
    world_begin(world, "list.settle");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "名单", "2 gudang");
    world_put(world, "名单", "1 xixi");
    return SEND(world, "qiao", "gu");
}

static const struct refusal_case SETTLED_EARLY[] = {
    {"a_list_settled_at_the_first_end", settle, INVALID, "notice.running"},
};

static const struct refusal_case UNSEEN[] = {
    {"a_list_not_seen_on_its_new_last_day", settle, INVALID, "notice.proofs"},
};

static uint64_t instant(const char *text)
{
    int64_t time;

    check_ok(text_parse_time(bytes_of_string(text), &time));
    return (uint64_t)time;
}

static void check_late(struct world *world, const char *objector, bool late)
{
    const struct hash32 hash = world_objection(world, objector);
    struct objection objection;

    check_ok(objection_load(world->record, &hash, &objection));
    assert_int_equal(objection.late, late);
}

static struct result note_extension(void *context, const struct view_extension *row)
{
    uint64_t *const together = context;

    assert_true(bytes_is(row->resolution, "示例评委〔2026〕5号"));
    *together = *together * 100 + row->days;
    return OK;
}

static void check_views(struct world *world)
{
    struct notice notice;
    uint64_t together = 0;

    check_ok(notice_load(world->record, LITERAL(WORLD_NOTICE), &notice));
    assert_int_equal(notice.closes, instant("2026-12-08T00:00:00+08:00"));
    check_ok(
        view_notice_extensions(world->record, LITERAL(WORLD_NOTICE), note_extension, &together));
    assert_int_equal(together, 203);
}

static int run(struct world *world)
{
    int failed = REFUSALS_RUN("refusals before the notice", world, EARLY);

    world_notice_time(world, false, 10);
    publish(world, world->time);
    failed += REFUSALS_RUN("refusals of extensions", world, RUNNING);
    check_ok(extend(world, 2, SECOND_END));
    world->time = instant(FIRST_END) + 60; /* where the first end was */
    check_late(world, "objector-1", false);
    publish(world, instant(FIRST_END) - 60);
    failed += REFUSALS_RUN("refusals at the first end", world, SETTLED_EARLY);
    failed += REFUSALS_RUN("refusals of further extensions", world, AGAIN);
    check_ok(extend(world, 3, "2026-12-08T00:00:00+08:00"));
    check_views(world);
    world_notice_time(world, true, 0);
    failed += REFUSALS_RUN("refusals after the end", world, OVER);
    check_late(world, "objector-2", true);
    failed += REFUSALS_RUN("refusals of what nobody has seen", world, UNSEEN);
    publish(world, world->time - 3600);
    check_ok(settle(world));
    return failed;
}

int main(void)
{
    struct world *world = world_make();
    const struct election *election = world_notice_ready(world);
    int failed;

    world_notice(world, election);
    failed = run(world);
    world_free(world);
    return failed;
}
