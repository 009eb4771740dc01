#!/usr/bin/env bash
# docs/statements.md says of every statement type what the code's table says.
. tests/style/frame.sh

build=${XILING_BUILD:-build/release}
case "$build" in /*) ;; *) build=$PWD/$build ;; esac

# shellcheck disable=SC2016  # the variables are JavaScript's
compare='
    const fs = require("fs");
    const many = (field) => (field.max === null || field.max > 1 ? "×" : field.min === 0 ? "?" : "");
    const inCode = new Map(JSON.parse(fs.readFileSync(0, "utf8")).map((row) => [row.type,
        row.fields.map((field) => ({ label: field.label + many(field), kind: field.kind }))]));
    const inDocs = new Map();
    for (const line of fs.readFileSync("docs/statements.md", "utf8").split("\n")) {
        const [, type, fields] = /^\| `([a-z.]+)`[^|]*\| (.*?) \|/.exec(line) ?? [];
        if (!type) continue;
        inDocs.set(type, fields.split(" · ").map((text) => {
            const [, label, kind] = /^([^\s(]+)(?: \([^)]*\))?(?: ([a-z0-9]+))?/.exec(text);
            return { label, kind };
        }));
    }
    for (const type of new Set([...inCode.keys(), ...inDocs.keys()])) {
        const code = inCode.get(type), docs = inDocs.get(type);
        if (!code || !docs) { console.log(`${type}: only in ${code ? "the code" : "the document"}`); continue; }
        for (let i = 0; i < Math.max(code.length, docs.length); i++) {
            const a = code[i] ?? {}, b = docs[i] ?? {};
            if (a.label !== b.label || (b.kind && a.kind !== b.kind)) {
                console.log(`${type}: the code says ${a.label} ${a.kind}, the document ${b.label} ${b.kind}`);
                break;
            }
        }
    }'

check() {
    if [ -f types.json ]; then
        cat types.json
    else
        "$build/xiling-audit" types json
    fi | node -e "$compare"
}

seed() {
    plant types.json <<'TEXT'
[{"type":"a.good","fields":[{"label":"人员","kind":"id","min":1,"max":1},{"label":"角色","kind":"word","min":1,"max":null}]},
 {"type":"a.kind","fields":[{"label":"人员","kind":"id","min":1,"max":1}]},
 {"type":"a.more","fields":[{"label":"人员","kind":"id","min":1,"max":1},{"label":"理由","kind":"hidden","min":0,"max":1}]},
 {"type":"a.code","fields":[]}]
TEXT
    plant docs/statements.md <<'TEXT'
| type | fields | signers |
|---|---|---|
| `a.good` (never logged) | 人员 id · 角色× word (1 or more) | officer |
| `a.kind` | 人员 text | officer |
| `a.more` | 人员 id · 理由 hidden | officer |
| `a.docs` | 人员 id | officer |
TEXT
}

expected() {
    cat <<'TEXT'
a.kind: the code says 人员 id, the document 人员 text
a.more: the code says 理由? hidden, the document 理由 hidden
a.code: only in the code
a.docs: only in the document
TEXT
}

style_test
