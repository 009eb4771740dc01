/*
 * receipt.js - a proof that an entry stands in the log, verified without asking anybody
 * (log-formats 3.7, protocol section 9).
 *
 *   parseReceipt(bytes) -> { entry, index, path, checkpoint }    receipt.form
 *   verifyReceipt(bytes, vkey) -> { entry: bytes, time, note, index, checkpoint }
 *                              receipt.form, checkpoint.*, merkle.inclusion, entry.*
 *   printReceipt({ entry, index, path, checkpoint })
 *
 * Whoever holds a receipt compares its note with the own one: the entry in `extra` proves nothing
 * but that this very entry is in the log.
 */
import { base64, base64Decode, base64Fixed, concat, utf8, utf8Decode } from "./bytes.js";
import { openCheckpoint } from "./checkpoint.js";
import { parseEntry } from "./entry.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { Refusal, must, refuse } from "./refusal.js";
import { parseNumber } from "./text.js";

const FIRST = "c2sp.org/tlog-proof@v1";

/**
 * @typedef {{ entry: Uint8Array, index: number, path: Uint8Array[], checkpoint: Uint8Array }} Receipt
 */

/** @param {string} text @returns {Receipt} */
function readText(text) {
    const blank = text.indexOf("\n\n");
    must(blank >= 0, "receipt.form");
    const [first, extra, index, ...hashes] = text.slice(0, blank).split("\n");
    must(first === FIRST && extra?.startsWith("extra "), "receipt.form");
    must(index?.startsWith("index ") && hashes.length <= 63, "receipt.form");
    return {
        entry: base64Decode(extra.slice(6)),
        index: parseNumber(index.slice(6)),
        path: hashes.map((hash) => base64Fixed(hash, 32)),
        checkpoint: utf8(text.slice(blank + 2)),
    };
}

/** @param {Uint8Array} bytes */
export function parseReceipt(bytes) {
    try {
        return readText(utf8Decode(bytes));
    } catch (error) {
        if (error instanceof Refusal) {
            refuse("receipt.form");
        }
        throw error;
    }
}

/** @param {Receipt} receipt */
export function printReceipt({ entry, index, path, checkpoint }) {
    const lines = [FIRST, `extra ${base64(entry)}`, `index ${index}`, ...path.map(base64), "", ""];
    return concat(utf8(lines.join("\n")), checkpoint);
}

/**
 * @param {Uint8Array} bytes
 * @param {import("./checkpoint.js").VerifierKey} log
 */
export function verifyReceipt(bytes, log) {
    const { entry, index, path, checkpoint: note } = parseReceipt(bytes);
    const checkpoint = openCheckpoint(note, log);
    verifyInclusion(leafHash(entry), index, checkpoint.size, checkpoint.root, path);
    return { entry, index, checkpoint, ...parseEntry(entry) };
}
