/*
 * case_state.js - notices and cases as the log has made them, and the terms of each state.
 *
 *   noticeOf(state, id), caseOf(state, hash)      notice.unknown, case.unknown
 *   openCase(state, hash)                         case.closed as well
 *   rulesOf(state, cycle)                         notice.rules
 *   extendedEnd(state, notice, days)              the end of a notice that is moved by whole days
 *   pairsOf(notice)                               1 or 3: an identity is sealed once for each
 *   enterState(case, step, state, due), closeCase(case, step, state), noteAct(case, step), extendTerm
 *   missedTerms(case, now)                        the terms not met in time, as of now
 *   serialOf(case)                                "2026-1-0007", as receipts print it
 *
 * The twin of audit/record/case_state.c and of what notice.h and objection.h load.
 */
import { hex } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import { addCalendarDays } from "./workday.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {{ table: import("./workday.js").Table, notice: number, accept: number,
 *   investigate: number, answer: number, supplement: number, hours: number, keep: number
 * }} NoticeRules terms in days, but for the hours that the material has
 * @typedef {{ id: string, cycle: string, index: number, opens: number, closes: number,
 *   list: { grade: number, organisation: string, removed: number | null }[],
 *   handlers: string[], keepers: string[], proofs: { index: number, seen: number }[],
 *   extensions: { index: number, days: number, resolution: string, closes: number }[],
 *   settled: number | null }} Notice
 * @typedef {{ id: string, notice: string, index: number, source: string,
 *   disposed: number | null }} Lead
 * @typedef {{ kind: string, hash: string, size: number }} Part
 * @typedef {{ parts: Part[], due: number, received: number | null, lapsed: number | null }} PartText
 * @typedef {{ state: string, index: number, due: number, met: number | null }} Term
 * @typedef {{ index: number, summary: string, size: number, replyKey: Uint8Array, due: number,
 *   replied: { index: number, hash: string, size: number } | null }} Hearing hashes in hex
 * @typedef {{ hash: Uint8Array, notice: string, number: number, index: number, time: number,
 *   late: boolean, signKey: Uint8Array, boxKey: Uint8Array, state: string, before: string,
 *   received: boolean, verified: string, assigned: string, joined: string, opened: boolean,
 *   asked: boolean, accepted: number, extended: boolean, reported: boolean, finding: string,
 *   closed: boolean, closedTime: number, erased: boolean, texts: Map<string, PartText>,
 *   declared: Map<string, boolean>, acts: { index: number, type: string, state: string }[],
 *   openings: { index: number, reader: string, keepers: string[] }[], terms: Term[],
 *   hearing: Hearing | null }} Case
 * @typedef {{ index: number, time: number, statement: { type: string } }} Step an entry
 */

/** @param {State} state @param {string} id */
export function noticeOf(state, id) {
    return state.notices.get(id) ?? refuse("notice.unknown", "公示");
}

/** @param {State} state @param {Uint8Array} hash */
export function caseOf(state, hash) {
    return state.cases.get(hex(hash)) ?? refuse("case.unknown", "案件");
}

/** @param {State} state @param {Uint8Array} hash */
export function openCase(state, hash) {
    const found = caseOf(state, hash);
    must(!found.closed, "case.closed");
    return found;
}

/** @param {State} state @param {string} cycle */
export function rulesOf(state, cycle) {
    return state.noticeRules.get(cycle) ?? refuse("notice.rules", "周期");
}

/** From the last day there was, and from a day off to the next working day. @param {State} state @param {Notice} notice @param {number} days */
export function extendedEnd(state, { cycle, closes }, days) {
    return addCalendarDays(rulesOf(state, cycle).table, closes - 1, days);
}

/** @param {Notice} notice */
export function pairsOf(notice) {
    return notice.keepers.length === 3 ? 3 : 1;
}

/** @param {Case} held @param {Step} step */
export function noteAct(held, { index, statement }) {
    held.acts.push({ index, type: statement.type, state: held.state });
}

/** @param {Case} held @param {Step} step @param {string} state @param {number} [due] */
export function enterState(held, step, state, due = 0) {
    held.before = held.state;
    held.state = state;
    held.terms.filter(({ met }) => met === null).forEach((term) => (term.met = step.time));
    if (due > 0) {
        held.terms.push({ state, index: step.index, due, met: null });
    }
    noteAct(held, step);
}

/** @param {Case} held @param {Step} step @param {string} state */
export function closeCase(held, step, state) {
    enterState(held, step, state);
    held.closed = true;
    held.closedTime = step.time;
}

/** @param {Case} held @param {Step} step @param {number} due */
export function extendTerm(held, step, due) {
    held.terms.filter(({ met }) => met === null).forEach((term) => (term.due = due));
    noteAct(held, step);
}

/** @param {Case} held @param {number} now */
export function missedTerms(held, now) {
    return held.terms.filter(({ due, met }) => (met ?? now) > due);
}

/** @param {Case} held */
export const serialOf = ({ notice, number }) => `${notice}-${String(number).padStart(4, "0")}`;
