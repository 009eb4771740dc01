// signing-page.mjs - the printed signing page of a real report: its codes, scanned off the paper by
// another program, are the evidence, and say who signed; names and reasons only for whom may read them.
//
// covers: server/api_print, server/report_print, server/signing_proof, server/phrase
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { verifyEvidence } from "../../web/lib/evidence.js";
import { readParts } from "../../web/lib/parts.js";
import { holds, readSignOff } from "../../web/lib/sign_off.js";
import { vkeyParse } from "../../web/lib/signature.js";
import { ORGANISATION, Panel, SITE, makePdf } from "../support/panel.mjs";
import { assertProblem, scene } from "../support/scene.mjs";

const REASON = "测量分析改进一项，样本仅 41 份。";
const RARE = "吕㻏䶮𬭎𬒔";
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

async function get(panel, path, cookie) {
  const answer = await fetch(panel.service.url + path, { headers: cookie ? { cookie } : {} });
  return { status: answer.status, type: answer.headers.get("content-type"),
    body: Buffer.from(await answer.arrayBuffer()) };
}

/** The signing page as a file, and its text. */
async function print(panel, id, { cookie, query = "", name = "page" } = {}) {
  const answer = await get(panel, `/api/reports/${id}/signing-page.pdf${query}`, cookie);
  assert.equal(answer.status, 200, answer.body.toString());
  assert.equal(answer.type, "application/pdf");
  const file = panel.path(`${name}.pdf`);
  writeFileSync(file, answer.body);
  return { file, bytes: answer.body,
    text: execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }) };
}

/** What zbarimg reads on the pages, printed in black and white at 200 dots an inch. */
function scan(panel, { file }) {
  const folder = panel.path("scan");
  mkdirSync(folder, { recursive: true });
  execFileSync("pdftoppm", ["-r", "200", "-mono", file, `${folder}/page`]);
  return readdirSync(folder).flatMap((page) => {
    try {
      return execFileSync("zbarimg", ["--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable",
        `${folder}/${page}`], { encoding: "utf8" }).trim().split("\n");
    } catch (failure) {
      if (failure.status === 4) return []; /* a page without codes */
      throw failure;
    }
  });
}

function says(text, ...phrases) {
  for (const phrase of phrases) assert.ok(text.includes(phrase), `not printed: ${phrase}\n${text}`);
}

function keepsQuiet(text, ...phrases) {
  for (const phrase of phrases) assert.ok(!text.includes(phrase), `printed: ${phrase}\n${text}`);
}

// --- threats ---

async function thePaperAloneProvesWhoSigned(panel, page, document) {
  const codes = scan(panel, page);
  const served = JSON.parse((await get(panel, "/api/reports/report-1/evidence/parts")).body);
  assert.deepEqual([...codes].sort(), [...served.parts].sort());
  const text = await readParts(codes.reverse());
  assert.deepEqual(Buffer.from(text), (await get(panel, "/api/reports/report-1/evidence")).body);
  const log = vkeyParse(readFileSync(panel.vkey, "utf8").trim());
  const { entries, checkpoint } = verifyEvidence(text, log);
  const signOff = readSignOff({ origin: checkpoint.origin, entries, document: new Uint8Array(sha256(document)) });
  assert.ok(holds(signOff), JSON.stringify(signOff.problems));
  assert.equal(signOff.filed.state, "complete");
  await assert.rejects(readParts(codes.slice(1)), { rule: "parts.missing" });
  return signOff;
}

function everyStatementIsPrintedToTheByte(panel, { text }) {
  const evidence = readFileSync(panel.path("evidence.txt"), "utf8");
  const lines = evidence.split("xiling/entry/v1 ").slice(1).map((entry) => entry.split("\n").slice(1))
    .filter(([first]) => first.startsWith("xiling/v1 report.")).flatMap((entry) => entry.slice(0, entry.indexOf("")));
  assert.ok(lines.length > 50);
  for (const line of lines) says(text, line);
}

function namesAreForThoseWithASession(stranger, reviewer) {
  says(stranger.text, "reviewer-1", "没有登录", ORGANISATION);
  keepsQuiet(stranger.text, "示例reviewer-1", REASON);
  says(reviewer.text, "示例reviewer-1", "示例reviewer-3", "代表 示例rep-1");
  keepsQuiet(reviewer.text, "没有登录");
}

async function reasonsAreForThoseWhoMayReadThem(panel, reviewer) {
  says(reviewer.text, "示例reviewer-2（保留意见）", "测量分析改进一项");
  const page = await print(panel, "report-1", { cookie: await panel.openSession("rep-1"), name: "rep" });
  says(page.text, "示例reviewer-2", "其中保留意见 1 人");
  keepsQuiet(page.text, "样本仅 41 份");
}

async function noSinglePageIsTakenForMoreThanItIs(panel) {
  const open = await print(panel, "report-2", { name: "open" });
  const pages = open.text.split("\f").filter(Boolean);
  assert.ok(pages.length > 1);
  pages.forEach((page, i) => says(page, "未签署齐全", `第 ${i + 1} 页，共 ${pages.length} 页`));
  await panel.file("report-2", { bytes: makePdf(1, "Corrected"), kind: SITE });
  const old = await print(panel, "report-2", { query: "?version=1", name: "old" });
  old.text.split("\f").filter(Boolean).forEach((page) => says(page, "已作废"));
  says(old.text, "已有新的版本替代这一版");
}

async function rareCharactersAreThemselves(panel) {
  await panel.file("report-3", { bytes: makePdf(1), kind: SITE, title: `${RARE}现场评审报告` });
  const page = await print(panel, "report-3", { name: "rare" });
  says(page.text.replaceAll(/\s/g, ""), RARE);
  keepsQuiet(page.text, "U+");
  const fonts = execFileSync("pdffonts", [page.file], { encoding: "utf8" }).trim().split("\n").slice(2);
  assert.ok(fonts.length > 0 && fonts.every((font) => / yes yes yes /.test(font)), fonts.join("\n"));
}

async function aCrowdIsToldToWaitAndTheServiceGoesOn(panel) {
  const ask = () => get(panel, "/api/reports/report-3/signing-page.pdf");
  const answers = await Promise.all(Array.from({ length: 24 }, ask));
  for (const { status, body } of answers) {
    if (status !== 200) assert.equal(assertProblem({ status, text: body.toString() }, 503).rule, "sheet.busy");
  }
  assert.ok(answers.some(({ status }) => status === 200));
  assert.equal((await ask()).status, 200);
}

await scene("signing-page", async ({ district: panel }) => {
  const document = makePdf(2);
  await panel.gather();
  await panel.file("report-1", { bytes: document, kind: SITE });
  await panel.signReport("report-1", "reviewer-1");
  await panel.signReport("report-1", "reviewer-2", { opinion: "保留意见", reason: REASON });
  await panel.signReport("report-1", "reviewer-3");
  await panel.signReport("report-1", "rep-1");

  const stranger = await print(panel, "report-1", { name: "stranger" });
  const reviewer = await print(panel, "report-1", { cookie: await panel.openSession("reviewer-1"), name: "reviewer" });
  writeFileSync(panel.path("evidence.txt"), (await get(panel, "/api/reports/report-1/evidence")).body);
  says(stranger.text, "签署齐全 4 / 4", "其中保留意见 1 人", "report-check.html", "xiling-audit report");
  says(stranger.text, sha256(document).toString("hex").match(/.{4}/g).join(" "));
  assert.deepEqual((await print(panel, "report-1", { name: "again" })).bytes, stranger.bytes);
  await thePaperAloneProvesWhoSigned(panel, stranger, document);
  everyStatementIsPrintedToTheByte(panel, stranger);
  namesAreForThoseWithASession(stranger, reviewer);
  await reasonsAreForThoseWhoMayReadThem(panel, reviewer);
  await panel.file("report-2", { bytes: makePdf(3), kind: SITE });
  await panel.signReport("report-2", "reviewer-3");
  await noSinglePageIsTakenForMoreThanItIs(panel);
  await rareCharactersAreThemselves(panel);
  await aCrowdIsToldToWaitAndTheServiceGoesOn(panel);
  for (const path of ["report-9/signing-page.pdf", "report-9/evidence/parts", "report-1/evidence/parts?version=7"]) {
    const { status, body } = await get(panel, `/api/reports/${path}`);
    assertProblem({ status, text: body.toString() }, 404);
  }
}, { make: (service, folder) => new Panel(service, folder) });
