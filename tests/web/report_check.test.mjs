/**
 * A stranger with a file and a proof: what may be painted green, and what may not.
 * covers: tar
 */
import assert from "node:assert/strict";
import test from "node:test";
import { concat, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { openCheckpoint } from "../../web/lib/checkpoint.js";
import { readParts } from "../../web/lib/parts.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { COSIGNATURE, keyId, line, vkeyParse, vkeyPrint } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";
import { isTar, readTar } from "../../web/lib/tar.js";
import { findBlocks } from "../../web/pages/report-check/blocks.js";
import { judge, originOf } from "../../web/pages/report-check/judge.js";
import { openBundle, readFile } from "../../web/pages/report-check/intake.js";
import { isProven } from "../../web/ui/state.js";
import { bundleOf, evidenceOf, partsOf, tarOf } from "./evidence_of.mjs";
import { ReviewWorld } from "./review_world.mjs";
import { ORIGIN } from "./world.mjs";

const world = new ReviewWorld().reviewed({ after: "保留" });
world.file("paper-1");
world.sign("paper-1", "rev-a");
const early = world.entries.length;
world.sign("paper-1", "rev-b", "保留意见");
world.sign("paper-1", "rev-c");
world.file("site-1", { site: "org-1" });
world.sign("site-1", "rev-b", "不同意");
world.file("site-1", { site: "org-1" });
world.sign("site-1", "rev-c");
world.replace("team-1", "rev-c", "rev-d");

const { vkey } = world;

/** Cosigns a checkpoint (tlog-cosignature): time, then the signature over it and the text. */
const WITNESS = (() => {
    const name = "witness.example/1";
    const { sign } = world.keysOf("a witness");
    const time = concat(new Uint8Array(4), Uint8Array.of(0x6b, 0, 0, 0));
    const seconds = 0x6b000000;
    const cosign = (text) => {
        const message = concat(utf8(`cosignature/v1\ntime ${seconds}\n`), utf8(text));
        const signature = sodium.crypto_sign_detached(message, sign.privateKey);
        return line(name, keyId(name, COSIGNATURE, sign.publicKey), concat(time, signature));
    };
    return { vkey: vkeyPrint(name, COSIGNATURE, sign.publicKey), line: cosign };
})();
const paper = evidenceOf(world, "paper-1", 1);
const document = world.fileOf("paper-1", 1);

test("a complete report with its file is proved, and names who signed what", () => {
    const result = judge({ evidence: paper, vkey, document });
    assert.equal(result.verdict, "complete");
    assert.equal(result.match, "same");
    assert.ok(isProven(result));
    assert.deepEqual(result.filed.signers.map(({ person, verdict }) => `${person} ${verdict}`),
        ["rev-a agreed", "rev-b reserved", "rev-c agreed"]);
    assert.equal(result.size, world.entries.length);
    assert.equal(originOf(paper), ORIGIN);
});

test("an_other_file_is_never_proved", () => {
    const result = judge({ evidence: paper, vkey, document: world.fileOf("paper-1", 2) });
    assert.equal(result.verdict, "other");
    assert.ok(!isProven(result));
});

test("without a file the signatures are proved, and no file matches", () => {
    const result = judge({ evidence: paper, vkey, document: null });
    assert.equal(result.verdict, "complete");
    assert.equal(result.match, "none");
});

test("an earlier checkpoint says what stood then", () => {
    const result = judge({ evidence: evidenceOf(world, "paper-1", 1, early), vkey, document });
    assert.equal(result.verdict, "open");
    assert.equal(result.size, early);
});

test("a superseded version is void, a changed team leaves the former signature", () => {
    const void_ = judge({ evidence: evidenceOf(world, "site-1", 1), vkey, document: null });
    assert.equal(void_.verdict, "void");
    assert.equal(void_.filed.how, "superseded");
    const open = judge({ evidence: evidenceOf(world, "site-1", 2), vkey, document: null });
    assert.equal(open.verdict, "open");
    assert.deepEqual(open.filed.former.map(({ person }) => person), ["rev-c"]);
});

test("a_proof_under_another_key_is_refused", () => {
    const other = new ReviewWorld();
    other.logPair = other.servicePair;
    assert.equal(ruleOf(() => judge({ evidence: paper, vkey: other.vkey, document })), "checkpoint.signature");
});

test("a_proof_with_a_signature_left_out_is_not_complete", () => {
    const text = utf8Decode(evidenceOf(world, "paper-1", 1));
    assert.equal(ruleOf(() => judge({ evidence: utf8(text.replace("意见：同意", "意见：不同")), vkey, document })), "merkle.inclusion");
});

test("the codes of a signing page carry the same proof", async () => {
    const texts = partsOf(paper);
    assert.ok(texts.length >= 2 && texts.every((text) => text.length <= 1950));
    assert.deepEqual(await readParts(texts.reverse()), paper);
});

test("only_witnesses_that_this_device_knows_are_counted", () => {
    assert.equal(judge({ evidence: paper, vkey, document }).witnesses, 0);
    assert.equal(judge({ evidence: paper, vkey, witnesses: [WITNESS.vkey], document }).witnesses, 0);
    const cosigned = concat(paper, utf8(WITNESS.line(openCheckpoint(world.checkpoint(), vkeyParse(vkey)).text)));
    assert.equal(judge({ evidence: cosigned, vkey, witnesses: [WITNESS.vkey], document }).witnesses, 1);
    assert.equal(judge({ evidence: cosigned, vkey, witnesses: [], document }).witnesses, 0);
});

/* --- bundles and files --- */

const fileOf = (name, bytes) => ({ name, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });

test("a bundle gives evidence, key and document", async () => {
    const bundle = bundleOf(world, "paper-1", 1, world.documentOf("paper-1", 1));
    assert.equal((await readFile(fileOf("b.tar", bundle))).kind, "bundle");
    const { evidence, vkey: told, document: held } = openBundle(bundle);
    assert.deepEqual(evidence, paper);
    assert.equal(told, vkey);
    assert.deepEqual(held.bytes, world.documentOf("paper-1", 1));
});

test("what a file is, its first bytes say and not its name", async () => {
    const kind = async (bytes) => (await readFile(fileOf("evidence.txt", bytes))).kind;
    assert.equal(await kind(paper), "evidence");
    assert.equal(await kind(utf8(partsOf(paper).join("\n"))), "parts");
    assert.equal(await kind(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)), "image");
    assert.equal(await kind(utf8("%PDF-1.7\n")), "file");
    assert.equal(await kind(new Uint8Array(0)), "file");
});

test("long names stand in two fields, and what is no plain file is passed over", () => {
    const name = `${"r".repeat(63)}-v1/statements/000123-organisation.delegate.with-a-longer-tail-than-any.txt`;
    const tar = tarOf([{ name, bytes: utf8("a") }, { name: "x/b", bytes: new Uint8Array(512) }]);
    assert.deepEqual(readTar(tar).map((one) => [one.name, one.bytes.length]), [[name, 1], ["x/b", 512]]);
});

test("refuses_a_tar_that_is_cut_or_changed", () => {
    const tar = tarOf([{ name: "x/evidence.txt", bytes: utf8("evidence") }]);
    const changed = Uint8Array.from(tar);
    changed[0] ^= 1;
    assert.equal(ruleOf(() => readTar(changed)), "tar.form");
    assert.equal(ruleOf(() => readTar(tar.slice(0, 515))), "tar.form");
    assert.equal(ruleOf(() => readTar(tar.slice(0, 300))), "tar.form");
    assert.equal(ruleOf(() => openBundle(tarOf([{ name: "x/README.txt", bytes: utf8("x") }]))), "report_bundle.missing");
    assert.equal(isTar(utf8("%PDF-1.7")), false);
});

/* --- several codes on one page --- */

const [WIDE, HIGH] = [340, 480];

/** A page of paper, darker to one side, with grey squares where codes stand and thin lines of text. */
function pageWith(squares) {
    const data = Uint8Array.from({ length: WIDE * HIGH }, (_, i) => 235 - Math.floor((60 * (i % WIDE)) / WIDE));
    const darken = (x, y, part) => { data[y * WIDE + x] = Math.round(data[y * WIDE + x] * part); };
    for (const [left, top, side] of squares) {
        for (let y = top; y < top + side; y += 1) for (let x = left; x < left + side; x += 1) darken(x, y, 0.55);
    }
    for (let line = 20; line < 200; line += 12) for (let x = 20; x < 300; x += 1) if (x % 7 < 5) darken(x, line, 0.5);
    return { data, width: WIDE, height: HIGH };
}

const surrounds = ({ x, y, width, height }, [left, top, side]) => x <= left && y <= top && x + width >= left + side && y + height >= top + side;

test("each code of a page is cut out for itself, and no line of text is", () => {
    const squares = [[30, 300, 80], [130, 300, 80], [230, 300, 80], [30, 395, 80]];
    const blocks = findBlocks(pageWith(squares));
    assert.equal(blocks.length, squares.length);
    for (const square of squares) {
        const holding = blocks.filter((block) => surrounds(block, square));
        assert.equal(holding.length, 1);
        assert.ok(holding[0].width < 100 && holding[0].height < 100, "and nothing of its neighbour");
    }
});

test("a page without codes has no blocks", () => assert.deepEqual(findBlocks(pageWith([])), []));
