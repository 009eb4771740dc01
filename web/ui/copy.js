/**
 * copy.js - a text put where the person can paste it, on every browser.
 *
 *   copyButton(label, () => text, place)   → nodes: the button and what it says
 *        place: the element that shows the text. Where the browser gives pages no clipboard (some built into
 *        other apps, and pages without TLS) it is selected instead, for the browser's own menu.
 */
import { el, fill, textButton } from "./dom.js";
import { t } from "./language.js";

function select(place) {
    const range = document.createRange();
    range.selectNodeContents(place);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
}

async function write(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

export function copyButton(label, text, place) {
    const said = el("span", { class: "small", role: "status" });
    const press = textButton(label, async () => {
        const done = await write(text());
        if (!done) select(place);
        fill(said, t(done ? "do.copied" : "do.selected"));
    });
    return el("span", { class: "row" }, press, said);
}
