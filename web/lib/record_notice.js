/*
 * record_notice.js - rules of notices, of leads, and of what becomes of the list.
 *
 * NOTICE_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of
 * audit/record/notice_rules.c, notice.c, extension.c, lead.c and list.c.
 */
import { base64Decode, hex } from "./bytes.js";
import { extendedEnd, noticeOf, rulesOf } from "./case_state.js";
import { checkAscending } from "./record_review.js";
import { must, ruleOf } from "./refusal.js";
import { requireNamed, reviewOf } from "./state.js";
import { number, time, value, values } from "./statement.js";
import { parseNumber } from "./text.js";
import { addCalendarDays, dayOf, endOfDay, parseDate } from "./workday.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./case_state.js").Notice} Notice
 */

const DAY = 86400;
const SLACK = 600;
const START_AHEAD = 30 * DAY;
const EXTENSION_MAX = 30;
const UPHELD = ["成立", "部分成立"];

/* --- notice.rules --- */

/** @type {[string, keyof import("./case_state.js").NoticeRules, number][]} */
const LIMITS = [
    ["公示天数", "notice", 60],
    ["受理工作日", "accept", 60],
    ["调查工作日", "investigate", 60],
    ["答复工作日", "answer", 60],
    ["补正工作日", "supplement", 60],
    ["材料时限", "hours", 168],
    ["身份保存天数", "keep", 3650],
];

/** @param {import("./statement.js").Statement} statement @param {string} label */
function checkDates(statement, label) {
    let last = 0;
    values(statement, label).forEach((text, i) => {
        must(ruleOf(() => parseDate(text)) === "", "notice.date", label, i + 1);
        const day = parseDate(text);
        must(day > last, "notice.date", label, i + 1);
        last = day;
    });
}

const rules = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const cycle = value(statement, "周期");
        must(state.cycles.has(cycle), "cycle.unknown", "周期");
        must(!state.noticeRules.has(cycle), "notice.rules_known", "周期");
        for (const [label, , most] of LIMITS) {
            must(number(statement, label) >= 1 && number(statement, label) <= most, "notice.number", label);
        }
        checkDates(statement, "放假");
        checkDates(statement, "调休上班");
        const off = values(statement, "放假");
        must(!values(statement, "调休上班").some((day) => off.includes(day)), "notice.date");
    },
    /** @param {Fold} fold */
    apply({ state, statement }) {
        const days = (/** @type {string} */ label, /** @type {boolean} */ working) =>
            values(statement, label).map((text) => /** @type {[number, boolean]} */ ([parseDate(text), working]));
        const numbers = Object.fromEntries(LIMITS.map(([label, name]) => [name, number(statement, label)]));
        const table = new Map([...days("放假", false), ...days("调休上班", true)]);
        state.noticeRules.set(value(statement, "周期"), /** @type {any} */ ({ ...numbers, table }));
    },
};

/* --- notice.open --- */

/** The results that the notice names. @param {Fold} fold */
function resultsOf({ state, statement }) {
    return values(statement, "清单").map((text, i) => {
        const held = state.elections.get(hex(base64Decode(text)));
        const meeting = held && state.meetings.get(held.election.meeting);
        const stands = held && held.decided !== null && held.cancelled === null;
        must(stands && meeting?.cycle === value(statement, "周期"), "notice.manifest", "清单", i + 1);
        return held;
    });
}

/** @param {string} line @returns {{ grade: number, organisation: string }} grade -1 if it is none */
function readLine(line) {
    const [word, ...rest] = line.split(" ");
    const grade = ruleOf(() => parseNumber(word)) === "" ? parseNumber(word) : -1;
    return { grade, organisation: rest.join(" ") };
}

/** @param {Fold} fold */
function checkList(fold) {
    const { state, statement } = fold;
    const seats = resultsOf(fold).flatMap(({ seated }) => seated);
    checkAscending(statement, "清单", "notice.manifest");
    const { qualified } = reviewOf(state, value(statement, "周期"));
    const lines = values(statement, "名单");
    lines.forEach((line, i) => {
        const { grade, organisation } = readLine(line);
        const seated = seats.some((seat) => seat.grade === grade && seat.candidate === organisation);
        const good = seated && lines.indexOf(line) === i && qualified?.includes(organisation);
        must(good, "notice.list", "名单", i + 1);
    });
    must(lines.length === seats.length, "notice.list", "名单");
}

/** @param {Fold} fold */
function checkPeople({ state, statement }) {
    const handlers = values(statement, "承办人");
    const { declared } = reviewOf(state, value(statement, "周期"));
    handlers.forEach((person, i) => {
        requireNamed(state, person, "工作人员", "notice.handler");
        must(declared.has(person), "notice.handler", "承办人", i + 1);
    });
    checkAscending(statement, "承办人", "notice.handler");
    values(statement, "保管人").forEach((person, i) => {
        requireNamed(state, person, "保管人", "notice.keeper");
        must(!handlers.includes(person), "notice.keeper", "保管人", i + 1);
    });
    checkAscending(statement, "保管人", "notice.keeper");
}

const open = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const cycle = value(statement, "周期");
        must(!state.notices.has(value(statement, "公示")), "notice.known", "公示");
        must(state.cycles.has(cycle), "cycle.unknown", "周期");
        const terms = rulesOf(state, cycle);
        checkList(fold);
        checkPeople(fold);
        const opens = time(statement, "开始");
        must(opens + SLACK >= fold.time && opens <= fold.time + START_AHEAD, "notice.start", "开始");
        must(time(statement, "结束") === addCalendarDays(terms.table, opens, terms.notice), "notice.end", "结束");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "公示");
        state.notices.set(id, {
            id,
            cycle: value(statement, "周期"),
            index,
            opens: time(statement, "开始"),
            closes: time(statement, "结束"),
            list: values(statement, "名单").map((line) => ({ ...readLine(line), removed: null })),
            handlers: values(statement, "承办人"),
            keepers: values(statement, "保管人"),
            proofs: [],
            extensions: [],
            settled: null,
        });
    },
};

const publish = {
    /** @param {Fold} fold */
    check({ state, statement, time: now }) {
        const notice = noticeOf(state, value(statement, "公示"));
        const seen = time(statement, "所见时间");
        must(seen + DAY >= notice.opens && seen <= now + SLACK, "notice.seen", "所见时间");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        noticeOf(state, value(statement, "公示")).proofs.push({ index, seen: time(statement, "所见时间") });
    },
};

/** Days that the media's failure cost: the end moves, and with it all that reads it (rule C14). */
const extend = {
    /** @param {Fold} fold */
    check({ state, statement, time: now }) {
        const notice = noticeOf(state, value(statement, "公示"));
        must(now >= notice.opens && now < notice.closes, "notice.not_running");
        const days = number(statement, "天数");
        must(days >= 1 && days <= EXTENSION_MAX, "notice.extension", "天数");
        must(time(statement, "结束") === extendedEnd(state, notice, days), "notice.end", "结束");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const notice = noticeOf(state, value(statement, "公示"));
        notice.closes = time(statement, "结束");
        notice.extensions.push({ index, days: number(statement, "天数"), resolution: value(statement, "决议"), closes: notice.closes });
    },
};

/* --- leads --- */

const enterLead = {
    /** @param {Fold} fold */
    check({ state, statement, signed }) {
        must(!state.leads.has(value(statement, "线索")), "lead.known", "线索");
        const { handlers } = noticeOf(state, value(statement, "公示"));
        must(handlers.includes(signed[0]), "notice.handler_only");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "线索");
        state.leads.set(id, {
            id,
            notice: value(statement, "公示"),
            index,
            source: value(statement, "来源"),
            disposed: null,
        });
    },
};

const disposeLead = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const lead = state.leads.get(value(statement, "线索"));
        must(lead !== undefined, "lead.unknown", "线索");
        must(lead.disposed === null, "lead.disposed");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const lead = state.leads.get(value(statement, "线索"));
        if (lead !== undefined) {
            lead.disposed = index;
        }
    },
};

/* --- the list --- */

/** @param {Fold} fold */
function unsettled({ state, statement }) {
    const notice = noticeOf(state, value(statement, "公示"));
    must(notice.settled === null, "list.settled");
    return notice;
}

/** @param {Fold["state"]} state @param {Notice} notice */
const casesOf = (state, notice) => [...state.cases.values()].filter((one) => one.notice === notice.id);

const remove = {
    /** @param {Fold} fold */
    check(fold) {
        const notice = unsettled(fold);
        const organisation = value(fold.statement, "组织");
        const listed = notice.list.some((row) => row.organisation === organisation && row.removed === null);
        must(listed, "list.listed", "组织");
        const upheld = casesOf(fold.state, notice).filter(({ closed, state }) => closed && UPHELD.includes(state));
        const removed = notice.list.filter((row) => row.removed !== null);
        must(removed.length < upheld.length, "list.upheld");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const { list } = noticeOf(state, value(statement, "公示"));
        list.filter((row) => row.organisation === value(statement, "组织")).forEach((row) => (row.removed = index));
    },
};

/** Seen in public on the first and on the last day. @param {Notice} notice */
function checkProofs({ opens, closes, proofs }) {
    const seenOn = (/** @type {number} */ day) =>
        proofs.some(({ seen }) => seen >= endOfDay(day - 1) && seen < endOfDay(day));
    must(seenOn(dayOf(opens)) && seenOn(dayOf(closes - 1)), "notice.proofs");
}

const settle = {
    /** @param {Fold} fold */
    check(fold) {
        const notice = unsettled(fold);
        must(fold.time >= notice.closes, "notice.running");
        checkProofs(notice);
        const lines = values(fold.statement, "名单");
        let next = 0;
        lines.forEach((line, i) => {
            const { grade, organisation } = readLine(line);
            const place = notice.list.findIndex(
                (row) => row.organisation === organisation && row.grade === grade && row.removed === null,
            );
            must(place >= next, "list.subset", "名单", i + 1);
            next = place + 1;
        });
        const standing = notice.list.filter((row) => row.removed === null).length;
        const cases = casesOf(fold.state, notice);
        const suspending = cases.some(({ accepted, closed }) => accepted > 0 && !closed);
        must(!suspending || lines.length < standing, "list.suspended");
        const removing = cases.some(({ closed, state }) => closed && state === "成立");
        must(!removing || lines.length < notice.list.length, "list.unremoved");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        noticeOf(state, value(statement, "公示")).settled = index;
    },
};

export const NOTICE_RULES = {
    "notice.rules": rules,
    "notice.open": open,
    "notice.publish": publish,
    "notice.extend": extend,
    "lead.enter": enterLead,
    "lead.dispose": disposeLead,
    "list.remove": remove,
    "list.settle": settle,
};
