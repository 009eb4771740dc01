/*
 * draft_review.js - the texts of the review: organisations, qualified list, conflicts, teams, reports.
 *
 *   draftRegister, draftDelegate, draftQualified           second and third step of the award
 *   draftUndertake, draftDeclare, draftFind                secrecy and conflicts of interest
 *   draftTeam, draftReplace                                teams
 *   draftReport, draftVoid, draftRefusal                   reports (report.sign: its own page)
 *   mustSign(team, kind, representative)                   the must-sign list of a report
 *
 * Each takes the log's origin and a plan, and puts lists into the order that the fold demands. Hidden
 * fields come ready made ("#…"). A draft decides nothing: the fold refuses what does not hold.
 */
import { printText } from "./statement.js";

/**
 * @typedef {[string, import("./statement.js").Printable]} Field
 * @typedef {{ leader: string, reviewers: string[] }} Team
 */

export const PAPER = "资料评审报告";
export const SITE = "现场评审报告";

/** @param {string[]} ids */
const ascending = (ids) => [...ids].sort();

/** @param {string} label @param {string[]} held @returns {Field[]} */
const each = (label, held) => held.map((one) => [label, one]);

/** A field that may be absent. @param {string} label @param {string | null | undefined} held @returns {Field[]} */
const maybe = (label, held) => (held ? [[label, held]] : []);

/* --- organisations --- */

/** @param {string} origin @param {{ id: string, name: string, code: string, representative: string }} plan */
export function draftRegister(origin, { id, name, code, representative }) {
    return printText("organisation.register", origin, [
        ["组织", id],
        ["名称", name],
        ["统一社会信用代码", code],
        ["代表", representative],
    ]);
}

/** @param {string} origin @param {{ id: string, representative: string, reason: string }} plan */
export function draftDelegate(origin, { id, representative, reason }) {
    return printText("organisation.delegate", origin, [
        ["组织", id],
        ["代表", representative],
        ["理由", reason],
    ]);
}

/** @param {string} origin @param {{ cycle: string, organisations: string[] }} plan */
export function draftQualified(origin, { cycle, organisations }) {
    return printText("qualification.list", origin, [
        ["周期", cycle],
        ...each("合格", ascending(organisations)),
    ]);
}

/* --- secrecy and conflicts of interest --- */

/** @param {string} origin @param {{ cycle: string, person: string, promise: string }} plan */
export function draftUndertake(origin, { cycle, person, promise }) {
    return printText("secrecy.undertake", origin, [
        ["周期", cycle],
        ["人员", person],
        ["承诺", promise],
    ]);
}

/**
 * One answer for each organisation of the qualified list, in its order.
 * @param {string} origin
 * @param {{ cycle: string, person: string, answers: { organisation: string, has: boolean }[],
 *   note?: string | null }} plan
 */
export function draftDeclare(origin, { cycle, person, answers, note }) {
    const lines = answers.map(({ organisation, has }) => `${organisation} ${has ? "有" : "无"}`);
    return printText("conflict.declare", origin, [
        ["周期", cycle],
        ["人员", person],
        ...each("利益关系", lines),
        ...maybe("说明", note),
    ]);
}

/** @param {string} origin @param {{ cycle: string, person: string, organisation: string, reason: string }} plan */
export function draftFind(origin, { cycle, person, organisation, reason }) {
    return printText("conflict.find", origin, [
        ["周期", cycle],
        ["人员", person],
        ["组织", organisation],
        ["理由", reason],
    ]);
}

/* --- teams --- */

/**
 * @param {string} origin
 * @param {{ id: string, cycle: string, leader: string, reviewers: string[], organisations: string[] }} plan
 */
export function draftTeam(origin, { id, cycle, leader, reviewers, organisations }) {
    return printText("team.form", origin, [
        ["评审组", id],
        ["周期", cycle],
        ["组长", leader],
        ...each("评审员", ascending(reviewers)),
        ...each("受评组织", ascending(organisations)),
    ]);
}

/**
 * @param {string} origin
 * @param {{ id: string, out: string, in: string, leader: string, reason: string }} plan
 */
export function draftReplace(origin, plan) {
    return printText("team.replace", origin, [
        ["评审组", plan.id],
        ["退出", plan.out],
        ["接替", plan.in],
        ["组长", plan.leader],
        ["理由", plan.reason],
    ]);
}

/* --- reports --- */

/**
 * The whole team by id, then the organisation's representative on a site report.
 * @param {Team} team
 * @param {string} kind
 * @param {string} representative
 */
export function mustSign({ leader, reviewers }, kind, representative) {
    const lines = ascending(reviewers).map((id) => `${id} ${id === leader ? "组长" : "评审员"}`);
    return kind === SITE ? [...lines, `${representative} 受评组织`] : lines;
}

/**
 * @param {string} origin
 * @param {{ id: string, version: number, kind: string, team: Team & { id: string },
 *   organisations: string[], title: string, hash: Uint8Array, size: number, format: string,
 *   representative: string, deadline: string }} plan  deadline in the one form of a time
 */
export function draftReport(origin, plan) {
    return printText("report.file", origin, [
        ["报告", plan.id],
        ["版本", plan.version],
        ["种类", plan.kind],
        ["评审组", plan.team.id],
        ...each("受评组织", ascending(plan.organisations)),
        ["标题", plan.title],
        ["文件", plan.hash],
        ["大小", plan.size],
        ["格式", plan.format],
        ...each("须签", mustSign(plan.team, plan.kind, plan.representative)),
        ["签署期限", plan.deadline],
    ]);
}

/** @param {string} origin @param {{ id: string, version: number, reason: string }} plan */
export function draftVoid(origin, { id, version, reason }) {
    return printText("report.void", origin, [
        ["报告", id],
        ["版本", version],
        ["理由", reason],
    ]);
}

/**
 * @param {string} origin
 * @param {{ id: string, version: number, hash: Uint8Array, organisation: string, reason: string,
 *   words?: string | null, time: string }} plan  words: what the organisation says itself, hidden
 */
export function draftRefusal(origin, plan) {
    return printText("report.refusal", origin, [
        ["报告", plan.id],
        ["版本", plan.version],
        ["文件", plan.hash],
        ["组织", plan.organisation],
        ["理由", plan.reason],
        ...maybe("组织说明", plan.words),
        ["时间", plan.time],
    ]);
}
