/*
 * audit.js - a whole log, verified from the pin alone: steps V1 … V21 (docs/protocol.md section 10).
 *
 *   verifyLog({ pin, checkpoint, bundles, tiles, known, policy, onStep, onProgress, pause }) -> Report
 *     pin         { origin, vkey, genesis: 32 bytes }
 *     checkpoint  bytes;  bundles  async (index, width, path) -> bytes of tile/entries/…
 *     tiles       async (path) -> bytes of hash tiles, or undefined to leave them out
 *     known       { size, root } of an earlier checkpoint this device keeps, or undefined
 *     policy      parsePolicy(text), or undefined: 未见证
 *     onStep(finding) after each step, onProgress({ done, size, type }) while entries are folded,
 *     pause()     async, called often: a page hands control back to the browser here
 *   Report { holds, state, checkpoint, findings, failure }
 *   Finding { step: "V13", name: {zh, en}, status, count, rule, entry, type, waiting }
 *     status  "holds"; "open": nothing of this kind, or not yet; "fails"; "skipped": not reached
 *     waiting [Waiting] what an open step waits for (V19, V20, V21), else empty
 *   openLog(…)      the same arguments; refuses with the first failure and answers the state: what a
 *                   booth or a trustee's page calls before it shows anything
 *   growLog(report, arguments)    a later checkpoint: only the new entries are read and folded
 *   completeness(state), openReports(state), openCases(state) -> [Waiting]    V19, V20, V21
 *   Waiting { rule, object, persons?, state?, due?, ours? }: persons who have not signed a report; of a case
 *     its state and the term as a time, and whether it is the office's; "missed.case": that was not kept
 *
 * The twin of audit/verifier: the same numbers for the same failures.
 */
import { equal, hex } from "./bytes.js";
import { missedTerms, serialOf } from "./case_state.js";
import { isWitnessed, openCheckpoint } from "./checkpoint.js";
import { foldEntryAsync, newRecord } from "./record.js";
import { Refusal, must } from "./refusal.js";
import { isSettled, stateOf } from "./report_state.js";
import { STEPS, stepOfRefusal, stepOfType } from "./steps.js";
import { bundlePath, checkTile, bundlesOf, splitBundle, tilePath, tilesOf } from "./tile.js";
import { Tree, leafHash } from "./merkle.js";
import { parseEntry } from "./entry.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./checkpoint.js").Checkpoint} Checkpoint
 * @typedef {{ origin: string, vkey: import("./checkpoint.js").VerifierKey, genesis: Uint8Array }} Pin
 * @typedef {{ done: number, size: number, type: string }} Progress
 * @typedef {{ pin: Pin, checkpoint: Uint8Array,
 *   bundles: (index: number, width: number, path: string) => Promise<Uint8Array>,
 *   tiles?: (path: string) => Promise<Uint8Array>,
 *   known?: import("./merkle.js").Head, policy?: import("./checkpoint.js").Policy,
 *   onStep?: (finding: Finding) => void, onProgress?: (progress: Progress) => void,
 *   pause?: () => Promise<void> }} Sources
 * @typedef {{ step: string, name: { zh: string, en: string },
 *   status: "holds" | "fails" | "open" | "skipped", count: number, rule: string, entry: number,
 *   type: string, waiting: Waiting[] }} Finding
 * @typedef {{ rule: string, object: string, persons?: string[], state?: string, due?: number,
 *   ours?: boolean }} Waiting
 * @typedef {{ rule: string, entry: number, type: string, step: string }} Failure
 * @typedef {{ holds: boolean, state: State, checkpoint: Checkpoint | null, findings: Finding[],
 *   failure: Failure | null }} Report
 */

const nothing = async () => {};

/** What a run knows while it runs. */
class Run {
    /** @param {Sources} sources @param {State} state */
    constructor(sources, state) {
        this.sources = sources;
        this.state = state;
        /** @type {Checkpoint | null} */
        this.checkpoint = null;
        /** @type {Map<string, number>} statements that held, by step */
        this.counts = new Map();
        this.entry = -1;
        this.type = "";
        this.witnessed = false;
    }

    /** @param {string} step */
    count(step) {
        this.counts.set(step, (this.counts.get(step) ?? 0) + 1);
    }

    pause() {
        return (this.sources.pause ?? nothing)();
    }
}

/* --- V1 to V3 --- */

/** @param {Run} run */
function checkCheckpoint(run) {
    const { pin, checkpoint } = run.sources;
    must(pin.vkey.name === pin.origin, "checkpoint.origin");
    run.checkpoint = openCheckpoint(checkpoint, pin.vkey);
    run.count("V1");
    return run.checkpoint;
}

/**
 * Every entry of the checkpoint's size after those the state has, bundle by bundle.
 * @param {Run} run
 * @param {number} size
 */
async function* readEntries(run, size) {
    const from = run.state.size;
    for (const { index, width } of bundlesOf(size)) {
        if ((index + 1) * 256 <= from) {
            continue;
        }
        const bundle = await run.sources.bundles(index, width, bundlePath({ index, width }));
        const entries = splitBundle(bundle);
        must(entries.length === width, "tree.size", "", index * 256 + entries.length);
        for (let i = Math.max(0, from - index * 256); i < width; i++) {
            yield entries[i];
        }
    }
}

/**
 * Reads all new entries and checks the tree before any of them is believed.
 * @param {Run} run
 * @param {Checkpoint} checkpoint
 */
async function readTree(run, { size, root }) {
    must(size >= run.state.size, "growth.shorter");
    /** @type {Uint8Array[]} */
    const entries = [];
    for await (const entry of readEntries(run, size)) {
        entries.push(entry);
    }
    const tree = new Tree([...run.state.tree.leaves, ...entries.map(leafHash)]);
    must(tree.leaves.length === size && equal(tree.root(size), root), "tree.root");
    await checkTiles(run, tree);
    run.count("V2");
    return { entries, tree };
}

/** @param {Run} run @param {Tree} tree */
async function checkTiles({ sources }, tree) {
    if (sources.tiles !== undefined) {
        for (const tile of tilesOf(tree.leaves.length)) {
            checkTile(await sources.tiles(tilePath(tile)), tile, tree);
        }
    }
}

/** Seconds that the clocks of a service and of a witness may differ. */
const WITNESSED_SLACK = 120;

/** An entry cannot have been made after a witness saw it. @param {Run} run @param {Uint8Array[]} entries @param {number} seen */
function checkTimes(run, entries, seen) {
    for (const [i, raw] of entries.entries()) {
        run.entry = run.state.size + i;
        must(timeOf(raw) <= seen + WITNESSED_SLACK, "growth.time");
    }
    run.entry = -1;
}

/** A broken entry is V4's to name. @param {Uint8Array} raw */
function timeOf(raw) {
    try {
        return parseEntry(raw).time;
    } catch {
        return 0;
    }
}

/** Before anything is folded: the tree is known, the state is not. @param {Run} run @param {Tree} tree @param {Uint8Array[]} entries */
function checkGrowth(run, tree, entries) {
    const { known, policy } = run.sources;
    if (known !== undefined) {
        must(known.size <= tree.leaves.length, "growth.shorter");
        must(equal(tree.root(known.size), known.root), "growth.fork");
        run.count("V3");
    }
    if (policy !== undefined && run.checkpoint !== null) {
        const { met, times } = isWitnessed(run.checkpoint, policy);
        run.witnessed = met;
        must(met || policy.quorum === "none", "growth.witnesses");
        checkTimes(run, entries, Math.min(...times.values()));
        run.count("V3");
    }
}

/* --- V4 to V18 --- */

/** @param {Run} run */
function checkGenesis({ state, sources: { pin } }) {
    const { genesis, origin } = state;
    must(genesis !== null && equal(genesis.hash, pin.genesis), "genesis.pin");
    must(origin === pin.origin, "genesis.origin");
    must(equal(genesis.logKey, pin.vkey.publicKey), "genesis.key");
}

/** The type as the text states it, for the report. @param {Uint8Array} raw */
function statedType(raw) {
    try {
        const head = new TextDecoder().decode(parseEntry(raw).note.subarray(0, 80));
        return /^xiling\/v1 ([a-z.]+)\n/.exec(head)?.[1] ?? "";
    } catch {
        return "";
    }
}

/** @param {Run} run @param {Uint8Array[]} entries */
async function foldAll(run, entries) {
    const { state, sources } = run;
    const size = state.size + entries.length;
    for (const raw of entries) {
        run.entry = state.size;
        run.type = statedType(raw);
        const { type, signed } = await foldEntryAsync(state, raw, () => run.pause());
        run.count("V4");
        run.count(stepOfType(type));
        signed.filter((name) => name !== "ring").forEach(() => run.count("V6"));
        if (run.entry === 0) {
            checkGenesis(run);
        }
        sources.onProgress?.({ done: state.size, size, type });
        await run.pause();
    }
    run.entry = -1;
    run.type = "";
    for (const { decided } of state.elections.values()) {
        if (decided !== null) {
            run.count("V17");
        }
    }
}

/* --- V19 to V21 --- */

/**
 * What the log requires and does not have yet: open while the cycle runs, never a failure.
 * @param {State} state
 */
export function completeness(state) {
    const missing = [];
    for (const { election, closed, decided, cancelled } of state.elections.values()) {
        if (cancelled === null && decided === null) {
            const rule = closed === null ? "complete.close" : "complete.result";
            missing.push({ rule, object: election.id });
        }
    }
    for (const { id, minutes } of state.meetings.values()) {
        if (minutes === null) {
            missing.push({ rule: "complete.minutes", object: id });
        }
    }
    return missing;
}

/** Who has not signed yet; nobody where a new version is due. @param {import("./report_state.js").ReportVersion} version */
function missingOf(version) {
    return stateOf(version) === "void" ? [] : version.lines.filter((line) => !isSettled(line)).map(({ person }) => person);
}

/** The newest version counts; what is missing may be signed tomorrow. @param {State} state @returns {Waiting[]} */
export function openReports(state) {
    const newest = [...state.reports.values()].flatMap((versions) => versions.slice(-1));
    const open = newest.filter((version) => stateOf(version) !== "complete");
    return open.map((version) => ({ rule: "complete.report", object: version.id, persons: missingOf(version) }));
}

/** Terms that are the objector's; the others were promised by the office. */
const OBJECTORS = ["待材料", "补正"];

/**
 * Cases that are not closed, each with the term that runs, and every promise that was not kept, as of the
 * log's last entry.
 * @param {State} state @returns {Waiting[]}
 */
export function openCases(state) {
    const cases = [...state.cases.values()];
    const told = (/** @type {string} */ rule, /** @type {import("./case_state.js").Case} */ held, /** @type {{ state: string, due: number }} */ term) =>
        ({ rule, object: serialOf(held), state: term.state, due: term.due, ours: !OBJECTORS.includes(term.state) });
    const open = cases.filter(({ closed }) => !closed).map((held) =>
        told("complete.case", held, { state: held.state, due: held.terms.find(({ met }) => met === null)?.due ?? 0 }));
    const missed = cases.flatMap((held) => missedTerms(held, state.lastTime).map((term) => told("missed.case", held, term)));
    return [...open, ...missed];
}

/** What a step that may be open still waits for. @param {State} state @param {string} step @returns {Waiting[]} */
function waitsFor(state, step) {
    if (step === "V19") {
        return completeness(state);
    }
    if (step === "V20") {
        return openReports(state);
    }
    return step === "V21" ? openCases(state) : [];
}

/* --- the report --- */

/** @param {Run} run @param {Failure | null} failure @returns {Finding[]} */
function findingsOf(run, failure) {
    const failedAt = STEPS.findIndex(({ step }) => step === failure?.step);
    return STEPS.map(({ step, zh, en }, i) => {
        const count = run.counts.get(step) ?? 0;
        /** @type {Finding} */
        const finding = { step, name: { zh, en }, count, rule: "", entry: -1, type: "", status: "open", waiting: [] };
        if (failure !== null && (i >= failedAt || step === "V19")) {
            return i === failedAt
                ? { ...finding, ...failure, status: "fails" }
                : { ...finding, status: "skipped" };
        }
        const waiting = waitsFor(run.state, step);
        if (waiting.length > 0) {
            return { ...finding, rule: waiting[0].rule, waiting };
        }
        return { ...finding, status: count > 0 || step === "V19" ? "holds" : "open" };
    });
}

/** @param {Run} run @param {Failure | null} failure @returns {Report} */
function reportOf(run, failure) {
    const findings = findingsOf(run, failure);
    findings.forEach((finding) => run.sources.onStep?.(finding));
    const { state, checkpoint } = run;
    return { holds: failure === null, state, checkpoint, findings, failure };
}

/** @param {Run} run */
async function runAll(run) {
    const checkpoint = checkCheckpoint(run);
    const { entries, tree } = await readTree(run, checkpoint);
    checkGrowth(run, tree, entries);
    await foldAll(run, entries);
}

/** @param {Run} run @param {Refusal} refusal @returns {Failure} */
function failureOf({ type, entry }, { rule }) {
    return { rule, entry, type, step: stepOfRefusal(type, rule) };
}

/** @param {Sources} sources @param {State} state */
async function verifyFrom(sources, state) {
    const run = new Run(sources, state);
    try {
        await runAll(run);
        return reportOf(run, null);
    } catch (error) {
        if (error instanceof Refusal) {
            return reportOf(run, failureOf(run, error));
        }
        throw error;
    }
}

/** @param {Sources} sources @returns {Promise<Report>} */
export function verifyLog(sources) {
    return verifyFrom(sources, newRecord(sources.pin.origin));
}

/**
 * Takes a report that holds on to a later checkpoint. The state is carried on, not copied.
 * @param {Report} report
 * @param {Sources} sources
 */
export function growLog(report, sources) {
    must(report.holds, "growth.broken");
    return verifyFrom(sources, report.state);
}

/** @param {Sources} sources */
export async function openLog(sources) {
    const report = await verifyLog(sources);
    const { failure } = report;
    must(failure === null, failure?.rule ?? "", failure?.type, failure?.entry);
    return report;
}

/** Whether the state holds this very text. @param {State} state @param {Uint8Array} hash */
export function indexOfText(state, hash) {
    return state.texts.get(hex(hash));
}
