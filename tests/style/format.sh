#!/usr/bin/env bash
# C is formatted by clang-format and .clang-format.
. tests/style/frame.sh

check() {
    files '*.c' '*.h' | xargs -r clang-format --dry-run --Werror 2>&1 |
        grep -oP '^\S+?:\d+(?=:\d+: error)' | sort -u -t : -k 1,1 |
        sed 's/$/: not as clang-format would have it, here first/' || true
}

seed() {
    printf 'int good(void);\n' | plant crypto/base/good.h
    printf 'int   bad( void );\n' | plant crypto/base/bad.h
}

expected() {
    echo 'crypto/base/bad.h:1: not as clang-format would have it, here first'
}

style_test
