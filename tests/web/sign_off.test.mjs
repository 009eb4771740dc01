/**
 * What the evidence of a report says is what the C verifier says (tests/vectors/sign-off.json).
 * covers: sign_off_list
 */
import assert from "node:assert/strict";
import test from "node:test";
import { hexDecode, utf8 } from "../../web/lib/bytes.js";
import { holds, readSignOff } from "../../web/lib/sign_off.js";
import { vectors } from "./vectors.mjs";

const { origin, cases } = vectors("sign-off");

const plain = ({ person, capacity, organisation, verdict, index }) => ({ person, capacity, organisation, verdict, index });
const read = ({ entries, document }) => readSignOff({
    origin,
    entries: entries.map(({ index, entry }) => ({ index, entry: utf8(entry) })),
    document: document === null ? null : hexDecode(document),
});

for (const one of cases) {
    test(one.name, () => {
        const signOff = read(one);
        const { filed, problems } = signOff;
        assert.deepEqual(problems.map(({ rule, index }) => ({ rule, index })), one.problems);
        assert.equal(filed !== null, one.filed);
        assert.equal(holds(signOff), one.filed && one.problems.length === 0);
        if (filed === null) return;
        const { report, version, state, since, how } = filed;
        assert.deepEqual({ report, version, state, since, void: how },
            { report: one.report, version: one.version, state: one.state, since: one.since, void: one.void });
        assert.deepEqual(filed.signers.map(plain), one.signers);
        assert.deepEqual(filed.former.map(plain), one.former);
    });
}

test("a signature is shown with its time, its text and the reason's commitment", () => {
    const { filed } = read(cases.find(({ name }) => name === "a paper report complete with a reservation"));
    const reserved = filed.signers.find(({ verdict }) => verdict === "reserved");
    assert.match(reserved.reason, /^#/);
    assert.equal(reserved.text.length, 32);
    assert.ok(reserved.time > filed.time && filed.deadline > reserved.time);
    assert.equal(filed.title, "西溪示例公司评审报告");
});

test("another_origin_pins_another_log", () => {
    const [{ entries }] = cases;
    const held = entries.map(({ index, entry }) => ({ index, entry: utf8(entry) }));
    const { filed, problems } = readSignOff({ origin: "other.example/log", entries: held, document: null });
    assert.equal(filed, null);
    assert.ok(problems.every(({ rule }) => rule === "statement.origin" || rule === "sign_off.filing"));
});
