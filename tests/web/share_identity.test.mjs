/* an identity opened by two keepers for one handler */
import assert from "node:assert/strict";
import test from "node:test";
import { utf8 } from "../../web/lib/bytes.js";
import { BOTH, sealDocument } from "../../web/lib/sealed.js";
import { isSealedTo, openShared, shareFor } from "../../web/lib/share_identity.js";
import sodium from "../../web/lib/sodium.js";
import { reasonOf } from "./vectors.mjs";

const pair = () => sodium.crypto_box_keypair();
const [first, second, third, handler, stranger] = [pair(), pair(), pair(), pair(), pair()];
const plain = utf8("姓名: 示例市民\n");
const document = sealDocument(BOTH, [first.publicKey, second.publicKey], plain);
const share = (keeper, reader = handler) => shareFor(document, keeper, reader.publicKey);

test("two shares open it for the handler, in any order", () => {
    assert.deepEqual(openShared(document, handler, [share(first), share(second)]), plain);
    assert.deepEqual(openShared(document, handler, [share(second), share(first)]), plain);
    assert.equal(share(first).length, 80);
    assert.ok(isSealedTo(document, [second.publicKey, first.publicKey]));
    assert.ok(!isSealedTo(document, [first.publicKey, third.publicKey]));
});

test("opens_for_nobody_else_and_not_with_one_share", () => {
    const cases = [
        [handler, [share(first)]],
        [handler, [share(first), share(first)]],
        [stranger, [share(first), share(second)]],
        [handler, [share(first), share(second, stranger)]],
        [handler, [share(first), share(second).map((byte, i) => (i === 60 ? byte ^ 1 : byte))]],
    ];
    for (const [reader, shares] of cases) assert.equal(reasonOf(() => openShared(document, reader, shares)), "key");
    assert.equal(reasonOf(() => share(third)), "reader");
});
