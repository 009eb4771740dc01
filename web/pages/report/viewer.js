/**
 * viewer.js - the document in the page: only the pages near the eye are drawn, however many there are.
 *
 *   const viewer = openViewer(source, { seen, tell, close })      source: see source.js
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

class Viewer {
    constructor(source, { seen, tell, close }) {
        Object.assign(this, { source, seen, tell, close, zoom: 100, fallback: { width: 794, height: 1123 }, current: 1, timer: 0, serial: 0 });
        this.queue = Promise.resolve();
        this.isDrawn = source.text === undefined;
        this.sheets = Array.from({ length: source.count }, (_, i) => makeSheet(i + 1));
        this.scroller = el("div", { class: "pages-of-file", tabindex: "0", role: "region", onscroll: () => this.plan() });
        this.bar = el("div", { class: "viewer-bar" });
        this.element = el("section", { class: "viewer" }, this.bar, this.scroller);
        this.where = el("input", { class: "input page-number", type: "text", inputmode: "numeric", onchange: () => this.jump() });
        this.percent = el("span", { class: "zoom-word" });
        if (this.isDrawn) this.scroller.append(...this.sheets.map(({ box }) => box));
        else this.scroller.append(el("pre", { class: "text-of-file" }, source.text));
        new ResizeObserver(() => this.settle()).observe(this.scroller);
        this.relabel();
    }
    /** Until a page has been opened, it is taken to be as large as the first. */
    async begin() {
        if (!this.isDrawn) return this.watch();
        this.fallback = this.sheets[0].size = await this.source.size(1);
        return this.settle();
    }

    /* --- the bar --- */

    relabel() {
        const of = this.source.count;
        this.scroller.setAttribute("aria-label", t("report.document"));
        this.sheets.forEach(({ n, box }) => box.setAttribute("aria-label", t("report.page", { n, of })));
        this.where.setAttribute("aria-label", t("report.page.go"));
        fill(this.bar, el("span", { class: "viewer-head" }, button("quiet narrow viewer-close", t("report.close"), this.close),
            el("span", { class: "tag done" }, icon("check", "text"), el("span", {}, t("report.file.ok")))), this.isDrawn && this.tools(of));
        this.say();
    }
    tools(of) {
        const step = (by, label, shape) => el("button", { type: "button", class: "tool", "aria-label": label, onclick: () => this.enlarge(by) }, shape);
        return el("span", { class: "viewer-tools" },
            el("span", { class: "row page-words" }, t("report.page.before"), this.where, t("report.page.after", { of })),
            el("span", { class: "row zoom" }, step(-1, t("report.zoom.out"), icon("minus")), this.percent, step(1, t("report.zoom.in"), "＋")));
    }
    say() {
        this.percent.textContent = `${this.zoom} %`;
        if (document.activeElement !== this.where) this.where.value = String(this.current);
    }
    /** The place in the document stays. */
    enlarge(by) {
        const { scroller } = this;
        const at = ZOOMS.indexOf(this.zoom) + by;
        if (at < 0 || at >= ZOOMS.length) return;
        const share = scroller.scrollTop / Math.max(1, scroller.scrollHeight);
        this.zoom = ZOOMS[at];
        this.settle();
        scroller.scrollTop = share * scroller.scrollHeight;
    }
    jump() {
        const n = Number(this.where.value);
        if (Number.isInteger(n) && n >= 1 && n <= this.source.count) this.scroller.scrollTop = this.sheets[n - 1].box.offsetTop - GAP;
        this.plan();
    }

    /* --- sizes --- */

    /** Fits the width at 100 %; never larger than twice the natural size. */
    scaleOf({ width }) {
        return Math.min(2, Math.max(0.1, (this.scroller.clientWidth - 2 * GAP) / width)) * (this.zoom / 100);
    }
    settle() {
        if (!this.scroller.clientWidth) return;
        if (this.isDrawn) this.sheets.forEach((sheet) => this.measure(sheet));
        this.plan();
        this.say();
    }
    measure(sheet) {
        const size = sheet.size ?? this.fallback;
        const scale = this.scaleOf(size);
        sheet.box.style.width = `${Math.round(size.width * scale)}px`;
        sheet.box.style.height = `${Math.round(size.height * scale)}px`;
    }

    /* --- drawing --- */

    plan(after = 80) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.watch(), after);
    }
    /** The page in the middle of the view, among sheets that stand in order. */
    findCurrent() {
        const middle = this.scroller.scrollTop + this.scroller.clientHeight / 2;
        let [low, high] = [0, this.sheets.length - 1];
        while (low < high) {
            const at = (low + high + 1) >> 1;
            if (this.sheets[at].box.offsetTop - GAP <= middle) low = at;
            else high = at - 1;
        }
        return low + 1;
    }
    watch() {
        const { scroller, sheets } = this;
        if (!scroller.isConnected || !scroller.clientHeight) return;
        if (!this.isDrawn) {
            this.note(sheets[0], true);
            return;
        }
        this.current = this.findCurrent();
        this.say();
        sheets.forEach((sheet) => { if (Math.abs(sheet.n - this.current) > KEPT) this.drop(sheet); });
        const [wanted, serial] = [this.nearest(), (this.serial += 1)];
        this.queue = this.queue.then(() => this.drawAll(wanted, serial)).catch(() => {});
        this.inView().forEach((sheet) => this.note(sheet, sheet.drawn > 0));
    }
    nearest() {
        const far = ({ n }) => Math.abs(n - this.current);
        return this.sheets.filter((sheet) => far(sheet) <= NEAR).sort((a, b) => far(a) - far(b));
    }
    /** One at a time, the nearest first; a newer plan ends an older one. */
    async drawAll(wanted, serial) {
        for (const sheet of wanted) {
            if (serial !== this.serial) return;
            await this.draw(sheet);
        }
    }
    async draw(sheet) {
        sheet.size ??= await this.source.size(sheet.n);
        this.measure(sheet);
        const scale = this.scaleOf(sheet.size);
        if (sheet.drawn === scale) return;
        const dense = Math.min(devicePixelRatio || 1, Math.sqrt(PIXELS / (sheet.size.width * sheet.size.height * scale * scale)));
        const canvas = el("canvas", { "aria-hidden": "true" });
        sheet.task = this.source.draw(sheet.n, canvas, scale * dense);
        await sheet.task.done;
        if (sheet.canvas) sheet.canvas.replaceWith(canvas);
        else sheet.box.append(canvas);
        Object.assign(sheet, { canvas, drawn: scale, task: null });
        performance.mark(`report.page.${sheet.n}`);
        if (!sheet.words.textContent) sheet.words.textContent = await this.source.words(sheet.n);
        this.plan();
    }
    drop(sheet) {
        sheet.task?.cancel();
        if (!sheet.canvas) return;
        sheet.canvas.width = 0;
        sheet.canvas.remove();
        Object.assign(sheet, { canvas: null, drawn: 0, task: null, since: 0 });
    }

    /* --- what has been seen --- */

    inView() {
        const [top, bottom] = [this.scroller.scrollTop, this.scroller.scrollTop + this.scroller.clientHeight];
        return this.sheets.filter((sheet) => {
            const centre = sheet.box.offsetTop + sheet.box.offsetHeight / 2;
            const isIn = centre >= top && centre <= bottom;
            if (!isIn) sheet.since = 0;
            return isIn;
        });
    }
    note(sheet, isShown) {
        if (!isShown || this.seen.has(sheet.n)) return;
        const now = performance.now();
        sheet.since ||= now;
        const rest = LOOK - (now - sheet.since);
        if (rest > 0) {
            this.plan(rest + 20);
            return;
        }
        this.seen.add(sheet.n);
        this.tell();
    }
}

export function openViewer(source, calls) {
    const viewer = new Viewer(source, calls);
    viewer.begin();
    return viewer;
}
