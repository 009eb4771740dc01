/* the grammar of statements: tests/vectors/statement.json
 * covers: kind
 */
import assert from "node:assert/strict";
import test from "node:test";
import { hex, utf8Decode } from "../../web/lib/bytes.js";
import { signerOf } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";
import { checkRow, parseStatement, printText, signNote, value, verifySignatures } from "../../web/lib/statement.js";
import { bytesOf, noteBytes, reasonOf, vectors } from "./vectors.mjs";

const { origin, row: given, keys, notes } = vectors("statement");
const COUNTS = { 1: [1, 1], "0..1": [0, 1], "0..n": [0, Infinity], "1..n": [1, Infinity] };
const row = {
    type: given.type,
    fields: given.fields.map(({ label, kind, count }) => {
        const [min, max] = COUNTS[count];
        return { label, kind, min, max };
    }),
};
const signers = given.signers.map((name) =>
    signerOf(name, bytesOf(keys.find((key) => key.name === name).public)),
);

function accept(note) {
    const statement = parseStatement(note);
    checkRow(statement, row, origin);
    verifySignatures(statement, signers);
    return statement;
}

test("accepts good notes and refuses bad ones for the first reason", () => {
    for (const vector of notes) {
        const reason = reasonOf(() => accept(noteBytes(vector)));
        assert.equal(reason, vector.ok ? "" : vector.reason, vector.name);
    }
});

test("prints what it parses, and signs byte by byte as the vectors do", () => {
    for (const vector of notes.filter(({ ok }) => ok)) {
        const statement = accept(noteBytes(vector));
        const fields = statement.fields.map(({ label, value: held }) => [label, held]);
        const text = printText(statement.type, statement.origin, fields);
        assert.equal(text, statement.text);
        const pairs = given.signers.map((name) => {
            const key = keys.find((one) => one.name === name);
            return { name, pair: sodium.crypto_sign_seed_keypair(bytesOf(key.secret_seed)) };
        });
        assert.equal(utf8Decode(signNote(text, pairs)), utf8Decode(noteBytes(vector)), vector.name);
    }
    given.signers.forEach((name, i) => assert.equal(hex(signers[i].id), keys.find((key) => key.name === name).key_id));
});

test("refuses a statement of another log", () => {
    const statement = accept(noteBytes(notes.find(({ ok }) => ok)));
    const [{ label }] = row.fields;
    assert.ok(statement.text.includes(`\n${label}：${value(statement, label)}\n`));
    assert.equal(reasonOf(() => checkRow(statement, row, "award.example/log/2026")), "origin");
});

test("does not print a value that would become a second line", () => {
    assert.notEqual(reasonOf(() => printText("test.sample", origin, [["标题", "甲\n编号：x"]])), "");
    assert.equal(reasonOf(() => printText("test.sample", origin, [["标题", " 甲"]])), "value");
});
