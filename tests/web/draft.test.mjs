/* drafts again: a co-signer's device comes to the same text, and sees every word that is not from the log
 * covers: draft
 */
import assert from "node:assert/strict";
import test from "node:test";
import { redraft } from "../../web/lib/draft.js";
import { parseEntry } from "../../web/lib/entry.js";
import { foldEntry, newRecord } from "../../web/lib/record.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { parseStatement } from "../../web/lib/statement.js";
import { World } from "./world.mjs";

const DRAFTED = ["trustee.ceremony", "meeting.freeze", "election.open", "election.close", "election.result", "meeting.minutes"];

/** Each statement of a year, with the state that stood before it. */
function* replay(entries) {
    const state = newRecord();
    for (const entry of entries) {
        yield { state, statement: parseStatement(parseEntry(entry).note) };
        foldEntry(state, entry);
    }
}

test("what follows from the log is drafted again to the same bytes", () => {
    const seen = new Set();
    for (const { state, statement } of replay(new World().year().entries)) {
        const again = redraft(state, statement.text);
        assert.equal(again, DRAFTED.includes(statement.type) ? statement.text : null, statement.type);
        if (again !== null) seen.add(statement.type);
    }
    assert.deepEqual([...seen].sort(), [...DRAFTED].sort());
});

const FORGED = {
    "meeting.freeze": [/实到：\d+/, "实到：4"],
    "election.open": [/候选：(org-\d) /, "候选：$1x "],
    "election.close": [/选票数：\d+/, "选票数：9"],
    "election.result": [/得票：(org-\d) \d+/, "得票：$1 9"],
    "trustee.ceremony": [/(受托人：1 trustee-1 ).{4}/, "$1AAAA"],
};

test("a text that somebody changed is not the one that the log gives", () => {
    const seen = new Set();
    for (const { state, statement } of replay(new World().year().entries)) {
        const forged = FORGED[statement.type];
        if (forged === undefined) continue;
        seen.add(statement.type);
        const text = statement.text.replace(...forged);
        assert.notEqual(text, statement.text, statement.type);
        let again = "";
        const rule = ruleOf(() => { again = redraft(state, text); });
        assert.ok(rule !== "" || again !== text, statement.type);
    }
    assert.deepEqual([...seen].sort(), Object.keys(FORGED).sort());
});
