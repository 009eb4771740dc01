/*
 * rules.mjs - makes web/vendor/rules.js: the words of every rule, from audit/record/refusal_*.c.
 *
 * The pages check by the same rules as the service and the auditor, so they say the same words. The
 * module exports one object: rule -> { article, what, basis, do }, each but the article {zh, en}.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const RECORD = new URL("../audit/record/", import.meta.url);
const OUTPUT = new URL("./vendor/rules.js", import.meta.url);

/** Bases and advice that many rows share: NAME -> its braces, from #define lines. */
function readShared(text) {
    const source = text.replace(/\\\n/g, " ");
    return new Map([...source.matchAll(/^#define (\w+)\s+(\{.*\})\s*$/gm)].map(([, name, words]) => [name, words]));
}

/** The rows of one table of C, as nested lists of texts; adjacent literals are one text. */
export function readTable(source) {
    const start = source.indexOf("ROWS[] = {");
    if (start < 0) return [];
    const tokens = source.slice(start + "ROWS[] = ".length).matchAll(/"((?:[^"\\]|\\.)*)"|[{},;]|\/\*[\s\S]*?\*\//g);
    const stack = [];
    let text = null;
    for (const [token, literal] of tokens) {
        if (literal !== undefined) {
            text = (text ?? "") + JSON.parse(`"${literal}"`);
            continue;
        }
        if (token.startsWith("/*")) continue;
        if (text !== null) stack.at(-1).push(text);
        text = null;
        if (token === "{") stack.push([]);
        if (token === ";") break;
        if (token === "}") {
            const list = stack.pop();
            if (stack.length === 0) return list;
            stack.at(-1).push(list);
        }
    }
    return [];
}

export function readRules() {
    const rules = {};
    const read = (name) => readFileSync(new URL(name, RECORD), "utf8");
    const common = readShared(read("refusal_words.h"));
    for (const name of readdirSync(RECORD).filter((file) => /^refusal.*\.c$/.test(file)).sort()) {
        const source = read(name);
        const shared = new Map([...common, ...readShared(source)]);
        const expanded = source.replace(/\b[A-Z][A-Z_]+\b/g, (word) => shared.get(word) ?? word);
        for (const [rule, article, what, basis, advice] of readTable(expanded)) {
            const pair = ([zh, en]) => ({ zh, en });
            rules[rule] = { article, what: pair(what), basis: pair(basis), do: pair(advice) };
        }
    }
    return rules;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    mkdirSync(new URL("./", OUTPUT), { recursive: true });
    writeFileSync(OUTPUT, `export default ${JSON.stringify(readRules())};\n`);
}
