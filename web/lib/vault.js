/*
 * vault.js - small secrets that the booth keeps while a member chooses: choices, seed, code.
 *
 *   vaultSeal(key, value) -> bytes     key: 32 bytes; value: anything JSON can hold
 *   vaultOpen(key, sealed) -> value    vault.broken
 *
 * The key stands behind the vote key in the same wrapping (keys.js), under the passphrase.
 */
import { concat, randomBytes, utf8, utf8Decode } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import sodium from "./sodium.js";

const NONCE = 24;

/** @param {Uint8Array} key @param {unknown} value */
export function vaultSeal(key, value) {
    must(key.length === 32, "vault.key");
    const nonce = randomBytes(NONCE);
    return concat(nonce, sodium.crypto_secretbox_easy(utf8(JSON.stringify(value)), nonce, key));
}

/** @param {Uint8Array} key @param {Uint8Array} sealed */
export function vaultOpen(key, sealed) {
    must(key.length === 32, "vault.key");
    try {
        const plain = sodium.crypto_secretbox_open_easy(sealed.slice(NONCE), sealed.slice(0, NONCE), key);
        return JSON.parse(utf8Decode(plain));
    } catch {
        return refuse("vault.broken");
    }
}
