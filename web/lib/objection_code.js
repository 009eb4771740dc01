/*
 * objection_code.js - the receipt code of an objection: a key code, shown in nine groups of three.
 *
 *   printReceiptCode(16 bytes)  "XVZ 9K9 J6…"
 *   receiptRows(16 bytes)       three rows of three groups, for a page or a picture
 *   readReceiptCode(typed)      16 bytes; code.length, code.character, code.check, code.padding
 *
 * The groups are display only: whoever types may leave them out, write hyphens, small letters or full
 * width, or I and L for 1 and O for 0. Protocol section 4.
 */
import { keyCodeParse, keyCodePrint } from "./code.js";
import { halfWidth } from "./id_number.js";

/** @param {Uint8Array} code @returns {string[]} */
const groupsOf = (code) => keyCodePrint(code).replaceAll("-", "").match(/.{3}/g) ?? [];

/** @param {Uint8Array} code */
export function printReceiptCode(code) {
    return groupsOf(code).join(" ");
}

/** @param {Uint8Array} code */
export function receiptRows(code) {
    const groups = groupsOf(code);
    return [0, 3, 6].map((at) => groups.slice(at, at + 3).join(" "));
}

/** @param {string} typed */
export function readReceiptCode(typed) {
    return keyCodeParse(halfWidth(typed).replace(/[‐‑–—－ー]/g, "-"));
}
