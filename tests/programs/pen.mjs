// pen.mjs - the device without a browser: every type of statement, sealed documents, and a log that
// was given to it before.
//
// covers: audit/pen/command_sealed, audit/pen/seen
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { base64Decode, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { keyCodeParse } from "../../web/lib/code.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { openSealed, sealDocument } from "../../web/lib/sealed.js";
import { openShared, shareFor } from "../../web/lib/share_identity.js";
import { Forger } from "../support/forge.mjs";
import { sha256 } from "../support/district.mjs";
import { scene, invite } from "../support/scene.mjs";
import { program, run } from "../support/service.mjs";

const attempt = (...words) => spawnSync(program("xiling-pen"), words);
const origin = "award.example/log/2026";
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

// --- statements ---

const point = base64(base64Decode("4vKuCmq/bBFrlKVvCk1DDh0ZAxjL5+MquktXlC0tLXY="));
const values = {
  id: "some-id", text: "一句话", number: "3", time: "2026-11-22T16:00:00+08:00", hash: sha256("x"),
  bytes16: base64(Buffer.alloc(16, 1)), bytes32: base64(Buffer.alloc(32, 1)),
  key: "GcoH3mN0aeBi6a0A29v6KGH8yLGTzAZf9H4iyTfMVgU=", point, proof: base64(Buffer.alloc(112, 1)),
  hidden: `#${sha256("y")}`, line: "1 one two", signature: base64(Buffer.alloc(64, 1)),
};

const sized = { 份额明文: base64(Buffer.alloc(80, 1)) }; // its row asks for this size

/** Words for each field as often as it must stand; kinds and counts are the table's. */
const wordsOf = ({ label, kind, min, words }) =>
  Array.from({ length: Math.max(min, 1) }, () => `${label}=${sized[label] ?? words?.[0] ?? values[kind]}`);

function signsEveryType(folder) {
  const table = JSON.parse(run("xiling-audit", ["types", "json"]));
  const key = join(folder, "anybody");
  writeFileSync(key, run("xiling-pen", ["key"]));
  const device = ["--key", key, "--person", "anybody", "--origin", origin];
  for (const { type, fields } of table) {
    if (type === "ballot") continue; // a ring signs it: xiling-pen ballot, in the journeys
    const composed = attempt("compose", type, "--origin", origin, ...fields.flatMap(wordsOf));
    assert.equal(composed.status, 0, `${type}: ${composed.stderr}`);
    const path = join(folder, "text");
    writeFileSync(path, composed.stdout);
    const signed = attempt("sign", path, ...device);
    assert.equal(signed.status, 0, `${type}: ${signed.stderr}`);
    assert.ok(String(signed.stdout).startsWith(`${composed.stdout}\n— anybody `), type);
    const other = attempt("sign", path, ...device.slice(0, -1), "another.example/log");
    assert.equal(other.status, 1, `${type} of another log`);
  }
}

// --- sealed documents ---

function personOf(folder, name) {
  const path = join(folder, name);
  writeFileSync(path, run("xiling-pen", ["key"]));
  return { path, box: deriveKeys(keyCodeParse(readFileSync(path, "utf8").trim())).box };
}

function sealsAndOpens(folder) {
  const [first, second, stranger] = ["handler-1", "handler-2", "stranger"].map((name) => personOf(folder, name));
  const plain = join(folder, "plain");
  writeFileSync(plain, "附件内容\n");
  const to = [first, second].map(({ box }) => base64(box.publicKey)).join(",");
  const sealed = attempt("seal", plain, "--to", to);
  assert.equal(sealed.status, 0, String(sealed.stderr));
  const name = `${sha256(sealed.stdout)} ${sealed.stdout.length}`;
  assert.equal(String(sealed.stderr).trim(), name, "what a statement names");
  assert.equal(utf8Decode(openSealed(new Uint8Array(sealed.stdout), [second.box])), "附件内容\n");

  const file = join(folder, "sealed");
  writeFileSync(file, sealDocument(1, [first.box.publicKey], utf8("来自浏览器")));
  assert.equal(String(attempt("open", file, "--key", first.path).stdout), "来自浏览器");
  const refused = attempt("open", file, "--key", stranger.path);
  assert.equal(refused.status, 1);
  assert.match(String(refused.stderr), /sealed\.reader/);
  assert.equal(refused.stdout.length, 0);
}

function opensAnIdentityWithTwoKeepers(folder) {
  const [one, two, handler, other] = ["keeper-1", "keeper-2", "reader", "other"].map((name) => personOf(folder, name));
  const plain = join(folder, "identity");
  writeFileSync(plain, "姓名：示例\n");
  const both = [one, two].map(({ box }) => base64(box.publicKey)).join(",");
  const file = join(folder, "sealed-identity");
  writeFileSync(file, attempt("seal", plain, "--to-both", both).stdout);
  const document = new Uint8Array(readFileSync(file));
  const pass = (keeper, reader) =>
    String(attempt("pass", file, "--key", keeper.path, "--to", base64(reader.box.publicKey)).stdout).trim();
  const shares = [pass(one, handler), pass(two, handler)];

  const open = (...words) => attempt("open", file, "--key", ...words);
  assert.equal(String(open(handler.path, "--passed", shares.join(",")).stdout), "姓名：示例\n");
  assert.equal(utf8Decode(openShared(document, handler.box, shares.map((text) => base64Decode(text)))), "姓名：示例\n");
  const mixed = [shares[0], base64(shareFor(document, two.box, handler.box.publicKey))];
  assert.equal(String(open(handler.path, "--passed", mixed.join(",")).stdout), "姓名：示例\n", "one share by the browser");

  for (const words of [[one.path], [handler.path], [other.path, "--passed", shares.join(",")],
    [handler.path, "--passed", `${shares[0]},${shares[0]}`], [handler.path, "--passed", shares[0]]]) {
    const refused = open(...words);
    assert.equal(refused.status, 1, words.join(" "));
    assert.equal(refused.stdout.length, 0);
  }
  assert.equal(attempt("pass", file, "--key", other.path, "--to", base64(handler.box.publicKey)).status, 1);
}

// --- a log that was given before ---

/** A device acts on the log it has seen, and on what continues it; on nothing shorter, nothing else. */
async function remembersTheLog({ service, district, folder }) {
  await district.enrol("trustee-1", "受托人");
  const notes = [1, 2].map((n) => invite(district, `guest-${n}`));
  await district.log(notes[0]);
  district.exportLog();
  const shorter = join(folder, "shorter");
  cpSync(district.path("export"), shorter, { recursive: true });
  await district.log(notes[1]);
  district.exportLog();
  const forger = new Forger(district.path("export"), service.folder);
  const size = forger.entries.length;
  const another = join(folder, "another");
  forger.write(another, size - 1, [invite(district, "guest-3")]);

  const key = district.path("keys", "trustee-1");
  const deal = (log, ...pin) => String(attempt("deal", "--log", log, ...pin, "--ceremony", "none",
    "--key", key, "--person", "trustee-1").stderr);
  const pin = ["--vkey", district.vkey];
  assert.match(deal(shorter, ...pin), /view\.unknown/, "a first log is believed");
  assert.match(deal(district.path("export"), ...pin), /view\.unknown/, "and what continues it");
  assert.match(deal(shorter, ...pin), /growth\.shorter[^]*pen\.log/);
  assert.match(deal(another, ...pin), /growth\.fork[^]*pen\.log/);
  assert.match(deal(district.path("export"), ...pin), /view\.unknown/);
  assert.match(deal(district.path("export")), /options\.missing/, "a log does not pin itself");
}

await scene("pen", async (stage) => {
  signsEveryType(stage.folder);
  sealsAndOpens(stage.folder);
  opensAnIdentityWithTwoKeepers(stage.folder);
  await stage.district.begin();
  await remembersTheLog(stage);
});
