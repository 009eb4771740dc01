/*
 * trustee.js - what a trustee does with x_j after the ceremony: rehearsal and shares (section 6).
 *
 *   rehearsalPoint(ceremonyHash)
 *   makeRehearsal(ceremonyHash, index, x, fresh) -> { D, proof }
 *   checkRehearsal(ceremonyHash, index, X, { D, proof })      rehearsal.proof
 *   rehearsalsAgree(D_1 … D_n, t)                             every t of them give one point
 *   makeShare(subject, index, x, fresh) -> { D: [points], proof }
 *   checkShare(subject, index, X, { D, proof })               share.shape, .points, .proof
 *
 * A subject is { M, sumsHash, alphas }. No other statement makes a trustee multiply a point; the
 * caller has noted (M, sums hash) durably before it makes a share.
 */
import { equal, randomBytes } from "./bytes.js";
import { GENERATOR, base, isPoint, multiply } from "./group.js";
import { Hp } from "./hash.js";
import { interpolate } from "./interpolation.js";
import { provePlain, simpleClaim, verifyProof } from "./proof.js";
import { Refusal, must, refuse } from "./refusal.js";

/**
 * @typedef {{ M: Uint8Array, sumsHash: Uint8Array, alphas: Uint8Array[] }} Subject
 * @typedef {import("./proof.js").Claim} Claim
 */

/** @param {string} rule @param {Claim} claim @param {Uint8Array} proof */
function verifyAs(rule, claim, proof) {
    try {
        verifyProof(claim, proof);
    } catch (error) {
        if (error instanceof Refusal) {
            refuse(rule, "证明");
        }
        throw error;
    }
}

/** @param {Uint8Array} ceremonyHash */
export function rehearsalPoint(ceremonyHash) {
    return Hp("xiling/v1 rehearsal", ceremonyHash);
}

/** @param {Uint8Array} hash @param {number} index @param {Uint8Array} X @param {Uint8Array} D */
function rehearsalClaim(hash, index, X, D) {
    const pairs = /** @type {[Uint8Array, Uint8Array][]} */ ([
        [GENERATOR, X],
        [rehearsalPoint(hash), D],
    ]);
    return simpleClaim("rehearsal", [hash, index], pairs);
}

/**
 * @param {Uint8Array} hash
 * @param {number} index
 * @param {Uint8Array} x
 * @param {Uint8Array} [fresh]
 */
export function makeRehearsal(hash, index, x, fresh = randomBytes(32)) {
    const D = multiply(x, rehearsalPoint(hash));
    return { D, proof: provePlain(rehearsalClaim(hash, index, base(x), D), [x], fresh) };
}

/**
 * @param {Uint8Array} hash
 * @param {number} index
 * @param {Uint8Array} X
 * @param {{ D: Uint8Array, proof: Uint8Array }} rehearsal
 */
export function checkRehearsal(hash, index, X, { D, proof }) {
    verifyAs("rehearsal.proof", rehearsalClaim(hash, index, X, D), proof);
}

/**
 * All D_j lie on one polynomial of degree t - 1, so that every t of them give the same point.
 * @param {Uint8Array[]} D of trustees 1 … n
 * @param {number} t
 */
export function rehearsalsAgree(D, t) {
    const indices = Array.from({ length: t }, (_, i) => i + 1);
    const known = D.slice(0, t);
    return D.slice(t).every((point, i) => equal(interpolate(indices, known, t + 1 + i), point));
}

/** @param {Subject} subject @param {number} index @param {Uint8Array} X @param {Uint8Array[]} D */
function shareClaim({ M, sumsHash, alphas }, index, X, D) {
    const pairs = /** @type {[Uint8Array, Uint8Array][]} */ ([
        [GENERATOR, X],
        ...alphas.map((alpha, i) => [alpha, D[i]]),
    ]);
    return simpleClaim("share", [M, sumsHash, index], pairs);
}

/**
 * @param {Subject} subject
 * @param {number} index
 * @param {Uint8Array} x
 * @param {Uint8Array} [fresh]
 */
export function makeShare(subject, index, x, fresh = randomBytes(32)) {
    const D = subject.alphas.map((alpha) => multiply(x, alpha));
    return { D, proof: provePlain(shareClaim(subject, index, base(x), D), [x], fresh) };
}

/**
 * @param {Subject} subject
 * @param {number} index
 * @param {Uint8Array} X of that trustee
 * @param {{ D: Uint8Array[], proof: Uint8Array }} share
 */
export function checkShare(subject, index, X, { D, proof }) {
    must(D.length === subject.alphas.length, "share.shape", "份额");
    must(D.every(isPoint), "share.points", "份额");
    verifyAs("share.proof", shareClaim(subject, index, X, D), proof);
}
