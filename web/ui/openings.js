/**
 * openings.js - salt and value of hidden fields: kept on this device until the service has them.
 *
 *   hiding(type)                 one statement's hidden fields: their salts stay the same while it is typed
 *     .field(label, value)       "#…" for the text ("" for an empty value)
 *     .keep(text)                before the statement leaves: notes every opening on this device
 *   keepOpening({ type, label, salt, value, statement })   one that was not made here: salt in base64
 *   sendOpenings()               hands in what is still kept; called after signing and when a page opens
 *   openedFields(text, openings) [{ label, value }] of the hidden fields of a text that these open
 */
import * as api from "../api.js";
import { base64, base64Decode, hex, randomBytes, utf8 } from "../lib/bytes.js";
import { hidden, isHiddenOpening, sha256 } from "../lib/hash.js";
import { parseText } from "../lib/statement.js";
import { readNote, saveNote } from "./store.js";

const NOTE = "openings";
/** As long as a proposal may wait; after that nobody can still log the statement. */
const PATIENCE = 8 * 24 * 3600 * 1000;

export function hiding(type) {
    const salts = new Map();
    const held = new Map();
    function field(label, value) {
        held.delete(label);
        if (value === "") return "";
        if (!salts.has(label)) salts.set(label, randomBytes(32));
        held.set(label, value);
        return hidden(type, label, salts.get(label), value);
    }
    async function keep(text) {
        const statement = hex(sha256(utf8(text)));
        const made = [...held].map(([label, value]) => ({ type, label, salt: base64(salts.get(label)), value, statement, since: Date.now() }));
        if (made.length === 0) return;
        const kept = (await readNote(NOTE)) ?? [];
        await saveNote(NOTE, [...kept.filter((one) => !made.some((own) => own.salt === one.salt && own.statement === one.statement)), ...made]);
    }
    return { field, keep };
}

export async function keepOpening(opening) {
    const kept = (await readNote(NOTE)) ?? [];
    const others = kept.filter(({ statement, label }) => statement !== opening.statement || label !== opening.label);
    await saveNote(NOTE, [...others, { ...opening, since: Date.now() }]);
}

/** Kept on: what found no answer, and what the service may not know yet. */
function isOver(error, since) {
    if (Date.now() - since > PATIENCE) return true;
    return !error.lost && error.status >= 400 && error.status < 500 && ![401, 404, 429].includes(error.status);
}

export async function sendOpenings() {
    const kept = (await readNote(NOTE)) ?? [];
    const left = [];
    for (const opening of kept) {
        const { since, ...body } = opening;
        const failed = await api.postOpening(body).then(() => false, (error) => !isOver(error, since));
        if (failed) left.push(opening);
    }
    if (kept.length > 0) await saveNote(NOTE, left);
}

export function openedFields(text, openings) {
    const statement = parseText(text);
    return statement.fields.filter(({ value }) => /^#[A-Za-z0-9+/]{43}=$/.test(value)).map(({ label, value: hash }) => {
        const opening = openings.find((one) => one.hidden === hash && isHiddenOpening(statement.type, label, hash, base64Decode(one.salt), one.value));
        return { label, value: opening?.value ?? null };
    });
}
