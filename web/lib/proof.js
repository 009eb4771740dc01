/*
 * proof.js - the one proof: an OR of branches, each an AND of equations X = w·B (protocol section 5).
 *
 *   proofSize(claim)                    bytes on the wire
 *   checkProofBytes(claim, proof)       length and edges of the bytes   proof.length, proof.edge
 *   checkChallenge(claim, proof)        edges of the claim, Fiat-Shamir proof.edge, proof.challenge
 *   equations(claim, proof)             z·B - c·X = T, one by one, as a list
 *   checkEquations(list)                proof.equation
 *   verifyProof(claim, proof)           all of the above
 *   claimDigest(claim)                  H("xiling/v1 statement", …)
 *   deriveNonces(claim, secrets, fresh) proveClaim(claim, real, witnesses, nonces)
 *   provePlain(claim, witnesses, fresh) one branch: the witnesses are the secrets
 *   assemble(claim, real, nonces, commitments, respond)  for provers that simulate cheaply
 */
import { concat, equal, randomBytes } from "./bytes.js";
import {
    base,
    decodePoint,
    isCanonicalPoint,
    isPoint,
    isScalar,
    isZero,
    multiply,
    scalarAdd,
    scalarFromChallenge,
    scalarMultiply,
    subtract,
} from "./group.js";
import { H, H16, Hs } from "./hash.js";
import { must } from "./refusal.js";

/**
 * @typedef {{ witness: number, base: Uint8Array, image: Uint8Array }} ClaimEquation
 * @typedef {{ witnesses: number, equations: ClaimEquation[] }} Branch
 * @typedef {import("./hash.js").Part} Part
 * @typedef {{ label: string, context: Part[], branches: Branch[] }} Claim
 * @typedef {{ challenge: Uint8Array, responses: Uint8Array[], commitments: Uint8Array[] }} Opened
 * @typedef {{ challenge: Uint8Array, responses: Uint8Array[] }} BranchNonces
 * @typedef {{ response: Uint8Array, challenge: Uint8Array, base: Uint8Array, image: Uint8Array,
 *             commitment: Uint8Array }} Equation
 */

/** @param {Claim} claim */
export function proofSize(claim) {
    return claim.branches.reduce(
        (size, branch) => size + 16 + 32 * (branch.witnesses + branch.equations.length),
        0,
    );
}

/**
 * The length must be right already.
 * @param {Claim} claim
 * @param {Uint8Array} proof
 * @returns {Opened[]}
 */
function split(claim, proof) {
    let at = 0;
    const take = (/** @type {number} */ size) => proof.subarray(at, (at += size));
    return claim.branches.map((branch) => ({
        challenge: take(16),
        responses: Array.from({ length: branch.witnesses }, () => take(32)),
        commitments: branch.equations.map(() => take(32)),
    }));
}

/**
 * @param {Claim} claim
 * @param {Uint8Array} proof
 */
export function checkProofBytes(claim, proof) {
    must(proof.length === proofSize(claim), "proof.length");
    for (const { challenge, responses, commitments } of split(claim, proof)) {
        must(!isZero(challenge), "proof.edge");
        must(responses.every(isScalar), "proof.edge");
        must(commitments.every(isCanonicalPoint), "proof.edge");
    }
}

/**
 * Every part of the challenge before the commitments.
 * @param {Claim} claim
 */
function claimParts(claim) {
    /** @type {Part[]} */
    const parts = ["xiling/v1 proof", claim.label, claim.context.length, ...claim.context];
    parts.push(claim.branches.length);
    for (const branch of claim.branches) {
        parts.push(branch.witnesses, branch.equations.length);
        for (const equation of branch.equations) {
            parts.push(equation.witness, equation.base, equation.image);
        }
    }
    return parts;
}

/**
 * Sum (or difference) of two little-endian numbers mod 2^128.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @param {1 | -1} sign
 */
function addChallenges(a, b, sign) {
    const out = new Uint8Array(16);
    let carry = 0;
    for (let i = 0; i < 16; i++) {
        carry += a[i] + sign * b[i];
        out[i] = carry & 255;
        carry >>= 8;
    }
    return out;
}

/**
 * @param {Claim} claim
 * @param {Uint8Array} proof of the right length
 */
export function checkChallenge(claim, proof) {
    for (const branch of claim.branches) {
        const edges = branch.equations.every((e) => isPoint(e.base) && isPoint(e.image));
        must(edges, "proof.edge");
    }
    const opened = split(claim, proof);
    const hash = H16(...claimParts(claim), ...opened.flatMap((branch) => branch.commitments));
    const sum = opened.reduce(
        (total, branch) => addChallenges(total, branch.challenge, 1),
        new Uint8Array(16),
    );
    must(equal(sum, hash), "proof.challenge");
}

/**
 * @param {Claim} claim
 * @param {Uint8Array} proof
 * @returns {Equation[]}
 */
export function equations(claim, proof) {
    return split(claim, proof).flatMap((opened, b) =>
        claim.branches[b].equations.map((equation, e) => ({
            response: opened.responses[equation.witness],
            challenge: scalarFromChallenge(opened.challenge),
            base: equation.base,
            image: equation.image,
            commitment: opened.commitments[e],
        })),
    );
}

/** @param {Equation} equation */
function holds({ response, challenge, base: point, image, commitment }) {
    return equal(subtract(multiply(response, point), multiply(challenge, image)), commitment);
}

/** @param {Equation[]} list */
export function checkEquations(list) {
    list.forEach((equation, i) => must(holds(equation), "proof.equation", "", i + 1));
}

/**
 * @param {Claim} claim
 * @param {Uint8Array} proof
 */
export function verifyProof(claim, proof) {
    checkProofBytes(claim, proof);
    checkChallenge(claim, proof);
    checkEquations(equations(claim, proof));
}

/** @param {Claim} claim */
export function claimDigest(claim) {
    return H("xiling/v1 statement", ...claimParts(claim));
}

/**
 * For every branch a challenge (not used in the real one) and a scalar for each witness: the nonce
 * k in the real branch, the response z in the others.
 * @param {Claim} claim
 * @param {Uint8Array[]} secrets
 * @param {Uint8Array} fresh 32 random bytes (the proof root for the ring; zeros in vectors only)
 * @returns {BranchNonces[]}
 */
export function deriveNonces(claim, secrets, fresh) {
    const seed = ["xiling/v1 nonce", claim.label, ...secrets, fresh, claimDigest(claim)];
    return claim.branches.map((branch, b) => ({
        challenge: H16(...seed, b, branch.witnesses),
        responses: Array.from({ length: branch.witnesses }, (_, w) => Hs(...seed, b, w)),
    }));
}

/**
 * Puts a proof together from commitments: the real challenge is what the hash leaves over.
 * @param {Claim} claim
 * @param {number} real
 * @param {BranchNonces[]} nonces
 * @param {Uint8Array[][]} commitments of each branch
 * @param {(challenge: Uint8Array) => Uint8Array[]} respond the real branch's responses
 */
export function assemble(claim, real, nonces, commitments, respond) {
    let challenge = H16(...claimParts(claim), ...commitments.flat());
    nonces.forEach((branch, b) => {
        challenge = b === real ? challenge : addChallenges(challenge, branch.challenge, -1);
    });
    const parts = nonces.flatMap((branch, b) =>
        b === real
            ? [challenge, ...respond(scalarFromChallenge(challenge)), ...commitments[b]]
            : [branch.challenge, ...branch.responses, ...commitments[b]],
    );
    return concat(...parts);
}

/**
 * k + c·w of each witness.
 * @param {Uint8Array[]} nonces
 * @param {Uint8Array[]} witnesses
 * @returns {(challenge: Uint8Array) => Uint8Array[]}
 */
export function responder(nonces, witnesses) {
    return (challenge) =>
        nonces.map((nonce, w) => scalarAdd(nonce, scalarMultiply(challenge, witnesses[w])));
}

/**
 * @param {Claim} claim
 * @param {number} real the branch that is true
 * @param {Uint8Array[]} witnesses of that branch
 * @param {BranchNonces[]} nonces
 */
export function proveClaim(claim, real, witnesses, nonces) {
    const commitments = claim.branches.map((branch, b) =>
        branch.equations.map((equation) => {
            const ours = multiply(nonces[b].responses[equation.witness], equation.base);
            const challenge = scalarFromChallenge(nonces[b].challenge);
            return b === real ? ours : subtract(ours, multiply(challenge, equation.image));
        }),
    );
    const respond = responder(nonces[real].responses, witnesses);
    return assemble(claim, real, nonces, commitments, respond);
}

/**
 * @param {Claim} claim of one branch
 * @param {Uint8Array[]} witnesses
 * @param {Uint8Array} [fresh]
 */
export function provePlain(claim, witnesses, fresh = randomBytes(32)) {
    return proveClaim(claim, 0, witnesses, deriveNonces(claim, witnesses, fresh));
}

/**
 * The most common claim: one branch, one witness.
 * @param {string} label
 * @param {Part[]} context
 * @param {[Uint8Array, Uint8Array][]} pairs base and image of each equation
 * @returns {Claim}
 */
export function simpleClaim(label, context, pairs) {
    const list = pairs.map(([point, image]) => ({ witness: 0, base: point, image }));
    return { label, context, branches: [{ witnesses: 1, equations: list }] };
}

/** The public point of a secret. @param {Uint8Array} scalar */
export function publicPoint(scalar) {
    return decodePoint(base(scalar));
}
