/*
 * record_hearing.js - rules of the right of reply of the organisation that a case is about (C23).
 *
 * HEARING_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of
 * audit/record/hearing.c.
 *
 *   checkFinding(case, fold)         case.hearing while the reply is awaited, case.unheard
 *   replyTermOf(state, case, time)   the last instant to reply, if the summary is released at that time
 *   summaryReaders(notice)           how many keys a summary is sealed to
 */
import { equal, hex } from "./bytes.js";
import { caseOf, noteAct, noticeOf, openCase } from "./case_state.js";
import { checkSealedSize } from "./objection_parts.js";
import { checkSigners } from "./record_case.js";
import { termsOf } from "./record_objection.js";
import { must } from "./refusal.js";
import { isSignKey } from "./signature.js";
import { bytes, number, time, value } from "./statement.js";
import { addWorkdays } from "./workday.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./case_state.js").Case} Case
 */

const READERS_MAX = 32;

/** @param {Case} held @param {Fold} fold */
export function checkFinding({ hearing }, { statement, time: now }) {
    must(hearing === null || hearing.replied !== null || now > hearing.due, "case.hearing");
    must(hearing !== null || value(statement, "结论") === "不成立", "case.unheard", "结论");
}

/** As long as an objector has for a supplement. @param {Fold["state"]} state @param {Case} held @param {number} now */
export function replyTermOf(state, held, now) {
    const { table, supplement } = termsOf(state, held.notice);
    return addWorkdays(table, now, supplement);
}

/** The handlers and the representative, so that the number says nothing. @param {{ handlers: any[] }} notice */
export function summaryReaders({ handlers }) {
    return Math.min(handlers.length + 1, READERS_MAX);
}

/** A key of this one case: no person's, and of no other. @param {Fold} fold */
function checkKey({ state, statement }) {
    const key = bytes(statement, "陈述公钥");
    const taken = [
        ...[...state.cases.values()].flatMap(({ signKey, boxKey, hearing }) => [signKey, boxKey, hearing?.replyKey]),
        ...[...state.people.values()].flatMap(({ signKey, boxKey, offers }) => [
            signKey, boxKey, ...[...offers.values()].flatMap((offer) => [offer.signKey, offer.boxKey]),
        ]),
    ];
    must(isSignKey(key) && !taken.some((one) => one && equal(one, key)), "case.reply_key", "陈述公钥");
}

const summary = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const held = openCase(state, bytes(statement, "案件"));
        checkSigners(fold, held);
        must(held.hearing === null, "case.summarised");
        must(held.joined === "", "case.joined");
        must(held.state === "受理" || held.state === "调查中", "case.unaccepted");
        checkKey(fold);
        must(time(statement, "陈述期限") === replyTermOf(state, held, fold.time), "case.reply_term", "陈述期限");
        checkSealedSize(number(statement, "大小"), summaryReaders(noticeOf(state, held.notice)));
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { state, statement, index } = fold;
        const held = caseOf(state, bytes(statement, "案件"));
        held.hearing = {
            index, summary: hex(bytes(statement, "摘要")), size: number(statement, "大小"),
            replyKey: bytes(statement, "陈述公钥"), due: time(statement, "陈述期限"), replied: null,
        };
        noteAct(held, fold);
    },
};

const reply = {
    /** @param {Fold} fold */
    check({ state, statement, time: now }) {
        const held = openCase(state, bytes(statement, "案件"));
        must(held.hearing?.replied === null, "case.replied");
        must(held.hearing !== null && now <= held.hearing.due, "case.reply_late");
        checkSealedSize(number(statement, "大小"), noticeOf(state, held.notice).handlers.length);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { state, statement, index } = fold;
        const held = caseOf(state, bytes(statement, "案件"));
        if (held.hearing !== null) {
            held.hearing.replied = { index, hash: hex(bytes(statement, "陈述")), size: number(statement, "大小") };
        }
        noteAct(held, fold);
    },
};

export const HEARING_RULES = {
    "case.summary": summary,
    "case.reply": reply,
};
