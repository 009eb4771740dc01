/* sealed documents: tests/vectors/sealed.json */
import assert from "node:assert/strict";
import test from "node:test";
import { concat, hex } from "../../web/lib/bytes.js";
import { sha256 } from "../../web/lib/hash.js";
import { openSeal, openSealed, openWithParts, paddedSize, parseSealed, sealDocument, sealedSize } from "../../web/lib/sealed.js";
import { bytesOf, reasonOf, vectors } from "./vectors.mjs";

const { people, documents, padding, must_fail: bad } = vectors("sealed");
const boxes = people.map((one) => ({ publicKey: bytesOf(one.box_public), privateKey: bytesOf(one.box_secret) }));
const plainOf = (size) => Uint8Array.from({ length: size }, (_, i) => (31 * i + 7) & 255);
const sealedOf = ({ sealed_b64: text }) => new Uint8Array(Buffer.from(text, "base64"));

test("documents are sealed byte by byte and opened by their readers", () => {
    for (const vector of documents) {
        const plain = plainOf(vector.size);
        assert.equal(hex(sha256(plain)), vector.plain_sha256);
        const made = sealDocument(vector.suite, vector.readers.map((i) => boxes[i].publicKey), plain, {
            key: bytesOf(vector.key),
            part: bytesOf(vector.part ?? vector.key),
            header: bytesOf(vector.header),
            ephemerals: vector.ephemerals.map(bytesOf),
        });
        assert.equal(hex(sha256(made)), vector.sealed_sha256, vector.name);
        assert.equal(made.length, sealedSize(vector.readers.length, vector.size));
        assert.deepEqual([made.length, paddedSize(vector.size)], [vector.sealed_size, vector.padded]);
        assert.deepEqual(made, sealedOf(vector));
        const readers = vector.readers.map((i) => boxes[i]);
        if (vector.suite === 2) {
            assert.deepEqual(openSealed(made, readers), plain);
            const parsed = parseSealed(made);
            assert.deepEqual(openWithParts(made, readers.map((box) => openSeal(parsed, box))), plain);
        } else {
            readers.forEach((box) => assert.deepEqual(openSealed(made, [box]), plain));
        }
    }
});

test("padding hides the size", () => {
    padding.forEach(({ size, padded }) => assert.equal(paddedSize(size), padded));
});

test("refuses documents that were changed", () => {
    for (const vector of bad) {
        const { base, at, cut, put_hex: put, reader = 0, readers = [reader] } = vector;
        const whole = base === undefined ? sealedOf(vector) : sealedOf(documents[base]);
        const document = base === undefined ? whole : concat(whole.slice(0, at), bytesOf(put), whole.slice(at + cut));
        const open = () => openSealed(document, readers.map((i) => boxes[i]));
        assert.equal(reasonOf(open), vector.reason, vector.name);
    }
});

test("refuses chunks that were moved, dropped, repeated or ended otherwise", () => {
    const { must_fail: moved } = vectors("sealed-order");
    for (const { name, base, reader, reason, pieces } of moved) {
        const whole = sealedOf(documents[base]);
        const document = concat(...pieces.map((piece) => (typeof piece === "string" ? bytesOf(piece) : whole.slice(...piece))));
        assert.equal(reasonOf(() => openSealed(document, [boxes[reader]])), reason, name);
    }
    assert.equal(moved.length, 12);
});
