// make-evidence.mjs - makes tests/vectors/evidence.json again: node tests/vectors/make-evidence.mjs
//
// A log of made-up entries, the evidence of four of them, and what is wrong with it; the same
// evidence as parts, and what is wrong with these. `rule` is what C says; where a page, which knows
// one log and no policy, has another name for it, that is `page_rule`. Both say the same `at`.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { base64, concat, utf8 } from "../../web/lib/bytes.js";
import { signCheckpoint } from "../../web/lib/checkpoint.js";
import { makeEntry } from "../../web/lib/entry.js";
import { printEvidence } from "../../web/lib/evidence.js";
import { Tree, leafHash } from "../../web/lib/merkle.js";
import { ED25519, vkeyPrint } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";

const ORIGIN = "award.example/log/2026";
const CHOSEN = [0, 3, 4, 12];
const pairOf = (seed) => sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(seed));
const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const hashOf = (word) => new Uint8Array(createHash("sha256").update(word).digest());

/** Entry 3 holds what looks like evidence, entry 4 what is not UTF-8's ASCII. */
const NOTES = { 3: "7 5 0 1\nxiling/evidence/v1\n1 0\n", 4: "第四条：𬭎㻏\n" };
const entries = Array.from({ length: 13 }, (_, i) =>
    makeEntry(1795334400 + i, utf8(`${NOTES[i] ?? `entry ${i}\n`}\n— nobody AAAAAAAA\n`)));
const tree = new Tree(entries.map(leafHash));
const pair = pairOf(1);
const stranger = pairOf(9);

const checkpointOf = (size, root = tree.root(size), key = pair, origin = ORIGIN) =>
    signCheckpoint({ origin, size, root }, key);
const provedOf = (size, chosen = CHOSEN) =>
    chosen.map((index) => ({ index, entry: entries[index], path: tree.proveInclusion(index, size) }));
const evidenceOf = (proved, checkpoint = checkpointOf(13)) => text(printEvidence({ entries: proved, checkpoint }));

const good = evidenceOf(provedOf(13));
const lines = good.split("\n");
const [counts, table] = [lines[1], lines.slice(2, 2 + Number(lines[1].split(" ")[1]))];
const lineOf = (index) => lines.find((line) => new RegExp(`^${index} \\d+ \\d`).test(line));
const entryOf = (index) => `${lineOf(index)}\n${text(entries[index])}\n`;
const edited = (from, to) => {
    if (!good.includes(from)) throw new Error(`nothing to edit: ${from}`);
    return good.replace(from, to);
};
const withPath = (index, path) => edited(lineOf(index), [...lineOf(index).split(" ").slice(0, 2), ...path].join(" "));
const pathOf = (index) => lineOf(index).split(" ").slice(2);
const withHashes = (index, path) =>
    provedOf(13).map((one) => (one.index === index ? { ...one, path } : one));
const counted = (count, hashes) => edited(`\n${counts}\n`, `\n${count} ${hashes}\n`);

const evidence = [
    { name: "four entries", text: good, rule: "" },
    { name: "one entry of the middle", text: evidenceOf(provedOf(13, [7])), rule: "" },
    { name: "the only entry has an empty path", text: evidenceOf(provedOf(1, [0]), checkpointOf(1)), rule: "" },
    { name: "every entry", text: evidenceOf(provedOf(13, entries.map((_, i) => i))), rule: "" },

    { name: "an entry is changed", text: edited("entry 12\n", "entry 21\n"), rule: "merkle.inclusion", at: 4 },
    { name: "a path is that of another entry", text: evidenceOf(withHashes(12, tree.proveInclusion(0, 13))), rule: "merkle.inclusion", at: 4 },
    { name: "a path is in another order", text: evidenceOf(withHashes(3, tree.proveInclusion(3, 13).reverse())), rule: "merkle.inclusion", at: 2 },
    { name: "a path is too short", text: withPath(4, pathOf(4).slice(0, -1)), rule: "merkle.inclusion", at: 3 },
    { name: "a path is too long", text: withPath(12, [...pathOf(12), "0"]), rule: "merkle.inclusion", at: 4 },
    { name: "an index is that of another place", text: edited(`\n${lineOf(12)}`, `\n${lineOf(12).replace("12 ", "11 ")}`), rule: "merkle.inclusion", at: 4 },
    { name: "an index lies behind the checkpoint", text: edited(`\n${lineOf(12)}`, `\n${lineOf(12).replace("12 ", "13 ")}`), rule: "merkle.inclusion", at: 4 },
    { name: "the checkpoint is that of a smaller log", text: evidenceOf(provedOf(13), checkpointOf(12)), rule: "merkle.inclusion", at: 1 },
    { name: "the checkpoint has another root", text: evidenceOf(provedOf(13), checkpointOf(13, hashOf("root"))), rule: "merkle.inclusion", at: 1 },
    { name: "the checkpoint is signed by somebody else", text: evidenceOf(provedOf(13), checkpointOf(13, tree.root(13), stranger)), rule: "note.unsigned", page_rule: "checkpoint.signature" },
    { name: "the checkpoint's text is changed", text: edited(`\n13\n`, `\n14\n`), rule: "note.signature", page_rule: "checkpoint.signature" },
    { name: "the checkpoint is of another log", text: evidenceOf(provedOf(13), checkpointOf(13, tree.root(13), stranger, "award.example/log/2027")), rule: "checkpoint.origin" },
    { name: "there is no checkpoint", text: good.slice(0, good.indexOf(`${ORIGIN}\n`)), rule: "note.form" },
    { name: "the checkpoint is cut", text: good.slice(0, -1), rule: "note.form" },

    { name: "empty", text: "", rule: "evidence.form" },
    { name: "another version", text: edited("evidence/v1", "evidence/v2"), rule: "evidence.form" },
    { name: "a receipt", text: "c2sp.org/tlog-proof@v1\nindex 0\n\n", rule: "evidence.form" },
    { name: "one count only", text: edited(`\n${counts}\n`, "\n4\n"), rule: "evidence.form" },
    { name: "a third count", text: counted("4", `${table.length} 0`), rule: "evidence.form" },
    { name: "a count with a zero before it", text: counted("04", table.length), rule: "evidence.form" },
    { name: "a count with a space behind it", text: counted("4", `${table.length} `), rule: "evidence.form" },
    { name: "no entries", text: `xiling/evidence/v1\n0 0\n${text(checkpointOf(13))}`, rule: "evidence.form" },
    { name: "more entries than may be", text: counted("257", table.length), rule: "evidence.size" },
    { name: "more hashes than may be", text: counted("4", "2049"), rule: "evidence.size" },
    { name: "more entries announced than are there", text: counted("5", table.length), rule: "evidence.form", at: 5 },
    { name: "fewer entries announced than are there", text: counted("3", table.length), rule: "evidence.table", at: 10 },
    { name: "fewer hashes announced than are there", text: counted("4", table.length - 1), rule: "evidence.form", at: 1 },
    { name: "more hashes announced than are there", text: counted("4", table.length + 1), rule: "evidence.table", at: table.length + 1 },
    { name: "a hash is no base64", text: edited(table[2], `${table[2].slice(0, -1)}!`), rule: "evidence.table", at: 3 },
    { name: "a hash is too short", text: edited(table[1], "AAAA"), rule: "evidence.table", at: 2 },
    { name: "a hash stands twice", text: edited(table[3], table[0]), rule: "evidence.table", at: 4 },
    { name: "a hash is in no path", text: counted("4", table.length + 1).replace(table.at(-1), `${table.at(-1)}\n${base64(hashOf("more"))}`), rule: "evidence.table", at: table.length + 1 },
    { name: "the table is in another order", text: edited(`${table[0]}\n${table[1]}`, `${table[1]}\n${table[0]}`).replace(lineOf(0), lineOf(0).replace(" 0 1 ", " 1 0 ")), rule: "evidence.table", at: 2 },
    { name: "a position is out of range", text: withPath(12, [String(table.length), ...pathOf(12).slice(1)]), rule: "evidence.position", at: 4 },
    { name: "a line of one number", text: edited(lineOf(4), "4"), rule: "evidence.form", at: 3 },
    { name: "an empty line instead of an entry's", text: edited(lineOf(4), ""), rule: "evidence.form", at: 3 },
    { name: "a position is no number", text: withPath(12, ["x", ...pathOf(12).slice(1)]), rule: "evidence.form", at: 4 },
    { name: "a position is negative", text: withPath(12, ["-1", ...pathOf(12).slice(1)]), rule: "evidence.form", at: 4 },
    { name: "two spaces in a path", text: withPath(12, ["", ...pathOf(12)]), rule: "evidence.form", at: 4 },
    { name: "a path of 64", text: withPath(12, Array(64).fill("0")), rule: "evidence.form", at: 4 },
    { name: "entries are not ascending", text: evidenceOf(provedOf(13, [0, 4, 3, 12])), rule: "evidence.order", at: 3 },
    { name: "an entry stands twice", text: counted("5", table.length).replace(entryOf(4), `${entryOf(4)}${entryOf(4)}`), rule: "evidence.order", at: 4 },
    { name: "a length is one too small", text: edited(lineOf(4), lineOf(4).replace(/ (\d+)/, (_, n) => ` ${n - 1}`)), rule: "evidence.form", at: 4 },
    { name: "a length is one too large", text: edited(lineOf(4), lineOf(4).replace(/ (\d+)/, (_, n) => ` ${Number(n) + 1}`)), rule: "evidence.form", at: 3 },
    { name: "a length is beyond the end", text: edited(lineOf(4), lineOf(4).replace(/ (\d+)/, " 99999")), rule: "evidence.form", at: 3 },
    { name: "a length is beyond all numbers", text: edited(lineOf(4), lineOf(4).replace(/ (\d+)/, " 18446744073709551616")), rule: "evidence.form", at: 3 },
    { name: "cut within an entry", text: good.slice(0, good.indexOf(lineOf(12)) + 40), rule: "evidence.form", at: 4 },
    { name: "cut within the table", text: good.slice(0, good.indexOf(table[2]) + 10), rule: "evidence.table", at: 3 },
    { name: "an empty line before the checkpoint", text: edited(`\n${ORIGIN}\n13`, `\n\n${ORIGIN}\n13`), rule: "checkpoint.form" },
    { name: "something behind the checkpoint", text: `${good}more\n`, rule: "note.form" },
];

/* --- parts --- */

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function base45(bytes) {
    let out = "";
    for (let i = 0; i < bytes.length; i += 2) {
        const pair = i + 1 < bytes.length;
        let number = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
        for (let k = 0; k < (pair ? 3 : 2); k++) {
            out += ALPHABET[number % 45];
            number = Math.floor(number / 45);
        }
    }
    return out;
}

function cut(packed, count) {
    const body = base45(packed);
    const name = createHash("sha256").update(packed).digest("hex").slice(0, 8).toUpperCase();
    return Array.from({ length: count }, (_, i) => {
        const piece = body.slice(Math.floor(body.length * i / count), Math.floor(body.length * (i + 1) / count));
        return `XILING:E1:${i + 1}/${count}:${name}:${piece}`;
    });
}

const packed = new Uint8Array(deflateRawSync(utf8(good), { level: 9 }));
const three = cut(packed, 3);
const other = cut(new Uint8Array(deflateRawSync(utf8("another text"), { level: 9 })), 3);
const renamed = (list, from, to) => list.map((part) => part.replace(from, to));
const bomb = cut(new Uint8Array(deflateRawSync(new Uint8Array(1 << 24), { level: 9 })), 14);
const limit = (size) => cut(new Uint8Array(deflateRawSync(new Uint8Array(size), { level: 9 })), 1);
/** The last character of a part becomes another one of the alphabet. */
const damaged = (part) => part.slice(0, -1) + (part.endsWith("0") ? "1" : "0");

const parts = [
    { name: "three parts", parts: three, rule: "" },
    { name: "in any order", parts: [three[2], three[0], three[1]], rule: "" },
    { name: "one of them seen twice", parts: [three[1], three[0], three[1], three[2]], rule: "" },
    { name: "two parts", parts: cut(packed, 2), rule: "" },

    { name: "nothing at all", parts: [], rule: "parts.form" },
    { name: "another kind of code", parts: ["https://award.example/verify"], rule: "parts.form", at: 1 },
    { name: "another version", parts: renamed(three, "E1", "E2"), rule: "parts.form", at: 1 },
    { name: "lower case", parts: [three[0], three[1].toLowerCase(), three[2]], rule: "parts.form", at: 2 },
    { name: "a number above the count", parts: renamed(three, ":2/3:", ":4/3:"), rule: "parts.form", at: 2 },
    { name: "number 0", parts: renamed(three, ":2/3:", ":0/3:"), rule: "parts.form", at: 2 },
    { name: "a number with a zero before it", parts: renamed(three, ":2/3:", ":02/3:"), rule: "parts.form", at: 2 },
    { name: "a hundred parts", parts: ["XILING:E1:1/100:ABCDEF12:AA"], rule: "parts.form", at: 1 },
    { name: "no body", parts: ["XILING:E1:1/1:ABCDEF12:"], rule: "parts.form", at: 1 },
    { name: "no hash", parts: ["XILING:E1:1/1:AAAA"], rule: "parts.form", at: 1 },
    { name: "a part that is too long", parts: [`XILING:E1:1/1:ABCDEF12:${"A".repeat(1980)}`], rule: "parts.form", at: 1 },
    { name: "a part of another text", parts: [three[0], other[1], three[2]], rule: "parts.mixed", at: 2 },
    { name: "a part of another number of parts", parts: [three[0], cut(packed, 2)[1], three[2]], rule: "parts.mixed", at: 2 },
    { name: "one number with other characters", parts: [three[0], three[1], damaged(three[1]), three[2]], rule: "parts.repeated", at: 3 },
    { name: "the first is missing", parts: [three[1], three[2]], rule: "parts.missing", at: 1 },
    { name: "the last is missing", parts: [three[1], three[0]], rule: "parts.missing", at: 3 },
    { name: "a character is damaged", parts: [three[0], three[1], damaged(three[2])], rule: "parts.damaged" },
    { name: "a character that base45 does not have", parts: [three[0], three[1], `${three[2].slice(0, -1)}a`], rule: "parts.damaged" },
    { name: "the hash is that of nothing here", parts: renamed(three, /:[0-9A-F]{8}:/, ":01234567:"), rule: "parts.damaged" },
    { name: "not compressed", parts: cut(utf8(good), 3), rule: "parts.damaged" },
    { name: "the compressed text is cut", parts: cut(packed.slice(0, -1), 3), rule: "parts.damaged" },
    { name: "something behind the compressed text", parts: cut(concat(packed, Uint8Array.of(0)), 3), rule: "parts.damaged" },
    { name: "as long as may be", parts: limit(1 << 20), rule: "", size: 1 << 20 },
    { name: "one byte longer than may be", parts: limit((1 << 20) + 1), rule: "parts.size" },
    { name: "a bomb of 16 MiB", parts: bomb, rule: "parts.size" },
];

/* --- base45 --- */

const base45Vectors = {
    source: "RFC 9285 section 4.3 and 4.4",
    good: [["4142", "BB8"], ["48656c6c6f2121", "%69 VD92EX0"], ["626173652d3435", "UJCLQE7W581"], ["6965746621", "QED8WEX0"], ["", ""], ["00", "00"], ["ff", "U5"], ["ffff", "FGW"]],
    bad: ["0", "BB8A", "GGW", "U5U5", "V5", "bb8", "B_8", ":::", "::"],
};

const held = {
    vkey: vkeyPrint(ORIGIN, ED25519, pair.publicKey),
    good,
    evidence,
    parts,
    base45: base45Vectors,
};
writeFileSync("tests/vectors/evidence.json", `${JSON.stringify(held, null, 1)}\n`);
