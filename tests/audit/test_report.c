/*
 * What may not be filed, refused and voided. Articles 18, 19, C32.
 * covers: report, sign_off, must_sign
 */
#include "check.h"
#include "support/refusals.h"

/* --- report.file --- */

static struct result filed(struct world *world)
{
    return SEND(world, "an");
}

static struct result a_first_version_that_is_no_first(struct world *world)
{
    world_report_text(world, "new", 2, false);
    return filed(world);
}

static struct result a_version_twice(struct world *world)
{
    world_report_text(world, "site", 2, true);
    world_replace(world, "标题", 0, "另一标题");
    return filed(world);
}

static struct result a_version_left_out(struct world *world)
{
    world_report_text(world, "site", 4, true);
    return filed(world);
}

static struct result a_version_of_another_kind(struct world *world)
{
    world_report_text(world, "site", 3, false);
    return filed(world);
}

static struct result a_version_about_others(struct world *world)
{
    world_report_text(world, "site", 3, true);
    world_replace(world, "受评组织", 0, "gudang");
    world_replace(world, "须签", 3, "ma 受评组织");
    return filed(world);
}

static struct result a_version_about_fewer(struct world *world)
{
    world_report_text(world, "plain", 2, false);
    world_drop(world, "受评组织", 0);
    return filed(world);
}

static struct result a_report_of_no_team(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "评审组", 0, "team-nine");
    return filed(world);
}

static struct result about_one_that_the_team_does_not_review(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "受评组织", 1, "yunqi");
    return filed(world);
}

static struct result about_one_twice(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "受评组织", 0, "xixi");
    return filed(world);
}

static struct result a_site_report_about_two(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "种类", 0, "现场评审报告");
    return filed(world);
}

static struct result of_no_bytes(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "大小", 0, "0");
    return filed(world);
}

static struct result of_a_byte_too_many(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "大小", 0, "52428801");
    return filed(world);
}

static struct result in_another_format(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "格式", 0, "DOCX");
    return filed(world);
}

static struct result without_one_of_the_team(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_drop(world, "须签", 1);
    return filed(world);
}

static struct result with_one_from_outside(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_put(world, "须签", "du 评审员");
    world_drop(world, "签署期限", 0);
    world_put_time(world, "签署期限", world->time + 86400);
    return filed(world);
}

static struct result without_a_leader(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "须签", 0, "an 评审员");
    return filed(world);
}

static struct result without_the_organisation(struct world *world)
{
    world_report_text(world, "new", 1, true);
    world_drop(world, "须签", 3);
    return filed(world);
}

static struct result for_another_representative(struct world *world)
{
    world_report_text(world, "new", 1, true);
    world_replace(world, "须签", 3, "ma 受评组织");
    return filed(world);
}

static struct result a_deadline_gone_by(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_drop(world, "签署期限", 0);
    world_put_time(world, "签署期限", world->time);
    return filed(world);
}

static struct result a_deadline_too_far(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_drop(world, "签署期限", 0);
    world_put_time(world, "签署期限", world->time + 366u * 86400 + 1);
    return filed(world);
}

static struct result filed_by_another(struct world *world)
{
    world_report_text(world, "new", 1, false);
    return SEND(world, "bo");
}

/* --- report.refusal, report.void --- */

static struct result refused_by_a_paper_report(struct world *world)
{
    world_refusal_text(world, "plain", 1);
    return SEND(world, "an", "gu");
}

static struct result refused_by_another(struct world *world)
{
    world_refusal_text(world, "site", 2);
    world_replace(world, "组织", 0, "gudang");
    return SEND(world, "an", "gu");
}

static struct result refused_twice(struct world *world)
{
    world_refusal_text(world, "refused", 1);
    return SEND(world, "an", "he");
}

static struct result refused_of_the_old_version(struct world *world)
{
    world_refusal_text(world, "site", 1);
    return SEND(world, "an", "gu");
}

static struct result refused_over_another_file(struct world *world)
{
    const struct hash32 file = world_report_file("site", 1);

    world_refusal_text(world, "site", 2);
    world_replace_bytes(world, "文件", 0, BYTES(file.bytes));
    return SEND(world, "an", "gu");
}

static struct result refused_without_the_leader(struct world *world)
{
    world_refusal_text(world, "site", 2);
    return SEND(world, "he", "gu");
}

static struct result refused_without_an_officer(struct world *world)
{
    world_refusal_text(world, "site", 2);
    return SEND(world, "an");
}

static struct result void_twice(struct world *world)
{
    world_void_text(world, "gone", 1);
    world_replace(world, "理由", 0, "#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    return SEND(world, "gu", "he");
}

static struct result void_of_the_old_version(struct world *world)
{
    world_void_text(world, "site", 1);
    return SEND(world, "an");
}

static struct result void_by_a_reviewer(struct world *world)
{
    world_void_text(world, "site", 2);
    return SEND(world, "bo");
}

static struct result void_by_one_officer(struct world *world)
{
    world_void_text(world, "site", 2);
    return SEND(world, "gu");
}

static const struct refusal_case CASES[] = {
    {"a_first_version_that_is_no_first", a_first_version_that_is_no_first, CONFLICT,
     "report.version"},
    {"a_version_twice", a_version_twice, CONFLICT, "report.version"},
    {"a_version_left_out", a_version_left_out, CONFLICT, "report.version"},
    {"a_version_of_another_kind", a_version_of_another_kind, CONFLICT, "report.kept"},
    {"a_version_about_another", a_version_about_others, CONFLICT, "report.kept"},
    {"a_version_about_fewer", a_version_about_fewer, CONFLICT, "report.kept"},
    {"a_report_of_no_team", a_report_of_no_team, NOT_FOUND, "team.unknown"},
    {"a_report_about_one_not_reviewed", about_one_that_the_team_does_not_review, INVALID,
     "report.subjects"},
    {"a_report_about_one_twice", about_one_twice, INVALID, "report.subjects"},
    {"a_site_report_about_two", a_site_report_about_two, INVALID, "report.subjects"},
    {"a_report_of_no_bytes", of_no_bytes, INVALID, "report.size"},
    {"a_report_of_a_byte_too_many", of_a_byte_too_many, INVALID, "report.size"},
    {"a_report_in_another_format", in_another_format, MALFORMED, "statement.word"},
    {"a_list_without_one_of_the_team", without_one_of_the_team, INVALID, "report.signers"},
    {"a_list_with_one_from_outside", with_one_from_outside, INVALID, "report.signers"},
    {"a_list_without_a_leader", without_a_leader, INVALID, "report.signers"},
    {"a_site_report_without_the_organisation", without_the_organisation, INVALID, "report.signers"},
    {"a_site_report_for_another_representative", for_another_representative, INVALID,
     "report.signers"},
    {"a_deadline_gone_by", a_deadline_gone_by, INVALID, "report.deadline"},
    {"a_deadline_too_far", a_deadline_too_far, INVALID, "report.deadline"},
    {"a_report_filed_by_another", filed_by_another, UNAUTHORIZED, "signers.person"},
    {"a_refusal_of_a_paper_report", refused_by_a_paper_report, INVALID, "report.refusal"},
    {"a_refusal_of_another_organisation", refused_by_another, INVALID, "report.refusal"},
    {"a_refusal_twice", refused_twice, CONFLICT, "report.refused"},
    {"a_refusal_of_the_old_version", refused_of_the_old_version, CONFLICT, "report.superseded"},
    {"a_refusal_over_another_file", refused_over_another_file, INVALID, "report.hash"},
    {"a_refusal_without_the_leader", refused_without_the_leader, UNAUTHORIZED, "signers.person"},
    {"a_refusal_without_an_officer", refused_without_an_officer, UNAUTHORIZED, "signers.count"},
    {"a_void_version_voided_again", void_twice, CONFLICT, "report.voided"},
    {"an_old_version_voided", void_of_the_old_version, CONFLICT, "report.superseded"},
    {"a_version_voided_by_a_reviewer", void_by_a_reviewer, UNAUTHORIZED, "signers.person"},
    {"a_version_voided_by_one_officer", void_by_one_officer, UNAUTHORIZED, "signers.person"},
};

int main(void)
{
    struct world *world = world_make();
    int failed;

    world_reports(world);
    failed = REFUSALS_RUN("refusals of reports", world, CASES);
    world_free(world);
    return failed;
}
