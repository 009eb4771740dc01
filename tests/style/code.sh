#!/usr/bin/env bash
# What C of ours never does: jumps, exits at depth, unfinished notes, borrowed prefixes, built SQL.
. tests/style/frame.sh

ours=('crypto/*.[ch]' 'audit/*.[ch]' 'server/*.[ch]')

check() {
    seek '\bgoto\b' "no goto" "${ours[@]}" 'tests/*.c'
    seek '\b(TODO|FIXME|XXX|HACK)\b' "an issue, not a note" "${ours[@]}" 'tests/*.[ch]' 'web/*.js' \
        'tests/*.mjs'
    # (_exit ends a child that was forked.)
    seek '(?<!\w)exit\(' "only main leaves the program" "${ours[@]}" | grep -v '/main\.c:' || true
    seek '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|rand|srand|alloca)\(' \
        "a function we do not use" "${ours[@]}"
    seek '\brealloc\(' "realloc leaves a copy behind; see base/bytes.h" "${ours[@]}"
    seek '^(?!\s)(?!.*[;=]).*\b(crypto_|sodium_|json_|sqlite3_|MHD_|QR)\w+\(' \
        "a prefix that belongs to a library" "${ours[@]}"
    seek '\bsqlite3_(v?mprintf|v?snprintf)\b' "SQL is never built" "${ours[@]}"
    seek '\b(memcmp)\(.*(secret|private)' "secrets are compared with sodium_memcmp" "${ours[@]}"
    check_execution
}

# sqlite3_exec stands only where a connection is opened.
check_execution() {
    local path
    files "${ours[@]}" | while read -r path; do
        grep -q 'sqlite3_open' "$path" && continue
        grep -nE '\bsqlite3_exec\(' "$path" |
            sed -E "s|^([0-9]+):.*|$path:\1: sqlite3_exec away from where the connection is opened|" ||
            true
    done
}

seed() {
    cat <<'TEXT' | plant server/bad.c
    goto out; /* TODO */
    exit(1);
    strcpy(a, b);
    sqlite3_exec(connection, text);
void json_write(int a)
    char *text = sqlite3_mprintf("x");
    data = realloc(data, 2);
    return memcmp(secret_a, secret_b, 32);
TEXT
    printf 'sqlite3_open_v2(a);\nsqlite3_exec(a);\nexit_status(a);\n' | plant server/store.c
    printf 'exit(1);\n' | plant server/main.c
}

expected() {
    cat <<'TEXT'
server/bad.c:1: no goto
server/bad.c:1: an issue, not a note
server/bad.c:2: only main leaves the program
server/bad.c:3: a function we do not use
server/bad.c:4: sqlite3_exec away from where the connection is opened
server/bad.c:5: a prefix that belongs to a library
server/bad.c:6: SQL is never built
server/bad.c:7: realloc leaves a copy behind; see base/bytes.h
server/bad.c:8: secrets are compared with sodium_memcmp
TEXT
}

style_test
