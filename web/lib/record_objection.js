/*
 * record_objection.js - rules of what an objector files, and of what the service says of its parts.
 *
 * OBJECTION_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of
 * audit/record/objection.c and delivery.c.
 */
import { equal, hex } from "./bytes.js";
import { caseOf, closeCase, enterState, noteAct, noticeOf, openCase, rulesOf } from "./case_state.js";
import { checkParts, readParts } from "./objection_parts.js";
import { must } from "./refusal.js";
import { isBoxKey, isSignKey } from "./signature.js";
import { bytes, value } from "./statement.js";
import { size } from "./text.js";
import { addWorkdays } from "./workday.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./case_state.js").Case} Case
 */

const TEXT_MAX = 4096;
const HOUR = 3600;

/** The case that a statement names. @param {Fold} fold */
const named = ({ state, statement }) => caseOf(state, bytes(statement, "案件"));

/** The terms of a case's cycle. @param {Fold["state"]} state @param {string} notice */
export function termsOf(state, notice) {
    return rulesOf(state, noticeOf(state, notice).cycle);
}

/** Enters the parts that a text names, due some hours from now. @param {Fold} fold @param {Case} held */
function addParts({ statement, time }, held, hours) {
    const text = { parts: readParts(statement), due: time + hours * HOUR, received: null, lapsed: null };
    held.texts.set(hex(statement.hash), text);
}

/* --- by the objector --- */

/** Keys of this one filing: no person's, and of no other case. @param {Fold} fold */
function checkKeys({ state, statement }) {
    const [sign, box] = [bytes(statement, "签名公钥"), bytes(statement, "封存公钥")];
    must(isSignKey(sign), "key.sign", "签名公钥");
    must(isBoxKey(box), "key.box", "封存公钥");
    const taken = [
        ...[...state.cases.values()].map(({ signKey, boxKey }) => [signKey, boxKey]),
        ...[...state.cases.values()].map(({ hearing }) => [hearing?.replyKey]),
        ...[...state.people.values()].flatMap(({ signKey, boxKey, offers }) => [
            [signKey, boxKey],
            ...[...offers.values()].map((offer) => [offer.signKey, offer.boxKey]),
        ]),
    ];
    const known = taken.some(([a, b]) => (a && equal(a, sign)) || (b && equal(b, box)));
    must(!known, "objection.key", "签名公钥");
}

const file = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement, time } = fold;
        must(size(statement.text) <= TEXT_MAX, "objection.length");
        const notice = noticeOf(state, value(statement, "公示"));
        must(time >= notice.opens, "objection.early");
        checkKeys(fold);
        checkParts(statement, notice, false);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { state, statement, index, time } = fold;
        const notice = noticeOf(state, value(statement, "公示"));
        const { hours } = termsOf(state, notice.id);
        const before = [...state.cases.values()].filter((one) => one.notice === notice.id).length;
        const held = {
            hash: statement.hash, notice: notice.id, number: before + 1, index, time,
            late: time >= notice.closes, signKey: bytes(statement, "签名公钥"), boxKey: bytes(statement, "封存公钥"),
            state: "", before: "", received: false, verified: "", assigned: "", joined: "", opened: false,
            asked: false, accepted: 0, extended: false, reported: false, finding: "", closed: false,
            closedTime: 0, erased: false, texts: new Map(), declared: new Map(), acts: [], openings: [], terms: [],
            hearing: null,
        };
        state.cases.set(hex(statement.hash), held);
        addParts(fold, held, hours);
        enterState(held, fold, "待材料", time + hours * HOUR);
    },
};

const supplement = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const held = openCase(state, bytes(statement, "案件"));
        must(held.state === "补正", "objection.unasked");
        checkParts(statement, noticeOf(state, held.notice), true);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const held = named(fold);
        addParts(fold, held, termsOf(fold.state, held.notice).hours);
        noteAct(held, fold);
    },
};

const withdraw = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        openCase(state, bytes(statement, "案件"));
    },
    /** @param {Fold} fold */
    apply(fold) {
        closeCase(named(fold), fold, "撤回");
    },
};

/* --- by the service --- */

/** The text that is named, about which nothing is decided yet. @param {Fold} fold */
function openText(fold) {
    const held = named(fold);
    const hash = bytes(fold.statement, "文本");
    const text = held.texts.get(hex(hash));
    must(text !== undefined, "objection.text", "文本");
    must(text.received === null, "objection.received");
    must(text.lapsed === null, "objection.lapsed");
    must(!held.closed, "case.closed");
    return { held, text, isFiling: equal(hash, held.hash) };
}

/** A supplement puts the case back where it was asked for, and that term begins anew. @param {Fold} fold @param {Case} held */
function returnToState(fold, held) {
    const { table, accept, investigate } = termsOf(fold.state, held.notice);
    const accepted = held.accepted > 0;
    if (held.state !== "补正") {
        noteAct(held, fold);
        return;
    }
    const due = addWorkdays(table, fold.time, accepted ? investigate : accept);
    enterState(held, fold, accepted ? held.before : "待受理", due);
}

const receive = {
    /** @param {Fold} fold */
    check(fold) {
        openText(fold);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { held, text, isFiling } = openText(fold);
        text.received = fold.index;
        if (!isFiling) {
            returnToState(fold, held);
            return;
        }
        const { table, accept } = termsOf(fold.state, held.notice);
        held.received = true;
        enterState(held, fold, "待受理", addWorkdays(table, fold.time, accept));
    },
};

const lapse = {
    /** @param {Fold} fold */
    check(fold) {
        must(fold.time > openText(fold).text.due, "objection.lapse_early");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { held, text, isFiling } = openText(fold);
        text.lapsed = fold.index;
        if (isFiling) {
            closeCase(held, fold, "未交材料");
        } else {
            noteAct(held, fold);
        }
    },
};

const ask = { check() {}, apply() {} };

export const OBJECTION_RULES = {
    "objection.file": file,
    "objection.supplement": supplement,
    "objection.withdraw": withdraw,
    "objection.receive": receive,
    "objection.lapse": lapse,
    "status.ask": ask,
};
