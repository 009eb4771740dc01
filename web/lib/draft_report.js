/*
 * draft_report.js - what one person signs about a report, and the note with which a person says where
 * reminders go.
 *
 *   OPINIONS                 同意, 保留意见, 不同意
 *   needsReason(opinion)     exactly the last two carry a hidden reason
 *   draftSignature(sign)     report.sign; throws draft.opinion, draft.reason
 *   draftContact({ origin, person, email, time })     contact.set; "" as email removes it
 *
 * A draft decides nothing: the fold of the log refuses what does not fit. `file` is the hash of the
 * bytes that were shown, never one that somebody else computed.
 */
import { hidden } from "./hash.js";
import { must } from "./refusal.js";
import { printText } from "./statement.js";

export const OPINIONS = ["同意", "保留意见", "不同意"];

/**
 * @typedef {{ origin: string, report: string, version: number, file: Uint8Array, person: string,
 *   capacity: string, opinion: string, reason: string, salt: Uint8Array, size: number,
 *   root: Uint8Array, time: Date }} Sign
 * size and root: of the log as this device has verified it. salt: 32 bytes, used if there is a reason
 */

/** @param {string} opinion */
export function needsReason(opinion) {
    return opinion === "保留意见" || opinion === "不同意";
}

/**
 * The commitment that stands in the text; the reason itself never does.
 * @param {Uint8Array} salt
 * @param {string} reason
 */
export function hideReason(salt, reason) {
    return hidden("report.sign", "理由", salt, reason);
}

/** @param {Sign} sign */
export function draftSignature(sign) {
    const { opinion, reason, salt } = sign;
    must(OPINIONS.includes(opinion), "draft.opinion", "意见");
    must(needsReason(opinion) === (reason !== ""), "draft.reason", "理由");
    return printText("report.sign", sign.origin, [
        ["报告", sign.report],
        ["版本", sign.version],
        ["文件", sign.file],
        ["签署人", sign.person],
        ["身份", sign.capacity],
        ["意见", opinion],
        .../** @type {[string, string][]} */ (reason === "" ? [] : [["理由", hideReason(salt, reason)]]),
        ["日志条数", sign.size],
        ["日志根", sign.root],
        ["时间", sign.time],
    ]);
}

/** @param {{ origin: string, person: string, email: string, time: Date }} contact */
export function draftContact({ origin, person, email, time }) {
    return printText("contact.set", origin, [
        ["人员", person],
        ["邮箱", email === "" ? "-" : email],
        ["时间", time],
    ]);
}
