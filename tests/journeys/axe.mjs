/**
 * axe.mjs - every page, in both languages, light and dark, at 360, 768 and 1280: no finding of axe
 * (WCAG 2.1 A and AA), no sideways scrolling at 320, one h1, at most one thing in cinnabar besides the
 * logo, no script error, no policy violated.
 *
 * The states of the booth that pages alone do not reach are walked by a member on the way.
 */
import assert from "node:assert/strict";
import { runAxe } from "./support/axe.mjs";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { sitDown } from "./support/office.mjs";
import { PASSPHRASE, beginCheck, choose, enter, fillBallot, keepFingerprint, openBallot, sealBallot, signIn } from "./support/member.mjs";

/** Light at every width; dark differs in colours only, which do not depend on the width. */
const VIEWS = [["light", 360], ["light", 768], ["light", 1280], ["dark", 360]];
const PAGES = process.env.XILING_PAGES?.split(",") ??
    ["index.html", "enter.html", "check.html", "receipt.html", "result.html", "verify.html", "log.html", "wall.html?meeting=meeting-2026",
        "reports.html", "report.html#paper-2026-1", "signing-page.html#paper-2026-1", "notice.html", "status.html"];
const findings = [];

async function inspect(page, name) {
    findings.push(...page.faults.splice(0).map((fault) => `${name}: ${fault}`));
    for (const [rule, nodes] of await runAxe(page)) findings.push(`${name}: ${rule}: ${nodes.slice(0, 3).join(" | ")}`);
    const headings = await page.locator("h1").count();
    if (headings !== 1) findings.push(`${name}: ${headings} h1`);
    const red = await page.locator(".button.seal, .impression").count();
    if (red > 1) findings.push(`${name}: ${red} things in cinnabar besides the logo`);
    page.faults.length = 0; // axe itself measures with inline styles, which the policy refuses
}

async function narrow(page, name) {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) findings.push(`${name}: ${over} px too wide at 320`);
    await page.setViewportSize(before);
}

/** All themes and widths of what stands on the page now. */
async function inspectAll(page, name) {
    for (const [colorScheme, width] of VIEWS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        await inspect(page, `${name} ${colorScheme} ${width}`);
    }
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await narrow(page, name);
    await page.setViewportSize({ width: 360, height: 800 });
}

/** Switches by the button in the header, as a person does, and back. */
async function inBothLanguages(page, name) {
    await inspectAll(page, `${name} zh`);
    await page.getByRole("button", { name: "Switch to English" }).click();
    await inspectAll(page, `${name} en`);
    await page.getByRole("button", { name: "切换为中文" }).click();
}

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
