#!/usr/bin/env bash
# Every module has its test: crypto/protocol/ballot.c is protected by tests/crypto/test_ballot.c,
# or by the test that names it in a comment "covers: ballot". A module of web/lib has a test that
# imports it. A test of whole programs says "covers: audit/pen/device".
. tests/style/frame.sh

# "AREA module" for every module that a test carries in its name or after "covers:".
covered() {
    files 'tests/*/test_*.c' 'tests/web/*.test.mjs' |
        sed -E 's|^tests/([a-z]+)/(test_)?(.*)\.(c\|test\.mjs)$|\1 \3|'
    files 'tests/*/test_*.c' 'tests/web/*.test.mjs' | xargs -r grep -oHE 'covers:.*' |
        sed -E 's|^tests/([a-z]+)/[^:]*:covers:|\1 |; s|\*/||' |
        awk '{ gsub(/[,.]/, " "); for (i = 2; i <= NF; i++) print $1, $i }'
    files 'tests/*.mjs' 'tests/*.sh' | xargs -r grep -ohE 'covers: .*/.*' |
        sed 's/.*covers://' | tr -s ', ' '\n' | grep / || true
    files 'tests/web/*.test.mjs' | xargs -r grep -ohE 'web/lib/[a-z_]+' || true
}

check() {
    files 'crypto/*/*.c' 'audit/*/*.c' 'server/*.c' 'web/lib/*.js' 'web/lib/*.mjs' |
        awk -v covered="$(covered)" '
            BEGIN { count = split(covered, lines, "\n"); for (i in lines) have[lines[i]] = 1 }
            {
                area = $0; sub(/\/.*/, "", area)
                module = $0; sub(/.*\//, "", module); sub(/\.[a-z]*$/, "", module)
                path = $0; sub(/\.[a-z]*$/, "", path)
                if (module != "main" && !((area " " module) in have) && !(path in have))
                    print $0 ": no test in tests/" area
            }'
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
    plant audit/pen/device.c </dev/null
    plant audit/pen/devices.c </dev/null
    plant tests/faults/kill.mjs <<<'// covers: audit/pen/device, audit/pen/other'
    plant web/lib/ballot.js </dev/null
    plant web/lib/tally.js </dev/null
    plant tests/web/ballot.test.mjs </dev/null
    plant web/lib/proof.js </dev/null
    plant tests/web/other.test.mjs <<<'import { verify } from "../../web/lib/proof.js";'
}

expected() {
    cat <<'TEXT'
crypto/base/text.c: no test in tests/crypto
audit/log/til.c: no test in tests/audit
audit/pen/devices.c: no test in tests/audit
web/lib/tally.js: no test in tests/web
TEXT
}

style_test
