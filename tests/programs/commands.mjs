// commands.mjs - the commands that no other test needs: exit statuses, pins, the second device.
//
// covers: audit/verifier/command_ballot, audit/verifier/command_types, audit/verifier/pinned
// covers: audit/pen/command_post
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { sha256, textOf } from "../support/district.mjs";
import { scene, invite } from "../support/scene.mjs";
import { program } from "../support/service.mjs";

/** Runs a program that may fail: { status, stdout, stderr }. */
const attempt = (name, ...words) => spawnSync(program(name), words, { encoding: "utf8" });

/** Crockford's base32 of the first 16 bytes: a short code. */
function shortCode(hash) {
  const bits = [...Buffer.from(hash.slice(0, 32), "hex")].map((byte) => byte.toString(2).padStart(8, "0"));
  return bits.join("").padEnd(130, "0").match(/.{5}/g)
    .map((five) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[parseInt(five, 2)]).join("");
}

function remakesBallotOfAChallenge(folder) {
  const { elections } = JSON.parse(readFileSync("tests/vectors/ballot.json", "utf8"));
  for (const { manifest, ballots } of elections) {
    const path = join(folder, "manifest");
    writeFileSync(path, manifest.text);
    for (const ballot of ballots) {
      const words = ["ballot", "--manifest", path, "--seed", ballot.seed, "--code", ballot.code];
      const choices = ["--choices", ballot.choices.join(",")];
      const code = shortCode(ballot.fingerprint);
      const same = attempt("xiling-audit", ...words, ...choices, "--fingerprint", code);
      assert.equal(same.status, 0, same.stdout + same.stderr);
      assert.ok(same.stdout.includes(code), same.stdout);
      const other = attempt("xiling-audit", ...words, "--choices", ballot.choices.map(() => 0).join(","),
        "--fingerprint", code);
      assert.equal(other.status, ballot.choices.every((grade) => grade === 0) ? 0 : 1);
    }
  }
}

function printsTheTableOfTypes() {
  const table = JSON.parse(attempt("xiling-audit", "types", "json").stdout);
  const text = attempt("xiling-audit", "types").stdout;
  assert.ok(table.length > 30);
  for (const { type } of table) assert.ok(text.includes(`\`${type}\``), type);
}

/** Every command and every step stands in the help, which is no failure. */
function helps() {
  for (const [name, commands, wrong] of [["xiling-audit", ["verify", "export", "receipt", "report", "ballot", "types"], 2],
    ["xiling-pen", ["key", "compose", "sign", "ballot", "share", "seal", "open", "pass"], 1]]) {
    const help = attempt(name, "--help");
    assert.equal(help.status, 0);
    for (const command of commands) {
      assert.match(help.stdout, new RegExp(`${name} ${command} `));
      assert.equal(attempt(name, command, "--help").stdout, help.stdout);
    }
    assert.equal(attempt(name).status, wrong);
  }
  const { length } = readFileSync("docs/protocol.md", "utf8").match(/^\| V\d+ \|/gm);
  assert.ok(attempt("xiling-audit", "--help").stdout.includes(`V1 to V${length}`));
}

/** A note that is posted gives its receipt; a refused one the rule, and an exit status. */
async function postsNotes({ folder, service, district }) {
  const path = join(folder, "note");
  const note = invite(district, "guest-1");
  writeFileSync(path, note);
  const taken = attempt("xiling-pen", "post", service.url, path);
  assert.equal(taken.status, 0, taken.stderr);
  assert.match(taken.stdout, /^c2sp\.org\/tlog-proof@v1\n/);
  writeFileSync(path, note.replace("guest-1", "guest-2"));
  const refused = attempt("xiling-pen", "post", service.url, path);
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /statement\.signature/);
}

/** The pin decides: another log's key or genesis is another log, whatever it says itself. */
function verifiesAgainstThePin({ folder, district }) {
  const entry = district.entries()[0];
  const genesis = sha256(textOf(entry.slice(entry.indexOf("\n") + 1)), "hex");
  const verify = (...words) => attempt("xiling-audit", "verify", district.path("export"), ...words);
  const key = readFileSync(district.vkey, "utf8").trim();
  const foreign = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  assert.equal(verify("--vkey", district.vkey, "--genesis", genesis).status, 0);
  assert.equal(verify("--vkey", key).status, 0, "the key itself instead of a file");
  assert.notEqual(verify("--vkey", foreign).status, 0);
  assert.notEqual(verify("--vkey", key, "--genesis", sha256("another", "hex")).status, 0);
  assert.equal(verify("--vkey", join(folder, "missing")).status, 2);
  assert.equal(attempt("xiling-audit", "verify", join(folder, "missing"), "--vkey", key).status, 2);
  assert.equal(attempt("xiling-audit", "nonsense").status, 2);
}

/** What an auditor is told beside the log is true line by line, or nothing is concluded. */
function readsOpenings({ folder, service, district }) {
  const path = join(folder, "openings");
  const verify = (text) => {
    writeFileSync(path, text);
    return attempt("xiling-audit", "verify", district.path("export"), "--vkey", district.vkey, "--openings", path);
  };
  const listed = attempt("xiling", "openings", "--data", service.folder);
  assert.deepEqual([listed.status, listed.stdout.match(/^#.*\n$/) !== null], [0, true], listed.stdout);
  assert.equal(verify(listed.stdout).status, 0);
  assert.equal(attempt("xiling", "openings", "--data", join(folder, "missing")).status, 1);
  const salt = Buffer.alloc(32).toString("base64");
  for (const [text, words] of [["# of the office\n\nxixi\n", "(openings.form, 3)"], [`${"0".repeat(64)} ${salt} xixi\n`, "(openings.value, 1)"]]) {
    const failed = verify(text);
    assert.equal(failed.status, 2, failed.stdout);
    assert.ok(failed.stderr.includes(words), failed.stderr);
  }
}

await scene("programs", async (stage) => {
  remakesBallotOfAChallenge(stage.folder);
  printsTheTableOfTypes();
  helps();
  await stage.district.begin();
  await postsNotes(stage);
  stage.district.verify();
  verifiesAgainstThePin(stage);
  readsOpenings(stage);
});
