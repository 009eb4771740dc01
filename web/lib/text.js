/*
 * text.js - characters, ids, numbers and times that a statement may hold (protocol section 2).
 *
 *   isAllowed(codePoint), checkCharacters(text) (text.character)
 *   convert(input) -> text    what a person typed, made of allowed characters where that is possible
 *   isId(text), parseNumber(text), parseTime(text) -> seconds since 1970, printTime(seconds)
 *   size(text) -> bytes as UTF-8
 */
import { must, refuse } from "./refusal.js";

/** Ascending; each pair is first and last. */
const ALLOWED = [
    [0x0a, 0x0a],
    [0x20, 0x7e],
    [0xb7, 0xb7],
    [0x2014, 0x2014],
    [0x2018, 0x2019],
    [0x201c, 0x201d],
    [0x2026, 0x2026],
    [0x2460, 0x2473],
    [0x3001, 0x3003],
    [0x3005, 0x3011],
    [0x3014, 0x3017],
    [0x3400, 0x4dbf],
    [0x4e00, 0x9fff],
    [0xff01, 0xff5e],
    [0x20000, 0x2a6df],
    [0x2a700, 0x2ebe0],
    [0x30000, 0x323af],
];

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\+08:00$/;
const ZONE = 8 * 3600;

/** @param {number} codePoint */
export function isAllowed(codePoint) {
    return ALLOWED.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** @param {string} text */
export function checkCharacters(text) {
    let line = 1;
    for (const character of text) {
        const code = /** @type {number} */ (character.codePointAt(0));
        must((code >= 0x20 && code <= 0x7e) || isAllowed(code), "text.character", "", line);
        line += code === 0x0a ? 1 : 0;
    }
}

/**
 * Composes, folds kinds of spaces into one, drops what is invisible. What is left and not allowed
 * stays, so that the page can show it.
 * @param {string} input
 */
export function convert(input) {
    return input
        .replace(/\r\n?/g, "\n")
        .normalize("NFC")
        .replace(/[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ")
        .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]/g, "")
        .replace(/[\u2013\u2015\u2500]/g, "\u2014")
        .replace(/[\u30fb\u2022\u2027]/g, "\u00b7")
        .replace(/ +/g, " ")
        .trim();
}

/** @param {string} text */
export function isId(text) {
    return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}

/** @param {string} text */
export function parseNumber(text) {
    must(/^(?:0|[1-9]\d{0,15})$/.test(text), "text.number");
    const number = Number(text);
    must(Number.isSafeInteger(number), "text.number");
    return number;
}

/** @param {string} text */
export function parseTime(text) {
    const match = TIME.exec(text);
    if (match === null) {
        return refuse("text.time");
    }
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day); // Date.UTC takes year 99 for 1999
    const seconds = date.setUTCHours(hour, minute, second) / 1000 - ZONE;
    must(year >= 1 && printTime(seconds) === text, "text.time");
    return seconds;
}

/** @param {number} seconds since 1970 UTC */
export function printTime(seconds) {
    return `${new Date((seconds + ZONE) * 1000).toISOString().slice(0, 19)}+08:00`;
}

/** @param {string} text @returns {number} bytes as UTF-8 */
export function size(text) {
    return new TextEncoder().encode(text).length;
}
