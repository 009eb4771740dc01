/**
 * key.js - which key of a log an answer rests on, and who said so (as check/pin.js, by the log's name).
 *
 *   keyFor(origin, offered) → { vkey, known, witnesses } or null: nobody has said one yet
 *        offered: the text of a bundle's log.vkey, or ""
 *   typeKey(origin, text)   → { vkey, known: "typed" }, kept; a Refusal of vkeyParse, "checkpoint.origin"
 *
 * known: "typed"   a person gave it on this device | "seen"  the same as before, never compared
 *        "service" first seen now: the word of the service this page came from | "bundle" that of the bundle
 * witnesses: the vkeys of this log's witnesses that this device is pinned to, from its service; [] if none.
 * What this device has kept is believed before anything that comes along. A bundle's own word is never
 * kept, and a page does not paint it green: whoever forges a bundle forges its key as well.
 */
import * as api from "../../api.js";
import { must } from "../../lib/refusal.js";
import { vkeyParse } from "../../lib/signature.js";
import { readNote, readPin, saveNote } from "../../ui/store.js";

const nameOf = (origin) => `log ${origin}`;

/** A browser that keeps nothing (a private window, a file from a disk) still checks. */
const quiet = (promise) => promise.catch(() => null);

async function keep(origin, { vkey, witnesses = [] }, known) {
    await quiet(saveNote(nameOf(origin), { vkey, witnesses, typed: known === "typed" }));
    return { vkey, witnesses, known };
}

async function kept(origin) {
    const note = await quiet(readNote(nameOf(origin)));
    if (note) return { vkey: note.vkey, witnesses: note.witnesses ?? [], known: note.typed ? "typed" : "seen" };
    const pin = await quiet(readPin());
    if (pin?.origin !== origin) return null;
    return { vkey: pin.vkey, witnesses: pin.witnesses ?? [], known: pin.compared ? "typed" : "seen" };
}

async function fromService(origin) {
    if (!location.protocol.startsWith("http")) return null;
    const pin = await quiet(api.readServicePin());
    return pin?.origin === origin ? pin : null;
}

/** A text that is the key of this log, or null. */
function ofLog(origin, text) {
    try {
        return vkeyParse(text).name === origin ? text : null;
    } catch {
        return null;
    }
}

export async function keyFor(origin, offered) {
    const known = await kept(origin);
    if (known) return known;
    const service = await fromService(origin);
    if (service) return keep(origin, service, "service");
    const bundled = ofLog(origin, offered);
    return bundled ? { vkey: bundled, witnesses: [], known: "bundle" } : null;
}

export function readKey(origin, text) {
    const vkey = text.replace(/\s/g, "");
    must(vkeyParse(vkey).name === origin, "checkpoint.origin");
    return vkey;
}

/** Witnesses go with the key they were pinned with, and with no other. */
export async function keepKey(origin, vkey) {
    const known = await kept(origin);
    return keep(origin, { vkey, witnesses: known?.vkey === vkey ? known.witnesses : [] }, "typed");
}
