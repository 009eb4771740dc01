/**
 * log.js - the public log as this device has verified it; everything a page believes comes through here.
 *
 *   openLog(pin)                 → { size, root, leaves, checkpoint }: signed by the pinned key, its root computed
 *        from every leaf, and grown from what this device saw before (else log.shrunk, log.changed)
 *   witnessCount(pin, checkpoint)      how many of the pinned witnesses have cosigned it
 *   latestCheckpoint(pin)        → { size, root } of it
 *   readEntries(log, from, to, tell)   entries from … to-1, each compared with its leaf
 *   replay(pin, log, to, tell)         → { state, entries }: entries 0 … to-1 folded, every rule and proof checked
 *   loadElection(pin, status, tell)    → the manifest, from the log replayed up to election.open
 *   openReceipt(pin, text)                         → proven { index, time, … } of whatever it is
 *   verifyReceipt(pin, text, statementText)        → proven { index, time, … }
 *   verifyBallotReceipt(pin, text, hash, election) → proven; also within the time of voting
 *   verifyAcceptance(pin, text, hash)              → proven { by, text }: the service's signed note
 */
import * as api from "../api.js";
import { base64Decode, equal, hex, utf8 } from "../lib/bytes.js";
import { countCosigned, openCheckpoint } from "../lib/checkpoint.js";
import { parseElection } from "../lib/election.js";
import { parseEntry } from "../lib/entry.js";
import { Edge, leafHash } from "../lib/merkle.js";
import { verifyReceipt as verifyProofFile } from "../lib/receipt.js";
import { foldEntryAsync, newRecord } from "../lib/record.js";
import { must } from "../lib/refusal.js";
import { signerOf, vkeyParse } from "../lib/signature.js";
import { parseStatement, value, verifySignatures } from "../lib/statement.js";
import { bundlePath, splitBundle, tilePath } from "../lib/tile.js";
import { printTime } from "../lib/text.js";
import { proven } from "./state.js";
import { readNote, saveNote } from "./store.js";

const WIDTH = 256;
const TILES_MOST = 16;

const logKey = (pin) => vkeyParse(pin.vkey.trim());

const tiles = new Map();

/**
 * Paths are named "tile/…" in lib/tile.js and below /log/tile/ in api.js. What a path names never changes, and
 * its bytes are checked wherever they are used: one journey over the wire is enough.
 */
async function tile(path) {
    const held = tiles.get(path) ?? await api.readTile(path.slice("tile/".length));
    tiles.set(path, held);
    if (tiles.size > TILES_MOST) tiles.delete(tiles.keys().next().value);
    return held;
}

async function readLeaves(size) {
    const leaves = [];
    for (let index = 0; index * WIDTH < size; index += 1) {
        const width = Math.min(WIDTH, size - index * WIDTH);
        const hashes = await tile(tilePath({ level: 0, index, width }));
        must(hashes.length === 32 * width, "tile.hash");
        for (let at = 0; at < hashes.length; at += 32) leaves.push(hashes.slice(at, at + 32));
    }
    return leaves;
}

/** The roots of the log at the given sizes, from its leaves. */
function rootsAt(leaves, sizes) {
    const edge = new Edge();
    const roots = new Map([[0, edge.root()]]);
    for (const leaf of leaves) {
        edge.append(leaf);
        if (sizes.includes(edge.size)) roots.set(edge.size, edge.root());
    }
    return roots;
}

export async function openLog(pin) {
    const checkpoint = openCheckpoint(utf8(await api.readCheckpoint()), logKey(pin));
    const { size, root } = checkpoint;
    const name = `checkpoint ${pin.vkey}`;
    const seen = await readNote(name);
    must(!seen || seen.size <= size, "log.shrunk");
    const leaves = await readLeaves(size);
    const roots = rootsAt(leaves, [size, seen?.size ?? 0]);
    must(equal(roots.get(size), root), "log.root");
    must(!seen || equal(roots.get(seen.size), seen.root), "log.changed");
    await saveNote(name, { size, root });
    return { size, root, leaves, checkpoint };
}

export async function latestCheckpoint(pin) {
    const { size, root } = await openLog(pin);
    return { size, root };
}

export async function readEntries(log, from, to, tell = () => {}) {
    const entries = [];
    for (let index = Math.floor(from / WIDTH); index * WIDTH < to; index += 1) {
        const width = Math.min(WIDTH, to - index * WIDTH);
        const bundle = splitBundle(await tile(bundlePath({ index, width })));
        must(bundle.length === width, "bundle.form");
        bundle.forEach((entry, i) => {
            const at = index * WIDTH + i;
            must(equal(leafHash(entry), log.leaves[at]), "log.entry", "", at);
            if (at >= from) entries.push({ index: at, entry });
            tell(at - from + 1, to - from);
        });
    }
    return entries;
}

/** Lets the page paint and answer between proofs. */
const pause = () => new Promise((resolve) => { setTimeout(resolve, 0); });

export async function replay(pin, log, to, tell = () => {}) {
    const entries = await readEntries(log, 0, to);
    const genesis = parseStatement(parseEntry(entries[0].entry).note);
    must(hex(genesis.hash) === pin.genesis, "log.genesis");
    const state = newRecord(pin.origin);
    for (const { index, entry } of entries) {
        await foldEntryAsync(state, entry, pause);
        if (index % 8 === 7) tell(index + 1, to);
    }
    return { state, entries };
}

export async function loadElection(pin, status, tell) {
    const log = await openLog(pin);
    const { entries } = await replay(pin, log, status.index + 1, tell);
    const statement = parseStatement(parseEntry(entries.at(-1).entry).note);
    const election = parseElection(statement.text);
    must(election.origin === pin.origin && election.id === status.id, "election.id");
    return election;
}

/** Keys that this device knows, never lines that are there: anybody can write a line. */
export function witnessCount(pin, checkpoint) {
    return countCosigned(checkpoint, (pin.witnesses ?? []).map(vkeyParse));
}

function open(pin, text) {
    const { time, note, index, checkpoint, entry } = verifyProofFile(utf8(text), logKey(pin));
    const statement = parseStatement(note);
    return { index, time: printTime(time), seconds: time, note, statement, size: checkpoint.size, entry,
        witnesses: witnessCount(pin, checkpoint), text };
}

export function verifyReceipt(pin, text, statementText) {
    const receipt = open(pin, text);
    must(receipt.statement.text === statementText, "receipt.text");
    return proven(receipt);
}

/** The receipt alone, whatever it is of; the caller says what it expected. */
export function openReceipt(pin, text) {
    return proven(open(pin, text));
}

/**
 * The ballot of this text stands in the log, in time, and before a close that the service names. That
 * no earlier close is hidden follows for the auditor, to whom such an entry is a broken log.
 */
export async function verifyBallotReceipt(pin, text, hash, election) {
    const receipt = open(pin, text);
    must(hex(receipt.statement.hash) === hash, "receipt.text");
    must(receipt.seconds >= election.opens && receipt.seconds < election.closes, "ballot.time");
    const { close } = await api.readElection(election.id).catch(() => ({ close: null }));
    must(close === null || close === undefined || receipt.index < close, "ballot.closed");
    return proven(receipt);
}

export function verifyAcceptance(pin, text, hash) {
    const statement = parseStatement(utf8(text));
    verifySignatures(statement, [signerOf("service", base64Decode(pin.service_key))]);
    must(statement.type === "acceptance" && statement.origin === pin.origin, "acceptance.form");
    must(hex(base64Decode(value(statement, "文本"))) === hash, "acceptance.text");
    return proven({ by: value(statement, "入册不迟于"), text });
}
