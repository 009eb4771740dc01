/*
 * draft_objection.js - what an objector signs: the filing, more material, a withdrawal, a question.
 *
 *   draftFiling({ origin, notice, subject, salt, keys, parts, time })   objection.file
 *   draftSupplement({ origin, hash, parts, time })                      objection.supplement
 *   draftWithdrawal({ origin, hash, time })                             objection.withdraw
 *   draftAsk({ origin, keys, time })                                    status.ask, never logged
 *   signAsObjector(text, keys) -> note
 *
 * keys: of the receipt code (keys.js deriveKeys); hash: SHA-256 of the filing's text; parts as
 * seal_objection.js makes them; salt: 32 bytes, drawn for this filing. Protocol section 8.
 */
import { hidden } from "./hash.js";
import { partLine } from "./seal_objection.js";
import { printText, signNote } from "./statement.js";

/**
 * @typedef {import("./keys.js").Keys} Keys
 * @typedef {import("./seal_objection.js").SealedPart} SealedPart
 */

/** @param {SealedPart[]} parts @returns {[string, string][]} */
const partFields = (parts) => parts.map((part) => ["部分", partLine(part)]);

/**
 * @param {{ origin: string, notice: string, subject: string, salt: Uint8Array, keys: Keys,
 *   parts: SealedPart[], time: Date }} filing
 */
export function draftFiling({ origin, notice, subject, salt, keys, parts, time }) {
    return printText("objection.file", origin, [
        ["公示", notice],
        ["对象", hidden("objection.file", "对象", salt, subject)],
        ["签名公钥", keys.sign.publicKey],
        ["封存公钥", keys.box.publicKey],
        ...partFields(parts),
        ["时间", time],
    ]);
}

/** @param {{ origin: string, hash: Uint8Array, parts: SealedPart[], time: Date }} supplement */
export function draftSupplement({ origin, hash, parts, time }) {
    return printText("objection.supplement", origin, [["案件", hash], ...partFields(parts), ["时间", time]]);
}

/** @param {{ origin: string, hash: Uint8Array, time: Date }} withdrawal */
export function draftWithdrawal({ origin, hash, time }) {
    return printText("objection.withdraw", origin, [
        ["案件", hash],
        ["时间", time],
    ]);
}

/** @param {{ origin: string, keys: Keys, time: Date }} ask */
export function draftAsk({ origin, keys, time }) {
    return printText("status.ask", origin, [
        ["签名公钥", keys.sign.publicKey],
        ["时间", time],
    ]);
}

/** @param {string} text @param {Keys} keys */
export function signAsObjector(text, keys) {
    return signNote(text, [{ name: "objector", pair: keys.sign }]);
}
