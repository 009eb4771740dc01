/*
 * keys.js - all keys of a person from one key code, and how a device keeps the code (section 4).
 *
 *   keyCodeDraw() 16 bytes; keyCodePrint and keyCodeParse are in code.js
 *   deriveKeys(code) -> Keys { seed, sign: {publicKey, privateKey, seed}, box: {…}, trustee }
 *   wrapSecret(secret, passphrase) -> salt[16] nonce[24] secretbox   (keys.passphrase: under 8)
 *   unwrapSecret(wrapped, passphrase)          keys.passphrase, keys.wrapped; takes about a second
 *   wipeKeys(keys)
 *
 * The same wrapping keeps a vote key x (32 bytes) until its round is closed.
 */
import { concat, randomBytes, utf8, wipe } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import sodium from "./sodium.js";

const MEMORY = 64 * 1024 * 1024;
const PASSES = 3;
const PASSPHRASE_MIN = 8;
const CONTEXT = "xilingv1";

/**
 * @typedef {{ publicKey: Uint8Array, privateKey: Uint8Array }} Pair
 * @typedef {{ seed: Uint8Array, signSeed: Uint8Array, sign: Pair, boxSeed: Uint8Array, box: Pair,
 *             trustee: Uint8Array }} Keys
 */

export function keyCodeDraw() {
    return randomBytes(16);
}

/**
 * @param {Uint8Array} code 16 bytes
 * @returns {Keys}
 */
export function deriveKeys(code) {
    must(code.length === 16, "keys.code");
    const seed = sodium.crypto_generichash(32, utf8("xiling/v1 seed"), code);
    const derive = (/** @type {number} */ id) =>
        sodium.crypto_kdf_derive_from_key(32, id, CONTEXT, seed);
    const signSeed = derive(1);
    const boxSeed = derive(2);
    const sign = sodium.crypto_sign_seed_keypair(signSeed);
    const box = sodium.crypto_box_seed_keypair(boxSeed);
    return {
        seed,
        signSeed,
        sign: { publicKey: sign.publicKey, privateKey: sign.privateKey },
        boxSeed,
        box: { publicKey: box.publicKey, privateKey: box.privateKey },
        trustee: derive(4),
    };
}

/** @param {Keys} keys */
export function wipeKeys(keys) {
    wipe(keys.seed, keys.signSeed, keys.boxSeed, keys.trustee);
    wipe(keys.sign.privateKey, keys.box.privateKey);
}

/**
 * @param {string} passphrase
 * @param {Uint8Array} salt
 * @returns {Uint8Array}
 */
function wrappingKey(passphrase, salt) {
    return sodium.crypto_pwhash(
        32,
        utf8(passphrase.normalize("NFC")),
        salt,
        PASSES,
        MEMORY,
        sodium.crypto_pwhash_ALG_ARGON2ID13,
    );
}

/**
 * @param {Uint8Array} secret
 * @param {string} passphrase at least 8 characters
 */
export function wrapSecret(secret, passphrase) {
    must([...passphrase].length >= PASSPHRASE_MIN, "keys.passphrase");
    const salt = randomBytes(16);
    const nonce = randomBytes(24);
    const wrapping = wrappingKey(passphrase, salt);
    const box = sodium.crypto_secretbox_easy(secret, nonce, wrapping);
    wipe(wrapping);
    return concat(salt, nonce, box);
}

/**
 * @param {Uint8Array} wrapped
 * @param {string} passphrase
 * @returns {Uint8Array}
 */
export function unwrapSecret(wrapped, passphrase) {
    must(wrapped.length > 56, "keys.wrapped");
    const wrapping = wrappingKey(passphrase, wrapped.slice(0, 16));
    try {
        return sodium.crypto_secretbox_open_easy(
            wrapped.slice(40),
            wrapped.slice(16, 40),
            wrapping,
        );
    } catch {
        return refuse("keys.passphrase");
    } finally {
        wipe(wrapping);
    }
}
