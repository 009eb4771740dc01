/**
 * challenge.mjs - a member challenges a ballot; the second device opens it, and says when it does not fit.
 *
 * Once with the service's own page, once with the single file from a disk; then a fingerprint that does
 * not fit must stop; a challenged ballot is gone, and a new one is cast and found by the single file.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { beginCheck, enter, fillBallot, keepFingerprint, openBallot, sealBallot, signIn } from "./support/member.mjs";

const FILE = pathToFileURL(resolve(new URL("../../web/vendor/check-standalone.html", import.meta.url).pathname)).href;
const demo = await startDemo();
const chromium = await openBrowser();

async function fillAndSeal(page, code) {
    await fillBallot(page);
    await page.getByRole("button", { name: /^没选的/ }).click();
    await sealBallot(page, code);
}

/** The line that the booth shows beside the code of the opened ballot. */
async function challenge(page) {
    await page.getByRole("button", { name: "抽查这张票" }).click();
    await page.getByText("这张票永远不会被投出。").waitFor();
    assert.equal(await page.locator("#cast").count(), 0, "an opened ballot cannot be cast");
    const opening = await page.locator("#opening").innerText();
    await page.getByRole("button", { name: "换一张新票，重新选" }).click();
    await page.locator("#row-0").waitFor();
    assert.equal(await page.locator(".segment input:checked").count(), 0, "made-up choices do not stay");
    return opening;
}

async function openOn(device, opening) {
    await device.getByRole("button", { name: "抽查了" }).click();
    await device.getByLabel("或把投票手机上的那一行贴在这里").fill(opening);
    await device.getByRole("button", { name: "重算" }).click();
}

async function challengeOnce(page, device, url) {
    const code = await beginCheck(device, url);
    await fillAndSeal(page, code);
    await keepFingerprint(page, device);
    await openOn(device, await challenge(page));
    await device.locator(".banner.done", { hasText: "相符" }).waitFor();
    assert.equal(await device.locator(".opened li").count(), 12);
    const grades = await device.locator(".opened .summary-grade").allInnerTexts();
    assert.deepEqual(grades.map((text) => text.trim()), [...Array(3).fill("质量奖"), ...Array(6).fill("提名奖"), ...Array(3).fill("不授奖")]);
    assert.match(await device.locator(".opened li").first().innerText(), /示例/);
}

/** Another ballot is opened than the one whose fingerprint was kept. */
async function forgedOpening(page, device) {
    const first = await beginCheck(device, `${demo.base}/check.html`);
    await fillAndSeal(page, first);
    await keepFingerprint(page, device);
    const honest = await challenge(page);
    const parts = honest.split(".");
    parts[3] = parts[3].replace("2", "0");
    await openOn(device, parts.join("."));
    await device.locator(".banner.stop", { hasText: "指纹不符" }).waitFor();
}

/** A second booth on the same device is refused, and writes over nothing. */
async function secondTab(page) {
    const second = await chromium.newPage({ context: page.context() });
    await second.goto(page.url());
    await second.getByText("这张选票已在本机的另一个页面里打开").waitFor();
    await second.close();
}

/** The file knows no service: the address is typed, and the key is compared with what the sheet names. */
async function castAndFind(page, file) {
    const code = await beginCheck(file, FILE);
    await fillAndSeal(page, code);
    await keepFingerprint(page, file);
    await page.getByRole("button", { name: "投出这张票" }).click();
    await page.locator(".banner.done", { hasText: "已投" }).waitFor({ timeout: 90000 });
    await file.getByRole("button", { name: "投出了" }).click();
    await file.getByLabel("投票服务的网址").fill(demo.base);
    await file.getByRole("button", { name: "去找这张票" }).click();
    await file.locator(".banner.done", { hasText: "找到了" }).waitFor({ timeout: 60000 });
    await file.getByText("公钥只是该服务自己说的").waitFor();
    const { vkey } = await (await fetch(`${demo.base}/api/pin`)).json();
    await file.getByLabel("会场单上的记录公钥").fill(vkey);
    await file.getByRole("button", { name: "比一比" }).click();
    await file.getByText("与您从会场单输入的公钥相同").waitFor();
}

try {
    const page = await chromium.newPage();
    const device = await chromium.newPage();
    const file = await chromium.newPage();
    await enter(page, demo.link("member-15"));
    await signIn(page);
    await openBallot(page, demo.base);
    await challengeOnce(page, device, `${demo.base}/check.html`);
    await challengeOnce(page, file, FILE);
    await forgedOpening(page, device);
    await secondTab(page);
    await castAndFind(page, file);
    assert.deepEqual([...page.faults, ...device.faults, ...file.faults], []);
    console.log("challenge: opened, refused, cast");
} finally {
    await chromium.close();
    await demo.stop();
}
