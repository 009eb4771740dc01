/*
 * case.mjs - the twin of case.c: a whole election in one JSON case.
 *
 *   node tests/cross/case.mjs make            prints a case: random inputs, and what JavaScript makes
 *   node tests/cross/case.mjs check <file>    makes everything again; exit 0 if byte by byte the same
 *   node tests/cross/case.mjs mutate <file>   the case's ballots, changed: { manifest, notes }
 *   node tests/cross/case.mjs verdicts <file> the rule that each of these breaks, a line each
 *
 * Inputs: ceremony, codes, fresh, manifest, vote_keys, appointed, ballots. What follows stands under
 * "made". Whatever is made is verified too.
 */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { checkBallot, fingerprint } from "../../web/lib/ballot.js";
import { checkChoices, makeBallot, tagOf } from "../../web/lib/ballot_make.js";
import { hex, hexDecode, randomBytes } from "../../web/lib/bytes.js";
import * as keyCeremony from "../../web/lib/ceremony.js";
import { ballotCode } from "../../web/lib/code.js";
import { parseElection, printElection } from "../../web/lib/election.js";
import { base } from "../../web/lib/group.js";
import { hidden, sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { decideOutcome, outcomeFields, questionOf } from "../../web/lib/outcome.js";
import { printText, printValue } from "../../web/lib/statement.js";
import { addBallot, checkTally, combineAll, decode, newTally, sumsHash } from "../../web/lib/tally.js";
import { checkRehearsal, checkShare, makeRehearsal, makeShare } from "../../web/lib/trustee.js";
import { rehearsalsAgree } from "../../web/lib/trustee.js";
import { checkTag, checkVoteKey, drawVoteKey, proveTag, proveVoteKey } from "../../web/lib/voter.js";

const ORIGIN = "test.example/log";
const list = (values) => values.map(hexDecode);
const below = (limit) => randomBytes(4).reduce((all, byte) => all * 256 + byte, 0) % limit;
const upTo = (count) => Array.from({ length: count }, (_, i) => i);

/* --- everything that follows from the inputs --- */

function dealingText(ceremony, index, { A, proof, sealed }) {
    const fields = [["密钥仪式", ceremony.hash], ["序号", index]];
    A.forEach((point) => fields.push(["承诺", point]));
    fields.push(["证明", proof]);
    sealed.forEach((one) => fields.push(["密封份额", one]));
    return printText("trustee.deal", ceremony.origin, fields);
}

function playCeremony(text, codes, fresh) {
    const ceremony = keyCeremony.parseCeremony(text);
    const keys = codes.map(deriveKeys);
    const boxes = keys.map(({ box }) => box.publicKey);
    const dealings = keys.map(({ trustee }, i) => {
        const dealing = keyCeremony.makeDealing(ceremony, i + 1, trustee, boxes, fresh);
        keyCeremony.checkDealing(ceremony, i + 1, dealing);
        return dealing;
    });
    const secrets = keys.map(({ box }, j) =>
        keyCeremony.shareKey(
            dealings.map(({ A, sealed }, i) => {
                const place = { hash: ceremony.hash, dealer: i + 1, index: j + 1 };
                return keyCeremony.openShare({ ...place, A, sealed: sealed[j], box });
            }),
        ),
    );
    const commitments = dealings.map(({ A }) => A);
    const X = secrets.map((_, j) => keyCeremony.shareKeyPoint(commitments, j + 1));
    return { ceremony, dealings, secrets, X, K: keyCeremony.electionKey(commitments) };
}

function playRehearsals({ ceremony, secrets, X }, fresh) {
    const rehearsals = secrets.map((x, j) => {
        const rehearsal = makeRehearsal(ceremony.hash, j + 1, x, fresh);
        checkRehearsal(ceremony.hash, j + 1, X[j], rehearsal);
        return rehearsal;
    });
    if (!rehearsalsAgree(rehearsals.map(({ D }) => D), ceremony.t)) {
        throw new Error("the rehearsals do not agree");
    }
    return rehearsals.map(({ D, proof }) => ({ D: hex(D), proof: hex(proof) }));
}

function playSignins(election, voteKeys, fresh) {
    return election.roll.map(({ id, P }, i) => {
        const proof = proveVoteKey(election.meeting, id, voteKeys[i], fresh);
        checkVoteKey(election.meeting, id, P, proof);
        return hex(proof);
    });
}

function playBurn(election, x, fresh) {
    const tag = tagOf(election, x);
    const proof = proveTag(election, election.roll[0].id, x, fresh);
    checkTag(election, election.roll[0], tag, proof);
    return { tag: hex(tag), proof: hex(proof) };
}

function playBallots(election, voteKeys, ballots) {
    let tally = newTally(election.candidates.length);
    const read = ballots.map(({ member, seed, choices, code }) => {
        const making = { member: member - 1, voteKey: voteKeys[member - 1], seed: hexDecode(seed), choices, code };
        const { note } = makeBallot(election, making);
        const { ciphertexts } = checkBallot(election, note);
        tally = addBallot(tally, ciphertexts);
        const F = fingerprint(election.M, code, ciphertexts);
        return { note: new TextDecoder().decode(note), fingerprint: hex(F) };
    });
    return { tally, notes: read.map(({ note }) => note), fingerprints: read.map((one) => one.fingerprint) };
}

function playCounts(election, { secrets, X }, tally, fresh) {
    checkTally(tally);
    const sums = sumsHash(election.M, tally);
    const subject = { M: election.M, sumsHash: sums, alphas: tally.alphas };
    const shares = secrets.map((x, j) => {
        const share = makeShare(subject, j + 1, x, fresh);
        checkShare(subject, j + 1, X[j], share);
        return { index: j + 1, ...share };
    });
    const totals = combineAll(tally, shares, election.t);
    const weights = election.grades.map(({ weight }) => weight);
    const shown = shares.map(({ D, proof }) => ({ D: D.map(hex), proof: hex(proof) }));
    return { sums_hash: hex(sums), shares: shown, counts: decode(weights, tally.ballots, totals) };
}

function playCase(inputs) {
    const fresh = hexDecode(inputs.fresh);
    const voteKeys = list(inputs.vote_keys);
    const held = playCeremony(inputs.ceremony, list(inputs.codes), fresh);
    const election = parseElection(inputs.manifest);
    const texts = held.dealings.map((dealing, i) => dealingText(held.ceremony, i + 1, dealing));
    const hashes = texts.map((text) => sha256(text));
    const { tally, notes, fingerprints } = playBallots(election, voteKeys, inputs.ballots);
    const counted = playCounts(election, held, tally, fresh);
    const question = questionOf(election, inputs.appointed, counted.counts);
    const fields = outcomeFields(election, counted.counts, decideOutcome(question));
    return {
        manifest: printElection(election),
        dealings: texts,
        dealings_hash: hex(keyCeremony.dealingsHash(hashes)),
        rehearsals: playRehearsals(held, fresh),
        X: held.X.map(hex),
        K: hex(held.K),
        signins: playSignins(election, voteKeys, fresh),
        burn: playBurn(election, voteKeys[0], fresh),
        notes,
        fingerprints,
        ...counted,
        lines: fields.map(([label, value]) => `${label}：${printValue(value)}\n`).join(""),
    };
}

/* --- drawing inputs, of shapes that case.c does not draw --- */

function drawCeremony() {
    const n = 2 + below(4);
    const t = Math.floor(n / 2) + 1 + below(n - Math.floor(n / 2));
    const trustees = upTo(n).map((i) => ({ index: i + 1, id: `keeper-${i + 1}`, enrolment: randomBytes(32) }));
    const text = keyCeremony.printCeremony({ origin: ORIGIN, id: "keys-js", t, trustees });
    return { text, trustees, t, codes: trustees.map(() => randomBytes(16)) };
}

function drawRules(candidates) {
    const top = 1 + below(3);
    const grades = upTo(top + 1).map((g) => ({ weight: g === 0 ? 0 : 1024 ** (g - 1), name: `第 ${g} 等` }));
    const from = (grade) => upTo(top + 1).slice(grade);
    const seats = upTo(top).map((i) => ({ grade: i + 1, k: 1 + below(candidates) }));
    const passes = upTo(top).map((i) => ({
        grades: from(i + 1),
        num: 1 + below(2),
        den: 2 + below(3),
        base: ["应到", "实到"][below(2)],
        comparison: ["不少于", "超过"][below(2)],
    }));
    const limits = upTo(below(3)).map((i) => ({ max: 1 + below(candidates), grades: from(1 + (i % top)) }));
    return { grades, limits, seats, passes };
}

function drawManifest({ trustees, t }, held, voteKeys) {
    const candidates = upTo(2 + below(4)).map((i) => ({ id: `c${i}`, name: `Example 机构 ${i}` }));
    const roll = voteKeys.map((x, i) => ({
        id: `p-${String(i).padStart(3, "0")}`,
        P: base(x),
        name: hidden("person.invite", "姓名", randomBytes(32), "张三"),
        recused: [],
    }));
    const recusals = upTo(below(3)).map((i) => ({ person: roll[i].id, candidate: candidates[i % 2].id }));
    return printElection({
        origin: ORIGIN,
        id: "election-js",
        meeting: "meeting-js",
        round: 2,
        previous: randomBytes(32),
        candidates,
        ...drawRules(candidates.length),
        roll,
        recusals,
        ceremony: held.ceremony.hash,
        trustees: trustees.map(({ index, id }) => ({ index, id, X: held.X[index - 1] })),
        t,
        K: held.K,
        window: 1 + below(600),
        opens: 1795330800,
        closes: 1795330801 + below(86400),
    });
}

/** Random grades, those that the rules forbid put back to 0. */
function drawChoices(election, member) {
    const choices = election.candidates.map(() => 0);
    choices.forEach((_, i) => {
        choices[i] = below(election.grades.length);
        try {
            checkChoices(election, member, choices);
        } catch {
            choices[i] = 0;
        }
    });
    return choices;
}

function drawCase() {
    const drawn = drawCeremony();
    const fresh = randomBytes(32);
    const held = playCeremony(drawn.text, drawn.codes, fresh);
    const voteKeys = upTo(6 + below(5)).map(() => drawVoteKey());
    const manifest = drawManifest(drawn, held, voteKeys);
    const election = parseElection(manifest);
    const ballots = voteKeys.slice(below(2)).map((_, i) => ({
        member: i + 1,
        seed: hex(randomBytes(32)),
        choices: drawChoices(election, i),
        code: ballotCode(),
    }));
    return {
        ceremony: drawn.text,
        codes: drawn.codes.map(hex),
        fresh: hex(fresh),
        manifest,
        vote_keys: voteKeys.map(hex),
        appointed: voteKeys.length + below(3),
        ballots,
    };
}

/* --- ballots changed at random: both languages must give the same verdict --- */

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** One character of base64 for another, a byte for another, or two equal lines exchanged. */
function mutate(note) {
    const bytes = Uint8Array.from(note);
    const places = upTo(bytes.length).filter((i) => BASE64.includes(String.fromCharCode(bytes[i])));
    const kind = below(10);
    if (kind < 7) {
        bytes[places[below(places.length)]] = BASE64.charCodeAt(below(64));
    } else if (kind < 9) {
        bytes[below(bytes.length)] ^= 1 << below(8);
    } else {
        return bytes.slice(0, -below(3));
    }
    return bytes;
}

function drawMutations({ manifest, made }, count) {
    const notes = made.notes.map((note) => new TextEncoder().encode(note));
    return { manifest, notes: upTo(count).map(() => hex(mutate(notes[below(notes.length)]))) };
}

function verdict(election, note) {
    try {
        checkBallot(election, note);
        return "";
    } catch (error) {
        return error.rule;
    }
}

/* --- --- */

const [command, path] = process.argv.slice(2);
const read = () => JSON.parse(readFileSync(path, "utf8"));
if (command === "make") {
    const inputs = drawCase();
    process.stdout.write(JSON.stringify({ ...inputs, made: playCase(inputs) }, null, 1));
} else if (command === "check") {
    const { made, ...inputs } = read();
    const expected = playCase(inputs);
    const names = new Set([...Object.keys(made), ...Object.keys(expected)]);
    for (const name of names) {
        if (!isDeepStrictEqual(made[name], expected[name])) {
            console.error(`${path}: ${name} differs`);
            process.exitCode = 1;
        }
    }
} else if (command === "mutate") {
    process.stdout.write(JSON.stringify(drawMutations(read(), 120)));
} else if (command === "verdicts") {
    const { manifest, notes } = read();
    const election = parseElection(manifest);
    list(notes).forEach((note) => console.log(verdict(election, note)));
} else {
    console.error("usage: case.mjs make | check <file> | mutate <file> | verdicts <file>");
    process.exitCode = 2;
}
