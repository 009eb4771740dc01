/*
 * hash.js - SHA-512 over framed parts, and what is made of it (protocol section 2).
 *
 *   H(...parts) 64 bytes, H32 32 bytes, Hs a scalar, Hp a point, H16 16 bytes (challenges)
 *   sha256(bytes), hidden(type, label, salt, value), isHiddenOpening(type, label, field, salt, value)
 *   drawKey(bytes, randoms, candidate), drawOrder(bytes, randoms, candidates)
 *
 * A part is bytes, text (its UTF-8) or an integer (be64).
 */
import { base64, be64, compare, concat, utf8 } from "./bytes.js";
import { fromHash, scalarReduce } from "./group.js";
import sodium from "./sodium.js";

/** @typedef {Uint8Array | string | number} Part */

/** @param {Part} part */
export function partBytes(part) {
    if (typeof part === "string") {
        return utf8(part);
    }
    return typeof part === "number" ? be64(part) : part;
}

/**
 * @param {...Part} parts
 * @returns {Uint8Array}
 */
export function H(...parts) {
    const framed = [];
    for (const part of parts) {
        const bytes = partBytes(part);
        framed.push(be64(bytes.length), bytes);
    }
    return sodium.crypto_hash_sha512(concat(...framed));
}

/** @param {...Part} parts */
export function H32(...parts) {
    return H(...parts).slice(0, 32);
}

/** @param {...Part} parts */
export function H16(...parts) {
    return H(...parts).slice(0, 16);
}

/** @param {...Part} parts */
export function Hs(...parts) {
    return scalarReduce(H(...parts));
}

/** @param {...Part} parts */
export function Hp(...parts) {
    return fromHash(H(...parts));
}

/**
 * @param {Uint8Array | string} bytes
 * @returns {Uint8Array}
 */
export function sha256(bytes) {
    return sodium.crypto_hash_sha256(partBytes(bytes));
}

/**
 * The value of a hidden field.
 * @param {string} type of the statement
 * @param {string} label of the field
 * @param {Uint8Array} salt 32 bytes
 * @param {string} value
 */
export function hidden(type, label, salt, value) {
    return `#${base64(H32("xiling/v1 hidden", type, label, salt, value))}`;
}

/**
 * @param {string} type
 * @param {string} label
 * @param {string} field "#…" as it stands in the log
 * @param {Uint8Array} salt
 * @param {string} value
 */
export function isHiddenOpening(type, label, field, salt, value) {
    return salt.length === 32 && hidden(type, label, salt, value) === field;
}

/**
 * @param {Uint8Array} bytes of the draw
 * @param {Uint8Array[]} randoms of every sign-in, in log order
 * @param {string} candidate
 */
export function drawKey(bytes, randoms, candidate) {
    return H("xiling/v1 draw", bytes, ...randoms, candidate);
}

/**
 * @param {Uint8Array} bytes
 * @param {Uint8Array[]} randoms
 * @param {string[]} candidates ids
 */
export function drawOrder(bytes, randoms, candidates) {
    return candidates
        .map((id) => ({ id, rank: drawKey(bytes, randoms, id) }))
        .sort((a, b) => compare(a.rank, b.rank))
        .map(({ id }) => id);
}
