// make-review.mjs - the cases of reviews and reports, tests/vectors/refused-review.json (make-refused.mjs).
//
// One log in which reports end in every state, and at each place what may not stand there. Besides
// { log, cases } the file holds `reports`: the state that every version has come to at the end.
import { utf8Decode } from "../../web/lib/bytes.js";
import { stateOf } from "../../web/lib/report_state.js";
import { ReviewWorld, codeOf } from "../web/review_world.mjs";

const CYCLE = "award-2026";
const AGAIN = "award-2027";
const ORGANISATIONS = ["org-1", "org-2"];

function organisations(world) {
    const bad = (name, rule, change) => world.refuse(name, rule, () => world.register("org-1", { change }));
    const code = codeOf("org-1");
    const coded = (text) => ({ 统一社会信用代码: text });
    bad("a_code_with_another_check_character", "organisation.code", coded(code.slice(0, -1) + (code.endsWith("1") ? "2" : "1")));
    bad("a_code_cut_short", "organisation.code", coded(code.slice(0, -1)));
    bad("a_code_with_a_letter_that_is_none_of_the_set", "organisation.code", coded(code.replace("M", "I")));
    bad("a_code_in_small_letters", "organisation.code", coded(code.toLowerCase()));
    bad("a_representative_without_the_role", "organisation.representative", { 代表: "rev-a" });
    bad("a_representative_nobody_knows", "organisation.representative", { 代表: "nobody" });
    world.refuse("an_organisation_registered_by_one", "signers.count", () => world.register("org-1", { signers: ["officer-a"] }));
    world.register("org-1");
    bad("an_organisation_twice", "organisation.known", { 代表: "rep-c" });
    bad("a_code_of_another_organisation", "organisation.code_known", { 组织: "org-2" });
    world.refuse("a_representative_of_two", "organisation.representative", () => world.register("org-2", { change: { 代表: "rep-a" } }));
    world.register("org-2");
    world.refuse("a_delegate_who_is_that_already", "organisation.representative", () => world.delegate("org-1", "rep-a"));
    world.refuse("a_delegate_of_an_unknown_organisation", "organisation.unknown", () => world.delegate("org-9", "rep-c"));
}

function declarations(world) {
    const list = (name, rule, ids, signers) => world.refuse(name, rule, () => world.qualify(CYCLE, ids, { signers }));
    world.refuse("a_declaration_before_the_list", "qualification.missing", () => world.declare(CYCLE, "rev-a"));
    list("a_list_out_of_order", "qualification.order", ["org-2", "org-1"]);
    list("a_list_with_one_twice", "qualification.order", ["org-1", "org-1"]);
    list("a_list_with_an_unknown_organisation", "organisation.unknown", ["org-1", "org-9"]);
    list("a_list_signed_by_one_officer", "signers.count", ORGANISATIONS, ["officer-a"]);
    world.refuse("a_list_of_an_unknown_cycle", "cycle.unknown", () => world.qualify("award-2030", ["org-1"]));
    world.qualify(CYCLE, ORGANISATIONS);
    list("a_second_list", "qualification.known", ["org-1"]);
    world.refuse("an_undertaking_of_one_who_reviews_nothing", "reviewer.role", () => world.undertake(CYCLE, "rep-a"));
    world.refuse("an_undertaking_for_somebody_else", "signers.person", () => world.undertake(CYCLE, "rev-a", { signers: ["rev-b"] }));
    ["a", "b", "c", "d", "e", "f"].forEach((letter) => world.undertake(CYCLE, `rev-${letter}`));
    world.refuse("an_undertaking_twice", "secrecy.known", () => world.undertake(CYCLE, "rev-a", { words: "保密。" }));
    declared(world);
}

function declared(world) {
    const lines = (name, held) => world.refuse(name, "conflict.lines", () => world.declare(CYCLE, "rev-a", {}, { change: { 利益关系: held } }));
    lines("a_line_missing", ["org-1 无"]);
    lines("lines_the_other_way_round", ["org-2 无", "org-1 无"]);
    lines("a_line_of_another_organisation", ["org-1 无", "org-2 无", "org-3 无"]);
    lines("a_line_with_another_word", ["org-1 无", "org-2 没有"]);
    const note = world.reason("conflict.declare", "说明");
    world.refuse("a_note_about_no_conflict", "conflict.note", () => world.declare(CYCLE, "rev-a", {}, { change: { 说明: note } }));
    world.refuse("a_declaration_of_a_representative", "reviewer.role", () => world.declare(CYCLE, "rep-a"));
    ["a", "b", "c", "d", "f"].forEach((letter) => world.declare(CYCLE, `rev-${letter}`));
    world.declare(CYCLE, "rev-e", { "org-1": "有" });
    world.refuse("a_conflict_taken_back", "conflict.withdrawn", () => world.declare(CYCLE, "rev-e"));
    world.refuse("a_conflict_found_by_one", "signers.count", () => world.find(CYCLE, "rev-d", "org-2", { signers: ["officer-b"] }));
}

function teams(world) {
    const bad = (name, rule, made) => world.refuse(name, rule, () => world.form("team-1", made));
    const three = (third) => ({ reviewers: ["rev-a", "rev-b", third] });
    bad("a_team_of_two", "team.size", { reviewers: ["rev-a", "rev-b"] });
    bad("a_team_without_its_leader", "team.leader", { leader: "rev-d" });
    bad("a_team_out_of_order", "team.order", { reviewers: ["rev-b", "rev-a", "rev-c"] });
    bad("subjects_out_of_order", "team.order", { organisations: ["org-2", "org-1"] });
    bad("a_reviewer_who_is_none", "team.reviewer", { reviewers: ["rep-a", "rev-a", "rev-b"] });
    bad("a_reviewer_who_votes", "team.dual_role", three("rev-f"));
    bad("a_reviewer_without_undertaking", "team.undertaking", three("rev-g"));
    world.undertake(CYCLE, "rev-g");
    bad("a_reviewer_who_declared_nothing", "team.undeclared", three("rev-g"));
    bad("a_reviewer_with_a_conflict", "team.conflict", three("rev-e"));
    bad("a_subject_that_is_not_qualified", "team.organisation", { organisations: ["org-1", "org-9"] });
    bad("a_team_of_an_unknown_cycle", "cycle.unknown", { cycle: "award-2030" });
    bad("a_team_formed_by_its_leader", "signers.role", { signers: ["rev-a"] });
    world.form("team-1");
    bad("a_team_twice", "team.known", three("rev-d"));
    world.refuse("a_conflict_of_an_unknown_person", "person.unknown", () => world.find(CYCLE, "nobody", "org-2"));
    world.find(CYCLE, "rev-e", "org-2");
    world.refuse("a_conflict_found_twice", "conflict.known", () => world.find(CYCLE, "rev-e", "org-2"));
}

function filings(world) {
    const bad = (name, rule, change, made = {}) => world.refuse(name, rule, () => world.file("paper-1", { change, ...made }));
    bad("a_first_version_that_is_no_first", "report.version", { 版本: 2 });
    bad("a_report_of_an_unknown_team", "team.unknown", { 评审组: "team-9" });
    bad("a_report_filed_by_another_reviewer", "signers.person", {}, { signers: ["rev-b"] });
    bad("subjects_that_are_not_the_teams", "report.subjects", { 受评组织: ["org-1", "org-9"] });
    bad("subjects_of_a_report_out_of_order", "report.subjects", { 受评组织: ["org-2", "org-1"] });
    bad("a_site_report_about_two", "report.subjects", { 种类: "现场评审报告" });
    bad("a_file_of_nothing", "report.size", { 大小: 0 });
    bad("a_file_over_the_limit", "report.size", { 大小: 52428801 });
    bad("a_must_sign_list_without_a_member", "report.signers", { 须签: ["rev-a 组长", "rev-b 评审员"] });
    bad("a_must_sign_list_in_another_order", "report.signers", { 须签: ["rev-b 评审员", "rev-a 组长", "rev-c 评审员"] });
    bad("a_must_sign_list_without_its_leader", "report.signers", { 须签: ["rev-a 评审员", "rev-b 评审员", "rev-c 评审员"] });
    bad("a_paper_report_that_the_organisation_signs", "report.signers",
        { 须签: ["rev-a 组长", "rev-b 评审员", "rev-c 评审员", "rep-a 受评组织"] });
    bad("a_site_report_without_its_organisation", "report.signers",
        { 须签: ["rev-a 组长", "rev-b 评审员", "rev-c 评审员"] }, { site: "org-1" });
    bad("a_site_report_with_another_organisation", "report.signers",
        { 须签: ["rev-a 组长", "rev-b 评审员", "rev-c 评审员", "rep-b 受评组织"] }, { site: "org-1" });
    bad("a_deadline_that_is_past", "report.deadline", { 签署期限: new Date(world.time * 1000) });
    bad("a_deadline_in_two_years", "report.deadline", { 签署期限: new Date((world.time + 732 * 86400) * 1000) });
    bad("a_file_of_another_format", "statement.word", { 格式: "DOCX" });
}

/** Complete, with one reservation. */
function complete(world) {
    filings(world);
    world.file("paper-1");
    const bad = (name, rule, id, change, made = {}) =>
        world.refuse(name, rule, () => world.sign("paper-1", id, made.opinion, { change, ...made }));
    bad("a_signature_of_an_unknown_report", "report.unknown", "rev-a", { 报告: "paper-9" });
    bad("a_signature_of_a_version_to_come", "report.superseded", "rev-a", { 版本: 2 });
    bad("a_signature_of_another_file", "report.hash", "rev-a", { 文件: world.fileOf("paper-1", 2) });
    bad("a_signer_who_is_not_on_the_list", "report.signer", "rev-d", {});
    bad("a_leader_who_signs_as_a_reviewer", "report.capacity", "rev-a", { 身份: "评审员" });
    bad("a_reviewer_who_signs_as_the_organisation", "report.capacity", "rev-b", { 身份: "受评组织" });
    bad("a_reservation_without_a_reason", "report.reason", "rev-b", { 理由: null }, { opinion: "保留意见" });
    bad("a_disagreement_without_a_reason", "report.reason", "rev-b", { 理由: null }, { opinion: "不同意" });
    bad("an_agreement_with_a_reason", "report.reason", "rev-b", { 意见: "同意" }, { opinion: "保留意见" });
    bad("a_root_the_log_never_had", "log.seen", "rev-a", { 日志根: world.fileOf("root", 1) });
    bad("a_size_the_log_never_had", "log.seen", "rev-a", { 日志条数: 100000 });
    bad("a_signature_in_anothers_place", "signers.person", "rev-a", {}, { signers: ["rev-b"] });
    bad("a_signature_of_an_hour_ago", "statement.clock", "rev-a", { 时间: new Date((world.time - 3600) * 1000) });
    bad("an_opinion_of_another_word", "statement.word", "rev-a", { 意见: "弃权" });
    world.sign("paper-1", "rev-a");
    bad("a_second_signature", "report.signed", "rev-a", {}, { opinion: "不同意" });
    world.refuse("a_refusal_of_a_paper_report", "report.refusal", () => world.refusal("paper-1", "org-1"));
    world.sign("paper-1", "rev-b", "保留意见");
    world.sign("paper-1", "rev-c");
    bad("a_second_signature_when_it_is_complete", "report.signed", "rev-c", {}, { opinion: "保留意见" });
}

/** Blocked, then a new version that the organisation refuses and that is complete so. */
function refusedBefore(world) {
    world.file("site-1", { site: "org-1" });
    world.sign("site-1", "rev-a");
    world.sign("site-1", "rev-b", "不同意");
    world.sign("site-1", "rev-c");
    const kept = (name, change) => world.refuse(name, "report.kept", () => world.file("site-1", { site: "org-1", change }));
    kept("a_version_of_another_kind", { 种类: "资料评审报告" });
    kept("a_version_about_another_organisation", { 受评组织: "org-2" });
    world.refuse("a_version_left_out", "report.version", () => world.file("site-1", { site: "org-1", change: { 版本: 3 } }));
    world.refuse("a_version_again", "report.version", () => world.file("site-1", { site: "org-1", change: { 版本: 1 } }));
    world.file("site-1", { site: "org-1" });
    world.refuse("a_signature_on_the_old_version", "report.superseded", () => world.sign("site-1", "rev-a", "同意", { change: { 版本: 1 } }));
    world.refuse("the_old_file_on_the_new_version", "report.hash",
        () => world.sign("site-1", "rev-a", "同意", { change: { 文件: world.fileOf("site-1", 1) } }));
    world.refuse("an_old_version_voided", "report.superseded", () => world.void("site-1", { change: { 版本: 1 } }));
    ["rev-a", "rev-b", "rev-c"].forEach((id) => world.sign("site-1", id));
    const bad = (name, rule, made, organisation = "org-1") => world.refuse(name, rule, () => world.refusal("site-1", organisation, made));
    bad("a_refusal_without_an_officer", "signers.count", { signers: ["rev-a"] });
    bad("a_refusal_witnessed_by_another_reviewer", "signers.person", { signers: ["rev-b", "officer-a"] });
    bad("a_refusal_of_another_organisation", "report.refusal", {}, "org-2");
    bad("a_refusal_of_another_file", "report.hash", { change: { 文件: world.fileOf("site-1", 1) } });
    bad("a_refusal_of_an_old_version", "report.superseded", { change: { 版本: 1 } });
    bad("a_refusal_of_an_unknown_report", "report.unknown", { change: { 报告: "site-9" } });
    world.refusal("site-1", "org-1");
    bad("a_refusal_twice", "report.refused", {});
    world.refuse("a_signature_after_the_refusal", "report.refused", () => world.sign("site-1", "rep-a"));
}

/** Signed by its organisation, and void. */
function voided(world) {
    world.file("site-2", { site: "org-2" });
    world.sign("site-2", "rep-b", "保留意见");
    world.refuse("a_refusal_after_the_signature", "report.signed", () => world.refusal("site-2", "org-2"));
    world.refuse("a_void_by_one_officer", "signers.person", () => world.void("site-2", { signers: ["officer-a"] }));
    world.refuse("a_void_by_another_reviewer", "signers.person", () => world.void("site-2", { signers: ["rev-b"] }));
    world.refuse("a_void_of_an_unknown_report", "report.unknown", () => world.void("site-9"));
    world.void("site-2");
    world.refuse("a_signature_after_the_void", "report.voided", () => world.sign("site-2", "rev-a"));
    world.refuse("a_refusal_after_the_void", "report.voided", () => world.refusal("site-2", "org-2"));
    world.refuse("a_void_twice", "report.voided", () => world.void("site-2", { signers: ["rev-a"] }));
}

/** Open: a reviewer and a representative are replaced, and what they signed counts no more. */
function replaced(world) {
    world.file("site-3", { site: "org-2" });
    world.sign("site-3", "rev-c");
    world.sign("site-3", "rep-b");
    const bad = (name, rule, out, by, made) => world.refuse(name, rule, () => world.replace("team-1", out, by, made));
    bad("a_replacement_of_one_who_is_not_there", "team.member", "rev-d", "rev-e");
    bad("a_replacement_by_one_of_the_team", "team.present", "rev-c", "rev-b");
    bad("a_replacement_by_oneself", "team.present", "rev-c", "rev-c");
    bad("a_replacement_by_one_with_a_found_conflict", "team.conflict", "rev-c", "rev-e");
    bad("a_replacement_by_one_who_votes", "team.dual_role", "rev-c", "rev-f");
    bad("a_replacement_by_one_who_declared_nothing", "team.undeclared", "rev-c", "rev-g");
    bad("a_replacement_by_no_reviewer", "team.reviewer", "rev-c", "rep-a");
    bad("a_leader_who_has_left", "team.leader", "rev-a", "rev-d", { leader: "rev-a" });
    world.refuse("a_replacement_in_an_unknown_team", "team.unknown", () => world.replace("team-9", "rev-c", "rev-d"));
    bad("a_replacement_by_the_leader", "signers.count", "rev-c", "rev-d", { signers: ["rev-a"] });
    world.replace("team-1", "rev-c", "rev-d");
    world.refuse("a_signature_of_one_who_has_left", "report.signer", () => world.sign("site-3", "rev-c"));
    world.delegate("org-2", "rep-c");
    world.refuse("a_signature_of_a_former_representative", "report.signer", () => world.sign("site-3", "rep-b"));
    world.refuse("an_old_list_in_a_new_version", "report.signers",
        () => world.file("site-3", { site: "org-2", change: { 须签: ["rev-a 组长", "rev-b 评审员", "rev-c 评审员", "rep-b 受评组织"] } }));
    world.sign("site-3", "rev-d");
    world.replace("team-1", "rev-a", "rev-c", { leader: "rev-b" });
    world.refuse("a_version_filed_by_the_former_leader", "signers.person", () => world.file("site-3", { site: "org-2", signers: ["rev-a"] }));
    world.refuse("a_new_leader_who_signs_as_before", "report.capacity", () => world.sign("site-3", "rev-b", "同意", { change: { 身份: "评审员" } }));
    world.sign("site-3", "rev-b");
    bothSides(world);
}

/** A reviewer comes to represent the organisation: as a reviewer no more, for the organisation yes. */
function bothSides(world) {
    world.write("role.grant", [["人员", "rev-c"], ["角色", "组织代表"]], ["officer-a", "officer-b"]);
    world.delegate("org-2", "rev-c");
    const as = (capacity) => ({ change: { 身份: capacity } });
    world.refuse("a_reviewer_who_represents_the_organisation", "report.conflict", () => world.sign("site-3", "rev-c", "同意", as("评审员")));
    world.refuse("a_capacity_of_neither_line", "report.capacity", () => world.sign("site-3", "rev-c", "同意", as("组长")));
    world.sign("site-3", "rev-c", "同意", as("受评组织"));
}

/** Void: where the cycle says 重签, a change of the team voids what is open. */
function signedAgain(world) {
    world.openCycle({ cycle: AGAIN, year: 2027, after: "重签" });
    world.qualify(AGAIN, ["org-1"]);
    ["a", "b", "c", "d"].forEach((letter) => world.undertake(AGAIN, `rev-${letter}`));
    ["a", "b", "c", "d"].forEach((letter) => world.declare(AGAIN, `rev-${letter}`));
    world.form("team-2", { cycle: AGAIN, organisations: ["org-1"] });
    const paper = { team: "team-2", organisations: ["org-1"] };
    world.file("paper-2", paper);
    ["rev-a", "rev-b", "rev-c"].forEach((id) => world.sign("paper-2", id));
    world.file("site-4", { team: "team-2", site: "org-1" });
    world.sign("site-4", "rev-a");
    world.replace("team-2", "rev-c", "rev-d");
    world.refuse("a_signature_after_the_team_was_changed", "report.voided", () => world.sign("site-4", "rev-b"));
    world.refuse("a_void_of_what_the_change_has_voided", "report.voided", () => world.void("site-4"));
    world.file("site-4", { team: "team-2", site: "org-1" });
    world.sign("site-4", "rev-d", "不同意");
}

/** A conflict that came later, a role that ended, a key that was revoked. */
function afterwards(world) {
    const agree = (id) => () => world.sign("site-4", id);
    world.find(AGAIN, "rev-b", "org-1");
    world.refuse("a_signature_in_spite_of_a_conflict", "report.conflict", agree("rev-b"));
    world.refuse("a_version_with_a_member_in_conflict", "team.conflict", () => world.file("site-4", { team: "team-2", site: "org-1" }));
    world.write("role.end", [["人员", "rev-a"], ["角色", "评审员"], ["理由", world.reason("role.end")]], ["officer-a", "officer-b"]);
    world.refuse("a_signature_without_the_role", "reviewer.role", agree("rev-a"));
    world.refuse("a_version_filed_without_the_role", "signers.role", () => world.file("site-4", { team: "team-2", site: "org-1" }));
    world.write("role.end", [["人员", "rep-a"], ["角色", "组织代表"], ["理由", world.reason("role.end")]], ["officer-a", "officer-b"]);
    world.refuse("a_signature_of_one_who_represents_no_more", "organisation.representative", agree("rep-a"));
    world.write("role.grant", [["人员", "rev-a"], ["角色", "评审员"]], ["officer-a", "officer-b"]);
    for (const id of ["rev-b", "rev-g"]) {
        world.write("person.revoke", [["人员", id], ["理由", world.reason("person.revoke")]], ["officer-a", "officer-b"]);
    }
    world.refuse("a_signature_of_the_revoked", "signers.revoked", agree("rev-b"));
    world.refuse("a_version_with_a_revoked_member", "team.reviewer", () => world.file("site-4", { team: "team-2", site: "org-1" }));
    world.refuse("a_replacement_by_the_revoked", "team.reviewer", () => world.replace("team-2", "rev-b", "rev-g"));
}

/** Whoever has reviewed in a cycle does not vote on it, nor does one who left the team. */
function dualRoles(world) {
    for (const id of ["chair", "rev-c", "rev-d"]) {
        world.write("role.grant", [["人员", id], ["角色", "委员"]], ["officer-a", "officer-b"]);
    }
    const meeting = (name, third) => world.refuse(name, "meeting.dual_role", () => world.meet(AGAIN, ["chair", third, "rev-f"]));
    meeting("a_member_who_reviews_in_a_team", "rev-d");
    meeting("a_member_who_has_left_a_team", "rev-c");
    world.refuse("a_reviewer_who_votes_again", "team.dual_role", () => world.replace("team-2", "rev-b", "rev-c"));
}

export function reviewVector() {
    const world = new ReviewWorld();
    world.begin();
    world.refuse("a_rule_for_changes_of_another_word", "statement.word", () => world.openCycle({ after: "随意" }));
    world.openCycle({ after: "保留" });
    for (const chapter of [organisations, declarations, teams, complete, refusedBefore, voided, replaced, signedAgain, afterwards, dualRoles]) {
        chapter(world);
    }
    const reports = [...world.state.reports.values()].flat().map((one) => {
        return { report: one.id, version: one.version, state: stateOf(one), how: one.voided?.how ?? "" };
    });
    return { log: world.entries.map(utf8Decode), cases: world.cases, reports };
}
