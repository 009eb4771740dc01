/*
 * sign_off.js - what the evidence of a report says: who signed what, and what follows from it.
 *
 *   readSignOff({ origin, entries, document }) -> { filed, problems }
 *        entries: [{ index, entry }] whose inclusion was verified (evidence.js), in the log's order
 *        document: SHA-256 of the file at hand, or null
 *        filed: the version with its list and state (sign_off_list.js), or null
 *        problems: [{ rule, field, index }]; what such an entry says does not count
 *   holds(signOff)    filed, and without problems
 *
 * Nothing here says that the evidence is all there is: that only the whole log can say. Rules and
 * their order stand in audit/verifier/sign_off.h, the twin; tests/vectors/sign-off.json is what both
 * answer. Protocol section 7, rule C31.
 */
import { equal } from "./bytes.js";
import { parseEntry } from "./entry.js";
import { readFounders } from "./record_people.js";
import { Refusal, must, refuse } from "./refusal.js";
import { signerOf } from "./signature.js";
import { delegateLine, makeVoid, readList, refuseLine, replaceLine, signLine } from "./sign_off_list.js";
import { bytes, checkRow, number, parseStatement, time, value, values, verifySignatures } from "./statement.js";
import { findType } from "./types.js";

/**
 * @typedef {import("./sign_off_list.js").Act} Act
 * @typedef {import("./sign_off_list.js").Filed} Filed
 * @typedef {import("./statement.js").Statement} Statement
 * @typedef {{ index: number, entry: Uint8Array }} Verified
 * @typedef {{ rule: string, field: string, index: number | null }} Problem
 * @typedef {{ origin: string, keys: Map<string, import("./signature.js").Signer>, filed: Filed | null,
 *   leader: string, formed: boolean, again: boolean,
 *   candidate: { index: number, report: string, team: string, version: number, cycle: string } | null
 * }} Reading
 * @typedef {NonNullable<Reading["candidate"]>} Candidate
 */

/* --- keys --- */

const BRINGS_KEYS = ["person.enrol", "log.genesis"];

/** Of an enrolment, or of the officers of the genesis. @param {Reading} reading @param {Statement} statement */
function learnKeys({ keys }, statement) {
    const signers = statement.type === "person.enrol"
        ? [signerOf(value(statement, "人员"), bytes(statement, "签名公钥"))]
        : readFounders(statement).map(({ id, signKey }) => signerOf(id, signKey));
    verifySignatures(statement, signers);
    for (const signer of signers) {
        must(!keys.has(signer.name), "sign_off.enrolled");
        keys.set(signer.name, signer);
    }
}

/** @param {Reading} reading @param {Statement} statement @param {number[]} counts lines there may be */
function verifyAct({ keys }, statement, counts) {
    const names = statement.signatures.map(({ name }) => name);
    const distinct = new Set(names).size === names.length;
    must(counts.includes(names.length) && distinct, "statement.signers");
    verifySignatures(statement, names.map((name) => keys.get(name) ?? refuse("sign_off.key", name)));
}

/* --- what an entry does --- */

/** @param {Statement} statement @param {string} leader */
function requireLeader({ signatures }, leader) {
    must(signatures[0].name === leader, "sign_off.leader");
}

/** @param {Act} act @param {ReturnType<typeof readList>} list @returns {Filed} */
function readFiling({ statement, index, time: filedAt }, { lines }) {
    return {
        report: value(statement, "报告"),
        version: number(statement, "版本"),
        kind: value(statement, "种类"),
        team: value(statement, "评审组"),
        title: value(statement, "标题"),
        format: value(statement, "格式"),
        size: number(statement, "大小"),
        file: bytes(statement, "文件"),
        deadline: time(statement, "签署期限"),
        index,
        time: filedAt,
        organisations: values(statement, "受评组织"),
        state: "open",
        since: index,
        how: null,
        signers: lines,
        former: [],
    };
}

/** The list of a next version says who leads: the team may have changed. @param {Filed} filed @param {Act} act */
function supersede(filed, act) {
    must(number(act.statement, "版本") > filed.version, "sign_off.filing");
    requireLeader(act.statement, readList(act.statement).leader);
    makeVoid(filed, act, "superseded");
}

/** @param {Reading} reading @param {Act} act */
function file(reading, act) {
    if (act.index !== reading.candidate?.index) {
        return reading.filed && supersede(reading.filed, act);
    }
    const list = readList(act.statement);
    requireLeader(act.statement, list.leader);
    reading.filed = readFiling(act, list);
    reading.leader = list.leader;
}

/** @param {Reading} reading @param {Act} act @param {Filed} filed */
function sign(reading, act, filed) {
    const { name } = act.statement.signatures[0];
    must(value(act.statement, "签署人") === name, "statement.signers");
    signLine(filed, act);
}

/** @param {Reading} reading @param {Act} act @param {Filed} filed */
function revoke({ leader }, act, filed) {
    if (act.statement.signatures.length === 1) {
        requireLeader(act.statement, leader);
    }
    makeVoid(filed, act, "voided");
}

/** @param {Reading} reading @param {Act} act @param {Filed} filed */
function refusal({ leader }, act, filed) {
    requireLeader(act.statement, leader);
    refuseLine(filed, act);
}

/** @param {Reading} reading @param {Act} act @param {Filed} filed */
function replace(reading, act, filed) {
    replaceLine(filed, act, reading.again && reading.formed);
    reading.leader = value(act.statement, "组长");
}

/** @param {Reading} reading @param {Act} act @param {Filed} filed */
function delegate(reading, act, filed) {
    delegateLine(filed, act, reading.again && reading.formed);
}

/* --- whose an entry is --- */

/** @typedef {(statement: Statement, candidate: Candidate, filed: Filed | null) => boolean} Belongs */

/** @type {Belongs} */
const isOfReport = (statement, { report, version }) =>
    value(statement, "报告") === report && number(statement, "版本") === version;
/** @type {Belongs} */
const isFiling = (statement, { report, version }) =>
    value(statement, "报告") === report && [version, version + 1].includes(number(statement, "版本"));
/** @type {Belongs} */
const isOfTeam = (statement, { team }) => value(statement, "评审组") === team;
/** @type {Belongs} */
const isOfCycle = (statement, { cycle }) => cycle !== "" && value(statement, "周期") === cycle;
/** @type {Belongs} */
const isOfSubject = (statement, candidate, filed) =>
    filed?.signers.some(({ organisation }) => organisation === value(statement, "组织")) === true;

/**
 * What may stand in evidence besides keys; `early`: before the filing, too.
 * @type {Record<string, { lines: number[], early?: boolean, belongs: Belongs,
 *   apply: (reading: Reading, act: Act, filed: Filed) => void }>}
 */
const ACTS = {
    "cycle.open": {
        lines: [2],
        early: true,
        belongs: isOfCycle,
        apply: (reading, { statement }) => void (reading.again = value(statement, "换人后") === "重签"),
    },
    "team.form": {
        lines: [1],
        early: true,
        belongs: isOfTeam,
        apply: (reading) => void (reading.formed = true),
    },
    "report.file": { lines: [1], early: true, belongs: isFiling, apply: file },
    "report.sign": { lines: [1], belongs: isOfReport, apply: sign },
    "report.void": { lines: [1, 2], belongs: isOfReport, apply: revoke },
    "report.refusal": { lines: [2], belongs: isOfReport, apply: refusal },
    "team.replace": { lines: [2], belongs: isOfTeam, apply: replace },
    "organisation.delegate": { lines: [2], belongs: isOfSubject, apply: delegate },
};

/* --- one entry, all entries --- */

/** @param {string} origin @param {Verified} verified @returns {Act} */
function readAct(origin, { index, entry }) {
    const { time: entered, note } = parseEntry(entry);
    const statement = parseStatement(note);
    const known = BRINGS_KEYS.includes(statement.type) || Object.hasOwn(ACTS, statement.type);
    must(known, "sign_off.stranger");
    checkRow(statement, findType(statement.type) ?? refuse("statement.type"), origin);
    return { statement, index, time: entered };
}

/** @param {Reading} reading @param {Act} act */
function judge(reading, act) {
    const { statement } = act;
    const { candidate, filed } = reading;
    if (BRINGS_KEYS.includes(statement.type)) {
        learnKeys(reading, statement);
        return;
    }
    const { lines, early, belongs, apply } = ACTS[statement.type];
    if (candidate === null || (filed === null && early !== true)) {
        return;
    }
    must(belongs(statement, candidate, filed), "sign_off.stranger");
    verifyAct(reading, statement, lines);
    apply(reading, act, /** @type {Filed} */ (filed));
}

/** What a call refuses by, or null. @param {() => void} call @returns {{ rule: string, field: string } | null} */
function refusedBy(call) {
    try {
        call();
        return null;
    } catch (error) {
        if (error instanceof Refusal) {
            return { rule: error.rule, field: error.field };
        }
        throw error;
    }
}

/** The filing that the evidence is about, and the cycle of its team, before anything is verified. @param {Act[]} acts */
function findCandidate(acts) {
    const filing = acts.find(({ statement }) => statement.type === "report.file");
    if (filing === undefined) {
        return null;
    }
    const { index, statement } = filing;
    const team = value(statement, "评审组");
    const formed = acts.findLast((act) => act.statement.type === "team.form" && value(act.statement, "评审组") === team);
    const cycle = formed === undefined ? "" : value(formed.statement, "周期");
    return { index, team, cycle, report: value(statement, "报告"), version: number(statement, "版本") };
}

/** @param {string} origin @param {Verified[]} entries */
function readable(origin, entries) {
    /** @type {Act[]} */
    const acts = [];
    entries.forEach((one) => refusedBy(() => void acts.push(readAct(origin, one))));
    return acts;
}

/** @param {Reading} reading @param {Uint8Array | null} document @returns {Problem[]} */
function conclude({ candidate, filed }, document) {
    if (candidate === null) {
        return [{ rule: "sign_off.filing", field: "", index: null }];
    }
    const other = filed !== null && document !== null && !equal(document, filed.file);
    return other ? [{ rule: "sign_off.document", field: "文件", index: filed.index }] : [];
}

/** @param {{ origin: string, entries: Verified[], document: Uint8Array | null }} evidence */
export function readSignOff({ origin, entries, document }) {
    const candidate = findCandidate(readable(origin, entries));
    /** @type {Reading} */
    const reading = { origin, candidate, keys: new Map(), filed: null, leader: "", formed: false, again: false };
    const problems = entries.flatMap((one, i) => {
        const refused = refusedBy(() => {
            must(i === 0 || one.index > entries[i - 1].index, "sign_off.order");
            judge(reading, readAct(origin, one));
        });
        return refused === null ? [] : [{ ...refused, index: /** @type {number | null} */ (one.index) }];
    });
    return { filed: reading.filed, problems: [...problems, ...conclude(reading, document)] };
}

/** @param {ReturnType<typeof readSignOff>} signOff */
export function holds({ filed, problems }) {
    return filed !== null && problems.length === 0;
}
