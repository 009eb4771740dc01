/*
 * kind.js - the kinds of values a field may hold (docs/statements.md, protocol section 2).
 *
 *   checkKind(field, value)   statement.<value, number, id, time, base64, length, point, hidden, word>
 *   one(label, kind), optional, any, some    rows of fields
 *   words(label, list, …), sized(label, bytes, …)
 */
import { base64Decode } from "./bytes.js";
import { isPoint } from "./group.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isId, parseNumber, parseTime, size } from "./text.js";

/**
 * @typedef {"text" | "id" | "number" | "time" | "word" | "hash" | "bytes16" | "bytes32" | "key"
 *           | "point" | "proof" | "hidden" | "line"} Kind
 * @typedef {{ label: string, kind: Kind, min: number, max: number, words?: string[],
 *             size?: number }} Field
 */

/** A value of any other kind has at most so many bytes. */
const VALUE_MAX = 2000;

/** @param {string} label @param {Kind} kind @returns {Field} */
export const one = (label, kind) => ({ label, kind, min: 1, max: 1 });
/** @param {string} label @param {Kind} kind @returns {Field} */
export const optional = (label, kind) => ({ label, kind, min: 0, max: 1 });
/** @param {string} label @param {Kind} kind @returns {Field} */
export const any = (label, kind) => ({ label, kind, min: 0, max: Infinity });
/** @param {string} label @param {Kind} kind @returns {Field} */
export const some = (label, kind) => ({ label, kind, min: 1, max: Infinity });

/** @param {string} value */
function decode(value) {
    try {
        return base64Decode(value);
    } catch {
        return refuse("statement.base64");
    }
}

/** @param {number} bytes @returns {(value: string) => void} */
function fixed(bytes) {
    return (value) => must(decode(value).length === bytes, "statement.length");
}

/** @param {string} value */
function checkPoint(value) {
    const bytes = decode(value);
    must(bytes.length === 32, "statement.length");
    must(isPoint(bytes), "statement.point");
}

/** @param {string} value */
function checkHidden(value) {
    must(value.startsWith("#"), "statement.hidden");
    must(decode(value.slice(1)).length === 32, "statement.length");
}

/** @type {Record<Kind, (value: string, field: Field) => void>} */
const CHECKS = {
    text: () => {},
    id: (value) => must(isId(value), "statement.id"),
    number: (value) => void parseNumber(value),
    time: (value) => void parseTime(value),
    word: (value, field) => must(field.words?.includes(value), "statement.word"),
    hash: fixed(32),
    bytes16: fixed(16),
    bytes32: fixed(32),
    key: fixed(32),
    point: checkPoint,
    proof: (value, field) => {
        const bytes = decode(value);
        must(field.size === undefined || bytes.length === field.size, "statement.length");
    },
    hidden: checkHidden,
    line: () => {}, // its words are read where they mean something
};

/**
 * @param {Field} field
 * @param {string} value
 * @param {number} [at] line of the text from 1
 */
export function checkKind(field, value, at = 0) {
    must(field.kind === "proof" || size(value) <= VALUE_MAX, "statement.value", field.label, at);
    try {
        CHECKS[field.kind](value, field);
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(`statement.${error.rule.split(".")[1]}`, field.label, at);
        }
        throw error;
    }
}
