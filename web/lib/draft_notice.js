/*
 * draft_notice.js - the texts of a notice: its rules, the list from the results, proofs, leads, its end.
 *
 *   RULE_NUMBERS                        the seven numbers of notice.rules: label and default
 *   draftRules, draftNotice, draftPublish, draftExtend, draftLead, draftDispose, draftRemove, draftSettle
 *   seatsOf(state, cycle) -> { manifests, list }   the results of a cycle, as a notice names them
 *
 * As draft_review.js: lists are put into the order that the fold demands, hidden fields come ready
 * made, and nothing is decided here.
 */
import { base64, hexDecode } from "./bytes.js";
import { extendedEnd } from "./case_state.js";
import { printText } from "./statement.js";
import { addCalendarDays } from "./workday.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {[string, import("./statement.js").Printable]} Field
 */

/** @type {[string, number][]} */
export const RULE_NUMBERS = [
    ["公示天数", 7],
    ["受理工作日", 5],
    ["调查工作日", 5],
    ["答复工作日", 3],
    ["补正工作日", 5],
    ["材料时限", 24],
    ["身份保存天数", 180],
];

/** @param {string[]} held */
const ascending = (held) => [...held].sort();
/** @param {string} label @param {string[]} held @returns {Field[]} */
const each = (label, held) => held.map((one) => [label, one]);

/** @param {string} origin @param {{ cycle: string, document: string, numbers: number[], off: string[], on: string[] }} plan */
export function draftRules(origin, { cycle, document, numbers, off, on }) {
    return printText("notice.rules", origin, [
        ["周期", cycle],
        ["细则文号", document],
        .../** @type {Field[]} */ (RULE_NUMBERS.map(([label], i) => [label, numbers[i]])),
        ...each("放假", ascending(off)),
        ...each("调休上班", ascending(on)),
    ]);
}

/** Every election of the cycle whose result stands, and whom these results seat: the highest grade first, inside a grade in the drawn order, which tells nothing of the votes. @param {State} state @param {string} cycle */
export function seatsOf(state, cycle) {
    const stands = [...state.elections].filter(([, held]) => held.decided !== null && held.cancelled === null && state.meetings.get(held.election.meeting)?.cycle === cycle);
    const seats = stands
        .flatMap(([, { seated, election }]) => seated.map((seat) => ({ ...seat, drawn: election.candidates.findIndex(({ id }) => id === seat.candidate) })))
        .sort((a, b) => b.grade - a.grade || a.drawn - b.drawn);
    return {
        manifests: ascending(stands.filter(([, { seated }]) => seated.length > 0).map(([hash]) => base64(hexDecode(hash)))),
        list: seats.map(({ grade, candidate }) => `${grade} ${candidate}`),
    };
}

/** @param {State} state @param {string} cycle @param {Date} start */
export function endOf(state, cycle, start) {
    const rules = state.noticeRules.get(cycle);
    return rules ? new Date(addCalendarDays(rules.table, Math.floor(start.getTime() / 1000), rules.notice) * 1000) : null;
}

/** @param {string} origin @param {State} state @param {{ id: string, cycle: string, handlers: string[], keepers: string[], start: Date }} plan */
export function draftNotice(origin, state, { id, cycle, handlers, keepers, start }) {
    const { manifests, list } = seatsOf(state, cycle);
    const end = endOf(state, cycle, start);
    return printText("notice.open", origin, [
        ["公示", id],
        ["周期", cycle],
        ...each("清单", manifests),
        ...each("名单", list),
        ...each("承办人", ascending(handlers)),
        ...each("保管人", ascending(keepers)),
        ["开始", start],
        ["结束", end ?? start],
    ]);
}

/** @param {string} origin @param {{ notice: string, media: string, url: string, hash: Uint8Array, seen: Date }} plan */
export function draftPublish(origin, { notice, media, url, hash, seen }) {
    return printText("notice.publish", origin, [
        ["公示", notice],
        ["媒体", media],
        ["网址", url],
        ["内容", hash],
        ["所见时间", seen],
    ]);
}

/** @param {string} origin @param {State} state @param {import("./case_state.js").Notice} notice @param {{ days: number, resolution: string }} plan */
export function draftExtend(origin, state, notice, { days, resolution }) {
    return printText("notice.extend", origin, [
        ["公示", notice.id],
        ["天数", days],
        ["决议", resolution],
        ["结束", new Date(extendedEnd(state, notice, days) * 1000)],
    ]);
}

/** @param {string} origin @param {{ id: string, notice: string, source: string, content: string }} plan */
export function draftLead(origin, { id, notice, source, content }) {
    return printText("lead.enter", origin, [
        ["线索", id],
        ["公示", notice],
        ["来源", source],
        ["内容", content],
    ]);
}

/** @param {string} origin @param {{ id: string, how: string, reason: string }} plan */
export function draftDispose(origin, { id, how, reason }) {
    return printText("lead.dispose", origin, [
        ["线索", id],
        ["处置", how],
        ["理由", reason],
    ]);
}

/** @param {string} origin @param {{ notice: string, organisation: string, grounds: string, reason: string }} plan grounds: hidden, of the case's base64 hash */
export function draftRemove(origin, { notice, organisation, grounds, reason }) {
    return printText("list.remove", origin, [
        ["公示", notice],
        ["组织", organisation],
        ["案件", grounds],
        ["理由", reason],
    ]);
}

/** @param {string} origin @param {import("./case_state.js").Notice} notice @param {string[]} organisations those that stay, in any order */
export function draftSettle(origin, notice, organisations) {
    const stays = notice.list.filter(({ organisation, removed }) => removed === null && organisations.includes(organisation));
    return printText("list.settle", origin, [
        ["公示", notice.id],
        ...each("名单", stays.map(({ grade, organisation }) => `${grade} ${organisation}`)),
    ]);
}
