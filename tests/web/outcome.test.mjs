/* the result rule: tests/vectors/result.json */
import assert from "node:assert/strict";
import test from "node:test";
import { decideOutcome } from "../../web/lib/outcome.js";
import { vectors } from "./vectors.mjs";

const from1 = (candidates) => candidates.map((i) => i + 1);

for (const { name, election, settled = {}, result } of vectors("result").cases) {
    test(name, () => {
        const runoffs = Object.entries(settled).map(([grade, seated]) => [Number(grade), seated.map((i) => i - 1)]);
        const outcome = decideOutcome(election, new Map(runoffs)).map((decision) => ({
            ...decision,
            passing: from1(decision.passing),
            seated: from1(decision.seated),
            tied: from1(decision.tied),
        }));
        assert.deepEqual(outcome, result);
    });
}

test("a fraction is compared exactly, however many digits it has", () => {
    const decide = (/** @type {string} */ comparison) =>
        decideOutcome({
            appointed: 9,
            roll: 9,
            recused: [0],
            seats: [{ grade: 1, k: 1 }],
            passes: [{ grades: [1], num: 9007199254740990, den: 9007199254740991, base: "应到", comparison }],
            counts: [[9]],
        })[0].seated;
    assert.deepEqual(decide("不少于"), [0]);
    assert.deepEqual(decide("超过"), [0]);
});
