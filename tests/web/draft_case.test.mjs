/* drafts of notices and cases: what they print is what the types ask for, in order */
import assert from "node:assert/strict";
import test from "node:test";
import { base64 } from "../../web/lib/bytes.js";
import { answersOf, draftAnswer, draftAssign, draftDeclareCase, draftErase, draftJoin, draftOpenIdentity, draftReply, draftReport, draftSummary, draftVerify, signAsRespondent } from "../../web/lib/draft_case.js";
import * as notice from "../../web/lib/draft_notice.js";
import { hidden, sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { signerOf } from "../../web/lib/signature.js";
import { checkRow, parseStatement, parseText, verifySignatures } from "../../web/lib/statement.js";
import { dayOf } from "../../web/lib/workday.js";
import { findType } from "../../web/lib/types.js";

const origin = "faults.example/log/2026";
const hash = sha256("case");
const secret = (type, label) => hidden(type, label, new Uint8Array(32), "x");
const time = new Date("2026-11-23T08:00:00Z");
/** Every text is one that its row of the table takes. */
const fits = (text) => {
    const statement = parseText(text);
    checkRow({ ...statement, signatures: [] }, findType(statement.type), origin);
    return text;
};

test("every act of a case is a statement of its type", () => {
    for (const text of [
        draftDeclareCase(origin, { hash, person: "officer-1", interest: "无" }), draftAssign(origin, { hash, person: "officer-1" }), draftJoin(origin, { hash, main: hash }),
        draftOpenIdentity(origin, { hash, reader: "officer-1", reason: secret("identity.open", "理由") }), draftVerify(origin, { hash, how: "已联系" }),
        draftReport(origin, { hash, finding: "成立", file: hash, size: 65964 }), draftAnswer(origin, { hash, state: "受理", basis: "-", answer: hash, size: 65852 }), draftErase(origin, { hash }),
        draftSummary(origin, { hash, summary: hash, size: 66076, key: hash, due: time }), draftReply(origin, { hash, reply: hash, size: 65964, time }),
    ]) assert.ok(fits(text).includes(`案件：${base64(hash)}\n`));
});

test("every act of a notice is a statement of its type, its lists in order", () => {
    const rules = fits(notice.draftRules(origin, { cycle: "cycle-1", document: "示例〔2026〕3号", numbers: [7, 5, 5, 3, 5, 24, 180], off: ["2026-10-02", "2026-10-01"], on: [] }));
    assert.match(rules, /放假：2026-10-01\n放假：2026-10-02\n$/);
    const held = { id: "2026-1", list: [{ grade: 2, organisation: "org-a", removed: null }, { grade: 1, organisation: "org-b", removed: 9 }, { grade: 1, organisation: "org-c", removed: null }] };
    assert.match(fits(notice.draftSettle(origin, held, ["org-c", "org-b", "org-a"])), /名单：2 org-a\n名单：1 org-c\n$/);
    fits(notice.draftPublish(origin, { notice: "2026-1", media: "示例日报", url: "https://paper.example/3", hash, seen: time }));
    const running = { id: "2026-1", cycle: "cycle-1", closes: Date.UTC(2026, 10, 30, 16) / 1000 }; /* to the end of a Monday, UTC+8 */
    const table = new Map([[dayOf(Date.UTC(2026, 11, 2) / 1000), false]]); /* Wednesday is off */
    const extended = fits(notice.draftExtend(origin, { noticeRules: new Map([["cycle-1", { table }]]) }, running, { days: 2, resolution: "示例〔2026〕5号" }));
    assert.match(extended, /天数：2\n决议：示例〔2026〕5号\n结束：2026-12-04T00:00:00\+08:00\n$/);
    fits(notice.draftLead(origin, { id: "lead-01", notice: "2026-1", source: "电话", content: secret("lead.enter", "内容") }));
    fits(notice.draftDispose(origin, { id: "lead-01", how: "核查后存档", reason: secret("lead.dispose", "理由") }));
    fits(notice.draftRemove(origin, { notice: "2026-1", organisation: "org-a", grounds: secret("list.remove", "案件"), reason: secret("list.remove", "理由") }));
});

test("a notice names the results that stand, in the drawn order inside a grade, and ends by its table", () => {
    const election = (meeting, seated, more = {}) => ({ election: { meeting, candidates: ["org-c", "org-b", "org-a"].map((id) => ({ id })) }, decided: 5, cancelled: null, seated, ...more });
    const state = {
        meetings: new Map([["m", { cycle: "cycle-1" }], ["old", { cycle: "cycle-0" }]]),
        elections: new Map([["0b".repeat(32), election("m", [{ grade: 1, candidate: "org-b" }, { grade: 2, candidate: "org-a" }])], ["0a".repeat(32), election("m", [{ grade: 1, candidate: "org-c" }])],
            ["0c".repeat(32), election("m", [{ grade: 1, candidate: "org-d" }], { cancelled: 7 })], ["0d".repeat(32), election("m", [], { decided: null })], ["0e".repeat(32), election("old", [{ grade: 1, candidate: "org-e" }])]]),
        noticeRules: new Map([["cycle-1", { table: new Map(), notice: 7 }]]),
    };
    const { manifests, list } = notice.seatsOf(state, "cycle-1");
    assert.deepEqual(list, ["2 org-a", "1 org-c", "1 org-b"]);
    assert.deepEqual(manifests, ["0a", "0b"].map((byte) => Buffer.from(byte.repeat(32), "hex").toString("base64")));
    const text = fits(notice.draftNotice(origin, state, { id: "2026-1", cycle: "cycle-1", handlers: ["officer-2", "officer-1"], keepers: ["keeper-2", "keeper-1"], start: time }));
    assert.match(text, /承办人：officer-1\n承办人：officer-2\n保管人：keeper-1\n保管人：keeper-2\n开始：2026-11-23T16:00:00\+08:00\n结束：2026-12-01T00:00:00\+08:00\n$/);
});

test("offers_only_the_answers_that_may_follow", () => {
    const held = { state: "待受理", accepted: 0, received: true, verified: "", late: false, asked: false, extended: false, reported: false, finding: "" };
    assert.deepEqual(answersOf(held), ["不予受理", "补正"]);
    assert.deepEqual(answersOf({ ...held, verified: "已联系" }), ["受理", "不予受理", "补正"]);
    assert.deepEqual(answersOf({ ...held, verified: "已联系", late: true, asked: true }), ["不予受理"]);
    assert.deepEqual(answersOf({ ...held, state: "受理", accepted: 9 }), ["补正", "调查中", "延期"]);
    assert.deepEqual(answersOf({ ...held, state: "已查清", accepted: 9, reported: true, finding: "不成立" }), ["不成立"]);
    assert.deepEqual(answersOf({ ...held, state: "调查中", accepted: 9, asked: true, extended: true }, { reported: true, finding: "成立" }), ["成立"]);
});

test("a_reply_is_signed_by_the_code_and_names_nobody", () => {
    const keys = deriveKeys(new Uint8Array(16).fill(7));
    const text = draftReply(origin, { hash, reply: hash, size: 65964, time });
    const statement = parseStatement(signAsRespondent(text, keys));
    assert.deepEqual(statement.signatures.map(({ name }) => name), ["respondent"]);
    verifySignatures(statement, [signerOf("respondent", keys.sign.publicKey)]);
});
