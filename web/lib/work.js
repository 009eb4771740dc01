/*
 * work.js - the small proof of work that lets a request pass a full rate at once (protocol section 8).
 *
 *   zeroBits(token, note, nonce) -> number   of H32("xiling/v1 work", token, SHA-256(note), be64 nonce)
 *   solveWork({ token, bits }, note, pause) -> Promise of "<token>.<nonce>", the header X-Work
 *
 * token is the hex text that the service gave, note what is sent, as bytes or text. pause() is called between
 * slices, so that a page stays alive.
 */
import { be64, concat, hexDecode } from "./bytes.js";
import { sha256 } from "./hash.js";
import sodium from "./sodium.js";

const LABEL = new TextEncoder().encode("xiling/v1 work");
const SLICE = 512; /* hashes: two or three milliseconds, on a telephone ten */
const HALF = 2 ** 32;

/**
 * The framed parts but for the nonce, which is written into its last eight bytes again and again.
 * @param {string} token
 * @param {Uint8Array | string} note
 */
function frame(token, note) {
    const parts = [LABEL, hexDecode(token), sha256(note), new Uint8Array(8)];
    const bytes = concat(...parts.flatMap((part) => [be64(part.length), part]));
    const view = new DataView(bytes.buffer, bytes.length - 8);
    return { bytes, put: (/** @type {number} */ nonce) => {
        view.setUint32(0, Math.floor(nonce / HALF));
        view.setUint32(4, nonce % HALF);
    } };
}

/** @param {Uint8Array} hash */
function leadingZeros(hash) {
    const at = hash.findIndex((byte) => byte !== 0);
    return at < 0 ? hash.length * 8 : at * 8 + Math.clz32(hash[at]) - 24;
}

/**
 * @param {string} token
 * @param {Uint8Array | string} note
 * @param {number} nonce
 */
export function zeroBits(token, note, nonce) {
    const { bytes, put } = frame(token, note);
    put(nonce);
    return leadingZeros(sodium.crypto_hash_sha512(bytes).subarray(0, 32));
}

/**
 * @param {{ token: string, bits: number }} work
 * @param {Uint8Array | string} note
 * @param {() => Promise<void>} pause
 */
export async function solveWork({ token, bits }, note, pause) {
    const { bytes, put } = frame(token, note);
    for (let nonce = 0; ; nonce += 1) {
        put(nonce);
        if (leadingZeros(sodium.crypto_hash_sha512(bytes)) >= bits) {
            return `${token}.${nonce}`;
        }
        if (nonce % SLICE === SLICE - 1) {
            await pause();
        }
    }
}
