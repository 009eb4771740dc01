#!/usr/bin/env bash
# Counts plaintext votes by a whole Belenios election: other people's code for the same question.
#
# usage: belenios.sh VOTES FOLDER
#
# VOTES is JSON: a list of ballots, each a list of one grade a candidate (0 不授奖, 1 提名奖,
# 2 质量奖). Prints, a line each candidate, how many ballots gave it grade 0, 1 and 2. FOLDER is new
# and holds the election; its file `milliseconds` has milliseconds a ballot, to make and to verify.
set -euo pipefail

votes=$(realpath "$1")
mkdir -p "$2"
cd "$2"
export BELENIOS_USE_URANDOM=1
uuid=$(belenios-tool setup generate-token)
group=(--group BELENIOS-2048)

tool() { belenios-tool "$@" 2>>tool.log; }
threshold() { tool setup generate-trustee-key-threshold "${group[@]}" "$@"; }
event() { tool archive add-event "--type=$1"; }
now() { date +%s%N; }

# Three trustees of whom two can decrypt, and the mandatory one that Belenios asks for.
make_trustees() {
    local key
    for _ in 1 2 3; do threshold --step 1 >/dev/null; done
    cat ./*.cert >certs.jsons
    threshold --certs certs.jsons --step 2
    for key in ./*.key; do
        threshold --certs certs.jsons --key "$key" --step 3 --threshold 2
    done >polynomials.jsons
    threshold --certs certs.jsons --step 4 --polynomials polynomials.jsons
    for key in ./*.key; do
        threshold --certs certs.jsons --key "$key" --step 5 <"${key%.key}.vinput" >"${key%.key}.voutput"
    done
    cat ./*.voutput |
        threshold --certs certs.jsons --step 6 --polynomials polynomials.jsons >threshold.json
    tool setup generate-trustee-key "${group[@]}" >/dev/null
    cat ./*.pubkey >public_keys.jsons
    tool setup make-trustees
    rm threshold.json
}

# A question a candidate: exactly one of three answers.
make_election() {
    node -e '
        const votes = JSON.parse(require("fs").readFileSync(process.argv[1]));
        const questions = votes[0].map((_, i) => ({
            question: "候选 " + (i + 1), answers: ["不授奖", "提名奖", "质量奖"], min: 1, max: 1 }));
        console.log(JSON.stringify({ name: "评奖", description: "评奖", administrator: "评奖办",
            credential_authority: "评奖办", questions }));' "$votes" >template.json
    tool setup make-election --uuid "$uuid" "${group[@]}" --template template.json
    tool archive init
    rm -f election.json trustees.json public_creds.json
}

# One line a ballot, a vector of three for every candidate.
ballots() {
    node -e '
        for (const ballot of JSON.parse(require("fs").readFileSync(process.argv[1]))) {
            console.log(JSON.stringify(ballot.map((g) => [0, 1, 2].map((k) => +(k === g)))));
        }' "$votes"
}

cast() {
    local credential ballot
    while read -r _ credential ballot; do
        echo "$credential" >credential
        echo "$ballot" >choices.json
        tool election generate-ballot --privcred credential --ballot choices.json >ballot
        event Ballot <ballot
    done < <(ballots | paste private_creds.txt -)
}

tally() {
    local key index=2
    event EndBallots </dev/null
    tool election compute-encrypted-tally | event EncryptedTally
    for key in $(printf '%s\n' ./*.key | head -n 2); do
        tool election decrypt-threshold --key "$key" --decryption-key "${key%.key}.dkey" \
            --trustee-id "$index" | event PartialDecryption
        index=$((index + 1))
    done
    tool election decrypt --privkey ./*.privkey --trustee-id 1 | event PartialDecryption
    tool election compute-result | event Result
}

result() {
    local entry
    entry=$(tar -tf "$uuid.bel" | tail -n 2 | head -n 1)
    tar -xOf "$uuid.bel" "$entry" | node -e '
        const { result } = JSON.parse(require("fs").readFileSync(0));
        for (const counts of result) console.log(counts.join(" "));'
}

count=$(ballots | wc -l)
tool setup generate-credentials --uuid "$uuid" "${group[@]}" --count "$count" >/dev/null
mv ./*.pubcreds public_creds.json
mv ./*.privcreds private_creds.txt
make_trustees
make_election
begin=$(now)
cast
made=$(now)
tool election verify >/dev/null
verified=$(now)
tally
tool election verify >/dev/null
echo "make $(((made - begin) / count / 1000000)) verify $(((verified - made) / count / 1000000))" >milliseconds
result
