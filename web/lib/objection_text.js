/*
 * objection_text.js - what an objector says and who it is, as text, before it is sealed.
 *
 *   contentText(content), identityText(identity), answerText(answer) -> string
 *   readText(text, first line) -> Map of label -> values      objection.text_form
 *
 * Lines are `标签: 值`; a value of several lines repeats its label, so the text reads as it stands
 * and is read back without guessing. The first line says what it is. Protocol section 8.
 */
import { must } from "./refusal.js";

export const CONTENT = "xiling/v1 异议书";
export const IDENTITY = "xiling/v1 异议人";
export const ANSWER = "xiling/v1 答复";

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
