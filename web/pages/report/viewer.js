/**
 * viewer.js - the document in the page: only the pages near the eye are drawn, however many there are.
 *
 *   const viewer = openViewer(source, { seen, tell, close })
 *       viewer.element        put it into the page; it may be taken out and put back
 *       viewer.relabel()      in the language of now
 *       viewer.settle()       after it has become visible, or its width has changed
 *       seen: Set of pages looked at before; tell() when it has grown; close() leaves the full screen
 *
 * A page counts as seen when its middle has stood in view, drawn, for a moment.
 */
import { button, el, fill } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";

const NEAR = 2;
const KEPT = 6;
const LOOK = 600;
const ZOOMS = [50, 67, 80, 100, 125, 150, 200, 300];
const PIXELS = 16e6;
const GAP = 16;

/** One page: a box of its size from the start, a canvas in it while it is near. */
function makeSheet(n) {
    const words = el("div", { class: "aside-voice" });
    const box = el("div", { class: "sheet-of-file", role: "group" }, words);
    return { n, box, words, size: null, canvas: null, task: null, drawn: 0, since: 0 };
}

export function openViewer(source, { seen, tell, close }) {
    const sheets = Array.from({ length: source.count }, (_, i) => makeSheet(i + 1));
    const scroller = el("div", { class: "pages-of-file", tabindex: "0", role: "region", onscroll: () => plan() });
    const bar = el("div", { class: "viewer-bar" });
    const element = el("section", { class: "viewer" }, bar, scroller);
    const state = { zoom: 100, fallback: { width: 794, height: 1123 }, current: 1, timer: 0, queue: Promise.resolve(), serial: 0 };
    const where = el("input", { class: "input page-number", type: "text", inputmode: "numeric", onchange: jump });
    const percent = el("span", { class: "zoom-word" });

    if (source.text === undefined) scroller.append(...sheets.map(({ box }) => box));
    else scroller.append(el("pre", { class: "text-of-file" }, source.text));
    new ResizeObserver(() => settle()).observe(scroller);
    relabel();
    learnFirst();
    return { element, relabel, settle, get current() { return state.current; } };

    /* --- the bar --- */

    function relabel() {
        scroller.setAttribute("aria-label", t("report.document"));
        sheets.forEach(({ n, box }) => box.setAttribute("aria-label", t("report.page", { n, of: source.count })));
        where.setAttribute("aria-label", t("report.page.go"));
        const step = (by, label, shape) => el("button", { type: "button", class: "tool", "aria-label": label, onclick: () => zoom(by) }, shape);
        fill(bar, el("span", { class: "viewer-head" }, button("quiet narrow viewer-close", t("report.close"), close),
            el("span", { class: "tag done" }, icon("check", "text"), el("span", {}, t("report.file.ok")))),
        source.text === undefined && el("span", { class: "viewer-tools" },
            el("span", { class: "row page-words" }, t("report.page.before"), where, t("report.page.after", { of: source.count })),
            el("span", { class: "row zoom" }, step(-1, t("report.zoom.out"), icon("minus")), percent, step(1, t("report.zoom.in"), "＋"))));
        say();
    }
    function say() {
        percent.textContent = `${state.zoom} %`;
        if (document.activeElement !== where) where.value = String(state.current);
    }
    function zoom(by) {
        const at = ZOOMS.indexOf(state.zoom) + by;
        if (at < 0 || at >= ZOOMS.length) return;
        const share = scroller.scrollTop / Math.max(1, scroller.scrollHeight);
        state.zoom = ZOOMS[at];
        settle();
        scroller.scrollTop = share * scroller.scrollHeight;
    }
    function jump() {
        const n = Number(where.value);
        if (Number.isInteger(n) && n >= 1 && n <= source.count) scroller.scrollTop = sheets[n - 1].box.offsetTop - GAP;
        plan();
    }

    /* --- sizes --- */

    async function learnFirst() {
        if (source.text !== undefined) return watch();
        state.fallback = sheets[0].size = await source.size(1);
        return settle();
    }
    /** Fits the width at 100 %; never larger than twice the natural size. */
    function scaleOf({ width }) {
        return Math.min(2, Math.max(0.1, (scroller.clientWidth - 2 * GAP) / width)) * (state.zoom / 100);
    }
    function settle() {
        if (!scroller.clientWidth) return;
        if (source.text === undefined) sheets.forEach(measure);
        plan();
        say();
    }
    function measure(sheet) {
        const size = sheet.size ?? state.fallback;
        const scale = scaleOf(size);
        sheet.box.style.width = `${Math.round(size.width * scale)}px`;
        sheet.box.style.height = `${Math.round(size.height * scale)}px`;
    }

    /* --- drawing --- */

    function plan() {
        clearTimeout(state.timer);
        state.timer = setTimeout(watch, 80);
    }
    function middle() {
        return scroller.scrollTop + scroller.clientHeight / 2;
    }
    function findCurrent() {
        let low = 0;
        let high = sheets.length - 1;
        while (low < high) {
            const at = (low + high + 1) >> 1;
            if (sheets[at].box.offsetTop - GAP <= middle()) low = at;
            else high = at - 1;
        }
        return low + 1;
    }
    function watch() {
        if (!scroller.isConnected || !scroller.clientHeight) return;
        if (source.text !== undefined) return note(sheets[0], true);
        state.current = findCurrent();
        say();
        const wanted = nearest();
        sheets.forEach((sheet) => { if (Math.abs(sheet.n - state.current) > KEPT) drop(sheet); });
        const serial = (state.serial += 1);
        state.queue = state.queue.then(() => drawAll(wanted, serial)).catch(() => {});
        inView().forEach((sheet) => note(sheet, sheet.drawn > 0));
    }
    function nearest() {
        const from = Math.max(1, state.current - NEAR);
        const to = Math.min(source.count, state.current + NEAR);
        return sheets.slice(from - 1, to).sort((a, b) => Math.abs(a.n - state.current) - Math.abs(b.n - state.current));
    }
    /** One at a time, the nearest first; a newer plan ends an older one. */
    async function drawAll(wanted, serial) {
        for (const sheet of wanted) {
            if (serial !== state.serial) return;
            await draw(sheet);
        }
    }
    async function draw(sheet) {
        sheet.size ??= await source.size(sheet.n);
        measure(sheet);
        const scale = scaleOf(sheet.size);
        if (sheet.drawn === scale) return;
        const dense = Math.min(devicePixelRatio || 1, Math.sqrt(PIXELS / (sheet.size.width * sheet.size.height * scale * scale)));
        const canvas = el("canvas", { "aria-hidden": "true" });
        sheet.task = source.draw(sheet.n, canvas, scale * dense);
        await sheet.task.done;
        if (sheet.canvas) sheet.canvas.replaceWith(canvas);
        else sheet.box.append(canvas);
        Object.assign(sheet, { canvas, drawn: scale, task: null });
        performance.mark(`report.page.${sheet.n}`);
        if (!sheet.words.textContent) sheet.words.textContent = await source.words(sheet.n);
        plan();
    }
    function drop(sheet) {
        sheet.task?.cancel();
        if (!sheet.canvas) return;
        sheet.canvas.width = 0;
        sheet.canvas.remove();
        Object.assign(sheet, { canvas: null, drawn: 0, task: null, since: 0 });
    }

    /* --- what has been seen --- */

    function inView() {
        const [top, bottom] = [scroller.scrollTop, scroller.scrollTop + scroller.clientHeight];
        return sheets.filter((sheet) => {
            const centre = sheet.box.offsetTop + sheet.box.offsetHeight / 2;
            const isIn = centre >= top && centre <= bottom;
            if (!isIn) sheet.since = 0;
            return isIn;
        });
    }
    function note(sheet, isDrawn) {
        if (!isDrawn || seen.has(sheet.n)) return;
        const now = performance.now();
        sheet.since ||= now;
        if (now - sheet.since < LOOK) {
            clearTimeout(state.timer);
            state.timer = setTimeout(watch, LOOK - (now - sheet.since) + 20);
            return;
        }
        seen.add(sheet.n);
        tell();
    }
}
