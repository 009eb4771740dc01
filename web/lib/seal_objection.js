/*
 * seal_objection.js - an objection sealed to its readers, part by part (protocol section 8).
 *
 *   readersOf(notice, subject) -> box keys    every handler; one with a conflict gives way to a key
 *                                             that nobody holds
 *   keyOfNobody() -> box key                  opens nothing
 *   pairsOf(keepers) -> [[key, key], …]       one pair of two keepers, three of three
 *   sealParts(notice, subject, { content, identity, files, identityFiles }) -> parts in order
 *   sealPart(kind, suite, readers, plain)     one of them
 *   partLine(part)                            the value of a line 部分
 *   openIdentity(document, parts)             with the two shares that keepers handed over
 *
 * A notice is what GET /api/notices/<id> answers: { handlers: [{ person, box, conflicts }],
 * keepers: [{ person, box }] }, keys in base64.
 */
import { base64, base64Decode, hex } from "./bytes.js";
import { sha256 } from "./hash.js";
import { ANY, BOTH, openWithParts, sealDocument } from "./sealed.js";
import sodium from "./sodium.js";

/**
 * @typedef {{ handlers: { person: string, box: string, conflicts: string[] }[],
 *   keepers: { person: string, box: string }[] }} NoticeView
 * @typedef {{ kind: string, document: Uint8Array, hash: Uint8Array }} SealedPart
 * @typedef {{ content: Uint8Array, identity: Uint8Array, files?: Uint8Array[],
 *   identityFiles?: Uint8Array[] }} Plain
 */

/** Its secret is drawn and forgotten: a seal to it opens for nobody. */
export function keyOfNobody() {
    return sodium.crypto_box_keypair().publicKey;
}

/** @param {NoticeView} notice @param {string} subject an organisation's id */
export function readersOf({ handlers }, subject) {
    return handlers.map(({ box, conflicts }) => (conflicts.includes(subject) ? keyOfNobody() : base64Decode(box)));
}

/** By the ids of the keepers, ascending. @param {NoticeView["keepers"]} keepers */
export function pairsOf(keepers) {
    const keys = [...keepers].sort((a, b) => (a.person < b.person ? -1 : 1)).map(({ box }) => base64Decode(box));
    return keys.flatMap((key, i) => keys.slice(i + 1).map((other) => [key, other]));
}

/** @param {string} kind @param {number} suite @param {Uint8Array[]} readers @param {Uint8Array} plain @returns {SealedPart} */
export function sealPart(kind, suite, readers, plain) {
    const document = sealDocument(suite, readers, plain);
    return { kind, document, hash: sha256(document) };
}

/** @param {NoticeView} notice @param {string} subject @param {Plain} plain */
export function sealParts(notice, subject, { content, identity, files = [], identityFiles = [] }) {
    const readers = readersOf(notice, subject);
    const pairs = pairsOf(notice.keepers);
    const forPairs = (/** @type {string} */ kind, /** @type {Uint8Array} */ held) =>
        pairs.map((pair) => sealPart(kind, BOTH, pair, held));
    return [
        sealPart("正文", ANY, readers, content),
        ...forPairs("身份", identity),
        ...files.map((file) => sealPart("附件", ANY, readers, file)),
        ...identityFiles.flatMap((file) => forPairs("身份附件", file)),
    ];
}

/** @param {SealedPart} part */
export function partLine({ kind, document, hash }) {
    return `${kind} ${base64(hash)} ${document.length}`;
}

/** The name a part is sent under: PUT /api/documents/<name>. @param {SealedPart} part */
export function partName({ hash }) {
    return hex(hash);
}

/** @param {Uint8Array} document @param {Uint8Array[]} shares what the two keepers' seals hold, in the order of the keys */
export function openIdentity(document, shares) {
    return openWithParts(document, shares);
}
