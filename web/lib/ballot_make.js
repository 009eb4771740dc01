/*
 * ballot_make.js - makes a ballot from a seed (protocol section 6, Ballot).
 *
 *   makeBallot(election, { member, voteKey, seed, choices, code }) ->
 *       { note, text, hash, tag, fingerprint, r, root, proofRoot }
 *   tagOf(election, voteKey)             I = x·h
 *   checkChoices(election, member, choices)   ballot.choices, ballot.recused, ballot.limit
 *
 * The prover knows r and x, so commitments of simulated branches are multiples of G, K and h alone.
 * `member` counts from 0. ballot.seed: a value broke an edge; draw another seed (chance 2^-120).
 */
import { concat, equal, utf8, wipe } from "./bytes.js";
import { readBallot } from "./ballot.js";
import { gradeClaim, ringClaim, totalClaim } from "./ballot_claims.js";
import { ballotNonces, encryptAll, proofRoot } from "./ballot_seed.js";
import { fingerprint } from "./ballot.js";
import { isBallotCode } from "./code.js";
import {
    ZERO,
    base,
    multiply,
    scalarAdd,
    scalarFromChallenge,
    scalarFromNumber,
    scalarMultiply,
    scalarSubtract,
    subtract,
} from "./group.js";
import { sha256 } from "./hash.js";
import { assemble, deriveNonces, responder } from "./proof.js";
import { Refusal, must, refuse } from "./refusal.js";
import { RING, keyId, line } from "./signature.js";
import { noteOf, printText } from "./statement.js";

/**
 * @typedef {import("./election.js").Election} Election
 * @typedef {import("./ballot_claims.js").Ciphertext} Ciphertext
 * @typedef {{ member: number, voteKey: Uint8Array, seed: Uint8Array, choices: number[],
 *   code: string }} Making
 * @typedef {{ r: Uint8Array, w: number }} Secret
 * @typedef {import("./proof.js").BranchNonces} BranchNonces
 */

/** @param {Election} election @param {Uint8Array} voteKey */
export function tagOf(election, voteKey) {
    return multiply(voteKey, election.h);
}

/**
 * What the booth says before it makes anything.
 * @param {Election} election
 * @param {number} member
 * @param {number[]} choices
 */
export function checkChoices(election, member, choices) {
    const { candidates, grades, limits, roll } = election;
    must(choices.length === candidates.length, "ballot.choices");
    choices.forEach((grade, i) => {
        must(grades[grade] !== undefined, "ballot.choices", "选择", i + 1);
        must(grade === 0 || !roll[member].recused.includes(i), "ballot.recused", "选择", i + 1);
    });
    limits.forEach((limit, i) => {
        const used = choices.filter((grade) => limit.grades.includes(grade)).length;
        must(used <= limit.max, "ballot.limit", "限额", i + 1);
    });
}

/** @param {Uint8Array} z @param {Uint8Array} c @param {Uint8Array} w z - c·w */
function shifted(z, c, w) {
    return scalarSubtract(z, scalarMultiply(c, w));
}

/**
 * T of a simulated opening of weight `branch` when r·G, r·K + w·G is what is opened:
 * (z - c·r)·G and (z - c·r)·K - c·(w - branch)·G.
 * @param {Election} election
 * @param {Secret} secret
 * @param {number} branch
 * @param {{ z: Uint8Array, c: Uint8Array }} given
 */
function simulateOpening(election, { r, w }, branch, { z, c }) {
    const zr = shifted(z, c, r);
    const apart = scalarFromNumber(Math.abs(w - branch));
    const cw = scalarMultiply(c, apart);
    const signed = w > branch ? cw : scalarSubtract(ZERO, cw);
    return [base(zr), subtract(multiply(zr, election.K), base(signed))];
}

/**
 * A grade proof or the total proof.
 * @param {Election} election
 * @param {import("./proof.js").Claim} claim
 * @param {number[]} weights of its branches
 * @param {Secret} secret
 * @param {{ k: Uint8Array, each: BranchNonces[] }} nonces
 */
function proveOpening(election, claim, weights, secret, { k, each }) {
    const commitments = weights.map((weight, b) => {
        const c = scalarFromChallenge(each[b].challenge);
        const z = each[b].responses[0];
        return weight === secret.w
            ? [base(k), multiply(k, election.K)]
            : simulateOpening(election, secret, weight, { z, c });
    });
    const real = weights.indexOf(secret.w);
    return assemble(claim, real, each, commitments, responder([k], [secret.r]));
}

/**
 * T of another member's branch: z·G - c·P, (z - c·x)·h, and openings of zero for recusals.
 * @param {Election} election
 * @param {number} member
 * @param {{ x: Uint8Array, secrets: Secret[] }} own
 * @param {BranchNonces} nonces
 */
function simulateMember(election, member, { x, secrets }, { challenge, responses }) {
    const { P, recused } = election.roll[member];
    const c = scalarFromChallenge(challenge);
    const z = responses[0];
    const recusals = recused.flatMap((candidate, i) =>
        simulateOpening(election, secrets[candidate], 0, { z: responses[i + 1], c }),
    );
    const key = subtract(base(z), multiply(c, P));
    return [key, multiply(shifted(z, c, x), election.h), ...recusals];
}

/**
 * @param {Election} election
 * @param {import("./proof.js").Claim} claim
 * @param {number} member
 * @param {{ x: Uint8Array, secrets: Secret[], root: Uint8Array }} own
 */
function proveRing(election, claim, member, own) {
    const nonces = deriveNonces(claim, [own.x], own.root);
    const commitments = election.roll.map((_, m) => {
        const [k, ...others] = nonces[m].responses;
        return m === member
            ? [base(k), multiply(k, election.h), ...others.flatMap((n) => [base(n), multiply(n, election.K)])]
            : simulateMember(election, m, own, nonces[m]);
    });
    const recused = election.roll[member].recused.map((candidate) => own.secrets[candidate].r);
    const respond = responder(nonces[member].responses, [own.x, ...recused]);
    return assemble(claim, member, nonces, commitments, respond);
}

/**
 * Every 选择 and, if the manifest has limits, 总额.
 * @param {Election} election
 * @param {Uint8Array} tag
 * @param {Uint8Array} root the proof root
 * @param {{ ciphertexts: Ciphertext[], secrets: Secret[] }} encrypted
 */
function proveChoices(election, tag, root, { ciphertexts, secrets }) {
    const weights = election.grades.map(({ weight }) => weight);
    const selections = ciphertexts.map((ciphertext, i) => {
        const claim = gradeClaim(election, tag, i, ciphertext);
        const nonces = ballotNonces(root, "grade", i + 1, weights.length);
        const proof = proveOpening(election, claim, weights, secrets[i], nonces);
        return concat(ciphertext.alpha, ciphertext.beta, proof);
    });
    if (election.totals.length === 0) {
        return { selections, total: null };
    }
    const all = {
        r: secrets.map(({ r }) => r).reduce(scalarAdd, ZERO),
        w: secrets.reduce((sum, { w }) => sum + w, 0),
    };
    const claim = totalClaim(election, tag, selections, ciphertexts);
    const nonces = ballotNonces(root, "total", 0, election.totals.length);
    return { selections, total: proveOpening(election, claim, election.totals, all, nonces) };
}

/**
 * @param {Election} election
 * @param {Making} making
 */
export function makeBallot(election, { member, voteKey, seed, choices, code }) {
    checkChoices(election, member, choices);
    must(isBallotCode(code), "ballot.code", "附码");
    must(equal(base(voteKey), election.roll[member].P), "ballot.voter", "名册", member + 1);
    const { root, r, ciphertexts } = encryptAll(election, seed, choices);
    const tag = tagOf(election, voteKey);
    const secrets = choices.map((grade, i) => ({ r: r[i], w: election.grades[grade].weight }));
    const roots = { root, proofRoot: proofRoot(root, tag) };
    const { selections, total } = proveChoices(election, tag, roots.proofRoot, {
        ciphertexts,
        secrets,
    });
    /** @type {[string, Uint8Array | string][]} */
    const fields = [
        ["选举", election.id],
        ["清单", election.M],
        ["标签", tag],
        ["附码", code],
    ];
    selections.forEach((selection) => fields.push(["选择", selection]));
    if (total !== null) {
        fields.push(["总额", total]);
    }
    const text = printText("ballot", election.origin, fields);
    const own = { x: voteKey, secrets, root: roots.proofRoot };
    const claim = ringClaim(election, utf8(text), tag, ciphertexts);
    const ring = proveRing(election, claim, member, own);
    const note = noteOf(text, [line("ring", keyId("ring", RING, election.M), ring)]);
    checkEdges(election, note);
    const hash = sha256(text);
    const F = fingerprint(election.M, code, ciphertexts);
    return { note, text, hash, tag, fingerprint: F, r, ...roots };
}

/** @param {Election} election @param {Uint8Array} note */
function checkEdges(election, note) {
    try {
        readBallot(election, note);
    } catch (error) {
        if (error instanceof Refusal && error.rule === "ballot.canonical") {
            refuse("ballot.seed");
        }
        throw error;
    }
}

/**
 * After cast or challenge.
 * @param {Uint8Array} seed
 * @param {{ r: Uint8Array[], root: Uint8Array, proofRoot: Uint8Array }} made
 */
export function wipeBallot(seed, made) {
    wipe(seed, made.root, made.proofRoot, ...made.r);
}
