/* an objection's parts: who can open them, and what their sizes tell */
import assert from "node:assert/strict";
import test from "node:test";
import { base64, equal, utf8 } from "../../web/lib/bytes.js";
import { partLine, partName, openIdentity, pairsOf, readersOf, sealParts } from "../../web/lib/seal_objection.js";
import { openSeal, openSealed, parseSealed } from "../../web/lib/sealed.js";
import sodium from "../../web/lib/sodium.js";
import { reasonOf } from "./vectors.mjs";

const holders = ["officer-1", "officer-2", "keeper-b", "keeper-a", "keeper-c"];
const boxes = new Map(holders.map((person) => [person, sodium.crypto_box_keypair()]));
const row = (person, conflicts = []) => ({ person, box: base64(boxes.get(person).publicKey), conflicts });
const notice = {
    handlers: [row("officer-1"), row("officer-2", ["org-b"])],
    keepers: [row("keeper-b"), row("keeper-a"), row("keeper-c")],
};
const plain = { content: utf8("事实"), identity: utf8("姓名"), files: [utf8("附件")], identityFiles: [utf8("印章")] };
const sealed = (subject) => sealParts(notice, subject, plain);
const kinds = (parts) => parts.map(({ kind }) => kind);

test("parts stand in the order of the statement, an identity once for each pair of keepers", () => {
    assert.deepEqual(kinds(sealed("org-a")),
        ["正文", "身份", "身份", "身份", "附件", "身份附件", "身份附件", "身份附件"]);
    const [a, b, c] = ["keeper-a", "keeper-b", "keeper-c"].map((person) => boxes.get(person).publicKey);
    const pairs = [[a, b], [a, c], [b, c]];
    pairsOf(notice.keepers).forEach((pair, i) => pair.forEach((key, k) => assert.ok(equal(key, pairs[i][k]))));
    assert.equal(pairsOf(notice.keepers.slice(0, 2)).length, 1);
});

test("keeps_a_handler_with_a_conflict_out_and_tells_nobody_by_the_size", () => {
    const [free] = sealed("org-a");
    const [held] = sealed("org-b");
    assert.equal(free.document.length, held.document.length);
    for (const officer of ["officer-1", "officer-2"]) {
        assert.deepEqual(openSealed(free.document, [boxes.get(officer)]), plain.content);
    }
    assert.deepEqual(openSealed(held.document, [boxes.get("officer-1")]), plain.content);
    assert.equal(reasonOf(() => openSealed(held.document, [boxes.get("officer-2")])), "reader");
    assert.ok(!readersOf(notice, "org-b").some((key) => equal(key, boxes.get("officer-2").publicKey)));
});

test("opens_an_identity_for_two_keepers_and_for_no_single_one", () => {
    const [, , first] = sealed("org-a"); // keeper-a with keeper-c
    const parsed = parseSealed(first.document);
    const share = (person) => openSeal(parsed, boxes.get(person));
    const order = parsed.readers.map(({ key }) => holders.find((person) => equal(key, boxes.get(person).publicKey)));
    assert.deepEqual([...order].sort(), ["keeper-a", "keeper-c"]);
    assert.deepEqual(openIdentity(first.document, order.map(share)), plain.identity);
    assert.equal(reasonOf(() => openIdentity(first.document, [share("keeper-a"), share("keeper-a")])), "key");
    assert.equal(reasonOf(() => share("keeper-b")), "reader");
});

test("a part is named by its own hash, in the line and in the address", () => {
    const [part] = sealed("org-a");
    assert.equal(partLine(part), `正文 ${base64(part.hash)} ${part.document.length}`);
    assert.equal(Buffer.from(partName(part), "hex").compare(part.hash), 0);
});
