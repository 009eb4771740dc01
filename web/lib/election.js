/*
 * election.js - the manifest of one election: the text of `election.open`, as read (section 6).
 *
 *   parseElection(text) -> Election      all that can be checked from the text alone
 *   printElection(parts) -> text         from the same parts (all but text, M, h, totals, sizes)
 *   recusedCount(election, candidate)    回避 lines that name it; candidates from 0
 *   memberIndex(election, personId), candidateIndex(election, id)   -1 if none
 *   ELECTION_ROW                         its row of the table of types
 *
 * Refusals: statement.<word> (grammar), election.field (form of a line), election.round, candidates,
 * grade, grades, limits, seats, passes, roll, recusals, trustees, time, size.
 */
import { base64, base64Fixed, equal } from "./bytes.js";
import { Hp } from "./hash.js";
import { keysAgree } from "./interpolation.js";
import { any, one, optional } from "./kind.js";
import * as lines from "./manifest.js";
import { must } from "./refusal.js";
import { bytes, checkRow, number, parseText, printText, time, value, values } from "./statement.js";
import { size } from "./text.js";

/**
 * @typedef {{ origin: string, id: string, meeting: string, round: number,
 *   previous: Uint8Array | null, candidates: lines.Candidate[], grades: lines.Grade[],
 *   limits: lines.Limit[], seats: lines.Seat[], passes: lines.Pass[], roll: lines.Member[],
 *   recusals: { person: string, candidate: string }[], ceremony: Uint8Array,
 *   trustees: lines.Trustee[], t: number, K: Uint8Array, window: number, opens: number,
 *   closes: number }} Parts
 * @typedef {{ selection: number, total: number, ring: number, text: number, note: number,
 *   entry: number }} Sizes
 * @typedef {Parts & { text: string, M: Uint8Array, h: Uint8Array, totals: number[],
 *   sizes: Sizes }} Election
 */

const VOTERS_MIN = 3;
const TOTALS_MAX = 512;
const VECTORS_MAX = 1000000;
const ENTRY_MAX = 65535;
const ENTRY_HEAD = 42;
const BRANCH = 112;
const RECUSAL = 96;
const KEY_ID = 4;

/** How many lines of a label there may be. */
const MOST = { 候选: 200, 等次: 4, 限额: 64, 席位: 4, 通过: 4, 名册: 600, 受托人: 16 };
const RULES = {
    候选: "election.candidates",
    等次: "election.grades",
    限额: "election.limits",
    席位: "election.seats",
    通过: "election.passes",
    名册: "election.roll",
    受托人: "election.trustees",
};

export const ELECTION_ROW = {
    type: "election.open",
    fields: [
        one("选举", "id"),
        one("会议", "id"),
        one("轮次", "number"),
        optional("上一轮清单", "hash"),
        any("候选", "line"),
        any("等次", "line"),
        any("限额", "line"),
        any("席位", "line"),
        any("通过", "line"),
        any("名册", "line"),
        any("回避", "line"),
        one("密钥仪式", "hash"),
        any("受托人", "line"),
        one("门限", "number"),
        one("选举公钥", "point"),
        one("批次间隔", "number"),
        one("开始", "time"),
        one("结束", "time"),
    ],
};

/** @param {Pick<Parts, "roll">} election @param {string} person */
export function memberIndex(election, person) {
    return election.roll.findIndex(({ id }) => id === person);
}

/** @param {Pick<Parts, "candidates">} election @param {string} id */
export function candidateIndex(election, id) {
    return election.candidates.findIndex((candidate) => candidate.id === id);
}

/** @param {Pick<Parts, "roll">} election @param {number} candidate from 0 */
export function recusedCount(election, candidate) {
    return election.roll.filter(({ recused }) => recused.includes(candidate)).length;
}

/** @param {import("./statement.js").Statement} statement @returns {Parts} */
function readParts(statement) {
    /** @type {<T>(label: keyof typeof MOST, read: (value: string, at: number) => T) => T[]} */
    const each = (label, read) => {
        const held = values(statement, label);
        must(held.length <= MOST[label], RULES[label], label, MOST[label] + 1);
        return held.map((text, i) => read(text, i + 1));
    };
    const previous = value(statement, "上一轮清单");
    const candidates = each("候选", lines.readCandidate);
    must(values(statement, "等次").length >= 2, "election.grades", "等次");
    const grades = each("等次", (text, at) => lines.readGrade(text, at, at - 1));
    const parts = {
        origin: statement.origin,
        id: value(statement, "选举"),
        meeting: value(statement, "会议"),
        round: number(statement, "轮次"),
        previous: previous === "" ? null : base64Fixed(previous, 32),
        candidates,
        grades,
        limits: each("限额", (text, at) => lines.readLimit(text, at, grades.length)),
        seats: each("席位", (text, at) => lines.readSeat(text, at, grades.length)),
        passes: each("通过", (text, at) => lines.readPass(text, at, grades.length)),
        roll: each("名册", lines.readMember),
        ceremony: bytes(statement, "密钥仪式"),
        t: number(statement, "门限"),
        K: bytes(statement, "选举公钥"),
        window: number(statement, "批次间隔"),
        opens: time(statement, "开始"),
        closes: time(statement, "结束"),
    };
    const recusals = readRecusals(statement, parts);
    return { ...parts, recusals, trustees: each("受托人", lines.readTrustee) };
}

/**
 * The 回避 lines; gives every member the candidates recused from, ascending.
 * @param {import("./statement.js").Statement} statement
 * @param {Pick<Parts, "candidates" | "roll">} parts
 */
function readRecusals(statement, parts) {
    const found = values(statement, "回避").map((text, i) => {
        const recusal = lines.readRecusal(text, i + 1);
        const member = parts.roll[memberIndex(parts, recusal.person)];
        const index = candidateIndex(parts, recusal.candidate);
        must(member !== undefined && index >= 0, "election.recusals", "回避", i + 1);
        return { recusal, member, index };
    });
    found.forEach(({ member, index }, i) => {
        must(!member.recused.includes(index), "election.recusals", "回避", i + 1);
        member.recused.push(index);
    });
    parts.roll.forEach(({ recused }) => recused.sort((a, b) => a - b));
    return found.map(({ recusal }) => recusal);
}

/** Vectors of counts of up to `ballots` in so many grades. @param {number} ballots @param {number} grades */
function countVectors(ballots, grades) {
    let vectors = 1;
    for (let k = 1; k <= grades; k++) {
        vectors = (vectors * (ballots + k)) / k;
    }
    return vectors;
}

/** @param {Parts} parts */
function checkCandidates(parts) {
    parts.candidates.forEach(({ id }, i) => {
        must(candidateIndex(parts, id) === i, "election.candidates", "候选", i + 1);
    });
    must(parts.candidates.length >= 1, "election.candidates", "候选");
}

/** @param {Parts} parts */
function checkGrades(parts) {
    parts.grades.forEach(({ weight }, grade) => {
        const right = grade === 0 ? 0 : 1024 ** (grade - 1);
        must(weight === right, "election.grades", "等次", grade + 1);
    });
    const vectors = countVectors(parts.roll.length, parts.grades.length - 1);
    must(vectors <= VECTORS_MAX, "election.grades", "等次");
    must(parts.seats.length >= 1, "election.seats", "席位");
    parts.seats.forEach(({ grade }, i) => {
        const first = parts.seats.findIndex((seat) => seat.grade === grade);
        must(first === i, "election.seats", "席位", i + 1);
        const passes = parts.passes.filter((pass) => pass.grades[0] === grade);
        must(passes.length === 1, "election.passes", "通过");
    });
    must(parts.passes.length === parts.seats.length, "election.passes", "通过");
}

/** @param {Parts} parts */
function checkPersons(parts) {
    const { candidates, roll, trustees, t, K } = parts;
    must(roll.length >= VOTERS_MIN, "election.roll", "名册");
    roll.forEach(({ id, P }, i) => {
        const sorted = i === 0 || roll[i - 1].id < id;
        const fresh = roll.slice(0, i).every((other) => !equal(other.P, P));
        must(sorted && fresh, "election.roll", "名册", i + 1);
    });
    candidates.forEach((_, i) => {
        must(roll.length - recusedCount(parts, i) >= VOTERS_MIN, "election.recusals", "回避");
    });
    const n = trustees.length;
    must(n >= 2 && t <= n && 2 * t > n, "election.trustees", "门限");
    must(new Set(trustees.map(({ id }) => id)).size === n, "election.trustees", "受托人");
    const agree = keysAgree(K, trustees.map(({ X }) => X), t);
    must(agree, "election.trustees", "选举公钥");
}

/**
 * S: every total that the limits and the number of candidates allow, ascending.
 * @param {Parts} parts
 */
function computeTotals({ limits, grades, candidates }) {
    if (limits.length === 0) {
        return [];
    }
    const counts = grades.map(() => 0);
    /** @type {number[]} */
    const totals = [];
    const fits = () =>
        counts.reduce((all, count) => all + count) <= candidates.length &&
        limits.every((limit) => limit.grades.reduce((all, g) => all + counts[g], 0) <= limit.max);
    const visit = (/** @type {number} */ grade) => {
        if (grade === 0) {
            must(totals.length < TOTALS_MAX, "election.limits", "限额");
            totals.push(counts.reduce((all, count, g) => all + count * grades[g].weight, 0));
            return;
        }
        for (; fits(); counts[grade] += 1) {
            visit(grade - 1);
        }
        counts[grade] = 0;
    };
    visit(grades.length - 1);
    return totals;
}

/** @param {number} count of bytes */
function base64Size(count) {
    return 4 * Math.ceil(count / 3);
}

/** @param {Parts} parts @param {number} totals @returns {Sizes} */
function computeSizes(parts, totals) {
    const line = (/** @type {number} */ held) => size("选举：") + held + 1;
    const selection = 64 + BRANCH * parts.grades.length;
    const total = BRANCH * totals;
    const ring = BRANCH * parts.roll.length + RECUSAL * parts.recusals.length;
    const fixed = line(size(parts.origin)) + line(size(parts.id)) + 2 * line(base64Size(32)) + line(8);
    const selections = parts.candidates.length * line(base64Size(selection));
    const totalLine = total > 0 ? line(base64Size(total)) : 0;
    const text = size("xiling/v1 ballot\n") + fixed + selections + totalLine;
    const note = text + size("\n\u2014 ring \n") + base64Size(KEY_ID + ring);
    return { selection, total, ring, text, note, entry: ENTRY_HEAD + note };
}

/**
 * @param {string} text the signed text
 * @returns {Election}
 */
export function parseElection(text) {
    const statement = parseText(text);
    checkRow(statement, ELECTION_ROW);
    const parts = readParts(statement);
    const chained = (parts.previous !== null) === parts.round > 1;
    must(parts.round >= 1 && chained, "election.round", "轮次");
    checkCandidates(parts);
    checkGrades(parts);
    checkPersons(parts);
    must(parts.opens < parts.closes, "election.time", "结束");
    const totals = computeTotals(parts);
    const sizes = computeSizes(parts, totals.length);
    must(sizes.entry <= ENTRY_MAX, "election.size");
    const M = statement.hash;
    return { ...parts, text, M, h: Hp("xiling/v1 tag base", M), totals, sizes };
}

/**
 * Parse what it prints to check it.
 * @param {Parts} parts
 */
export function printElection(parts) {
    /** @type {[string, import("./statement.js").Printable][]} */
    const fields = [
        ["选举", parts.id],
        ["会议", parts.meeting],
        ["轮次", parts.round],
    ];
    const add = (/** @type {string} */ label, /** @type {string[]} */ list) =>
        list.forEach((held) => fields.push([label, held]));
    add("上一轮清单", parts.previous === null ? [] : [base64(parts.previous)]);
    add("候选", parts.candidates.map(({ id, name }) => `${id} ${name}`));
    add("等次", parts.grades.map(({ weight, name }, grade) => `${grade} ${weight} ${name}`));
    add("限额", parts.limits.map(({ max, grades }) => `${max} ${grades.join(" ")}`));
    add("席位", parts.seats.map(({ grade, k }) => `${grade} ${k}`));
    add("通过", parts.passes.map(printPass));
    add("名册", parts.roll.map(({ id, P, name }) => `${id} ${base64(P)} ${name}`));
    add("回避", parts.recusals.map(({ person, candidate }) => `${person} ${candidate}`));
    fields.push(["密钥仪式", parts.ceremony]);
    add("受托人", parts.trustees.map(({ index, id, X }) => `${index} ${id} ${base64(X)}`));
    fields.push(["门限", parts.t], ["选举公钥", parts.K], ["批次间隔", parts.window]);
    fields.push(["开始", new Date(parts.opens * 1000)], ["结束", new Date(parts.closes * 1000)]);
    return printText("election.open", parts.origin, fields);
}

/** @param {lines.Pass} pass */
function printPass({ grades, num, den, base, comparison }) {
    return `${grades.join(" ")} ${num}/${den} ${base} ${comparison}`;
}
