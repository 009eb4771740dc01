/*
 * A notice shows what was elected, ends when the rules say, and names people who may handle it.
 * Article 21. covers: notice, lead, list
 */
#include "check.h"
#include "record/notice.h"
#include "support/refusals.h"
#include "support/world_notice.h"

static const struct election *election;

static struct result open_with(struct world *world, const char *label, size_t place,
                               const char *value)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_replace(world, label, place, value);
    return SEND(world, "gu", "he");
}

static struct result open_without(struct world *world, const char *label, size_t place)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_drop(world, label, place);
    return SEND(world, "gu", "he");
}

static struct result the_id_again(struct world *world)
{
    world_notice_text(world, election);
    return SEND(world, "gu", "he");
}

static struct result of_no_cycle(struct world *world)
{
    return open_with(world, "周期", 0, "cycle-2030");
}

static struct result without_rules(struct world *world)
{
    return open_with(world, "周期", 0, "cycle-2027");
}

static struct result of_no_election(struct world *world)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_replace_bytes(world, "清单", 0, BYTES(world->ceremony.bytes));
    return SEND(world, "gu", "he");
}

static struct result with_one_missing(struct world *world)
{
    return open_without(world, "名单", 1);
}

static struct result with_another_grade(struct world *world)
{
    return open_with(world, "名单", 1, "2 xixi");
}

static struct result with_somebody_else(struct world *world)
{
    return open_with(world, "名单", 1, "1 yunqi");
}

static struct result with_one_twice(struct world *world)
{
    return open_with(world, "名单", 1, "2 gudang");
}

static struct result with_words(struct world *world)
{
    return open_with(world, "名单", 1, "提名奖 xixi");
}

static struct result handled_by_a_chair(struct world *world)
{
    return open_with(world, "承办人", 1, "qiao");
}

static struct result handlers_out_of_order(struct world *world)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_swap(world, "承办人", 0);
    return SEND(world, "gu", "he");
}

static struct result kept_by_one(struct world *world)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_drop(world, "保管人", 0);
    world_drop(world, "保管人", 0);
    return SEND(world, "gu", "he");
}

static struct result kept_by_an_officer(struct world *world)
{
    return open_with(world, "保管人", 2, "lu");
}

static struct result keepers_out_of_order(struct world *world)
{
    world_notice_text(world, election);
    world_replace(world, "公示", 0, "notice-2");
    world_swap(world, "保管人", 0);
    return SEND(world, "gu", "he");
}

static struct result begun_long_ago(struct world *world)
{
    return open_with(world, "开始", 0, "2026-11-20T09:00:00+08:00");
}

static struct result ending_a_day_early(struct world *world)
{
    return open_with(world, "结束", 0, "2026-11-30T00:00:00+08:00");
}

static struct result ending_at_another_hour(struct world *world)
{
    return open_with(world, "结束", 0, "2026-12-01T17:00:00+08:00");
}

/* --- what follows --- */

static void publish_text(struct world *world, const char *notice, uint64_t seen)
{
    world_begin(world, "notice.publish");
    world_put(world, "公示", notice);
    world_put(world, "媒体", "示例日报");
    world_put(world, "网址", "https://news.example/1");
    world_put_bytes(world, "内容", BYTES(world->ceremony.bytes));
    world_put_time(world, "所见时间", seen);
}

static struct result seen_nowhere(struct world *world)
{
    publish_text(world, "notice-9", world->time);
    return SEND(world, "gu");
}

static struct result seen_in_the_future(struct world *world)
{
    publish_text(world, WORLD_NOTICE, world->time + 3600);
    return SEND(world, "gu");
}

static struct result seen_before(struct world *world)
{
    publish_text(world, WORLD_NOTICE, world->time - 3 * 86400);
    return SEND(world, "gu");
}

static void lead_text(struct world *world, const char *id)
{
    world_begin(world, "lead.enter");
    world_put(world, "线索", id);
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "来源", "电话");
    world_put_hidden(world, "lead.enter", "内容", "来电未留姓名");
}

static struct result a_lead_twice(struct world *world)
{
    lead_text(world, "lead-1");
    world_replace(world, "来源", 0, "匿名");
    return SEND(world, "gu");
}

static struct result a_lead_by_a_stranger(struct world *world)
{
    lead_text(world, "lead-2");
    return SEND(world, "lu");
}

static struct result dispose(struct world *world, const char *id)
{
    world_begin(world, "lead.dispose");
    world_put(world, "线索", id);
    world_put(world, "处置", "核查后存档");
    world_put_hidden(world, "lead.dispose", "理由", id);
    return SEND(world, "gu", "he");
}

static struct result an_unknown_lead(struct world *world)
{
    return dispose(world, "lead-9");
}

static struct result a_lead_disposed_twice(struct world *world)
{
    world_begin(world, "lead.dispose");
    world_put(world, "线索", "lead-1");
    world_put(world, "处置", "不予处理");
    world_put_hidden(world, "lead.dispose", "理由", "再次");
    return SEND(world, "gu", "he");
}

static struct result remove_one(struct world *world, const char *organisation)
{
    world_begin(world, "list.remove");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "组织", organisation);
    world_put_hidden(world, "list.remove", "案件", "案件");
    world_put_hidden(world, "list.remove", "理由", "异议成立");
    return SEND(world, "gu", "he");
}

static struct result removed_without_a_case(struct world *world)
{
    return remove_one(world, "xixi");
}

static struct result removed_though_not_listed(struct world *world)
{
    return remove_one(world, "yunqi");
}

static struct result settle(struct world *world, const char *first, const char *second)
{
    world_begin(world, "list.settle");
    world_put(world, "公示", WORLD_NOTICE);
    if (first) {
        world_put(world, "名单", first);
    }
    if (second) {
        world_put(world, "名单", second);
    }
    return SEND(world, "qiao", "gu");
}

static struct result settled_while_it_runs(struct world *world)
{
    return settle(world, "2 gudang", "1 xixi");
}

static const struct refusal_case CASES[] = {
    {"an_id_again", the_id_again, CONFLICT, "notice.known"},
    {"a_notice_of_no_cycle", of_no_cycle, NOT_FOUND, "cycle.unknown"},
    {"a_notice_without_rules", without_rules, INVALID, "notice.rules"},
    {"a_notice_of_no_election", of_no_election, INVALID, "notice.manifest"},
    {"a_list_without_an_organisation", with_one_missing, INVALID, "notice.list"},
    {"a_list_with_another_grade", with_another_grade, INVALID, "notice.list"},
    {"a_list_with_somebody_else", with_somebody_else, INVALID, "notice.list"},
    {"a_list_with_one_twice", with_one_twice, INVALID, "notice.list"},
    {"a_list_with_words_for_grades", with_words, INVALID, "notice.list"},
    {"a_handler_who_is_no_officer", handled_by_a_chair, INVALID, "notice.handler"},
    {"handlers_out_of_order", handlers_out_of_order, INVALID, "notice.handler"},
    {"one_keeper", kept_by_one, MALFORMED, "statement.field"},
    {"a_keeper_without_the_role", kept_by_an_officer, INVALID, "notice.keeper"},
    {"keepers_out_of_order", keepers_out_of_order, INVALID, "notice.keeper"},
    {"a_start_long_ago", begun_long_ago, INVALID, "notice.start"},
    {"an_end_a_day_early", ending_a_day_early, INVALID, "notice.end"},
    {"an_end_at_another_hour", ending_at_another_hour, INVALID, "notice.end"},
    {"a_proof_of_no_notice", seen_nowhere, NOT_FOUND, "notice.unknown"},
    {"a_proof_from_the_future", seen_in_the_future, INVALID, "notice.seen"},
    {"a_proof_from_before", seen_before, INVALID, "notice.seen"},
    {"a_lead_twice", a_lead_twice, CONFLICT, "lead.known"},
    {"a_lead_by_no_handler", a_lead_by_a_stranger, INVALID, "notice.handler_only"},
    {"a_lead_that_is_none", an_unknown_lead, NOT_FOUND, "lead.unknown"},
    {"a_lead_disposed_twice", a_lead_disposed_twice, CONFLICT, "lead.disposed"},
    {"a_removal_without_a_case", removed_without_a_case, INVALID, "list.upheld"},
    {"a_removal_of_somebody_not_listed", removed_though_not_listed, INVALID, "list.listed"},
    {"a_list_settled_while_the_notice_runs", settled_while_it_runs, INVALID, "notice.running"},
};

/* --- after the term --- */

static struct result settled_unseen(struct world *world)
{
    return settle(world, "2 gudang", "1 xixi");
}

static struct result in_another_order(struct world *world)
{
    return settle(world, "1 xixi", "2 gudang");
}

static struct result in_another_grade(struct world *world)
{
    return settle(world, "1 gudang", "1 xixi");
}

static struct result with_an_open_case(struct world *world)
{
    return settle(world, "2 gudang", "1 xixi");
}

static struct result settled_again(struct world *world)
{
    return settle(world, "1 xixi", 0);
}

static struct result removed_after_all(struct world *world)
{
    return remove_one(world, "xixi");
}

static const struct refusal_case UNSEEN[] = {
    {"a_list_nobody_has_seen", settled_unseen, INVALID, "notice.proofs"},
};

static const struct refusal_case ENDED[] = {
    {"a_list_in_another_order", in_another_order, INVALID, "list.subset"},
    {"a_list_with_another_grade", in_another_grade, INVALID, "list.subset"},
    {"a_whole_list_while_a_case_is_open", with_an_open_case, INVALID, "list.suspended"},
};

static const struct refusal_case SETTLED[] = {
    {"a_list_settled_again", settled_again, CONFLICT, "list.settled"},
    {"a_removal_from_a_settled_list", removed_after_all, CONFLICT, "list.settled"},
};

static void accept_one(struct world *world)
{
    const struct hash32 objection = world_case(world, "objector-1");

    world_verified(world, &objection);
    check_ok(world_answer(world, &objection, "受理"));
}

static int run(struct world *world)
{
    struct notice notice;
    int failed;

    world_notice_time(world, false, 10);
    lead_text(world, "lead-1");
    check_ok(SEND(world, "gu"));
    check_ok(dispose(world, "lead-1"));
    failed = REFUSALS_RUN("refusals of notices", world, CASES);
    accept_one(world);
    publish_text(world, WORLD_NOTICE, world->time);
    check_ok(SEND(world, "gu"));
    world_notice_time(world, true, 10);
    failed += REFUSALS_RUN("refusals of what nobody has seen", world, UNSEEN);
    check_ok(notice_load(world->record, LITERAL(WORLD_NOTICE), &notice));
    publish_text(world, WORLD_NOTICE, notice.closes - 3600);
    check_ok(SEND(world, "gu"));
    failed += REFUSALS_RUN("refusals of lists", world, ENDED);
    check_ok(settle(world, "2 gudang", 0));
    return failed + REFUSALS_RUN("refusals of settled lists", world, SETTLED);
}

int main(void)
{
    struct world *world = world_make();
    int failed;

    election = world_notice_ready(world);
    world_cycle_text(world, "cycle-2027", 2027);
    check_ok(SEND(world, "qiao", "gu"));
    world_notice(world, election);
    failed = run(world);
    world_free(world);
    return failed;
}
