/*
 * report_state.js - what a version of a report has come to: a function of the log, set by nobody.
 *
 *   newestOf(state, id)          the newest version        report.unknown
 *   stateOf(version)             "open" | "complete" | "blocked" | "void"
 *   lineOf(version, person, capacity)      the line that this person must sign, or undefined
 *   isSettled(line)              signed 同意 or 保留意见, or refused with witness
 *   supersede, changeTeam, changeRepresentative    what a later entry does to versions before it
 *
 * Protocol section 7. The twin of audit/record/sign_off.c.
 */
import { refuse } from "./refusal.js";

/**
 * @typedef {{ opinion: string, index: number }} ReportSignature
 * @typedef {{ person: string, capacity: string, organisation: string, signature: ReportSignature | null,
 *   refusal: number | null }} ReportLine
 * @typedef {{ person: string, capacity: string, index: number, opinion: string }} FormerSignature
 * @typedef {{ id: string, version: number, index: number, kind: string, team: string,
 *   organisations: string[], file: string, lines: ReportLine[], former: FormerSignature[],
 *   voided: { index: number, how: "superseded" | "voided" | "team" } | null }} ReportVersion
 * @typedef {import("./state.js").State} State
 */

export const LEADER = "组长";
export const REVIEWER = "评审员";
export const REVIEWED = "受评组织";
const AGAINST = "不同意";

/** @param {State} state @param {string} id */
export function newestOf(state, id) {
    return state.reports.get(id)?.at(-1) ?? refuse("report.unknown", "报告");
}

/** @param {ReportLine} line */
export function isSettled({ signature, refusal }) {
    return refusal !== null || (signature !== null && signature.opinion !== AGAINST);
}

/** @param {ReportVersion} version @returns {"open" | "complete" | "blocked" | "void"} */
export function stateOf({ voided, lines }) {
    if (voided !== null) {
        return "void";
    }
    if (lines.some(({ signature }) => signature?.opinion === AGAINST)) {
        return "blocked";
    }
    return lines.every(isSettled) ? "complete" : "open";
}

/**
 * Of somebody on the list twice (a member who came to represent the organisation), the one of the capacity.
 * @param {ReportVersion} version
 * @param {string} person
 * @param {string} capacity
 */
export function lineOf(version, person, capacity) {
    const lines = version.lines.filter((line) => line.person === person);
    return lines.find((line) => line.capacity === capacity) ?? lines[0];
}

/** @param {ReportVersion | undefined} version @param {"superseded" | "voided" | "team"} how @param {number} index */
export function voidVersion(version, how, index) {
    if (version !== undefined && version.voided === null) {
        version.voided = { index, how };
    }
}

/** The versions that a change of people still touches. @param {State} state */
function unfinished(state) {
    const newest = [...state.reports.values()].flatMap((versions) => versions.slice(-1));
    return newest.filter((version) => ["open", "blocked"].includes(stateOf(version)));
}

/** @param {State} state @param {ReportVersion} version */
function signsAgain(state, { team }) {
    const cycle = state.teams.get(team)?.cycle ?? "";
    return state.cycles.get(cycle)?.signAgain === true;
}

/**
 * Somebody takes a line over: what the one before has signed counts no more, but stays to be read.
 * @param {ReportVersion} version @param {ReportLine} line @param {string} person
 */
function handOver(version, line, person) {
    const { capacity, signature } = line;
    if (signature !== null) {
        version.former.push({ person: line.person, capacity, ...signature });
    }
    line.person = person;
    line.signature = null;
}

/**
 * A line that nobody has signed says what its person is in the team now; a signature says what it said.
 * @param {State} state after the change
 * @param {string} team
 * @param {{ out: string, by: string, leader: string, index: number }} change
 */
export function changeTeam(state, team, { out, by, leader, index }) {
    for (const version of unfinished(state).filter((one) => one.team === team)) {
        if (signsAgain(state, version)) {
            voidVersion(version, "team", index);
            continue;
        }
        const reviewers = version.lines.filter(({ capacity }) => capacity !== REVIEWED);
        reviewers.filter(({ person }) => person === out).forEach((line) => handOver(version, line, by));
        reviewers.filter(({ signature }) => signature === null).forEach((line) => {
            line.capacity = line.person === leader ? LEADER : REVIEWER;
        });
    }
}

/**
 * A refusal stands whoever represents the organisation.
 * @param {State} state
 * @param {string} organisation
 * @param {{ by: string, index: number }} change
 */
export function changeRepresentative(state, organisation, { by, index }) {
    for (const version of unfinished(state)) {
        const lines = version.lines.filter((line) => line.organisation === organisation);
        if (lines.length > 0 && signsAgain(state, version)) {
            voidVersion(version, "team", index);
            continue;
        }
        lines.forEach((line) => handOver(version, line, by));
    }
}
