/* what the review's pages make and say before anybody signs
 * covers: draft_review, team_blocks, organisation_code, document
 */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import test from "node:test";
import { documentReader } from "../../web/lib/document.js";
import * as draft from "../../web/lib/draft_review.js";
import { checkCharacter, codeFault } from "../../web/lib/organisation_code.js";
import { parseText, value, values } from "../../web/lib/statement.js";
import { blocksOf } from "../../web/lib/team_blocks.js";

const ORIGIN = "review.example/log/2026";
const REASON = `#${"A".repeat(43)}=`;

/* --- 统一社会信用代码 --- */

test("a_code_of_the_standard_passes", () => {
    /* The example of GB 32100-2015 and two codes of fictional bodies. */
    assert.equal(codeFault("91350100M000100Y43"), "");
    for (const first of ["91330106MA99X001X", "52330106MJ8000001"]) assert.equal(codeFault(first + checkCharacter(first)), "");
});

test("refuses_every_single_slip_in_a_code", () => {
    const code = "91350100M000100Y43";
    for (let i = 0; i < code.length; i += 1) {
        for (const other of "0123456789ABCDEFGHJKLMNPQRTUWXY") {
            if (other === code[i]) continue;
            assert.equal(codeFault(code.slice(0, i) + other + code.slice(i + 1)), "check", `${i} ${other}`);
        }
    }
});

test("says_what_is_wrong_with_a_code", () => {
    assert.equal(codeFault("91350100M000100Y4"), "length");
    assert.equal(codeFault("91350100M000100Y430"), "length");
    assert.equal(codeFault(""), "length");
    for (const bad of ["91350100M000100Y4O", "91350100m000100Y43", "9135O100M000100Y43", "91350100M000100Y4 "]) assert.equal(codeFault(bad), "character");
});

/* --- drafts --- */

test("lists_come_in_the_order_of_the_rule_whatever_was_pressed_first", () => {
    const text = draft.draftTeam(ORIGIN, { id: "team-1", cycle: "c", leader: "r-2", reviewers: ["r-3", "r-1", "r-2"], organisations: ["org-b", "org-a"] });
    const statement = parseText(text);
    assert.deepEqual(values(statement, "评审员"), ["r-1", "r-2", "r-3"]);
    assert.deepEqual(values(statement, "受评组织"), ["org-a", "org-b"]);
    assert.deepEqual(statement.fields.map(({ label }) => label), ["评审组", "周期", "组长", "评审员", "评审员", "评审员", "受评组织", "受评组织"]);
    const list = parseText(draft.draftQualified(ORIGIN, { cycle: "c", organisations: ["org-c", "org-a"] }));
    assert.deepEqual(values(list, "合格"), ["org-a", "org-c"]);
});

const TEAM = { id: "team-1", leader: "r-2", reviewers: ["r-3", "r-1", "r-2"] };

test("the_must_sign_list_is_the_team_and_on_a_site_report_the_organisation", () => {
    const all = ["r-1 评审员", "r-2 组长", "r-3 评审员"];
    assert.deepEqual(draft.mustSign(TEAM, draft.PAPER, "rep-a"), all);
    assert.deepEqual(draft.mustSign(TEAM, draft.SITE, "rep-a"), [...all, "rep-a 受评组织"]);
    assert.deepEqual(TEAM.reviewers, ["r-3", "r-1", "r-2"]);
});

test("a_report_names_version_file_size_and_every_signer", () => {
    const text = draft.draftReport(ORIGIN, { id: "r-site-1", version: 2, kind: draft.SITE, team: TEAM, organisations: ["org-a"], title: "示例报告",
        hash: new Uint8Array(32), size: 52428800, format: "PDF", representative: "rep-a", deadline: "2026-11-30T17:00:00+08:00" });
    const statement = parseText(text);
    assert.equal(value(statement, "版本"), "2");
    assert.equal(value(statement, "大小"), "52428800");
    assert.equal(values(statement, "须签").length, 4);
    assert.deepEqual(statement.fields.map(({ label }) => label), ["报告", "版本", "种类", "评审组", "受评组织", "标题", "文件", "大小", "格式",
        "须签", "须签", "须签", "须签", "签署期限"]);
});

test("a_declaration_answers_for_each_organisation_and_hides_its_note", () => {
    const answers = [{ organisation: "org-a", has: false }, { organisation: "org-b", has: true }];
    const bare = parseText(draft.draftDeclare(ORIGIN, { cycle: "c", person: "r-1", answers }));
    assert.deepEqual(values(bare, "利益关系"), ["org-a 无", "org-b 有"]);
    assert.equal(values(bare, "说明").length, 0);
    const noted = parseText(draft.draftDeclare(ORIGIN, { cycle: "c", person: "r-1", answers, note: REASON }));
    assert.deepEqual(values(noted, "说明"), [REASON]);
});

test("a_refusal_carries_the_organisation's_words_only_if_there_are_any", () => {
    const plan = { id: "r-1", version: 1, hash: new Uint8Array(32), organisation: "org-a", reason: REASON, time: "2026-11-22T16:00:00+08:00" };
    assert.deepEqual(parseText(draft.draftRefusal(ORIGIN, plan)).fields.map(({ label }) => label), ["报告", "版本", "文件", "组织", "理由", "时间"]);
    assert.deepEqual(parseText(draft.draftRefusal(ORIGIN, { ...plan, words: REASON })).fields.map(({ label }) => label),
        ["报告", "版本", "文件", "组织", "理由", "组织说明", "时间"]);
});

test("the_others_say_what_was_chosen", () => {
    const texts = [draft.draftRegister(ORIGIN, { id: "org-a", name: "甲示例公司", code: "91350100M000100Y43", representative: "rep-a" }),
        draft.draftDelegate(ORIGIN, { id: "org-a", representative: "rep-b", reason: REASON }), draft.draftUndertake(ORIGIN, { cycle: "c", person: "r-1", promise: "保守秘密" }),
        draft.draftFind(ORIGIN, { cycle: "c", person: "r-1", organisation: "org-a", reason: REASON }),
        draft.draftReplace(ORIGIN, { id: "team-1", out: "r-1", in: "r-4", leader: "r-2", reason: REASON }), draft.draftVoid(ORIGIN, { id: "r-1", version: 3, reason: REASON })];
    assert.deepEqual(texts.map((text) => parseText(text).type), ["organisation.register", "organisation.delegate", "secrecy.undertake", "conflict.find", "team.replace", "report.void"]);
    assert.deepEqual(parseText(texts[4]).fields.map(({ value: held }) => held), ["team-1", "r-1", "r-4", "r-2", REASON]);
});

/* --- who cannot be on a team --- */

const person = (...roles) => ({ confirmed: 3, revoked: null, roles: new Set(roles) });
const said = (id, more = {}) => ({ person: id, undertaken: 5, declared: 6, conflicts: [], ...more });
const REVIEW = {
    people: new Map([["r-1", person("评审员")], ["r-2", person("评审员", "委员")], ["r-3", { ...person("评审员"), revoked: 9 }],
        ["r-4", person("评审员", "组织代表")], ["r-5", person("评审员")], ["r-6", person("评审员")], ["m-1", person("委员")]]),
    reviewers: [said("r-1"), said("r-2"), said("r-3"), said("r-4"), said("r-5", { conflicts: [{ organisation: "org-b", how: "found", index: 8 }] }),
        said("r-6", { undertaken: null, declared: null })],
    organisations: [{ id: "org-a", representative: "r-4" }, { id: "org-b", representative: "x" }],
};
const rules = (id, ...organisations) => blocksOf(REVIEW, id, organisations).map(({ rule }) => rule);

test("whoever_may_be_on_a_team_meets_no_block", () => {
    assert.deepEqual(rules("r-1", "org-a", "org-b"), []);
    assert.deepEqual(rules("r-4", "org-b"), []);
    assert.deepEqual(rules("r-5", "org-a"), []);
});

test("each_reason_against_a_reviewer_is_named", () => {
    assert.deepEqual(rules("r-2", "org-a"), ["team.dual_role"]);
    assert.deepEqual(rules("r-3", "org-a"), ["team.reviewer"]);
    assert.deepEqual(rules("nobody"), ["team.reviewer", "team.undertaking", "team.undeclared"]);
    assert.deepEqual(rules("m-1"), ["team.reviewer", "team.undertaking", "team.undeclared"]);
    assert.deepEqual(rules("r-6", "org-a"), ["team.undertaking", "team.undeclared"]);
    assert.deepEqual(blocksOf(REVIEW, "r-5", ["org-a", "org-b"]), [{ rule: "team.conflict", organisation: "org-b", how: "found", index: 8 }]);
    assert.deepEqual(blocksOf(REVIEW, "r-4", ["org-a"]), [{ rule: "team.conflict", organisation: "org-a", how: "representative" }]);
});

/* --- documents --- */

function read(bytes, piece) {
    const reader = documentReader();
    for (let at = 0; at < bytes.length; at += piece) reader.add(bytes.subarray(at, at + piece));
    return reader.end();
}

test("the_hash_of_pieces_is_the_hash_of_the_file", () => {
    const bytes = new Uint8Array(randomBytes(100000));
    for (const piece of [1, 7, 65536, 200000]) {
        const { hash, size } = read(piece === 1 ? bytes.subarray(0, 999) : bytes, piece);
        const whole = piece === 1 ? bytes.subarray(0, 999) : bytes;
        assert.equal(Buffer.from(hash).toString("hex"), createHash("sha256").update(whole).digest("hex"));
        assert.equal(size, whole.length);
    }
});

test("formats_go_by_the_first_bytes_however_they_arrive", () => {
    const of = (bytes) => [1, 3, 4096].map((piece) => read(new Uint8Array(bytes), piece).format);
    assert.deepEqual(of(Buffer.from("%PDF-1.7\n\xff", "latin1")), ["PDF", "PDF", "PDF"]);
    assert.deepEqual(of([0xff, 0xd8, 0xff, 0xe0]), ["JPEG", "JPEG", "JPEG"]);
    assert.deepEqual(of([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), ["PNG", "PNG", "PNG"]);
    assert.deepEqual(of(Buffer.from("资料评审报告")), ["TXT", "TXT", "TXT"]);
    assert.deepEqual(of(Buffer.from("资料").subarray(0, 5)), ["", "", ""]);
    assert.deepEqual(of([0x61, 0, 0x62]), ["", "", ""]);
    assert.deepEqual(of([0x50, 0x4b, 3, 4, 0xff]), ["", "", ""]);
    assert.deepEqual(of([]), ["", "", ""]);
});
