/*
 * sealed.js - the sealed document: a file that only its readers can open (protocol section 8).
 *
 *   sealDocument(suite, readerKeys, plain, plan) -> bytes   suite ANY (1) or BOTH (2); plan: vectors only
 *   parseSealed(document)          sealed.suite, sealed.readers, sealed.length: anyone can check
 *   openSeal(parsed, box)          what one reader's seal holds: the key or a share  sealed.reader
 *   openSealed(document, boxes)    plain bytes; sealed.reader, .key, .chunk, .padding
 *   openWithParts(document, parts) suite BOTH with the two shares, opened on two devices
 *   paddedSize(plain), sealedSize(readers, plain), PLAIN_MAX
 */
import { compare, concat, equal, randomBytes } from "./bytes.js";
import { sealWith } from "./ceremony.js";
import { H32, sha256 } from "./hash.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isBoxKey } from "./signature.js";
import sodium from "./sodium.js";

export const ANY = 1;
export const BOTH = 2;
export const PLAIN_MAX = 50 * 1024 * 1024;
const CHUNK = 65536;
const OVERHEAD = 17;
const READER = 112;
const HEAD_END = 32 + 24;

/**
 * @typedef {import("./keys.js").Pair} Pair
 * @typedef {{ key: Uint8Array, part: Uint8Array, header: Uint8Array, ephemerals: Uint8Array[] }} Plan
 *   everything random; ephemerals in the order of the readers, which are ascending
 * @typedef {{ suite: number, readers: { key: Uint8Array, seal: Uint8Array }[],
 *   commitment: Uint8Array, header: Uint8Array, head: Uint8Array, chunks: Uint8Array }} Parsed
 */

/** @param {number} plain bytes */
export function paddedSize(plain) {
    let size = CHUNK;
    while (size < plain + 1) {
        size *= 2;
    }
    return size;
}

/** @param {number} readers @param {number} plain */
export function sealedSize(readers, plain) {
    const padded = paddedSize(plain);
    return 2 + READER * readers + HEAD_END + padded + OVERHEAD * (padded / CHUNK + 1);
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function xor(a, b) {
    return a.map((byte, i) => byte ^ b[i]);
}

/** @param {number} readers @returns {Plan} */
function drawPlan(readers) {
    return {
        key: randomBytes(32),
        part: randomBytes(32),
        header: randomBytes(24),
        ephemerals: Array.from({ length: readers }, () => randomBytes(32)),
    };
}

/**
 * @param {number} suite
 * @param {Uint8Array[]} readers box keys, in any order
 * @param {Uint8Array} plain
 * @param {Plan} [plan]
 */
export function sealDocument(suite, readers, plain, plan = drawPlan(readers.length)) {
    const sorted = [...readers].sort(compare);
    const distinct = sorted.every((reader, i) => i === 0 || !equal(reader, sorted[i - 1]));
    const count = suite === BOTH ? readers.length === 2 : readers.length >= 1 && readers.length <= 32;
    must(suite === ANY || suite === BOTH, "sealed.suite");
    must(count && distinct && sorted.every(isBoxKey), "sealed.readers");
    must(plain.length <= PLAIN_MAX, "sealed.size");
    const held = suite === ANY ? sorted.map(() => plan.key) : [plan.part, xor(plan.key, plan.part)];
    const seals = sorted.flatMap((to, i) => [to, sealWith(plan.ephemerals[i], to, held[i])]);
    const commitment = H32("xiling/v1 content key", plan.key);
    const start = Uint8Array.of(suite, sorted.length);
    const head = concat(start, ...seals, commitment, plan.header);
    return concat(head, ...encryptChunks(plan, head, plain));
}

/** @param {Plan} plan @param {Uint8Array} head @param {Uint8Array} plain */
function encryptChunks({ key, header }, head, plain) {
    const padded = new Uint8Array(paddedSize(plain.length));
    padded.set(plain);
    padded[plain.length] = 0x80;
    /* A stream's state after init_pull with its header is the one init_push makes with it. */
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
    const extra = sha256(head);
    const push = (/** @type {Uint8Array} */ chunk, /** @type {number} */ tag) =>
        sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, extra, tag);
    const chunks = [];
    for (let at = 0; at < padded.length; at += CHUNK) {
        const tag = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        chunks.push(push(padded.subarray(at, at + CHUNK), tag));
    }
    const final = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return [...chunks, push(new Uint8Array(0), final)];
}

/**
 * @param {Uint8Array} document
 * @returns {Parsed}
 */
export function parseSealed(document) {
    const [suite, count] = document;
    must(suite === ANY || suite === BOTH, "sealed.suite");
    must(suite === ANY ? count >= 1 && count <= 32 : count === 2, "sealed.readers");
    const end = 2 + READER * count + HEAD_END;
    must(document.length > end, "sealed.length");
    const readers = Array.from({ length: count }, (_, i) => {
        const at = 2 + READER * i;
        return { key: document.slice(at, at + 32), seal: document.slice(at + 32, at + READER) };
    });
    const ascending = readers.every(({ key }, i) => i === 0 || compare(readers[i - 1].key, key) < 0);
    must(ascending, "sealed.readers");
    return {
        suite,
        readers,
        commitment: document.slice(end - HEAD_END, end - 24),
        header: document.slice(end - 24, end),
        head: document.subarray(0, end),
        chunks: document.subarray(end),
    };
}

/**
 * @param {Parsed} parsed
 * @param {Pair} box
 * @returns {Uint8Array}
 */
export function openSeal(parsed, box) {
    const reader = parsed.readers.find(({ key }) => equal(key, box.publicKey));
    must(reader !== undefined, "sealed.reader");
    let held;
    try {
        held = sodium.crypto_box_seal_open(reader.seal, box.publicKey, box.privateKey);
    } catch {
        return refuse("sealed.reader");
    }
    must(held.length === 32, "sealed.reader");
    return held;
}

/** @param {Parsed} parsed @param {Uint8Array} key @returns {Uint8Array} padded */
function decryptChunks({ header, head, chunks }, key) {
    const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
    const extra = sha256(head);
    const final = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    const plain = [];
    for (let at = 0; ; at += CHUNK + OVERHEAD) {
        const chunk = chunks.subarray(at, at + CHUNK + OVERHEAD);
        const isLast = chunk.length < CHUNK + OVERHEAD;
        must(chunk.length >= OVERHEAD, "sealed.chunk");
        const opened = pull(state, chunk, extra);
        must((opened.tag === final) === isLast, "sealed.chunk");
        plain.push(opened.message);
        if (isLast) {
            return concat(...plain);
        }
    }
}

/** @param {any} state @param {Uint8Array} chunk @param {Uint8Array} extra */
function pull(state, chunk, extra) {
    let opened;
    try {
        opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, extra);
    } catch (error) {
        if (error instanceof Refusal) {
            throw error;
        }
        return refuse("sealed.chunk");
    }
    must(opened !== false, "sealed.chunk");
    return opened;
}

/** @param {Uint8Array} padded */
function unpad(padded) {
    let end = padded.length;
    while (end > 0 && padded[end - 1] === 0) {
        end -= 1;
    }
    const good = end > 0 && padded[end - 1] === 0x80 && paddedSize(end - 1) === padded.length;
    must(good, "sealed.padding");
    return padded.slice(0, end - 1);
}

/** @param {Parsed} parsed @param {Uint8Array} key */
function openWithKey(parsed, key) {
    must(equal(H32("xiling/v1 content key", key), parsed.commitment), "sealed.key");
    return unpad(decryptChunks(parsed, key));
}

/**
 * @param {Uint8Array} document
 * @param {Pair[]} boxes one reader (suite ANY) or both
 */
export function openSealed(document, boxes) {
    const parsed = parseSealed(document);
    must(boxes.length === (parsed.suite === ANY ? 1 : 2), "sealed.reader");
    const held = boxes.map((box) => openSeal(parsed, box));
    return openWithKey(parsed, held.length === 1 ? held[0] : xor(held[0], held[1]));
}

/**
 * @param {Uint8Array} document of suite BOTH
 * @param {[Uint8Array, Uint8Array]} parts what the two seals hold
 */
export function openWithParts(document, [first, second]) {
    return openWithKey(parseSealed(document), xor(first, second));
}
