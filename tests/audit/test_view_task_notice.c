/*
 * Handlers, keepers, officers and the chair each see what waits for them in notices and cases, by
 * when, and whether it is theirs to do yet.
 */
#include "check.h"
#include "record/view_notice.h"
#include "support/world_notice.h"

/* "kind object state" of each, "!" behind one that has a deadline, "*" behind one with a case. */
static struct result tell(void *context, const struct view_task *row)
{
    static const struct hash32 none;

    TRY(buffer_append_text(context, row->kind));
    TRY(buffer_append_text(context, " "));
    TRY(buffer_append(context, row->object));
    TRY(buffer_append_text(context, " "));
    TRY(buffer_append_text(context, row->state));
    TRY(buffer_append_text(context, row->deadline != VIEW_NONE ? "!" : ""));
    TRY(buffer_append_text(context, hash32_equal(&row->objection, &none) ? "" : "*"));
    assert_true(row->since > 0 && (row->deadline == VIEW_NONE || row->deadline > row->since));
    return buffer_append_text(context, "\n");
}

static void check_tasks(struct world *world, const char *person, const char *expected)
{
    const struct view_asker asker = {world->record, bytes_of_string(person), world->time};
    AUTO_BUFFER text = BUFFER_INIT;
    const char *seen;

    check_ok(view_notice_tasks(&asker, tell, &text));
    check_ok(buffer_terminate(&text, &seen));
    assert_string_equal(seen, expected);
}

static struct hash32 received(struct world *world, const char *objector)
{
    const struct hash32 objection = world_objection(world, objector);

    world_receive_text(world, &objection, &objection);
    check_ok(SEND(world, "service"));
    return objection;
}

static void publish(struct world *world, const char *media)
{
    world_begin(world, "notice.publish");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "媒体", media);
    world_put(world, "网址", "https://news.example/1");
    world_put_bytes(world, "内容", BYTES(world->ceremony.bytes));
    world_put_time(world, "所见时间", world->time);
    check_ok(SEND(world, "gu"));
}

/* An open notice that was seen in public today. */
static struct world *seen_notice(void)
{
    struct world *world = world_make();

    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 1000);
    publish(world, "示例日报");
    return world;
}

static void the_office_sees_what_a_notice_asks_for(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 1000);
    check_tasks(world, "gu", "notice.publish notice-1 todo!\n");
    check_tasks(world, "lu", "notice.publish notice-1 todo!\n");
    check_tasks(world, "qiao", "");
    check_tasks(world, "ka", "");
    publish(world, "示例日报");
    check_tasks(world, "gu", "");
    world_notice_time(world, true, 0);
    world->time -= 3600;
    check_tasks(world, "gu", "notice.publish notice-1 todo!\n");
    publish(world, "示例日报");
    check_tasks(world, "gu", "");
    world->time += 3600;
    check_tasks(world, "gu", "list.settle notice-1 todo\n");
    check_tasks(world, "qiao", "list.settle notice-1 todo\n");
    check_tasks(world, "ka", "");
    world_free(world);
}

static void a_new_case_asks_handlers_to_declare_and_keepers_to_open(void **state)
{
    struct world *world = seen_notice();
    const struct hash32 waiting = world_objection(world, "objector-1");
    struct hash32 fresh;

    (void)state;
    check_tasks(world, "gu", "");
    fresh = received(world, "objector-2");
    check_tasks(world, "gu", "case.declare notice-1-0002 todo!*\n");
    check_tasks(world, "he", "case.declare notice-1-0002 todo!*\n");
    check_tasks(world, "lu", "");
    check_tasks(world, "ka", "identity.open notice-1-0002 waiting!*\n");
    check_ok(world_declare_case(world, &fresh, "he", "有"));
    check_tasks(world, "he", "");
    check_tasks(world, "ka", "identity.open notice-1-0002 waiting!*\n");
    check_ok(world_declare_case(world, &fresh, "gu", "无"));
    check_tasks(world, "gu", "objection.answer notice-1-0002 todo!*\n");
    check_tasks(world, "ka", "identity.open notice-1-0002 todo!*\n");
    world_case_text(world, "identity.open", &fresh);
    world_put(world, "交给", "gu");
    world_put_hidden(world, "identity.open", "理由", "电话核验真实姓名");
    check_ok(SEND(world, "ka", "kb"));
    check_tasks(world, "ka", "");
    check_tasks(world, "kc", "");
    check_tasks(world, "gu",
                "case.verify notice-1-0002 todo!*\nobjection.answer notice-1-0002 todo!*\n");
    world_case_text(world, "objection.withdraw", &waiting);
    world_put_time(world, "时间", world->time);
    check_ok(world_objector_sends(world, "objector-1"));
    world_free(world);
}

static void a_case_waits_for_its_handler_until_it_is_answered(void **state)
{
    struct world *world = seen_notice();
    const struct hash32 objection = world_case(world, "objector-1");

    (void)state;
    world_verified(world, &objection);
    check_tasks(world, "gu", "objection.answer notice-1-0001 todo!*\n");
    check_tasks(world, "he", "objection.answer notice-1-0001 todo!*\n");
    world_case_text(world, "case.assign", &objection);
    world_put(world, "承办人", "gu");
    check_ok(SEND(world, "he"));
    check_tasks(world, "he", "");
    check_ok(world_answer(world, &objection, "补正"));
    check_tasks(world, "gu", "objection.answer notice-1-0001 waiting!*\n");
    world->time += 30 * 86400;
    check_tasks(world, "gu",
                "objection.answer notice-1-0001 todo!*\nnotice.publish notice-1 todo!\n"
                "list.settle notice-1 todo\n");
    publish(world, "示例晚报");
    check_ok(world_answer(world, &objection, "受理"));
    check_tasks(world, "gu",
                "case.report notice-1-0001 todo!*\nnotice.publish notice-1 todo!\n"
                "list.settle notice-1 todo\n");
    world_free(world);
}

static void a_report_waits_while_the_organisation_is_heard(void **state)
{
    struct world *world = seen_notice();
    const struct hash32 objection = world_case(world, "objector-1");

    (void)state;
    world_verified(world, &objection);
    check_ok(world_answer(world, &objection, "受理"));
    check_tasks(world, "gu", "case.report notice-1-0001 todo!*\n");
    world_summary_text(world, &objection, "respondent");
    check_ok(SEND(world, "gu", "he"));
    check_tasks(world, "gu", "case.report notice-1-0001 waiting!*\n");
    world_reply_text(world, &objection);
    check_ok(world_respondent_sends(world, "respondent"));
    check_tasks(world, "gu", "case.report notice-1-0001 todo!*\n");
    world_free(world);
}

static void a_follower_waits_for_its_case_and_the_identity_goes_after_its_term(void **state)
{
    struct world *world = seen_notice();
    const struct hash32 main = world_case(world, "objector-1");
    const struct hash32 follower = world_case(world, "objector-2");

    (void)state;
    world_verified(world, &main);
    world_verified(world, &follower);
    check_ok(world_answer(world, &main, "受理"));
    check_ok(world_answer(world, &follower, "受理"));
    world_case_text(world, "case.join", &follower);
    world_put_bytes(world, "并入", BYTES(main.bytes));
    check_ok(SEND(world, "gu"));
    check_tasks(world, "gu",
                "objection.answer notice-1-0002 waiting!*\ncase.report notice-1-0001 todo!*\n");
    world_report_case_text(world, &main, "不成立");
    check_ok(SEND(world, "gu", "he"));
    check_tasks(world, "gu",
                "objection.answer notice-1-0001 todo!*\nobjection.answer notice-1-0002 todo!*\n");
    check_ok(world_answer(world, &main, "不成立"));
    check_ok(world_answer(world, &follower, "不成立"));
    check_tasks(world, "gu", "");
    world->time += 200 * 86400;
    check_tasks(world, "he",
                "identity.erase notice-1-0001 todo*\nidentity.erase notice-1-0002 todo*\n"
                "notice.publish notice-1 todo!\nlist.settle notice-1 todo\n");
    world_case_text(world, "identity.erase", &main);
    check_ok(SEND(world, "gu", "he"));
    check_tasks(world, "he",
                "identity.erase notice-1-0002 todo*\nnotice.publish notice-1 todo!\n"
                "list.settle notice-1 todo\n");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_sees_what_a_notice_asks_for),
        cmocka_unit_test(a_new_case_asks_handlers_to_declare_and_keepers_to_open),
        cmocka_unit_test(a_case_waits_for_its_handler_until_it_is_answered),
        cmocka_unit_test(a_report_waits_while_the_organisation_is_heard),
        cmocka_unit_test(a_follower_waits_for_its_case_and_the_identity_goes_after_its_term),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
