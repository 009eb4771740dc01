#include "check.h"
#include "protocol/statement.h"
#include "support/world.h"

static const char *const REVIEWERS[] = {"an", "bo", "ci", "du"};
static const char *const REPRESENTATIVES[] = {"ma", "mei", "mo"};

static const struct organisation {
    const char *id;
    const char *name;
    const char *code;
    const char *representative;
} ORGANISATIONS[] = {
    {"gudang", "古荡示例建设工程有限公司", "91330106MA00000016", "ma"},
    {"xixi", "西溪示例精密仪器有限公司", "91330106MA00000029", "mei"},
    {"yunqi", "云栖示例软件股份有限公司", "91330106MA0000003C", "mo"},
};

void world_review_people(struct world *world)
{
    world_genesis(world);
    world_person(world, "qiao", "主持人");
    world_person(world, "m01", "委员");
    for (size_t i = 0; i < sizeof REVIEWERS / sizeof REVIEWERS[0]; i++) {
        world_person(world, REVIEWERS[i], "评审员");
    }
    for (size_t i = 0; i < sizeof REPRESENTATIVES / sizeof REPRESENTATIVES[0]; i++) {
        world_person(world, REPRESENTATIVES[i], "组织代表");
    }
}

void world_organisation_text(struct world *world, const char *id)
{
    size_t place = 0;

    while (strcmp(ORGANISATIONS[place].id, id) != 0) {
        place++;
    }
    world_begin(world, "organisation.register");
    world_put(world, "组织", id);
    world_put(world, "名称", ORGANISATIONS[place].name);
    world_put(world, "统一社会信用代码", ORGANISATIONS[place].code);
    world_put(world, "代表", ORGANISATIONS[place].representative);
}

void world_delegate_text(struct world *world, const char *organisation, const char *person)
{
    world_begin(world, "organisation.delegate");
    world_put(world, "组织", organisation);
    world_put(world, "代表", person);
    world_put_hidden(world, "organisation.delegate", "理由", "另有任用");
}

void world_review(struct world *world, const char *after_change)
{
    world_cycle_text(world, WORLD_CYCLE, 2026);
    if (after_change) {
        world_put(world, "换人后", after_change);
    }
    check_ok(SEND(world, "qiao", "gu"));
    for (size_t i = 0; i < 2; i++) {
        world_organisation_text(world, ORGANISATIONS[i].id);
        check_ok(SEND(world, "gu", "he"));
    }
    world_begin(world, "qualification.list");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "合格", "gudang");
    world_put(world, "合格", "xixi");
    check_ok(SEND(world, "gu", "he"));
}

/* --- reviewers and teams --- */

void world_undertake_text(struct world *world, const char *person)
{
    world_begin(world, "secrecy.undertake");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "人员", person);
    world_put(world, "承诺", "不向任何人透露评审内容。");
}

void world_declare_text(struct world *world, const char *person, const char *conflict)
{
    world_begin(world, "conflict.declare");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "人员", person);
    for (size_t i = 0; i < 2; i++) {
        const bool some = conflict && strcmp(ORGANISATIONS[i].id, conflict) == 0;
        char line[80];

        snprintf(line, sizeof line, "%s %s", ORGANISATIONS[i].id, some ? "有" : "无");
        world_put(world, "利益关系", line);
    }
}

void world_find_text(struct world *world, const char *person, const char *organisation)
{
    world_begin(world, "conflict.find");
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "人员", person);
    world_put(world, "组织", organisation);
    world_put_hidden(world, "conflict.find", "理由", "曾任顾问");
}

void world_reviewers(struct world *world)
{
    for (size_t i = 0; i < sizeof REVIEWERS / sizeof REVIEWERS[0]; i++) {
        world_undertake_text(world, REVIEWERS[i]);
        check_ok(SEND(world, REVIEWERS[i]));
        world_declare_text(world, REVIEWERS[i], 0);
        check_ok(SEND(world, REVIEWERS[i]));
    }
}

void world_team_text(struct world *world, const char *id)
{
    world_begin(world, "team.form");
    world_put(world, "评审组", id);
    world_put(world, "周期", WORLD_CYCLE);
    world_put(world, "组长", "an");
    world_put(world, "评审员", "an");
    world_put(world, "评审员", "bo");
    world_put(world, "评审员", "ci");
    world_put(world, "受评组织", "gudang");
    world_put(world, "受评组织", "xixi");
}

void world_team(struct world *world)
{
    world_team_text(world, WORLD_TEAM);
    check_ok(SEND(world, "gu"));
}

void world_team_change_text(struct world *world, const char *out, const char *in,
                            const char *leader)
{
    world_begin(world, "team.replace");
    world_put(world, "评审组", WORLD_TEAM);
    world_put(world, "退出", out);
    world_put(world, "接替", in);
    world_put(world, "组长", leader);
    world_put_hidden(world, "team.replace", "理由", "出差");
}

void world_team_ready(struct world *world, const char *after_change)
{
    world_review_people(world);
    world_review(world, after_change);
    world_reviewers(world);
    world_team(world);
}

/* --- reports --- */

struct hash32 world_report_file(const char *id, uint64_t version)
{
    struct hash32 file;
    char name[120];

    snprintf(name, sizeof name, "%s v%llu", id, (unsigned long long)version);
    file = sha256_of(bytes_of_string(name));
    return file;
}

static void put_version(struct world *world, const char *id, uint64_t version)
{
    world_put(world, "报告", id);
    world_put_number(world, "版本", version);
}

static void put_file(struct world *world, const char *id, uint64_t version)
{
    const struct hash32 file = world_report_file(id, version);

    world_put_bytes(world, "文件", BYTES(file.bytes));
}

void world_report_text(struct world *world, const char *id, uint64_t version, bool site)
{
    world_begin(world, "report.file");
    put_version(world, id, version);
    world_put(world, "种类", site ? "现场评审报告" : "资料评审报告");
    world_put(world, "评审组", WORLD_TEAM);
    if (!site) {
        world_put(world, "受评组织", "gudang");
    }
    world_put(world, "受评组织", "xixi");
    world_put(world, "标题", "示例评审报告");
    put_file(world, id, version);
    world_put_number(world, "大小", 40000);
    world_put(world, "格式", "PDF");
    world_put(world, "须签", "an 组长");
    world_put(world, "须签", "bo 评审员");
    world_put(world, "须签", "ci 评审员");
    if (site) {
        world_put(world, "须签", "mei 受评组织");
    }
    world_put_time(world, "签署期限", world->time + 86400);
}

void world_report(struct world *world, const char *id, uint64_t version, bool site)
{
    world_report_text(world, id, version, site);
    check_ok(SEND(world, "an"));
}

void world_sign_off_text(struct world *world, const char *id, uint64_t version,
                         const struct opinion *opinion)
{
    world_begin(world, "report.sign");
    put_version(world, id, version);
    put_file(world, id, version);
    world_put(world, "签署人", opinion->person);
    world_put(world, "身份", opinion->capacity);
    world_put(world, "意见", opinion->opinion);
    if (strcmp(opinion->opinion, "同意") != 0) {
        world_put_hidden(world, "report.sign", "理由", "数据来源不全");
    }
    world_put_seen(world);
    world_put_time(world, "时间", world->time);
}

struct result world_agree(struct world *world, const char *id, uint64_t version, const char *person)
{
    const struct opinion opinion = {
        person,
        strcmp(person, "an") == 0    ? "组长"
        : strcmp(person, "mei") == 0 ? "受评组织"
                                     : "评审员",
        "同意",
    };

    world_sign_off_text(world, id, version, &opinion);
    return SEND(world, person);
}

void world_void_text(struct world *world, const char *id, uint64_t version)
{
    world_begin(world, "report.void");
    put_version(world, id, version);
    world_put_hidden(world, "report.void", "理由", "数据有误");
}

void world_refusal_text(struct world *world, const char *id, uint64_t version)
{
    world_begin(world, "report.refusal");
    put_version(world, id, version);
    put_file(world, id, version);
    world_put(world, "组织", "xixi");
    world_put_hidden(world, "report.refusal", "理由", "不认可结论");
    world_put_time(world, "时间", world->time);
}

void world_reports(struct world *world)
{
    world_team_ready(world, 0);
    world_report(world, "paper", 1, false);
    check_ok(world_agree(world, "paper", 1, "an"));
    check_ok(world_agree(world, "paper", 1, "bo"));
    check_ok(world_agree(world, "paper", 1, "ci"));
    world_report(world, "site", 1, true);
    world_report(world, "site", 2, true);
    check_ok(world_agree(world, "site", 2, "bo"));
    world_report(world, "gone", 1, false);
    world_void_text(world, "gone", 1);
    check_ok(SEND(world, "an"));
    world_report(world, "refused", 1, true);
    world_refusal_text(world, "refused", 1);
    check_ok(SEND(world, "an", "gu"));
    world_report(world, "plain", 1, false);
}
