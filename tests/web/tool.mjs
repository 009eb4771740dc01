/*
 * tool.mjs - the JavaScript twin on the command line: makes and checks what C makes and checks.
 *
 *   node tests/web/tool.mjs <command> <arguments>
 *
 *   election-verify <manifest>                   M, h, K, totals and sizes as JSON
 *   ballot-make <manifest> <json file or ->      prints the note; JSON fields below
 *   ballot-verify <manifest> <note>              prints tag, fingerprint and text hash as JSON
 *   challenge-verify <manifest> <json>           seed, choices, code, fingerprint
 *   tally <manifest> <note>...                   sums as JSON: ballots, alphas, betas, sums_hash
 *   share-make <manifest> <json>                 index, x, sums_hash, alphas -> D, proof
 *   share-verify <manifest> <json>               index, sums_hash, alphas, D, proof
 *   statement-verify <row json> <note>           { type, fields, signers: [{name, public}] }
 *   receipt-verify <vkey> <receipt>
 *   types-compare <json of xiling-audit types json>
 *   log-make <folder>                            a year of a fictional committee, as files of a log
 *   log-verify <folder> <vkey> [<genesis hex>]   steps V1 … V21 of such a folder, exit 1 if one fails
 *   seal <json> <plain> / open <json> <sealed>   suite, readers / boxes: [{public, secret}]; stdout
 *
 * ballot-make: { member (from 1), x, seed, choices, code }. Binary is hex. A refusal prints
 * {"rule": …} on stderr and exits 1; anything else that goes wrong exits 2.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyLog } from "../../web/lib/audit.js";
import { hex, hexDecode } from "../../web/lib/bytes.js";
import { challengeHolds, checkBallot, fingerprint } from "../../web/lib/ballot.js";
import { makeBallot } from "../../web/lib/ballot_make.js";
import { parseEntry } from "../../web/lib/entry.js";
import { parseElection } from "../../web/lib/election.js";
import { verifyReceipt } from "../../web/lib/receipt.js";
import { Refusal, must } from "../../web/lib/refusal.js";
import { openSealed, sealDocument } from "../../web/lib/sealed.js";
import { signerOf, vkeyParse } from "../../web/lib/signature.js";
import { checkRow, parseStatement, verifySignatures } from "../../web/lib/statement.js";
import { addBallot, checkTally, newTally, sumsHash } from "../../web/lib/tally.js";
import { bundlesOf, bundlePath, splitBundle } from "../../web/lib/tile.js";
import { checkShare, makeShare } from "../../web/lib/trustee.js";
import { TYPES } from "../../web/lib/types.js";
import { saveLog } from "./twin.mjs";
import { World } from "./world.mjs";

const file = (path) => readFileSync(path === "-" ? 0 : path);
const bytes = (path) => new Uint8Array(file(path));
const text = (path) => file(path).toString("utf8");
const json = (path) => JSON.parse(text(path));
const election = (path) => parseElection(text(path));
const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const list = (values) => values.map(hexDecode);

function electionVerify(manifest) {
    const { M, h, K, totals, sizes } = election(manifest);
    print({ M: hex(M), h: hex(h), K: hex(K), totals, sizes });
}

function ballotMake(manifest, input) {
    const { member, x, seed, choices, code } = json(input);
    const making = { member: member - 1, voteKey: hexDecode(x), seed: hexDecode(seed), choices, code };
    process.stdout.write(makeBallot(election(manifest), making).note);
}

function ballotVerify(manifest, note) {
    const read = election(manifest);
    const { tag, code, ciphertexts, hash } = checkBallot(read, bytes(note));
    const F = fingerprint(read.M, code, ciphertexts);
    print({ tag: hex(tag), fingerprint: hex(F), text_sha256: hex(hash) });
}

function challengeVerify(manifest, input) {
    const { seed, choices, code, fingerprint: shown } = json(input);
    const challenge = { seed: hexDecode(seed), choices, code, fingerprint: hexDecode(shown) };
    must(challengeHolds(election(manifest), challenge), "ballot.challenge");
}

function tallyOf(manifest, ...notes) {
    const read = election(manifest);
    const seen = new Set();
    let tally = newTally(read.candidates.length);
    for (const note of notes) {
        const ballot = checkBallot(read, bytes(note), (tag) => seen.has(tag));
        seen.add(hex(ballot.tag));
        tally = addBallot(tally, ballot.ciphertexts);
    }
    checkTally(tally);
    const { ballots, alphas, betas } = tally;
    print({ ballots, alphas: alphas.map(hex), betas: betas.map(hex), sums_hash: hex(sumsHash(read.M, tally)) });
}

function subjectOf(read, { sums_hash: hash, alphas }) {
    return { M: read.M, sumsHash: hexDecode(hash), alphas: list(alphas) };
}

function shareMake(manifest, input) {
    const given = json(input);
    const { D, proof } = makeShare(subjectOf(election(manifest), given), given.index, hexDecode(given.x));
    print({ index: given.index, D: D.map(hex), proof: hex(proof) });
}

function shareVerify(manifest, input) {
    const read = election(manifest);
    const { index, D, proof, ...given } = json(input);
    const share = { D: list(D), proof: hexDecode(proof) };
    checkShare(subjectOf(read, given), index, read.trustees[index - 1].X, share);
}

function statementVerify(rowFile, note) {
    const { type, fields, signers, origin = "" } = json(rowFile);
    const statement = parseStatement(bytes(note));
    const rows = fields.map((field) => ({ ...field, max: field.max ?? Infinity }));
    checkRow(statement, { type, fields: rows }, origin);
    verifySignatures(statement, signers.map((one) => signerOf(one.name, hexDecode(one.public))));
}

function receiptVerify(vkey, receipt) {
    const { index, time, checkpoint } = verifyReceipt(bytes(receipt), vkeyParse(vkey));
    print({ index, time, size: checkpoint.size });
}

/** What the C table and this one say of each type, in their order. */
function typesCompare(input) {
    const ours = TYPES.map(({ type, fields, article, logged }) => ({ type, fields, article, logged }));
    const theirs = json(input).map(({ type, fields, article, logged }) => ({ type, fields, article, logged }));
    const known = (name, value) => (name === "size" ? undefined : value === Infinity ? null : value);
    const plain = (rows) => JSON.stringify(rows, known).split("},{");
    const [a, b] = [plain(ours), plain(theirs)];
    const at = a.findIndex((field, i) => field !== b[i]);
    must(at < 0 && a.length === b.length, `types.differ ${a[at]} ${b[at]}`);
}

async function logMake(folder) {
    const world = new World().year();
    await saveLog(folder, world.served(), world.entries.length, world.vkey);
    print({ vkey: world.vkey, genesis: hex(world.pin.genesis), size: world.entries.length });
}

async function logVerify(folder, vkeyText, genesisHex) {
    const vkey = vkeyParse(vkeyText.trim());
    const bundles = async (index, width, path) => bytes(join(folder, path));
    const [first] = splitBundle(await firstBundle(folder));
    const genesis = genesisHex ? hexDecode(genesisHex) : parseStatement(parseEntry(first).note).hash;
    const report = await verifyLog({
        pin: { origin: vkey.name, vkey, genesis },
        checkpoint: bytes(join(folder, "checkpoint")),
        bundles,
        tiles: async (path) => bytes(join(folder, path)),
    });
    for (const { step, name, status, count, rule, entry } of report.findings) {
        console.log(`${step} ${name.en}: ${status} ${count}${rule ? ` ${rule}` : ""}${entry < 0 ? "" : ` at ${entry}`}`);
    }
    process.exitCode = report.holds ? 0 : 1;
}

/** The first bundle, full or partial. */
async function firstBundle(folder) {
    const [, size] = text(join(folder, "checkpoint")).split("\n");
    const [{ index, width }] = bundlesOf(Number(size));
    return bytes(join(folder, bundlePath({ index, width })));
}

function seal(input, plain) {
    const { suite, readers } = json(input);
    process.stdout.write(sealDocument(suite, list(readers), bytes(plain)));
}

function open(input, sealed) {
    const boxes = json(input).boxes.map((box) => ({
        publicKey: hexDecode(box.public),
        privateKey: hexDecode(box.secret),
    }));
    process.stdout.write(openSealed(bytes(sealed), boxes));
}

const COMMANDS = {
    "election-verify": electionVerify,
    "ballot-make": ballotMake,
    "ballot-verify": ballotVerify,
    "challenge-verify": challengeVerify,
    tally: tallyOf,
    "share-make": shareMake,
    "share-verify": shareVerify,
    "statement-verify": statementVerify,
    "receipt-verify": receiptVerify,
    "types-compare": typesCompare,
    "log-make": logMake,
    "log-verify": logVerify,
    seal,
    open,
};

const [command, ...rest] = process.argv.slice(2);
try {
    if (COMMANDS[command] === undefined) {
        throw new Error(`no such command; one of ${Object.keys(COMMANDS).join(", ")}`);
    }
    await COMMANDS[command](...rest);
} catch (error) {
    const refused = error instanceof Refusal;
    const { rule, field, at } = error;
    console.error(refused ? JSON.stringify({ rule, field, at }) : String(error.message));
    process.exitCode = refused ? 1 : 2;
}
