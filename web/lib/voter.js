/*
 * voter.js - a member's vote key of one meeting and its tag (protocol sections 4 to 6).
 *
 *   drawVoteKey() x;  voteKeyPoint(x) P
 *   proveVoteKey(meeting, person, x, fresh);  checkVoteKey(meeting, person, P, proof)  signin.proof
 *   proveTag(M, h, person, x, fresh);         checkTag(M, h, person, P, tag, proof)    tag.proof
 */
import { randomBytes } from "./bytes.js";
import { GENERATOR, base, multiply, scalarRandom } from "./group.js";
import { provePlain, simpleClaim, verifyProof } from "./proof.js";
import { Refusal, refuse } from "./refusal.js";

export const drawVoteKey = scalarRandom;

/** @param {Uint8Array} x */
export function voteKeyPoint(x) {
    return base(x);
}

/** @param {string} rule @param {import("./proof.js").Claim} claim @param {Uint8Array} proof */
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

/** @param {string} meeting @param {string} person @param {Uint8Array} P */
function voteKeyClaim(meeting, person, P) {
    return simpleClaim("voter key", [meeting, person], [[GENERATOR, P]]);
}

/**
 * @param {string} meeting
 * @param {string} person
 * @param {Uint8Array} x
 * @param {Uint8Array} [fresh]
 */
export function proveVoteKey(meeting, person, x, fresh = randomBytes(32)) {
    return provePlain(voteKeyClaim(meeting, person, base(x)), [x], fresh);
}

/** @param {string} meeting @param {string} person @param {Uint8Array} P @param {Uint8Array} proof */
export function checkVoteKey(meeting, person, P, proof) {
    verifyAs("signin.proof", voteKeyClaim(meeting, person, P), proof);
}

/** @param {Uint8Array} M @param {string} person @param {[Uint8Array, Uint8Array][]} pairs */
function tagClaim(M, person, pairs) {
    return simpleClaim("tag", [M, person], pairs);
}

/**
 * @param {{ M: Uint8Array, h: Uint8Array }} election
 * @param {string} person
 * @param {Uint8Array} x
 * @param {Uint8Array} [fresh]
 */
export function proveTag({ M, h }, person, x, fresh = randomBytes(32)) {
    const claim = tagClaim(M, person, [
        [GENERATOR, base(x)],
        [h, multiply(x, h)],
    ]);
    return provePlain(claim, [x], fresh);
}

/**
 * @param {{ M: Uint8Array, h: Uint8Array }} election
 * @param {{ id: string, P: Uint8Array }} member
 * @param {Uint8Array} tag
 * @param {Uint8Array} proof
 */
export function checkTag({ M, h }, { id, P }, tag, proof) {
    const claim = tagClaim(M, id, [
        [GENERATOR, P],
        [h, tag],
    ]);
    verifyAs("tag.proof", claim, proof);
}
