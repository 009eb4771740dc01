/*
 * record.js - the fold over the log's entries: check, prove, apply (protocol section 10).
 *
 *   newRecord(origin) -> State                     "" takes the origin from the genesis
 *   foldEntry(state, entry bytes) -> Step          all at once; throws a Refusal
 *   foldEntryAsync(state, bytes, pause) -> Step    the same, pausing between proofs
 *   checkNote(state, note, time) -> { type, statement, signed }    as if it were the next entry
 *   prepareNote(state, note, time)                 the same without the proofs
 *
 * A refusal leaves the state as it was, but for what only foldEntry itself counts. What stands is
 * read from the state (state.js): people, cycles, meetings, elections, teams, reports. The twin of
 * audit/record/record.c: refusals come in the same order under the same names.
 */
import { hex } from "./bytes.js";
import { parseEntry } from "./entry.js";
import { leafHash } from "./merkle.js";
import { ANSWER_RULES } from "./record_answer.js";
import { BALLOT_RULES } from "./record_ballot.js";
import { CASE_RULES } from "./record_case.js";
import { CEREMONY_RULES } from "./record_ceremony.js";
import { ELECTION_RULES } from "./record_election.js";
import { HEARING_RULES } from "./record_hearing.js";
import { MEETING_RULES } from "./record_meeting.js";
import { NOTICE_RULES } from "./record_notice.js";
import { OBJECTION_RULES } from "./record_objection.js";
import { PEOPLE_RULES } from "./record_people.js";
import { REPORT_RULES } from "./record_report.js";
import { RESULT_RULES } from "./record_result.js";
import { REVIEW_RULES } from "./record_review.js";
import { TALLY_RULES } from "./record_tally.js";
import { TEAM_RULES } from "./record_team.js";
import { must, refuse } from "./refusal.js";
import { matchSigners } from "./signers.js";
import { newState } from "./state.js";
import { checkRow, parseStatement, time as timeField, value } from "./statement.js";
import { findType } from "./types.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {{ state: State, statement: import("./statement.js").Statement,
 *   type: import("./types.js").Type, signed: string[], index: number, time: number,
 *   ballot?: import("./ballot.js").Ballot }} Fold
 * @typedef {{ check: (fold: Fold) => void, prove?: (fold: Fold) => (() => void)[],
 *   apply: (fold: Fold) => void }} Rules
 * @typedef {{ index: number, type: string, time: number, signed: string[] }} Step
 */

const TIME_SLACK = 600;

/** @type {Record<string, Rules>} */
const RULES = {
    ...PEOPLE_RULES,
    ...MEETING_RULES,
    ...CEREMONY_RULES,
    ...ELECTION_RULES,
    ...BALLOT_RULES,
    ...TALLY_RULES,
    ...RESULT_RULES,
    ...REVIEW_RULES,
    ...TEAM_RULES,
    ...REPORT_RULES,
    ...NOTICE_RULES,
    ...OBJECTION_RULES,
    ...CASE_RULES,
    ...HEARING_RULES,
    ...ANSWER_RULES,
};

/** @param {string} [origin] */
export function newRecord(origin = "") {
    return newState(origin);
}

/** A statement that states its own time is refused 10 minutes away from the entry's. @param {Fold} fold */
function checkOwnTime({ statement, time }) {
    if (value(statement, "时间") !== "") {
        const apart = Math.abs(timeField(statement, "时间") - time);
        must(apart <= TIME_SLACK, "statement.clock", "时间");
    }
}

/**
 * Grammar, row, signers, signatures and rules.
 * @param {State} state
 * @param {Uint8Array} note
 * @param {number} time
 * @returns {Fold}
 */
export function prepareNote(state, note, time) {
    const statement = parseStatement(note);
    const type = findType(statement.type) ?? refuse("statement.type");
    must(state.genesis !== null || type.type === "log.genesis", "genesis.first");
    checkRow(statement, type, state.origin);
    const logged = state.texts.get(hex(statement.hash));
    must(logged === undefined, "statement.logged", "", logged);
    const fold = { state, statement, type, signed: [], index: state.size, time };
    checkOwnTime(fold);
    const signed = matchSigners(fold);
    const whole = { ...fold, signed };
    RULES[type.type]?.check(whole);
    return whole;
}

/** @param {Fold} fold @returns {(() => void)[]} */
function proofsOf(fold) {
    return RULES[fold.type.type]?.prove?.(fold) ?? [];
}

/**
 * What a device asks before it signs along or waits: would this be the next entry?
 * @param {State} state
 * @param {Uint8Array} note
 * @param {number} time
 */
export function checkNote(state, note, time) {
    const fold = prepareNote(state, note, time);
    proofsOf(fold).forEach((prove) => prove());
    return fold;
}

/** @param {State} state @param {Uint8Array} raw */
function beginEntry(state, raw) {
    const { time, note } = parseEntry(raw);
    const fold = prepareNote(state, note, time);
    must(fold.type.logged, "statement.unlogged");
    must(time >= state.lastTime, "log.time");
    return fold;
}

/** @param {Fold} fold @param {Uint8Array} raw @returns {Step} */
function finishEntry(fold, raw) {
    const { state, statement, type, signed, index, time } = fold;
    RULES[type.type].apply(fold);
    state.texts.set(hex(statement.hash), index);
    const leaf = leafHash(raw);
    state.edge.append(leaf);
    state.tree.leaves.push(leaf);
    state.size += 1;
    state.lastTime = time;
    return { index, type: type.type, time, signed };
}

/**
 * @param {State} state
 * @param {Uint8Array} raw the entry, as the log holds it
 */
export function foldEntry(state, raw) {
    const fold = beginEntry(state, raw);
    proofsOf(fold).forEach((prove) => prove());
    return finishEntry(fold, raw);
}

/**
 * @param {State} state
 * @param {Uint8Array} raw
 * @param {() => Promise<void>} pause
 */
export async function foldEntryAsync(state, raw, pause) {
    const fold = beginEntry(state, raw);
    for (const prove of proofsOf(fold)) {
        prove();
        await pause();
    }
    return finishEntry(fold, raw);
}
