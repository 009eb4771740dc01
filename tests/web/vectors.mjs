/* vectors.mjs - reads tests/vectors for the tests of this folder. */
import { readFileSync } from "node:fs";
import { hexDecode } from "../../web/lib/bytes.js";
import { Refusal } from "../../web/lib/refusal.js";

/** @param {string} name */
export function vectors(name) {
    const file = new URL(`../vectors/${name}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, "utf8"));
}

export const bytesOf = hexDecode;

/** The bytes of a note given as text or, where it is not UTF-8, as base64. */
export function noteBytes(vector) {
    return vector.note_b64 === undefined
        ? new TextEncoder().encode(vector.note)
        : new Uint8Array(Buffer.from(vector.note_b64, "base64"));
}

/** "ring" of the rule "ballot.ring"; "" if the call passes. */
export function reasonOf(call) {
    try {
        call();
        return "";
    } catch (error) {
        if (error instanceof Refusal) {
            return error.rule.split(".")[1];
        }
        throw error;
    }
}
