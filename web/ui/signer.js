/**
 * signer.js - the person's key on this device, at work: open it, sign one text, wipe it.
 *
 *   pinService()                      the log this device is pinned to; the first sight pins it
 *        → {origin, vkey, service_key, genesis, time, witnesses}; another log is a refusal
 *   repinService()                    forgets the old log and pins the present one (a person decides this)
 *   keepPerson(id, code, passphrase)  wraps a key code (16 bytes) and keeps it
 *   withKeys(id, passphrase, use)     use(keys) with the opened keys, which are wiped afterwards
 *   signStatement(id, passphrase, text) → note text; refuses another log's text, and a wrong clock
 *   openMySession(id, passphrase)     reads what is not public: signs session.open → {person, roles}
 *   wrapForDevice(secret, passphrase) / unwrapOnDevice(wrapped, passphrase)   a vote key, a vault
 *
 * Opening takes about a second of computing; the caller shows words meanwhile.
 */
import * as api from "../api.js";
import { base64Decode, utf8Decode, wipe } from "../lib/bytes.js";
import { deriveKeys, unwrapSecret, wipeKeys, wrapSecret } from "../lib/keys.js";
import { parseText, printText, signNote } from "../lib/statement.js";
import { explain } from "./refusal.js";
import { readPerson, readPin, savePerson, savePin } from "./store.js";
import { clockError, keepTime, stamp } from "./time.js";

const CLOCK_LIMIT = 10;
const PINNED = ["origin", "vkey", "service_key", "genesis"];

/** Lets the page paint before a second of computing. */
export function breathe() {
    return new Promise((resolve) => { setTimeout(resolve, 40); });
}

export async function pinService() {
    const kept = await readPin();
    const present = await api.readServicePin();
    keepTime(present.time);
    if (!kept) {
        await savePin(present);
        return present;
    }
    if (PINNED.some((name) => kept[name] !== present[name])) throw explain("refuse.origin", kept);
    return present;
}

export async function repinService() {
    const present = await api.readServicePin();
    await savePin(present);
    return present;
}

export async function keepPerson(person, code, passphrase) {
    await breathe();
    const wrapped = wrapSecret(code, passphrase);
    await savePerson({ person, code: wrapped, roles: (await readPerson(person))?.roles ?? [] });
}

function unwrap(wrapped, passphrase) {
    try {
        return unwrapSecret(wrapped, passphrase);
    } catch (error) {
        if (error.rule?.startsWith("keys.")) throw explain("refuse.pass");
        throw error;
    }
}

export async function withKeys(person, passphrase, use) {
    const kept = await readPerson(person);
    if (!kept) throw explain("refuse.nobody");
    await breathe();
    const code = unwrap(kept.code, passphrase);
    const keys = deriveKeys(code);
    try {
        return await use(keys, code);
    } finally {
        wipeKeys(keys);
        wipe(code);
    }
}

export async function signStatement(person, passphrase, text) {
    const pin = await pinService();
    if (parseText(text).origin !== pin.origin) throw explain("refuse.origin", pin);
    if (clockError() >= CLOCK_LIMIT) throw explain("refuse.clock", { n: clockError() });
    return withKeys(person, passphrase, (keys) => signWith(person, keys, text));
}

/** With keys that are already open. */
export function signWith(person, keys, text) {
    return utf8Decode(signNote(text, [{ name: person, pair: keys.sign }]));
}

export async function openMySession(person, passphrase) {
    const pin = await pinService();
    const { nonce } = await api.readChallenge();
    const text = printText("session.open", pin.origin, [["人员", person], ["随机数", base64Decode(nonce)], ["时间", stamp()]]);
    const session = await api.openSession(await signStatement(person, passphrase, text));
    await savePerson({ ...(await readPerson(person)), roles: session.roles });
    return session;
}

/** Wraps a secret of this device (a vote key, a ballot's vault) under the person's passphrase. */
export async function wrapForDevice(secret, passphrase) {
    await breathe();
    return wrapSecret(secret, passphrase);
}

export async function unwrapOnDevice(wrapped, passphrase) {
    await breathe();
    return unwrap(wrapped, passphrase);
}
