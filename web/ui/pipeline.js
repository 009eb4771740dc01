/**
 * pipeline.js - the steps of a procedure on a line; on a phone, down the page (visual.md 4).
 *
 *   pipeline([{ name, state: "done" | "now" | "next", when }], label)
 *   roll([{ name, state: "done" | "none", more }])     people in a grid, who is there with a tick
 */
import { el, svg } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./language.js";

function mark(state, number) {
    return svg("svg", { class: `step-mark ${state}`, viewBox: "0 0 40 40", "aria-hidden": "true" },
        state === "now" && svg("circle", { class: "halo", cx: 20, cy: 20, r: 20 }),
        svg("circle", { class: "disc", cx: 20, cy: 20, r: 14.5 }),
        state === "done" ? svg("path", { class: "tick", d: "M14 20.5L18.5 25L26.5 15.5" })
            : svg("text", { x: 20, y: 25.5 }, String(number)));
}

export function pipeline(steps, label) {
    return el("ol", { class: "pipeline", "aria-label": label }, steps.map(({ name, state, when }, i) =>
        el("li", { class: state, "aria-current": state === "now" ? "step" : null }, mark(state, i + 1),
            el("span", { class: "step-name" }, name, el("span", { class: "aside-voice" }, ` ${t(`state.${state}`)}`)),
            el("span", { class: "step-when" }, when ?? ""))));
}

export function roll(people) {
    return el("ul", { class: "roll" }, people.map(({ name, state, more }) => el("li", { class: state },
        el("span", { class: state === "done" ? "is-done" : null }, icon(state === "done" ? "ring-check" : "ring"),
            el("span", { class: "aside-voice" }, t(`state.${state}`))),
        el("span", {}, el("span", { lang: "zh" }, name), more && el("span", { class: "caption" }, more)))));
}
