/*
 * What a signature on a report may not be, then and after what has changed since. Articles 12, 18,
 * 19, C31.
 * covers: report, sign_off, must_sign
 */
#include "check.h"
#include "support/refusals.h"

static const struct opinion AGREED = {"an", "组长", "同意"};

static struct result signed_as(struct world *world, const struct opinion *opinion)
{
    world_sign_off_text(world, "site", 2, opinion);
    return SEND(world, opinion->person);
}

static struct result of_no_report(struct world *world)
{
    world_sign_off_text(world, "new", 1, &AGREED);
    return SEND(world, "an");
}

static struct result on_the_old_version(struct world *world)
{
    return world_agree(world, "site", 1, "an");
}

static struct result on_a_version_to_come(struct world *world)
{
    return world_agree(world, "site", 3, "an");
}

static struct result on_what_is_void(struct world *world)
{
    return world_agree(world, "gone", 1, "an");
}

static struct result over_another_file(struct world *world)
{
    const struct hash32 file = world_report_file("site", 1);

    world_sign_off_text(world, "site", 2, &AGREED);
    world_replace_bytes(world, "文件", 0, BYTES(file.bytes));
    return SEND(world, "an");
}

static struct result by_one_outside(struct world *world)
{
    return signed_as(world, &(struct opinion){"du", "评审员", "同意"});
}

/* The representative of another organisation than the one reviewed. */
static struct result by_another_organisation(struct world *world)
{
    return signed_as(world, &(struct opinion){"ma", "受评组织", "同意"});
}

static struct result of_a_paper_report_by_the_organisation(struct world *world)
{
    world_sign_off_text(world, "plain", 1, &(struct opinion){"mei", "受评组织", "同意"});
    return SEND(world, "mei");
}

static struct result as_another_than_one_is(struct world *world)
{
    return signed_as(world, &(struct opinion){"ci", "组长", "同意"});
}

static struct result by_the_leader_as_the_organisation(struct world *world)
{
    return signed_as(world, &(struct opinion){"an", "受评组织", "同意"});
}

static struct result a_reservation_without_a_reason(struct world *world)
{
    world_sign_off_text(world, "site", 2, &(struct opinion){"an", "组长", "保留意见"});
    world_drop(world, "理由", 0);
    return SEND(world, "an");
}

static struct result a_disagreement_without_a_reason(struct world *world)
{
    world_sign_off_text(world, "site", 2, &(struct opinion){"an", "组长", "不同意"});
    world_drop(world, "理由", 0);
    return SEND(world, "an");
}

static struct result an_agreement_with_a_reason(struct world *world)
{
    world_sign_off_text(world, "site", 2, &(struct opinion){"an", "组长", "保留意见"});
    world_replace(world, "意见", 0, "同意");
    return SEND(world, "an");
}

static struct result with_no_opinion(struct world *world)
{
    world_sign_off_text(world, "site", 2, &AGREED);
    world_replace(world, "意见", 0, "弃权");
    return SEND(world, "an");
}

static struct result of_a_log_never_seen(struct world *world)
{
    const uint8_t root[32] = {1};

    world_sign_off_text(world, "site", 2, &AGREED);
    world_replace_bytes(world, "日志根", 0, BYTES(root));
    return SEND(world, "an");
}

static struct result signed_long_ago(struct world *world)
{
    world_sign_off_text(world, "site", 2, &AGREED);
    world_drop(world, "时间", 0);
    world_put_time(world, "时间", world->time - 601);
    return SEND(world, "an");
}

static struct result a_second_signature(struct world *world)
{
    return signed_as(world, &(struct opinion){"bo", "评审员", "不同意"});
}

static struct result for_another(struct world *world)
{
    world_sign_off_text(world, "site", 2, &AGREED);
    return SEND(world, "ci");
}

static struct result in_anothers_name(struct world *world)
{
    world_sign_off_text(world, "site", 2, &AGREED);
    world_sign_as(world, "an", "ci");
    return world_submit(world);
}

static struct result by_who_refused(struct world *world)
{
    return world_agree(world, "refused", 1, "mei");
}

static const struct refusal_case CASES[] = {
    {"a_signature_of_no_report", of_no_report, NOT_FOUND, "report.unknown"},
    {"a_signature_on_the_old_version", on_the_old_version, CONFLICT, "report.superseded"},
    {"a_signature_on_a_version_to_come", on_a_version_to_come, CONFLICT, "report.superseded"},
    {"a_signature_on_what_is_void", on_what_is_void, CONFLICT, "report.voided"},
    {"a_signature_over_another_file", over_another_file, INVALID, "report.hash"},
    {"a_signature_from_outside_the_list", by_one_outside, INVALID, "report.signer"},
    {"a_signature_of_another_organisation", by_another_organisation, INVALID, "report.signer"},
    {"a_paper_report_signed_by_the_organisation", of_a_paper_report_by_the_organisation, INVALID,
     "report.signer"},
    {"a_reviewer_as_the_leader", as_another_than_one_is, INVALID, "report.capacity"},
    {"a_leader_as_the_organisation", by_the_leader_as_the_organisation, INVALID, "report.capacity"},
    {"a_reservation_without_a_reason", a_reservation_without_a_reason, INVALID, "report.reason"},
    {"a_disagreement_without_a_reason", a_disagreement_without_a_reason, INVALID, "report.reason"},
    {"an_agreement_with_a_reason", an_agreement_with_a_reason, INVALID, "report.reason"},
    {"a_signature_without_an_opinion", with_no_opinion, MALFORMED, "statement.word"},
    {"a_signature_of_a_log_never_seen", of_a_log_never_seen, INVALID, "log.seen"},
    {"a_signature_of_long_ago", signed_long_ago, INVALID, "statement.clock"},
    {"a_second_signature_of_another_mind", a_second_signature, CONFLICT, "report.signed"},
    {"a_signature_for_another", for_another, UNAUTHORIZED, "signers.person"},
    {"a_signature_with_anothers_key", in_anothers_name, UNAUTHORIZED, "statement.signers"},
    {"a_signature_after_the_refusal", by_who_refused, CONFLICT, "report.refused"},
};

/* --- what has changed since: persons without their role, conflicts found --- */

static struct result by_one_revoked(struct world *world)
{
    return world_agree(world, "site", 2, "ci");
}

static struct result filed_with_one_revoked(struct world *world)
{
    world_report_text(world, "new", 1, false);
    return SEND(world, "an");
}

static struct result by_a_delegate_no_more(struct world *world)
{
    return world_agree(world, "site", 2, "mei");
}

static struct result by_a_reviewer_no_more(struct world *world)
{
    return world_agree(world, "plain", 1, "bo");
}

static const struct refusal_case AFTER_REVOCATION[] = {
    {"a_signature_after_revocation", by_one_revoked, UNAUTHORIZED, "signers.revoked"},
    {"a_report_of_a_team_with_one_revoked", filed_with_one_revoked, INVALID, "team.reviewer"},
    {"a_signature_without_the_role_of_reviewer", by_a_reviewer_no_more, INVALID, "reviewer.role"},
    {"a_signature_without_the_role_of_representative", by_a_delegate_no_more, INVALID,
     "organisation.representative"},
};

static struct result by_one_with_a_conflict(struct world *world)
{
    return world_agree(world, "site", 2, "an");
}

static struct result filed_with_a_conflict(struct world *world)
{
    world_report_text(world, "new", 1, false);
    world_replace(world, "须签", 2, "du 评审员");
    return SEND(world, "an");
}

static struct result refused_after_signing(struct world *world)
{
    world_refusal_text(world, "again", 1);
    return SEND(world, "an", "gu");
}

static const struct refusal_case AFTER_FINDING[] = {
    {"a_signature_after_a_conflict_was_found", by_one_with_a_conflict, CONFLICT, "report.conflict"},
    {"a_report_of_a_team_with_a_conflict", filed_with_a_conflict, INVALID, "team.conflict"},
    {"a_refusal_after_the_signature", refused_after_signing, CONFLICT, "report.signed"},
};

static void ended(struct world *world, const char *person, const char *role)
{
    world_begin(world, role ? "role.end" : "person.revoke");
    world_put(world, "人员", person);
    if (role) {
        world_put(world, "角色", role);
    }
    world_put_hidden(world, role ? "role.end" : "person.revoke", "理由", "离任");
    check_ok(SEND(world, "gu", "he"));
}

static void granted(struct world *world, const char *person, const char *role)
{
    world_begin(world, "role.grant");
    world_put(world, "人员", person);
    world_put(world, "角色", role);
    check_ok(SEND(world, "he", "gu"));
}

int main(void)
{
    struct world *world = world_make();
    int failed;

    world_reports(world);
    failed = REFUSALS_RUN("refusals of signatures", world, CASES);
    ended(world, "ci", 0);
    ended(world, "bo", "评审员");
    ended(world, "mei", "组织代表");
    failed += REFUSALS_RUN("refusals after revocations", world, AFTER_REVOCATION);
    granted(world, "bo", "评审员");
    granted(world, "mei", "组织代表");
    world_team_change_text(world, "ci", "du", "an");
    check_ok(SEND(world, "gu", "he"));
    world_report_text(world, "again", 1, true);
    world_replace(world, "须签", 2, "du 评审员");
    check_ok(SEND(world, "an"));
    check_ok(world_agree(world, "again", 1, "mei"));
    world_find_text(world, "an", "xixi");
    check_ok(SEND(world, "gu", "he"));
    failed += REFUSALS_RUN("refusals after findings", world, AFTER_FINDING);
    world_free(world);
    return failed;
}
