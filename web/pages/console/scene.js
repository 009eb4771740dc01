/**
 * scene.js - where the year stands, read from the folded log: which step is next, and what it waits for.
 *
 *   readScene(state, name)   name: a meeting's id, or none for the latest
 *       → { cycle, ceremony, meeting, present, rounds, round, first, tie, phase }
 *   phases, in order: cycle ceremony keys meeting signin draw open vote share result runoff again minutes ended
 *   PHASES, stepsOf(scene)   the pipeline: [{ name, state: "done" | "now" | "next", index }]
 *   nextType(scene)          the statement that the next step needs, or null if it waits for others
 *   revealed(election)       { voters, least }: how small the circle is that a result speaks of
 */
import { equal } from "../../lib/bytes.js";
import { recusedCount } from "../../lib/election.js";
import { openTie, settleRunoffs } from "../../lib/record_election.js";
import { isReady, presentAt } from "../../lib/state.js";

export const STEPS = ["cycle", "keys", "meeting", "signin", "freeze", "draw", "open", "vote", "share", "result", "minutes"];

/** Up to which step a phase has come: the one that is now. */
const PLACE = { cycle: 0, ceremony: 1, keys: 1, meeting: 2, signin: 3, draw: 5, open: 6, vote: 7, share: 8, result: 9,
    runoff: 6, again: 9, minutes: 10, ended: 11 };

const last = (map) => [...map.values()].at(-1) ?? null;

/** The open tie of the first round, and the round among whose tied the next runoff stands. */
function readTie(state, first, rounds) {
    const grade = first.decided === null ? 0 : openTie(state, first.election.M);
    if (grade === 0) return null;
    let [previous, open] = [first, grade];
    for (;;) {
        const next = rounds.find(({ election, tiedGrade }) => election.previous !== null &&
            equal(election.previous, previous.election.M) && tiedGrade === open);
        if (!next || next.decided === null) break;
        [previous, open] = [next, openTie(state, next.election.M)];
        if (open === 0) break;
    }
    return { grade, previous, settled: settleRunoffs(state, first.election, grade) !== undefined };
}

function votePhase(scene) {
    const { round, tie } = scene;
    if (!round) return "open";
    if (round.closed === null) return "vote";
    if (round.decided === null) return round.shares.length < round.election.t ? "share" : "result";
    if (tie) return tie.settled ? "again" : "runoff";
    return "minutes";
}

function phaseOf(scene) {
    const { cycle, ceremony, meeting } = scene;
    if (!cycle) return "cycle";
    if (!ceremony) return "ceremony";
    if (!isReady(ceremony)) return "keys";
    if (!meeting) return "meeting";
    if (meeting.minutes !== null) return "ended";
    if (meeting.frozen === null) return "signin";
    return meeting.order === null ? "draw" : votePhase(scene);
}

export function readScene(state, name) {
    const meeting = state.meetings.get(name) ?? last(state.meetings);
    const rounds = [...state.elections.values()]
        .filter(({ election, cancelled }) => meeting && election.meeting === meeting.id && cancelled === null)
        .sort((a, b) => a.index - b.index);
    const first = rounds.find(({ election }) => election.previous === null) ?? null;
    const ceremonies = [...state.ceremonies.values()].filter(({ disputed }) => disputed === null);
    const scene = { cycle: last(state.cycles), ceremony: ceremonies.findLast(isReady) ?? ceremonies.at(-1) ?? null, meeting,
        present: meeting ? presentAt(state, meeting) : [], rounds, first, round: rounds.at(-1) ?? null,
        tie: first ? readTie(state, first, rounds) : null };
    return { ...scene, phase: phaseOf(scene) };
}

/** At which entry a step was done. */
function doneAt({ cycle, ceremony, meeting, round }) {
    const rehearsals = ceremony?.trustees.map(({ rehearsed }) => rehearsed) ?? [];
    return { cycle: cycle?.index, keys: rehearsals.length > 0 ? Math.max(...rehearsals) : undefined, meeting: meeting?.index,
        signin: meeting?.signins.at(-1)?.index, freeze: meeting?.frozen, open: round?.index, vote: round?.closed,
        result: round?.decided, minutes: meeting?.minutes };
}

export function stepsOf(scene) {
    const now = PLACE[scene.phase];
    const at = doneAt(scene);
    return STEPS.map((name, i) => ({ name, state: i < now ? "done" : i === now ? "now" : "next", index: i < now ? at[name] : null }));
}

export function nextType({ phase, meeting }) {
    if (phase === "signin") return meeting.commitment === null ? "draw.commit" : "meeting.freeze";
    if (phase === "draw") return meeting.commitment === null ? "draw.record" : "draw.reveal";
    return { cycle: "cycle.open", ceremony: "trustee.ceremony", meeting: "meeting.open", open: "election.open",
        vote: "election.close", result: "election.result", runoff: "election.open", again: "election.result",
        minutes: "meeting.minutes", ended: "meeting.open" }[phase] ?? null;
}

export function revealed(election) {
    const voters = election.roll.length;
    const least = Math.min(...election.candidates.map((_, i) => voters - recusedCount(election, i)));
    return { voters, least };
}
