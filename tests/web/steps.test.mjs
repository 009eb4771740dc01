/* the numbered steps of docs/protocol.md section 10: tests/vectors/steps.json
 *
 * V1, V2, V3 look at no entry: record.test.mjs breaks checkpoint, tree and growth. V19 is never failed.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { STEPS, stepOfRefusal } from "../../web/lib/steps.js";
import { vectors } from "./vectors.mjs";

test("each refusal falls at the step at which C says it falls, V4 to V21", () => {
    const met = new Set();
    for (const { type, rule, step } of vectors("steps")) {
        assert.equal(stepOfRefusal(type, rule), step, `${type} ${rule}`);
        met.add(step);
    }
    const entries = STEPS.map(({ step }) => step).filter((step) => !["V1", "V2", "V3", "V19"].includes(step));
    assert.deepEqual(entries.filter((step) => !met.has(step)), []);
});

test("docs/protocol.md numbers and names the same steps", () => {
    const rows = readFileSync("docs/protocol.md", "utf8").matchAll(/^\| (V[0-9]+) \| ([^|]+) \|/gm);
    assert.deepEqual([...rows].map(([, step, name]) => [step, name]), STEPS.map(({ step, en }) => [step, en]));
});
