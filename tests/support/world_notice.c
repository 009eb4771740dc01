#include "support/world_notice.h"

#include "base/encoding.h"
#include "check.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/notice.h"
#include "record/workday.h"

static const char *const HANDLERS[] = {"gu", "he"};
static const char *const KEEPERS[] = {"ka", "kb", "kc"};
static const char *const PARTS[] = {"正文", "身份", "身份", "身份", "附件"};

/* A grade for each candidate, in the order of the manifest: gudang 2, xixi 1, the others 0. */
static void write_choices(const struct election *election, bool recused, char *choices)
{
    for (size_t i = 0; i < election->candidate_count; i++) {
        const struct bytes id = election->candidates[i].id;
        const char xixi = recused ? '0' : '1';

        choices[i] = bytes_is(id, "gudang") ? '2' : bytes_is(id, "xixi") ? xixi : '0';
    }
    choices[election->candidate_count] = 0;
}

static const struct election *hold_election(struct world *world)
{
    const struct election *election;
    struct vote votes[WORLD_MEMBERS];
    char choices[WORLD_CANDIDATES + 1];
    char recused[WORLD_CANDIDATES + 1];

    world_ready(world);
    election = world_first_round(world);
    write_choices(election, false, choices);
    write_choices(election, true, recused);
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        votes[i] = (struct vote){world_member(i), i == 1 ? recused : choices}; /* m02 */
    }
    check_ok(world_vote(world, election, votes, WORLD_MEMBERS));
    check_ok(world_close_election(world, election));
    check_ok(world_share(world, election, 1));
    check_ok(world_share(world, election, 2));
    check_ok(world_result(world, election));
    return election;
}

static void declare(struct world *world, const char *person, const char *conflict)
{
    world_declare_text(world, person, conflict);
    check_ok(SEND(world, person));
}

const struct election *world_notice_ready(struct world *world)
{
    const struct election *election = hold_election(world);

    world_person(world, "ma", "组织代表");
    world_person(world, "mei", "组织代表");
    for (size_t i = 0; i < 3; i++) {
        world_person(world, KEEPERS[i], "保管人");
    }
    world_organisation_text(world, "gudang");
    check_ok(SEND(world, "gu", "he"));
    world_organisation_text(world, "xixi");
    check_ok(SEND(world, "gu", "he"));
    world_begin(world, "qualification.list");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "合格", "gudang");
    world_put(world, "合格", "xixi");
    check_ok(SEND(world, "gu", "he"));
    declare(world, "gu", 0);
    declare(world, "he", 0);
    declare(world, "lu", "xixi");
    return election;
}

void world_rules_text(struct world *world)
{
    world_begin(world, "notice.rules");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "细则文号", "示例评审办〔2026〕3号");
    world_put_number(world, "公示天数", 7);
    world_put_number(world, "受理工作日", 5);
    world_put_number(world, "调查工作日", 5);
    world_put_number(world, "答复工作日", 3);
    world_put_number(world, "补正工作日", 5);
    world_put_number(world, "材料时限", 24);
    world_put_number(world, "身份保存天数", 180);
    world_put(world, "放假", "2026-11-30"); /* a Monday: the notice ends a day later */
    world_put(world, "放假", "2027-01-01");
    world_put(world, "调休上班", "2026-12-05");
}

void world_notice_text(struct world *world, const struct election *election)
{
    const uint64_t opens = world->time + 60;
    uint64_t closes;

    check_ok(workday_add_calendar(world->record, LITERAL(WORLD_CYCLE), opens, 7, &closes));
    world_begin(world, "notice.open");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "周期", WORLD_CYCLE);
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put(world, "名单", "2 gudang");
    world_put(world, "名单", "1 xixi");
    for (size_t i = 0; i < 2; i++) {
        world_put(world, "承办人", HANDLERS[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        world_put(world, "保管人", KEEPERS[i]);
    }
    world_put_time(world, "开始", opens);
    world_put_time(world, "结束", closes);
}

void world_notice(struct world *world, const struct election *election)
{
    world_rules_text(world);
    check_ok(SEND(world, "qiao", "gu"));
    world_notice_text(world, election);
    check_ok(SEND(world, "gu", "he"));
}

void world_notice_time(struct world *world, bool end, uint64_t seconds)
{
    struct notice notice;

    check_ok(notice_load(world->record, LITERAL(WORLD_NOTICE), &notice));
    world->time = (end ? notice.closes : notice.opens) + seconds;
}

/* --- objections --- */

static void put_part(struct world *world, const char *objector, size_t place)
{
    const size_t readers = 2; /* handlers, or a pair of keepers */
    AUTO_BUFFER line = BUFFER_INIT;
    struct keys keys;
    char name[64];
    const char *text;

    snprintf(name, sizeof name, "part %s %zu", objector, place);
    world_keys(name, &keys);
    check_ok(buffer_append_text(&line, PARTS[place]));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, BYTES(keys.sign_public.bytes)));
    check_ok(buffer_append_text(&line, " "));
    check_ok(buffer_append_decimal(&line, sealed_size(readers, 1000)));
    check_ok(buffer_terminate(&line, &text));
    world_put(world, "部分", text);
}

void world_objection_text(struct world *world, const char *objector, const char *organisation)
{
    struct keys keys;

    world_keys(objector, &keys);
    world_begin(world, "objection.file");
    world_put(world, "公示", WORLD_NOTICE);
    world_put_hidden(world, "objection.file", "对象", organisation);
    world_put_bytes(world, "签名公钥", BYTES(keys.sign_public.bytes));
    world_put_bytes(world, "封存公钥", BYTES(keys.box.key.bytes));
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        put_part(world, objector, i);
    }
    world_put_time(world, "时间", world->time);
}

struct result world_objector_sends(struct world *world, const char *objector)
{
    world_sign_as(world, "objector", objector);
    return world_submit(world);
}

struct hash32 world_objection(struct world *world, const char *objector)
{
    world_objection_text(world, objector, "xixi");
    check_ok(world_objector_sends(world, objector));
    return world_text_hash(world);
}

void world_case_text(struct world *world, const char *type, const struct hash32 *objection)
{
    world_begin(world, type);
    world_put_bytes(world, "案件", BYTES(objection->bytes));
}

void world_receive_text(struct world *world, const struct hash32 *objection,
                        const struct hash32 *text)
{
    world_case_text(world, "objection.receive", objection);
    world_put_bytes(world, "文本", BYTES(text->bytes));
}

struct result world_declare_case(struct world *world, const struct hash32 *objection,
                                 const char *person, const char *interest)
{
    world_case_text(world, "case.declare", objection);
    world_put(world, "人员", person);
    world_put(world, "利益关系", interest);
    return SEND(world, person);
}

struct hash32 world_case(struct world *world, const char *objector)
{
    const struct hash32 objection = world_objection(world, objector);

    world_receive_text(world, &objection, &objection);
    check_ok(SEND(world, "service"));
    check_ok(world_declare_case(world, &objection, "gu", "无"));
    check_ok(world_declare_case(world, &objection, "he", "无"));
    return objection;
}

void world_verified(struct world *world, const struct hash32 *objection)
{
    world_case_text(world, "identity.open", objection);
    world_put(world, "交给", "gu");
    world_put_hidden(world, "identity.open", "理由", "电话核验真实姓名");
    check_ok(SEND(world, "ka", "kb"));
    world_case_text(world, "case.verify", objection);
    world_put(world, "核验", "已联系");
    check_ok(SEND(world, "gu"));
}

void world_answer_text(struct world *world, const struct hash32 *objection, const char *state,
                       const char *basis)
{
    world_case_text(world, "objection.answer", objection);
    world_put(world, "状态", state);
    world_put(world, "依据", basis);
    world_put_bytes(world, "答复", BYTES(objection->bytes));
    world_put_number(world, "大小", sealed_size(1, 1000));
}

struct result world_answer(struct world *world, const struct hash32 *objection, const char *state)
{
    world_answer_text(world, objection, state, "-");
    return SEND(world, "gu");
}

void world_report_case_text(struct world *world, const struct hash32 *objection,
                            const char *finding)
{
    world_case_text(world, "case.report", objection);
    world_put(world, "结论", finding);
    world_put_bytes(world, "文件", BYTES(objection->bytes));
    world_put_number(world, "大小", sealed_size(2, 1000));
}

void world_summary_text(struct world *world, const struct hash32 *objection, const char *respondent)
{
    struct keys keys;
    uint64_t due;

    world_keys(respondent, &keys);
    check_ok(workday_add(world->record, LITERAL(WORLD_CYCLE), world->time, 5, &due));
    world_case_text(world, "case.summary", objection);
    world_put_bytes(world, "摘要", BYTES(keys.box.key.bytes));
    world_put_number(world, "大小", sealed_size(3, 1000));
    world_put_bytes(world, "陈述公钥", BYTES(keys.sign_public.bytes));
    world_put_time(world, "陈述期限", due);
}

void world_reply_text(struct world *world, const struct hash32 *objection)
{
    world_case_text(world, "case.reply", objection);
    world_put_bytes(world, "陈述", BYTES(objection->bytes));
    world_put_number(world, "大小", sealed_size(2, 1000));
    world_put_time(world, "时间", world->time);
}

struct result world_respondent_sends(struct world *world, const char *respondent)
{
    world_sign_as(world, "respondent", respondent);
    return world_submit(world);
}

void world_heard(struct world *world, const struct hash32 *objection, const char *respondent)
{
    world_summary_text(world, objection, respondent);
    check_ok(SEND(world, "gu", "he"));
    world_reply_text(world, objection);
    check_ok(world_respondent_sends(world, respondent));
}

void world_concluded(struct world *world, const struct hash32 *objection, const char *finding)
{
    world_verified(world, objection);
    check_ok(world_answer(world, objection, "受理"));
    world_heard(world, objection, "respondent");
    world_report_case_text(world, objection, finding);
    check_ok(SEND(world, "gu", "he"));
    check_ok(world_answer(world, objection, finding));
}
