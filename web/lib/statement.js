/*
 * statement.js - the grammar of statements: the signed text is the text on the screen (section 3).
 *
 *   parseStatement(note bytes) -> Statement      grammar only
 *   parseText(text) -> Statement                 a text that is not signed yet
 *   checkRow(statement, row, origin)             origin and row; "" pins no origin
 *   verifySignatures(statement, signers)         exactly these lines in this order
 *   value(s, label) "" if none, values(s, label), number, time, bytes, hash, points
 *   printText(type, origin, [[label, value], …]) checks what it prints
 *   signNote(text, [{ name, pair }, …]) -> note  noteOf(text, lines) -> note
 *
 * Refusals in this order, named statement.<word>: length, utf8, character, blank, lines, line,
 * value, signatures, keyname, base64; origin; type, then fields in order (field, value, number, id,
 * time, base64, length, point, hidden, word); signers, signature.
 */
import { base64, base64Decode, concat, equal, utf8, utf8Decode } from "./bytes.js";
import { decodePoint } from "./group.js";
import { sha256 } from "./hash.js";
import { checkKind } from "./kind.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isKeyName, isSignature, signLine } from "./signature.js";
import { checkCharacters, parseNumber, parseTime, printTime, size } from "./text.js";

/**
 * @typedef {{ label: string, value: string }} StatementField
 * @typedef {{ name: string, id: Uint8Array, signature: Uint8Array }} SignatureLine
 * @typedef {{ note: Uint8Array, text: string, bytes: Uint8Array, hash: Uint8Array, type: string,
 *             origin: string, fields: StatementField[], signatures: SignatureLine[] }} Statement
 * @typedef {{ type: string, fields: import("./kind.js").Field[] }} Row
 * @typedef {import("./signature.js").Signer} Signer
 */

const ENTRY_MAX = 65535;
const ENTRY_HEAD = 42;
const NOTE_MAX = ENTRY_MAX - ENTRY_HEAD;
const LINES_MAX = 1200;
const SIGNATURES_MAX = 64;
const NAME_MAX = 64;
const SEPARATOR = "：";
const LOG_LABEL = "日志";

/** @param {string} rule @param {() => T} call @template T @returns {T} */
function named(rule, call) {
    try {
        return call();
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(rule, "", error.at);
        }
        throw error;
    }
}

/** @param {string} line @returns {StatementField | null} */
function splitField(line) {
    const at = line.indexOf(SEPARATOR);
    return at > 0 ? { label: line.slice(0, at), value: line.slice(at + 1) } : null;
}

/** @param {string} text ends in LF */
function parseLines(text) {
    const lines = text.slice(0, -1).split("\n");
    must(lines.length <= LINES_MAX, "statement.lines");
    const first = /^xiling\/v1 ([a-z]+(?:\.[a-z]+)?)$/.exec(lines[0]);
    must(first !== null, "statement.line", "", 1);
    /** @type {StatementField[]} */
    const fields = [];
    for (let i = 1; i < lines.length; i++) {
        const field = splitField(lines[i]);
        must(field !== null, "statement.line", "", i + 1);
        fields.push(field);
    }
    must(fields.length > 0 && fields[0].label === LOG_LABEL, "statement.line", "", 2);
    fields.forEach(({ label, value: held }, i) => {
        const good = held !== "" && !held.startsWith(" ") && !held.endsWith(" ");
        must(good, "statement.value", label, i + 2);
    });
    must(size(fields[0].value) <= 2000, "statement.value", LOG_LABEL, 2);
    return { type: first[1], origin: fields[0].value, fields: fields.slice(1) };
}

/** @param {string} line @returns {{ name: string, encoded: string }} */
function splitSignature(line) {
    const match = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line);
    must(match !== null, "statement.signatures");
    return { name: match[1], encoded: match[2] };
}

/** @param {string} block the lines after the blank one */
function parseSignatures(block) {
    const lines = block === "" ? [] : block.slice(0, -1).split("\n");
    must(lines.length >= 1 && lines.length <= SIGNATURES_MAX, "statement.signatures");
    const split = lines.map(splitSignature);
    const named_ = split.every(({ name }) => isKeyName(name) && size(name) <= NAME_MAX);
    must(named_, "statement.keyname");
    return split.map(({ name, encoded }) => {
        const bytes = named("statement.base64", () => base64Decode(encoded));
        must(bytes.length >= 5, "statement.base64");
        return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
    });
}

/** @param {Uint8Array} note */
function readCharacters(note) {
    must(note.length <= NOTE_MAX, "statement.length");
    const text = named("statement.utf8", () => utf8Decode(note));
    named("statement.character", () => checkCharacters(text));
    return text;
}

/**
 * @param {Uint8Array} note
 * @returns {Statement}
 */
export function parseStatement(note) {
    const whole = readCharacters(note);
    const blank = whole.indexOf("\n\n");
    const single = blank >= 0 && whole.indexOf("\n\n", blank + 1) < 0;
    must(single && whole.endsWith("\n"), "statement.blank");
    const text = whole.slice(0, blank + 1);
    const read = parseLines(text);
    const signatures = parseSignatures(whole.slice(blank + 2));
    const bytes = utf8(text);
    return { note, text, bytes, hash: sha256(bytes), ...read, signatures };
}

/**
 * @param {string} text
 * @returns {Statement}
 */
export function parseText(text) {
    const bytes = utf8(text);
    must(readCharacters(bytes) === text, "statement.utf8");
    must(text.endsWith("\n") && !text.includes("\n\n"), "statement.blank");
    const read = parseLines(text);
    return { note: new Uint8Array(0), text, bytes, hash: sha256(bytes), ...read, signatures: [] };
}

/**
 * @param {Statement} statement
 * @param {Row} row
 * @param {string} [origin]
 */
export function checkRow(statement, row, origin = "") {
    must(origin === "" || statement.origin === origin, "statement.origin", LOG_LABEL, 2);
    must(statement.type === row.type, "statement.type", "", 1);
    const { fields } = statement;
    let at = 0;
    for (const field of row.fields) {
        const start = at;
        while (at < fields.length && fields[at].label === field.label && at - start < field.max) {
            checkKind(field, fields[at].value, at + 3);
            at += 1;
        }
        must(at - start >= field.min, "statement.field", field.label, at + 3);
    }
    must(at === fields.length, "statement.field", fields[at]?.label, at + 3);
}

/**
 * @param {Statement} statement
 * @param {Signer[]} signers
 */
export function verifySignatures(statement, signers) {
    const { signatures, bytes: text } = statement;
    const same = signatures.every(
        ({ name, id }, i) => name === signers[i]?.name && equal(id, signers[i].id),
    );
    must(same && signatures.length === signers.length, "statement.signers");
    signatures.forEach(({ signature }, i) => {
        const valid = isSignature(signers[i].publicKey, text, signature);
        must(valid, "statement.signature", signers[i].name, i + 1);
    });
}

/* --- values, of a statement that has passed checkRow --- */

/** @param {Statement} statement @param {string} label */
export function values(statement, label) {
    return statement.fields.filter((field) => field.label === label).map((field) => field.value);
}

/** @param {Statement} statement @param {string} label */
export function value(statement, label) {
    return statement.fields.find((field) => field.label === label)?.value ?? "";
}

/** @param {Statement} statement @param {string} label */
export function number(statement, label) {
    return parseNumber(value(statement, label));
}

/** @param {Statement} statement @param {string} label */
export function time(statement, label) {
    return parseTime(value(statement, label));
}

/** @param {Statement} statement @param {string} label */
export function bytes(statement, label) {
    return base64Decode(value(statement, label));
}

/** @param {Statement} statement @param {string} label */
export function points(statement, label) {
    return values(statement, label).map((text) => decodePoint(base64Decode(text)));
}

/* --- writing --- */

/** @typedef {string | number | Uint8Array | Date} Printable Date prints as a time */

/** @param {Printable} held */
export function printValue(held) {
    if (held instanceof Uint8Array) {
        return base64(held);
    }
    return held instanceof Date ? printTime(held.getTime() / 1000) : String(held);
}

/**
 * @param {string} type
 * @param {string} origin
 * @param {[string, Printable][]} fields
 */
export function printText(type, origin, fields) {
    const lines = [`xiling/v1 ${type}`, `${LOG_LABEL}${SEPARATOR}${origin}`];
    for (const [label, held] of fields) {
        lines.push(`${label}${SEPARATOR}${printValue(held)}`);
    }
    const text = `${lines.join("\n")}\n`;
    parseText(text);
    must(text.split("\n").length === lines.length + 1, "statement.character");
    return text;
}

/**
 * @param {string} text
 * @param {string[]} lines signature lines with their LF
 */
export function noteOf(text, lines) {
    return concat(utf8(text), utf8("\n"), ...lines.map(utf8));
}

/**
 * @param {string} text
 * @param {{ name: string, pair: import("./keys.js").Pair }[]} signers
 */
export function signNote(text, signers) {
    const lines = signers.map(({ name, pair }) => signLine(name, pair, utf8(text)));
    return noteOf(text, lines);
}
