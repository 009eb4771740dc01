/**
 * cast.mjs - a member who has never seen the pages: from the link on the sheet to a verified result.
 *
 * Enter, sign in, vote with one award too many, check with a second device, cast, 已投, the receipt on
 * another device, the result, and the whole log verified by the auditor from the address alone.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { openBrowser } from "./support/browser.mjs";
import { BUILD, startDemo } from "./support/demo.mjs";
import { beginCheck, choose, enter, fillBallot, keepFingerprint, openBallot, sealBallot, signIn } from "./support/member.mjs";

const BOOTH_BYTES = 600 * 1024;
const run = promisify(execFile);
const demo = await startDemo();
const chromium = await openBrowser();

/** Bytes over the wire of everything this page loads from now on, nothing taken from a cache. */
async function countBytes(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    const count = { bytes: 0 };
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { count.bytes += encodedDataLength; });
    return count;
}

/** What `sent` is of each ballot that this device keeps. */
const notedAsSent = () => new Promise((done, failed) => {
    const opening = indexedDB.open("xiling");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
        const all = opening.result.transaction("ballots").objectStore("ballots").getAll();
        all.onsuccess = () => {
            opening.result.close();
            done(all.result.map(({ sent }) => sent));
        };
    };
});

/** Watches the request that casts: with which headers it leaves, and what the device has noted before. */
async function watchCast(page) {
    const seen = { headers: {}, noted: [] };
    await page.context().addCookies([{ name: "decoy", value: "1", url: demo.base }]);
    await page.route("**/api/entries", async (route) => {
        seen.noted = await page.evaluate(notedAsSent);
        await route.continue();
    });
    page.on("response", async (response) => {
        if (response.url().endsWith("/api/entries")) seen.headers = await response.request().allHeaders();
    });
    return seen;
}

async function castWithSecondDevice(page, device) {
    await fillBallot(page);
    await choose(page, 9, 1);
    await page.getByText("授奖已选满 9 家").waitFor();
    assert.equal(await page.locator("#row-9 input:checked").count(), 0, "the tenth award is not taken");
    await page.getByRole("button", { name: "没选的 3 家全部选“不授奖”" }).click();
    const code = await beginCheck(device, `${demo.base}/check.html`);
    await sealBallot(page, code);
    await keepFingerprint(page, device);
    await page.getByRole("button", { name: "投出这张票" }).click();
    await page.getByText("已收到，尚未入册").first().waitFor();
    await page.locator(".banner.done", { hasText: "已投" }).waitFor({ timeout: 90000 });
    assert.match(await page.title(), /^已投/);
    await device.getByRole("button", { name: "投出了" }).click();
    await device.locator(".banner.done", { hasText: "找到了" }).waitFor({ timeout: 60000 });
}

/** A device that never saw this log. */
async function receiptElsewhere(page) {
    const url = await page.getByRole("link", { name: "换机核对" }).getAttribute("href");
    const other = await chromium.newPage();
    await other.goto(url);
    await other.locator(".banner.done", { hasText: "回执有效" }).waitFor();
    assert.deepEqual(other.faults, []);
}

async function resultAndAudit(page) {
    await page.goto(`${demo.base}/result.html?election=election-2026`);
    await page.getByText("本机已重算，与公布一致").waitFor({ timeout: 120000 });
    await run(join(BUILD, "xiling-audit"), ["verify", demo.base]);
}

/** The list of the result stands in a public notice, and anybody may object to it. */
async function noticeIsOpen(page) {
    await page.waitForFunction(async () => (await (await fetch("/api/notices")).json()).notices.length === 1, null, { polling: 500, timeout: 60000 });
    await page.goto(`${demo.base}/notice.html#2026-1`);
    await page.locator(".banner", { hasText: "公示中" }).waitFor();
    assert.equal(await page.locator(".notice-list li").count(), 9);
    await page.getByRole("link", { name: "对名单提出异议" }).click();
    await page.getByRole("heading", { name: "您对哪一家有异议？" }).waitFor();
}

try {
    const page = await chromium.newPage();
    const device = await chromium.newPage();
    await enter(page, demo.link("member-15"));
    assert.ok(!page.url().includes(demo.link("member-15").split(".").at(-1)), "the key code has left the address");
    await signIn(page);
    await page.getByRole("button", { name: "打开选票" }).waitFor();
    const wire = await countBytes(page);
    const cast = await watchCast(page);
    const reloaded = await (await page.reload()).request().allHeaders();
    assert.match(reloaded.cookie, /decoy/, "other requests carry what cookies there are");
    await page.getByRole("button", { name: "打开选票" }).waitFor();
    await openBallot(page, demo.base);
    await castWithSecondDevice(page, device);
    assert.deepEqual(cast.noted, [true], "sent is noted before the first byte leaves");
    assert.equal(cast.headers["content-type"]?.slice(0, 10), "text/plain");
    assert.equal(cast.headers.cookie, undefined, "a ballot carries no cookie");
    const { bytes } = wire;
    assert.ok(bytes < BOOTH_BYTES, `the booth took ${bytes} bytes`);
    await receiptElsewhere(page);
    await resultAndAudit(page);
    await noticeIsOpen(page);
    assert.deepEqual([...page.faults, ...device.faults], []);
    console.log(`cast: ${bytes} bytes over the wire`);
} finally {
    await chromium.close();
    await demo.stop();
}
