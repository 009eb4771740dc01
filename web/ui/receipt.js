/**
 * receipt.js - the receipt card with its seal impression (visual.md 3, 4).
 *
 *   receiptCard(proof, { title, index, time, rows, ticks, qr, qrSrc, note })
 *       proof: what the verifying function returned (state.js); the seal is drawn for nothing else
 *       rows: [[label, value]] for the key-value list; ticks: texts; qr: text, qrSrc: URL of a PNG of it
 *   sealImpression(index, time)     the turned red square 已入册
 *   receiptPage(hash)               the address of the page that verifies the receipt of a text, by its SHA-256
 */
import { card, el, facts, svg } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { qrCode } from "./qr.js";
import { isProven } from "./state.js";
import { dotted } from "./time.js";

export function receiptPage(hash) {
    return `${location.origin}/receipt.html?text=${hash}`;
}

export function sealImpression(index, time) {
    return svg("svg", { class: "impression", viewBox: "0 0 104 104", role: "img", "aria-label": t("receipt.seal") },
        svg("rect", { x: 4, y: 4, width: 96, height: 96, rx: 3, "stroke-width": 4 }),
        svg("rect", { x: 9, y: 9, width: 86, height: 86, "stroke-width": 1.2 }),
        svg("text", { class: "impression-word", x: 52, y: 47 }, "已入册"),
        svg("text", { class: "impression-entry", x: 52, y: 67 }, `第 ${index} 号`),
        svg("text", { class: "impression-day", x: 52, y: 84 }, dotted(time)));
}

export function ticksList(ticks) {
    return el("ul", { class: "checks" }, ticks.map((text) => el("li", {},
        el("span", { class: "is-done" }, icon("check")), el("span", {}, text))));
}

export function receiptCard(proof, { title, index, time, rows, ticks, qr, qrSrc, note }) {
    if (!isProven(proof)) throw new Error("nothing was verified");
    const code = qrSrc ? el("img", { class: "qr", src: qrSrc, alt: t("receipt.qr"), width: 212, height: 212 })
        : qr && qrCode(qr, t("receipt.qr"));
    return card([
        el("div", { class: "receipt-head" },
            el("div", {}, el("h2", {}, title), el("p", { class: "small" }, t("receipt.entry", { n: index }))),
            sealImpression(index, time)),
        facts(rows), ticks && ticksList(ticks), code, note && el("p", { class: "small center" }, note),
    ], { kind: "document" });
}
