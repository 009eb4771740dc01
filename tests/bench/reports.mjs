// reports.mjs - signing off: signatures through the real service, an evidence bundle made and
// checked, and a long report drawn in a browser.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utf8 } from "../../web/lib/bytes.js";
import { keyCodeParse } from "../../web/lib/code.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { signLine } from "../../web/lib/signature.js";
import { openBrowser } from "../journeys/support/browser.mjs";
import { sha256, timeFromNow } from "../support/district.mjs";
import { PAPER, Panel, makePdf } from "../support/panel.mjs";
import { Service, freePort, pause, program } from "../support/service.mjs";
import { cpuOf, logSize, wrk } from "./load.mjs";

const ORIGIN = "record.example/log/2026";
const PAGES = 200;
const LINE = "Customers were asked twice a year; the sample covers every line of products.";
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const seconds = (begin) => (performance.now() - begin) / 1000;

// --- signatures ---

/** Signs texts in this process: thousands of them would take xiling-pen minutes. */
function signer(panel, person) {
  const { sign } = deriveKeys(keyCodeParse(readFileSync(panel.path("keys", person), "utf8").trim()));
  return (text) => `${text}\n${signLine(person, sign, utf8(text))}`;
}

function makeFilings(panel, count) {
  const sign = signer(panel, "reviewer-1");
  return Array.from({ length: count }, (_, i) => sign(panel.compose("report.file", ["报告", `load-${i}`],
    ["版本", "1"], ["种类", PAPER], ["评审组", "team-1"], ["受评组织", "org-1"], ["标题", `第 ${i} 份评审报告`],
    ["文件", sha256(`document ${i}`)], ["大小", "20480"], ["格式", "PDF"],
    ...panel.reviewers.map((person, place) => ["须签", `${person} ${place === 0 ? "组长" : "评审员"}`]),
    ["签署期限", timeFromNow(86400)])));
}

function makeSignatures(panel, count) {
  const head = panel.head();
  const signers = panel.reviewers.map((person) => [person, signer(panel, person)]);
  return Array.from({ length: count }, (_, i) => signers.map(([person, sign], place) =>
    sign(panel.compose("report.sign", ["报告", `load-${i}`], ["版本", "1"], ["文件", sha256(`document ${i}`)],
      ["签署人", person], ["身份", place === 0 ? "组长" : "评审员"], ["意见", "同意"], ...head,
      ["时间", timeFromNow()])))).flat();
}

/** Keeps 64 requests under way. */
async function postAll(panel, notes) {
  const waiting = [...notes];
  const one = async () => {
    for (let note = waiting.pop(); note !== undefined; note = waiting.pop()) await panel.log(note);
  };
  await Promise.all(Array.from({ length: 64 }, one));
}

async function measureSignatures(table, panel, quick) {
  const count = quick ? 700 : 3000;
  await postAll(panel, makeFilings(panel, count));
  const notes = makeSignatures(panel, count);
  const file = panel.path("signatures");
  writeFileSync(file, ["", ...notes].map((note) => `${note || "-"}\0`).join(""));
  const before = { size: await logSize(panel.service), cpu: cpuOf(panel.service.child) };
  const load = await wrk(panel.service.url, 64, quick ? 3 : 10, "--script", "tests/bench/statements.lua",
    "--", file);
  const logged = await logSize(panel.service) - before.size;
  if (load.refused > 0) throw new Error(`${load.refused} signatures refused`);
  const one = JSON.parse((await panel.service.get("/api/reports/load-9")).text);
  if (one.state !== "complete") throw new Error(`a signed report is ${one.state}`);
  table.title("Reports signed through HTTP, durable, each signature with its receipt");
  table.row(`signatures on ${count.toLocaleString("en")} reports`, logged / load.seconds, "/s");
  table.row("the same, for each core of the service", logged / (cpuOf(panel.service.child) - before.cpu), "/s");
}

// --- bundles ---

async function takeBundle(panel, id) {
  const begin = performance.now();
  const answer = await fetch(`${panel.service.url}/api/reports/${id}/bundle.tar`, { headers: { cookie: panel.cookie } });
  if (answer.status !== 200) throw new Error(await answer.text());
  const bytes = Buffer.from(await answer.arrayBuffer());
  const took = seconds(begin);
  writeFileSync(panel.path(`${id}.tar`), bytes);
  return took;
}

/** { wall, cpu } in ms. */
function checkBundle(panel, id) {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync("/usr/bin/time", ["--format", "%U %S", program("xiling-audit"),
    "report", panel.path(`${id}.tar`), "--vkey", panel.vkey], { encoding: "utf8" });
  if (status !== 0) throw new Error(stdout + stderr);
  const [user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall: seconds(begin) * 1000, cpu: (user + system) * 1000 };
}

async function measureBundle(table, panel, [id, name, bytes]) {
  await panel.file(id, { bytes, kind: PAPER });
  for (const person of panel.reviewers) await panel.signReport(id, person);
  const made = [await takeBundle(panel, id), await takeBundle(panel, id)];
  table.row(`${name}: made and downloaded`, Math.min(...made) * 1000, "ms");
  const checks = [1, 2, 3, 4, 5].map(() => checkBundle(panel, id));
  table.row(`${name}: checked by xiling-audit report`, median(checks.map(({ wall }) => wall)), "ms");
  table.row(`${name}: the same, CPU`, median(checks.map(({ cpu }) => cpu)), "ms");
}

async function measureBundles(table, panel) {
  table.title("An evidence bundle of three signatures");
  await measureBundle(table, panel, ["bundle-small", "a PDF of 2 pages", makePdf(2)]);
  const large = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(20 << 20)]);
  await measureBundle(table, panel, ["bundle-large", "a file of 20 MB", large]);
}

// --- in the browser ---

/** Runs in the page: the very modules that report.html reads and draws with. */
async function readInPage({ file, size }) {
  const { fetchFile } = await import("/pages/report/file.js");
  const { openSource, prepareSource } = await import("/pages/report/source.js");
  prepareSource("PDF");
  const times = {};
  const begin = performance.now();
  const { bytes, isSame } = await fetchFile({ file, size }, () => {});
  if (!isSame) throw new Error("another file");
  times.hashed = performance.now() - begin;
  const source = await openSource(bytes, "PDF");
  for (let n = 1; n <= source.count; n++) {
    const { width } = await source.size(n);
    await source.draw(n, document.createElement("canvas"), 360 / width).done;
    if (n === 1) times.first = performance.now() - begin;
  }
  return { ...times, all: performance.now() - begin, pages: source.count };
}

async function measureBrowser(table, panel) {
  await pause(100); /* to notice connections that went idle while bundles were checked */
  const bytes = makePdf(PAGES, Array(40).fill(LINE).join(") Tj 0 -16 Td ("));
  await panel.file("long", { bytes, kind: PAPER });
  const chromium = await openBrowser();
  try {
    const page = await chromium.newPage();
    const [name, value] = panel.cookie.split("=");
    await page.context().addCookies([{ name, value, url: `${panel.service.url}/api` }]);
    await page.goto(`${panel.service.url}/report.html`);
    const file = createHash("sha256").update(bytes).digest("hex");
    const { hashed, first, all, pages } = await page.evaluate(readInPage, { file, size: bytes.length });
    if (pages !== PAGES) throw new Error(`${pages} pages`);
    table.title(`A report of ${PAGES} pages of text in Chromium, 360 px wide (${(bytes.length / 1024).toFixed(0)} KB)`);
    table.row("fetched and hashed", hashed, "ms");
    table.row("until its first page is drawn", first, "ms");
    table.row(`until all ${PAGES} are (the page draws only those near the eye)`, all / 1000, "s");
  } finally {
    await chromium.close();
  }
}

export async function measureReports(table, folder, quick) {
  const service = new Service(join(folder, "reports-data"), { port: await freePort(), origin: ORIGIN });
  const panel = new Panel(service, join(folder, "reports"));
  try {
    await panel.gather();
    await measureSignatures(table, panel, quick);
    await measureBundles(table, panel);
    await measureBrowser(table, panel);
  } finally {
    await service.end();
  }
}
