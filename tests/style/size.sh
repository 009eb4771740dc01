#!/usr/bin/env bash
# No function over 60 lines, no file over 450, no more than 6 parameters.
. tests/style/frame.sh

# Lines, file, line and name of every C function.
functions() {
    files 'crypto/*.c' 'audit/*.c' 'server/*.c' 'tests/*.c' | xargs -r pmccabe | tr '():' '   ' |
        awk '{ print $5, $6, $4, $NF }'
}

check() {
    functions | awk '$1 > 60 { print $2 ":" $3 ": " $4 " has " $1 " lines" }'
    files '*.c' '*.h' '*.js' '*.mjs' '*.css' '*.sh' '*.sql' '*.html' 'tests/run' 'server/run' |
        xargs -r awk 'FNR == 451 { print FILENAME ": over 450 lines" }'
    parameters
}

# A parameter list with more than five commas, in a header or a static function. The one file
# that speaks to libmicrohttpd has the callback that library asks for.
# shellcheck disable=SC2016  # the variables are perl's
parameters() {
    files 'crypto/*.[ch]' 'audit/*.[ch]' 'server/*.[ch]' | grep -v '^server/http\.c$' |
        xargs -r perl -0777 -ne '
            while (/^(?:\w[\w ]*[ *])?(\w+)\(((?:[\w *]|\[[^\]]*\]|,|\n)+)\)\s*[;{]/mg) {
                my ($name, $list) = ($1, $2);
                print "$ARGV: $name has more than 6 parameters\n" if ($list =~ tr/,//) > 5;
            }'
}

# Not a rule, but what the rule is for: printed on every run.
summary() {
    functions | sort -n | awk '{ lines[NR] = $1 }
        END { if (NR) print NR " functions: median " lines[int((NR + 1) / 2)] \
                  " lines, 90th percentile " lines[int(NR * 0.9)] ", longest " lines[NR] }'
}

seed() {
    {
        echo 'int long_one(void)'
        echo '{'
        seq 60 | sed 's#.*#    call();#'
        echo '}'
        echo 'int short_one(void)'
        echo '{'
        echo '}'
    } | plant crypto/base/long.c
    seq 451 | sed 's#.*#// line#' | plant web/lib/long.js
    seq 450 | sed 's#.*#// line#' | plant web/lib/short.js
    plant server/wide.h <<'TEXT'
struct result wide(int a, int b, int c, struct bytes d, const char *e,
                   int f, int *out);
struct result wide_enough(int a, int b, int c, struct bytes d, const char *e, int *out);
TEXT
}

expected() {
    cat <<'TEXT'
crypto/base/long.c:1: long_one has 63 lines
web/lib/long.js: over 450 lines
server/wide.h: wide has more than 6 parameters
TEXT
}

tree=$(listing)
summary
style_test
