/* what one person signs about a report: the text that the row asks for, and nothing that does not fit
 * covers: draft_report
 */
import assert from "node:assert/strict";
import test from "node:test";
import { randomBytes } from "../../web/lib/bytes.js";
import { OPINIONS, draftContact, draftSignature, hideReason, needsReason } from "../../web/lib/draft_report.js";
import { isHiddenOpening } from "../../web/lib/hash.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { checkRow, parseText, value } from "../../web/lib/statement.js";
import { findType } from "../../web/lib/types.js";

const ORIGIN = "award.example/log/2026";
const sign = (more = {}) => ({ origin: ORIGIN, report: "report-1", version: 2, file: new Uint8Array(32).fill(7), person: "reviewer-2",
    capacity: "评审员", opinion: "同意", reason: "", salt: new Uint8Array(32).fill(1), size: 268, root: new Uint8Array(32).fill(9),
    time: new Date("2026-11-12T02:42:00Z"), ...more });

test("every opinion makes a text that its row takes", () => {
    for (const opinion of OPINIONS) {
        const text = draftSignature(sign({ opinion, reason: needsReason(opinion) ? "示例理由" : "" }));
        const statement = parseText(text);
        checkRow(statement, findType("report.sign"), ORIGIN);
        assert.equal(value(statement, "意见"), opinion);
        assert.equal(value(statement, "时间"), "2026-11-12T10:42:00+08:00");
        assert.equal(text.includes("理由："), needsReason(opinion));
        assert.equal(text.includes("示例理由"), false, "the reason itself is never in the text");
    }
});

test("the commitment opens with the reason and its salt, and with no other", () => {
    const salt = randomBytes(32);
    const field = value(parseText(draftSignature(sign({ opinion: "保留意见", reason: "样本仅 41 份", salt }))), "理由");
    assert.equal(field, hideReason(salt, "样本仅 41 份"));
    assert.ok(isHiddenOpening("report.sign", "理由", field, salt, "样本仅 41 份"));
    assert.ok(!isHiddenOpening("report.sign", "理由", field, salt, "样本仅 42 份"));
    assert.ok(!isHiddenOpening("report.sign", "理由", field, randomBytes(32), "样本仅 41 份"));
});

test("refuses an opinion nobody offers, a reason too many, a reason too few", () => {
    const ruleIn = (more) => ruleOf(() => draftSignature(sign(more)));
    assert.equal(ruleIn({ opinion: "弃权" }), "draft.opinion");
    assert.equal(ruleIn({ opinion: "" }), "draft.opinion");
    assert.equal(ruleIn({ opinion: "同意", reason: "多余" }), "draft.reason");
    assert.equal(ruleIn({ opinion: "保留意见" }), "draft.reason");
    assert.equal(ruleIn({ opinion: "不同意" }), "draft.reason");
});

test("an address for reminders is signed as it stands, and - removes it", () => {
    const note = (email) => parseText(draftContact({ origin: ORIGIN, person: "reviewer-2", email, time: new Date("2026-11-12T02:42:00Z") }));
    for (const [email, printed] of [["a@example.org", "a@example.org"], ["", "-"]]) {
        const statement = note(email);
        checkRow(statement, findType("contact.set"), ORIGIN);
        assert.equal(value(statement, "邮箱"), printed);
    }
});
