/**
 * inputs.js - where a stranger puts the file and the proof: dropped, chosen, photographed, scanned, typed.
 *
 *   dropCard({ title, body, held, said, fresh, control: { label, accept, multiple }, take, more })
 *        held: what has been taken, or null; said: why the last was not taken, or ""
 *        fresh: something has just happened here; the focus goes there
 *        take([File]) has the page drawn anew
 */
import { card, el, fill, freshId, input } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";

function heldRow(text, fresh) {
    return el("p", { class: "held", tabindex: "-1", "data-focus": fresh }, icon("check", "text"), el("span", {}, text));
}

/** The browser's own button speaks the browser's language; a label that looks like ours speaks the page's. */
function chooser({ label, ...attributes }, said, fresh) {
    const id = freshId("file");
    const chosen = input({ type: "file", class: "file-input", id, "aria-describedby": `${id}-said`, "aria-invalid": said ? "true" : null,
        "data-focus": fresh && said !== "", ...attributes });
    const parts = [chosen, el("label", { class: "button", for: id }, icon("file"), el("span", {}, label)),
        el("p", { class: "said", id: `${id}-said`, role: "alert" }, said && [icon("warn", "text"), " ", said])];
    return { chosen, field: el("div", { class: "field" }, parts) };
}

export function dropCard({ title, body, held, said, fresh, control, take, more }) {
    const { chosen, field } = chooser(control, said, fresh);
    const busy = el("p", { class: "small", role: "status" });
    const zone = card([el("h2", {}, title), held ? heldRow(held, fresh && !said) : el("p", { class: "small" }, body), field, busy, more],
        { kind: "drop-zone" });

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
