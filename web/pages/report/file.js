/**
 * file.js - the bytes of a report's document on this device, and their hash.
 *
 *   fetchFile({ file, size }, tell) → { bytes, hash, isSame }     file: hex; tell(done, total)
 *
 * What is hashed is what stands in `bytes`, piece by piece as they arrive, and what stands there is what
 * is drawn. A document that is longer or shorter than filed is another one.
 */
import * as api from "../../api.js";
import { hex } from "../../lib/bytes.js";
import sodium from "../../lib/sodium.js";

export async function fetchFile({ file, size }, tell) {
    const bytes = new Uint8Array(size);
    const running = sodium.crypto_hash_sha256_init();
    const came = await api.readDocument(file, bytes, (from, to) => {
        sodium.crypto_hash_sha256_update(running, bytes.subarray(from, to));
        tell(to, size);
    });
    const hash = sodium.crypto_hash_sha256_final(running);
    return { bytes, hash, isSame: came === size && hex(hash) === file };
}
