/*
 * ballot.js - a ballot's bytes, its checks in the order of protocol section 6, its fingerprint.
 *
 *   readBallot(election, note) -> Ballot           length, shape, canonical bytes
 *   checkBallot(election, note, isSeen) -> Ballot  everything, in one go
 *   checkBallotAsync(election, note, isSeen, pause) the same, yielding now and then
 *   fingerprint(M, code, ciphertexts) F            challengeHolds(election, challenge)
 *   ballotSteps(election, ballot)                  ring, total and grades as a list of small checks
 *
 * Refusals name the step: ballot.length, shape, tag, canonical, ring, total, grade.
 */
import { base64Decode, equal, key, utf8 } from "./bytes.js";
import { gradeClaim, ringClaim, totalClaim } from "./ballot_claims.js";
import { encryptAll } from "./ballot_seed.js";
import { isBallotCode } from "./code.js";
import { isPoint } from "./group.js";
import { H32 } from "./hash.js";
import { any, one, optional } from "./kind.js";
import { checkChallenge, checkEquations, checkProofBytes, equations } from "./proof.js";
import { Refusal, must, refuse } from "./refusal.js";
import { RING, keyId } from "./signature.js";
import { checkRow, parseStatement, value, values } from "./statement.js";

/**
 * @typedef {import("./election.js").Election} Election
 * @typedef {import("./ballot_claims.js").Ciphertext} Ciphertext
 * @typedef {{ hash: Uint8Array, text: Uint8Array, tag: Uint8Array, code: string,
 *   selections: Uint8Array[], ciphertexts: Ciphertext[], gradeProofs: Uint8Array[],
 *   totalProof: Uint8Array | null, ringProof: Uint8Array }} Ballot
 * @typedef {{ seed: Uint8Array, choices: number[], code: string, fingerprint: Uint8Array }} Challenge
 */

export const BALLOT_ROW = {
    type: "ballot",
    fields: [
        one("选举", "id"),
        one("清单", "hash"),
        { label: "标签", kind: /** @type {const} */ ("proof"), min: 1, max: 1, size: 32 },
        one("附码", "text"),
        any("选择", "proof"),
        optional("总额", "proof"),
    ],
};

/**
 * Runs a step; whatever it refuses is refused by the step's name.
 * @template T
 * @param {string} rule
 * @param {() => T} call
 * @param {string} [field]
 * @param {number} [at]
 * @returns {T}
 */
function step(rule, call, field, at) {
    try {
        return call();
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(rule, field ?? error.field, at ?? error.at);
        }
        throw error;
    }
}

/** @param {Election} election @param {Uint8Array} note @returns {Ballot} */
function readShape(election, note) {
    const statement = parseStatement(note);
    checkRow(statement, BALLOT_ROW, election.origin);
    const { sizes, candidates, M } = election;
    must(value(statement, "选举") === election.id, "ballot.shape", "选举");
    must(equal(base64Decode(value(statement, "清单")), M), "ballot.shape", "清单");
    const code = value(statement, "附码");
    must(isBallotCode(code), "ballot.shape", "附码");
    const selections = values(statement, "选择").map(base64Decode);
    must(selections.length === candidates.length, "ballot.shape", "选择");
    must(selections.every(({ length }) => length === sizes.selection), "ballot.shape", "选择");
    const total = values(statement, "总额").map(base64Decode);
    must(total.length === (sizes.total > 0 ? 1 : 0), "ballot.shape", "总额");
    must(total.every(({ length }) => length === sizes.total), "ballot.shape", "总额");
    const [{ name, id, signature }, ...others] = statement.signatures;
    const signed = others.length === 0 && name === "ring" && equal(id, keyId("ring", RING, M));
    must(signed && signature.length === sizes.ring, "ballot.shape", "ring");
    return {
        hash: statement.hash,
        text: statement.bytes,
        tag: base64Decode(value(statement, "标签")),
        code,
        selections,
        ciphertexts: selections.map((held) => ({
            alpha: held.slice(0, 32),
            beta: held.slice(32, 64),
        })),
        gradeProofs: selections.map((held) => held.slice(64)),
        totalProof: total[0] ?? null,
        ringProof: signature,
    };
}

/** Points, scalars and challenges. @param {Election} election @param {Ballot} ballot */
function checkCanonical(election, ballot) {
    must(isPoint(ballot.tag), "ballot.canonical", "标签");
    ballot.ciphertexts.forEach(({ alpha, beta }, i) => {
        must(isPoint(alpha) && isPoint(beta), "ballot.canonical", "选择", i + 1);
        const proof = ballot.gradeProofs[i];
        const claim = shapeOf(election.grades.length);
        step("ballot.canonical", () => checkProofBytes(claim, proof), "选择", i + 1);
    });
    const { totalProof, ringProof } = ballot;
    if (totalProof !== null) {
        const claim = shapeOf(election.totals.length);
        step("ballot.canonical", () => checkProofBytes(claim, totalProof), "总额");
    }
    const ring = ringClaim(election, ballot.text, ballot.tag, ballot.ciphertexts);
    step("ballot.canonical", () => checkProofBytes(ring, ringProof), "ring");
}

/** A claim of so many branches, of which only the sizes matter. @param {number} branches */
function shapeOf(branches) {
    const none = { witness: 0, base: new Uint8Array(32), image: new Uint8Array(32) };
    const branch = { witnesses: 1, equations: [none, none] };
    return { label: "", context: [], branches: Array.from({ length: branches }, () => branch) };
}

/**
 * @param {Election} election
 * @param {Uint8Array} note
 * @param {(tag: string) => boolean} [isSeen] by hex
 * @returns {Ballot}
 */
export function readBallot(election, note, isSeen = () => false) {
    must(note.length === election.sizes.note, "ballot.length");
    const ballot = step("ballot.shape", () => readShape(election, note));
    must(!isSeen(key(ballot.tag)), "ballot.tag", "标签");
    checkCanonical(election, ballot);
    return ballot;
}

/**
 * The dear part as small steps, none of them longer than a few tens of milliseconds.
 * @param {Election} election
 * @param {Ballot} ballot
 * @returns {(() => void)[]}
 */
export function ballotSteps(election, ballot) {
    const { text, tag, selections, ciphertexts, totalProof, ringProof } = ballot;
    const steps = proofSteps("ballot.ring", "ring", 0, ringProof, () =>
        ringClaim(election, text, tag, ciphertexts),
    );
    if (totalProof !== null) {
        const claim = () => totalClaim(election, tag, selections, ciphertexts);
        steps.push(...proofSteps("ballot.total", "总额", 0, totalProof, claim));
    }
    ciphertexts.forEach((ciphertext, i) => {
        const claim = () => gradeClaim(election, tag, i, ciphertext);
        steps.push(...proofSteps("ballot.grade", "选择", i + 1, ballot.gradeProofs[i], claim));
    });
    return steps;
}

const SLICE = 64;

/**
 * @param {string} rule
 * @param {string} field
 * @param {number} at
 * @param {Uint8Array} proof
 * @param {() => import("./proof.js").Claim} makeClaim
 */
function proofSteps(rule, field, at, proof, makeClaim) {
    const claim = makeClaim();
    const steps = [() => step(rule, () => checkChallenge(claim, proof), field, at)];
    const list = equations(claim, proof);
    for (let from = 0; from < list.length; from += SLICE) {
        const slice = list.slice(from, from + SLICE);
        steps.push(() => step(rule, () => checkEquations(slice), field, at));
    }
    return steps;
}

/**
 * @param {Election} election
 * @param {Uint8Array} note
 * @param {(tag: string) => boolean} [isSeen] whether a tag (hex) has voted
 */
export function checkBallot(election, note, isSeen) {
    const ballot = readBallot(election, note, isSeen);
    for (const check of ballotSteps(election, ballot)) {
        check();
    }
    return ballot;
}

/**
 * @param {Election} election
 * @param {Uint8Array} note
 * @param {(tag: string) => boolean} isSeen
 * @param {() => Promise<void>} pause called between steps
 */
export async function checkBallotAsync(election, note, isSeen, pause) {
    const ballot = readBallot(election, note, isSeen);
    for (const check of ballotSteps(election, ballot)) {
        check();
        await pause();
    }
    return ballot;
}

/**
 * @param {Uint8Array} M
 * @param {string} code u
 * @param {Ciphertext[]} ciphertexts
 */
export function fingerprint(M, code, ciphertexts) {
    const parts = ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]);
    return H32("xiling/v1 fingerprint", M, utf8(code), ...parts);
}

/**
 * What the second device does with an opened ballot: recomputes F with its own u.
 * @param {Election} election
 * @param {Challenge} challenge
 */
export function challengeHolds(election, { seed, choices, code, fingerprint: shown }) {
    const whole =
        choices.length === election.candidates.length &&
        choices.every((grade) => election.grades[grade] !== undefined);
    if (!whole || seed.length !== 32) {
        return false;
    }
    const { ciphertexts } = encryptAll(election, seed, choices);
    return equal(fingerprint(election.M, code, ciphertexts), shown);
}
