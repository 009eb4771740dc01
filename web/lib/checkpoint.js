/*
 * checkpoint.js - signed notes of the log itself: checkpoints, cosignatures, policies
 * (log-formats 3.1, 3.3, 3.7, 3.8).
 *
 *   splitNote(bytes) -> { text, lines: [{ name, id, signature }] }     note.form
 *   openCheckpoint(bytes, vkey) -> { origin, size, root, text, lines } checkpoint.form, .origin, .signature
 *   parsePolicy(text) -> Policy { logs, witnesses, groups, quorum }    policy.form
 *   isWitnessed(checkpoint, policy) -> { met, times: Map name -> seconds }   note.signature
 *   countCosigned(checkpoint, vkeys) -> how many of these keys have cosigned; no other line counts
 *   printCheckpoint({ origin, size, root }), signCheckpoint(head, pair)
 *
 * A vkey is what vkeyParse gives. The log line's key name is the origin.
 */
import { base64, base64Decode, base64Fixed, concat, equal, hex, readBe64, utf8, utf8Decode } from "./bytes.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isKeyName, isSignature, signLine, vkeyParse } from "./signature.js";
import { parseNumber } from "./text.js";

/**
 * @typedef {ReturnType<typeof vkeyParse>} VerifierKey
 * @typedef {{ name: string, id: Uint8Array, signature: Uint8Array }} Line
 * @typedef {{ origin: string, size: number, root: Uint8Array, text: string, lines: Line[] }} Checkpoint
 * @typedef {{ k: number, members: string[] }} Group
 * @typedef {{ logs: VerifierKey[], witnesses: Map<string, VerifierKey>,
 *   groups: Map<string, Group>, quorum: string }} Policy
 */

const LINES_MAX = 100;

/** @param {string} rule @param {() => T} call @template T @returns {T} */
function named(rule, call) {
    try {
        return call();
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(rule);
        }
        throw error;
    }
}

/** @param {string} line @returns {Line} */
function readLine(line) {
    const match = /^\u2014 ([^ ]+) (.+)$/.exec(line);
    must(match !== null && isKeyName(match[1]), "note.form");
    const bytes = base64Decode(match[2]);
    must(bytes.length >= 5, "note.form");
    return { name: match[1], id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** @param {Uint8Array} note */
export function splitNote(note) {
    return named("note.form", () => {
        const whole = utf8Decode(note);
        must(!/[\u0000-\u0009\u000b-\u001f]/.test(whole) && whole.endsWith("\n"), "note.form");
        const blank = whole.lastIndexOf("\n\n");
        must(blank >= 0, "note.form");
        const lines = whole.slice(blank + 2, -1).split("\n");
        must(lines.length <= LINES_MAX, "note.form");
        return { text: whole.slice(0, blank + 1), lines: lines.map(readLine) };
    });
}

/** The first line of this very key. @param {Line[]} lines @param {VerifierKey} key */
function lineOf(lines, key) {
    return lines.find(({ name, id }) => name === key.name && equal(id, key.id));
}

/** @param {string} text */
function readBody(text) {
    const rows = text.split("\n");
    must(rows.length === 4 && rows[3] === "" && rows[0] !== "", "checkpoint.form");
    return { origin: rows[0], size: parseNumber(rows[1]), root: base64Fixed(rows[2], 32) };
}

/**
 * @param {Uint8Array} note
 * @param {VerifierKey} log
 * @returns {Checkpoint}
 */
export function openCheckpoint(note, log) {
    const { text, lines } = splitNote(note);
    const body = named("checkpoint.form", () => readBody(text));
    must(body.origin === log.name, "checkpoint.origin");
    const signed = lineOf(lines, log);
    const valid = signed !== undefined && isSignature(log.publicKey, utf8(text), signed.signature);
    must(valid, "checkpoint.signature");
    return { ...body, text, lines };
}

/** @param {{ origin: string, size: number, root: Uint8Array }} head */
export function printCheckpoint({ origin, size, root }) {
    return `${origin}\n${size}\n${base64(root)}\n`;
}

/**
 * @param {{ origin: string, size: number, root: Uint8Array }} head
 * @param {import("./keys.js").Pair} pair the log key
 */
export function signCheckpoint(head, pair) {
    const text = printCheckpoint(head);
    return utf8(`${text}\n${signLine(head.origin, pair, utf8(text))}`);
}

/* --- witnesses --- */

/** @param {string} rule @param {string[]} members */
function groupOf(rule, members) {
    const k = rule === "any" ? 1 : rule === "all" ? members.length : parseNumber(rule);
    must(k >= 1 && k <= members.length, "policy.form");
    return { k, members };
}

/**
 * A tlog-policy file.
 * @param {string} text
 * @returns {Policy}
 */
export function parsePolicy(text) {
    /** @type {Policy} */
    const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: "" };
    const used = new Set();
    for (const row of text.split("\n")) {
        const words = row.trim().split(/[ \t]+/);
        if (words[0] !== "" && !words[0].startsWith("#")) {
            named("policy.form", () => readPolicyLine(policy, used, words));
        }
    }
    must(policy.quorum !== "", "policy.form");
    return policy;
}

/** @param {Policy} policy @param {Set<string>} used @param {string[]} words */
function readPolicyLine(policy, used, words) {
    const { logs, witnesses, groups } = policy;
    const [keyword, name, ...rest] = words;
    const isKnown = (/** @type {string} */ one) => witnesses.has(one) || groups.has(one);
    if (keyword === "log") {
        logs.push(vkeyParse(name));
    } else if (keyword === "witness") {
        must(!isKnown(name) && name !== "none" && rest.length >= 1, "policy.form");
        witnesses.set(name, vkeyParse(rest[0]));
    } else if (keyword === "group") {
        const [rule, ...members] = rest;
        must(!isKnown(name) && members.every((one) => isKnown(one) && !used.has(one)), "policy.form");
        members.forEach((one) => used.add(one));
        groups.set(name, groupOf(rule, members));
    } else {
        const whole = keyword === "quorum" && rest.length === 0 && policy.quorum === "";
        must(whole && (name === "none" || isKnown(name)), "policy.form");
        policy.quorum = name;
    }
}

/** The time a witness signed for; 0 if it did not. @param {Checkpoint} checkpoint @param {VerifierKey} key */
function cosignedAt({ text, lines }, key) {
    const line = lineOf(lines, key);
    if (line === undefined) {
        return 0;
    }
    must(line.signature.length === 72, "note.signature");
    const time = readBe64(line.signature);
    const message = concat(utf8(`cosignature/v1\ntime ${time}\n`), utf8(text));
    must(isSignature(key.publicKey, message, line.signature.slice(8)), "note.signature");
    return Number(time);
}

/** @param {Checkpoint} checkpoint @param {VerifierKey[]} keys */
export function countCosigned(checkpoint, keys) {
    const distinct = new Map(keys.map((key) => [hex(key.publicKey), key]));
    return [...distinct.values()].filter((key) => cosignedAt(checkpoint, key) > 0).length;
}

/** @param {Policy} policy @param {Map<string, number>} times @param {string} name @returns {boolean} */
function isFulfilled(policy, times, name) {
    const group = policy.groups.get(name);
    if (group === undefined) {
        return times.has(name);
    }
    return group.members.filter((one) => isFulfilled(policy, times, one)).length >= group.k;
}

/**
 * @param {Checkpoint} checkpoint
 * @param {Policy} policy
 */
export function isWitnessed(checkpoint, policy) {
    const times = new Map();
    for (const [name, vkey] of policy.witnesses) {
        const time = cosignedAt(checkpoint, vkey);
        if (time > 0) {
            times.set(name, time);
        }
    }
    const met = policy.quorum !== "none" && isFulfilled(policy, times, policy.quorum);
    return { met, times };
}
