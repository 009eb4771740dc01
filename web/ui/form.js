/**
 * form.js - what a person fills in before a text is made of it; kept in this tab while it is typed, so
 * that neither a reload nor another language nor a refusal loses a word.
 *
 *   makeForm(name, rows, { title, kind })
 *       rows: [name, control, { label, hint, field }] or a node that stands between them
 *             control: an input, a select, or a fieldset of inputs; field: the label of the statement's
 *             field it fills, so that a refusal of that field is shown at it
 *     form.read(name)     what was typed, as statements may hold it      form.raw(name)   as typed
 *     form.picked(name)   values of what is checked                      form.say(name, text)
 *     form.onRefresh(call)   on each change      form.mark(problem)   shows a refusal at its field
 *     form.forget()       once it is signed      form.row(name)   the whole field
 *   checks(name, legend, [{ value, label, note }], chosen)   checkboxes; radios(…) the same, one of them
 *     set.block(value, why)   cannot be chosen, and why ("": can be)      set.only(values)   shows these alone
 *   select(options, chosen, labelOf)      wanting(key, values)   an Error with the words why not yet
 */
import { convert, isAllowed } from "../lib/text.js";
import { el, field, freshId, input } from "./dom.js";
import { icon } from "./icon.js";
import { pick, t } from "./language.js";

const KEPT = "xiling.typed ";

export function wanting(key, values) {
    return Object.assign(new Error(key), { say: t(key, values) });
}

function recall(name) {
    try {
        return JSON.parse(sessionStorage.getItem(KEPT + name)) ?? {};
    } catch {
        return {};
    }
}

function remember(name, values) {
    try {
        sessionStorage.setItem(KEPT + name, JSON.stringify(values));
    } catch {
        // a tab without storage still takes what is typed
    }
}

export function forgetTyped(name) {
    try {
        sessionStorage.removeItem(KEPT + name);
    } catch {
        // nothing was kept
    }
}

/** What cannot stand in a statement is named, not dropped: nobody signs other words than were meant. */
function readText(typed) {
    const text = convert(typed.replaceAll("\n", " "));
    const bad = new Set([...text].filter((character) => !isAllowed(character.codePointAt(0))));
    if (bad.size > 0) throw wanting("form.character", { list: [...bad].join(" ") });
    return text;
}

const boxesOf = (control) => [...control.querySelectorAll("input")];

function restore(control, held) {
    if (held === undefined || control.type === "file") return;
    if (control.tagName !== "FIELDSET") control.value = held;
    else boxesOf(control).forEach((box) => { box.checked = held.includes(box.value) && !box.disabled; });
}

function valueOf(control) {
    return control.tagName === "FIELDSET" ? boxesOf(control).filter(({ checked }) => checked).map(({ value }) => value) : control.value;
}

/** The statement's own word for a field that is at fault is enough to find it here. */
function marker(rows) {
    return (problem) => {
        const row = problem?.field && rows.find(({ options }) => options.field === problem.field);
        row?.whole.say?.(pick(problem.what) ?? problem.rule);
        return Boolean(row);
    };
}

export function makeForm(name, content, { title, kind } = {}) {
    const held = recall(name);
    const rows = [];
    const controls = new Map();
    const form = el("section", { class: `card ${kind ?? ""}`.trim() }, title && el("h2", {}, title), content.filter(Boolean).map((part) => {
        if (!Array.isArray(part)) return part;
        const [key, control, options = {}] = part;
        restore(control, held[key]);
        const whole = control.tagName === "FIELDSET" ? control : field({ label: options.label, hint: options.hint, input: control });
        rows.push({ key, control, options, whole });
        controls.set(key, control);
        return whole;
    }));
    const keep = () => remember(name, Object.fromEntries(rows.filter(({ control }) => control.type !== "file" && control.type !== "password")
        .map(({ key, control }) => [key, valueOf(control)])));
    form.addEventListener("input", (event) => {
        rows.find(({ control }) => control.contains(event.target))?.whole.quiet?.();
        keep();
    });
    Object.assign(form, { read: (key) => readText(controls.get(key).value), raw: (key) => controls.get(key).value, picked: (key) => valueOf(controls.get(key)),
        say: (key, text) => rows.find((row) => row.key === key).whole.say(text), row: (key) => rows.find((row) => row.key === key).whole,
        onRefresh: (call) => form.addEventListener("input", call), mark: marker(rows), forget: () => forgetTyped(name), keep });
    return form;
}

function box(type, name, { value, label, note }, chosen) {
    const control = el("input", { type, name, value, checked: chosen.includes(value) });
    return el("div", { class: "pick" }, el("label", { class: "choice" }, control, el("span", {}, label)), note && el("p", { class: "small pick-note" }, note));
}

/** Why this one cannot be chosen, or "" if it can; what was chosen and is blocked now is chosen no more. */
function blockBox(row, why) {
    const control = row.querySelector("input");
    row.querySelector(".pick-why")?.remove();
    row.classList.toggle("blocked", why !== "");
    control.disabled = why !== "";
    control.removeAttribute("aria-describedby");
    if (why === "") return;
    control.checked = false;
    const id = freshId("why");
    row.append(el("p", { class: "small pick-note pick-why", id }, icon("lock", "text"), " ", why));
    control.setAttribute("aria-describedby", id);
}

function boxes(type, name, legend, options, chosen) {
    const said = el("p", { class: "said", role: "alert" });
    const set = el("fieldset", { class: "stack" }, el("legend", { class: "label" }, legend),
        el("div", { class: "pick-list" }, options.map((option) => box(type, name, option, chosen))), said);
    const rowOf = (value) => boxesOf(set).find((one) => one.value === value).closest(".pick");
    set.block = (value, why) => blockBox(rowOf(value), why);
    set.only = (values) => boxesOf(set).forEach((one) => {
        one.closest(".pick").hidden = !values.includes(one.value);
        one.checked = one.checked && values.includes(one.value);
    });
    set.say = (text) => said.replaceChildren(...(text ? [icon("warn", "text"), ` ${text}`] : []));
    set.quiet = () => set.say("");
    return set;
}

export const checks = (name, legend, options, chosen = []) => boxes("checkbox", name, legend, options, chosen);
export const radios = (name, legend, options, chosen = []) => boxes("radio", name, legend, options, chosen);

export function select(options, chosen, labelOf = (id) => id) {
    return el("select", { class: "input" }, options.map((id) => el("option", { value: id, selected: id === chosen }, labelOf(id))));
}

/** A few lines of words, such as a reason. */
export const words = (attributes = {}) => input({ rows: 3, lang: "zh", ...attributes });
