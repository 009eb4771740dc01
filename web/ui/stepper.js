/**
 * stepper.js - where one is: stepper("核验，然后投出", 3, 4). Not clickable.
 */
import { el } from "./dom.js";
import { t } from "./language.js";

export function stepper(label, step, steps) {
    const bars = Array.from({ length: steps }, (_, i) => el("li", { class: i < step ? "past" : null,
        "aria-current": i + 1 === step ? "step" : null },
        el("span", { class: "aside-voice" }, t("step.of", { step: i + 1, steps }))));
    return el("div", {},
        el("div", { class: "stepper-words" }, el("b", {}, label), el("span", { class: "small" }, t("step.of", { step, steps }))),
        el("ol", { class: "stepper-bars" }, bars));
}
