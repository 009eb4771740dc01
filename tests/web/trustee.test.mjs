/* ceremony, rehearsal, shares, sums and counts: tests/vectors/trustee.json */
import assert from "node:assert/strict";
import test from "node:test";
import { hex } from "../../web/lib/bytes.js";
import * as ceremonies from "../../web/lib/ceremony.js";
import { base } from "../../web/lib/group.js";
import { sha256 } from "../../web/lib/hash.js";
import { keysAgree, lagrange } from "../../web/lib/interpolation.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { printText } from "../../web/lib/statement.js";
import { combine, combineAll, decode, sumsHash } from "../../web/lib/tally.js";
import * as trustees from "../../web/lib/trustee.js";
import { bytesOf, reasonOf, vectors } from "./vectors.mjs";

const ZEROS = new Uint8Array(32);
const all = vectors("trustee").ceremonies;
const list = (texts) => texts.map(bytesOf);

for (const vector of all) {
    const ceremony = ceremonies.parseCeremony(vector.text);
    const keys = vector.trustees.map(({ code }) => deriveKeys(bytesOf(code)));
    const boxKeys = keys.map(({ box }) => box.publicKey);
    const dealings = vector.dealings.map(({ A }) => list(A));

    test(`${vector.name}: ceremony and dealings are the vectors'`, () => {
        assert.equal(hex(ceremony.hash), vector.ceremony);
        assert.deepEqual([ceremony.t, ceremony.trustees.length], [vector.t, vector.n]);
        vector.trustees.forEach(({ index, id, box_public: box, box_secret: secret }, i) => {
            assert.deepEqual([ceremony.trustees[i].index, ceremony.trustees[i].id], [index, id]);
            assert.deepEqual([hex(keys[i].box.publicKey), hex(keys[i].box.privateKey)], [box, secret]);
        });
        assert.equal(ceremonies.printCeremony(ceremony), vector.text);
        vector.dealings.forEach((want, i) => {
            const { index } = want;
            const secret = keys[i].trustee;
            assert.equal(hex(secret), vector.trustees[i].trustee_secret);
            assert.deepEqual(ceremonies.coefficients(ceremony, index, secret).map(hex), want.coefficients);
            const made = ceremonies.makeDealing(ceremony, index, secret, boxKeys, ZEROS);
            assert.deepEqual(made.A.map(hex), want.A);
            assert.equal(hex(made.proof), want.proof);
            assert.deepEqual(made.sealed.map(hex), want.sealed);
            ceremonies.checkDealing(ceremony, index, made);
            const text = printText("trustee.deal", ceremony.origin, [
                ["密钥仪式", ceremony.hash],
                ["序号", index],
                ...made.A.map((point) => ["承诺", point]),
                ["证明", made.proof],
                ...made.sealed.map((seal) => ["密封份额", seal]),
            ]);
            assert.equal(text, want.text);
            made.sealed.forEach((sealed, j) => {
                const held = { hash: ceremony.hash, dealer: index, index: j + 1, A: made.A, sealed };
                const share = ceremonies.openShare({ ...held, box: keys[j].box });
                assert.equal(hex(share), want.opened[j]);
            });
        });
        const hashes = vector.dealings.map(({ text }) => sha256(text));
        assert.equal(hex(ceremonies.dealingsHash(hashes)), vector.dealings_hash);
        assert.equal(hex(ceremonies.electionKey(dealings)), vector.K);
        vector.trustees.forEach(({ index, x, X }) => {
            const shares = vector.dealings.map(({ opened }) => bytesOf(opened[index - 1]));
            assert.equal(hex(ceremonies.shareKey(shares)), x);
            assert.equal(hex(ceremonies.shareKeyPoint(dealings, index)), X);
        });
    });

    test(`${vector.name}: refuses bad dealings and judges complaints`, () => {
        for (const bad of vector.bad_dealings) {
            const dealing = { A: list(bad.A), proof: bytesOf(bad.proof), sealed: list(bad.sealed) };
            const reason = reasonOf(() => ceremonies.checkDealing(ceremony, bad.index, dealing));
            assert.equal(reason, bad.reason, bad.name);
        }
        for (const one of vector.complaints) {
            const held = {
                hash: ceremony.hash,
                dealer: one.dealer,
                index: one.complainer,
                A: dealings[one.dealer - 1],
                sealed: bytesOf(one.sealed),
            };
            const { box } = keys[one.complainer - 1];
            const opens = reasonOf(() => ceremonies.openShare({ ...held, box })) === "";
            assert.equal(opens, one.opens, one.name);
            const published = { plain: bytesOf(one.published), ephemeral: bytesOf(one.ephemeral) };
            const wrong = ceremonies.judge({ ...held, boxPublic: box.publicKey, ...published });
            assert.equal(wrong, one.wrong, one.name);
        }
        const [first] = vector.complaints;
        const answer = ceremonies.publishShare(ceremony, first.dealer, first.complainer, keys[first.dealer - 1].trustee);
        assert.equal(hex(answer.plain), first.published);
        assert.equal(hex(answer.ephemeral), first.ephemeral);
    });

    test(`${vector.name}: rehearsals agree`, () => {
        assert.equal(hex(trustees.rehearsalPoint(ceremony.hash)), vector.rehearsal.alpha);
        const D = vector.rehearsal.each.map((want) => {
            const { x, X } = vector.trustees[want.index - 1];
            const made = trustees.makeRehearsal(ceremony.hash, want.index, bytesOf(x), ZEROS);
            assert.equal(hex(made.D), want.D);
            assert.equal(hex(made.proof), want.proof);
            trustees.checkRehearsal(ceremony.hash, want.index, bytesOf(X), made);
            return made.D;
        });
        assert.ok(trustees.rehearsalsAgree(D, ceremony.t));
        assert.ok(!trustees.rehearsalsAgree([...D.slice(0, -1), base(ZEROS.slice().fill(1))], ceremony.t));
        const X = vector.trustees.map((one) => bytesOf(one.X));
        assert.ok(keysAgree(bytesOf(vector.K), X, ceremony.t));
        assert.ok(!keysAgree(X[0], X, ceremony.t));
        for (const { indices, lambda } of vector.lagrange) {
            assert.deepEqual(lagrange(indices).map(hex), lambda);
        }
    });

    test(`${vector.name}: any t shares give the counts, a false one is refused`, () => {
        const { tally: want } = vector;
        const M = bytesOf(want.M);
        const tally = { ballots: want.ballots, alphas: list(want.alphas), betas: list(want.betas) };
        const subject = { M, sumsHash: sumsHash(M, tally), alphas: tally.alphas };
        assert.equal(hex(subject.sumsHash), want.sums_hash);
        const shares = want.shares.map((share) => {
            const { x, X } = vector.trustees[share.index - 1];
            const made = trustees.makeShare(subject, share.index, bytesOf(x), ZEROS);
            assert.deepEqual(made.D.map(hex), share.D);
            assert.equal(hex(made.proof), share.proof);
            trustees.checkShare(subject, share.index, bytesOf(X), made);
            return { index: share.index, D: made.D };
        });
        for (let from = 0; from + ceremony.t <= shares.length; from++) {
            assert.deepEqual(combine(tally, shares.slice(from), ceremony.t).map(hex), want.T);
        }
        const totals = combineAll(tally, shares, ceremony.t);
        assert.deepEqual(decode(want.weights, want.ballots, totals), want.counts);
        const fewer = () => decode(want.weights, want.undecodable.ballots, totals);
        assert.equal(reasonOf(fewer), "counts");
        assert.equal(reasonOf(() => combine(tally, [shares[0], shares[0], shares[0]], ceremony.t)), "shares");
        for (const bad of vector.bad_shares) {
            const share = { D: list(bad.D), proof: bytesOf(bad.proof) };
            const X = bytesOf(vector.trustees[bad.index - 1].X);
            const reason = reasonOf(() => trustees.checkShare(subject, bad.index, X, share));
            assert.notEqual(reason, "", bad.name);
        }
    });
}
