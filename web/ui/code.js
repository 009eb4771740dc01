/**
 * code.js - codes that people copy, compare and type.
 *
 *   codeGrid(code27)             九宫格: 27 characters in 3 × 3 cells of 3
 *   fingerprintBlock({ title, code26, qr, note })   first 8 large, the other 18 below, QR with all bytes
 *   inEights("7K2M9QXD…")        "7K2M 9QXD": the first 8 in two groups
 *   spelled(code)                "7、K、2、M" for screen readers
 *   plain(typed)                 what was typed, as codes are read: upper case, no spaces or hyphens, I L O mended
 *   digitsBlock("012345678901")  the 12 check digits, in groups of four
 */
import { el } from "./dom.js";
import { qrCode } from "./qr.js";

export function plain(typed) {
    return typed.toUpperCase().replace(/[\s\-‐‑–—]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
}

function groups(code, size) {
    return code.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
}

export function inEights(code) {
    return groups(code.slice(0, 8), 4).join(" ");
}

export function spelled(code) {
    return [...code.replaceAll(" ", "")].join("、");
}

export function codeGrid(code) {
    return el("ol", { class: "grid-nine", dir: "ltr" },
        groups(code.replaceAll("-", ""), 3).map((cell) => el("li", {}, el("span", { "aria-hidden": "true" }, cell),
            el("span", { class: "aside-voice" }, spelled(cell)))));
}

export function fingerprintBlock({ title, code, qr, note }) {
    return el("section", { class: "card document" }, el("div", { class: "rule", "aria-hidden": "true" }),
        el("div", { class: "fingerprint" }, el("h2", {}, title),
            el("p", { class: "fingerprint-first center", role: "img", "aria-label": spelled(code.slice(0, 8)) }, inEights(code)),
            code.length > 8 && el("p", { class: "fingerprint-rest center", "aria-hidden": "true" }, groups(code.slice(8), 4).join(" ")),
            qr && qrCode(qr, title)),
        note && el("p", { class: "small" }, note));
}

export function digitsBlock(digits) {
    return el("p", { class: "digits center", role: "img", "aria-label": spelled(digits) }, groups(digits, 4).join(" "));
}
