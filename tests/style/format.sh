#!/usr/bin/env bash
# C is formatted by clang-format and .clang-format.
. tests/style/frame.sh

check() {
    files '*.c' '*.h' | xargs -r -P 2 -n 20 clang-format --dry-run --Werror 2>&1 |
        grep -oP '^\S+?:\d+(?=:\d+: error)' | sort -u | sed 's/$/: not as clang-format would have it/' ||
        true
}

seed() {
    printf 'int good(void);\n' | plant crypto/base/good.h
    printf 'int   bad( void );\n' | plant crypto/base/bad.h
}

expected() {
    echo 'crypto/base/bad.h:1: not as clang-format would have it'
}

style_test
