/*
 * group.js - ristretto255 with the edges of protocol section 2; alone in calling its functions.
 *
 *   decodePoint(bytes) a point that is not the identity; isCanonicalPoint(bytes) the identity too
 *   decodeScalar(bytes) 1 .. l-1; isScalar(bytes)           (group.point, group.scalar)
 *   base(s) s·G, multiply(s, P), add, subtract, sum(points), fromHash(64 bytes)
 *   scalarAdd, scalarSubtract, scalarMultiply, scalarInvert, scalarReduce(64 bytes),
 *   scalarFromNumber(n), scalarFromChallenge(16 bytes), scalarRandom(), weight(n) n·G, cached
 *   IDENTITY, GENERATOR, isIdentity(point), isZero(bytes)
 *
 * Points and scalars are Uint8Array(32). Products take the zero scalar and the identity too and
 * give the identity, which libsodium would refuse: only provers meet them, with chance 2^-250.
 */
import { equal, hexDecode } from "./bytes.js";
import { must } from "./refusal.js";
import sodium from "./sodium.js";

/** @type {Uint8Array} */
export const IDENTITY = new Uint8Array(32);
/** @type {Uint8Array} */
export const ZERO = IDENTITY;
export const GENERATOR = hexDecode(
    "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
);
/** l, little-endian */
const ORDER = hexDecode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** @param {Uint8Array} bytes */
export function isZero(bytes) {
    return bytes.every((byte) => byte === 0);
}

/** @param {Uint8Array} point */
export function isIdentity(point) {
    return isZero(point);
}

/** @param {Uint8Array} bytes */
export function isScalar(bytes) {
    if (bytes.length !== 32 || isZero(bytes)) {
        return false;
    }
    for (let i = 31; i >= 0; i--) {
        if (bytes[i] !== ORDER[i]) {
            return bytes[i] < ORDER[i];
        }
    }
    return false;
}

/** @param {Uint8Array} bytes */
export function isCanonicalPoint(bytes) {
    return bytes.length === 32 && sodium.crypto_core_ristretto255_is_valid_point(bytes);
}

/** @param {Uint8Array} bytes */
export function isPoint(bytes) {
    return isCanonicalPoint(bytes) && !isIdentity(bytes);
}

/** @param {Uint8Array} bytes */
export function decodePoint(bytes) {
    must(isPoint(bytes), "group.point");
    return bytes;
}

/** @param {Uint8Array} bytes */
export function decodeScalar(bytes) {
    must(isScalar(bytes), "group.scalar");
    return bytes;
}

/**
 * @param {Uint8Array} scalar
 * @returns {Uint8Array}
 */
export function base(scalar) {
    return isZero(scalar) ? IDENTITY : sodium.crypto_scalarmult_ristretto255_base(scalar);
}

/**
 * @param {Uint8Array} scalar
 * @param {Uint8Array} point
 * @returns {Uint8Array}
 */
export function multiply(scalar, point) {
    if (isZero(scalar) || isIdentity(point)) {
        return IDENTITY;
    }
    return equal(point, GENERATOR)
        ? sodium.crypto_scalarmult_ristretto255_base(scalar)
        : sodium.crypto_scalarmult_ristretto255(scalar, point);
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {Uint8Array}
 */
export function add(a, b) {
    return sodium.crypto_core_ristretto255_add(a, b);
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {Uint8Array}
 */
export function subtract(a, b) {
    return sodium.crypto_core_ristretto255_sub(a, b);
}

/** @param {Uint8Array[]} points */
export function sum(points) {
    return points.reduce(add, IDENTITY);
}

/**
 * @param {Uint8Array} hash 64 bytes
 * @returns {Uint8Array}
 */
export function fromHash(hash) {
    return sodium.crypto_core_ristretto255_from_hash(hash);
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {Uint8Array}
 */
export function scalarAdd(a, b) {
    return sodium.crypto_core_ristretto255_scalar_add(a, b);
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {Uint8Array}
 */
export function scalarSubtract(a, b) {
    return sodium.crypto_core_ristretto255_scalar_sub(a, b);
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {Uint8Array}
 */
export function scalarMultiply(a, b) {
    return sodium.crypto_core_ristretto255_scalar_mul(a, b);
}

/**
 * @param {Uint8Array} a
 * @returns {Uint8Array}
 */
export function scalarInvert(a) {
    return sodium.crypto_core_ristretto255_scalar_invert(a);
}

/**
 * @param {Uint8Array} hash 64 bytes
 * @returns {Uint8Array}
 */
export function scalarReduce(hash) {
    return sodium.crypto_core_ristretto255_scalar_reduce(hash);
}

/** @returns {Uint8Array} 1 .. l-1 */
export function scalarRandom() {
    return sodium.crypto_core_ristretto255_scalar_random();
}

/**
 * @param {number} number not negative
 * @returns {Uint8Array}
 */
export function scalarFromNumber(number) {
    const out = new Uint8Array(32);
    new DataView(out.buffer).setBigUint64(0, BigInt(number), true);
    return out;
}

/** @param {Uint8Array} challenge 16 bytes, little-endian */
export function scalarFromChallenge(challenge) {
    const out = new Uint8Array(32);
    out.set(challenge);
    return out;
}

/** @type {Map<number, Uint8Array>} */
const weights = new Map();

/**
 * n·G; the identity for 0.
 * @param {number} number
 */
export function weight(number) {
    let point = weights.get(number);
    if (point === undefined) {
        point = base(scalarFromNumber(number));
        weights.set(number, point);
    }
    return point;
}
