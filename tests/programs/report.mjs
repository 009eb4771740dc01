// report.mjs - the evidence bundle of a real report: taken from the service, checked by
// `xiling-audit report`, and every file of it falsified once.
//
// covers: audit/verifier/command_report, audit/verifier/place, audit/verifier/report_check
// covers: audit/verifier/report_log, audit/verifier/report_sums, audit/verifier/report_tell
// covers: audit/verifier/report_findings, server/api_bundle, server/bundle, server/bundle_readme
// covers: server/report_evidence
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PAPER, Panel, SITE, makePdf } from "../support/panel.mjs";
import { scene } from "../support/scene.mjs";
import { program } from "../support/service.mjs";
import { verifiesWithAPublicTool } from "./attestation.mjs";

const hex = (bytes) => createHash("sha256").update(bytes).digest("hex");
const check = (...words) => spawnSync(program("xiling-audit"), ["report", ...words], { encoding: "utf8" });

/** Checks, and expects this status; returns what was said. */
function told(status, ...words) {
  const { status: found, stdout, stderr } = check(...words);
  assert.equal(found, status, `${words.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

function says(text, ...phrases) {
  for (const phrase of phrases) assert.ok(text.includes(phrase), `not said: ${phrase}\n${text}`);
}

async function get(panel, path, cookie) {
  const ask = () => fetch(panel.service.url + path, { headers: cookie ? { cookie } : {} });
  const answer = await ask().catch(ask); /* a connection that went idle while the pen worked */
  return { status: answer.status, type: answer.headers.get("content-type"),
    body: Buffer.from(await answer.arrayBuffer()) };
}

/** The bundle as a file and as a folder. */
async function take(panel, id, query = "") {
  const answer = await get(panel, `/api/reports/${id}/bundle.tar${query}`, panel.cookie);
  assert.equal(answer.status, 200, answer.body.toString());
  assert.equal(answer.type, "application/x-tar");
  const tar = panel.path(`${id}.tar`);
  const folder = panel.path(`${id}-unpacked`);
  writeFileSync(tar, answer.body);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  execFileSync("tar", ["xf", tar, "-C", folder]);
  return { tar, bytes: answer.body, folder: join(folder, readdirSync(folder)[0]) };
}

function filesOf(folder, prefix = "") {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(folder, `${prefix}${entry.name}/`) : [prefix + entry.name]).sort();
}

// --- what holds ---

async function holdsAsTarAndAsFolder(panel, bundle) {
  const pin = ["--vkey", panel.vkey];
  const text = told(0, bundle.tar, ...pin);
  says(text, "✓ B1", "✓ B2", "✓ B3", "✓ B4", "✓ B5", "✓ B6", "✓ B7", "✓ B8", "· B9", "complete",
    "✓ 组长 reviewer-1：同意", "评审员 reviewer-2：保留意见", "受评组织 rep-1 @ org-1：同意");
  assert.equal(told(0, bundle.folder, ...pin), text);
  says(told(0, bundle.tar), "compare it with the printed one");
  says(told(0, bundle.tar, ...pin, "--log", panel.service.url), "✓ B9", "complete (4/4)");
  execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: bundle.folder });
}

async function isDeterministicAndPlain(panel, bundle) {
  assert.deepEqual((await take(panel, "report-1")).bytes, bundle.bytes);
  const names = execFileSync("tar", ["tf", bundle.tar], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(names, [...names].sort());
  assert.ok(names.every((name) => name.startsWith("report-1-v1/")), names.join(" "));
  for (const name of ["README.txt", "SHA256SUMS", "attestation.json", "document.pdf", "evidence.txt",
    "log.vkey", "signing-page.pdf", "witness.policy"]) {
    assert.ok(names.includes(`report-1-v1/${name}`), name);
  }
  const owners = execFileSync("tar", ["tvf", bundle.tar, "--numeric-owner"], { encoding: "utf8" });
  assert.ok(owners.trim().split("\n").every((line) => /^-rw-r--r-- 0\/0 /.test(line)), owners);
}

/** Whoever may not read the document gets no bundle; whoever gets one is written down. */
async function isGivenToThoseEntitled(panel) {
  const { bytes } = panel.reports.get("report-1");
  const path = "/api/reports/report-1/bundle.tar";
  assert.equal((await get(panel, path)).status, 401);
  const stranger = await panel.openSession("reviewer-4");
  assert.equal((await get(panel, path, stranger)).status, 403);
  const member = await panel.openSession("member-01");
  assert.equal((await get(panel, path, member)).status, 200);
  const { reads } = JSON.parse((await get(panel, `/api/documents/${hex(bytes)}/reads`, panel.cookie)).body);
  assert.equal(reads.at(-1).person, "member-01");
  assert.ok(reads.every(({ person }) => person !== "reviewer-4"));
}

// --- what does not ---

/** The bundle's copy with one change; the whole list of sums made anew if asked. */
function altered(panel, bundle, change, { summed = false } = {}) {
  const folder = panel.path("altered");
  rmSync(folder, { recursive: true, force: true });
  cpSync(bundle.folder, folder, { recursive: true });
  change(folder);
  if (summed) {
    const names = filesOf(folder).filter((name) => name !== "SHA256SUMS");
    writeFileSync(join(folder, "SHA256SUMS"),
      names.map((name) => `${hex(readFileSync(join(folder, name)))}  ${name}\n`).join(""));
  }
  return folder;
}

function flip(name, at = 0.5) {
  return (folder) => {
    const bytes = readFileSync(join(folder, name));
    const place = Math.min(bytes.length - 1, Math.floor(bytes.length * at));
    bytes[place] ^= 1;
    writeFileSync(join(folder, name), bytes);
  };
}

/** One byte of each file, wherever it stands, and the file is named. */
function namesEveryFileWithAChangedByte(panel, bundle) {
  const names = filesOf(bundle.folder).filter((name) => readFileSync(join(bundle.folder, name)).length > 0);
  assert.ok(names.length > 20, names.join(" "));
  for (const name of names) {
    for (const at of name.includes("/") ? [0.5] : [0, 0.5, 1]) {
      const text = told(1, altered(panel, bundle, flip(name, at)), "--vkey", panel.vkey);
      says(text, name, "✕ B1");
    }
  }
}

/** Whoever changes a file and makes the sums anew has still no signature, no entry, no key. */
function seesThroughNewSums(panel, bundle) {
  const names = filesOf(bundle.folder);
  const steps = [["document.pdf", "✕ B7"], ["evidence.txt", "✕ B"],
    [names.find((name) => name.endsWith("report.sign.txt")), "✕ B5"],
    [names.find((name) => name.endsWith(".receipt")), "✕ B4"]];
  for (const [name, step] of steps) {
    const folder = altered(panel, bundle, flip(name), { summed: true });
    const text = told(1, folder, "--vkey", panel.vkey);
    says(text, "✓ B1", step, name);
  }
  const gone = (name) => altered(panel, bundle, (folder) => rmSync(join(folder, name)), { summed: true });
  for (const [name, step] of steps) says(told(1, gone(name), "--vkey", panel.vkey), step, name);
  says(told(1, altered(panel, bundle, (folder) => rmSync(join(folder, "README.txt")))), "README.txt");
  says(told(1, altered(panel, bundle, (folder) => writeFileSync(join(folder, "more.txt"), "x"))), "more.txt");
  const stray = altered(panel, bundle, (folder) =>
    writeFileSync(join(folder, "receipts", "000000.receipt.txt"), "x"), { summed: true });
  says(told(1, stray), "000000.receipt.txt", "report_bundle.stranger");
}

/** The key of another log, or this bundle under another's key. */
function holdsOnlyUnderItsOwnKey(panel, bundle) {
  const foreign = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  says(told(1, bundle.tar, "--vkey", foreign), "✕ B2");
  const folder = altered(panel, bundle, (place) => writeFileSync(join(place, "log.vkey"), `${foreign}\n`), { summed: true });
  says(told(1, folder), "✕ B2");
  told(0, folder, "--vkey", panel.vkey);
  const policy = altered(panel, bundle, (place) =>
    writeFileSync(join(place, "witness.policy"), `log ${foreign}\nquorum none\n`), { summed: true });
  says(told(1, policy, "--vkey", panel.vkey), "witness.policy", "report_bundle.policy");
}

/** Evidence of two parts of the truth: only the whole log can say what was left out. */
async function findsWhatWasLeftOut(panel, bundle) {
  const evidence = readFileSync(join(bundle.folder, "evidence.txt"), "utf8");
  assert.ok(evidence.startsWith("xiling/evidence/v1\n"));
  const younger = panel.path("younger");
  cpSync(bundle.folder, younger, { recursive: true });
  await panel.file("report-1", { bytes: makePdf(1, "Corrected"), kind: SITE });
  const text = told(0, younger, "--vkey", panel.vkey, "--log", panel.service.url);
  says(text, "✓ B9", "version 1: void", "version 2: open (0/4)");
  says(told(0, (await take(panel, "report-1", "?version=1")).tar, "--vkey", panel.vkey),
    "○ B8", "superseded", "保留意见");
}

// --- for tools that know nothing of Xiling ---

/** The export in the bundle is the one that is served, and says of the file what the log says. */
async function attestsToOthers(panel, bundle) {
  const pin = JSON.parse((await get(panel, "/api/pin")).body);
  const served = await get(panel, "/api/reports/report-1/attestation.json");
  assert.equal(served.status, 200);
  assert.ok(served.body.equals(readFileSync(join(bundle.folder, "attestation.json"))));
  const logKey = Buffer.from(pin.vkey.split("+").slice(2).join("+"), "base64").subarray(1).toString("base64");
  const payload = verifiesWithAPublicTool(JSON.parse(served.body), pin.service_key, logKey);

  const { bytes } = panel.reports.get("report-1");
  assert.equal(payload._type, "https://in-toto.io/Statement/v1");
  assert.equal(payload.predicateType, "https://xiling.example/sign-off/v1");
  assert.deepEqual(payload.subject, [{ name: "document.pdf", digest: { sha256: hex(bytes) } }]);
  const { predicate } = payload;
  assert.match(predicate.signedBy, /service key/);
  assert.equal(predicate.state, "complete");
  assert.deepEqual(predicate.signers.map(({ person, verdict }) => `${person} ${verdict}`),
    ["reviewer-1 agreed", "reviewer-2 reserved", "reviewer-3 agreed", "rep-1 agreed"]);
  assert.equal(predicate.log.origin, panel.service.origin);
  for (const { index, note } of predicate.statements) {
    const name = filesOf(join(bundle.folder, "statements")).find((one) => Number(one.slice(0, 6)) === index);
    assert.equal(note, readFileSync(join(bundle.folder, "statements", name), "utf8"));
  }
}

// --- what is no bundle ---

/** A tar by hand: [name, type flag, contents or link]. */
function tarOf(...members) {
  const blocks = members.map(([name, flag, text = ""]) => {
    const head = Buffer.alloc(512);
    const contents = flag === "0" ? Buffer.from(text) : Buffer.alloc(0);
    head.write(name, 0, "latin1");
    head.write("0000644\0" + "0000000\0" + "0000000\0", 100);
    head.write(contents.length.toString(8).padStart(11, "0") + "\0" + "00000000000\0" + "        ", 124);
    head.write(flag, 156);
    head.write(flag === "0" ? "" : text, 157);
    head.write("ustar\x0000", 257, "latin1");
    head.write(head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0") + "\0 ", 148);
    return Buffer.concat([head, contents, Buffer.alloc((512 - contents.length % 512) % 512)]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function readsNothingThatLeadsAnywhere(panel, bundle) {
  const refused = (rule, ...members) => {
    const path = panel.path("crafted.tar");
    writeFileSync(path, tarOf(...members));
    says(told(1, path), "✕ B1", rule);
  };
  refused("report_bundle.path", ["../outside.txt", "0", "x"]);
  refused("report_bundle.path", ["/etc/passwd", "0", "x"]);
  refused("report_bundle.path", ["r-v1/../../outside.txt", "0", "x"]);
  refused("report_bundle.path", ["r-v1/other/README.txt", "0", "x"]);
  refused("report_bundle.path", ["r-v1/README.txt", "0", "x"], ["s-v1/README.txt", "0", "x"]);
  refused("report_bundle.twice", ["r-v1/README.txt", "0", "x"], ["r-v1/README.txt", "0", "y"]);
  refused("tar.link", ["r-v1/document.pdf", "2", "/etc/passwd"]);
  refused("tar.link", ["r-v1/a", "0", "x"], ["r-v1/document.pdf", "1", "r-v1/a"]);
  refused("tar.link", ["r-v1/pipe", "6"]);
  refused("tar.size", ...Array.from({ length: 601 }, (_, i) => [`r-v1/f${i}`, "0", "x"]));
  const link = altered(panel, bundle, (folder) => {
    rmSync(join(folder, "document.pdf"));
    symlinkSync(panel.vkey, join(folder, "document.pdf"));
  });
  says(told(1, link), "document.pdf", "tar.link");
  writeFileSync(panel.path("none"), "not a tar file at all");
  says(told(1, panel.path("none")), "tar.form");
  writeFileSync(panel.path("cut.tar"), bundle.bytes.subarray(0, bundle.bytes.length / 2));
  told(1, panel.path("cut.tar"));
  told(2, panel.path("missing.tar"));
  told(2);
}

await scene("report", async ({ district: panel }) => {
  await panel.gather();
  await panel.file("report-1", { bytes: makePdf(2), kind: SITE });
  await panel.signReport("report-1", "reviewer-1");
  await panel.signReport("report-1", "reviewer-2", { opinion: "保留意见", reason: "样本偏少。" });
  await panel.signReport("report-1", "reviewer-3");
  await panel.signReport("report-1", "rep-1");
  await panel.file("report-2", { bytes: Buffer.from("资料评审报告。\n"), format: "TXT", kind: PAPER });
  await panel.signReport("report-2", "reviewer-3", { opinion: "不同意", reason: "数据不实。" });

  const bundle = await take(panel, "report-1");
  await holdsAsTarAndAsFolder(panel, bundle);
  await isDeterministicAndPlain(panel, bundle);
  await attestsToOthers(panel, bundle);
  await isGivenToThoseEntitled(panel);
  namesEveryFileWithAChangedByte(panel, bundle);
  seesThroughNewSums(panel, bundle);
  holdsOnlyUnderItsOwnKey(panel, bundle);
  readsNothingThatLeadsAnywhere(panel, bundle);
  says(told(0, (await take(panel, "report-2")).tar, "--vkey", panel.vkey), "○ B8", "blocked", "✕ 评审员 reviewer-3");
  await findsWhatWasLeftOut(panel, bundle);
  await panel.file("report-3", { bytes: makePdf(1, "Not sent"), kind: PAPER, stored: false });
  assert.match((await get(panel, "/api/reports/report-3/bundle.tar", panel.cookie)).body.toString(), /"document\.missing"/);
  assert.equal((await get(panel, "/api/reports/report-9/bundle.tar", panel.cookie)).status, 404);
}, { make: (service, folder) => new Panel(service, folder) });
