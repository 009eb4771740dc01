/*
 * share_identity.js - an identity opened by two keepers, each on the own device, for one handler.
 *
 *   isSealedTo(document, keys) -> whether these two box keys are its readers
 *   shareFor(document, keeper pair, reader's box key) -> 80 bytes: the keeper's share, sealed again
 *   openShared(document, reader pair, sealed shares) -> plain bytes; sealed.key if they do not fit
 *
 * Protocol section 8. Neither keeper ever holds the other's share, and the service that carries them
 * reads neither.
 */
import { equal, wipe } from "./bytes.js";
import { must } from "./refusal.js";
import { openSeal, openWithParts, parseSealed } from "./sealed.js";
import sodium from "./sodium.js";

/** @typedef {import("./keys.js").Pair} Pair */

/** @param {Uint8Array} document @param {Uint8Array[]} keys */
export function isSealedTo(document, keys) {
    const { readers } = parseSealed(document);
    return readers.length === keys.length && keys.every((one) => readers.some(({ key }) => equal(key, one)));
}

/** @param {Uint8Array} document @param {Pair} keeper @param {Uint8Array} reader */
export function shareFor(document, keeper, reader) {
    const parsed = parseSealed(document);
    const share = openSeal(parsed, keeper);
    const sealed = sodium.crypto_box_seal(share, reader);
    wipe(share);
    return sealed;
}

/** @param {Uint8Array} sealed @param {Pair} reader */
function unseal(sealed, reader) {
    try {
        return sodium.crypto_box_seal_open(sealed, reader.publicKey, reader.privateKey);
    } catch {
        return new Uint8Array(0);
    }
}

/** @param {Uint8Array} document @param {Pair} reader @param {Uint8Array[]} sealed two of them */
export function openShared(document, reader, sealed) {
    const shares = sealed.map((one) => unseal(one, reader));
    must(shares.length === 2 && shares.every((share) => share.length === 32), "sealed.key");
    const plain = openWithParts(document, shares);
    wipe(...shares);
    return plain;
}
