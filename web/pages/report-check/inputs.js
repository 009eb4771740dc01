/**
 * inputs.js - where a stranger puts the file and the proof: dropped, chosen, photographed, scanned, typed.
 *
 *   dropCard({ title, body, held, said, fresh, control: { label, accept, multiple }, take, more })
 *        held: what has been taken, or null; said: why the last was not taken, or ""
 *        fresh: something has just happened here; the focus goes there
 *        take([File]) has the page drawn anew
 */
import { card, el, field, fill, input } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";

function heldRow(text, fresh) {
    return el("p", { class: "held", tabindex: "-1", "data-focus": fresh }, icon("check", "text"), el("span", {}, text));
}

export function dropCard({ title, body, held, said, fresh, control: { label, ...attributes }, take, more }) {
    const chosen = input({ type: "file", class: "file-input", ...attributes });
    const line = field({ label, input: chosen });
    const busy = el("p", { class: "small", role: "status" });
    const zone = card([el("h2", {}, title), held ? heldRow(held, fresh && !said) : el("p", { class: "small" }, body), line, busy, more],
        { kind: "drop-zone" });
    if (said) line.say(said);
    if (said && fresh) chosen.setAttribute("data-focus", "");

    function put(files) {
        if (files.length === 0) return;
        fill(busy, t("proof.reading"));
        take([...files]);
    }
    const mark = (on) => zone.classList.toggle("over", on);
    chosen.addEventListener("change", () => put(chosen.files));
    zone.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
    zone.addEventListener("dragleave", () => mark(false));
    zone.addEventListener("drop", (event) => {
        event.preventDefault();
        mark(false);
        put(event.dataTransfer.files);
    });
    return zone;
}
