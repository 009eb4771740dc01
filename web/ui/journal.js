/**
 * journal.js - the whole log, fetched, checked and folded on this device, and kept up with.
 *
 *   openJournal(pin, tell)        → proven journal { state, entries, log, signatures }
 *   followJournal(journal, tell)  → true if the log has grown; journal.state and entries have with it;
 *        who asks while another is at it waits for its turn, so that nothing is folded twice
 *        entries: [{ index, time, type, signed, statement, entry: bytes }]
 *        tell(done, total)   after each entry, so that a page can count
 *
 * Everything that a drafting or signing page believes about the log comes from here: signed checkpoint,
 * tree, genesis, and every rule and proof of every entry. The first refusal has `entry` and `raw`.
 */
import { hex, utf8Decode } from "../lib/bytes.js";
import { parseEntry } from "../lib/entry.js";
import { foldEntryAsync, newRecord } from "../lib/record.js";
import { must } from "../lib/refusal.js";
import { parseStatement } from "../lib/statement.js";
import { openLog, readEntries } from "./log.js";
import { proven } from "./state.js";

const SLICE = 16;

/** Lets the page breathe between proofs, but not after each small one. */
export function pacer() {
    let since = performance.now();
    return async () => {
        if (performance.now() - since < SLICE) return;
        await new Promise((resolve) => { setTimeout(resolve, 0); });
        since = performance.now();
    };
}

async function fold(journal, { index, entry }, pause) {
    try {
        const step = await foldEntryAsync(journal.state, entry, pause);
        const statement = parseStatement(parseEntry(entry).note);
        if (index === 0) must(hex(statement.hash) === journal.pin.genesis, "genesis.pin");
        journal.entries.push({ ...step, statement, entry });
        journal.signatures += statement.signatures.length;
    } catch (error) {
        throw Object.assign(error, { entry: index, raw: utf8Decode(entry), good: journal.entries.length });
    }
}

async function follow(journal, tell) {
    const log = await openLog(journal.pin);
    const from = journal.state.size;
    journal.log = log;
    if (log.size === from) return false;
    const pause = pacer();
    for (const item of await readEntries(log, from, log.size)) {
        await fold(journal, item, pause);
        tell(item.index + 1 - from, log.size - from);
        await pause();
    }
    return true;
}

export function followJournal(journal, tell = () => {}) {
    const turn = journal.turn.then(() => follow(journal, tell));
    journal.turn = turn.catch(() => false);
    return turn;
}

export async function openJournal(pin, tell) {
    const journal = { pin, state: newRecord(pin.origin), entries: [], log: null, signatures: 0, turn: Promise.resolve() };
    await followJournal(journal, tell);
    return proven(journal);
}
