/**
 * list.js - lists that people act on or follow (visual.md 4).
 *
 *   checklist([{ state: "none"|"wait"|"done"|"stop", title, evidence, beside, action }])   verification, gate list;
 *        `list.tick(i, row)` replaces one row as its check really ends
 *   timeline([{ state: "done"|"now"|"next", title, when, more }])   also a pipeline on a phone
 *   taskCard({ title, object, by, blocked, button: { label, press | href } })
 *   empty(title, sentence)
 *   table([head…], [[cell…]…], { figures: [column…] })   rows become cards on a phone
 *   blockedButton(label, reason)    a real button that answers with the reason, never a mute grey one
 */
import { button, card, el, fill, freshId, link } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./language.js";

const SHAPES = { none: "ring", wait: "half", now: "half", next: "ring", done: "check", stop: "stop" };
const LOOKS = { done: "is-done", wait: "is-wait", now: "is-wait" };

function stateWord(state) {
    return el("span", { class: "aside-voice" }, t(`state.${state}`));
}

function checkRow(row) {
    return el("li", { class: row.state === "stop" ? "failed" : null },
        el("span", { class: LOOKS[row.state] }, icon(SHAPES[row.state]), stateWord(row.state)),
        el("span", {}, row.title), row.beside && el("span", { class: "caption beside" }, row.beside),
        row.evidence && el("span", { class: "small evidence" }, row.evidence),
        row.action && el("span", { class: "evidence" }, row.action));
}

export function checklist(rows) {
    const list = el("ul", { class: "checks" }, rows.map(checkRow));
    list.tick = (index, row) => list.children[index].replaceWith(checkRow(row));
    return list;
}

export function timeline(rows) {
    return el("ol", { class: "timeline" }, rows.map((row) => el("li", { class: row.state === "done" ? "past" : row.state,
        "aria-current": row.state === "now" ? "step" : null },
        el("span", { class: LOOKS[row.state] }, icon(row.state === "done" ? "ring-check" : SHAPES[row.state]), stateWord(row.state)),
        el("div", {}, el("b", {}, row.title), row.when && el("p", { class: "caption" }, row.when),
            row.more && el("p", { class: "small" }, row.more)))));
}

export function taskCard({ title, object, by, blocked, action }) {
    return card([el("h2", {}, title), object && el("p", { class: "small" }, object),
        by && el("p", {}, icon("clock", "text"), " ", by),
        blocked ? el("p", { class: "is-wait" }, icon("half", "text"), " ", blocked)
            : action && (action.href ? link(action.label, action.href, action.kind ?? "ink")
                : button(action.kind ?? "ink", action.label, action.press))], { tag: "article" });
}

export function empty(title, sentence) {
    return el("div", { class: "empty" }, el("p", {}, el("b", {}, title)), sentence && el("p", { class: "small center" }, sentence));
}

export function table(head, rows, { figures = [] } = {}) {
    const look = (column) => (figures.includes(column) ? "figure" : null);
    return el("table", { class: "table cards" },
        el("thead", {}, el("tr", {}, head.map((cell, i) => el("th", { scope: "col", class: look(i) }, cell)))),
        el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) => el("td", { class: look(i),
            "data-label": head[i].textContent ?? head[i] }, cell))))));
}

export function blockedButton(label, reason) {
    const id = freshId("reason");
    const words = el("p", { class: "small", id }, icon("lock", "text"), " ", reason);
    const said = el("p", { class: "aside-voice", role: "status" });
    return el("div", { class: "stack" }, button("", label, () => fill(said, reason),
        { "aria-disabled": "true", "aria-describedby": id, icon: "lock" }), words, said);
}
