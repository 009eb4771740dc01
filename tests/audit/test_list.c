/*
 * An upheld objection removes, an accepted one suspends: what everybody can check of that, and
 * what only who knows whom the cases are about. Articles 21, 22.
 */
#include "check.h"
#include "record/list.h"
#include "record/notice.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static struct hash32 first;
static struct hash32 second;

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

static void settle_text(struct world *world, const char *one, const char *other)
{
    world_begin(world, "list.settle");
    world_put(world, "公示", WORLD_NOTICE);
    if (one) {
        world_put(world, "名单", one);
    }
    if (other) {
        world_put(world, "名单", other);
    }
}

static void remove_text(struct world *world, const char *organisation)
{
    world_begin(world, "list.remove");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "组织", organisation);
    world_put_hidden(world, "list.remove", "案件", "案件");
    world_put_hidden(world, "list.remove", "理由", "异议成立");
}

static struct result everybody_settled(struct world *world)
{
    settle_text(world, "2 gudang", "1 xixi");
    return SEND(world, "qiao", "gu");
}

static const struct refusal_case UPHELD[] = {
    {"a_whole_list_though_a_case_was_upheld", everybody_settled, INVALID, "list.unremoved"},
};

/* --- whom cases are about --- */

struct told {
    const char *first;
    const char *second;
};

static struct result tell(void *context, const struct hash32 *objection, struct buffer *out)
{
    const struct told *told = context;
    const char *name = hash32_equal(objection, &first)    ? told->first
                       : hash32_equal(objection, &second) ? told->second
                                                          : 0;

    return name ? buffer_append_text(out, name) : OK;
}

/* What is written in the world, as those who know so much judge it. */
static struct result judge(struct world *world, const struct told *told,
                           const char *const signers[])
{
    struct told known = *told;
    AUTO_PREPARED prepared = PREPARED_INIT;

    world_sign(world, signers);
    check_ok(record_read(world->record, buffer_view(&world->note), world->time, &prepared));
    return list_check_subjects(world->record, &prepared, tell, &known);
}

static const char *const OFFICERS[] = {"gu", "he", 0};
static const char *const CHAIR[] = {"qiao", "gu", 0};

static struct world *shared;

static void who_knows_the_subject_refuses_another_removal(void **state)
{
    (void)state;
    remove_text(shared, "gudang");
    check_fails(judge(shared, &(struct told){"xixi", 0}, OFFICERS), INVALID, "list.upheld");
    remove_text(shared, "gudang");
    check_fails(judge(shared, &(struct told){0, 0}, OFFICERS), INVALID, "list.subject");
    remove_text(shared, "xixi");
    check_ok(judge(shared, &(struct told){"xixi", 0}, OFFICERS));
}

static void who_knows_the_subjects_refuses_them_on_the_list(void **state)
{
    const struct told both = {"xixi", "gudang"};

    (void)state;
    settle_text(shared, "1 xixi", 0);
    check_fails(judge(shared, &both, CHAIR), INVALID, "list.unremoved");
    settle_text(shared, "2 gudang", 0);
    check_fails(judge(shared, &both, CHAIR), INVALID, "list.suspended");
    settle_text(shared, "2 gudang", 0);
    check_fails(judge(shared, &(struct told){"xixi", 0}, CHAIR), INVALID, "list.subject");
    settle_text(shared, 0, 0);
    check_ok(judge(shared, &both, CHAIR));
    settle_text(shared, "2 gudang", 0);
    check_ok(judge(shared, &(struct told){"xixi", "xixi"}, CHAIR));
}

static void nothing_else_asks_whom_a_case_is_about(void **state)
{
    static const char *const reader[] = {"gu", 0};

    (void)state;
    world_begin(shared, "notice.publish");
    world_put(shared, "公示", WORLD_NOTICE);
    world_put(shared, "媒体", "示例晚报");
    world_put(shared, "网址", "https://news.example/2");
    world_put_bytes(shared, "内容", BYTES(shared->ceremony.bytes));
    world_put_time(shared, "所见时间", shared->time);
    check_ok(judge(shared, &(struct told){0, 0}, reader));
}

/* After the term: one case upheld, another about to be accepted. */
static void set_up(struct world *world)
{
    struct notice notice;

    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 10);
    first = world_case(world, "objector-1");
    world_concluded(world, &first, "成立");
    second = world_case(world, "objector-2");
    world_verified(world, &second);
    publish(world, world->time);
    world_notice_time(world, true, 10);
    check_ok(notice_load(world->record, LITERAL(WORLD_NOTICE), &notice));
    publish(world, notice.closes - 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_knows_the_subject_refuses_another_removal),
        cmocka_unit_test(who_knows_the_subjects_refuses_them_on_the_list),
        cmocka_unit_test(nothing_else_asks_whom_a_case_is_about),
    };
    int failed;

    shared = world_make();
    set_up(shared);
    failed = REFUSALS_RUN("refusals of lists after an upheld case", shared, UPHELD);
    check_ok(world_answer(shared, &second, "受理"));
    failed += cmocka_run_group_tests(tests, 0, 0);
    world_free(shared);
    return failed;
}
