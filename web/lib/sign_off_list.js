/*
 * sign_off_list.js - the must-sign list of one version, and what each act does to it (sign_off.js).
 *
 *   readList(filing) -> { lines, leader }         report.signers
 *   signLine, refuseLine, replaceLine, delegateLine, makeVoid(version, act, …)
 *
 * The rules are the record's, as far as one version's evidence can tell. The twin of
 * audit/verifier/sign_off_list.c.
 */
import { equal } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import { LEADER, REVIEWED, REVIEWER } from "./report_state.js";
import { bytes, value, values } from "./statement.js";
import { isId } from "./text.js";

/**
 * @typedef {"missing" | "agreed" | "reserved" | "disagreed" | "refused"} Verdict
 * @typedef {{ person: string, capacity: string, organisation: string | null, verdict: Verdict,
 *   index: number | null, time: number | null, text: Uint8Array | null, reason: string | null }} SignOffLine
 * @typedef {"open" | "complete" | "blocked" | "void"} SignOffState
 * @typedef {{ report: string, version: number, kind: string, team: string, title: string,
 *   format: string, size: number, file: Uint8Array, deadline: number, index: number, time: number,
 *   organisations: string[], state: SignOffState, since: number, how: string | null,
 *   signers: SignOffLine[], former: SignOffLine[] }} Filed
 * @typedef {{ statement: import("./statement.js").Statement, index: number, time: number }} Act
 */

/** @type {Record<string, Verdict>} */
const VERDICTS = { 同意: "agreed", 保留意见: "reserved", 不同意: "disagreed" };
const MISSING = { verdict: /** @type {Verdict} */ ("missing"), index: null, time: null, text: null, reason: null };

/** @param {string} line @param {string} subject @param {number} at @returns {SignOffLine} */
function readLine(line, subject, at) {
    const cut = line.indexOf(" ");
    const [person, capacity] = [line.slice(0, cut), line.slice(cut + 1)];
    const good = cut > 0 && isId(person) && [LEADER, REVIEWER, REVIEWED].includes(capacity);
    must(good, "report.signers", "须签", at);
    return { person, capacity, organisation: capacity === REVIEWED ? subject : null, ...MISSING };
}

/** @param {import("./statement.js").Statement} filing */
export function readList(filing) {
    const lines = values(filing, "须签").map((line, i) => readLine(line, value(filing, "受评组织"), i + 1));
    const persons = new Set(lines.map(({ person }) => person));
    must(persons.size === lines.length, "report.signers", "须签");
    const leaders = lines.filter(({ capacity }) => capacity === LEADER);
    must(leaders.length === 1, "report.signers", "须签");
    return { lines, leader: leaders[0].person };
}

/* --- the state --- */

/** @param {SignOffLine[]} lines @returns {SignOffState} */
function stateOfLines(lines) {
    if (lines.some(({ verdict }) => verdict === "disagreed")) {
        return "blocked";
    }
    return lines.some(({ verdict }) => verdict === "missing") ? "open" : "complete";
}

/** @param {Filed} version @param {Act} act */
function settle(version, { index }) {
    const state = stateOfLines(version.signers);
    if (state !== version.state) {
        Object.assign(version, { state, since: index });
    }
}

/** @param {Filed} version */
function requireStanding({ state, how }) {
    must(how !== "superseded", "report.superseded");
    must(state !== "void", "report.voided");
}

/** A next version follows a void one as well as any other. @param {Filed} version @param {Act} act @param {string} how */
export function makeVoid(version, { index }, how) {
    if (version.state === "void" && how === "superseded") {
        return;
    }
    requireStanding(version);
    Object.assign(version, { state: "void", since: index, how });
}

/* --- signing, refusing --- */

/** @param {Filed} version @param {Act} act */
function requireFile(version, { statement }) {
    must(equal(bytes(statement, "文件"), version.file), "report.hash", "文件");
}

/** @param {SignOffLine} line */
function requireMissing({ verdict }) {
    must(verdict === "missing" || verdict === "refused", "report.signed");
    must(verdict === "missing", "report.refused");
}

/** @param {SignOffLine} line @param {Act} act @param {Verdict} verdict */
function writeLine(line, { statement, index, time }, verdict) {
    const reason = value(statement, "理由") || null;
    Object.assign(line, { verdict, index, time, text: statement.hash, reason });
}

/** @param {Filed} version @param {Act} act */
export function signLine(version, act) {
    const { statement } = act;
    const [person, capacity] = [value(statement, "签署人"), value(statement, "身份")];
    const own = version.signers.filter((line) => line.person === person);
    const verdict = VERDICTS[value(statement, "意见")];
    requireStanding(version);
    requireFile(version, act);
    must(own.length > 0, "report.signer", "签署人");
    const line = own.find((one) => one.capacity === capacity) ?? refuse("report.capacity", "身份");
    must((verdict === "agreed") === (value(statement, "理由") === ""), "report.reason", "理由");
    requireMissing(line);
    writeLine(line, act, verdict);
    settle(version, act);
}

/** @param {Filed} version @param {Act} act */
function lineOfOrganisation({ signers }, { statement }) {
    return signers.find(({ organisation }) => organisation === value(statement, "组织"));
}

/** @param {Filed} version @param {Act} act */
export function refuseLine(version, act) {
    requireStanding(version);
    requireFile(version, act);
    const line = lineOfOrganisation(version, act) ?? refuse("report.refusal", "组织");
    requireMissing(line);
    writeLine(line, act, "refused");
    settle(version, act);
}

/* --- a change of persons --- */

/** The line is the newcomer's; what the leaver signed is kept apart. @param {Filed} version @param {SignOffLine} line @param {string} newcomer */
function handOver(version, line, newcomer) {
    const refused = line.verdict === "refused";
    if (!refused && line.verdict !== "missing") {
        version.former.push({ ...line });
    }
    /* The organisation refused, whoever speaks for it now. */
    Object.assign(line, { person: newcomer }, refused ? {} : MISSING);
}

/** @param {Filed} version */
const isOver = ({ state }) => state === "complete" || state === "void";

/** @param {Filed} version @param {Act} act @param {boolean} again 重签 */
export function replaceLine(version, act, again) {
    if (isOver(version)) {
        return;
    }
    const [leaver, newcomer] = [value(act.statement, "退出"), value(act.statement, "接替")];
    const team = version.signers.filter(({ organisation }) => organisation === null);
    const line = team.find(({ person }) => person === leaver) ?? refuse("team.member", "退出");
    must(!team.some(({ person }) => person === newcomer), "team.present", "接替");
    if (again) {
        makeVoid(version, act, "team");
        return;
    }
    handOver(version, line, newcomer);
    /* What nobody has signed says what its person is now; a signature says what it said. */
    team.filter(({ verdict }) => verdict === "missing").forEach((one) => {
        one.capacity = one.person === value(act.statement, "组长") ? LEADER : REVIEWER;
    });
    settle(version, act);
}

/** @param {Filed} version @param {Act} act @param {boolean} again 重签 */
export function delegateLine(version, act, again) {
    if (isOver(version)) {
        return;
    }
    const line = lineOfOrganisation(version, act) ?? refuse("sign_off.stranger");
    if (again) {
        makeVoid(version, act, "team");
        return;
    }
    handOver(version, line, value(act.statement, "代表"));
    settle(version, act);
}
