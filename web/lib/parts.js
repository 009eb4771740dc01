/*
 * parts.js - evidence as the texts of a few QR codes (protocol section 9; the format stands in
 * audit/log/parts.h).
 *
 *   readParts(texts) -> Promise of the text's bytes   any order; the same part again says nothing new
 *                    parts.form, .mixed, .repeated, .missing, .damaged, .size
 *   new Parts()      what a camera has seen so far: add(text) (parts.form, .mixed, .repeated),
 *                    count (0: nothing yet), missing (numbers), text() -> Promise of bytes
 *   isPart(text)     whether a scanned text means to be one
 *   base45Decode(text) -> bytes                       encoding.base45
 */
import { concat, hex } from "./bytes.js";
import { Refusal, must, refuse } from "./refusal.js";
import sodium from "./sodium.js";
import { parseNumber } from "./text.js";

const MARK = "XILING:E1:";
const PARTS_MAX = 99;
const PART_MAX = 2000;
const TEXT_MAX = 1 << 20;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** @param {string} text */
export function base45Decode(text) {
    const out = new Uint8Array(2 * Math.floor(text.length / 3) + (text.length % 3 === 2 ? 1 : 0));
    must(text.length % 3 !== 1, "encoding.base45");
    for (let i = 0, at = 0; i < text.length; i += 3) {
        const digits = [...text.slice(i, i + 3)].map((character) => ALPHABET.indexOf(character));
        const number = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
        const isWhole = digits.length === 3;
        must(!digits.includes(-1) && number < (isWhole ? 65536 : 256), "encoding.base45");
        if (isWhole) {
            out[at++] = number >> 8;
        }
        out[at++] = number & 255;
    }
    return out;
}

/** @param {string} text */
export function isPart(text) {
    return text.startsWith(MARK);
}

/** @param {string} text */
function readPart(text) {
    const match = /^(\d{1,2})\/(\d{1,2}):([0-9A-F]{8}):(.+)$/s.exec(text.slice(MARK.length));
    must(isPart(text) && text.length <= PART_MAX && match !== null, "parts.form");
    const [number, count] = [match[1], match[2]].map(numberOf);
    must(number > 0 && number <= count && count <= PARTS_MAX, "parts.form");
    return { number, count, name: match[3], body: match[4] };
}

/** @param {string} text */
function numberOf(text) {
    try {
        return parseNumber(text);
    } catch {
        return refuse("parts.form");
    }
}

export class Parts {
    constructor() {
        this.count = 0;
        this.name = "";
        /** @type {Map<number, string>} */
        this.bodies = new Map();
    }

    /** @param {string} text */
    add(text) {
        const part = readPart(text);
        const [count, name] = this.count === 0 ? [part.count, part.name] : [this.count, this.name];
        must(part.count === count && part.name === name, "parts.mixed");
        const known = this.bodies.get(part.number);
        must(known === undefined || known === part.body, "parts.repeated");
        [this.count, this.name] = [count, name];
        this.bodies.set(part.number, part.body);
        return part.number;
    }

    get missing() {
        const all = Array.from({ length: this.count }, (_, i) => i + 1);
        return all.filter((number) => !this.bodies.has(number));
    }

    async text() {
        must(this.count > 0, "parts.form");
        must(this.missing.length === 0, "parts.missing", "", this.missing[0]);
        const body = Array.from({ length: this.count }, (_, i) => this.bodies.get(i + 1)).join("");
        const packed = unpack(body, this.name);
        const text = await expand(packed);
        must(!(await isComplete(packed.subarray(0, -1))), "parts.damaged");
        return text;
    }
}

/** @param {string} body @param {string} name */
function unpack(body, name) {
    try {
        const packed = base45Decode(body);
        const digits = hex(sodium.crypto_hash_sha256(packed)).slice(0, 8).toUpperCase();
        must(digits === name, "parts.damaged");
        return packed;
    } catch (error) {
        if (error instanceof Refusal) {
            return refuse("parts.damaged");
        }
        throw error;
    }
}

/** Reads no further than is allowed, however much a few bytes announce. @param {Uint8Array} packed */
async function expand(packed) {
    const reader = new Blob([new Uint8Array(packed)])
        .stream()
        .pipeThrough(new DecompressionStream("deflate-raw"))
        .getReader();
    const blocks = [];
    let size = 0;
    for (let block = await next(reader); block !== undefined; block = await next(reader)) {
        size += block.length;
        if (size > TEXT_MAX) {
            void reader.cancel().catch(() => undefined);
            refuse("parts.size");
        }
        blocks.push(block);
    }
    return concat(...blocks);
}

/** Some streams read on past the end: what is complete with a byte less has something behind it. @param {Uint8Array} packed */
async function isComplete(packed) {
    try {
        await expand(packed);
        return true;
    } catch {
        return false;
    }
}

/** The stream fails on anything that is not one whole compressed text. @param {ReadableStreamDefaultReader<Uint8Array>} reader */
async function next(reader) {
    try {
        return (await reader.read()).value;
    } catch {
        return refuse("parts.damaged");
    }
}

/** @param {string[]} texts */
export async function readParts(texts) {
    const parts = new Parts();
    texts.forEach((text, i) => {
        try {
            parts.add(text);
        } catch (error) {
            if (error instanceof Refusal) {
                refuse(error.rule, "", i + 1);
            }
            throw error;
        }
    });
    return parts.text();
}
