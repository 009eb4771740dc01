/*
 * signature.js - Ed25519 over notes: key ids, vkeys, signature lines (log-formats 3.1, 3.2).
 *
 *   keyId(name, type, publicKey) 4 bytes; ED25519, COSIGNATURE, RING are the types
 *   vkeyPrint(name, type, publicKey), vkeyParse(text) -> { name, type, id, publicKey } (vkey.form)
 *   signerOf(name, publicKey) -> { name, publicKey, id }
 *   signLine(name, pair, text) -> "— name base64\n";  line(name, id, signature)
 *   isSignature(publicKey, text, signature), isSignKey(publicKey), isBoxKey(publicKey)
 */
import { base64, base64Decode, concat, equal, hex, utf8 } from "./bytes.js";
import { sha256 } from "./hash.js";
import { must } from "./refusal.js";
import sodium from "./sodium.js";

export const ED25519 = Uint8Array.of(0x01);
export const COSIGNATURE = Uint8Array.of(0x04);
export const RING = concat(Uint8Array.of(0xff), utf8("xiling/ring/v1"));

/** @typedef {{ name: string, publicKey: Uint8Array, id: Uint8Array }} Signer */

/**
 * @param {string} name
 * @param {Uint8Array} type
 * @param {Uint8Array} publicKey
 */
export function keyId(name, type, publicKey) {
    return sha256(concat(utf8(`${name}\n`), type, publicKey)).slice(0, 4);
}

/**
 * @param {string} name
 * @param {Uint8Array} publicKey Ed25519
 * @returns {Signer}
 */
export function signerOf(name, publicKey) {
    return { name, publicKey, id: keyId(name, ED25519, publicKey) };
}

/** No white space, no plus (log-formats 3.1). @param {string} name */
export function isKeyName(name) {
    const white = /[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]/;
    return name.length > 0 && !white.test(name);
}

/**
 * @param {string} name
 * @param {Uint8Array} type
 * @param {Uint8Array} publicKey
 */
export function vkeyPrint(name, type, publicKey) {
    return `${name}+${hex(keyId(name, type, publicKey))}+${base64(concat(type, publicKey))}`;
}

/** @param {string} text of type 01 or 04 */
export function vkeyParse(text) {
    const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
    must(match !== null && isKeyName(match[1]), "vkey.form");
    const bytes = base64Decode(match[3]);
    must(bytes.length === 33 && (bytes[0] === 1 || bytes[0] === 4), "vkey.form");
    const [type, publicKey] = [bytes.slice(0, 1), bytes.slice(1)];
    const id = keyId(match[1], type, publicKey);
    must(hex(id) === match[2], "vkey.form");
    return { name: match[1], type: type[0], id, publicKey };
}

/**
 * @param {string} name
 * @param {Uint8Array} id
 * @param {Uint8Array} signature
 */
export function line(name, id, signature) {
    return `\u2014 ${name} ${base64(concat(id, signature))}\n`;
}

/**
 * @param {string} name
 * @param {{ publicKey: Uint8Array, privateKey: Uint8Array }} pair
 * @param {Uint8Array} text what is signed
 */
export function signLine(name, pair, text) {
    const signature = sodium.crypto_sign_detached(text, pair.privateKey);
    return line(name, keyId(name, ED25519, pair.publicKey), signature);
}

/**
 * Valid means valid under libsodium.
 * @param {Uint8Array} publicKey
 * @param {Uint8Array} text
 * @param {Uint8Array} signature
 * @returns {boolean}
 */
export function isSignature(publicKey, text, signature) {
    return (
        signature.length === 64 && sodium.crypto_sign_verify_detached(signature, text, publicKey)
    );
}

/**
 * Canonical and of the prime-order group: what enrolment asks of an Ed25519 key.
 * @param {Uint8Array} publicKey
 * @returns {boolean}
 */
export function isSignKey(publicKey) {
    return publicKey.length === 32 && sodium.crypto_core_ed25519_is_valid_point(publicKey);
}

/** 2^255 - 19, little-endian. */
const FIELD = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0xed : i === 31 ? 0x7f : 0xff));

/** @param {Uint8Array} bytes */
function isBelowField(bytes) {
    for (let i = 31; i >= 0; i--) {
        if (bytes[i] !== FIELD[i]) {
            return bytes[i] < FIELD[i];
        }
    }
    return false;
}

/**
 * Canonical and not of small order: what enrolment asks of an X25519 key.
 * @param {Uint8Array} publicKey
 */
export function isBoxKey(publicKey) {
    if (publicKey.length !== 32 || !isBelowField(publicKey)) {
        return false;
    }
    const probe = new Uint8Array(32).fill(1);
    try {
        return !equal(sodium.crypto_scalarmult(probe, publicKey), new Uint8Array(32));
    } catch {
        return false;
    }
}
