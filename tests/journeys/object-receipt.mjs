/**
 * object-receipt.mjs - what an objector keeps: addresses and files that anybody can check, on another device, on
 * the command line and against the key on the poster; and a code that stands in no address at all.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { program } from "../support/service.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { fillObjection, readCode, sayWho, signObjection } from "./support/objector.mjs";

const PATIENCE = { timeout: 60000 };
const chromium = await openBrowser();

/** What a camera reads in a picture. */
function scan(folder, bytes) {
  const path = join(folder, "picture.png");
  writeFileSync(path, bytes);
  return execFileSync("zbarimg", ["--quiet", "--raw", path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

async function fetched(url, type) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  assert.match(answer.headers.get("content-type"), type);
  return Buffer.from(await answer.arrayBuffer());
}

/** Whatever the page links to or shows: no address made up on the device, and the code in none. */
async function nothingIsABlob(page, code) {
  const addresses = await page.locator("a[href], img[src]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href") ?? node.getAttribute("src")));
  assert.ok(addresses.length > 5);
  for (const address of addresses) {
    assert.ok(!address.startsWith("blob:"), address);
    if (!address.startsWith("data:")) assert.ok(!address.replaceAll("-", "").toUpperCase().includes(code.slice(0, 9)), address);
  }
  assert.ok(!page.url().includes(code.slice(0, 9)));
}

/** The command line agrees, with nothing but the file and the key; a changed file does not. */
function auditorAgrees(folder, docket, proof, type) {
  const path = join(folder, "receipt.txt");
  const check = () => execFileSync(program("xiling-audit"), ["receipt", path, "--vkey", docket.vkey], { encoding: "utf8" });
  writeFileSync(path, proof);
  assert.ok(check().includes(`xiling/v1 ${type}\n`));
  writeFileSync(path, proof.toString().replace(/^index (\d+)$/m, (_, index) => `index ${Number(index) - 1}`));
  assert.throws(check);
}

/** Somebody else opens the address: the same receipt, and the key to be compared with the poster. */
async function anybodyOpens(address, docket, title) {
  const page = await chromium.newPage();
  await page.goto(address);
  await page.locator(".banner.done", { hasText: "回执有效" }).waitFor(PATIENCE);
  await page.getByRole("heading", { name: title }).waitFor();
  assert.match(docket.notice.key, /^\w{4} \w{4} \w{4}$/);
  await page.getByText(docket.notice.key, { exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
  return page;
}

async function theReceiptIsPublic(page, folder, docket) {
  const address = await page.getByRole("link", { name: "打开回执页" }).getAttribute("href");
  assert.match(address, /\/receipt\.html\?text=[0-9a-f]{64}$/);
  const picture = await page.getByRole("link", { name: "回执二维码" }).getAttribute("href");
  assert.equal(scan(folder, await fetched(docket.service.url + picture, /image\/png/)), address);
  const proof = await page.getByRole("link", { name: "入册证明" }).getAttribute("href");
  auditorAgrees(folder, docket, await fetched(docket.service.url + proof, /text\/plain/), "objection.file");
  const other = await anybodyOpens(address, docket, "异议回执");
  await other.getByText(/^是（到/).waitFor();
  const text = await other.locator("main").innerText();
  assert.ok(!/org-b|乙示例公司|示例市民/.test(text), text);
}

/** The service's own word that all is there is a receipt like the first. */
async function theSecondToo(page, folder, docket) {
  const address = await page.getByRole("link", { name: /^第二张回执/ }).getAttribute("href");
  const hash = new URL(address).searchParams.get("text");
  auditorAgrees(folder, docket, await fetched(`${docket.service.url}/api/receipts/${hash}`, /text\/plain/), "objection.receive");
  await anybodyOpens(address, docket, "材料收齐的回执");
}

/** Drawn on the device: held in WeChat, saved elsewhere, or copied as text. */
async function theCodeIsKeptHere(page, folder, code) {
  await page.getByText("在微信里保存：长按图片").click();
  const source = await page.locator("img.receipt-picture").getAttribute("src");
  assert.match(source, /^data:image\/png;base64,/);
  await page.waitForFunction(() => document.querySelector("img.receipt-picture").naturalWidth === 720);
  assert.equal(scan(folder, Buffer.from(source.split(",")[1], "base64")).replaceAll("-", ""), code);
  await page.getByText("用文字保存：复制").click();
  const text = await page.locator("pre").innerText();
  assert.ok(text.replaceAll(" ", "").includes(code), text);
  await page.evaluate(() => { Object.defineProperty(navigator, "clipboard", { value: undefined }); });
  await page.getByRole("button", { name: "复制原文" }).click();
  await page.getByText("已选中，请长按或用菜单复制").waitFor();
  assert.ok((await page.evaluate(() => getSelection().toString())).replaceAll(" ", "").includes(code));
}

/** A receipt of a text that is not in the log has no page. */
async function nothingIsMadeUp(url) {
  const page = await chromium.newPage();
  await page.goto(`${url}/receipt.html?text=${"0".repeat(64)}`);
  await page.locator(".refusal").waitFor();
}

await scene("object-receipt", async ({ folder, district: docket, service }) => {
  try {
    await docket.prepare();
    const page = await chromium.newPage();
    await page.goto(`${service.url}/object.html#${NOTICE}.org-b`);
    await fillObjection(page);
    await sayWho(page);
    await signObjection(page);
    const code = await readCode(page);
    await page.getByRole("link", { name: /^第二张回执/ }).waitFor(PATIENCE);
    await nothingIsABlob(page, code);
    await theReceiptIsPublic(page, folder, docket);
    await theSecondToo(page, folder, docket);
    await theCodeIsKeptHere(page, folder, code);
    await nothingIsMadeUp(service.url);
    assert.deepEqual(page.faults, []);
    console.log("object-receipt: two receipts with addresses, checked by anybody; a code with none");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
