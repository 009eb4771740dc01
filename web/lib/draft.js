/*
 * draft.js - texts that follow from the log: whoever signs them adds only the time and the will.
 *
 *   draftFreeze(state, meeting)              present, appointed, the log as it now is
 *   draftManifest(state, plan)               election.open of a first round     draft.draw, draft.keys
 *   draftRunoff(state, plan, previous M)     among the tied of that round       draft.tie
 *   draftClose(state, M)                     the ballots logged so far
 *   draftResult(state, M)                    what the shares given open         result.shares
 *   draftMinutes(state, meeting, words)      every election of the meeting
 *   draftCommit(state, meeting, secret), draftReveal(state, meeting, secret)
 *   draftCeremony(state, { id, t, trustees: [person id] })                      draft.trustee
 *   redraft(state, text)                     the same text drafted again from what its signers chose, or
 *                                            null where everything in it was chosen: a co-signer compares
 *
 * A draft restates what the fold holds in the form the fold demands. It decides nothing: the fold
 * computes the same again and refuses whatever differs. The twin of audit/pen/draft.c. `plan` is
 * { id, meeting, ceremony: hash, window, opens, closes }, times in seconds.
 */
import { base64 } from "./bytes.js";
import { printCeremony } from "./ceremony.js";
import { parseElection } from "./election.js";
import { H32 } from "./hash.js";
import { must } from "./refusal.js";
import { resultFields } from "./record_result.js";
import { ceremonyOf, electionOf, isReady, meetingOf, presentAt } from "./state.js";
import { bytes, number, parseText, printText, time, value, values } from "./statement.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Meeting} Meeting
 * @typedef {[string, import("./statement.js").Printable]} Field
 * @typedef {{ id: string, meeting: string, ceremony: Uint8Array, window: number, opens: number,
 *   closes: number }} Plan
 */

/** @param {State} state @param {number} size that the log has or had @returns {Field[]} */
function headFields(state, size) {
    return [
        ["日志条数", size],
        ["日志根", state.tree.root(size)],
    ];
}

/** @param {State} state @param {string} id @param {number} [size] */
export function draftFreeze(state, id, size = state.size) {
    const meeting = meetingOf(state, id);
    return printText("meeting.freeze", state.origin, [
        ["会议", id],
        ["实到", presentAt(state, meeting).length],
        ["应到", meeting.appointed.length],
        ...headFields(state, size),
    ]);
}

/* --- the draw --- */

/** @param {State} state @param {string} meeting @param {Uint8Array} secret 32 bytes, kept until the freeze */
export function draftCommit(state, meeting, secret) {
    return printText("draw.commit", state.origin, [
        ["会议", meeting],
        ["承诺", H32("xiling/v1 draw commit", meeting, secret)],
    ]);
}

/** @param {State} state @param {string} meeting @param {Uint8Array} secret */
export function draftReveal(state, meeting, secret) {
    return printText("draw.reveal", state.origin, [
        ["会议", meeting],
        ["随机数", secret],
    ]);
}

/* --- the manifest --- */

/**
 * Candidates in the drawn order; those of `among`, if it is given.
 * @param {Meeting} meeting
 * @param {Set<string>} [among]
 */
function drawnCandidates({ order, candidates }, among) {
    must(order !== null, "draft.draw");
    const names = new Map(candidates.map(({ id, name }) => [id, name]));
    return order.filter((id) => !among || among.has(id)).map((id) => ({ id, name: names.get(id) }));
}

/**
 * Roll and recusals: of both, those that stand in this election.
 * @param {State} state
 * @param {Meeting} meeting
 * @param {Set<string>} candidates ids
 * @returns {Field[]}
 */
function peopleFields(state, meeting, candidates) {
    const present = presentAt(state, meeting);
    const onRoll = new Set(present.map(({ person }) => person));
    const nameOf = (/** @type {string} */ id) => state.people.get(id)?.hiddenName ?? "";
    const recusals = meeting.recusals.filter(
        ({ person, candidate }) => onRoll.has(person) && candidates.has(candidate),
    );
    return [
        ...present.map(({ person, P }) => field("名册", `${person} ${base64(P)} ${nameOf(person)}`)),
        ...recusals.map(({ person, candidate }) => field("回避", `${person} ${candidate}`)),
    ];
}

/** @param {string} label @param {import("./statement.js").Printable} held @returns {Field} */
function field(label, held) {
    return [label, held];
}

/** @param {State} state @param {Uint8Array} hash @returns {Field[]} */
function keyFields(state, hash) {
    const ceremony = ceremonyOf(state, hash);
    const { K, trustees, t } = ceremony;
    must(isReady(ceremony) && K !== null, "draft.keys");
    const lines = trustees.map(({ person, X }, i) => {
        must(X !== null, "draft.keys");
        return field("受托人", `${i + 1} ${person} ${base64(X)}`);
    });
    return [field("密钥仪式", hash), ...lines, field("门限", t), field("选举公钥", K)];
}

/**
 * @param {State} state
 * @param {Plan} plan
 * @param {{ round: number, previous: Uint8Array | null, among?: Set<string>, rules: Field[] }} round
 */
function printManifest(state, plan, { round, previous, among, rules }) {
    const meeting = meetingOf(state, plan.meeting);
    const candidates = drawnCandidates(meeting, among);
    const text = printText("election.open", state.origin, [
        ["选举", plan.id],
        ["会议", plan.meeting],
        ["轮次", round],
        ...(previous === null ? [] : [field("上一轮清单", previous)]),
        ...candidates.map(({ id, name }) => field("候选", `${id} ${name}`)),
        ...rules,
        ...peopleFields(state, meeting, new Set(candidates.map(({ id }) => id))),
        ...keyFields(state, plan.ceremony),
        ["批次间隔", plan.window],
        ["开始", new Date(plan.opens * 1000)],
        ["结束", new Date(plan.closes * 1000)],
    ]);
    parseElection(text);
    return text;
}

/** @param {State} state @param {Plan} plan */
export function draftManifest(state, plan) {
    const { cycle } = meetingOf(state, plan.meeting);
    const lines = state.cycles.get(cycle)?.lines ?? [];
    const rules = lines.map((line) => {
        const at = line.indexOf("：");
        return field(line.slice(0, at), line.slice(at + 1));
    });
    return printManifest(state, plan, { round: 1, previous: null, rules });
}

/**
 * The grade in which the result of a round is tied, and the places that the tie leaves open.
 * @param {import("./state.js").ElectionState} held
 */
export function tieOf({ election, seated, tied }) {
    const grade = Math.max(0, ...tied.map((standing) => standing.grade));
    const places = election.seats.find((seat) => seat.grade === grade)?.k ?? 0;
    const taken = seated.filter((standing) => standing.grade >= grade).length;
    const among = tied.filter((standing) => standing.grade === grade);
    return { grade, left: places - taken, among: among.map(({ candidate }) => candidate) };
}

/** @param {State} state @param {Plan} plan @param {Uint8Array} previous M of the tied round */
export function draftRunoff(state, plan, previous) {
    const held = electionOf(state, previous);
    const { grade, left, among } = tieOf(held);
    const pass = held.election.passes.find(({ grades }) => grades[0] === grade);
    must(grade > 0 && pass, "draft.tie");
    const { num, den, base, comparison } = pass;
    const rules = [
        field("等次", "0 0 不授奖"),
        field("等次", `1 1 ${held.election.grades[grade].name}`),
        field("限额", `${left} 1`),
        field("席位", `1 ${left}`),
        field("通过", `1 ${num}/${den} ${base} ${comparison}`),
    ];
    const round = held.election.round + 1;
    return printManifest(state, plan, { round, previous, among: new Set(among), rules });
}

/* --- close, result, minutes --- */

/** @param {State} state @param {Uint8Array} M @param {number} [size] */
export function draftClose(state, M, size = state.size) {
    return printText("election.close", state.origin, [
        ["清单", M],
        ["选票数", electionOf(state, M).ballots.length],
        ...headFields(state, size),
    ]);
}

/** @param {State} state @param {Uint8Array} M */
export function draftResult(state, M) {
    return printText("election.result", state.origin, [
        ["清单", M],
        ...resultFields(state, electionOf(state, M)),
    ]);
}

/** @param {State} state @param {string} meeting @param {string} words one line */
export function draftMinutes(state, meeting, words) {
    const elections = [...state.elections.values()]
        .filter(({ election }) => election.meeting === meeting)
        .sort((a, b) => a.index - b.index);
    return printText("meeting.minutes", state.origin, [
        ["会议", meeting],
        ...elections.map(({ election }) => field("清单", election.M)),
        ["纪要", words],
    ]);
}

/* --- the trustees --- */

/** @param {State} state @param {{ id: string, t: number, trustees: string[] }} plan */
export function draftCeremony(state, { id, t, trustees }) {
    const lines = trustees.map((person, i) => {
        const enrolment = state.people.get(person)?.enrolment ?? null;
        must(enrolment !== null, "draft.trustee", "受托人", i + 1);
        return { index: i + 1, id: person, enrolment };
    });
    return printCeremony({ origin: state.origin, id, t, trustees: lines });
}

/* --- the same again --- */

/** @param {State} state @param {import("./statement.js").Statement} statement */
function remadeManifest(state, statement) {
    const plan = {
        id: value(statement, "选举"),
        meeting: value(statement, "会议"),
        ceremony: bytes(statement, "密钥仪式"),
        window: number(statement, "批次间隔"),
        opens: time(statement, "开始"),
        closes: time(statement, "结束"),
    };
    const isRunoff = value(statement, "上一轮清单") !== "";
    return isRunoff
        ? draftRunoff(state, plan, bytes(statement, "上一轮清单"))
        : draftManifest(state, plan);
}

/** @type {Record<string, (state: State, statement: import("./statement.js").Statement) => string>} */
const AGAIN = {
    "meeting.freeze": (state, said) => draftFreeze(state, value(said, "会议"), number(said, "日志条数")),
    "election.open": remadeManifest,
    "election.close": (state, said) => draftClose(state, bytes(said, "清单"), number(said, "日志条数")),
    "election.result": (state, said) => draftResult(state, bytes(said, "清单")),
    "meeting.minutes": (state, said) => draftMinutes(state, value(said, "会议"), value(said, "纪要")),
    "trustee.ceremony": (state, said) =>
        draftCeremony(state, {
            id: value(said, "仪式"),
            t: number(said, "门限"),
            trustees: values(said, "受托人").map((line) => line.split(" ")[1]),
        }),
};

/** @param {State} state @param {string} text */
export function redraft(state, text) {
    const statement = parseText(text);
    return AGAIN[statement.type]?.(state, statement) ?? null;
}
