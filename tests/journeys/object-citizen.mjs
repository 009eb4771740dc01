/**
 * object-citizen.mjs - a citizen objects on a phone: scans, mistypes the identity number, loses the connection
 * during the upload and the page with it, keeps the code; follows the case with it, gives more material, reads
 * the answer, sees the opening of the identity, withdraws another.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { keyCodeParse } from "../../web/lib/code.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { openSealed } from "../../web/lib/sealed.js";
import { makePdf } from "../support/panel.mjs";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { shoot } from "./support/shots.mjs";

const FACTS = "2025年3月，该公司因排放超标被责令整改。\n申报材料里写“近三年无环境违法”，与事实不符。";
const PDF = Buffer.concat([makePdf(2, "Material"), randomBytes(3 << 20)]);
const NUMBER = "11010519491231002";
const PATIENCE = { timeout: 60000 };
const chromium = await openBrowser();

const next = (page) => page.getByRole("button", { name: /^下一步/ }).click();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const attach = (page, name, buffer, mimeType = "application/pdf") => page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });

async function fromThePoster(page, url) {
  await page.goto(`${url}/notice.html#${NOTICE}`);
  await heading(page, "初选名单公示");
  await page.getByText("质量奖").first().waitFor();
  await shoot(page, "notice");
  await page.goto(`${url}/poster.html#${NOTICE}`);
  await page.getByText("对名单有异议，请扫码").first().waitFor();
  await shoot(page, "poster");
  await page.goto(`${url}/object.html#${NOTICE}.org-b`);
  await heading(page, "您对哪一家有异议？");
  assert.ok(await page.getByLabel("乙示例公司").isChecked(), "the poster's organisation is chosen");
  await shoot(page, "subject");
}

/** Each step names what is missing, at its place. */
async function writesIt(page) {
  await next(page);
  await heading(page, "为什么？");
  await next(page);
  await page.getByText("请选一个理由").waitFor();
  await page.getByLabel("申报材料不实").check();
  await page.getByLabel("您的请求").fill("请核实，不予授奖。");
  await shoot(page, "ground");
  await next(page);
  await heading(page, "发生了什么？");
  await page.getByLabel("事实经过").fill(FACTS);
  await attach(page, "说明.docx", Buffer.from([0x50, 0x4b, 3, 4, 0xff]), "application/zip");
  await page.getByText("不接收 Word、压缩包").waitFor();
  await attach(page, "整改通知书.pdf", PDF);
  await page.getByText("整改通知书.pdf").waitFor();
  await page.getByText(/已存在本机/).waitFor();
  await shoot(page, "facts");
}

async function keepsAllOverAReload(page) {
  await page.reload();
  await heading(page, "发生了什么？");
  assert.equal(await page.getByLabel("事实经过").inputValue(), FACTS);
  await page.getByText("整改通知书.pdf").waitFor();
}

async function saysWho(page) {
  await next(page);
  await heading(page, "您是谁？");
  await page.getByLabel("个人", { exact: true }).check();
  await page.getByLabel("姓名").fill("示例市民");
  await page.getByLabel("证件号码").fill("110105194912310021");
  await page.getByLabel("电话").fill("13800000000");
  await page.getByLabel(/^不同意/).check();
  await next(page);
  await page.getByText("号码的校验位不对").waitFor();
  await shoot(page, "identity");
  await page.getByLabel("证件号码").fill("11010519491231002x");
  await next(page);
  await heading(page, "核对一遍，然后签署");
}

/** The text on the screen is what is signed; it does not tell whom it is about. */
async function signs(page) {
  const text = page.locator(".statement");
  await text.waitFor(PATIENCE);
  assert.ok(!(await text.innerText()).includes("org-b"));
  await page.getByRole("button", { name: "实名提交异议" }).click();
  await page.getByText("请先勾选这一项").waitFor();
  await page.getByLabel("我对所提交内容的真实性负责。").check();
  await shoot(page, "check");
  await page.getByRole("button", { name: "实名提交异议" }).click();
}

/** The receipt is there at once; the upload breaks off, the page is closed, and it goes on. */
async function sendsThroughADrop(page) {
  let pieces = 0;
  await page.route("**/api/documents/*", (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    pieces += 1;
    return pieces > 3 ? route.abort("internetdisconnected") : route.continue();
  });
  await page.locator(".banner.done", { hasText: "已按时收到" }).waitFor(PATIENCE);
  const code = (await page.locator(".grid-nine li > span:first-child").allInnerTexts()).join("");
  assert.equal(code.length, 27);
  await page.getByText("断网了").waitFor(PATIENCE);
  await shoot(page, "lost");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.reload();
  await page.getByText("材料已全部收到").waitFor(PATIENCE);
  assert.equal((await page.locator(".grid-nine li > span:first-child").allInnerTexts()).join(""), code, "the code is still there");
  await page.locator("dd", { hasText: `${NOTICE}-0001` }).waitFor();
  await shoot(page, "receipt");
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "已保存查询码" }).click();
  await heading(page, "查进度、读答复");
  return code;
}

async function looks(page, code) {
  await page.getByLabel("查询码（27 位）").fill(code);
  await page.getByRole("button", { name: "查进度", exact: true }).click();
}

async function mistypesTheCode(page, code) {
  await looks(page, code.slice(0, 26));
  await page.getByText("查询码应有 27 位").waitFor();
  await looks(page, (code[0] === "7" ? "8" : "7") + code.slice(1));
  await page.getByText("查询码有一位写错了").waitFor();
  await shoot(page, "code");
  await looks(page, code.toLowerCase().match(/.{3}/g).join(" "));
  await page.locator(".banner", { hasText: "待受理" }).waitFor();
  assert.ok(!page.url().includes(code.slice(0, 6)));
  await page.getByText("还没有人打开过。").waitFor();
}

/** The office's part, over HTTP, as in objection.mjs. */
async function isAskedForMore(docket, objection) {
  await docket.opensIdentity(objection, "officer-1", "电话核验真实姓名");
  await docket.log(docket.sign(docket.caseText("case.verify", objection, ["核验", "已联系"]), "officer-1"));
  await docket.answers(objection, "补正", "请补交整改通知书的原件照片。");
}

async function givesMore(page, docket, objection) {
  await page.getByRole("button", { name: "再看一次" }).click();
  await page.locator(".banner", { hasText: "请您补充" }).waitFor(PATIENCE);
  await page.getByText("请补交整改通知书的原件照片。").waitFor();
  await page.getByText("keeper-1、keeper-3 打开。理由：电话核验真实姓名").waitFor();
  await page.locator("dt", { hasText: /^\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2} · 第 \d+ 号$/ }).waitFor();
  await attach(page, "原件.pdf", makePdf(1, "Original"));
  await page.getByText("原件.pdf").waitFor();
  await page.getByRole("button", { name: "密封，看原文" }).click();
  await page.getByText("xiling/v1 objection.supplement").waitFor();
  await shoot(page, "more");
  await page.getByRole("button", { name: "签署并提交补充材料" }).click();
  await page.getByText("您补充了材料").waitFor(PATIENCE);
  await docket.until(async () => (await docket.status(objection)).state === "待受理");
  await docket.answers(objection, "受理", "已受理，将在 5 个工作日内查清。");
  await page.getByRole("button", { name: "再看一次" }).click();
  await page.locator(".banner", { hasText: "已受理" }).waitFor(PATIENCE);
  await page.getByText("将在 5 个工作日内查清").waitFor();
  await shoot(page, "status");
}

async function withdraws(page) {
  await page.getByRole("button", { name: "撤回异议", exact: true }).click();
  await page.getByText("xiling/v1 objection.withdraw").waitFor();
  await page.getByRole("button", { name: "签署：撤回异议" }).click();
  await page.locator(".banner", { hasText: "已撤回" }).waitFor(PATIENCE);
}

/** What the phone sealed is what a handler without conflict reads. */
async function isReadByItsHandlers(docket, code) {
  const keys = deriveKeys(keyCodeParse(code));
  const objection = { keys, subject: "org-b" };
  const status = await docket.status(objection);
  Object.assign(objection, { hex: status.case, hash: Buffer.from(status.case, "hex").toString("base64") });
  const content = status.files.find(({ kind }) => kind === "正文");
  for (const officer of ["officer-1", "officer-3"]) await docket.log(docket.declareCase(objection, officer, "无"));
  const cookie = await docket.openSession("officer-1");
  const answer = await fetch(`${docket.service.url}/api/documents/${content.hash}`, { headers: { cookie } });
  assert.equal(answer.status, 200);
  const text = new TextDecoder().decode(openSealed(new Uint8Array(await answer.arrayBuffer()), [docket.boxPair("officer-1")]));
  for (const line of ["对象: org-b", `事实: ${FACTS.split("\n")[1]}`, "请求: 请核实，不予授奖。", "身份披露: 不同意"]) assert.ok(text.includes(`\n${line}\n`), text);
  return objection;
}

/** Everything that leaves the phone, and every address that it keeps. */
function watch(page) {
  const seen = { sent: [], addresses: [] };
  page.on("request", (request) => seen.sent.push([request.url(), JSON.stringify(request.headers()), request.postDataBuffer()?.toString("latin1") ?? ""].join("\n")));
  page.on("framenavigated", (frame) => seen.addresses.push(frame.url()));
  return seen;
}

const utf8As = (text) => Buffer.from(text, "utf8").toString("latin1");

/** The receipt is public and says so: its text, its page, and the picture of that page's address. */
const isReceipt = (address) => address.startsWith("http") && /\/api\/receipts\/|receipt\.html(\?|%3F)text(=|%3D)/.test(address);

/** The code never leaves the phone, nor does a word of what was sealed; the journal names neither code, case nor subject. */
function staysSecret(seen, code, objection, journal) {
  const forms = [code, code.toLowerCase(), code.match(/.{3}/g).join(" "), code.match(/.{4}/g).join("-")];
  assert.ok(seen.sent.length > 50 && seen.addresses.length >= 5, `${seen.sent.length} ${seen.addresses.length}`);
  for (const text of [...seen.sent, ...seen.addresses, journal]) {
    for (const form of forms) assert.ok(!text.includes(form), text.slice(0, 200));
    for (const words of [FACTS.split("\n")[1], "示例市民", NUMBER]) assert.ok(!text.includes(utf8As(words)) && !text.includes(words) && !text.includes(encodeURIComponent(words)), text.slice(0, 200));
  }
  assert.ok(seen.sent.every((text) => !text.split("\n")[0].includes(objection.hex) || isReceipt(text)), "a case in an address");
  assert.match(journal, /POST \/api\/status 200/);
  for (const word of [objection.hex, objection.hash, "org-b", Buffer.from(objection.keys.sign.publicKey).toString("base64")]) assert.ok(!journal.includes(word), `the journal names ${word}`);
}

/** What everybody may read of a case names no organisation: neither its answer nor any entry about it. */
async function tellsNobodyWhom(docket, objection) {
  const answers = await Promise.all([`/api/objections/${NOTICE}-0001`, `/api/entries/${(await docket.status(objection)).index}`].map((path) => docket.service.get(path)));
  const entries = (docket.exportLog(), docket.entries()).filter((entry) => entry.includes(objection.hash));
  assert.ok(entries.length >= 8, `${entries.length}`);
  for (const text of [...answers.map(({ text: body }) => body), ...entries]) {
    assert.ok(!/org-[ab]|示例公司|示例市民/.test(text), text);
  }
}

await scene("object-citizen", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    const page = await chromium.newPage();
    const seen = watch(page);
    await fromThePoster(page, service.url);
    await writesIt(page);
    await keepsAllOverAReload(page);
    await saysWho(page);
    await signs(page);
    const code = await sendsThroughADrop(page);
    await mistypesTheCode(page, code);
    const objection = await isReadByItsHandlers(docket, code);
    await isAskedForMore(docket, objection);
    await givesMore(page, docket, objection);
    await withdraws(page);
    staysSecret(seen, code, objection, readFileSync(service.journal, "utf8"));
    await tellsNobodyWhom(docket, objection);
    assert.deepEqual(page.faults, []);
    await docket.holds();
    console.log("object-citizen: filed through a drop, followed, supplemented, withdrawn");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
