# shellcheck shell=bash
# The shape of a style test: it proves on a seeded tree that it can fail, then looks at ours.
#
# A test sources this file, defines the three functions below and ends with `style_test`.
#   check      prints one finding a line about the tree in the working directory
#   seed       writes a small tree into the working directory, with violations and without
#   expected   prints exactly what `check` must find in that tree
# `plant FILE` writes one file of a seeded tree from standard input.
set -euo pipefail
export LC_ALL=C.UTF-8

plant() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

# files GLOB... - the files of the tree whose path matches, whether committed yet or not.
# A star matches slashes too.
files() {
    local pattern
    pattern=$(printf '%s\n' "$@" | sed 's/\./\\./g; s/\*/.*/g; s/.*/^&$/')
    grep -E -- "$pattern" <<<"$tree" || true
}

# Read once for each tree.
listing() {
    if [ -e .git ] && git rev-parse --git-dir >/dev/null 2>&1; then
        comm -23 <(git ls-files --cached --others --exclude-standard | sort -u) \
            <(git ls-files --deleted | sort)
    else
        find . -type f -not -path './build/*' -not -path './data/*' -not -path './web/vendor/*' \
            -not -path '*/node_modules/*' | sed 's|^\./||'
    fi | sort -u
}

# seek PATTERN WORDS GLOB... - a finding "file:line: WORDS" for each line that matches.
seek() {
    local pattern=$1 words=$2
    shift 2
    files "$@" | xargs -r -d '\n' grep -nHP -- "$pattern" |
        sed -E "s~^([^:]+:[0-9]+):.*~\1: $words~" || true
}

style_test() {
    local source=$PWD seeded found wanted
    seeded=$(mktemp -d)
    # shellcheck disable=SC2064  # the folder of now is meant
    trap "rm -rf '$seeded'" EXIT
    cp .clang-format "$seeded/" 2>/dev/null || true
    cd "$seeded"
    seed
    tree=$(listing)
    found=$(check | sort)
    wanted=$(expected | sort)
    if [ "$found" != "$wanted" ]; then
        echo "The test itself is broken: in the seeded tree it should find (<) but found (>)"
        diff <(echo "$wanted") <(echo "$found") || true
        exit 2
    fi
    cd "$source"
    tree=$(listing)
    found=$(check)
    [ -z "$found" ] && exit 0
    echo "$found"
    exit 1
}
