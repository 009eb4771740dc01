/**
 * scene.js - notices and cases as this device has folded them from the log, for the office's pages.
 *
 *   readNoticeScene(journal)   → { cycle, rules, notices, leads, cases, people, reports: [] } newest first
 *   serialOf(held)             "2026-1-0007"
 *   mayAct(held, person)       declared 无           isOut(held, person)  declared 有
 *   clockOf(held)              the term that runs: { due, missed } or null
 */
import { hex } from "../../lib/bytes.js";
import { serverNow } from "../../ui/time.js";

const lastKey = (map) => [...map.keys()].at(-1) ?? null;

export function readNoticeScene({ state }) {
    const notices = [...state.notices.values()].reverse();
    const cases = [...state.cases.values()].reverse().map((held) => ({ ...held, id: hex(held.hash), due: held.terms.find(({ met }) => met === null)?.due ?? null,
        handlers: state.notices.get(held.notice).handlers, keepers: state.notices.get(held.notice).keepers }));
    const cycle = lastKey(state.cycles);
    return { cycle, rules: state.noticeRules.get(cycle) ?? null, notices, leads: [...state.leads.values()], cases, people: state.people, organisations: state.organisations,
        reports: [], state };
}

export const serialOf = ({ notice, number }) => `${notice}-${String(number).padStart(4, "0")}`;
export const isOut = (held, person) => held.declared.get(person) === true;
export const mayAct = (held, person) => held.handlers.includes(person) && held.declared.get(person) === false;

export function clockOf({ due }) {
    return due === null ? null : { due: due * 1000, missed: due * 1000 < serverNow().getTime() };
}

/** Who holds a role now. */
export const holders = (people, role) => [...people.values()].filter(({ roles, confirmed, revoked }) => confirmed !== null && revoked === null && roles.has(role)).map(({ id }) => id);
