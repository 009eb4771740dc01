/*
 * ballot_seed.js - everything secret of a ballot from its seed (protocol section 6, Ballot).
 *
 *   encryptAll(election, seed, choices) -> { root, r: [scalars], ciphertexts }
 *   proofRoot(root, tag)
 *   ballotNonces(proofRoot, purpose, place, branches)   "grade" or "total"
 */
import { add, base, multiply, weight } from "./group.js";
import { H, H16, Hs } from "./hash.js";

/** @typedef {import("./election.js").Election} Election */

/**
 * @param {Election} election
 * @param {Uint8Array} seed 32 bytes
 * @param {number[]} choices a grade for each candidate
 */
export function encryptAll(election, seed, choices) {
    const root = H("xiling/v1 ballot root", election.M, seed, Uint8Array.from(choices));
    const r = choices.map((_, i) => Hs("xiling/v1 ballot scalar", root, "grade r", i + 1, 0, 0));
    const ciphertexts = choices.map((grade, i) => ({
        alpha: base(r[i]),
        beta: add(multiply(r[i], election.K), weight(election.grades[grade].weight)),
    }));
    return { root, r, ciphertexts };
}

/** @param {Uint8Array} root @param {Uint8Array} tag */
export function proofRoot(root, tag) {
    return H("xiling/v1 proof root", root, tag);
}

/**
 * One k whatever the real branch is, and c and z of every branch.
 * @param {Uint8Array} root the proof root
 * @param {"grade" | "total"} purpose
 * @param {number} place the candidate from 1, or 0 for the total
 * @param {number} branches
 */
export function ballotNonces(root, purpose, place, branches) {
    const label = "xiling/v1 ballot scalar";
    const each = Array.from({ length: branches }, (_, b) => ({
        challenge: H16(label, root, `${purpose} c`, place, b, 0),
        responses: [Hs(label, root, `${purpose} z`, place, b, 0)],
    }));
    return { k: Hs(label, root, `${purpose} k`, place, 0, 0), each };
}
