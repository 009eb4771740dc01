/*
 * vote_key.js - the fresh key of one meeting, and the proof that the member has it (section 4, 6).
 *
 *   drawVoteKey(meeting, person) -> { x, P, proof }   x is secret: wrap it, then wipe it
 *   verifyVoteKey(meeting, person, P, proof)          refuses as proof.js does
 */
import { GENERATOR, scalarRandom } from "./group.js";
import { provePlain, publicPoint, simpleClaim, verifyProof } from "./proof.js";

/** @param {string} meeting @param {string} person @param {Uint8Array} P */
function claim(meeting, person, P) {
    return simpleClaim("voter key", [meeting, person], [[GENERATOR, P]]);
}

/** @param {string} meeting @param {string} person */
export function drawVoteKey(meeting, person) {
    const x = scalarRandom();
    const P = publicPoint(x);
    return { x, P, proof: provePlain(claim(meeting, person, P), [x]) };
}

/**
 * @param {string} meeting
 * @param {string} person
 * @param {Uint8Array} P
 * @param {Uint8Array} proof
 */
export function verifyVoteKey(meeting, person, P, proof) {
    verifyProof(claim(meeting, person, P), proof);
}
