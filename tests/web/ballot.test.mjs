/* manifests and ballots: tests/vectors/ballot.json
 * covers: ballot_claims, ballot_seed, manifest
 */
import assert from "node:assert/strict";
import test from "node:test";
import { base64Decode, hex, key, utf8Decode } from "../../web/lib/bytes.js";
import { challengeHolds, checkBallot, checkBallotAsync } from "../../web/lib/ballot.js";
import { makeBallot } from "../../web/lib/ballot_make.js";
import { parseElection, printElection } from "../../web/lib/election.js";
import { sha256 } from "../../web/lib/hash.js";
import { printTime } from "../../web/lib/text.js";
import { voteKeyPoint } from "../../web/lib/voter.js";
import { bytesOf, noteBytes, reasonOf, vectors } from "./vectors.mjs";

const { elections, manifests_must_fail: badManifests } = vectors("ballot");
const read = elections.map(({ manifest }) => parseElection(manifest.text));

test("a manifest is read as the vectors read it, and printed back", () => {
    elections.forEach(({ manifest }, e) => {
        const election = read[e];
        const want = manifest.read;
        assert.equal(hex(election.M), manifest.M);
        assert.equal(hex(election.h), manifest.h);
        assert.deepEqual(election.totals, manifest.S);
        assert.equal(election.sizes.note, manifest.note_size);
        assert.equal(election.sizes.entry, manifest.entry_size);
        for (const name of ["origin", "id", "meeting", "round", "candidates", "grades", "limits", "seats", "passes", "recusals", "t", "window"]) {
            assert.deepEqual(election[name], want[name], name);
        }
        const roll = election.roll.map(({ id, P, name, recused }) => ({ id, P: hex(P), name, recused: recused.map((i) => i + 1) }));
        assert.deepEqual(roll, want.roll);
        assert.deepEqual(election.trustees.map((one) => ({ ...one, X: hex(one.X) })), want.trustees);
        assert.equal(hex(election.K), want.K);
        assert.equal(hex(election.ceremony), want.ceremony);
        assert.equal(hex(sha256(manifest.ceremony_text)), want.ceremony);
        for (const { id, x } of manifest.vote_keys) {
            assert.equal(hex(voteKeyPoint(bytesOf(x))), want.roll.find((one) => one.id === id).P);
        }
        assert.equal(printTime(election.opens), want.opens);
        assert.equal(printTime(election.closes), want.closes);
        assert.equal(printElection(election), manifest.text);
    });
});

test("refuses bad manifests for the reason of the vectors", () => {
    for (const { name, class: reason, text } of badManifests) {
        assert.equal(reasonOf(() => parseElection(text)), reason, name);
    }
});

test("makes the vectors' ballots byte by byte and accepts them", () => {
    elections.forEach(({ ballots }, e) => {
        for (const vector of ballots) {
            const made = makeBallot(read[e], {
                member: vector.member - 1,
                voteKey: bytesOf(vector.x),
                seed: bytesOf(vector.seed),
                choices: vector.choices,
                code: vector.code,
            });
            assert.equal(hex(made.root), vector.root);
            assert.equal(hex(made.proofRoot), vector.proof_root);
            assert.deepEqual(made.r.map(hex), vector.r);
            assert.equal(hex(made.tag), vector.tag);
            assert.equal(hex(made.fingerprint), vector.fingerprint);
            assert.equal(hex(made.hash), vector.text_sha256);
            assert.equal(made.text, vector.text);
            assert.equal(utf8Decode(made.note), vector.note);
            checkBallot(read[e], made.note);
        }
    });
});

test("a challenge holds for the seed, the choices and the code it was made with alone", () => {
    elections.forEach(({ challenge }, e) => {
        for (const vector of challenge) {
            const opened = {
                seed: bytesOf(vector.seed),
                choices: vector.choices,
                code: vector.code,
                fingerprint: bytesOf(vector.fingerprint),
            };
            assert.equal(challengeHolds(read[e], opened), vector.holds);
        }
    });
});

elections.forEach(({ must_fail: bad, manifest }, e) => {
    test(`refuses false ballots of ${manifest.read.id} at the right step`, () => {
        for (const vector of bad) {
            const seen = new Set((vector.seen ?? []).map((tag) => key(base64Decode(tag))));
            const check = () => checkBallot(read[e], noteBytes(vector), (tag) => seen.has(tag));
            assert.equal(reasonOf(check), vector.class, vector.name);
        }
    });
});

/** An election of the vectors that has what a test needs, and its parsed manifest. */
function choose(fits) {
    const e = elections.findIndex((one, i) => fits(one, read[i]));
    assert.ok(e >= 0, "no election of the vectors is of this kind");
    return { vector: elections[e], election: read[e] };
}

test("checking in slices gives the same verdict and lets others run", async () => {
    const { vector, election } = choose(({ must_fail: bad }, { limits }) => limits.length > 0 && bad.some(({ class: name }) => name === "ring"));
    const [good] = vector.ballots;
    let pauses = 0;
    const pause = async () => void (pauses += 1);
    await checkBallotAsync(election, noteBytes(good), () => false, pause);
    assert.ok(pauses > election.candidates.length);
    const bad = vector.must_fail.find(({ class: name }) => name === "ring");
    const check = checkBallotAsync(election, noteBytes(bad), () => false, pause);
    await assert.rejects(check, { rule: "ballot.ring" });
});

test("refuses to make a ballot that breaks a limit or a recusal", () => {
    const isRecused = ({ roll }, { member }) => roll[member - 1].recused.length > 0;
    const { vector, election } = choose(({ ballots }, held) => held.limits.length > 0 && ballots.some((one) => isRecused(held, one)));
    const ballot = vector.ballots.find((one) => isRecused(election, one));
    const making = (member, choices) => () =>
        makeBallot(election, { member, voteKey: bytesOf(ballot.x), seed: bytesOf(ballot.seed), choices, code: ballot.code });
    const own = ballot.member - 1;
    const { recused } = election.roll[own];
    const highest = election.candidates.map((_, i) => (recused.includes(i) ? 0 : election.grades.length - 1));
    assert.equal(reasonOf(making(own, highest)), "limit");
    assert.equal(reasonOf(making(own, election.candidates.map((_, i) => (i === recused[0] ? 1 : 0)))), "recused");
    const other = election.roll.findIndex((_, i) => i !== own);
    assert.equal(reasonOf(making(other, election.candidates.map(() => 0))), "voter");
});
