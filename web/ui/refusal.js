/**
 * refusal.js - what happened, by which rule, what to do now (visual.md 6), in that order.
 *
 *   refusal(error, { label, press })   error: an Error from api.js or lib/ with any of
 *        what, basis, do = text or {zh, en}; rule = "noun.rule". A missing part has a plain default.
 *   explain("refuse.pass", values)     an Error whose three parts are the words <key>.what, .basis, .do
 */
import { button, el } from "./dom.js";
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

export function refusal(error, action) {
    const rows = [["refuse.what", pick(error?.what ?? unknown(error))],
        ["refuse.basis", pick(error?.basis) || error?.rule || "–"],
        ["refuse.do", pick(error?.do) || t("refuse.unknown.do")]];
    return el("section", { class: "refusal", role: "alert", "data-focus": "" },
        el("h2", { class: "refusal-title" }, icon("warn"), t("refuse.title")),
        el("dl", {}, rows.map(([label, text]) => [el("dt", {}, t(label)), el("dd", {}, text)])),
        action && button("ink", action.label, action.press));
}
