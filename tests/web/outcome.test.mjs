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
