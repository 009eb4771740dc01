/**
 * dom.js - makes elements. Text goes in as text only; nothing here reads markup.
 *
 *   el("p", { class: "small", "aria-live": "polite", onclick: press }, "words", node, [more], null)
 *   svg("rect", { width: 3 })        same, in the SVG namespace
 *   fill(parent, ...children)        replaces what stands in parent
 *   button("seal", "投出这张票", press, { icon: "pen" })   kinds: "seal" | "ink" | "" | "quiet"
 *   link("投票", "booth.html")       an <a> that looks like a button when given a kind
 *   rule()                           the 文武线
 *   card([children], {kind})         kind: "" | "needs" | "document" (heads it with a 文武线)
 *   facts([[label, value], …])       key-value list; null rows are left out
 *   field({label, hint, input})      label, hint and message tied to the input; field.say(text)
 *   input({type, code, long, …})     a text input; attributes pass through
 *   progress(done, total, kind)      an 8 px bar, with words beside it left to the caller
 */
import { icon } from "./icon.js";

const SVG = "http://www.w3.org/2000/svg";
let count = 0;

/** A fresh id, for tying labels to what they name. */
export function freshId(word) {
    count += 1;
    return `${word}-${count}`;
}

function put(element, children) {
    for (const child of children.flat(Infinity)) {
        if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
}

function dress(element, attributes) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (name === "value") element.value = value;
        else element.setAttribute(name, value === true ? "" : String(value));
    }
    return element;
}

export function el(name, attributes, ...children) {
    return put(dress(document.createElement(name), attributes), children);
}

export function svg(name, attributes, ...children) {
    return put(dress(document.createElementNS(SVG, name), attributes), children);
}

export function fill(parent, ...children) {
    parent.replaceChildren();
    return put(parent, children);
}

export function button(kind, label, press, options = {}) {
    const { icon: shape, ...attributes } = options;
    return el("button", { type: "button", class: `button ${kind}`.trim(), onclick: press, ...attributes },
        shape && icon(shape), el("span", {}, label));
}

export function textButton(label, press, attributes = {}) {
    return el("button", { type: "button", class: "link", onclick: press, ...attributes }, label);
}

export function link(label, href, kind, options = {}) {
    const { icon: shape, ...attributes } = options;
    const look = kind === undefined ? null : `button ${kind}`.trim();
    return el("a", { href, class: look, ...attributes }, shape && icon(shape), el("span", {}, label));
}

export function rule() {
    return el("div", { class: "rule", "aria-hidden": "true" });
}

export function card(children, options = {}) {
    const { kind = "", tag = "section", ...attributes } = options;
    return el(tag, { class: `card ${kind}`.trim(), ...attributes }, kind === "document" && rule(), children);
}

export function facts(rows) {
    return el("dl", { class: "facts" },
        rows.filter(Boolean).map(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]));
}

export function tag(kind, label, shape) {
    return el("span", { class: `tag ${kind}`.trim() }, shape && icon(shape, "text"), label);
}

export function input(attributes = {}) {
    const { code, long, rows, ...rest } = attributes;
    const look = ["input", code && "code", long && "long"].filter(Boolean).join(" ");
    const quiet = code ? { autocapitalize: "characters", autocomplete: "off", spellcheck: "false" } : {};
    if (rows) return el("textarea", { class: look, rows, ...quiet, ...rest });
    return el("input", { type: "text", class: look, ...quiet, ...rest });
}

/** A labelled input. Its `say(text)` shows what is wrong and says it; `say("")` clears it. */
export function field({ label, hint, input: control }) {
    const id = control.id || freshId("field");
    const hintId = `${id}-hint`;
    const said = el("p", { class: "said", id: `${id}-said`, role: "alert" });
    control.id = id;
    control.setAttribute("aria-describedby", `${hint ? `${hintId} ` : ""}${id}-said`);
    const whole = el("div", { class: "field" }, el("label", { for: id }, label),
        hint && el("p", { class: "caption", id: hintId }, hint), control, said);
    whole.say = (text) => {
        fill(said, text && [icon("warn", "text"), " ", text]);
        if (text) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        if (text) control.focus();
    };
    return whole;
}

/** One of few, as a list of radio buttons. `choices` = [[value, label]]; change(value) on each pick. */
export function choices(legend, name, options, chosen, change) {
    return el("fieldset", { class: "stack" }, el("legend", { class: "label" }, legend),
        options.map(([value, label]) => el("label", { class: "choice" },
            el("input", { type: "radio", name, value, checked: value === chosen, onchange: () => change(value) }),
            el("span", {}, label))));
}

export function progress(done, total, kind = "") {
    const width = total > 0 ? Math.max(0, Math.min(100, (100 * done) / total)) : 0;
    return svg("svg", { class: `bar ${kind}`.trim(), viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "track", width: 100, height: 8 }),
        svg("rect", { class: "filled", width, height: 8 }));
}
