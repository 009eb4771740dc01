/*
 * record_ballot.js - rules of ballots and burned tags (protocol section 6, Casting, Batches).
 *
 *   BALLOT_RULES   ballot, ballot.burn; see record.js
 *
 * The twin of audit/record/ballot.c. A ballot's proofs are many small steps, so that a page stays
 * alive while it checks them.
 */
import { base64Decode, compare, hex, hexDecode } from "./bytes.js";
import { ballotSteps, fingerprint, readBallot } from "./ballot.js";
import { memberIndex } from "./election.js";
import { must } from "./refusal.js";
import { openElection } from "./state.js";
import { bytes, points, value } from "./statement.js";
import { addBallot } from "./tally.js";
import { checkTag } from "./voter.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").ElectionState} ElectionState
 */

/**
 * Consecutive entries of one time, ascending by tag; a batch of fewer than three must be the last.
 * @param {ElectionState} held
 * @param {Uint8Array} tag
 * @param {Fold} fold
 */
function checkBatch({ ballots }, tag, { time, index }) {
    const last = ballots[ballots.length - 1];
    if (last === undefined) {
        return;
    }
    if (time !== last.time) {
        const batch = ballots.filter((ballot) => ballot.time === last.time).length;
        must(batch >= 3, "ballot.batch");
        return;
    }
    must(last.index + 1 === index, "ballot.batch");
    must(compare(hexDecode(last.tag), tag) < 0, "ballot.order", "标签");
}

/** @param {Fold} fold */
function held({ state, statement }) {
    return openElection(state, bytes(statement, "清单"));
}

const ballot = {
    /** @param {Fold} fold */
    check(fold) {
        const election = held(fold);
        const { opens, closes } = election.election;
        must(fold.time >= opens, "ballot.early");
        must(fold.time < closes, "ballot.late");
        const isSeen = (/** @type {string} */ tag) => election.tags.has(tag);
        const read = readBallot(election.election, fold.statement.note, isSeen);
        checkBatch(election, read.tag, fold);
        fold.ballot = read;
    },
    /** @param {Fold} fold */
    prove(fold) {
        const { election } = held(fold);
        return ballotSteps(election, fold.ballot ?? readBallot(election, fold.statement.note));
    },
    /** @param {Fold} fold */
    apply(fold) {
        const election = held(fold);
        const { M } = election.election;
        const read = fold.ballot ?? readBallot(election.election, fold.statement.note);
        const { ciphertexts, code, hash } = read;
        const tag = hex(read.tag);
        const F = fingerprint(M, code, ciphertexts);
        const { index, time } = fold;
        election.ballots.push({ index, time, hash, tag, code, fingerprint: F });
        election.tags.add(tag);
        election.tally = addBallot(election.tally, ciphertexts);
    },
};

/** @param {Fold} fold */
function burner(fold) {
    const election = held(fold);
    const person = value(fold.statement, "人员");
    const member = election.election.roll[memberIndex(election.election, person)];
    must(member !== undefined, "burn.roll", "人员");
    return { election, member };
}

const burn = {
    /** @param {Fold} fold */
    check(fold) {
        const { election, member } = burner(fold);
        must(!election.burned.some(({ person }) => person === member.id), "burn.known", "人员");
        const tag = hex(base64Decode(value(fold.statement, "标签")));
        must(!election.tags.has(tag), "burn.tag", "标签");
    },
    /** @param {Fold} fold */
    prove(fold) {
        const { election, member } = burner(fold);
        const [tag] = points(fold.statement, "标签");
        return [() => checkTag(election.election, member, tag, bytes(fold.statement, "证明"))];
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { election, member } = burner(fold);
        const tag = hex(bytes(fold.statement, "标签"));
        election.burned.push({ person: member.id, tag, index: fold.index });
        election.tags.add(tag);
    },
};

export const BALLOT_RULES = { ballot, "ballot.burn": burn };
