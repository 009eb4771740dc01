#!/usr/bin/env bash
# An arrow that docs/architecture.md does not draw does not exist: who may include what,
# and which one file touches each library.
. tests/style/frame.sh

# One row a folder: path prefix, the system headers it may name, the folders of ours it may name.
arrows() {
    local language='assert limits stdbool stddef stdint stdio stdlib string'
    local host="$language ctype dirent errno fcntl inttypes signal stdarg time unistd getopt \
math poll pthread semaphore stdatomic sys/ netinet/ arpa/ netdb spawn locale ftw termios sched strings"
    cat <<TABLE
crypto/base/|$language sodium|base
crypto/primitive/|$language sodium|base primitive
crypto/protocol/|$language sodium|base primitive protocol
audit/log/|$language sqlite3 zlib|base primitive protocol log
audit/record/|$language sqlite3|base primitive protocol log record
audit/verifier/|$host sqlite3 curl/ archive archive_entry|base primitive protocol log record verifier
audit/pen/|$host sqlite3|base primitive protocol log record verifier pen
server/|$host sqlite3 microhttpd curl/ jansson qrencode cairo-pdf pango/|base primitive protocol log record verifier pen server
TABLE
}

# One row a library: what of it is named in code, and the one file that may.
libraries() {
    cat <<'TABLE'
microhttpd\.h> server/http(_reply)?.c
jansson\.h> server/envelope.c
qrencode\.h> server/qr.c
zlib\.h> audit/log/parts.c
<(cairo|pango) server/canvas.c
<curl/ (audit/verifier/fetch|server/mail).c
<archive(_entry)?\.h> audit/verifier/tar.c
crypto_(core|scalarmult)_ristretto255 crypto/primitive/group.c
TABLE
}

# What pure code never calls: files, printing, the clock, the environment.
impure='(?<![\w.>])(fopen|open|printf|fprintf|puts|perror|getenv|time|clock_gettime|gettimeofday|localtime|gmtime|system|exit|abort|socket)\('

# A header is allowed by its name (stdio), a folder by its slash (sys/) or as a folder of ours.
# A main starts libsodium; nothing else outside crypto/ names it.
check_includes() {
    files 'crypto/*.[ch]' 'audit/*.[ch]' 'server/*.[ch]' |
        xargs -r grep -nHE '^# *include' | awk -v table="$(arrows)" '
        BEGIN {
            rows = split(table, lines, "\n")
            for (i = 1; i <= rows; i++) {
                split(lines[i], row, "|")
                prefix[i] = row[1]; system_headers[i] = row[2]; ours[i] = row[3]
            }
        }
        {
            split($0, place, ":")
            name = $0; sub(/^[^<"]*[<"]/, "", name); sub(/[>"].*/, "", name)
            bracket = $0 ~ /include *</
            if (name == "sodium.h" && place[1] ~ /\/main\.c$/) next
            for (i = 1; i <= rows; i++) {
                if (index(place[1], prefix[i]) != 1) continue
                count = split(bracket ? system_headers[i] : ours[i], allowed, " ")
                good = 0
                for (k = 1; k <= count; k++) {
                    word = allowed[k]
                    slash = word ~ /\/$/ || !bracket ? word : word "/"
                    if (slash !~ /\/$/) slash = slash "/"
                    good = good || name == word ".h" || index(name, slash) == 1
                }
                if (!good) print place[1] ":" place[2] ": may not include " name
            }
        }'
}

check_libraries() {
    local pattern owner
    while read -r pattern owner; do
        seek "$pattern" "only $owner may touch this library" 'crypto/*.[ch]' 'audit/*.[ch]' \
            'server/*.[ch]' | grep -vE "^$owner:" || true
    done < <(libraries)
}

# web/: lib knows no page and no browser; words and controls know no page either.
check_modules() {
    seek '(?<![\w.])(window\.|localStorage|sessionStorage|navigator\.|location\.|fetch\(|document\.(title|body|head|cookie|get|query|create|add|document))' \
        "web/lib knows no browser" 'web/lib/*.js' 'web/lib/*.mjs'
    seek '^\s*(import|export)\b.*from\s+.(?!\./[^/]+$|\.\./vendor/|\./)' "web/lib imports only itself" \
        'web/lib/*.js' 'web/lib/*.mjs'
    seek '^\s*(import|export)\b.*from\s+.[^"'\'']*pages/' "only a page imports a page" \
        'web/lib/*' 'web/ui/*' 'web/i18n/*' 'web/api.js'
    # The second device reads from the service that the first one named, not from its own.
    seek '(?<![\w.])fetch\(' "only web/api.js speaks HTTP" 'web/pages/*.js' 'web/ui/*.js' |
        grep -v '^web/pages/check\.js:' || true
}

check() {
    check_includes
    check_libraries
    check_modules
    seek "$impure" "pure code does not do this" 'crypto/*.c' 'audit/log/*.c' 'audit/record/*.c'
}

seed() {
    plant crypto/base/good.c <<<'#include "base/bytes.h"'
    printf '#include <time.h>\n#include "protocol/ballot.h"\nsodium(); fopen(a);\n' |
        plant crypto/base/bad.c
    plant crypto/primitive/proof.c <<<'crypto_core_ristretto255_add(a);'
    plant crypto/primitive/group.c <<<'crypto_core_ristretto255_add(a);'
    printf '#include <sqlite3.h>\n#include "log/entry.h"\n#include "server/http.h"\n' |
        plant audit/record/state.c
    plant audit/log/entry.c <<<'#include "record/state.h"'
    plant audit/pen/main.c <<<'#include <sodium.h>'
    plant audit/pen/device.c <<<'#include <sodium.h>'
    plant audit/verifier/fetch.c <<<'#include <curl/curl.h>'
    plant server/http.c <<<'#include <microhttpd.h>'
    plant server/store.c <<<'#include <jansson.h>'
    printf 'import { a } from "./a.js";\nimport { b } from "../pages/b.js";\ndocument.title = 1;\n' |
        plant web/lib/good.js
    plant web/pages/page.js <<<'fetch("/api");'
}

expected() {
    cat <<'TEXT'
crypto/base/bad.c:1: may not include time.h
crypto/base/bad.c:2: may not include protocol/ballot.h
crypto/base/bad.c:3: pure code does not do this
crypto/primitive/proof.c:1: only crypto/primitive/group.c may touch this library
audit/record/state.c:3: may not include server/http.h
audit/pen/device.c:1: may not include sodium.h
audit/log/entry.c:1: may not include record/state.h
server/store.c:1: only server/envelope.c may touch this library
web/lib/good.js:2: web/lib imports only itself
web/lib/good.js:2: only a page imports a page
web/lib/good.js:3: web/lib knows no browser
web/pages/page.js:1: only web/api.js speaks HTTP
TEXT
}

style_test
