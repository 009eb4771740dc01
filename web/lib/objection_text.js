/*
 * objection_text.js - what an objector says and who it is, as text, before it is sealed.
 *
 *   contentText(content), identityText(identity), answerText(answer) -> string
 *   summaryText(summary), replyText(reply) -> string       what the organisation is told, and says
 *   redact(text, words) -> the text with these words blacked out
 *   isSummaryOf(summary, content) -> whether nothing but that was done   both of readText
 *   readText(text, first line) -> Map of label -> values      objection.text_form
 *
 * Lines are `标签: 值`; a value of several lines repeats its label, so the text reads as it stands
 * and is read back without guessing. The first line says what it is. Protocol section 8.
 */
import { must } from "./refusal.js";

export const CONTENT = "xiling/v1 异议书";
export const IDENTITY = "xiling/v1 异议人";
export const ANSWER = "xiling/v1 答复";
export const SUMMARY = "xiling/v1 异议摘要";
export const REPLY = "xiling/v1 陈述";

/**
 * @typedef {{ notice: string, subject: string, salt: string, name: string, kind: "个人" | "单位",
 *   ground: string, facts: string, request: string, files: string[],
 *   disclosure: "不同意" | "同意" }} Content salt: base64, of the hidden field 对象;
 *   files: `<n> <base64 SHA-256> <size> <format> <原件|副本 n> <name>`
 * @typedef {[string, string][]} Lines label and value, in order
 */

const PROMISE = "本人对所提交内容的真实性负责。";

/** @param {string} label @param {string} held */
function linesOf(label, held) {
    return held.split(/\r\n|\r|\n/).map((line) => `${label}: ${line}`);
}

/** @param {string} first @param {Lines} lines */
function print(first, lines) {
    return [first, ...lines.flatMap(([label, held]) => linesOf(label, held)), ""].join("\n");
}

/** @param {Content} content */
export function contentText(content) {
    /** @type {Lines} */
    const lines = [
        ["公示", content.notice],
        ["对象", content.subject],
        ["对象盐", content.salt],
        ["对象名称", content.name],
        ["类别", content.kind],
        ["理由", content.ground],
        ["事实", content.facts],
        ["请求", content.request],
        ...content.files.map((file) => /** @type {[string, string]} */ (["附件", file])),
        ["身份披露", content.disclosure],
        ["承诺", PROMISE],
    ];
    return print(CONTENT, lines);
}

/** @param {Lines} lines the person's or the unit's own */
export function identityText(lines) {
    return print(IDENTITY, lines);
}

/** @param {{ case: string, state: string, basis: string, words: string }} answer */
export function answerText(answer) {
    return print(ANSWER, [
        ["案件", answer.case],
        ["状态", answer.state],
        ["依据", answer.basis],
        ["正文", answer.words],
    ]);
}

const BLACK = "■■";

/**
 * Each of these words, wherever it stands. Words that touch or overlap become one mark, and its
 * length tells nothing.
 * @param {string} text @param {string[]} words
 */
export function redact(text, words) {
    const hidden = [...text].map(() => false);
    const letters = [...text];
    for (const word of words.map((one) => [...one.trim()]).filter(({ length }) => length > 0)) {
        for (let at = 0; at + word.length <= letters.length; at++) {
            if (word.every((letter, i) => letters[at + i] === letter)) {
                hidden.fill(true, at, at + word.length);
            }
        }
    }
    return letters.map((letter, i) => (!hidden[i] ? letter : hidden[i - 1] ? "" : BLACK)).join("");
}

/** Whether only words were blacked out and nothing was rewritten. @param {string} shown @param {string} whole */
function isRedactionOf(shown, whole) {
    const [first, ...rest] = shown.split(BLACK);
    const last = rest.pop();
    if (last === undefined || !whole.startsWith(first)) {
        return shown === whole;
    }
    let at = first.length;
    for (const piece of rest) {
        const found = whole.indexOf(piece, at + 1);
        if (found < 0) {
            return false;
        }
        at = found + piece.length;
    }
    return whole.length - last.length > at && whole.endsWith(last);
}

/** Whether a summary says of an objection what it says itself, as far as it is shown. @param {Map<string, string[]>} summary @param {Map<string, string[]>} content both of readText */
export function isSummaryOf(summary, content) {
    const whole = (/** @type {Map<string, string[]>} */ held, /** @type {string} */ label) => (held.get(label) ?? []).join("\n");
    const same = ["公示", "对象名称"].every((label) => whole(summary, label) === whole(content, label));
    return same && ["理由", "事实", "请求"].every((label) => isRedactionOf(whole(summary, label), whole(content, label)));
}

/**
 * Made of the objection's own fields, blacked out and never rewritten: nothing of the objector
 * but what is left standing, and no file.
 * @param {Map<string, string[]>} content of readText
 * @param {{ case: string, words: string[], due: string, code: string }} release code: as it is shown
 */
export function summaryText(content, release) {
    const shown = (/** @type {string} */ label) => redact((content.get(label) ?? []).join("\n"), release.words);
    return print(SUMMARY, [
        ["案件", release.case],
        ["公示", (content.get("公示") ?? []).join("")],
        ["对象名称", (content.get("对象名称") ?? []).join("")],
        ["理由", shown("理由")],
        ["事实", shown("事实")],
        ["请求", shown("请求")],
        ["陈述期限", release.due],
        ["陈述码", release.code],
    ]);
}

/** @param {{ case: string, words: string }} reply */
export function replyText(reply) {
    return print(REPLY, [
        ["案件", reply.case],
        ["正文", reply.words],
    ]);
}

/** @param {string} text @param {string} first */
export function readText(text, first) {
    const [head, ...lines] = text.split("\n");
    must(head === first && lines.pop() === "", "objection.text_form");
    /** @type {Map<string, string[]>} */
    const held = new Map();
    for (const line of lines) {
        const cut = line.indexOf(": ");
        must(cut > 0, "objection.text_form");
        const label = line.slice(0, cut);
        held.set(label, [...(held.get(label) ?? []), line.slice(cut + 2)]);
    }
    return held;
}
