/*
 * record_meeting.js - rules of cycle and meeting: sign-ins, recusals, draw, freeze, minutes.
 *
 * MEETING_RULES maps a type to { check(fold), prove(fold)?, apply(fold) } (record.js). The twin of
 * audit/record/cycle.c, meeting.c, signin.c, draw.c and minutes.c.
 */
import { base64, equal, utf8 } from "./bytes.js";
import { H32, drawOrder } from "./hash.js";
import { readGrade, readLimit, readPass, readSeat } from "./manifest.js";
import { Refusal, must, refuse } from "./refusal.js";
import { hasReviewed, openMeeting, presentAt, requireNamed, requireSeen } from "./state.js";
import { bytes, number, points, time, value, values } from "./statement.js";
import { isId, parseNumber } from "./text.js";
import { checkVoteKey } from "./voter.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").Meeting} Meeting
 * @typedef {import("./statement.js").Statement} Statement
 */

const RULE_LABELS = ["等次", "限额", "席位", "通过"];

/** The lines a first round copies. @param {Statement} statement */
export function ruleLines(statement) {
    return RULE_LABELS.flatMap((label) =>
        values(statement, label).map((held) => `${label}：${held}`),
    );
}

/** @param {Statement} statement @returns {[number, number]} */
function readQuorum(statement) {
    const parts = value(statement, "法定人数").split("/");
    try {
        must(parts.length === 2, "cycle.quorum");
        const [num, den] = parts.map(parseNumber);
        must(num > 0 && num <= den && den <= 1000, "cycle.quorum");
        return [num, den];
    } catch (error) {
        if (error instanceof Refusal) {
            refuse("cycle.quorum", "法定人数");
        }
        throw error;
    }
}

/** @param {Statement} statement */
function checkRuleLines(statement) {
    const held = RULE_LABELS.map((label) => values(statement, label));
    const count = held[0].length;
    must(count >= 2 && count <= 4, "election.grades", "等次");
    held[0].forEach((line, i) => {
        const weight = i === 0 ? 0 : 1024 ** (i - 1);
        must(readGrade(line, i + 1, i).weight === weight, "election.grades", "等次", i + 1);
    });
    held[1].forEach((line, i) => readLimit(line, i + 1, count));
    const seats = held[2].map((line, i) => readSeat(line, i + 1, count));
    const passes = held[3].map((line, i) => readPass(line, i + 1, count));
    must(seats.length >= 1 && seats.length < count, "election.seats", "席位");
    must(passes.length === seats.length, "election.passes", "通过");
    seats.forEach(({ grade }, i) => {
        must(seats.filter((seat) => seat.grade === grade).length === 1, "election.seats", "席位", i + 1);
        const own = passes.filter((pass) => pass.grades[0] === grade);
        must(own.length === 1, "election.passes", "通过", i + 1);
    });
}

const cycleOpen = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        must(!state.cycles.has(value(statement, "周期")), "cycle.known", "周期");
        const year = number(statement, "年度");
        must(![...state.cycles.values()].some((cycle) => cycle.year === year), "cycle.year", "年度");
        readQuorum(statement);
        checkRuleLines(statement);
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "周期");
        state.cycles.set(id, {
            id,
            year: number(statement, "年度"),
            index,
            document: value(statement, "细则文号"),
            quorum: readQuorum(statement),
            runoffs: number(statement, "加投上限"),
            lines: ruleLines(statement),
            signAgain: value(statement, "换人后") === "重签",
        });
    },
};

/* --- meeting.open --- */

/** @param {Statement} statement */
function readCandidates(statement) {
    return values(statement, "候选").map((line, i) => {
        const at = line.indexOf(" ");
        const [id, name] = [line.slice(0, at), line.slice(at + 1)];
        const good = at > 0 && isId(id) && name !== "" && !name.startsWith(" ");
        must(good, "meeting.candidate", "候选", i + 1);
        return { id, name };
    });
}

/** @param {Fold} fold */
function checkOfficials({ state, statement }) {
    const chair = value(statement, "主持人");
    const scrutineers = values(statement, "监票人");
    must(new Set([chair, ...scrutineers]).size === 3, "meeting.officials");
    requireNamed(state, chair, "主持人", "meeting.officials");
    scrutineers.forEach((id) => requireNamed(state, id, "监票人", "meeting.officials"));
}

const meetingOpen = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        must(!state.meetings.has(value(statement, "会议")), "meeting.known", "会议");
        must(time(statement, "召开时间") >= 0, "meeting.time", "召开时间");
        const cycle = state.cycles.get(value(statement, "周期"));
        must(cycle !== undefined, "cycle.unknown", "周期");
        const appointed = values(statement, "应到");
        const [num, den] = cycle.quorum;
        const quorum = Math.ceil((num * appointed.length) / den);
        must(number(statement, "法定人数") === quorum, "meeting.quorum", "法定人数");
        checkOfficials(fold);
        appointed.forEach((id, i) => {
            must(i === 0 || appointed[i - 1] < id, "meeting.order", "应到", i + 1);
            requireNamed(state, id, "委员", "meeting.member");
            /* Whoever reviewed this year does not vote on it (C33). */
            must(!hasReviewed(state, cycle.id, id), "meeting.dual_role", "应到", i + 1);
        });
        const candidates = readCandidates(statement);
        const distinct = (/** @type {string[]} */ list) => new Set(list).size === list.length;
        const good = distinct(candidates.map(({ id }) => id)) && distinct(candidates.map(({ name }) => name));
        must(good, "meeting.candidate", "候选");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "会议");
        state.meetings.set(id, {
            id,
            cycle: value(statement, "周期"),
            index,
            place: value(statement, "地点"),
            time: time(statement, "召开时间"),
            chair: value(statement, "主持人"),
            scrutineers: values(statement, "监票人"),
            appointed: values(statement, "应到"),
            quorum: number(statement, "法定人数"),
            candidates: readCandidates(statement),
            signins: [],
            recusals: [],
            commitment: null,
            order: null,
            frozen: null,
            present: 0,
            minutes: null,
        });
    },
};

/* --- before the freeze --- */

/** @param {Fold} fold */
function unfrozen({ state, statement }) {
    const meeting = openMeeting(state, value(statement, "会议"));
    must(meeting.frozen === null, "meeting.frozen");
    return meeting;
}

/** @param {Meeting} meeting @param {string} person */
function requireAppointed(meeting, person) {
    must(meeting.appointed.includes(person), "meeting.appointed");
}

const signin = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        requireAppointed(unfrozen(fold), value(statement, "签到人"));
        requireSeen(state, statement);
        /* A key seen twice would link two ballots, or two persons. */
        must(!state.voteKeys.has(value(statement, "投票公钥")), "signin.key", "投票公钥");
    },
    /** @param {Fold} fold */
    prove({ statement }) {
        const [P] = points(statement, "投票公钥");
        const [meeting, person] = [value(statement, "会议"), value(statement, "签到人")];
        return [() => checkVoteKey(meeting, person, P, bytes(statement, "证明"))];
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { state, statement, index } = fold;
        const [P] = points(statement, "投票公钥");
        const random = bytes(statement, "随机数");
        unfrozen(fold).signins.push({ person: value(statement, "签到人"), P, random, index });
        state.voteKeys.add(value(statement, "投票公钥"));
    },
};

const recuse = {
    /** @param {Fold} fold */
    check(fold) {
        const meeting = unfrozen(fold);
        const person = value(fold.statement, "人员");
        const candidate = value(fold.statement, "候选");
        requireAppointed(meeting, person);
        must(meeting.candidates.some(({ id }) => id === candidate), "recusal.candidate", "候选");
        const known = meeting.recusals.some(
            (one) => one.person === person && one.candidate === candidate,
        );
        must(!known, "recusal.known");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { statement, index } = fold;
        const [person, candidate] = [value(statement, "人员"), value(statement, "候选")];
        unfrozen(fold).recusals.push({ person, candidate, index });
    },
};

/* --- draw and freeze --- */

/** @param {string} meeting @param {Uint8Array} drawn */
export function drawCommitment(meeting, drawn) {
    return H32("xiling/v1 draw commit", meeting, drawn);
}

const drawCommit = {
    /** @param {Fold} fold */
    check(fold) {
        must(unfrozen(fold).commitment === null, "draw.committed");
    },
    /** @param {Fold} fold */
    apply(fold) {
        unfrozen(fold).commitment = bytes(fold.statement, "承诺");
    },
};

/** @param {Fold} fold */
function undrawn({ state, statement }) {
    const meeting = openMeeting(state, value(statement, "会议"));
    must(meeting.frozen !== null, "meeting.not_frozen");
    must(meeting.order === null, "draw.known");
    return meeting;
}

/** @param {Meeting} meeting @param {Uint8Array} drawn */
function storeOrder(meeting, drawn) {
    const randoms = meeting.signins.map(({ random }) => random);
    meeting.order = drawOrder(drawn, randoms, meeting.candidates.map(({ id }) => id));
}

const drawReveal = {
    /** @param {Fold} fold */
    check(fold) {
        const meeting = undrawn(fold);
        must(meeting.commitment !== null, "draw.uncommitted");
        const commitment = drawCommitment(meeting.id, bytes(fold.statement, "随机数"));
        must(equal(commitment, meeting.commitment), "draw.commitment", "随机数");
    },
    /** @param {Fold} fold */
    apply(fold) {
        storeOrder(undrawn(fold), bytes(fold.statement, "随机数"));
    },
};

const drawRecord = {
    /** @param {Fold} fold */
    check(fold) {
        must(undrawn(fold).commitment === null, "draw.committed");
    },
    /** @param {Fold} fold */
    apply(fold) {
        storeOrder(undrawn(fold), utf8(value(fold.statement, "抽签")));
    },
};

const freeze = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const meeting = unfrozen(fold);
        const size = requireSeen(state, statement);
        const later = [...meeting.signins, ...meeting.recusals].some(({ index }) => index >= size);
        must(!later, "freeze.later", "日志条数");
        must(number(statement, "应到") === meeting.appointed.length, "freeze.appointed", "应到");
        must(number(statement, "实到") === presentAt(state, meeting).length, "freeze.present", "实到");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const meeting = unfrozen(fold);
        meeting.frozen = fold.index;
        meeting.present = number(fold.statement, "实到");
    },
};

/* --- minutes --- */

const minutes = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const meeting = openMeeting(state, value(statement, "会议"));
        const stated = values(statement, "清单");
        const held = [...state.elections.values()].filter(
            ({ election }) => election.meeting === meeting.id,
        );
        must(stated.length === held.length, "minutes.elections", "清单");
        held.forEach(({ election, cancelled, decided, tied }, i) => {
            must(base64(election.M) === stated[i], "minutes.elections", "清单", i + 1);
            must(cancelled !== null || decided !== null, "minutes.undecided", "清单", i + 1);
            const open = cancelled === null && election.round === 1 && tied.length > 0;
            must(!open, "minutes.tie", "清单", i + 1);
        });
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        openMeeting(state, value(statement, "会议")).minutes = index;
    },
};

export const MEETING_RULES = {
    "cycle.open": cycleOpen,
    "meeting.open": meetingOpen,
    "meeting.signin": signin,
    "meeting.recuse": recuse,
    "draw.commit": drawCommit,
    "draw.reveal": drawReveal,
    "draw.record": drawRecord,
    "meeting.freeze": freeze,
    "meeting.minutes": minutes,
};
