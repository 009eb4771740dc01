/**
 * run.js - one verification under way: what is expected of each step, what has held so far.
 *
 *   runVerification({ source, pin, known, changed }) → run, filled in while it goes on
 *     run.rows      [{ step, name, state, evidence, beside }] for checklist()
 *     run.report    of lib/audit.js, once it is over;  run.types, run.entries, run.seconds
 *     changed(run)  what it shows may have changed
 *
 * A step ticks when the last entry that it is about has held; which that is follows from the types
 * that the bundles state, and is no promise: the report decides.
 */
import { equal, hexDecode, utf8Decode } from "../../lib/bytes.js";
import { verifyLog } from "../../lib/audit.js";
import { parseEntry } from "../../lib/entry.js";
import { leafHash } from "../../lib/merkle.js";
import { STEPS, stepOfType } from "../../lib/steps.js";
import { vkeyParse } from "../../lib/signature.js";
import { splitBundle, tilePath, tilesOf } from "../../lib/tile.js";
import { pacer } from "../../ui/journal.js";
import { pick, t } from "../../ui/language.js";
import { waitingText } from "./waiting.js";

/** Steps of which each entry is a part, besides the one its type names. */
const ALWAYS = ["V4", "V6"];
const BEFORE_FOLD = ["V1", "V2"];

function statedType(entry) {
    try {
        return /^xiling\/v1 ([a-z.]+)\n/.exec(utf8Decode(parseEntry(entry).note.slice(0, 60).filter((byte) => byte < 128)))?.[1] ?? "";
    } catch {
        return "";
    }
}

function emptyRun(source, known) {
    return { source, known, entries: [], types: [], expected: new Map(), held: new Map(), report: null, seconds: 0, done: 0,
        states: new Map(STEPS.map(({ step }) => [step, "none"])) };
}

function add(map, step) {
    map.set(step, (map.get(step) ?? 0) + 1);
}

function setState(run, step, state) {
    if (run.states.get(step) === state) return;
    run.states.set(step, state);
}

async function readBundle(run, path) {
    const bytes = await run.source.bundle(path);
    for (const entry of splitBundle(bytes)) {
        const type = statedType(entry);
        run.entries.push(entry);
        run.types.push(type);
        add(run.expected, stepOfType(type));
        if (type === "election.result") add(run.expected, "V17");
        ALWAYS.forEach((step) => add(run.expected, step));
    }
    return bytes;
}

/** After an entry has held: its step is under way, or over with the last of its kind. */
function advance(run, { done, type }) {
    [...BEFORE_FOLD, ...(run.known ? ["V3"] : [])].forEach((step) => setState(run, step, "done"));
    const steps = [stepOfType(type), ...ALWAYS, ...(type === "election.result" ? ["V17"] : [])];
    for (const step of steps) {
        add(run.held, step);
        setState(run, step, run.held.get(step) === run.expected.get(step) ? "done" : "wait");
    }
    run.done = done;
}

/** The first entry that is not what the published leaves say; -1 if the leaves were changed along. */
async function locate({ source, entries }) {
    for (const tile of tilesOf(entries.length).filter(({ level }) => level === 0)) {
        const hashes = await source.tile(tilePath(tile)).catch(() => new Uint8Array(0));
        for (let i = 0; i * 32 < hashes.length; i += 1) {
            const at = tile.index * 256 + i;
            if (!equal(leafHash(entries[at]), hashes.slice(i * 32, i * 32 + 32))) return at;
        }
    }
    return -1;
}

const STATES = { holds: "done", fails: "stop", open: "none", skipped: "none" };

function conclude(run, report) {
    run.report = report;
    for (const finding of report.findings) {
        run.held.set(finding.step, finding.count);
        run.states.set(finding.step, finding.status === "open" && finding.rule ? "wait" : STATES[finding.status]);
    }
}

function pinOf(pin) {
    return { origin: pin.origin, vkey: vkeyParse(pin.vkey.trim()), genesis: hexDecode(pin.genesis) };
}

export async function runVerification({ source, pin, known, changed }) {
    const run = emptyRun(source, known);
    const pause = pacer();
    const since = performance.now();
    let told = 0;
    const done = verifyLog({ pin: pinOf(pin), checkpoint: await source.checkpoint(), known,
        bundles: (index, width, path) => readBundle(run, path), tiles: (path) => source.tile(path), pause,
        onProgress: (progress) => {
            advance(run, progress);
            if (performance.now() - told < 100) return;
            told = performance.now();
            changed(run);
        } });
    changed(run);
    const report = await done;
    if (report.failure?.rule === "tree.root") report.failure.entry = await locate(run);
    conclude(run, report);
    run.seconds = (performance.now() - since) / 1000;
    return run;
}

/** The rows of the checklist, in the reader's language. */
export function rowsOf(run, steps) {
    return steps.map((step) => {
        const names = STEPS.find((row) => row.step === step);
        const finding = run.report?.findings.find((row) => row.step === step);
        const state = run.states.get(step);
        const count = run.held.get(step) ?? 0;
        const of = run.expected.get(step);
        const counted = state === "wait" && of && !run.report ? `${count} / ${of}` : count > 0 ? String(count) : "";
        return { state, title: pick(names), beside: `${step}${counted ? ` · ${counted}` : ""}`,
            evidence: evidenceOf(step, finding) };
    });
}

/** Open: nothing in the log calls for it yet, or (V19 to V21) something is still to come. */
function evidenceOf(step, finding) {
    if (finding?.waiting.length > 0) return waitingText(finding);
    if (step === "V3" && finding?.status === "open") return t("verify.first.sight");
    const isEmpty = finding?.status === "open" || finding?.status === "skipped";
    return t(isEmpty ? "verify.nothing" : `verify.${step}`);
}
