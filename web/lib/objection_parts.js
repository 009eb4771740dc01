/*
 * objection_parts.js - the lines 部分 of a filing or a supplement: sealed documents, named before
 * they are sent.
 *
 *   readParts(statement) -> [{ kind, hash, size }]     hash in hex; objection.parts
 *   checkParts(statement, notice, isSupplement)        objection.parts, .repeated, .size
 *   checkSealedSize(size, readers)                     objection.size
 *
 * The twin of audit/record/sealed_parts.c; protocol section 8.
 */
import { base64Decode, hex } from "./bytes.js";
import { pairsOf } from "./case_state.js";
import { must, refuse, ruleOf } from "./refusal.js";
import { sealedSize } from "./sealed.js";
import { values } from "./statement.js";
import { parseNumber } from "./text.js";

const MIB = 1024 * 1024;
const FILES = 20;
const IDENTITY_FILES = 2;
const TOGETHER = 128 * MIB;

/** Every size that a part padded to 65,536·2^k bytes may have. @param {number} readers */
function sizesOf(readers) {
    const padded = Array.from({ length: 10 }, (_, k) => 65536 * 2 ** k);
    return padded.map((size) => sealedSize(readers, size - 1));
}

/** @param {number} size @param {number} readers */
export function checkSealedSize(size, readers) {
    must(sizesOf(readers).includes(size), "objection.size");
}

/** @param {string} line @param {number} at */
function readPart(line, at) {
    const [kind, hash = "", ...rest] = line.split(" ");
    const size = rest.join(" ");
    const good = () => {
        must(base64Decode(hash).length === 32, "objection.parts");
        parseNumber(size);
    };
    try {
        must(ruleOf(good) === "", "objection.parts");
    } catch {
        refuse("objection.parts", "部分", at);
    }
    return { kind, hash: hex(base64Decode(hash)), size: parseNumber(size) };
}

/** @param {import("./statement.js").Statement} statement */
export function readParts(statement) {
    return values(statement, "部分").map((line, i) => readPart(line, i + 1));
}

/** How many of each kind, if they stand in this order. @param {string[]} kinds */
function countKinds(kinds) {
    const order = ["正文", "身份", "附件", "身份附件"];
    const sorted = kinds.every((kind, i) => i === 0 || order.indexOf(kinds[i - 1]) <= order.indexOf(kind));
    must(sorted && kinds.every((kind) => order.includes(kind)), "objection.parts");
    return order.map((kind) => kinds.filter((one) => one === kind).length);
}

/**
 * @param {import("./statement.js").Statement} statement
 * @param {import("./case_state.js").Notice} notice
 * @param {boolean} isSupplement
 */
export function checkParts(statement, notice, isSupplement) {
    const pairs = pairsOf(notice);
    const kinds = values(statement, "部分").map((line) => line.split(" ")[0]);
    const [contents, identities, files, identityFiles] = countKinds(kinds);
    must(contents === (isSupplement ? 0 : 1) && identities === (isSupplement ? 0 : pairs), "objection.parts");
    must(files <= FILES && (!isSupplement || files > 0), "objection.parts");
    must(identityFiles % pairs === 0 && identityFiles / pairs <= IDENTITY_FILES, "objection.parts");
    const seen = new Set();
    let together = 0;
    values(statement, "部分").forEach((line, i) => {
        const part = readPart(line, i + 1);
        must(!seen.has(part.hash), "objection.repeated", "部分", i + 1);
        seen.add(part.hash);
        together += part.size;
        const readers = ["正文", "附件"].includes(part.kind) ? notice.handlers.length : 2;
        const fits = sizesOf(readers).includes(part.size) && together <= TOGETHER;
        must(fits, "objection.size", "部分", i + 1);
    });
}
