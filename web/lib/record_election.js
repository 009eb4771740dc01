/*
 * record_election.js - rules of an election's manifest, its runoffs and its end (protocol section 6).
 *
 *   ELECTION_RULES        election.open, election.cancel; see record.js
 *   checkManifest(state, election, lines, time)   all that election.open must recompute from the log:
 *                         what a booth asks again before it shows a candidate
 *   settleRunoffs(state, first, grade) -> seated candidates, or undefined while the tie is open
 *
 * The twin of audit/record/opening.c, runoff.c and election.c.
 */
import { equal, hex } from "./bytes.js";
import { candidateIndex, memberIndex, parseElection } from "./election.js";
import { must, refuse } from "./refusal.js";
import {
    ceremonyOf,
    closedElection,
    electionOf,
    holdsRole,
    isReady,
    isTooSmall,
    openMeeting,
    presentAt,
} from "./state.js";
import { ruleLines } from "./record_meeting.js";
import { bytes, parseText } from "./statement.js";
import { newTally } from "./tally.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Meeting} Meeting
 * @typedef {import("./state.js").ElectionState} ElectionState
 * @typedef {import("./election.js").Election} Election
 */

const PATIENCE = 72 * 3600;

/* --- runoffs --- */

/** The highest grade with a tie, or 0. @param {ElectionState} held */
function tiedGrade({ tied }) {
    return Math.max(0, ...tied.map(({ grade }) => grade));
}

/** @param {State} state @param {Uint8Array} M @param {number} grade */
function nextRound(state, M, grade) {
    return [...state.elections.values()].find(
        ({ election, tiedGrade: about, cancelled }) =>
            cancelled === null &&
            about === grade &&
            election.previous !== null &&
            equal(election.previous, M),
    );
}

/** @param {State} state @param {string} meeting */
function runoffLimit(state, meeting) {
    const cycle = state.cycles.get(state.meetings.get(meeting)?.cycle ?? "");
    return cycle?.runoffs ?? refuse("cycle.unknown");
}

/** @param {Election} election @param {Election} previous @param {number} grade @param {number} left */
function checkRunoffLines({ grades, limits, seats, passes }, previous, grade, left) {
    const pass = previous.passes.find((one) => one.grades[0] === grade) ?? refuse("runoff.pass");
    const named = grades.length === 2 && grades[0].name === "不授奖";
    must(named && grades[1].name === previous.grades[grade].name, "runoff.rules", "等次");
    const limited = limits.length === 1 && limits[0].max === left && limits[0].grades.join() === "1";
    must(limited, "runoff.rules", "限额");
    const seated = seats.length === 1 && seats[0].grade === 1 && seats[0].k === left;
    must(seated, "runoff.rules", "席位");
    const [own] = passes;
    const alike =
        passes.length === 1 &&
        own.grades.join() === "1" &&
        own.num === pass.num &&
        own.den === pass.den &&
        own.base === pass.base &&
        own.comparison === pass.comparison;
    must(alike, "runoff.rules", "通过");
}

/** @param {State} state @param {Election} election @param {Uint8Array} previousM @returns {number} grade */
function checkRunoff(state, election, previousM) {
    const previous = electionOf(state, previousM);
    must(election.meeting === previous.election.meeting, "runoff.meeting", "会议");
    must(previous.decided !== null && previous.cancelled === null, "runoff.undecided");
    must(election.round === previous.election.round + 1, "runoff.round", "轮次");
    must(election.round - 1 <= runoffLimit(state, election.meeting), "runoff.limit", "轮次");
    const grade = tiedGrade(previous);
    must(grade > 0, "runoff.no_tie", "上一轮清单");
    must(nextRound(state, previousM, grade) === undefined, "runoff.known", "上一轮清单");
    const seats = previous.election.seats.find((seat) => seat.grade === grade);
    const taken = previous.seated.filter((one) => one.grade >= grade).length;
    checkRunoffLines(election, previous.election, grade, (seats?.k ?? 0) - taken);
    return grade;
}

/**
 * Follows the runoffs about a tie of a first round.
 * @param {State} state
 * @param {Election} first
 * @param {number} grade
 * @returns {number[] | undefined} candidates of the first round, from 0
 */
export function settleRunoffs(state, first, grade) {
    const limit = runoffLimit(state, first.meeting);
    /** @type {number[]} */
    const seated = [];
    let [M, about] = [first.M, grade];
    for (let runoff = 0; runoff < limit && about > 0; runoff++) {
        const next = nextRound(state, M, about);
        if (next === undefined || next.decided === null) {
            return undefined;
        }
        seated.push(...next.seated.map(({ candidate }) => candidateIndex(first, candidate)));
        [M, about] = [next.election.M, tiedGrade(next)];
    }
    return seated;
}

/* --- the manifest against the log --- */

/** @param {State} state @param {Election} election @param {Meeting} meeting */
function checkCandidates(state, election, meeting) {
    const order = meeting.order ?? refuse("draw.unknown");
    const tied = election.previous === null ? null : electionOf(state, election.previous).tied;
    const expected = order
        .filter((id) => tied === null || tied.some(({ candidate }) => candidate === id))
        .map((id) => meeting.candidates.find((candidate) => candidate.id === id));
    expected.forEach((candidate, i) => {
        const stated = election.candidates[i];
        const same = stated?.id === candidate?.id && stated?.name === candidate?.name;
        must(same, "election.candidates", "候选", i + 1);
    });
    must(expected.length === election.candidates.length, "election.candidates", "候选");
}

/** @param {State} state @param {Election} election @param {Meeting} meeting */
function checkRoll(state, election, meeting) {
    const present = presentAt(state, meeting);
    must(present.length === election.roll.length, "election.roll", "名册");
    present.forEach(({ person, P }, i) => {
        const member = election.roll[i];
        const known = state.people.get(person);
        const same = member.id === person && equal(member.P, P) && member.name === known?.hiddenName;
        must(same, "election.roll", "名册", i + 1);
        must(known?.revoked === null, "election.revoked", "名册", i + 1);
    });
    must(election.roll.length >= meeting.quorum, "election.quorum", "名册");
}

/** Those recusals of which person and candidate both stand here. @param {Election} election @param {Meeting} meeting */
function checkRecusals(election, meeting) {
    const expected = meeting.recusals.filter(
        ({ person, candidate }) =>
            memberIndex(election, person) >= 0 && candidateIndex(election, candidate) >= 0,
    );
    must(expected.length === election.recusals.length, "election.recusals", "回避");
    expected.forEach(({ person, candidate }) => {
        const { recused } = election.roll[memberIndex(election, person)];
        must(recused.includes(candidateIndex(election, candidate)), "election.recusals", "回避");
    });
}

/** @param {State} state @param {Election} election */
function checkTrustees(state, election) {
    const ceremony = ceremonyOf(state, election.ceremony);
    must(isReady(ceremony) && ceremony.K !== null, "ceremony.not_ready", "密钥仪式");
    const { t, K, trustees } = election;
    const same = t === ceremony.t && trustees.length === ceremony.n && equal(K, ceremony.K);
    must(same, "election.trustees", "选举公钥");
    trustees.forEach(({ id, X }, i) => {
        const held = ceremony.trustees[i];
        const right = held.person === id && held.X !== null && equal(held.X, X);
        must(right, "election.trustees", "受托人", i + 1);
    });
    const able = trustees.filter(({ id }) => holdsRole(state, id, "受托人")).length;
    must(able >= t, "ceremony.too_few", "受托人");
}

/** @param {State} state @param {Election} election @param {Meeting} meeting @param {string[]} lines */
function checkFirstRound(state, election, meeting, lines) {
    const another = [...state.elections.values()].some(
        (held) =>
            held.election.meeting === meeting.id &&
            held.election.round === 1 &&
            held.cancelled === null &&
            !equal(held.election.M, election.M),
    );
    must(!another, "election.first");
    const expected = state.cycles.get(meeting.cycle)?.lines ?? [];
    must(lines.join("\n") === expected.join("\n"), "election.rules");
}

/**
 * @param {State} state as it was before the manifest's entry
 * @param {Election} election
 * @param {string[]} lines its 等次, 限额, 席位, 通过
 * @param {number} time of the entry
 */
export function checkManifest(state, election, lines, time) {
    const meeting = openMeeting(state, election.meeting);
    must(meeting.frozen !== null, "meeting.not_frozen", "会议");
    must(meeting.order !== null, "draw.unknown", "会议");
    const elections = [...state.elections.values()];
    must(!elections.some((held) => held.election.id === election.id), "election.known", "选举");
    const open = elections.some(({ closed, cancelled }) => closed === null && cancelled === null);
    must(!open, "election.another");
    must(election.opens >= 0, "election.time", "开始");
    must(election.closes > time, "election.late", "结束");
    if (election.previous === null) {
        checkFirstRound(state, election, meeting, lines);
    } else {
        checkRunoff(state, election, election.previous);
    }
    checkCandidates(state, election, meeting);
    checkRoll(state, election, meeting);
    checkRecusals(election, meeting);
    checkTrustees(state, election);
}

const open = {
    /** @param {Fold} fold */
    check({ state, statement, time }) {
        const election = parseElection(statement.text);
        checkManifest(state, election, ruleLines(parseText(statement.text)), time);
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const election = parseElection(statement.text);
        const { previous } = election;
        state.elections.set(hex(election.M), {
            election,
            index,
            tiedGrade: previous === null ? 0 : tiedGrade(electionOf(state, previous)),
            ballots: [],
            burned: [],
            tags: new Set(),
            tally: newTally(election.candidates.length),
            closed: null,
            closedTime: 0,
            sums: null,
            paper: null,
            shares: [],
            decided: null,
            counts: null,
            seated: [],
            tied: [],
            cancelled: null,
        });
    },
};

const cancel = {
    /** @param {Fold} fold */
    check({ state, statement, time }) {
        const held = electionOf(state, bytes(statement, "清单"));
        must(held.cancelled === null, "election.cancelled");
        if (held.closed !== null && !isTooSmall(held)) {
            must(held.shares.length < held.election.t, "cancel.shares");
            must(time >= held.closedTime + PATIENCE, "cancel.patience");
        }
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        electionOf(state, bytes(statement, "清单")).cancelled = index;
    },
};

/** The grade whose tie waits for a runoff, or 0. @param {State} state @param {Uint8Array} M */
export function openTie(state, M) {
    return tiedGrade(closedElection(state, M));
}

export const ELECTION_RULES = { "election.open": open, "election.cancel": cancel };
