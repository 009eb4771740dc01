/**
 * send.js - an objection on its way: the text first, for its receipt; then the sealed parts, one after the
 * other, resumed wherever they stopped.
 *
 *   fileObjection(room, sealed, text, tell)  → filed, kept on this device before the first byte leaves
 *        where too many send it works or waits, and tells so (ui/patience.js)
 *   Sending(filed)   .go(tell) sends what is missing; .sent, .total in bytes
 *   askOwn(pin, keys, patience)  → what POST /api/status says of the case
 */
import * as api from "../../api.js";
import { base64, hex, utf8 } from "../../lib/bytes.js";
import { draftAsk, signAsObjector } from "../../lib/draft_objection.js";
import { sha256 } from "../../lib/hash.js";
import { verifyReceipt } from "../../ui/log.js";
import { serverNow } from "../../ui/time.js";
import { upload } from "../../ui/upload.js";
import { keepFiled } from "./draft.js";

export async function fileObjection({ pin, notice }, { code, keys, parts }, text, tell) {
    const note = signAsObjector(text, keys);
    const filed = { code: base64(code), text, note, receipt: null, hash: hex(sha256(utf8(text))), parts: parts.map(({ kind, hash, document }) => ({ kind, hash: hex(hash),
        size: document.length, bytes: new Blob([document]) })) };
    await keepFiled(notice.id, filed);
    return commit(pin, notice, filed, tell);
}

/** The same text twice gets the same receipt, so this may be tried as often as one likes. */
export async function commit(pin, notice, filed, tell) {
    const { receipt } = await api.postEntry(filed.note, { tell, waits: true });
    verifyReceipt(pin, receipt, filed.text);
    const kept = { ...filed, receipt };
    await keepFiled(notice.id, kept);
    return kept;
}

export class Sending {
    constructor({ parts }) {
        Object.assign(this, { parts, done: 0, part: 0, state: "sending", total: parts.reduce((sum, { size }) => sum + size, 0) });
    }

    get sent() {
        return this.done + this.part;
    }

    async go(tell) {
        this.done = 0;
        for (const { hash, size, bytes } of this.parts) {
            await upload(hash, bytes, { tell: ({ state, sent }) => {
                Object.assign(this, { part: sent, state: state === "lost" ? "lost" : "sending" });
                tell();
            } });
            Object.assign(this, { done: this.done + size, part: 0 });
            tell();
        }
        this.state = "done";
        tell();
    }
}

export function askOwn(pin, keys, patience) {
    return api.askStatus(signAsObjector(draftAsk({ origin: pin.origin, keys, time: serverNow() }), keys), patience);
}
