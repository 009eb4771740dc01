/*
 * manifests.mjs - manifests changed at random, line by line: C and JavaScript must agree on each.
 *
 *   node tests/cross/manifests.mjs draw <case>…   the cases' manifests and what became of them, JSON
 *   node tests/cross/manifests.mjs judge <file>   what JavaScript says of each; the twin is manifests.c
 */
import { readFileSync } from "node:fs";
import { hex, randomBytes } from "../../web/lib/bytes.js";
import { parseElection } from "../../web/lib/election.js";

const MANIFESTS = 1500;
const WORDS = ["", " ", "0", "1", "2", "3", "4", "01", "200", "9007199254740991", "9007199254740992",
    "a", "é", "\u3000", "：", "/", "2/3", "2/3/1", "应到", "实到", "超过", "不少于", "#", "+", "=",
    "0001-01-01T00:00:00+08:00", "1969-12-31T23:59:59+08:00", "9999-12-31T23:59:59+08:00",
    "2025-02-29T00:00:00+08:00", "2024-02-29T24:00:00+08:00"];
const LABELS = ["候选：", "等次：", "限额：", "席位：", "通过：", "回避："];
const below = (limit) => randomBytes(4).reduce((all, byte) => all * 256 + byte, 0) % limit;
const pick = (list) => list[below(list.length)];
const word = () => pick(WORDS);
const upToColon = (line) => line.slice(0, line.indexOf("：") + 1);

function insert(line, text) {
    const at = below(line.length + 1);
    return line.slice(0, at) + text + line.slice(at);
}

function cutOut(line) {
    const at = below(line.length + 1);
    return line.slice(0, at) + line.slice(at + 1 + below(3));
}

function replaceWord(line) {
    const words = line.split(" ");
    words[below(words.length)] = word();
    return words.join(" ");
}

const CHANGES = [
    () => [],
    (line) => [line, line],
    (line) => [insert(line, word())],
    (line) => [insert(line, " ")],
    (line) => [cutOut(line)],
    (line) => [replaceWord(line)],
    (line) => [`${upToColon(line)}${word()} ${word()}`],
    (line, lines) => [pick(lines)],
    (line) => [line, `${pick(LABELS)}${word()} ${word()} ${word()}`],
];

function change(text) {
    const lines = text.slice(0, -1).split("\n");
    for (let left = 1 + below(2); left > 0; left--) {
        const at = below(lines.length);
        lines.splice(at, 1, ...pick(CHANGES)(lines[at], lines));
    }
    return `${lines.join("\n")}\n`;
}

function judge(text) {
    try {
        const { M, totals, sizes } = parseElection(text);
        const sum = totals.reduce((all, total) => (31 * all + total) % 1000003, 0);
        return `${hex(M)} ${totals.length} ${sum} ${sizes.entry}`;
    } catch (error) {
        return error.rule ?? error.stack;
    }
}

const [command, ...files] = process.argv.slice(2);
const read = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
if (command === "draw") {
    const manifests = read.map(({ manifest }) => manifest);
    const changed = Array.from({ length: MANIFESTS }, () => change(pick(manifests)));
    console.log(JSON.stringify([...manifests, ...changed]));
} else {
    console.log(read[0].map(judge).join("\n"));
}
