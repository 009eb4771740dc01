/**
 * pin.js - which log the second device relies on, and on whose word.
 *
 *   pinOf(address)          → { pin, known }; the first sight of an address is kept on this device
 *   pinAgain(address)       → the same, after a person decided to take the present log
 *   isSameKey(held, typed)  the key as it stands on the meeting sheet is this one
 *   comparePin(address, held)   → { pin, known: "sheet" }, kept
 *
 * known: "told"  first seen now: the service's own word | "seen"  the same as before, never compared
 *        "sheet" a person has compared it with the meeting sheet
 * Another log than the one kept is a refusal (refuse.origin). At its own address the page shares the
 * pin of the other pages; a single file, or a page of another operator, keeps one for each address.
 */
import * as api from "../../api.js";
import { explain } from "../../ui/refusal.js";
import { readNote, saveNote } from "../../ui/store.js";

const PINNED = ["origin", "vkey", "genesis"];

const nameOf = (address) => (address === location.origin ? "pin" : `pin ${address}`);

export async function pinOf(address) {
    api.askService(address);
    const [kept, present] = [await readNote(nameOf(address)), await api.readServicePin()];
    if (!kept) {
        await saveNote(nameOf(address), present);
        return { pin: present, known: "told" };
    }
    if (PINNED.some((name) => kept[name] !== present[name])) throw explain("refuse.origin", kept);
    return { pin: kept, known: kept.compared ? "sheet" : "seen" };
}

export async function pinAgain(address) {
    api.askService(address);
    const present = await api.readServicePin();
    await saveNote(nameOf(address), present);
    return { pin: present, known: "told" };
}

export const isSameKey = ({ pin }, typed) => pin.vkey.trim() === typed.replace(/\s/g, "");

export async function comparePin(address, { pin }) {
    const compared = { ...pin, compared: true };
    await saveNote(nameOf(address), compared);
    return { pin: compared, known: "sheet" };
}
