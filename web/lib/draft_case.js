/*
 * draft_case.js - the texts of a case: declaration, acts of the office, the keepers' opening.
 *
 *   draftDeclareCase, draftAssign, draftJoin, draftOpenIdentity, draftVerify, draftReport,
 *   draftAnswer, draftErase, draftSummary
 *   draftReply, signAsRespondent(text, keys) -> note     keys: derived from the code of the summary
 *   answersOf(held, now) -> the words of 状态 that may follow the state the case is in
 *
 * hash: of the case; file and answer: of sealed bytes. Nothing is decided here: the fold is.
 */
import { printText, signNote } from "./statement.js";

/** @typedef {[string, import("./statement.js").Printable]} Field */

const FINDINGS = ["成立", "部分成立", "不成立"];

/** @param {string} type @param {(origin: string, plan: any) => Field[]} fields */
const about =
    (type, fields) =>
    /** @param {string} origin @param {{ hash: Uint8Array } & Record<string, any>} plan */
    (origin, plan) =>
        printText(type, origin, [["案件", plan.hash], ...fields(origin, plan)]);

export const draftDeclareCase = about("case.declare", (_, { person, interest }) => [
    ["人员", person],
    ["利益关系", interest],
]);
export const draftAssign = about("case.assign", (_, { person }) => [["承办人", person]]);
export const draftJoin = about("case.join", (_, { main }) => [["并入", main]]);
export const draftOpenIdentity = about("identity.open", (_, { reader, reason }) => [
    ["交给", reader],
    ["理由", reason],
]);
export const draftVerify = about("case.verify", (_, { how }) => [["核验", how]]);
export const draftReport = about("case.report", (_, { finding, file, size }) => [
    ["结论", finding],
    ["文件", file],
    ["大小", size],
]);
export const draftAnswer = about("objection.answer", (_, { state, basis, answer, size }) => [
    ["状态", state],
    ["依据", basis],
    ["答复", answer],
    ["大小", size],
]);
export const draftSummary = about("case.summary", (_, { summary, size, key, due }) => [
    ["摘要", summary],
    ["大小", size],
    ["陈述公钥", key],
    ["陈述期限", due],
]);
export const draftReply = about("case.reply", (_, { reply, size, time }) => [
    ["陈述", reply],
    ["大小", size],
    ["时间", time],
]);

/** @param {string} text @param {import("./keys.js").Keys} keys */
export function signAsRespondent(text, keys) {
    return signNote(text, [{ name: "respondent", pair: keys.sign }]);
}

export const draftErase = about("identity.erase", () => []);

/** @param {import("./case_state.js").Case} held @param {import("./case_state.js").Case | null} main the case it follows, or null */
export function answersOf(held, main = null) {
    const { reported, finding } = main ?? held;
    const waits = held.state === "待受理" || held.state === "补正";
    const runs = held.state === "受理" || held.state === "调查中";
    return [
        ...(waits && held.accepted === 0 && held.received && held.verified !== "" && !held.late ? ["受理"] : []),
        ...(waits && held.accepted === 0 ? ["不予受理"] : []),
        ...((held.state === "待受理" || runs) && !held.asked ? ["补正"] : []),
        ...(held.state === "受理" ? ["调查中"] : []),
        ...(runs && !held.extended ? ["延期"] : []),
        ...(reported && (runs || held.state === "已查清") ? FINDINGS.filter((one) => one === finding) : []),
    ];
}
