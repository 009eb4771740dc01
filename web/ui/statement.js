/**
 * statement.js - the exact text that is or will be signed (visual.md 4). Every byte is there.
 *
 *   statementBlock(text, { chosen: "意见：", signed: false })   `chosen`: how the line starts that the
 *        person's choice changes; it is marked. block.update(text) while the person types.
 */
import { copyButton } from "./copy.js";
import { el, fill, freshId } from "./dom.js";
import { t } from "./language.js";

function lines(text, chosen) {
    return text.replace(/\n$/, "").split("\n").map((line) => el("span", {
        class: `statement-line ${chosen && line.startsWith(chosen) ? "chosen" : ""}`.trim() }, line || " "));
}

export function statementBlock(text, { chosen = null, signed = true, title = t("sign.title") } = {}) {
    const id = freshId("statement");
    const code = el("code", { class: "statement", role: "region", "aria-labelledby": id, lang: "zh", tabindex: "0" });
    let whole = text;
    const copy = copyButton(t("do.copy"), () => whole, code);
    const block = el("div", { class: "stack" }, el("h2", { id, class: "minor" }, title), code,
        el("div", { class: "row spread" }, signed && el("p", { class: "small" }, t("sign.exact")), copy));
    block.update = (next) => {
        whole = next;
        fill(code, lines(next, chosen));
    };
    block.update(text);
    return block;
}
