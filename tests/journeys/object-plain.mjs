/**
 * object-plain.mjs - a citizen objects in a browser without scripts: a mistake first, which loses nothing typed,
 * then filed; looks, reads the answer, sees the opening of the identity, gives more material, withdraws. What the service sealed is
 * what was typed, and it kept nothing of it in clear.
 */
// covers: server/api_plain, server/api_plain_status, server/plain_status, server/plain_answer, server/plain_form, server/plain_field, server/plain_notice, server/plain_page, server/plain_receipt, server/lodging, server/submission
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { base64, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { keyCodeParse } from "../../web/lib/code.js";
import { sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { contentText, readText, CONTENT, IDENTITY } from "../../web/lib/objection_text.js";
import { checkCharacter } from "../../web/lib/organisation_code.js";
import { openSealed } from "../../web/lib/sealed.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { makePdf } from "../support/panel.mjs";
import { scene } from "../support/scene.mjs";
import { runAxe } from "./support/axe.mjs";
import { openBrowser } from "./support/browser.mjs";
import { shoot as takeShot } from "./support/shots.mjs";

const FACTS = "2025年3月，该公司因排放超标被责令整改。\n<script>alert(1)</script> & \"引号\" '单引号' 😀 𠀀\n申报材料里写“近三年无环境违法”。";
const REQUEST = "请核实，不予授奖。";
const USCC = `91330106MA0000001${checkCharacter("91330106MA0000001")}`;
const NUMBER = "11010519491231002X";
const PDF = Buffer.concat([makePdf(2, "Material"), randomBytes(300000)]);
const PHOTO = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(90000)]);
const chromium = await openBrowser();

let twin = null;

/** What stands on the page, in a browser with scripts, because axe is one: no finding, nothing too wide at 320. */
async function isAccessible(page, name) {
  twin ??= await chromium.newPage();
  const body = await page.content();
  await twin.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  await twin.goto(page.url());
  for (const colorScheme of ["light", "dark"]) {
    await twin.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await runAxe(twin), [], `${name} ${colorScheme}`);
  }
  await twin.setViewportSize({ width: 320, height: 640 });
  assert.equal(await twin.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${name} is too wide at 320`);
  assert.equal(await twin.locator("h1").count(), 1, name);
  await twin.setViewportSize({ width: 360, height: 780 });
  await twin.unrouteAll();
}

async function shoot(page, name) {
  if (!page.url().endsWith(".html")) await isAccessible(page, name);
  await takeShot(page, name);
}

async function withoutScripts() {
  const context = await chromium.browser.newContext({ viewport: { width: 360, height: 780 }, javaScriptEnabled: false });
  return chromium.newPage({ context });
}

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const submit = (page, name) => page.getByRole("button", { name, exact: true }).click();
const field = (page, name) => page.locator(`[name="${name}"]`);

/** The page with scripts says where to go; every notice is listed there. */
async function findsTheForm(page, url) {
  for (const one of ["object", "notice"]) {
    await page.goto(`${url}/${one}.html`);
    await shoot(page, one);
    await page.getByRole("link", { name: /不用脚本的页面/ }).click();
    await heading(page, "公示名单");
  }
  await shoot(page, "list");
  await page.getByRole("link", { name: "填写异议" }).click();
  await heading(page, "公示异议");
  await page.getByText("您的浏览器没有密封功能").waitFor();
  assert.equal(await page.locator("script").count(), 0);
}

async function fillsIn(page) {
  await field(page, "subject").and(page.locator('[value="org-b"]')).check();
  await page.getByLabel("申报材料不实").check();
  await field(page, "request").fill(REQUEST);
  await field(page, "facts").fill(FACTS);
  await page.getByLabel("个人", { exact: true }).check();
  await field(page, "name").fill("示例市民");
  await field(page, "number").fill("110105194912310021");
  await field(page, "phone").fill("13800000000");
  await page.getByLabel(/^不同意/).check();
}

/** A wrong digit, a file that is no file of ours, and a promise not made: each is told at its place. */
async function makesMistakes(page) {
  await shoot(page, "form");
  await page.locator("#f-file").setInputFiles([{ name: "说明.docx", mimeType: "application/zip", buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff]) }]);
  await submit(page, "实名提交异议");
  await page.getByText("没有提交：有 3 处要改。").waitFor();
  await page.getByText("号码的校验位不对").waitFor();
  await page.getByText("不接收 Word、压缩包").waitFor();
  await page.getByText("请先勾选这一项").waitFor();
  await shoot(page, "mistakes");
  assert.equal(await field(page, "facts").inputValue(), FACTS, "what was typed is still there, markup and all");
  assert.equal(await field(page, "request").inputValue(), REQUEST);
  assert.ok(await page.getByLabel("申报材料不实").isChecked());
  assert.ok(await field(page, "subject").and(page.locator('[value="org-b"]')).isChecked());
  assert.equal(await page.locator("script").count(), 0, "and none of it became markup");
}

async function files(page) {
  await field(page, "number").fill(NUMBER.toLowerCase());
  await page.locator("#f-file").setInputFiles([{ name: "整改通知书.pdf", mimeType: "application/pdf", buffer: PDF }, { name: "照片.png", mimeType: "image/png", buffer: PHOTO }]);
  await page.getByLabel("我对所提交内容的真实性负责。").check();
  await submit(page, "实名提交异议");
  await heading(page, "已按时收到");
  await page.getByText("本件由服务密封").waitFor();
  await page.getByText(`${NOTICE}-0001`).waitFor();
  const code = (await page.locator(".grid-nine li").allInnerTexts()).join("");
  assert.equal(code.length, 27);
  assert.equal(await page.locator("figure.qr-drawn svg").count(), 1);
  await shoot(page, "receipt");
  assert.ok(!page.url().includes(code.slice(0, 6)));
  return code;
}

/** The receipt that the page links to is the log's own, and of the text on the page. */
async function holdsAReceipt(page, docket) {
  const link = page.getByRole("link", { name: "入册证明（文本）" });
  const text = await page.locator(".statement").innerText();
  const address = await link.getAttribute("href");
  const whole = await (await fetch(`${docket.service.url}${address}`)).text();
  assert.equal(address, `/api/receipts/${Buffer.from(sha256(utf8(`${text.trimEnd()}\n`))).toString("hex")}`);
  assert.ok(whole.includes("c2sp.org/tlog-proof"));
}

async function asks(page, url, code, language = "") {
  await page.goto(`${url}/plain/status${language}`);
  await field(page, "code").fill(code);
  await page.locator("main form button").click();
}

async function looks(page, url, code) {
  await asks(page, url, code.slice(0, 26));
  await page.getByText("查询码应有 27 位。").waitFor();
  await asks(page, url, (code[0] === "7" ? "8" : "7") + code.slice(1));
  await page.getByText("查询码有一位写错了。").waitFor();
  await shoot(page, "code");
  await asks(page, url, code.toLowerCase().match(/.{3}/g).join(" "));
  await heading(page, /^(待受理|待材料)$/);
  await page.getByText("还没有人打开过。").waitFor();
  assert.ok(!(await page.content()).includes(code), "the page does not hold the code");
}

async function open(docket, officer, hash) {
  const cookie = await docket.openSession(officer);
  const answer = await fetch(`${docket.service.url}/api/documents/${hash}`, { headers: { cookie } });
  assert.equal(answer.status, 200);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Byte for byte what the page with scripts would have sealed; files as they are. */
async function isWhatWasTyped(docket, code) {
  const objection = { keys: deriveKeys(keyCodeParse(code)), subject: "org-b" };
  await docket.until(async () => (await docket.status(objection)).state === "待受理");
  const status = await docket.status(objection);
  Object.assign(objection, { hex: status.case, hash: Buffer.from(status.case, "hex").toString("base64") });
  for (const officer of ["officer-1", "officer-2", "officer-3"]) await docket.log(docket.declareCase(objection, officer, officer === "officer-2" ? "有" : "无"));
  const those = status.files.filter(({ kind }) => kind === "正文" || kind === "附件");
  const [content, pdf, photo] = await Promise.all(those.map(async ({ hash }) => openSealed(await open(docket, "officer-1", hash), [docket.boxPair("officer-1")])));
  assert.deepEqual(Buffer.from(pdf), PDF);
  assert.deepEqual(Buffer.from(photo), PHOTO);
  const lines = [[1, PDF, "PDF", "整改通知书.pdf"], [2, PHOTO, "PNG", "照片.png"]].map(([n, file, format, name]) => `${n} ${base64(sha256(file))} ${file.length} ${format} 原件 ${name}`);
  const text = utf8Decode(content);
  const [salt] = readText(text, CONTENT).get("对象盐");
  const { name } = docket.notice.list.find(({ organisation }) => organisation === "org-b");
  assert.equal(text, contentText({ notice: NOTICE, subject: "org-b", salt, name, kind: "个人", ground: "申报材料不实", facts: FACTS, request: REQUEST, files: lines, disclosure: "不同意" }));
  const sealed = await open(docket, "officer-3", those[0].hash);
  assert.throws(() => openSealed(sealed, [docket.boxPair("officer-2")]), "who declared a conflict opens nothing");
  return objection;
}

/** Two keepers together read who it is; one alone does not. */
async function isSealedToKeepers(docket, objection) {
  await docket.opensIdentity(objection, "officer-1", "电话核验真实姓名");
  const { files } = await docket.status(objection);
  const parts = files.filter(({ kind }) => kind === "身份");
  assert.equal(parts.length, 3);
  for (const { hash } of parts) {
    const bytes = await open(docket, "keeper-1", hash);
    const pairs = [["keeper-1", "keeper-2"], ["keeper-1", "keeper-3"], ["keeper-2", "keeper-3"]].map((pair) => pair.map((keeper) => docket.boxPair(keeper)));
    const opened = pairs.flatMap((pair) => { try { return [openSealed(bytes, pair)]; } catch { return []; } });
    assert.equal(opened.length, 1);
    assert.deepEqual(readText(utf8Decode(opened[0]), IDENTITY).get("证件号码"), [NUMBER]);
    assert.throws(() => openSealed(bytes, [docket.boxPair("keeper-1")]));
  }
}

async function readsTheAnswer(page, docket, objection, code) {
  await docket.log(docket.sign(docket.caseText("case.verify", objection, ["核验", "已联系"]), "officer-1"));
  await docket.answers(objection, "补正", "请补交整改通知书的<b>原件</b>照片。");
  await asks(page, docket.service.url, code);
  await heading(page, "请您补充");
  await page.getByText("请补交整改通知书的<b>原件</b>照片。").waitFor();
  await page.getByText("keeper-1、keeper-3 打开。理由：电话核验真实姓名").waitFor();
  await shoot(page, "status");
  await asks(page, docket.service.url, code, "?lang=en");
  await heading(page, "More is asked for");
  await shoot(page, "status-en");
}

/** What was asked for, sealed as the filing was: to who may act on the case. */
async function givesMore(page, docket, objection, code) {
  await asks(page, docket.service.url, code);
  const form = page.locator("form", { has: page.locator("#f-file") });
  await form.locator('[name="code"]').fill(code);
  await submit(page, "提交补充材料");
  await page.getByText("请先加一个文件").waitFor();
  await form.locator('[name="code"]').fill(code);
  await page.locator("#f-file").setInputFiles([{ name: "原件.png", mimeType: "image/png", buffer: PHOTO }]);
  await submit(page, "提交补充材料");
  await page.getByText("您补充了材料").waitFor();
  await shoot(page, "more");
  await docket.until(async () => (await docket.status(objection)).state === "待受理");
  const { files } = await docket.status(objection);
  const sealed = await open(docket, "officer-3", files.filter(({ kind }) => kind === "附件").at(-1).hash);
  assert.deepEqual(Buffer.from(openSealed(sealed, [docket.boxPair("officer-3")])), PHOTO);
  assert.throws(() => openSealed(sealed, [docket.boxPair("officer-2")]), "who declared a conflict opens nothing");
}

async function withdraws(page, docket, code) {
  const typeAgain = () => page.locator("form", { has: page.locator('[name="sure"]') }).locator('[name="code"]').fill(code);
  await asks(page, docket.service.url, code);
  await typeAgain();
  await submit(page, "撤回异议");
  await page.getByText("请先勾选确认").waitFor();
  await typeAgain();
  await page.getByLabel("我要撤回这件异议").check();
  await submit(page, "撤回异议");
  await heading(page, "已撤回");
}

/** A unit, in English, with the sealed authorisation; about org-a. */
async function unitObjects(page, url) {
  await page.goto(`${url}/plain/${NOTICE}?lang=en`);
  await heading(page, "Objection");
  await field(page, "subject").and(page.locator('[value="org-a"]')).check();
  await page.getByLabel("The review procedure").check();
  await field(page, "request").fill("Please verify.");
  await field(page, "facts").fill("We were not heard.");
  await page.getByLabel("a unit", { exact: true }).check();
  for (const [name, value] of [["unit", "丙示例公司"], ["uscc", USCC.toLowerCase()], ["legal", "陈示例"], ["agent", "林示例"], ["number", NUMBER], ["phone", "0571-87654321"]]) await field(page, name).fill(value);
  await page.getByLabel(/^Yes$/).check();
  await page.getByLabel("I answer for the truth of what I submit.").check();
  await submit(page, "File the objection under my name");
  await page.getByText("Add the sealed authorisation").waitFor();
  await shoot(page, "unit-en");
  await page.locator("#f-seal").setInputFiles([{ name: "seal.png", mimeType: "image/png", buffer: PHOTO }]);
  await submit(page, "File the objection under my name");
  await heading(page, "Received in time");
  await page.getByText(`${NOTICE}-0002`).waitFor();
  await shoot(page, "receipt-en");
}

function* filesIn(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** Nothing that was typed, and no code, stands in any file of the service or in its journal. */
function keptNothingInClear(docket, code) {
  const { folder, journal } = docket.service;
  const secrets = [code, code.match(/.{1,4}/g).join("-"), "示例市民", NUMBER, "13800000000", "排放超标", "整改通知书.pdf"].map((text) => Buffer.from(text));
  for (const path of [...filesIn(folder), journal]) {
    const bytes = readFileSync(path);
    for (const secret of secrets) assert.ok(!bytes.includes(secret), `${path} holds ${secret}`);
  }
  assert.deepEqual(readdirSync(join(folder, "deposits")), [], "no trail is left");
}

await scene("object-plain", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    const page = await withoutScripts();
    await findsTheForm(page, service.url);
    await fillsIn(page);
    await makesMistakes(page);
    const code = await files(page);
    await holdsAReceipt(page, docket);
    keptNothingInClear(docket, code);
    await looks(page, service.url, code);
    const objection = await isWhatWasTyped(docket, code);
    await isSealedToKeepers(docket, objection);
    await readsTheAnswer(page, docket, objection, code);
    await givesMore(page, docket, objection, code);
    await withdraws(page, docket, code);
    await unitObjects(page, service.url);
    keptNothingInClear(docket, code);
    assert.deepEqual(page.faults, []);
    await docket.holds();
    console.log("object-plain: corrected, filed, followed, answered and withdrawn without a script");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
