// make-steps.mjs - makes tests/vectors/steps.json again: node tests/vectors/make-steps.mjs
//
// The step of docs/protocol.md section 10 at which each refusal of refused-*.json falls. C and
// JavaScript hold a table each; this file says that they are one.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { stepOfRefusal } from "../../web/lib/steps.js";
import { parseEntry } from "../../web/lib/entry.js";
import { parseStatement } from "../../web/lib/statement.js";
import { utf8 } from "../../web/lib/bytes.js";

const folder = "tests/vectors";

function typeOf(entry) {
    try {
        return parseStatement(parseEntry(utf8(entry)).note).type;
    } catch {
        return "";
    }
}

const steps = new Map();
for (const name of readdirSync(folder).filter((file) => /^refused-.*\.json$/.test(file)).sort()) {
    for (const { entry, rule } of JSON.parse(readFileSync(`${folder}/${name}`, "utf8")).cases) {
        const type = typeOf(entry);
        steps.set(`${type} ${rule}`, { type, rule, step: stepOfRefusal(type, rule) });
    }
}
/* No log gets so far: what V11, V13 and V16 prove leaves no sums without counts. The step stands all the same. */
const [type, rule] = ["election.result", "tally.counts"];
steps.set(`${type} ${rule}`, { type, rule, step: stepOfRefusal(type, rule) });
const number = ({ step }) => Number(step.slice(1));
const sorted = [...steps.values()].sort((a, b) =>
    number(a) - number(b) || a.type.localeCompare(b.type) || a.rule.localeCompare(b.rule));
writeFileSync(`${folder}/steps.json`, `[\n${sorted.map((one) => ` ${JSON.stringify(one)}`).join(",\n")}\n]\n`);
