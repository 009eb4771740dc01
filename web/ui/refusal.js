/**
 * refusal.js - what happened, by which rule, what to do now (visual.md 6), in that order.
 *
 *   refusal(error, { label, press })   error: an Error from api.js or lib/ with any of
 *        what, basis, do = text or {zh, en}; rule = "noun.rule". A missing part has a plain default.
 *        An error with a rule and no words gets the words of that rule, as the service would say them.
 *   ruleWords(rule) → Promise of { article, what, basis, do } or null
 *   explain("refuse.pass", values)     an Error whose three parts are the words <key>.what, .basis, .do
 */
import { button, el, fill } from "./dom.js";
import { icon } from "./icon.js";
import { pick, t, two } from "./language.js";

/** An Error made from three entries of the word table. */
export function explain(key, values = {}) {
    const error = new Error(key);
    for (const part of ["what", "basis", "do"]) {
        const [zh, en] = two(`${key}.${part}`, values);
        error[part] = { zh, en };
    }
    return error;
}

function unknown(error) {
    const [zh, en] = two("refuse.unknown.what", { detail: error?.rule ?? error?.message ?? "" });
    return { zh, en };
}

/** The words are fetched only where a rule of lib/ is broken: hardly ever. */
export async function ruleWords(rule) {
    const table = await import("../vendor/rules.js").then((module) => module.default, () => ({}));
    return table[rule] ?? null;
}

function parts(error) {
    return [["refuse.what", pick(error?.what ?? unknown(error))],
        ["refuse.basis", pick(error?.basis) || error?.rule || "–"],
        ["refuse.do", pick(error?.do) || t("refuse.unknown.do")]].map(([label, text]) => [el("dt", {}, t(label)), el("dd", {}, text)]);
}

export function refusal(error, action) {
    const list = el("dl", {}, parts(error));
    if (error?.rule && !error.what) ruleWords(error.rule).then((words) => words && fill(list, parts({ ...words, rule: error.rule })));
    return el("section", { class: "refusal", role: "alert", "data-focus": "" },
        el("h2", { class: "refusal-title" }, icon("warn"), t("refuse.title")),
        list,
        action && button("ink", action.label, action.press));
}
