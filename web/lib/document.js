/*
 * document.js - the bytes of a report on this device: hash, size and format, piece by piece.
 *
 *   documentReader() -> { add(bytes), end() -> { hash, size, format } }
 *       format: "PDF" | "JPEG" | "PNG" | "TXT", or "" for anything else
 *   DOCUMENT_MOST    the largest document that a report may name
 *
 * Formats go by the first bytes, as the service's do; TXT is UTF-8 without NUL.
 */
import sodium from "./sodium.js";

export const DOCUMENT_MOST = 52428800;

/** @type {[string, number[]][]} */
const MAGIC = [
    ["PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
    ["JPEG", [0xff, 0xd8, 0xff]],
    ["PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];
const HEAD = 8;

/** Whether every piece so far, put together, is text. */
function textReader() {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let isText = true;
    /** @param {Uint8Array} bytes @param {boolean} stream */
    function add(bytes, stream) {
        try {
            decoder.decode(bytes, { stream });
            isText = isText && !bytes.includes(0);
        } catch {
            isText = false;
        }
    }
    return { add, end: () => (add(new Uint8Array(0), false), isText) };
}

export function documentReader() {
    const state = sodium.crypto_hash_sha256_init();
    const text = textReader();
    const head = new Uint8Array(HEAD);
    let size = 0;
    return {
        /** @param {Uint8Array} bytes */
        add(bytes) {
            if (size < HEAD) {
                head.set(bytes.subarray(0, HEAD - size), size);
            }
            size += bytes.length;
            sodium.crypto_hash_sha256_update(state, bytes);
            text.add(bytes, true);
        },
        end() {
            const begins = MAGIC.find(([, magic]) => magic.length <= size && magic.every((byte, i) => head[i] === byte));
            const isText = text.end() && size > 0;
            const format = begins ? begins[0] : isText ? "TXT" : "";
            return { hash: sodium.crypto_hash_sha256_final(state), size, format };
        },
    };
}
