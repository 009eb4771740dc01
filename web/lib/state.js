/*
 * state.js - what the log's statements have made so far: the state of the fold (protocol section 10).
 *
 *   newState(origin)                 "" pins no origin: the genesis says it
 *   requirePerson(state, id, role, rule)     confirmed, not revoked, holding the role
 *   holdsRole(state, id, role)
 *   meetingOf, ceremonyOf, electionOf, organisationOf, reviewOf, teamOf(state, name)
 *                                    refuse what is unknown
 *   hasReviewed(state, cycle, person)       in a team of this cycle, now or before
 *   rootAt(state, size)              undefined if the log never had it
 *   requireSeen(state, statement)    日志条数 and 日志根 name a state the log had  log.seen
 *   cancelWithout(state, person, revoked, index)        elections that cannot be finished any more
 *
 * Everything is kept in Maps in log order, by id or by the hex of a hash; indexes are entry numbers.
 */
import { equal, hex } from "./bytes.js";
import { Edge, Tree } from "./merkle.js";
import { must, refuse } from "./refusal.js";
import { bytes, number } from "./statement.js";

/**
 * @typedef {{ id: string, hiddenName: string, invited: number, confirmed: number | null,
 *   revoked: number | null, enrolment: Uint8Array | null, signKey: Uint8Array | null,
 *   boxKey: Uint8Array | null, roles: Set<string>,
 *   offers: Map<string, { index: number, hash: Uint8Array, signKey: Uint8Array, boxKey: Uint8Array }>
 * }} Person
 * @typedef {{ person: string, P: Uint8Array, random: Uint8Array, index: number }} Signin
 * @typedef {{ id: string, year: number, index: number, document: string, quorum: [number, number],
 *   runoffs: number, lines: string[], signAgain: boolean }} Cycle
 * @typedef {{ id: string, cycle: string, index: number, place: string, time: number, chair: string,
 *   scrutineers: string[], appointed: string[], quorum: number,
 *   candidates: { id: string, name: string }[], signins: Signin[],
 *   recusals: { person: string, candidate: string, index: number }[],
 *   commitment: Uint8Array | null, order: string[] | null, frozen: number | null, present: number,
 *   minutes: number | null }} Meeting
 * @typedef {{ hash: Uint8Array, A: Uint8Array[], sealed: Uint8Array[], index: number }} Deal
 * @typedef {{ person: string, deal: Deal | null, X: Uint8Array | null, confirmed: number | null,
 *   D: Uint8Array | null, rehearsed: number | null }} TrusteeState
 * @typedef {{ id: string, hash: Uint8Array, t: number, n: number, index: number,
 *   parsed: import("./ceremony.js").Ceremony, trustees: TrusteeState[], K: Uint8Array | null,
 *   dealings: Uint8Array | null, disputed: number | null,
 *   complaints: { dealer: number, complainer: number, index: number, wrong: string | null }[]
 * }} CeremonyState
 * @typedef {{ index: number, time: number, hash: Uint8Array, tag: string, code: string,
 *   fingerprint: Uint8Array }} CastBallot
 * @typedef {{ grade: number, candidate: string }} Standing
 * @typedef {{ election: import("./election.js").Election, index: number, tiedGrade: number,
 *   ballots: CastBallot[], burned: { person: string, tag: string, index: number }[],
 *   tags: Set<string>, tally: import("./tally.js").Tally, closed: number | null, closedTime: number,
 *   sums: Uint8Array | null, paper: { ballots: number, counts: number[][] } | null,
 *   shares: import("./tally.js").Share[], decided: number | null, counts: number[][] | null,
 *   seated: Standing[], tied: Standing[], cancelled: number | null }} ElectionState
 * @typedef {{ id: string, name: string, code: string, representative: string, index: number
 * }} Organisation
 * @typedef {{ person: string, organisation: string, index: number }} Conflict
 * @typedef {{ qualified: string[] | null, undertaken: Map<string, number>,
 *   declared: Map<string, number>, conflicts: Conflict[], found: Conflict[] }} Review
 * @typedef {{ id: string, cycle: string, leader: string, reviewers: string[],
 *   left: string[], organisations: string[], index: number }} Team
 * @typedef {import("./report_state.js").ReportVersion} ReportVersion
 * @typedef {import("./case_state.js").NoticeRules} NoticeRules
 * @typedef {import("./case_state.js").Notice} Notice
 * @typedef {import("./case_state.js").Lead} Lead
 * @typedef {import("./case_state.js").Case} Case
 * @typedef {ReturnType<typeof newState>} State
 * @typedef {import("./statement.js").Statement} Statement
 */

/** Names that signature lines keep for what is no person. */
export const RESERVED = ["ring", "objector", "respondent", "service"];

/** @param {string} [origin] */
export function newState(origin = "") {
    return {
        origin,
        size: 0,
        lastTime: 0,
        /** @type {{ hash: Uint8Array, logKey: Uint8Array, serviceKey: Uint8Array, rules: Uint8Array } | null} */
        genesis: null,
        edge: new Edge(),
        tree: new Tree([]),
        /** @type {Map<string, number>} index by the hex of a text's hash */
        texts: new Map(),
        /** @type {Map<string, Person>} */
        people: new Map(),
        /** @type {Map<string, Cycle>} */
        cycles: new Map(),
        /** @type {Map<string, Meeting>} */
        meetings: new Map(),
        /** @type {Map<string, CeremonyState>} by hex of the hash */
        ceremonies: new Map(),
        /** @type {Map<string, ElectionState>} by hex of M */
        elections: new Map(),
        /** @type {Set<string>} every vote key ever signed in */
        voteKeys: new Set(),
        /** @type {Map<string, Organisation>} */
        organisations: new Map(),
        /** @type {Map<string, Review>} by cycle */
        reviews: new Map(),
        /** @type {Map<string, Team>} */
        teams: new Map(),
        /** @type {Map<string, ReportVersion[]>} by report, the first version first */
        reports: new Map(),
        /** @type {Map<string, NoticeRules>} by cycle */
        noticeRules: new Map(),
        /** @type {Map<string, Notice>} */
        notices: new Map(),
        /** @type {Map<string, Lead>} */
        leads: new Map(),
        /** @type {Map<string, Case>} by hex of the hash of its filing */
        cases: new Map(),
    };
}

/** @param {State} state @param {string} id @param {string} role */
export function holdsRole(state, id, role) {
    const person = state.people.get(id);
    const alive = person !== undefined && person.confirmed !== null && person.revoked === null;
    return alive && person.roles.has(role);
}

/**
 * As signers are asked: UNAUTHORIZED in C.
 * @param {State} state
 * @param {string} id
 * @param {string} role "" for any or none
 */
export function requireSigner(state, id, role) {
    const person = state.people.get(id);
    must(person !== undefined, "signers.unknown");
    must(person.revoked === null, "signers.revoked");
    must(person.confirmed !== null && person.signKey !== null, "signers.unknown");
    must(role === "" || person.roles.has(role), "signers.role");
    return { ...person, signKey: person.signKey };
}

/**
 * A person that a statement names for a part.
 * @param {State} state
 * @param {string} id
 * @param {string} role
 * @param {string} rule
 */
export function requireNamed(state, id, role, rule) {
    must(holdsRole(state, id, role), rule, role);
}

/** @param {State} state @param {string} id */
export function meetingOf(state, id) {
    return state.meetings.get(id) ?? refuse("meeting.unknown", "会议");
}

/** @param {State} state @param {string} id */
export function openMeeting(state, id) {
    const meeting = meetingOf(state, id);
    must(meeting.minutes === null, "meeting.ended");
    return meeting;
}

/** @param {State} state @param {Uint8Array} hash */
export function ceremonyOf(state, hash) {
    return state.ceremonies.get(hex(hash)) ?? refuse("ceremony.unknown", "密钥仪式");
}

/** @param {State} state @param {string} id */
export function organisationOf(state, id) {
    return state.organisations.get(id) ?? refuse("organisation.unknown", "组织");
}

/** The review of a cycle: empty before anything was said. @param {State} state @param {string} cycle @returns {Review} */
export function reviewOf(state, cycle) {
    must(state.cycles.has(cycle), "cycle.unknown", "周期");
    return state.reviews.get(cycle) ?? {
        qualified: null,
        undertaken: new Map(),
        declared: new Map(),
        conflicts: [],
        found: [],
    };
}

/** @param {State} state @param {string} id */
export function teamOf(state, id) {
    return state.teams.get(id) ?? refuse("team.unknown", "评审组");
}

/** Whether somebody stands, or has stood, in a team of this cycle. @param {State} state @param {string} cycle @param {string} person */
export function hasReviewed(state, cycle, person) {
    const teams = [...state.teams.values()].filter((team) => team.cycle === cycle);
    return teams.some(({ reviewers, left }) => reviewers.includes(person) || left.includes(person));
}

/** @param {CeremonyState} ceremony @param {number} index from 1 */
export function trusteeOf(ceremony, index) {
    return ceremony.trustees[index - 1] ?? refuse("ceremony.index", "序号");
}

/** @param {CeremonyState} ceremony */
export function isReady(ceremony) {
    return ceremony.disputed === null && ceremony.trustees.every(({ D }) => D !== null);
}

/** @param {State} state @param {Uint8Array} M */
export function electionOf(state, M) {
    return state.elections.get(hex(M)) ?? refuse("election.unknown", "清单");
}

/** @param {State} state @param {Uint8Array} M */
export function openElection(state, M) {
    const held = electionOf(state, M);
    must(held.cancelled === null, "election.cancelled");
    must(held.closed === null, "election.closed");
    return held;
}

/** @param {State} state @param {Uint8Array} M */
export function closedElection(state, M) {
    const held = electionOf(state, M);
    must(held.cancelled === null, "election.cancelled");
    must(held.closed !== null, "election.still_open");
    return held;
}

/** Fewer than three voices would be opened. @param {ElectionState} held */
export function isTooSmall({ ballots, burned }) {
    return ballots.length < 3 || (burned.length > 0 && burned.length < 3);
}

/** @param {State} state @param {number} size */
export function rootAt(state, size) {
    return size <= state.size ? state.tree.root(size) : undefined;
}

/** @param {State} state @param {Statement} statement @returns {number} the size it names */
export function requireSeen(state, statement) {
    const size = number(statement, "日志条数");
    const root = rootAt(state, size);
    must(root !== undefined && equal(root, bytes(statement, "日志根")), "log.seen", "日志根");
    return size;
}

/**
 * The sign-ins that stand, by person: the last of each, without those revoked before the freeze.
 * @param {State} state
 * @param {Meeting} meeting
 */
export function presentAt(state, meeting) {
    /** @type {Map<string, Signin>} */
    const last = new Map();
    meeting.signins.forEach((signin) => last.set(signin.person, signin));
    return [...last.values()]
        .filter(({ person }) => {
            const revoked = state.people.get(person)?.revoked ?? null;
            return revoked === null || (meeting.frozen !== null && revoked > meeting.frozen);
        })
        .sort((a, b) => (a.person < b.person ? -1 : 1));
}

/** Trustees that can still give a share, and those that have. @param {State} state @param {ElectionState} held */
function countSharers(state, held) {
    return held.election.trustees.filter(
        ({ id, index }) =>
            held.shares.some((share) => share.index === index) || holdsRole(state, id, "受托人"),
    ).length;
}

/**
 * Elections not yet opened by t shares end when one of the roll is revoked or trustees run short.
 * @param {State} state after the change
 * @param {string} person
 * @param {boolean} revoked
 * @param {number} index
 */
export function cancelWithout(state, person, revoked, index) {
    for (const held of state.elections.values()) {
        const { roll, t } = held.election;
        const unopened = held.cancelled === null && held.decided === null && held.shares.length < t;
        const onRoll = revoked && roll.some(({ id }) => id === person);
        if (unopened && (onRoll || countSharers(state, held) < t)) {
            held.cancelled = index;
        }
    }
}
