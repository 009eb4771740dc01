/*
 * bytes.js - byte strings and their encodings (protocol section 2).
 *
 *   concat(...parts), equal(a, b), compare(a, b), be64(number), readBe64(bytes, at)
 *   utf8(text) -> bytes, utf8Decode(bytes) -> text (strict: encoding.utf8)
 *   hex(bytes), hexDecode(text) (lower case: encoding.hex)
 *   base64(bytes), base64Decode(text) (strict, not empty: encoding.base64)
 *   base64Fixed(text, size) (encoding.base64, encoding.length)
 *   randomBytes(size), wipe(bytes), key(bytes) (hex, for Maps)
 */
import { must, refuse } from "./refusal.js";
import sodium from "./sodium.js";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** @param {...Uint8Array} parts */
export function concat(...parts) {
    const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
        out.set(part, at);
        at += part.length;
    }
    return out;
}

/**
 * Not constant time: for public data.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function equal(a, b) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * Order of bytes, as memcmp; a prefix comes first.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function compare(a, b) {
    const size = Math.min(a.length, b.length);
    for (let i = 0; i < size; i++) {
        if (a[i] !== b[i]) {
            return a[i] - b[i];
        }
    }
    return a.length - b.length;
}

/** @param {number} number 0 .. 2^53 - 1 */
export function be64(number) {
    const out = new Uint8Array(8);
    new DataView(out.buffer).setBigUint64(0, BigInt(number));
    return out;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} [at]
 * @returns {bigint}
 */
export function readBe64(bytes, at = 0) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(at);
}

/** @param {string} text */
export function utf8(text) {
    return ENCODER.encode(text);
}

/** @param {Uint8Array} bytes */
export function utf8Decode(bytes) {
    try {
        return DECODER.decode(bytes);
    } catch {
        return refuse("encoding.utf8");
    }
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
    let out = "";
    for (const byte of bytes) {
        out += HEX[byte];
    }
    return out;
}

/** @param {string} text */
export function hexDecode(text) {
    must(/^(?:[0-9a-f]{2})*$/.test(text), "encoding.hex");
    return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
        parseInt(text.slice(2 * i, 2 * i + 2), 16),
    );
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
    let out = "";
    for (let i = 0; i < bytes.length; i += 3) {
        const left = bytes.length - i;
        const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
        out += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
        out += left > 1 ? ALPHABET[(word >> 6) & 63] : "=";
        out += left > 2 ? ALPHABET[word & 63] : "=";
    }
    return out;
}

/** @param {string} text padded; encoding the answer gives the same text */
export function base64Decode(text) {
    const match = /^[A-Za-z0-9+/]*(={0,2})$/.exec(text);
    must(match !== null && text.length > 0 && text.length % 4 === 0, "encoding.base64");
    const out = new Uint8Array((text.length / 4) * 3 - match[1].length);
    for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
        let word = 0;
        for (let k = 0; k < 4; k++) {
            word = (word << 6) | (VALUES.get(text[i + k]) ?? 0);
        }
        const size = Math.min(3, out.length - at);
        for (let k = 0; k < size; k++) {
            out[at + k] = (word >> (16 - 8 * k)) & 255;
        }
        must(size === 3 || (word & ((1 << (24 - 8 * size)) - 1)) === 0, "encoding.base64");
    }
    return out;
}

/**
 * @param {string} text
 * @param {number} size
 */
export function base64Fixed(text, size) {
    const bytes = base64Decode(text);
    must(bytes.length === size, "encoding.length");
    return bytes;
}

/**
 * @param {number} size
 * @returns {Uint8Array}
 */
export function randomBytes(size) {
    return sodium.randombytes_buf(size);
}

/** @param {...Uint8Array} secrets */
export function wipe(...secrets) {
    for (const secret of secrets) {
        secret.fill(0);
    }
}

/** @param {Uint8Array} bytes */
export function key(bytes) {
    return hex(bytes);
}
