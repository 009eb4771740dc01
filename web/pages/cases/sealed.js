/**
 * sealed.js - what is sealed to a handler or a keeper, opened on the own device.
 *
 *   readCase(person, passphrase, held)       → { content, files: [{ line, bytes }] } of a case
 *   readIdentity(person, passphrase, held)   → the text of the identity, with the shares of two keepers; null
 *        while they are not both there
 *   handShares(person, passphrase, held, opening, people)   → how many files' shares were handed over
 *   readSealed(person, passphrase, { hash, size })   → the plain bytes of one document
 *   sealToOrganisation(held, people, person, count, bytes)   to its representative and the handlers, `count` keys
 *   sealToHandlers(held, people, bytes), sealToObjector(held, bytes)   → sealed documents
 */
import * as api from "../../api.js";
import { base64, base64Decode, utf8Decode } from "../../lib/bytes.js";
import { sha256 } from "../../lib/hash.js";
import { keyOfNobody } from "../../lib/seal_objection.js";
import { ANY, openSealed, sealDocument } from "../../lib/sealed.js";
import { isSealedTo, openShared, shareFor } from "../../lib/share_identity.js";
import { explain } from "../../ui/refusal.js";
import { withKeys } from "../../ui/signer.js";

const partsOf = (held, kind) => [...held.texts.values()].flatMap(({ parts }) => parts).filter((part) => part.kind === kind);

async function fetchPart({ hash, size }) {
    const bytes = new Uint8Array(size);
    const came = await api.readDocument(hash, bytes, () => {});
    if (came !== size) throw explain("cases.cut");
    return bytes;
}

function open(document, box) {
    try {
        return openSealed(document, [box]);
    } catch (error) {
        throw error.rule === "sealed.reader" ? explain("cases.notyours") : error;
    }
}

export async function readCase(person, passphrase, held) {
    const sealed = [];
    for (const part of [...partsOf(held, "正文"), ...partsOf(held, "附件")]) sealed.push(await fetchPart(part));
    return withKeys(person, passphrase, ({ box }) => {
        const [content, ...files] = sealed.map((document) => open(document, box));
        const text = utf8Decode(content);
        const lines = text.split("\n").filter((line) => line.startsWith("附件: ")).map((line) => line.slice(4));
        return { content: text, files: files.map((bytes, i) => ({ line: lines[i] ?? "", bytes })) };
    });
}

export async function readSealed(person, passphrase, file) {
    const document = await fetchPart(file);
    return withKeys(person, passphrase, ({ box }) => open(document, box));
}

export async function readIdentity(person, passphrase, held) {
    for (const part of partsOf(held, "身份")) {
        const { shares } = await api.readShares(part.hash);
        if (shares.length >= 2) {
            const document = await fetchPart(part);
            return withKeys(person, passphrase, ({ box }) => utf8Decode(openShared(document, box, shares.slice(0, 2).map(({ sealed }) => base64Decode(sealed)))));
        }
    }
    return null;
}

export async function handShares(person, passphrase, held, opening, people) {
    const keys = opening.keepers.map((id) => people.get(id).boxKey);
    const documents = [];
    for (const part of [...partsOf(held, "身份"), ...partsOf(held, "身份附件")]) {
        const document = await fetchPart(part);
        if (isSealedTo(document, keys)) documents.push({ part, document });
    }
    const shares = await withKeys(person, passphrase, ({ box }) => documents.map(({ part, document }) => ({ document: part.hash, reader: opening.reader,
        sealed: base64(shareFor(document, box, people.get(opening.reader).boxKey)) })));
    for (const share of shares) await api.postShare(share);
    return shares.length;
}

const made = (document) => ({ document, hash: sha256(document) });

/** Who has not declared to be free of conflict cannot read it; its size does not tell who. */
export const sealToHandlers = (held, people, bytes) => made(sealDocument(ANY, held.handlers.map((id) => (held.declared.get(id) === false ? people.get(id).boxKey : keyOfNobody())), bytes));
export const sealToObjector = (held, bytes) => made(sealDocument(ANY, [held.boxKey], bytes));

/** Keys of nobody's fill the number up: it does not tell how many handlers stand aside. */
export function sealToOrganisation(held, people, person, count, bytes) {
    const free = held.handlers.filter((id) => held.declared.get(id) === false).map((id) => people.get(id).boxKey);
    const readers = [person.boxKey, ...free].slice(0, count);
    return made(sealDocument(ANY, [...readers, ...Array.from({ length: count - readers.length }, keyOfNobody)], bytes));
}
