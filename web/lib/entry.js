/*
 * entry.js - what the log holds: a time line and a note (protocol section 9).
 *
 *   parseEntry(bytes) -> { time, note }       entry.size, entry.form, entry.time
 *   makeEntry(time, note) -> bytes
 */
import { concat, utf8 } from "./bytes.js";
import { Refusal, must, refuse } from "./refusal.js";
import { parseTime, printTime } from "./text.js";

const ENTRY_MAX = 65535;
const PREFIX = "xiling/entry/v1 ";
const HEAD = PREFIX.length + 26;

/** @param {Uint8Array} bytes */
export function parseEntry(bytes) {
    must(bytes.length <= ENTRY_MAX, "entry.size");
    must(bytes.length > HEAD, "entry.form");
    const head = String.fromCharCode(...bytes.subarray(0, HEAD));
    must(head.startsWith(PREFIX) && head.endsWith("\n"), "entry.form");
    return { time: readTime(head.slice(PREFIX.length, -1)), note: bytes.slice(HEAD) };
}

/** @param {string} text */
function readTime(text) {
    try {
        const time = parseTime(text);
        must(time >= 0, "entry.time");
        return time;
    } catch (error) {
        if (error instanceof Refusal) {
            return refuse("entry.time");
        }
        throw error;
    }
}

/** @param {number} time seconds since 1970 @param {Uint8Array} note */
export function makeEntry(time, note) {
    const entry = concat(utf8(`${PREFIX}${printTime(time)}\n`), note);
    must(entry.length <= ENTRY_MAX, "entry.size");
    return entry;
}
