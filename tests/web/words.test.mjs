/**
 * The words of the pages: both languages, the same values in both, every key that a page names.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { TYPES } from "../../web/lib/types.js";

const WEB = new URL("../../web/", import.meta.url);
const names = readdirSync(new URL("i18n/", WEB)).filter((name) => name.endsWith(".js"));
const tables = await Promise.all(names.map(async (name) => [name, (await import(new URL(`i18n/${name}`, WEB))).default]));
const words = new Map(tables.flatMap(([, table]) => Object.entries(table)));

function sources(folder) {
    return readdirSync(new URL(folder, WEB), { withFileTypes: true }).flatMap((row) => {
        if (row.isDirectory()) return sources(`${folder}${row.name}/`);
        return row.name.endsWith(".js") ? [`${folder}${row.name}`] : [];
    });
}

const values = (text) => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name).sort();

test("every_key_has_both_languages_and_the_same_values", () => {
    for (const [key, pair] of words) {
        assert.equal(pair.length, 2, key);
        const [zh, en] = pair;
        assert.ok(zh && en, key);
        assert.deepEqual([...new Set(values(zh))], [...new Set(values(en))], key);
    }
});

test("a_key_in_two_tables_has_the_same_words", () => {
    const seen = new Map();
    for (const [name, table] of tables) {
        for (const [key, pair] of Object.entries(table)) {
            assert.deepEqual(pair, seen.get(key) ?? pair, `${key} in ${name}`);
            seen.set(key, pair);
        }
    }
});

test("every_key_that_a_page_names_has_words", () => {
    for (const path of [...sources("pages/"), ...sources("ui/")]) {
        const source = readFileSync(new URL(path, WEB), "utf8");
        for (const [, key] of source.matchAll(/\b(?:t|two)\("([^"$]+)"/g)) assert.ok(words.has(key), `${path}: ${key}`);
        for (const [, key] of source.matchAll(/\bexplain\("([^"]+)"/g)) assert.ok(words.has(`${key}.what`), `${path}: ${key}`);
    }
});

/** The kinds of tasks: what the record and the service tell of, and every statement that two have to sign. */
function taskKinds() {
    const root = new URL("../../", import.meta.url);
    const told = ["audit/record/view_task.c", "audit/record/view_task_notice.c", "server/shares.c"].flatMap((path) =>
        [...readFileSync(new URL(path, root), "utf8").matchAll(/(?:\{|\.kind = )"([a-z]+(?:\.[a-z]+)?)",/g)].map(([, kind]) => kind));
    assert.ok(told.length > 20 && told.includes("identity.share") && told.includes("ballot"));
    return [...told, ...TYPES.filter(({ signers }) => signers.some((lines) => lines.length > 1)).map(({ type }) => type)];
}

test("every_task_has_a_name", () => {
    for (const kind of taskKinds()) assert.ok(words.has(`task.${kind}`) || words.has(`act.${kind}`), kind);
});

test("member_pages_use_no_jargon", () => {
    const pages = tables.filter(([name]) => ["common.js", "member.js", "booth.js", "check.js"].includes(name));
    for (const [name, table] of pages) {
        for (const [key, [zh, en]] of Object.entries(table)) {
            assert.doesNotMatch(zh, /哈希|密文|椭圆曲线|零知识|私钥|默克尔|成功|抱歉|你|！/, `${name} ${key}`);
            assert.doesNotMatch(en, /\b(hash|ciphertext|Merkle|zero-knowledge|private key|token)\b/i, `${name} ${key}`);
        }
    }
});
