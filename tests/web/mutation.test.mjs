/* bytes from outside, changed at random: always a refusal with a rule, never another error */
import assert from "node:assert/strict";
import test from "node:test";
import { utf8, utf8Decode } from "../../web/lib/bytes.js";
import { checkBallot } from "../../web/lib/ballot.js";
import { parseCeremony } from "../../web/lib/ceremony.js";
import { openCheckpoint, parsePolicy } from "../../web/lib/checkpoint.js";
import { parseElection } from "../../web/lib/election.js";
import { checkNote } from "../../web/lib/record.js";
import { printReceipt, verifyReceipt } from "../../web/lib/receipt.js";
import { Refusal } from "../../web/lib/refusal.js";
import { openSealed, parseSealed } from "../../web/lib/sealed.js";
import { vkeyParse } from "../../web/lib/signature.js";
import { parseStatement } from "../../web/lib/statement.js";
import { parsePath, splitBundle } from "../../web/lib/tile.js";
import { parseEntry } from "../../web/lib/entry.js";
import { vectors } from "./vectors.mjs";
import { World } from "./world.mjs";

/* A small generator, so that a failure can be repeated. */
let seed = 20261122;
function random(below) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
}

const WORDS = ["", " ", "：", "\n", "\n\n", "0", "01", "9007199254740993", "#", "=", "org-1", "— ", "1/0", "-1", "\u0000", "乙"];

/** Text with a piece cut out, doubled or replaced, at random or along its words. */
function change(text) {
    const at = random(text.length);
    const word = WORDS[random(WORDS.length)];
    const parts = text.split(/(?<=[ ：\n])/);
    const i = random(parts.length);
    switch (random(5)) {
        case 0:
            return text.slice(0, at) + word + text.slice(at + random(8));
        case 1:
            return parts.filter((_, k) => k !== i).join("");
        case 2:
            return [...parts.slice(0, i), word, ...parts.slice(i + 1)].join("");
        case 3:
            return [...parts.slice(0, i), parts[i], ...parts.slice(i)].join("");
        default:
            return text.slice(0, at);
    }
}

function flip(bytes) {
    const out = bytes.slice(0, random(4) === 0 ? random(bytes.length) : bytes.length);
    if (out.length > 0) {
        out[random(out.length)] ^= 1 << random(8);
    }
    return out;
}

/** Passes if the call succeeds or refuses. */
function survives(call, what) {
    try {
        call();
    } catch (error) {
        assert.ok(error instanceof Refusal, `${what}: ${error.stack}`);
        assert.match(error.rule, /^[a-z]+\.[a-z_0-9]+$/);
    }
}

const world = new World().year();
const decode = (entry) => new TextDecoder().decode(parseEntry(entry).note);

test("texts of every type", () => {
    const { elections } = vectors("ballot");
    const { ceremonies } = vectors("trustee");
    for (let round = 0; round < 300; round++) {
        const manifest = change(elections[round % elections.length].manifest.text);
        survives(() => parseElection(manifest), manifest);
        survives(() => parseCeremony(change(ceremonies[round % ceremonies.length].text)), "ceremony");
    }
});

test("signed statements of every type, changed before they are signed", () => {
    const notes = [...new Map(world.entries.map((entry) => [/ ([a-z.]+)\n/.exec(decode(entry))[1], decode(entry)])).values()];
    for (let round = 0; round < 600; round++) {
        const [text, lines] = notes[round % notes.length].split("\n\n");
        const changed = `${change(text)}\n`;
        const names = lines.trim().split("\n").map((line) => line.split(" ")[1]).filter((name) => name !== "ring");
        survives(() => checkNote(world.state, world.note(changed, names), world.time), changed);
    }
});

test("ballots, receipts, checkpoints, bundles, sealed documents as bytes", () => {
    const [vector] = vectors("ballot").elections;
    const election = parseElection(vector.manifest.text);
    const ballot = utf8(vector.ballots[0].note);
    const checkpoint = world.checkpoint();
    const path = world.state.tree.proveInclusion(3, world.entries.length);
    const receipt = printReceipt({ entry: world.entries[3], index: 3, path, checkpoint });
    const sealed = new Uint8Array(Buffer.from(vectors("sealed").documents[0].sealed_b64, "base64"));
    const box = { publicKey: sealed.slice(2, 34), privateKey: new Uint8Array(32).fill(5) };
    const { vkey } = world.pin;
    for (let round = 0; round < 150; round++) {
        survives(() => checkBallot(election, flip(ballot)), "ballot");
        survives(() => parseStatement(flip(ballot)), "statement");
        survives(() => verifyReceipt(flip(receipt), vkey), "receipt");
        survives(() => openCheckpoint(flip(checkpoint), vkey), "checkpoint");
        survives(() => splitBundle(flip(sealed)), "bundle");
        survives(() => parseSealed(flip(sealed.slice(0, 200))), "sealed head");
        survives(() => parsePath(change("tile/0/x001/234.p/7")), "path");
        survives(() => vkeyParse(change(world.vkey)), "vkey");
        survives(() => parsePolicy(change(`log ${world.vkey}\nquorum none\n`)), "policy");
        survives(() => parseEntry(flip(world.entries[3])), "entry");
    }
    survives(() => openSealed(sealed, [box]), "sealed");
    assert.equal(utf8Decode(ballot), vector.ballots[0].note);
});
