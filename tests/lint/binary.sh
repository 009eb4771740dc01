#!/usr/bin/env bash
# What the compiler was asked for is in the binaries: position independent, read-only after
# start, no executable stack, canaries and checked copies; and no library of ours has a global
# variable that can change.
set -euo pipefail
build=${XILING_BUILD:?}
grep -q 'XILING_SANITIZE:BOOL=ON\|XILING_COVERAGE:BOOL=ON' "$build/CMakeCache.txt" && exit 77

findings=0
finding() {
    echo "$1"
    findings=$((findings + 1))
}

# hardened BINARY - prints what it lacks.
hardened() {
    local headers dynamic symbols
    headers=$(readelf -hlW "$1")
    dynamic=$(readelf -dW "$1")
    symbols=$(readelf --dyn-syms -W "$1")
    grep -q 'Type: *DYN' <<<"$headers" || echo "is not position independent"
    grep -q 'GNU_RELRO' <<<"$headers" || echo "has no read-only relocations"
    grep -q 'BIND_NOW\|Flags:.* NOW' <<<"$dynamic" || echo "binds late"
    ! grep -q 'GNU_STACK.*RWE' <<<"$headers" || echo "has an executable stack"
    grep -q '__stack_chk_fail' <<<"$symbols" || echo "has no stack canaries"
    grep -q '_chk@' <<<"$symbols" || echo "has no checked copies"
}

# changeable ARCHIVE - its writable objects that are not relocated constants.
changeable() {
    objdump -t "$1" | awk '/\.o:/ { file = $1 }
        $0 ~ / O (\.data|\.bss|\.tbss|\.tdata|\.data\.[a-z_.]+|\.bss\.[a-z_.]+|\*COM\*)\t/ &&
        $0 !~ /\.data\.rel\.ro/ { print file " " $NF }'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'int counter; static int hidden = 3;\nint main(void) { return counter + hidden++; }\n' >"$work/bad.c"
gcc -no-pie -z norelro -z lazy -fno-stack-protector "$work/bad.c" -o "$work/bad"
gcc -c "$work/bad.c" -o "$work/bad.o" && ar rc "$work/libbad.a" "$work/bad.o"
[ "$(hardened "$work/bad" | wc -l)" -eq 5 ] || { echo "the test itself is broken"; exit 2; }
[ "$(changeable "$work/libbad.a" | wc -l)" -eq 2 ] || { echo "the test itself is broken"; exit 2; }

for binary in xiling xiling-audit xiling-pen; do
    [ -x "$build/$binary" ] || continue
    while read -r line; do finding "$binary $line"; done < <(hardened "$build/$binary")
done
for library in crypto audit verifier pen service; do
    [ -f "$build/lib$library.a" ] || continue
    while read -r line; do finding "lib$library.a: changeable: $line"; done \
        < <(changeable "$build/lib$library.a")
done
[ "$findings" -eq 0 ]
