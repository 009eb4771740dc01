// Must-fail cases of our own (tests/vectors/refused-*.json): the twin refuses each by the same rule
// as the C fold does (tests/audit/test_refused.c), and takes the log they follow.
// covers: record_review, record_team, record_report, record_notice, record_objection, record_case
// covers: record_answer, record_hearing, case_state, objection_parts, types_notice
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { utf8 } from "../../web/lib/bytes.js";
import { foldEntry, newRecord } from "../../web/lib/record.js";
import { Refusal } from "../../web/lib/refusal.js";
import { stateOf } from "../../web/lib/report_state.js";

const folder = "tests/vectors";

function ruleOf(state, entry) {
    try {
        foldEntry(state, utf8(entry));
    } catch (error) {
        if (error instanceof Refusal) {
            return error.rule;
        }
        throw error;
    }
    return "taken";
}

/** A refusal leaves the state as it was, so one fold serves all cases. */
async function runFile({ log, cases, reports = [] }, t) {
    const state = newRecord("");
    for (const [size, entry] of [...log.entries(), [log.length, null]]) {
        for (const { name, entry: refused, rule } of cases.filter(({ after }) => after === size)) {
            await t.test(name, () => assert.equal(ruleOf(state, refused), rule));
        }
        if (entry !== null) {
            foldEntry(state, utf8(entry));
        }
    }
    for (const { report, version, ...expected } of reports) {
        const held = state.reports.get(report).find((one) => one.version === version);
        assert.deepEqual({ state: stateOf(held), how: held.voided?.how ?? "" }, expected, `${report} ${version}`);
    }
}

for (const name of readdirSync(folder).filter((file) => /^refused-.*\.json$/.test(file))) {
    test(name, (t) => runFile(JSON.parse(readFileSync(`${folder}/${name}`, "utf8")), t));
}
