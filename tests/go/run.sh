#!/usr/bin/env bash
# A log of ours, verified by golang.org/x/mod/sumdb: the same formats, read by other people's code.
# label: quick
set -euo pipefail

log=${XILING_BUILD:?}/tests/go-log
sources=/usr/share/gocode
if ! command -v go >/dev/null || [ ! -d "$sources/src/golang.org/x/mod/sumdb" ]; then
    echo "skipped: install golang-go and golang-golang-x-mod-dev"
    exit 77
fi
[ -x "$log" ] || {
    echo "skipped: $log is not built"
    exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GO111MODULE=off GOPATH=$sources GOFLAGS="" GOCACHE=$work/cache
go build -o "$work/peer" tests/go/peer.go

# Around the edges of tiles: one entry, a full tile, one more, three levels of partial tiles.
while read -r size old index; do
    "$log" "$work/$size" "$size" "$old" "$index"
    "$work/peer" "$work/$size"
done <<'TEXT'
1 1 0
2 1 1
255 128 254
256 100 0
257 256 256
700 513 300
TEXT

# The peer is no yes-man: one changed byte anywhere and it refuses.
refuses() {
    local path=$work/700/$1 byte
    cp "$path" "$work/kept"
    byte=$(od -An -tu1 -j "$2" -N 1 "$path")
    # shellcheck disable=SC2059
    printf "$(printf '\\x%02x' $((byte ^ 1)))" |
        dd of="$path" bs=1 seek="$2" conv=notrunc status=none
    if "$work/peer" "$work/700" >/dev/null 2>&1; then
        echo "the peer accepts a changed $1"
        exit 1
    fi
    cp "$work/kept" "$path"
}
refuses checkpoint 25
refuses checkpoint 40
refuses tile/0/000 100
refuses tile/0/002.p/188 31
refuses tile/1/000.p/2 5
refuses tile/entries/001 7
refuses receipt.tlog-proof 40
refuses growth 8
"$work/peer" "$work/700"
