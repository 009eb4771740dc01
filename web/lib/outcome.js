/*
 * outcome.js - the result rule: who passes, who is seated, who is tied, in integers (section 6).
 *
 *   decideOutcome(question, settled) -> [{ grade, votes, passing, seated, tied, left, waiting }]
 *   outcomeFields(election, counts, outcome) -> the fields 得票, 入选, 并列 of election.result
 *   questionOf(election, appointed, counts)
 *
 * Highest grade first. Candidates count from 0. `settled` gives, for a grade whose tie a runoff has
 * ended, the candidates it seated (none: the places stay vacant).
 */
import { recusedCount } from "./election.js";

/**
 * @typedef {import("./manifest.js").Seat} Seat
 * @typedef {import("./manifest.js").Pass} Pass
 * @typedef {{ appointed: number, roll: number, recused: number[], seats: Seat[], passes: Pass[],
 *   counts: number[][] }} Question counts: votes of grade 1, 2 … of each candidate
 * @typedef {{ grade: number, votes: number[], passing: number[], seated: number[], tied: number[],
 *   left: number, waiting: boolean }} Decision
 */

/**
 * @param {Question} question
 * @param {Pass} pass
 * @param {number} candidate
 * @param {number} votes
 */
function passes({ appointed, roll, recused }, pass, candidate, votes) {
    const base = (pass.base === "应到" ? appointed : roll) - recused[candidate];
    const need = BigInt(pass.num) * BigInt(base); // a fraction may have 53 bits above and below
    const reached = BigInt(pass.den) * BigInt(votes);
    return pass.comparison === "不少于" ? need <= reached : need < reached;
}

/**
 * Fills the places by votes; what is equal over the last place is tied.
 * @param {number[]} ranked candidates by votes descending, equal votes by number
 * @param {number[]} votes
 * @param {number} places
 */
function fill(ranked, votes, places) {
    const cut = votes[ranked[places - 1]];
    const isTie = places > 0 && ranked.length > places && votes[ranked[places]] === cut;
    if (!isTie) {
        return { seated: ranked.slice(0, Math.max(places, 0)), tied: [], left: 0 };
    }
    const seated = ranked.filter((candidate) => votes[candidate] > cut);
    const tied = ranked.filter((candidate) => votes[candidate] === cut);
    return { seated, tied, left: places - seated.length };
}

/**
 * @param {Question} question
 * @param {Map<number, number[]>} [settled] grade to the candidates seated
 * @returns {Decision[]}
 */
export function decideOutcome(question, settled = new Map()) {
    /** @type {Set<number>} */
    const taken = new Set();
    let waiting = false;
    const seats = [...question.seats].sort((a, b) => b.grade - a.grade);
    return seats.map(({ grade, k }) => {
        const pass = /** @type {Pass} */ (question.passes.find(({ grades }) => grades[0] === grade));
        const votes = question.counts.map((count) =>
            pass.grades.reduce((sum, g) => sum + count[g - 1], 0),
        );
        const passing = votes.flatMap((count, i) => (passes(question, pass, i, count) ? [i] : []));
        const empty = { grade, votes, passing, seated: [], tied: [], left: 0 };
        if (waiting) {
            return { ...empty, waiting };
        }
        const ranked = passing
            .filter((candidate) => !taken.has(candidate))
            .sort((a, b) => votes[b] - votes[a] || a - b);
        const filled = fill(ranked, votes, k - taken.size);
        const runoff = filled.tied.length > 0 ? settled.get(grade) : undefined;
        const decided =
            runoff === undefined
                ? filled
                : { seated: [...filled.seated, ...runoff], tied: [], left: 0 };
        decided.seated.forEach((candidate) => taken.add(candidate));
        waiting = decided.tied.length > 0;
        const tied = [...decided.tied].sort((a, b) => a - b);
        return { ...empty, ...decided, tied, waiting: false };
    });
}

/**
 * @param {import("./election.js").Election} election
 * @param {number} appointed
 * @param {number[][]} counts
 * @returns {Question}
 */
export function questionOf(election, appointed, counts) {
    const { candidates, roll, seats, passes: lines } = election;
    const recused = candidates.map((_, i) => recusedCount(election, i));
    return { appointed, roll: roll.length, recused, seats, passes: lines, counts };
}

/**
 * @param {import("./election.js").Election} election
 * @param {number[][]} counts
 * @param {Decision[]} outcome
 * @returns {[string, string][]}
 */
export function outcomeFields({ candidates }, counts, outcome) {
    /** @type {[string, string][]} */
    const fields = counts.map((count, i) => ["得票", `${candidates[i].id} ${count.join(" ")}`]);
    outcome.forEach(({ grade, seated }) =>
        seated.forEach((i) => fields.push(["入选", `${grade} ${candidates[i].id}`])),
    );
    outcome.forEach(({ grade, tied }) =>
        tied.forEach((i) => fields.push(["并列", `${grade} ${candidates[i].id}`])),
    );
    return fields;
}
