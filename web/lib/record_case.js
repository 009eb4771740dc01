/*
 * record_case.js - rules of handling a case: who may, who verifies, and the identity.
 *
 * CASE_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of audit/record/case.c
 * and identity.c.
 *
 *   checkHandler(state, case, person, at)      case.handler, .conflict, .undeclared
 *   checkSigners(fold, case)                   the same of everybody who signed
 */
import { equal, hex } from "./bytes.js";
import { caseOf, noteAct, noticeOf, openCase } from "./case_state.js";
import { termsOf } from "./record_objection.js";
import { must } from "./refusal.js";
import { bytes, value } from "./statement.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./case_state.js").Case} Case
 */

const DAY = 86400;

/** @param {Fold["state"]} state @param {Case} held @param {string} person @param {number} [at] */
export function checkHandler(state, held, person, at) {
    must(noticeOf(state, held.notice).handlers.includes(person), "case.handler", "", at);
    must(held.declared.get(person) !== true, "case.conflict", "", at);
    must(held.declared.has(person), "case.undeclared", "", at);
}

/** @param {Fold} fold @param {Case} held */
export function checkSigners({ state, signed }, held) {
    signed.forEach((person, i) => checkHandler(state, held, person, i + 1));
}

/** @param {Fold} fold */
const named = ({ state, statement }) => caseOf(state, bytes(statement, "案件"));

const declare = {
    /** @param {Fold} fold */
    check(fold) {
        const held = named(fold);
        const person = value(fold.statement, "人员");
        const some = value(fold.statement, "利益关系") === "有";
        must(noticeOf(fold.state, held.notice).handlers.includes(person), "case.handler");
        must(held.declared.get(person) !== true || some, "case.withdrawn");
        must(held.declared.get(person) !== some, "case.declared");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        const person = value(fold.statement, "人员");
        const some = value(fold.statement, "利益关系") === "有";
        held.declared.set(person, some);
        if (some && held.assigned === person) {
            held.assigned = "";
        }
        noteAct(held, fold);
    },
};

const assign = {
    /** @param {Fold} fold */
    check(fold) {
        const held = openCase(fold.state, bytes(fold.statement, "案件"));
        checkSigners(fold, held);
        checkHandler(fold.state, held, value(fold.statement, "承办人"));
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        held.assigned = value(fold.statement, "承办人");
        noteAct(held, fold);
    },
};

const join = {
    /** One case follows another; there are no chains. @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const held = openCase(state, bytes(statement, "案件"));
        const other = caseOf(state, bytes(statement, "并入"));
        must(held.notice === other.notice, "case.other_notice");
        const followed = [...state.cases.values()].some(({ joined }) => joined === hex(held.hash));
        const free = held.joined === "" && other.joined === "" && !followed;
        must(free && !equal(held.hash, other.hash), "case.joined");
        checkSigners(fold, held);
        checkSigners(fold, other);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        held.joined = hex(bytes(fold.statement, "并入"));
        noteAct(held, fold);
    },
};

const verify = {
    /** @param {Fold} fold */
    check(fold) {
        const held = openCase(fold.state, bytes(fold.statement, "案件"));
        checkSigners(fold, held);
        must(held.opened, "identity.unopened");
        must(held.verified === "", "case.verified");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        held.verified = value(fold.statement, "核验");
        noteAct(held, fold);
    },
};

/* --- the identity --- */

const openIdentity = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement, signed } = fold;
        const held = named(fold);
        must(!held.erased, "identity.erased");
        must(held.received, "objection.missing");
        const { keepers } = noticeOf(state, held.notice);
        signed.forEach((person, i) => {
            must(keepers.includes(person) && (i === 0 || signed[i - 1] < person), "case.keeper", "", i + 1);
        });
        checkHandler(state, held, value(statement, "交给"));
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        held.opened = true;
        held.openings.push({ index: fold.index, reader: value(fold.statement, "交给"), keepers: fold.signed });
        noteAct(held, fold);
    },
};

const erase = {
    /** @param {Fold} fold */
    check(fold) {
        const held = named(fold);
        must(!held.erased, "identity.erased");
        must(held.closed, "case.open");
        const { keep } = termsOf(fold.state, held.notice);
        must(fold.time >= held.closedTime + keep * DAY, "identity.keep");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        held.erased = true;
        noteAct(held, fold);
    },
};

export const CASE_RULES = {
    "case.declare": declare,
    "case.assign": assign,
    "case.join": join,
    "case.verify": verify,
    "identity.open": openIdentity,
    "identity.erase": erase,
};
