#!/usr/bin/env bash
# Every module has its test: crypto/protocol/ballot.c is protected by tests/crypto/test_ballot.c,
# or by the test that names it in a comment "covers: ballot". So it is for web/lib.
. tests/style/frame.sh

# A test under tests/AREA whose comment says "covers:" and then the module among others.
is_covered() {
    grep -rqsE "covers:(.*[ ,])?$2([ ,.*]|$)" "tests/$1"
}

check() {
    local path area module
    files 'crypto/*/*.c' 'audit/*/*.c' 'server/*.c' 'web/lib/*.js' 'web/lib/*.mjs' |
        while read -r path; do
            area=${path%%/*}
            module=$(basename "$path")
            module=${module%.*}
            [ "$module" != main ] || continue
            [ ! -f "tests/$area/test_$module.c" ] || continue
            [ ! -f "tests/$area/$module.test.mjs" ] || continue
            is_covered "$area" "$module" || echo "$path: no test in tests/$area"
        done
}

seed() {
    plant crypto/base/bytes.c </dev/null
    plant tests/crypto/test_bytes.c </dev/null
    plant crypto/base/text.c </dev/null
    plant audit/log/merkle.c </dev/null
    plant audit/log/tile.c </dev/null
    plant audit/pen/main.c </dev/null
    plant audit/log/til.c </dev/null
    plant tests/audit/test_log.c <<<'/* covers: merkle, tile */'
    plant web/lib/ballot.js </dev/null
    plant web/lib/tally.js </dev/null
    plant tests/web/ballot.test.mjs </dev/null
}

expected() {
    cat <<'TEXT'
crypto/base/text.c: no test in tests/crypto
audit/log/til.c: no test in tests/audit
web/lib/tally.js: no test in tests/web
TEXT
}

style_test
