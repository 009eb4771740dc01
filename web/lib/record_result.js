/*
 * record_result.js - rules of the result: counts from the shares, the rule, what it must state.
 *
 *   RESULT_RULES                  election.result; see record.js
 *   computeResult(state, held) -> { ballots, counts, outcome }
 *   resultFields(state, held) -> [[label, value]]    of election.result, after 清单
 *
 * `held` is an ElectionState (state.js), closed and with t shares: result.shares. The twin of
 * audit/record/result.c.
 */
import { decideOutcome, outcomeFields, questionOf } from "./outcome.js";
import { must } from "./refusal.js";
import { openTie, settleRunoffs } from "./record_election.js";
import { closedElection } from "./state.js";
import { bytes, values } from "./statement.js";
import { combineAll, decode } from "./tally.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").ElectionState} ElectionState
 */

/** Electronic and paper votes of each candidate. @param {ElectionState} held */
function countVotes(held) {
    const { election, tally, shares } = held;
    must(shares.length >= election.t, "result.shares");
    const sorted = [...shares].sort((a, b) => a.index - b.index);
    const weights = election.grades.map(({ weight }) => weight);
    const counts = decode(weights, tally.ballots, combineAll(tally, sorted, election.t));
    const added = held.paper?.counts;
    return counts.map((count, i) => count.map((votes, g) => votes + (added?.[i][g] ?? 0)));
}

/** A settled tie lets the grades below be filled, which may tie in turn. @param {State} state @param {ElectionState} held @param {number[][]} counts */
function decide(state, { election }, counts) {
    const appointed = state.meetings.get(election.meeting)?.appointed.length ?? 0;
    const question = questionOf(election, appointed, counts);
    const settled = new Map();
    for (;;) {
        const outcome = decideOutcome(question, settled);
        const open = outcome.find(({ tied }) => tied.length > 0);
        if (open === undefined || election.previous !== null) {
            return outcome;
        }
        const seated = settleRunoffs(state, election, open.grade);
        if (seated === undefined) {
            return outcome;
        }
        settled.set(open.grade, seated);
    }
}

/**
 * @param {State} state
 * @param {ElectionState} held closed, with t shares
 */
export function computeResult(state, held) {
    const counts = countVotes(held);
    const outcome = decide(state, held, counts);
    const ballots = held.tally.ballots + (held.paper?.ballots ?? 0);
    return { ballots, counts, outcome };
}

/**
 * The fields of election.result after 清单.
 * @param {State} state
 * @param {ElectionState} held
 * @returns {[string, string | number][]}
 */
export function resultFields(state, held) {
    const { ballots, counts, outcome } = computeResult(state, held);
    return [["选票数", ballots], ...outcomeFields(held.election, counts, outcome)];
}

/** A first round states its result again once its tie is settled. @param {State} state @param {ElectionState} held */
function checkAgain(state, { election }) {
    const grade = openTie(state, election.M);
    must(grade > 0 && election.previous === null, "result.known");
    must(settleRunoffs(state, election, grade) !== undefined, "result.known");
}

/** @param {import("./statement.js").Statement} statement @param {string} label */
function standings(statement, label) {
    return values(statement, label).map((line) => {
        const [grade, candidate] = line.split(" ");
        return { grade: Number(grade), candidate };
    });
}

const result = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const held = closedElection(state, bytes(statement, "清单"));
        must(held.shares.length >= held.election.t, "result.shares");
        if (held.decided !== null) {
            checkAgain(state, held);
        }
    },
    /** @param {Fold} fold */
    prove({ state, statement }) {
        const check = () => {
            const fields = resultFields(state, closedElection(state, bytes(statement, "清单")));
            const expected = fields.map(([label, held]) => `${label}：${held}`);
            const stated = statement.fields.slice(1).map(({ label, value }) => `${label}：${value}`);
            const at = expected.findIndex((line, i) => line !== stated[i]);
            const same = at < 0 && expected.length === stated.length;
            must(same, "result.lines", fields[at]?.[0], at + 1);
        };
        return [check];
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const held = closedElection(state, bytes(statement, "清单"));
        held.decided = index;
        held.counts = values(statement, "得票").map((line) => line.split(" ").slice(1).map(Number));
        held.seated = standings(statement, "入选");
        held.tied = standings(statement, "并列");
    },
};

export const RESULT_RULES = { "election.result": result };
