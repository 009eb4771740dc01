/**
 * state.js - the four states of visual.md 1.3, as a line under the title and as a banner.
 *
 *   stateLine("none", "未投", "选择只在这部手机里")
 *   banner("none" | "wait" | "stop", word, sentence)       role=status; takes the focus when shown
 *   verifiedBanner(proof, word, sentence)                   the green one. `proof` is what the verifying
 *        function returned; without one it throws, so that no page can paint green by itself.
 *   proven(thing)   marks a value (an object) as verified; only functions that have just verified call it
 *   isProven(thing)
 */
import { el } from "./dom.js";
import { icon } from "./icon.js";

const SHAPES = { none: "ring", wait: "half", done: "ring-check", stop: "stop" };
const proofs = new WeakSet();

export function proven(thing) {
    proofs.add(thing);
    return thing;
}

export function isProven(thing) {
    return proofs.has(thing);
}

export function stateLine(kind, word, sentence) {
    return el("p", { class: "state-line" }, icon(SHAPES[kind]), el("b", {}, word), el("span", { class: "small" }, sentence));
}

function make(kind, word, sentence, more) {
    // 0.55: Latin letters are about half as wide as Chinese ones.
    const width = [...word].reduce((sum, c) => sum + (c > "\u2fff" ? 1 : 0.55), 0);
    return el("section", { class: `banner ${kind}`, role: "status", "data-focus": "", tabindex: "-1" },
        el("p", { class: `banner-word ${width > 4 ? "long" : ""}`.trim() }, icon(SHAPES[kind]), el("span", {}, word)),
        sentence && el("p", {}, sentence), more);
}

export function banner(kind, word, sentence, more) {
    if (kind === "done") throw new Error("only verifiedBanner shows green");
    return make(kind, word, sentence, more);
}

export function verifiedBanner(proof, word, sentence, more) {
    if (!proofs.has(proof)) throw new Error("nothing was verified");
    return make("done", word, sentence, more);
}
