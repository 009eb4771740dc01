/*
 * record_tally.js - rules between the last ballot and the result: close, paper, shares.
 *
 *   TALLY_RULES              election.close, .paper, .share; see record.js
 *   requireOpenable(election state)   share.small, share.paper: what no trustee opens
 *   shareSubject(state, M)   what a trustee signs a share for: { M, sumsHash, alphas }
 *
 * The twin of audit/record/tally.c, votes.c and sums.c.
 */
import { equal } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import { closedElection, isTooSmall, openElection, requireSeen } from "./state.js";
import { bytes, number, points, values } from "./statement.js";
import { sumsHash } from "./tally.js";
import { parseNumber } from "./text.js";
import { checkShare } from "./trustee.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").ElectionState} ElectionState
 * @typedef {import("./election.js").Election} Election
 */

const close = {
    /** @param {Fold} fold */
    check({ state, statement, time }) {
        const held = openElection(state, bytes(statement, "清单"));
        const { closes, roll } = held.election;
        const all = held.ballots.length + held.burned.length === roll.length;
        must(time >= closes || all, "close.early");
        must(number(statement, "选票数") === held.ballots.length, "close.ballots", "选票数");
        const size = requireSeen(state, statement);
        const later = [...held.ballots, ...held.burned].some(({ index }) => index >= size);
        must(!later, "close.later", "日志条数");
    },
    /** @param {Fold} fold */
    apply({ state, statement, time, index }) {
        const held = openElection(state, bytes(statement, "清单"));
        held.closed = index;
        held.closedTime = time;
        held.sums = sumsHash(held.election.M, held.tally);
    },
};

/* --- paper --- */

/** @param {Election} election @param {string} line @param {number} i */
function readVotes({ candidates, grades }, line, i) {
    const [id, ...words] = line.split(" ");
    const good = id === candidates[i].id && words.length === grades.length - 1;
    must(good && words.every((word) => /^(0|[1-9]\d{0,15})$/.test(word)), "votes.line", "得票", i + 1);
    return words.map(parseNumber);
}

/** @param {Election} election @param {import("./statement.js").Statement} statement */
function readPaper(election, statement) {
    const lines = values(statement, "得票");
    must(lines.length === election.candidates.length, "votes.line", "得票", lines.length + 1);
    return lines.map((line, i) => readVotes(election, line, i));
}

/** @param {Election} election @param {number[][]} counts @param {number} ballots */
function checkVotes({ limits }, counts, ballots) {
    const sum = (/** @type {number[]} */ list) => list.reduce((total, one) => total + one, 0);
    must(counts.every((count) => sum(count) <= ballots), "votes.limit", "得票");
    limits.forEach(({ max, grades }) => {
        const votes = sum(counts.map((count) => sum(grades.map((grade) => count[grade - 1]))));
        must(votes <= max * ballots, "votes.limit", "得票");
    });
}

const paper = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const held = closedElection(state, bytes(statement, "清单"));
        must(held.burned.length >= 3, "paper.burned");
        must(held.paper === null, "paper.known");
        must(held.shares.length === 0, "paper.shares");
        const counts = readPaper(held.election, statement);
        const ballots = number(statement, "票数");
        must(ballots <= held.burned.length, "paper.ballots", "票数");
        checkVotes(held.election, counts, ballots);
    },
    /** @param {Fold} fold */
    apply({ state, statement }) {
        const held = closedElection(state, bytes(statement, "清单"));
        held.paper = { ballots: number(statement, "票数"), counts: readPaper(held.election, statement) };
    },
};

/* --- shares --- */

/** @param {State} state @param {Uint8Array} M */
export function shareSubject(state, M) {
    const held = closedElection(state, M);
    return { M, sumsHash: held.sums ?? refuse("sums.unknown"), alphas: held.tally.alphas };
}

/** @param {import("./statement.js").Statement} statement */
function readShare(statement) {
    return { D: points(statement, "份额"), proof: bytes(statement, "证明") };
}

/**
 * Sums of so few that they would name somebody, and sums without their paper, are never opened.
 * @param {import("./state.js").ElectionState} held
 */
export function requireOpenable(held) {
    must(!isTooSmall(held), "share.small");
    must(held.burned.length === 0 || held.paper !== null, "share.paper");
}

const share = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const held = closedElection(state, bytes(statement, "清单"));
        requireOpenable(held);
        const index = number(statement, "序号");
        must(!held.shares.some((one) => one.index === index), "share.known", "序号");
        must(held.election.trustees[index - 1] !== undefined, "share.index", "序号");
        const same = held.sums !== null && equal(bytes(statement, "合计"), held.sums);
        must(same, "share.sums", "合计");
    },
    /** @param {Fold} fold */
    prove({ state, statement }) {
        const M = bytes(statement, "清单");
        const index = number(statement, "序号");
        const { X } = closedElection(state, M).election.trustees[index - 1];
        return [() => checkShare(shareSubject(state, M), index, X, readShare(statement))];
    },
    /** @param {Fold} fold */
    apply({ state, statement }) {
        const held = closedElection(state, bytes(statement, "清单"));
        held.shares.push({ index: number(statement, "序号"), D: readShare(statement).D });
    },
};

export const TALLY_RULES = {
    "election.close": close,
    "election.paper": paper,
    "election.share": share,
};
