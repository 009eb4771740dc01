/* the one proof: tests/vectors/proof.json */
import assert from "node:assert/strict";
import test from "node:test";
import { hex } from "../../web/lib/bytes.js";
import { claimDigest, deriveNonces, proveClaim, verifyProof } from "../../web/lib/proof.js";
import { bytesOf, reasonOf, vectors } from "./vectors.mjs";

const { accept, reject } = vectors("proof");

function claimOf({ label, context, branches }) {
    return {
        label,
        context: context.map(bytesOf),
        branches: branches.map(({ W, equations }) => ({
            witnesses: W,
            equations: equations.map(({ i, B, X }) => ({
                witness: i,
                base: bytesOf(B),
                image: bytesOf(X),
            })),
        })),
    };
}

test("every use of the proof is accepted and made byte by byte", () => {
    for (const vector of accept) {
        const claim = claimOf(vector.statement);
        verifyProof(claim, bytesOf(vector.proof));
        if (vector.witnesses === undefined) {
            continue;
        }
        assert.equal(hex(claimDigest(claim)), vector.statement_hash, vector.name);
        const nonces = deriveNonces(claim, vector.secrets.map(bytesOf), bytesOf(vector.fresh));
        const proof = proveClaim(claim, vector.real, vector.witnesses.map(bytesOf), nonces);
        assert.equal(hex(proof), vector.proof, vector.name);
    }
});

test("refuses false proofs for the reason of the vectors", () => {
    for (const vector of reject) {
        const claim = claimOf(vector.statement);
        const reason = reasonOf(() => verifyProof(claim, bytesOf(vector.proof)));
        assert.equal(reason, vector.reason, vector.name);
    }
});

test("two proofs of one claim have no nonce in common", () => {
    const vector = accept.find(({ name }) => name === "vote key");
    const claim = claimOf(vector.statement);
    const secrets = vector.secrets.map(bytesOf);
    const other = { ...claim, context: [...claim.context.slice(0, 1), "somebody-else"] };
    const fresh = new Uint8Array(32);
    const seen = new Set();
    for (const [statement, bytes] of [[claim, fresh], [other, fresh], [claim, fresh.slice().fill(1)]]) {
        const [{ responses }] = deriveNonces(statement, secrets, bytes);
        seen.add(hex(responses[0]));
    }
    assert.equal(seen.size, 3);
});
