#!/usr/bin/env bash
# The same votes counted by Belenios and by us: a whole election each, and the counts must agree.
set -euo pipefail

ours=${XILING_BUILD:?}/tests/peer-ours
if ! command -v belenios-tool >/dev/null; then
    echo "skipped: install belenios-tool"
    exit 77
fi
[ -x "$ours" ] || {
    echo "skipped: $ours is not built"
    exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Votes of BALLOTS members on CANDIDATES, different in every run: their seed is printed.
draw_votes() {
    node -e '
        let [seed, ballots, candidates] = process.argv.slice(1).map(Number);
        const draw = () => (seed = (seed * 48271) % 2147483647) % 3;
        console.log(JSON.stringify(Array.from({ length: ballots }, () =>
            Array.from({ length: candidates }, draw))));' "$@"
}

compare() {
    local name=$1 votes=$work/$1.json
    bash tests/peer/belenios.sh "$votes" "$work/$name" >"$work/$name.belenios"
    "$ours" "$votes" >"$work/$name.ours" 2>"$work/$name.milliseconds"
    if ! diff "$work/$name.belenios" "$work/$name.ours"; then
        echo "the counts of $name differ (Belenios <, ours >)"
        exit 1
    fi
    echo "$name: the counts of $(wc -l <"$work/$name.ours") candidates agree"
    echo "  milliseconds a ballot, Belenios: $(cat "$work/$name/milliseconds")" \
        "(with the start of its program); ours, with a ring: $(cat "$work/$name.milliseconds")"
}

seed=$((RANDOM * 32768 + RANDOM + 1))
echo "seed $seed"
echo '[[2,2,0],[2,1,0],[2,0,0]]' >"$work/extremes.json"
draw_votes "$seed" 11 6 >"$work/drawn.json"
compare extremes
compare drawn

# The comparison can fail: one vote changed on one side is seen.
draw_votes "$seed" 11 6 | sed 's/^\[\[0/[[1/; t; s/^\[\[[12]/[[0/' >"$work/other.json"
"$ours" "$work/other.json" >"$work/other.ours" 2>/dev/null
if diff -q "$work/drawn.belenios" "$work/other.ours" >/dev/null; then
    echo "a changed vote went unseen"
    exit 1
fi
