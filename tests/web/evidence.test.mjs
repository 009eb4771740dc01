/* evidence and its parts: tests/vectors/evidence.json, which C reads alike (tests/audit/test_evidence.c) */
import assert from "node:assert/strict";
import test from "node:test";
import { hex, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { parseEntry } from "../../web/lib/entry.js";
import { parseEvidence, printEvidence, verifyEvidence } from "../../web/lib/evidence.js";
import { Parts, base45Decode, isPart, readParts } from "../../web/lib/parts.js";
import { Refusal, ruleOf } from "../../web/lib/refusal.js";
import { vkeyParse } from "../../web/lib/signature.js";
import { vectors } from "./vectors.mjs";

const held = vectors("evidence");
const log = vkeyParse(held.vkey);

/** "rule at" of what a call refuses; "" if it passes. */
async function refusalOf(call) {
    try {
        await call();
        return "";
    } catch (error) {
        if (error instanceof Refusal) {
            return `${error.rule} ${error.at}`;
        }
        throw error;
    }
}

const wanted = ({ rule, page_rule: other, at }) => (rule === "" ? "" : `${other ?? rule} ${at ?? 0}`);

for (const one of held.evidence) {
    test(`evidence: ${one.name}`, async () => {
        assert.equal(await refusalOf(() => verifyEvidence(utf8(one.text), log)), wanted(one));
    });
}

for (const one of held.parts) {
    test(`parts: ${one.name}`, async () => {
        assert.equal(await refusalOf(() => readParts(one.parts)), wanted(one));
    });
}

test("what_was_read_is_written_again_as_the_same_bytes", () => {
    for (const { text } of held.evidence.filter(({ rule }) => rule === "")) {
        assert.equal(utf8Decode(printEvidence(parseEvidence(utf8(text)))), text);
    }
});

test("verified_entries_come_with_their_bytes_and_places", () => {
    const { entries, checkpoint } = verifyEvidence(utf8(held.good), log);
    assert.deepEqual(entries.map(({ index }) => index), [0, 3, 4, 12]);
    assert.ok(utf8Decode(parseEntry(entries[2].entry).note).includes("第四条：𬭎㻏"));
    assert.equal(checkpoint.size, 13);
});

test("refuses_evidence_with_any_byte_changed", () => {
    const bytes = utf8(held.good);
    for (let i = 0; i < bytes.length; i++) {
        bytes[i] ^= 1 << (i % 8);
        assert.notEqual(ruleOf(() => verifyEvidence(bytes, log)), "", `byte ${i}`);
        bytes[i] ^= 1 << (i % 8);
    }
});

test("parts_carry_the_whole_evidence_and_a_long_text_within_bounds", async () => {
    for (const { parts, rule, size } of held.parts.filter((one) => one.rule === "")) {
        const text = await readParts(parts);
        assert.equal(rule, "");
        assert.equal(size ?? held.good, size === undefined ? utf8Decode(text) : text.length);
    }
});

test("a_camera_sees_parts_in_any_order_and_is_told_what_is_missing", async () => {
    const [first, second, third] = held.parts[0].parts;
    const seen = new Parts();
    assert.equal(seen.count, 0);
    assert.equal(seen.add(second), 2);
    assert.equal(seen.add(second), 2);
    assert.deepEqual([seen.count, seen.missing], [3, [1, 3]]);
    assert.equal(ruleOf(() => seen.add(held.parts[3].parts[0])), "parts.mixed");
    seen.add(first);
    seen.add(third);
    assert.deepEqual(seen.missing, []);
    assert.equal(utf8Decode(await seen.text()), held.good);
    assert.ok(isPart(first) && !isPart("https://award.example/"));
});

test("a_first_part_that_is_refused_leaves_nothing_behind", () => {
    const seen = new Parts();
    assert.equal(ruleOf(() => seen.add("XILING:E1:2/1:ABCDEF12:AA")), "parts.form");
    assert.equal(seen.count, 0);
});

test("base45_is_that_of_rfc_9285", () => {
    for (const [bytes, text] of held.base45.good) {
        assert.equal(hex(base45Decode(text)), bytes);
    }
    for (const text of held.base45.bad) {
        assert.equal(ruleOf(() => base45Decode(text)), "encoding.base45", text);
    }
});
