/*
 * manifest.js - the lines of a manifest that hold several words, read one by one (protocol section 6).
 *
 *   readCandidate(value, at) {id, name}            readGrade(value, at, grade) {weight, name}
 *   readLimit(value, at, grades) {max, grades}     readSeat(value, at, grades) {grade, k}
 *   readPass(value, at, grades) {grades, num, den, base, comparison}
 *   readMember(value, at) {id, P, name}            readRecusal(value, at) {person, candidate}
 *   readTrustee(value, at) {index, id, X}
 *
 * A line of another form is election.field, what it may not say election.<what>. `at` counts the
 * lines of one label from 1; `grades` is how many grades there are.
 */
import { base64Fixed } from "./bytes.js";
import { isPoint } from "./group.js";
import { checkKind } from "./kind.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isId, parseNumber } from "./text.js";

/**
 * @typedef {{ id: string, name: string }} Candidate
 * @typedef {{ weight: number, name: string }} Grade
 * @typedef {{ max: number, grades: number[] }} Limit
 * @typedef {{ grade: number, k: number }} Seat
 * @typedef {{ grades: number[], num: number, den: number, base: string, comparison: string }} Pass
 * @typedef {{ id: string, P: Uint8Array, name: string, recused: number[] }} Member
 * @typedef {{ index: number, id: string, X: Uint8Array }} Trustee
 */

/**
 * Runs a reader; whatever it cannot read is election.field.
 * @template T
 * @param {string} label
 * @param {number} at
 * @param {() => T} read
 * @returns {T}
 */
function line(label, at, read) {
    try {
        return read();
    } catch (error) {
        if (error instanceof Refusal && !/^(election|statement)\./.test(error.rule)) {
            refuse("election.field", label, at);
        }
        throw error;
    }
}

/** @param {string} word */
function id(word) {
    must(isId(word), "text.id");
    return word;
}

/** The first words, and what is left as one. @param {string} value @param {number} words */
function cut(value, words) {
    const parts = value.split(" ");
    return [...parts.slice(0, words), parts.slice(words).join(" ")];
}

/** What is left of a line: it may hold spaces, but does not begin with one. @param {string} name */
function checkName(name) {
    must(name !== "" && !name.startsWith(" "), "text.name");
}

/** @param {string} value @param {number} at */
export function readCandidate(value, at) {
    return line("候选", at, () => {
        const [word, name] = cut(value, 1);
        checkName(name);
        return { id: id(word), name };
    });
}

/** @param {string} value @param {number} at @param {number} grade that the line must carry */
export function readGrade(value, at, grade) {
    return line("等次", at, () => {
        const [number, weight, name] = cut(value, 2);
        const read = { number: parseNumber(number), weight: parseNumber(weight ?? "") };
        checkName(name);
        must(read.number === grade, "election.grade", "等次", at);
        return { weight: read.weight, name };
    });
}

/**
 * Grades of a line: 1 or more, known, ascending.
 * @param {string[]} words
 * @param {number} grades
 * @param {string} rule
 * @param {string} label
 * @param {number} at
 */
function gradeList(words, grades, rule, label, at) {
    must(words.length > 0, "text.grades");
    let last = 0;
    return words.map((word) => {
        const grade = parseNumber(word);
        must(grade > last && grade < grades, rule, label, at);
        last = grade;
        return grade;
    });
}

/** @param {string} value @param {number} at @param {number} grades */
export function readLimit(value, at, grades) {
    return line("限额", at, () => {
        const [max, ...words] = value.split(" ");
        const number = parseNumber(max);
        return { max: number, grades: gradeList(words, grades, "election.limits", "限额", at) };
    });
}

/** @param {string} value @param {number} at @param {number} grades */
export function readSeat(value, at, grades) {
    return line("席位", at, () => {
        const words = value.split(" ");
        must(words.length === 2, "text.words");
        const [grade, k] = words.map(parseNumber);
        must(grade >= 1 && grade < grades && k >= 1, "election.seats", "席位", at);
        return { grade, k };
    });
}

/** @param {string} value @param {number} at @param {number} grades */
export function readPass(value, at, grades) {
    return line("通过", at, () => {
        const words = value.split(" ");
        const behind = words.findIndex((word) => word.includes("/"));
        const count = behind < 0 ? words.length : behind;
        const list = gradeList(words.slice(0, count), grades, "election.passes", "通过", at);
        const [fraction = "", base = "", comparison = "", ...more] = words.slice(count);
        must(more.length === 0, "text.words");
        const parts = fraction.split("/");
        must(parts.length === 2, "text.fraction");
        const [num, den] = parts.map(parseNumber);
        must(num >= 1 && num <= den, "text.fraction");
        must(["应到", "实到"].includes(base), "text.base");
        must(["不少于", "超过"].includes(comparison), "text.comparison");
        return { grades: list, num, den, base, comparison };
    });
}

/** @param {string} value @param {number} at @returns {Member} */
export function readMember(value, at) {
    return line("名册", at, () => {
        const [word, key, name] = cut(value, 2);
        const P = base64Fixed(key ?? "", 32);
        checkKind({ label: "名册", kind: "hidden", min: 1, max: 1 }, name, at);
        must(isPoint(P), "election.roll", "名册", at);
        return { id: id(word), P, name, recused: [] };
    });
}

/** @param {string} value @param {number} at */
export function readRecusal(value, at) {
    return line("回避", at, () => {
        const words = value.split(" ");
        must(words.length === 2, "text.words");
        return { person: id(words[0]), candidate: id(words[1]) };
    });
}

/** @param {string} value @param {number} at @returns {Trustee} */
export function readTrustee(value, at) {
    return line("受托人", at, () => {
        const words = value.split(" ");
        must(words.length === 3, "text.words");
        const index = parseNumber(words[0]);
        const held = { index, id: id(words[1]), X: base64Fixed(words[2], 32) };
        must(index === at && isPoint(held.X), "election.trustees", "受托人", at);
        return held;
    });
}
