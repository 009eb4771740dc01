/*
 * ballot_claims.js - what the proofs of a ballot show (the table of protocol section 5).
 *
 *   gradeClaim(election, tag, candidate, ciphertext)
 *   totalClaim(election, tag, selections, ciphertexts)
 *   ringClaim(election, text, tag, ciphertexts)
 *
 * Candidates count from 0 here and from 1 in the context. A ciphertext is { alpha, beta }.
 */
import { GENERATOR, subtract, sum, weight } from "./group.js";

/**
 * @typedef {import("./election.js").Election} Election
 * @typedef {import("./proof.js").Claim} Claim
 * @typedef {{ alpha: Uint8Array, beta: Uint8Array }} Ciphertext
 */

/** α = r·G, β - w·G = r·K. @param {Uint8Array} K @param {Ciphertext} pair @param {number} w */
function opening(K, { alpha, beta }, w) {
    const image = w === 0 ? beta : subtract(beta, weight(w));
    return {
        witnesses: 1,
        equations: [
            { witness: 0, base: GENERATOR, image: alpha },
            { witness: 0, base: K, image },
        ],
    };
}

/**
 * @param {Election} election
 * @param {Uint8Array} tag
 * @param {number} candidate
 * @param {Ciphertext} ciphertext
 * @returns {Claim}
 */
export function gradeClaim(election, tag, candidate, ciphertext) {
    return {
        label: "grade",
        context: [election.M, tag, candidate + 1],
        branches: election.grades.map((grade) => opening(election.K, ciphertext, grade.weight)),
    };
}

/**
 * @param {Election} election
 * @param {Uint8Array} tag
 * @param {Uint8Array[]} selections the bytes of every 选择
 * @param {Ciphertext[]} ciphertexts
 * @returns {Claim}
 */
export function totalClaim(election, tag, selections, ciphertexts) {
    const all = {
        alpha: sum(ciphertexts.map(({ alpha }) => alpha)),
        beta: sum(ciphertexts.map(({ beta }) => beta)),
    };
    return {
        label: "total",
        context: [election.M, tag, ...selections],
        branches: election.totals.map((total) => opening(election.K, all, total)),
    };
}

/**
 * @param {Election} election
 * @param {Uint8Array} text what is signed
 * @param {Uint8Array} tag
 * @param {Ciphertext[]} ciphertexts
 * @returns {Claim}
 */
export function ringClaim(election, text, tag, ciphertexts) {
    const branches = election.roll.map(({ P, recused }) => {
        const recusals = recused.flatMap((candidate, i) => [
            { witness: i + 1, base: GENERATOR, image: ciphertexts[candidate].alpha },
            { witness: i + 1, base: election.K, image: ciphertexts[candidate].beta },
        ]);
        const own = [
            { witness: 0, base: GENERATOR, image: P },
            { witness: 0, base: election.h, image: tag },
        ];
        return { witnesses: 1 + recused.length, equations: [...own, ...recusals] };
    });
    return { label: "ring", context: [election.M, text], branches };
}
