#!/usr/bin/env bash
# Scripts are clean for shellcheck, modules parse.
. tests/style/frame.sh

scripts() {
    local path
    files '*' | while read -r path; do
        case "$path" in
        *.sh | tests/install) echo "$path" ;;
        *.* | tests/vectors/*) ;;
        *) head -c 40 "$path" | grep -qaE '^#!.*\b(ba)?sh\b' && echo "$path" ;;
        esac || true
    done
}

check() {
    scripts | xargs -r shellcheck --external-sources --format=gcc --severity=style 2>&1 |
        grep -v 'SC1091' | sed -E 's/^([^:]+:[0-9]+):[0-9]+: \w+: .*\[(SC[0-9]+)\]$/\1: \2/' || true
    files 'web/*.js' 'web/*.mjs' 'tests/*.mjs' | xargs -r node --experimental-vm-modules \
        --no-warnings -e "$parse"
}

# Modules are parsed as modules, whatever package.json stands above them, and not run.
parse='
    const vm = require("vm"), fs = require("fs");
    for (const path of process.argv.slice(1)) {
        try { new vm.SourceTextModule(fs.readFileSync(path, "utf8")); }
        catch { console.log(path + ": does not parse"); }
    }'

seed() {
    plant server/run <<'TEXT'
#!/bin/bash
ls "$1"
TEXT
    plant tests/bad.sh <<'TEXT'
#!/bin/bash
ls $1
TEXT
    plant web/lib/good.js <<<'export const a = 1;'
    plant web/lib/bad.js <<<'export const a = ;'
}

expected() {
    cat <<'TEXT'
tests/bad.sh:2: SC2086
web/lib/bad.js: does not parse
TEXT
}

style_test
