/*
 * evidence.js - many entries under one checkpoint, verified without asking anybody (protocol
 * section 9; the format stands in audit/log/evidence.h).
 *
 *   parseEvidence(bytes) -> { entries: [{ index, entry, path }], checkpoint }
 *                        evidence.size, .form, .table, .position, .order
 *   verifyEvidence(bytes, vkey) -> { entries: [{ index, entry }], checkpoint }
 *                        also checkpoint.*, merkle.inclusion (at: the entry, counted from 1)
 *   printEvidence({ entries, checkpoint }) -> bytes
 *
 * An `entry` is the log's bytes (entry.js), a `path` is hashes, the leaf's sibling first.
 */
import { base64, base64Fixed, concat, key, utf8, utf8Decode } from "./bytes.js";
import { openCheckpoint } from "./checkpoint.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { Refusal, must, refuse } from "./refusal.js";
import { parseNumber } from "./text.js";

export const EVIDENCE_MAX = 1 << 20;
const FIRST = "xiling/evidence/v1";
const ENTRIES_MAX = 256;
const HASHES_MAX = 2048;
const PATH_MAX = 63;
const LF = 10;

/**
 * @typedef {{ index: number, entry: Uint8Array, path: Uint8Array[] }} Proved
 * @typedef {{ entries: Proved[], checkpoint: Uint8Array }} Evidence
 */

/** What is left to read of a text. */
class Reader {
    /** @param {Uint8Array} bytes */
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    /** The line before the next LF; undefined if there is none, or if it is not UTF-8. */
    line() {
        const end = this.bytes.indexOf(LF, this.at);
        const line = this.bytes.subarray(this.at, end);
        if (end < 0) {
            return undefined;
        }
        this.at = end + 1;
        try {
            return utf8Decode(line);
        } catch {
            return undefined;
        }
    }

    /** So many bytes and an LF; undefined if they are not there. @param {number} size */
    block(size) {
        const from = this.at;
        if (size >= this.bytes.length - from || this.bytes[from + size] !== LF) {
            return undefined;
        }
        this.at = from + size + 1;
        return this.bytes.slice(from, from + size);
    }

    rest() {
        return this.bytes.slice(this.at);
    }
}

/** Numbers with one space between them; undefined if the line is anything else. @param {string | undefined} line */
function numbersOf(line) {
    try {
        return (line ?? "").split(" ").map(parseNumber);
    } catch (error) {
        if (error instanceof Refusal) {
            return undefined;
        }
        throw error;
    }
}

/** @param {Reader} reader */
function readHead(reader) {
    must(reader.line() === FIRST, "evidence.form");
    const counts = numbersOf(reader.line());
    must(counts !== undefined && counts.length === 2 && counts[0] > 0, "evidence.form");
    must(counts[0] <= ENTRIES_MAX && counts[1] <= HASHES_MAX, "evidence.size");
    return counts;
}

/** @param {Reader} reader @param {number} count */
function readTable(reader, count) {
    const seen = new Set();
    return Array.from({ length: count }, (_, i) => {
        try {
            const hash = base64Fixed(reader.line() ?? "", 32);
            must(!seen.has(key(hash)), "evidence.table");
            seen.add(key(hash));
            return hash;
        } catch (error) {
            if (error instanceof Refusal) {
                return refuse("evidence.table", "", i + 1);
            }
            throw error;
        }
    });
}

/**
 * A table whose every hash is named, the next new one being the next in line, has one spelling.
 * @typedef {{ hashes: Uint8Array[], used: number }} Table
 */

/** @param {number[]} positions @param {Table} table @param {number} at the entry, from 1 */
function readPath(positions, table, at) {
    return positions.map((position, i) => {
        must(i < PATH_MAX, "evidence.form", "", at);
        must(position < table.hashes.length, "evidence.position", "", at);
        must(position <= table.used, "evidence.table", "", position + 1);
        table.used += position === table.used ? 1 : 0;
        return table.hashes[position];
    });
}

/** @param {Reader} reader @param {Table} table @param {number} at @param {number} before the last index */
function readEntry(reader, table, at, before) {
    const [index, size, ...positions] = numbersOf(reader.line()) ?? [];
    must(index !== undefined && size !== undefined, "evidence.form", "", at);
    must(index > before, "evidence.order", "", at);
    const path = readPath(positions, table, at);
    const entry = reader.block(size);
    must(entry !== undefined, "evidence.form", "", at);
    return { index, entry, path };
}

/** @param {Uint8Array} bytes @returns {Evidence} */
export function parseEvidence(bytes) {
    must(bytes.length <= EVIDENCE_MAX, "evidence.size");
    const reader = new Reader(bytes);
    const [count, hashes] = readHead(reader);
    const table = { hashes: readTable(reader, hashes), used: 0 };
    /** @type {Proved[]} */
    const entries = [];
    while (entries.length < count) {
        entries.push(readEntry(reader, table, entries.length + 1, entries.at(-1)?.index ?? -1));
    }
    must(table.used === table.hashes.length, "evidence.table", "", table.used + 1);
    return { entries, checkpoint: reader.rest() };
}

/** @param {Proved} proved @param {number} at @param {import("./merkle.js").Head} head */
function verifyEntry({ index, entry, path }, at, head) {
    try {
        verifyInclusion(leafHash(entry), index, head.size, head.root, path);
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(error.rule, "", at);
        }
        throw error;
    }
}

/**
 * @param {Uint8Array} bytes
 * @param {import("./checkpoint.js").VerifierKey} log
 */
export function verifyEvidence(bytes, log) {
    const { entries, checkpoint: note } = parseEvidence(bytes);
    const checkpoint = openCheckpoint(note, log);
    entries.forEach((one, i) => verifyEntry(one, i + 1, checkpoint));
    return { entries: entries.map(({ index, entry }) => ({ index, entry })), checkpoint };
}

/** @param {Evidence} evidence */
export function printEvidence({ entries, checkpoint }) {
    /** @type {Map<string, { at: number, hash: Uint8Array }>} */
    const table = new Map();
    const place = (/** @type {Uint8Array} */ hash) => {
        const known = table.get(key(hash)) ?? { at: table.size, hash };
        table.set(key(hash), known);
        return known.at;
    };
    const blocks = entries.flatMap(({ index, entry, path }) => [
        utf8(`${[index, entry.length, ...path.map(place)].join(" ")}\n`),
        entry,
        utf8("\n"),
    ]);
    const hashes = [...table.values()].map(({ hash }) => `${base64(hash)}\n`).join("");
    const head = utf8(`${FIRST}\n${entries.length} ${table.size}\n${hashes}`);
    return concat(head, ...blocks, checkpoint);
}
