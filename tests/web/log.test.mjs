/* tree, tiles, checkpoints, receipts: tests/vectors/merkle-*.json and the values of C2SP */
import assert from "node:assert/strict";
import test from "node:test";
import { base64, base64Decode, hex, utf8 } from "../../web/lib/bytes.js";
import { countCosigned, isWitnessed, openCheckpoint, parsePolicy, signCheckpoint, splitNote } from "../../web/lib/checkpoint.js";
import { makeEntry, parseEntry } from "../../web/lib/entry.js";
import { Edge, Tree, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "../../web/lib/merkle.js";
import { printReceipt, verifyReceipt } from "../../web/lib/receipt.js";
import { ED25519, isSignature, signLine, vkeyParse, vkeyPrint } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";
import { bundlesOf, checkTile, joinBundle, parsePath, splitBundle, tileContents, tilePath, tilesOf } from "../../web/lib/tile.js";
import { bytesOf, reasonOf, vectors } from "./vectors.mjs";

const decode = (text) => new Uint8Array(Buffer.from(text ?? "", "base64"));

test("inclusion and consistency are those of the public vectors", () => {
    for (const one of vectors("merkle-inclusion")) {
        const path = (one.proof ?? []).map(decode);
        const verify = () => verifyInclusion(decode(one.leafHash), one.leafIdx, one.treeSize, decode(one.root), path);
        assert.equal(reasonOf(verify) !== "", one.wantErr, one.name);
    }
    for (const one of vectors("merkle-consistency")) {
        const older = { size: one.size1, root: decode(one.root1) };
        const newer = { size: one.size2, root: decode(one.root2) };
        const verify = () => verifyConsistency(older, newer, (one.proof ?? []).map(decode));
        const tooShort = older.root.length !== 32;
        assert.equal(reasonOf(verify) !== "", one.wantErr || tooShort, one.name);
    }
});

const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

test("roots are those of RFC 6962's test tree, leaf by leaf", () => {
    assert.equal(hex(leafHash(utf8("L123456"))), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    assert.equal(hex(nodeHash(utf8("N123"), utf8("N456"))), "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    const edge = new Edge();
    LEAVES.forEach((leaf) => edge.append(leafHash(bytesOf(leaf))));
    assert.equal(hex(edge.root()), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
});

test("proofs of a tree verify for every size, and no other size", () => {
    const leaves = Array.from({ length: 20 }, (_, i) => leafHash(Uint8Array.of(i)));
    const tree = new Tree(leaves);
    const edge = new Edge();
    leaves.forEach((leaf, i) => {
        edge.append(leaf);
        assert.deepEqual(edge.root(), tree.root(i + 1));
    });
    for (let size = 1; size <= 20; size++) {
        for (let i = 0; i < size; i++) {
            const path = tree.proveInclusion(i, size);
            verifyInclusion(leaves[i], i, size, tree.root(size), path);
            assert.equal(reasonOf(() => verifyInclusion(leaves[i], i, size, tree.root(21 - size), path)), 21 - size === size ? "" : "inclusion");
            const older = { size: i + 1, root: tree.root(i + 1) };
            verifyConsistency(older, { size, root: tree.root(size) }, tree.proveConsistency(i + 1, size));
        }
    }
});

test("tiles and bundles have one name each", () => {
    assert.equal(tilePath({ level: 15, index: 455667, width: 256 }), "tile/15/x455/667");
    assert.equal(tilePath({ level: 15, index: 123456789, width: 41 }), "tile/15/x123/x456/789.p/41");
    assert.deepEqual(parsePath("tile/entries/x001/x234/067"), { level: null, index: 1234067, width: 256 });
    for (const bad of ["tile/64/000", "tile/0/x001", "tile/0/x001/", "tile/0/067.p", "tile/0/067.p/", "tile/0/067.p/0", "tile/0/067.p/256", "tile/0/x000/067", "tile/00/067", "tile/entries/0067"]) {
        assert.equal(reasonOf(() => parsePath(bad)), "path", bad);
    }
    assert.deepEqual(bundlesOf(257).map(tilePath), ["tile/entries/000", "tile/entries/001.p/1"]);
    assert.deepEqual(tilesOf(256).map(tilePath), ["tile/0/000", "tile/1/000.p/1"]);
    const many = tilesOf(70000).map(tilePath);
    assert.equal(many.length, 274 + 2 + 1);
    assert.ok(many.includes("tile/0/273.p/112") && many.includes("tile/1/001.p/17") && many.includes("tile/2/000.p/1"));
});

const WORDS = "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(" ");

test("the tiled log of 15 is Tessera's", () => {
    const leaves = WORDS.map((word) => leafHash(utf8(word)));
    const tree = new Tree(leaves);
    assert.equal(base64(tree.root(2)), "T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=");
    assert.equal(base64(tree.root()), "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
    const bundle = joinBundle(WORDS.slice(0, 2).map(utf8));
    assert.equal(hex(bundle), "00036f6e65000374776f");
    assert.deepEqual(splitBundle(bundle), WORDS.slice(0, 2).map(utf8));
    assert.equal(reasonOf(() => splitBundle(bundle.slice(0, -1))), "form");
    const tile = { level: 0, index: 0, width: 2 };
    const contents = tileContents(tile, tree);
    assert.match(hex(contents), /^d0d7360a.{56}ab1ab7f0/);
    checkTile(contents, tile, tree);
    contents[63] ^= 1;
    assert.equal(reasonOf(() => checkTile(contents, tile, tree)), "tile");
});

test("notes and vkeys of C2SP verify, and damaged vkeys do not", () => {
    const good = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    const key = vkeyParse(good);
    assert.equal(vkeyPrint(key.name, ED25519, key.publicKey), good);
    const text = "This is an example message.\n";
    const note = `${text}\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n`;
    const { lines } = splitNote(utf8(note));
    assert.ok(isSignature(key.publicKey, utf8(text), lines[0].signature));
    for (const bad of ["PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", good.slice(1), good.slice(0, -1)]) {
        assert.notEqual(reasonOf(() => vkeyParse(bad)), "", bad);
    }
    const seed = base64Decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").slice(1);
    const pair = sodium.crypto_sign_seed_keypair(seed);
    const saying = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    assert.equal(signLine("PeterNeumann", pair, utf8(saying)), "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
});

const ORIGIN = "dev.example/log/2026";
const logPair = sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(7));
const logKey = vkeyParse(vkeyPrint(ORIGIN, ED25519, logPair.publicKey));

test("a receipt holds for its entry, its log and its key alone", () => {
    const entries = WORDS.map((word) => makeEntry(1795320000, utf8(`${word}\n`)));
    const tree = new Tree(entries.map(leafHash));
    const checkpoint = signCheckpoint({ origin: ORIGIN, size: 15, root: tree.root() }, logPair);
    const receipt = printReceipt({ entry: entries[6], index: 6, path: tree.proveInclusion(6, 15), checkpoint });
    const read = verifyReceipt(receipt, logKey);
    assert.deepEqual(read.note, utf8("seven\n"));
    assert.equal(read.index, 6);
    const wrong = printReceipt({ entry: entries[7], index: 6, path: tree.proveInclusion(6, 15), checkpoint });
    assert.equal(reasonOf(() => verifyReceipt(wrong, logKey)), "inclusion");
    const stranger = vkeyParse(vkeyPrint(ORIGIN, ED25519, sodium.crypto_sign_seed_keypair(new Uint8Array(32)).publicKey));
    assert.equal(reasonOf(() => verifyReceipt(receipt, stranger)), "signature");
    const elsewhere = vkeyParse(vkeyPrint("dev.example/other", ED25519, logPair.publicKey));
    assert.equal(reasonOf(() => verifyReceipt(receipt, elsewhere)), "origin");
    for (let cut = 1; cut < receipt.length; cut += 7) {
        assert.notEqual(reasonOf(() => verifyReceipt(receipt.slice(0, cut), logKey)), "", `cut at ${cut}`);
    }
});

test("refuses a checkpoint of another form", () => {
    const root = base64(new Uint8Array(32));
    for (const body of [`${ORIGIN}\n1\n${root}\nmore\n`, `${ORIGIN}\n01\n${root}\n`, `${ORIGIN}\n1\n`, `${ORIGIN}\n1\nAAAA\n`]) {
        const note = utf8(`${body}\n${signLine(ORIGIN, logPair, utf8(body))}`);
        assert.equal(reasonOf(() => openCheckpoint(note, logKey)), "form", body);
    }
});

test("a policy counts the witnesses it knows, never lines", () => {
    const pairs = [1, 2, 3].map((n) => sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(n)));
    const names = pairs.map((_, i) => `witness-${i}.example`);
    const keys = pairs.map((pair, i) => vkeyPrint(names[i], Uint8Array.of(4), pair.publicKey));
    const policy = parsePolicy(`# ours\n${keys.map((vkey, i) => `witness w${i} ${vkey}`).join("\n")}\ngroup two 2 w0 w1 w2\nquorum two\n`);
    const head = { origin: ORIGIN, size: 1, root: new Uint8Array(32) };
    const signed = signCheckpoint(head, logPair);
    const body = new TextDecoder().decode(signed).split("\n\n")[0];
    const cosign = (i, time) => {
        const stamp = Buffer.alloc(8);
        stamp.writeBigUInt64BE(BigInt(time));
        const message = utf8(`cosignature/v1\ntime ${time}\n${body}\n`);
        const signature = sodium.crypto_sign_detached(message, pairs[i].privateKey);
        const { id } = vkeyParse(keys[i]);
        return `— ${names[i]} ${base64(new Uint8Array([...id, ...stamp, ...signature]))}\n`;
    };
    const with_ = (...lines) => openCheckpoint(utf8(new TextDecoder().decode(signed) + lines.join("")), logKey);
    assert.equal(isWitnessed(with_(), policy).met, false);
    assert.equal(isWitnessed(with_(cosign(0, 9), cosign(0, 10)), policy).met, false);
    assert.equal(isWitnessed(with_(cosign(0, 9), cosign(2, 10)), policy).met, true);
    assert.equal(isWitnessed(with_(cosign(0, 9), cosign(2, 0)), policy).met, false);
    assert.equal(reasonOf(() => parsePolicy("quorum two\n")), "form");
    const known = [...policy.witnesses.values()].slice(0, 2);
    assert.equal(countCosigned(with_(cosign(0, 9), cosign(2, 10)), [...known, known[0]]), 1);
    assert.equal(countCosigned(with_(cosign(2, 10)), known), 0);
    assert.equal(countCosigned(with_(cosign(0, 9)), []), 0);
});

test("an entry is a time line and a note", () => {
    const entry = makeEntry(1795320000, utf8("note\n"));
    assert.deepEqual(parseEntry(entry), { time: 1795320000, note: utf8("note\n") });
    assert.equal(reasonOf(() => parseEntry(entry.slice(1))), "form");
    assert.equal(reasonOf(() => parseEntry(new Uint8Array(65536))), "size");
    assert.equal(reasonOf(() => parseEntry(utf8("xiling/entry/v1 1970-01-01T07:59:59+08:00\nx"))), "time");
});
