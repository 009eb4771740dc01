/* the form without scripts files what this page files: tests/vectors/filing.json, and the same words */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import common from "../../web/i18n/common.js";
import objection from "../../web/i18n/objection.js";
import { filed } from "../support/filed.mjs";
import { vectors } from "./vectors.mjs";

test("files_as_the_form_without_scripts_does", async () => {
    const { given, cases } = vectors("filing");
    for (const one of cases) {
        const { more, content, identity, text, note } = one;
        assert.deepEqual(await filed(given, one), { more, content, identity, text, note }, one.name);
    }
    assert.equal(cases.length, 8);
});

/** Rows of server/plain_words*.c: a key and two texts, as C writes strings. */
function plainWords() {
    const string = String.raw`((?:"(?:[^"\\]|\\.)*"\s*)+)`;
    const row = new RegExp(String.raw`\{\s*${string},\s*${string},\s*${string}\}`, "g");
    const read = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => JSON.parse(`"${part}"`)).join("");
    return ["plain_words", "plain_words_status"].flatMap((name) => {
        const source = readFileSync(new URL(`../../server/${name}.c`, import.meta.url), "utf8");
        return [...source.matchAll(row)].map((match) => match.slice(1).map(read));
    });
}

test("says_without_scripts_what_it_says_with_them", () => {
    const words = { ...common, ...objection };
    const rows = plainWords();
    const values = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    let same = 0;
    for (const [key, zh, en] of rows) {
        if (key.startsWith("plain.")) assert.deepEqual(values(zh), values(en), key);
        else assert.deepEqual([zh, en], words[key], key);
        same += key.startsWith("plain.") ? 0 : 1;
    }
    assert.ok(same > 150 && rows.length > 190, `${same} of ${rows.length}`);
    assert.equal(new Set(rows.map(([key]) => key)).size, rows.length);
});
