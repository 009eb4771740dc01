/**
 * axe.mjs - every page of vote and review, held to what support/inspect.mjs names. Those of the notice and of
 * objections: axe-objection.mjs.
 *
 * The states of the booth that pages alone do not reach are walked by a member on the way.
 */
import assert from "node:assert/strict";
import { findings, inBothLanguages, inspect } from "./support/inspect.mjs";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { sitDown } from "./support/office.mjs";
import { PASSPHRASE, beginCheck, choose, enter, fillBallot, keepFingerprint, openBallot, sealBallot, signIn } from "./support/member.mjs";

const PAGES = process.env.XILING_PAGES?.split(",") ??
    ["index.html", "enter.html", "check.html", "receipt.html", "result.html", "verify.html", "log.html", "wall.html?meeting=meeting-2026",
        "reports.html", "report.html#paper-2026-1", "signing-page.html#paper-2026-1", "notice.html"];
async function publicPages(base) {
    const page = await chromium.newPage();
    for (const path of PAGES) {
        await page.goto(`${base}/${path}`, { waitUntil: "networkidle" });
        await page.locator("h1").first().waitFor();
        await inBothLanguages(page, path);
    }
}

async function memberPages(demo) {
    const page = await chromium.newPage();
    await page.goto(demo.link("member-15"));
    await page.getByLabel("再输一遍口令").waitFor();
    await inBothLanguages(page, "enter");
    await enter(page, demo.link("member-15"));
    await inBothLanguages(page, "home");
    await page.getByRole("link", { name: "去办：签到" }).click();
    await page.getByRole("button", { name: "签到" }).waitFor();
    await inBothLanguages(page, "signin");
    await page.goBack();
    await signIn(page);
    await page.getByRole("button", { name: "打开选票" }).waitFor();
    await inBothLanguages(page, "booth open");
    await openBallot(page, demo.base);
    await choose(page, 0, 2);
    await inBothLanguages(page, "booth choose");
    await fillBallot(page);
    await page.getByRole("button", { name: /^没选的/ }).click();
    const device = await chromium.newPage();
    await sealBallot(page, await beginCheck(device, `${demo.base}/check.html`));
    await inBothLanguages(page, "booth fingerprint");
    await keepFingerprint(page, device);
    await inBothLanguages(device, "check kept");
    await page.getByRole("button", { name: "投出这张票" }).click();
    await page.locator(".banner.done").waitFor({ timeout: 90000 });
    await inBothLanguages(page, "booth done");
    await device.getByRole("button", { name: "投出了" }).click();
    await device.locator(".banner.done", { hasText: "找到了" }).waitFor({ timeout: 60000 });
    await inBothLanguages(device, "check found");
    await page.getByRole("link", { name: "换机核对" }).click();
    await page.locator(".banner.done").waitFor();
    await inBothLanguages(page, "receipt");
    await page.goto(`${demo.base}/result.html?election=election-2026`);
    await page.getByText("本机已重算").waitFor({ timeout: 120000 });
    await inBothLanguages(page, "result");
}

/** The newcomer as a reviewer: nothing chosen, a reservation, the document over the whole screen, signed. */
async function reportPages(demo) {
    const page = await chromium.newPage();
    await enter(page, demo.link("reviewer-6"));
    await inBothLanguages(page, "home of reviewer-6");
    await page.getByRole("link", { name: "去办：签署报告" }).first().click();
    await page.getByText("您读的文件已核对一致").waitFor({ timeout: 60000 });
    await inBothLanguages(page, "report to be signed");
    await page.locator("input[value=保留意见]").check();
    await inBothLanguages(page, "report without a reason");
    await page.getByLabel("保留的理由").fill("示例理由");
    await page.getByRole("button", { name: "签署：保留意见" }).waitFor();
    await inBothLanguages(page, "report with a reservation");
    await page.getByRole("button", { name: "打开报告" }).click();
    await page.locator(".viewer.full canvas").first().waitFor();
    await inspect(page, "report document");
    await page.getByRole("button", { name: "回到签署" }).click();
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "签署：保留意见" }).click();
    await page.locator(".banner.done", { hasText: "已签" }).waitFor({ timeout: 60000 });
    await inBothLanguages(page, "report signed");
}

/** One page of each who works at a desk, as it stands before the meeting goes on. */
async function officePages(demo) {
    const desks = [["officer-1", ["console.html", "people.html", "review.html", "review.html?act=register", "review.html?act=form", "review.html?act=replace&object=team-1"]],
        ["trustee-1", ["trustee.html"]], ["reviewer-1", ["team.html", "team.html?act=declare", "team.html?act=file&object=team-1"]]];
    for (const [person, paths] of desks) {
        const page = await sitDown(chromium, demo, person, 360);
        await inBothLanguages(page, `home of ${person}`);
        for (const path of paths) {
            await page.goto("about:blank"); // from one act to another only the query differs
            await page.goto(`${demo.base}/${path}#${person}`, { waitUntil: "networkidle" });
            await page.locator("h1").first().waitFor();
            await inBothLanguages(page, path);
        }
    }
}

const demo = await startDemo();
const chromium = await openBrowser();
try {
    await publicPages(demo.base);
    await officePages(demo);
    await reportPages(demo);
    await memberPages(demo);
    assert.equal(findings.length, 0, `\n${[...new Set(findings)].join("\n")}`);
    console.log("axe: nothing found");
} finally {
    await chromium.close();
    await demo.stop();
}
