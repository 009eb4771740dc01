/**
 * store.js - what this device keeps, in one IndexedDB; nothing here is ever sent.
 *
 *   listPeople() → [person record]   readPerson(id)   savePerson({ person, code, roles? })   forgetPerson(id)
 *       person record: { person, code: <the key code, wrapped by lib/keys.js>, roles }
 *   choosePerson(id) / chosenPerson()   whom this tab works for: from the fragment #<id>, else the last
 *   lastPerson()                        the last alone
 *   saveVoteKey({ person, meeting, wrapped, P }) / readVoteKey(person, meeting) / eraseVoteKey(person, meeting)
 *   saveBallot({ M, person, … }) / readBallot(M, person) / eraseBallot(M, person)
 *       a ballot in progress: choices and seed wrapped, the sealed text once it is made, and `sent`
 *   markSent(M, person)   resolves only when the mark is durable: before the first byte leaves
 *   savePin(pin) / readPin()   the log this device is pinned to: origin, vkey, service key, genesis
 *   saveNote(name, value) / readNote(name) / eraseNote(name)   checkpoints seen, receipts, checks of the second device
 *   isAlone(name)   true: this tab holds the name until it closes; false: another tab of this device does
 *
 * Wrapped means: under the passphrase, by lib/keys.js. Bare secrets are never put here, but for one: an
 * objection and its receipt code, until its material is sent and the objector has put the code elsewhere.
 */
const NAME = "xiling";
const TABLES = ["people", "votes", "ballots", "notes"];
const CHOSEN = "xiling.person";
const LET_GO = 2000;
let opening = null;

function settle(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

function open() {
    opening ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => TABLES.forEach((table) => request.result.createObjectStore(table));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    return opening;
}

async function read(table, key) {
    const database = await open();
    return (await settle(database.transaction(table).objectStore(table).get(key))) ?? null;
}

/** Resolves when the transaction is durable, not only accepted. */
async function write(table, act) {
    const database = await open();
    const transaction = database.transaction(table, "readwrite", { durability: "strict" });
    act(transaction.objectStore(table));
    await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
    });
}

const save = (table, key, value) => write(table, (store) => store.put(value, key));
const erase = (table, key) => write(table, (store) => store.delete(key));

export async function listPeople() {
    const database = await open();
    return settle(database.transaction("people").objectStore("people").getAll());
}

export const readPerson = (id) => read("people", id);
export const savePerson = (record) => save("people", record.person, record);
export const forgetPerson = (id) => erase("people", id);

export function choosePerson(id) {
    sessionStorage.setItem(CHOSEN, id);
    localStorage.setItem(CHOSEN, id);
}

/** On a page whose fragment names something else. */
export function lastPerson() {
    return sessionStorage.getItem(CHOSEN) ?? localStorage.getItem(CHOSEN);
}

export function chosenPerson() {
    const named = decodeURIComponent(location.hash.slice(1)).match(/^[a-z0-9][a-z0-9-]{0,62}$/)?.[0];
    return named ?? lastPerson();
}

export const saveVoteKey = (record) => save("votes", `${record.person} ${record.meeting}`, record);
export const readVoteKey = (person, meeting) => read("votes", `${person} ${meeting}`);
export const eraseVoteKey = (person, meeting) => erase("votes", `${person} ${meeting}`);

export const saveBallot = (record) => save("ballots", `${record.M} ${record.person}`, record);
export const readBallot = (M, person) => read("ballots", `${M} ${person}`);
export const eraseBallot = (M, person) => erase("ballots", `${M} ${person}`);

export async function markSent(M, person) {
    const record = await readBallot(M, person);
    await saveBallot({ ...record, sent: true });
}

export const savePin = (pin) => save("notes", "pin", pin);
export const readPin = () => read("notes", "pin");
export const saveNote = (name, value) => save("notes", name, value);
export const readNote = (name) => read("notes", name);
export const eraseNote = (name) => erase("notes", name);

/** A tab that is just being left (a reload) needs a moment to let go. Old browsers know no locks. */
export function isAlone(name) {
    if (!navigator.locks || !AbortSignal.timeout) return Promise.resolve(true);
    return new Promise((resolve) => {
        const held = () => {
            resolve(true);
            return new Promise(() => {});
        };
        navigator.locks.request(name, { signal: AbortSignal.timeout(LET_GO) }, held).catch(() => resolve(false));
    });
}
