/**
 * pane.js - the document's place in the page: a row to open it, its progress, the viewer, or what is wrong.
 *
 *   const pane = openPane(model, { load, changed })     load() fetches and checks; changed() after each state
 *       pane.element, pane.draw(), pane.relabel()
 *   loadFile(model, pane)       fetches, hashes, opens; model.file = { state, … }
 *       state: "none" | "missing" | "loading" | "ok" | "bad" | "unshown" | "lost" | "noright"
 *
 * On a phone the document opens over the whole screen and leaves to the very place one came from; there
 * the browser's own way back does the same.
 */
import { documentAddress } from "../../api.js";
import { button, card, el, fill, link, progress } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { refusal } from "../../ui/refusal.js";
import { banner } from "../../ui/state.js";
import { readNote, saveNote } from "../../ui/store.js";
import { fetchFile } from "./file.js";
import { sizeText } from "./more.js";
import { openSource, prepareSource } from "./source.js";
import { openViewer } from "./viewer.js";

const root = document.documentElement;
const seenName = ({ pin, me, status }) => `report seen ${pin.vkey} ${status.file} ${me.person}`;

export function openPane(model, { load, changed }) {
    const element = el("div", { class: "stack file-pane" });
    const row = el("div", { class: "file-row" });
    const pane = { element, row, viewer: null, draw, relabel, opened, changed, leave };
    let place = 0;
    addEventListener("popstate", leave);
    addEventListener("keydown", ({ key }) => { if (key === "Escape" && root.classList.contains("reading")) history.back(); });
    return pane;

    function relabel() {
        pane.viewer?.relabel();
        draw();
    }
    function draw() {
        fill(row, rowView());
        if (!pane.viewer) fill(element, row);
        else if (!element.contains(pane.viewer.element)) fill(element, row, pane.viewer.element);
    }
    function rowView() {
        const { file, status } = model;
        if (file.state === "ok") return openRow(t("report.pages", { format: status.format, of: file.count, size: sizeText(status.size) }), enter);
        if (file.state === "loading") return loadingCard(file);
        if (file.state === "none") return openRow(t("report.bytes", { format: status.format, size: sizeText(status.size) }), load);
        if (file.state === "lost") return [refusal(file.error, { label: t("do.again"), press: load })];
        const more = file.state === "unshown" && el("p", {}, link(t("report.file.save"), documentAddress(status.file), "quiet narrow", { icon: "save" }));
        const kind = file.state === "bad" ? "stop" : "wait";
        const word = file.state === "noright" ? t("report.noright") : t(`report.file.${file.state}`);
        return banner(kind, word, t(file.state === "noright" ? "report.file.private" : `report.file.${file.state}.body`, { detail: file.detail ?? "" }), more);
    }
    function openRow(what, press) {
        const { seen, file } = model;
        return el("button", { type: "button", class: "card open-row", onclick: press }, icon("file"), el("span", {}, el("b", {}, t("report.open")),
            el("span", { class: "small block" }, what), file.state === "ok" && el("span", { class: "small block" }, t("report.seen", { n: seen.size, of: file.count }))),
            icon("arrow"));
    }
    function opened(viewer) {
        pane.viewer = viewer;
        draw();
        viewer.settle();
    }
    function enter() {
        place = scrollY;
        pane.viewer.element.classList.add("full");
        root.classList.add("reading");
        setAlone(pane.viewer.element, true);
        history.pushState({ reading: true }, "");
        pane.viewer.settle();
        pane.viewer.element.querySelector(".pages-of-file").focus();
    }
    function leave() {
        if (!root.classList.contains("reading")) return;
        pane.viewer.element.classList.remove("full");
        root.classList.remove("reading");
        setAlone(pane.viewer.element, false);
        scrollTo(0, place);
        row.querySelector("button")?.focus({ preventScroll: true });
    }
}

function loadingCard({ done, total }) {
    return card([el("p", { role: "status" }, t("report.file.loading", { done: sizeText(done), of: sizeText(total) })), progress(done, total)]);
}

/** Everything beside the element and its ancestors is out of reach, or within it again. */
function setAlone(element, on) {
    for (let at = element; at !== document.body; at = at.parentElement) {
        for (const other of at.parentElement.children) if (other !== at) other.inert = on;
    }
}

/** Seen pages are remembered for this very file, so for this version. */
async function recallSeen(model) {
    model.seen = new Set(await readNote(seenName(model)));
    return () => saveNote(seenName(model), [...model.seen].sort((a, b) => a - b));
}

async function check(model, pane) {
    const { status } = model;
    let painted = 0;
    performance.mark("report.fetch");
    prepareSource(status.format);
    const { bytes, hash, isSame } = await fetchFile(status, (done, total) => {
        Object.assign(model.file, { done, total });
        if (performance.now() - painted < 100) return;
        painted = performance.now();
        pane.draw();
    });
    performance.mark("report.hashed");
    if (!isSame) return { state: "bad" };
    const source = await openSource(bytes, status.format).catch((error) => ({ detail: error.message }));
    return source.count ? { state: "ok", hash, source, count: source.count } : { state: "unshown", detail: source.detail };
}

function stateAfter(error) {
    if (error.status === 403 || error.status === 401) return { state: "noright" };
    if (error.status === 404) return { state: "missing" };
    return { state: "lost", error };
}

export async function loadFile(model, pane) {
    model.file = { state: "loading", done: 0, total: model.status.size };
    pane.draw();
    pane.changed();
    const remember = await recallSeen(model);
    model.file = await check(model, pane).catch(stateAfter);
    if (model.file.state === "ok") {
        const tell = () => { remember(); pane.draw(); pane.changed(); };
        pane.opened(openViewer(model.file.source, { seen: model.seen, tell, close: () => history.back() }));
    }
    pane.draw();
    pane.changed();
}
