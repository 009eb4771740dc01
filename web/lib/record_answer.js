/*
 * record_answer.js - rules of the investigation's report and of the answers to the objector.
 *
 * ANSWER_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of
 * audit/record/answer.c.
 */
import { caseOf, closeCase, enterState, extendTerm, noticeOf, openCase } from "./case_state.js";
import { checkSealedSize } from "./objection_parts.js";
import { checkSigners } from "./record_case.js";
import { checkFinding } from "./record_hearing.js";
import { termsOf } from "./record_objection.js";
import { must } from "./refusal.js";
import { bytes, number, value } from "./statement.js";
import { addWorkdays } from "./workday.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./case_state.js").Case} Case
 */

const INVESTIGATED = ["受理", "调查中"];
const WAITING = ["待受理", "补正"];

const report = {
    /** @param {Fold} fold */
    check(fold) {
        const held = openCase(fold.state, bytes(fold.statement, "案件"));
        checkSigners(fold, held);
        must(!held.reported, "case.reported");
        must(held.joined === "", "case.joined");
        must(INVESTIGATED.includes(held.state), "case.unaccepted");
        checkFinding(held, fold);
        checkSealedSize(number(fold.statement, "大小"), noticeOf(fold.state, held.notice).handlers.length);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = caseOf(fold.state, bytes(fold.statement, "案件"));
        const { table, answer } = termsOf(fold.state, held.notice);
        held.reported = true;
        held.finding = value(fold.statement, "结论");
        enterState(held, fold, "已查清", addWorkdays(table, fold.time, answer));
    },
};

/** By its own report, or by that of the case it follows. @param {Fold} fold @param {Case} held */
function checkConclusion({ state, statement }, held) {
    must(INVESTIGATED.includes(held.state) || held.state === "已查清", "case.order");
    const grounds = held.joined === "" ? held : state.cases.get(held.joined);
    must(grounds?.reported && grounds.finding === value(statement, "状态"), "case.order", "状态");
}

/** May this answer follow the state the case is in? @type {Record<string, (held: Case, fold: Fold) => void>} */
const ORDER = {
    受理(held) {
        must(WAITING.includes(held.state) && held.accepted === 0, "case.order", "状态");
        must(held.received, "objection.missing");
        must(held.verified !== "", "case.unverified");
        must(!held.late, "case.late");
    },
    不予受理(held, { statement }) {
        must(WAITING.includes(held.state) && held.accepted === 0, "case.order", "状态");
        must(value(statement, "依据") !== "-", "case.basis", "依据");
    },
    补正(held) {
        const may = held.state === "待受理" || INVESTIGATED.includes(held.state);
        must(!held.asked && may, "case.order", "状态");
    },
    调查中(held) {
        must(held.state === "受理", "case.order", "状态");
    },
    延期(held, { statement }) {
        must(INVESTIGATED.includes(held.state) && !held.extended, "case.order", "状态");
        must(value(statement, "依据") !== "-", "case.basis", "依据");
    },
};

/** @type {Record<string, (held: Case, fold: Fold) => void>} */
const EFFECT = {
    受理(held, fold) {
        const { table, investigate } = termsOf(fold.state, held.notice);
        held.accepted = fold.time;
        enterState(held, fold, "受理", addWorkdays(table, fold.time, investigate));
    },
    补正(held, fold) {
        const { table, supplement } = termsOf(fold.state, held.notice);
        held.asked = true;
        enterState(held, fold, "补正", addWorkdays(table, fold.time, supplement));
    },
    /** Investigating goes on in the term that began with the acceptance. */
    调查中(held, fold) {
        enterState(held, fold, "调查中", held.terms.find(({ met }) => met === null)?.due ?? 0);
    },
    延期(held, fold) {
        const { table, investigate } = termsOf(fold.state, held.notice);
        held.extended = true;
        extendTerm(held, fold, addWorkdays(table, held.accepted, 2 * investigate));
    },
};

const answer = {
    /** @param {Fold} fold */
    check(fold) {
        const held = openCase(fold.state, bytes(fold.statement, "案件"));
        const next = value(fold.statement, "状态");
        checkSigners(fold, held);
        if (ORDER[next]) {
            ORDER[next](held, fold);
        } else {
            checkConclusion(fold, held);
        }
        checkSealedSize(number(fold.statement, "大小"), 1);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = caseOf(fold.state, bytes(fold.statement, "案件"));
        const next = value(fold.statement, "状态");
        if (EFFECT[next]) {
            EFFECT[next](held, fold);
        } else {
            closeCase(held, fold, next);
        }
    },
};

export const ANSWER_RULES = {
    "case.report": report,
    "objection.answer": answer,
};
