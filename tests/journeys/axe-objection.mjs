/**
 * axe-objection.mjs - every page of the notice and of objections, held to what support/inspect.mjs names: the form in
 * each of its steps, with and without faults, the receipt, the status of both cases of the demonstration, the
 * poster, the desks of officer and keeper.
 */
import assert from "node:assert/strict";
import { findings, inBothLanguages } from "./support/inspect.mjs";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { followCase, heading, next, readCode, sayWho, signObjection } from "./support/objector.mjs";
import { sitDown } from "./support/office.mjs";

const PATIENCE = { timeout: 60000 };
const NOTICE = "2025-1";
const PUBLIC = ["notice.html", `notice.html#${NOTICE}`, `poster.html#${NOTICE}`, "status.html"];
const demo = await startDemo();
const chromium = await openBrowser();

async function publicPages() {
    for (const path of PUBLIC) {
        const page = await chromium.newPage();
        await page.goto(`${demo.base}/${path}`, { waitUntil: "networkidle" });
        await page.locator("h1").first().waitFor();
        await inBothLanguages(page, path);
        await page.close();
    }
}

/** Each step as it opens and as it complains. */
async function form(page) {
    await page.goto(`${demo.base}/object.html#${NOTICE}`);
    await heading(page, "您对哪一家有异议？");
    await inBothLanguages(page, "object subject");
    await page.getByLabel("北山示例酒店管理有限公司").check();
    await next(page);
    await next(page);
    await page.getByText("请选一个理由").waitFor();
    await inBothLanguages(page, "object ground with a fault");
    await page.getByLabel("申报材料不实").check();
    await page.getByLabel("您的请求").fill("请核实。");
    await next(page);
    await page.getByLabel("事实经过").fill("示例事实。");
    await page.locator("input[type=file]").setInputFiles({ name: "说明.txt", mimeType: "text/plain", buffer: Buffer.from("示例说明\n") });
    await page.getByText("说明.txt").first().waitFor();
    await inBothLanguages(page, "object facts with a file");
    await next(page);
    await page.getByLabel("单位", { exact: true }).check();
    await next(page);
    await page.getByText("请写单位全称").waitFor();
    await inBothLanguages(page, "object unit with a fault");
    await page.getByLabel("个人", { exact: true }).check();
    await inBothLanguages(page, "object person");
    await sayWho(page);
    await page.locator(".statement").waitFor(PATIENCE);
    await inBothLanguages(page, "object check");
}

/** On its way, and with everything there is to open on it. */
async function receipt(page) {
    await page.route("**/api/documents/*", (route) => (route.request().method() === "PUT" ? route.abort("internetdisconnected") : route.continue()));
    await signObjection(page);
    await page.getByText("断网了").waitFor(PATIENCE);
    await inBothLanguages(page, "object receipt on its way");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.reload();
    await readCode(page);
    await page.getByRole("link", { name: /^第二张回执/ }).waitFor(PATIENCE);
    for (const summary of await page.locator("details > summary").all()) await summary.click();
    await inBothLanguages(page, "object receipt");
    await page.goto(await page.getByRole("link", { name: "打开回执页" }).getAttribute("href"));
    await page.locator(".banner.done", { hasText: "回执有效" }).waitFor(PATIENCE);
    await inBothLanguages(page, "receipt of an objection");
}

async function status(page, objector, word) {
    await followCase(page, demo.base, await demo.codeOf(objector));
    await page.locator(".banner", { hasText: word }).waitFor(PATIENCE);
    await inBothLanguages(page, `status ${word}`);
}

async function desk(person, paths) {
    const page = await sitDown(chromium, demo, person, 360);
    for (const path of paths) {
        await page.goto("about:blank");
        await page.goto(`${demo.base}/${path}#${person}`, { waitUntil: "networkidle" });
        await page.locator(".identity").waitFor(PATIENCE);
        await inBothLanguages(page, `${path} of ${person}`);
    }
    return page;
}

async function showCase(page, serial) {
    await page.locator(".card", { hasText: serial }).getByRole("button", { name: "查看" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
}

async function office() {
    const officer = await desk("officer-1", ["notices.html", "cases.html"]);
    await showCase(officer, `${NOTICE}-0001`);
    const card = officer.locator(".card", { hasText: "异议书和附件" }).last();
    await card.getByLabel("签署口令").fill(PASSPHRASE);
    await card.getByRole("button", { name: "打开材料" }).click();
    await officer.getByText("对象: org-09").waitFor(PATIENCE);
    await inBothLanguages(officer, "case of officer-1");
    await officer.getByRole("button", { name: "答复异议人" }).click();
    await officer.getByLabel("答复正文").waitFor();
    await inBothLanguages(officer, "answer of officer-1");
    const keeper = await desk("keeper-1", ["cases.html"]);
    await showCase(keeper, `${NOTICE}-0001`);
    await keeper.getByText("交出份额").first().waitFor();
    await inBothLanguages(keeper, "case of keeper-1");
    const other = await desk("officer-2", ["cases.html"]);
    await showCase(other, `${NOTICE}-0002`);
    await inBothLanguages(other, "case of officer-2 undeclared");
}

try {
    await publicPages();
    const page = await chromium.newPage();
    await form(page);
    await receipt(page);
    await status(page, "objector-1", "已受理");
    await status(page, "objector-2", "请您补充");
    await office();
    assert.equal(findings.length, 0, `\n${[...new Set(findings)].join("\n")}`);
    console.log("axe-objection: nothing found");
} finally {
    await chromium.close();
    await demo.stop();
}
