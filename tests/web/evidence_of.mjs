/*
 * evidence_of.mjs - the proof of a report of a ReviewWorld, in all the ways it travels.
 *
 *   evidenceOf(world, report, version, size)   the text that the service serves, under the checkpoint of `size`
 *   partsOf(evidence)         the texts of the QR codes of a signing page
 *   tarOf([{ name, bytes }])  an ustar archive;   bundleOf(world, report, version, document)  a bundle
 */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { concat, utf8 } from "../../web/lib/bytes.js";
import { parseEntry } from "../../web/lib/entry.js";
import { printEvidence } from "../../web/lib/evidence.js";
import { number, parseStatement, value } from "../../web/lib/statement.js";

const PART = 1900;
const BLOCK = 512;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* --- which entries --- */

function statementsOf(world, size) {
    return world.entries.slice(0, size).map((entry, index) => ({ index, statement: parseStatement(parseEntry(entry).note) }));
}

/** Acts on this version, what voided it, and every change of the team or the representative since. */
function actsOf(all, world, report, version) {
    const held = world.state.reports.get(report)[version - 1];
    const { cycle } = world.state.teams.get(held.team);
    const next = world.state.reports.get(report)[version]?.index ?? Infinity;
    const isChange = ({ type }, statement) => (type === "team.replace" && value(statement, "评审组") === held.team) ||
        (type === "organisation.delegate" && held.lines.some(({ organisation }) => organisation === value(statement, "组织")));
    return all.filter(({ index, statement }) => {
        if (statement.type === "cycle.open") return value(statement, "周期") === cycle;
        if (statement.type === "team.form") return value(statement, "评审组") === held.team;
        if (index < held.index) return false;
        if (statement.type.startsWith("report.") && value(statement, "报告") === report) {
            return number(statement, "版本") === version || index === next;
        }
        return index < next && isChange(statement, statement);
    });
}

/** The enrolments of everybody who signed these; officers of the genesis stand there. */
function keysOf(all, acts) {
    const names = new Set(acts.flatMap(({ statement }) => statement.signatures.map(({ name }) => name)));
    const enrols = all.filter(({ statement }) => statement.type === "person.enrol" && names.delete(value(statement, "人员")));
    return names.size > 0 ? [all[0], ...enrols] : enrols;
}

export function evidenceOf(world, report, version, size = world.entries.length) {
    const all = statementsOf(world, size);
    const acts = actsOf(all, world, report, version);
    const indexes = [...keysOf(all, acts), ...acts].map(({ index }) => index).sort((a, b) => a - b);
    const entries = indexes.map((index) => ({ index, entry: world.entries[index], path: world.state.tree.proveInclusion(index, size) }));
    return printEvidence({ entries, checkpoint: world.checkpoint(size) });
}

/* --- how it travels --- */

function base45(bytes) {
    let text = "";
    for (let i = 0; i < bytes.length; i += 2) {
        const pair = i + 1 < bytes.length;
        let number = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
        for (let digit = 0; digit < (pair ? 3 : 2); digit++) {
            text += ALPHABET[number % 45];
            number = Math.floor(number / 45);
        }
    }
    return text;
}

export function partsOf(evidence) {
    const packed = deflateRawSync(evidence, { level: 9 });
    const name = createHash("sha256").update(packed).digest("hex").slice(0, 8).toUpperCase();
    const text = base45(packed);
    const count = Math.ceil(text.length / PART);
    const length = Math.ceil(text.length / count);
    return Array.from({ length: count }, (_, i) => `XILING:E1:${i + 1}/${count}:${name}:${text.slice(i * length, (i + 1) * length)}`);
}

function header(name, size) {
    const block = Buffer.alloc(BLOCK);
    const cut = name.length > 100 ? name.lastIndexOf("/", 154) : -1;
    block.write(name.slice(cut + 1), 0);
    block.write("0000644\0", 100);
    block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
    block.write("        0", 148);
    block.write("ustar\x0000", 257);
    block.write(cut > 0 ? name.slice(0, cut) : "", 345);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return block;
}

export function tarOf(files) {
    const blocks = files.flatMap(({ name, bytes }) => [header(name, bytes.length), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
    return concat(...blocks, Buffer.alloc(2 * BLOCK));
}

export function bundleOf(world, report, version, document) {
    const folder = `${report}-v${version}`;
    const file = (name, bytes) => ({ name: `${folder}/${name}`, bytes });
    return tarOf([file("README.txt", utf8("示例\n")), file("document.pdf", document),
        file("evidence.txt", evidenceOf(world, report, version)), file("log.vkey", utf8(`${world.vkey}\n`))]);
}
