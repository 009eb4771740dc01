/**
 * delivery.js - a signature on its way: kept on this device before the first byte leaves, sent until the
 * log has it, its receipt verified, its reason handed in; nothing is lost by a reload or a lost network.
 *
 *   readDraft(key) / saveDraft(key, draft)      { opinion, reason, salt } while the person makes up their mind
 *   readSent(key)                               { note, text, opening, receipt, opinion } or null
 *   keepSent(key, sent)
 *   deliver(model, key, sent, tell)  → proven receipt; tell("opening") between the two steps. Throws: an
 *        error with `isTemporary` is to be tried again as it is; otherwise the log has refused the
 *        statement (`isRefused`), and nothing of it is kept but the draft
 *   loadOwn(model, row)              → proven { index, time, statement, text } of a signature in the log
 *
 * key: { pin, id, version, person }. The same text posted again gives its old receipt, so sending twice
 * is harmless; but whether it is there is asked first, because a text may have grown too old to be taken.
 */
import * as api from "../../api.js";
import { hex, utf8 } from "../../lib/bytes.js";
import { sha256 } from "../../lib/hash.js";
import { must } from "../../lib/refusal.js";
import { value } from "../../lib/statement.js";
import { openReceipt, verifyReceipt } from "../../ui/log.js";
import { readNote, saveNote } from "../../ui/store.js";

const nameOf = (kind, { pin, id, version, person }) => `report ${kind} ${pin.vkey} ${id} ${version} ${person}`;

export const readDraft = (key) => readNote(nameOf("draft", key));
export const saveDraft = (key, draft) => saveNote(nameOf("draft", key), draft);
export const readSent = (key) => readNote(nameOf("sent", key));
export const keepSent = (key, sent) => saveNote(nameOf("sent", key), sent);

const hashOf = (text) => hex(sha256(utf8(text)));

/** Lost on the way, or the service is busy or ill: not an answer about the statement. */
function isTemporary(error) {
    return Boolean(error.lost) || error.status === 429 || error.status >= 500;
}

async function findReceipt(text) {
    try {
        return (await api.readReceipt(hashOf(text))).receipt ?? null;
    } catch (error) {
        if (error.status === 404) return null;
        throw error;
    }
}

async function post(sent) {
    try {
        return (await findReceipt(sent.text)) ?? (await api.postEntry(sent.note)).receipt;
    } catch (error) {
        throw Object.assign(error, isTemporary(error) ? { isTemporary: true } : { isRefused: error.status !== undefined });
    }
}

async function handInReason(sent) {
    try {
        await api.postOpening(sent.opening);
    } catch (error) {
        throw Object.assign(error, { isTemporary: isTemporary(error) });
    }
}

export async function deliver(model, key, sent, tell) {
    if (!sent.receipt) {
        const receipt = await post(sent);
        verifyReceipt(model.pin, receipt, sent.text);
        sent.receipt = receipt;
        await keepSent(key, sent);
    }
    if (sent.opening) {
        tell("opening");
        await handInReason(sent);
        sent.opening = null;
        await keepSent(key, sent);
    }
    await saveDraft(key, null);
    return verifyReceipt(model.pin, sent.receipt, sent.text);
}

export async function loadOwn({ pin, status }, row) {
    const { receipt } = await api.readReceipt(row.text);
    const proof = openReceipt(pin, receipt);
    const { statement } = proof;
    must(hex(statement.hash) === row.text && statement.type === "report.sign" && value(statement, "报告") === status.id &&
        value(statement, "版本") === String(status.version) && value(statement, "签署人") === row.person, "receipt.text");
    return proof;
}
