/* vote keys and tags: a proof holds for one meeting, one person, one election */
import assert from "node:assert/strict";
import test from "node:test";
import { hex } from "../../web/lib/bytes.js";
import { tagOf } from "../../web/lib/ballot_make.js";
import { parseElection } from "../../web/lib/election.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { checkTag, checkVoteKey, drawVoteKey, proveTag, proveVoteKey, voteKeyPoint } from "../../web/lib/voter.js";
import { vaultOpen, vaultSeal } from "../../web/lib/vault.js";
import { bytesOf, vectors } from "./vectors.mjs";

const [small, large] = vectors("ballot").elections;
const accept = vectors("proof").accept;

test("a vote key's proof is that of the vectors and holds for its meeting and person alone", () => {
    const vector = accept.find(({ name }) => name === "vote key");
    const [meeting, person] = vector.statement.context.map((part) => Buffer.from(part, "hex").toString());
    const x = bytesOf(vector.witnesses[0]);
    assert.equal(hex(proveVoteKey(meeting, person, x, new Uint8Array(32))), vector.proof);
    const P = voteKeyPoint(x);
    const proof = proveVoteKey(meeting, person, x);
    checkVoteKey(meeting, person, P, proof);
    assert.equal(ruleOf(() => checkVoteKey("another", person, P, proof)), "signin.proof");
    assert.equal(ruleOf(() => checkVoteKey(meeting, "another", P, proof)), "signin.proof");
    assert.equal(ruleOf(() => checkVoteKey(meeting, person, voteKeyPoint(drawVoteKey()), proof)), "signin.proof");
});

test("a tag can be burned by its member in its election alone", () => {
    const election = parseElection(small.manifest.text);
    const x = bytesOf(small.ballots[0].x);
    const member = election.roll[small.ballots[0].member - 1];
    const tag = tagOf(election, x);
    assert.equal(hex(tag), small.ballots[0].tag);
    const proof = proveTag(election, member.id, x);
    checkTag(election, member, tag, proof);
    const others = election.roll.filter((one) => one !== member);
    assert.equal(ruleOf(() => checkTag(election, others[0], tag, proof)), "tag.proof");
    assert.equal(ruleOf(() => checkTag(parseElection(large.manifest.text), member, tag, proof)), "tag.proof");
    assert.equal(ruleOf(() => checkTag(election, member, election.h, proof)), "tag.proof");
});

test("what the booth keeps opens with its key alone", () => {
    const key = new Uint8Array(32).fill(1);
    const sealed = vaultSeal(key, { choices: [2, 1, 0] });
    assert.deepEqual(vaultOpen(key, sealed), { choices: [2, 1, 0] });
    assert.equal(ruleOf(() => vaultOpen(new Uint8Array(32), sealed)), "vault.broken");
    sealed[30] ^= 1;
    assert.equal(ruleOf(() => vaultOpen(key, sealed)), "vault.broken");
});
