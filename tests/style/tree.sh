#!/usr/bin/env bash
# The top level is exactly what docs/architecture.md says, nothing names a machine or a host
# of packages, nothing large or secret is committed, and scripts can be run.
. tests/style/frame.sh

top='CMakeLists\.txt|CMakePresets\.json|README\.md|LICENSE|server|crypto|web|audit|tests|docs|\..*'

check() {
    local path
    files '*' | cut -d / -f 1 | sort -u | grep -vE "^($top)$" | sed 's/$/: not at the top level/' || true
    seek '(^|[^A-Za-z.])/(wor[k]|far[m]|roo[t]|hom[e]/[a-z]+)/' "a path of one machine" '*.[ch]' '*.js' \
        '*.mjs' '*.sh' '*.md' '*.json' '*.txt' '*.cmake' '*/run' '*/install' '*.html' '*.css' '*.sql'
    seek '(regis[t]ry|de[b])\.[a-z]+\.(org|com)' "a host of packages" '*.[ch]' '*.js' '*.mjs' '*.sh' \
        '*.md' '*.cmake' '*/run' '*/install' '*.html'
    seek '-----BEGIN [A-Z ]*PRIVATE KE[Y]' "a secret" '*'
    files '*' | xargs -r stat -c '%s %n' | awk '$1 > 1500000 { print $2 ": too large to commit" }'
    files 'tests/*/run.sh' 'tests/run' 'server/run' '.ci/run' | while read -r path; do
        [ -x "$path" ] || echo "$path: not executable"
    done
}

seed() {
    plant README.md <<<'# x'
    plant notes.txt <<<'x'
    plant server/run <<<'x'
    chmod +x server/run
    plant tests/peer/run.sh <<<'x'
    printf 'ok /api/work/\nsee /%s/main\n' work | plant docs/a.md
    printf 'https://deb.%s.org\n' debian | plant docs/b.md
    printf -- '-----BEGIN PRIVATE %s-----\n' KEY | plant tests/key
}

expected() {
    cat <<'TEXT'
notes.txt: not at the top level
docs/a.md:2: a path of one machine
docs/b.md:1: a host of packages
tests/key:1: a secret
tests/peer/run.sh: not executable
TEXT
}

style_test
