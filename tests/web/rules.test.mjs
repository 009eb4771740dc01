/**
 * Pages say the words of the same rules as service and auditor, all of them, in both languages.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { readRules, readTable } from "../../web/rules.mjs";

const RECORD = new URL("../../audit/record/", import.meta.url);

test("every_row_of_the_tables_reaches_the_pages", () => {
    const names = readdirSync(RECORD).filter((file) => /^refusal.*\.c$/.test(file))
        .flatMap((file) => [...readFileSync(new URL(file, RECORD), "utf8").matchAll(/^ {4}\{"([a-z_]+(?:\.[a-z_]+)?)",$/gm)].map(([, rule]) => rule));
    const rules = readRules();
    assert.ok(names.length > 100);
    for (const name of names) assert.ok(name in rules, name);
});

test("every_rule_says_what_and_what_to_do_in_two_languages", () => {
    for (const [rule, words] of Object.entries(readRules())) {
        for (const part of ["what", "do"]) assert.ok(words[part].zh && words[part].en, `${rule} ${part}`);
        assert.equal(words.basis.zh === "", words.basis.en === "", `${rule} basis`);
    }
});

test("adjacent_literals_are_one_text_and_comments_are_none", () => {
    const source = 'ROWS[] = {\n/* "no" */ {"a.b", "", {"甲" "乙", "x \\"y\\""}},\n};';
    assert.deepEqual(readTable(source), [["a.b", "", ["甲乙", 'x "y"']]]);
});
