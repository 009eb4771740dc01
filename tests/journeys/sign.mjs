/**
 * sign.mjs - a reviewer signs with a reservation on a phone, the network drops between signature and
 * receipt, the others sign, and a stranger sees the report complete; the whole log verifies.
 *
 * On the way: a tampered document cannot be signed, what is typed survives a reload, the reason reaches
 * those entitled and nobody else, and a new version voids in front of the reader's eyes.
 *   covers: web/lib/draft_report
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PAPER, Panel, makePdf } from "../support/panel.mjs";
import { scene } from "../support/scene.mjs";
import { run } from "../support/service.mjs";
import { openBrowser } from "./support/browser.mjs";
import { PASSPHRASE, enter } from "./support/member.mjs";

const SITE_REPORT = "report-site-1";
const OTHER = "report-paper-1";
const REASON = "顾客满意度调查样本仅 41 份，建议该项评分不高于 60%。";
const PAGES = 12;
const chromium = await openBrowser();

const linkOf = (panel, person) => `${panel.service.url}/enter.html#${person}.${readFileSync(panel.path("keys", person), "utf8").trim()}`;
const open = async (page, panel, address) => {
    await page.goto("about:blank");
    await page.goto(`${panel.service.url}/report.html#${address}`);
    await page.locator("h1[lang=zh]").waitFor();
};
const checked = (page) => page.getByText("您读的文件已核对一致").waitFor();

/** One byte of the document is another one on the way to this reader. */
async function refusesTamperedBytes(page, panel) {
    await page.route("**/api/documents/*", async (route) => {
        const response = await route.fetch();
        const body = await response.body();
        body[body.length - 20] ^= 1;
        await route.fulfill({ response, body });
    });
    await open(page, panel, SITE_REPORT);
    await page.locator(".banner.stop", { hasText: "文件不符，不能签" }).waitFor();
    await page.locator("input[value=同意]").check();
    await page.getByText("文件没有核对一致，不能签。").first().waitFor();
    assert.equal(await page.locator(".button.seal").count(), 0, "nothing can be signed");
    await page.unroute("**/api/documents/*");
}

/** The session has ended; the key on this device opens another, on the very page. */
async function opensWithPassphrase(page, panel) {
    await page.context().clearCookies();
    await open(page, panel, SITE_REPORT);
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开报告" }).click();
    await checked(page);
}

async function reads(page) {
    await page.getByRole("button", { name: "打开报告" }).click();
    await page.locator(".viewer.full canvas").first().waitFor();
    await page.waitForTimeout(1200);
    await page.getByLabel("到第几页").fill(String(PAGES));
    await page.getByLabel("到第几页").press("Enter");
    await page.getByRole("group", { name: `第 ${PAGES} 页，共 ${PAGES} 页` }).locator("canvas").waitFor();
    const words = await page.getByRole("group", { name: `第 ${PAGES} 页，共 ${PAGES} 页` }).locator(".aside-voice").textContent();
    assert.match(words, new RegExp(`page ${PAGES} of ${PAGES}`));
    await page.waitForTimeout(1200);
    await page.goBack();
    await page.getByText(new RegExp(`已看 [2-9] / ${PAGES} 页`)).first().waitFor();
}

async function writesReservation(page) {
    await page.locator("input[value=保留意见]").check();
    await page.getByText("请先写下理由。").first().waitFor();
    assert.equal(await page.locator(".button.seal").count(), 0, "no reservation without a reason");
    await page.getByLabel("保留的理由").fill(REASON);
    await page.getByText("意见：保留意见").waitFor();
    const before = await page.locator(".statement").innerText();
    await page.waitForTimeout(600);
    await page.reload();
    await checked(page);
    assert.equal(await page.getByLabel("保留的理由").inputValue(), REASON, "what was typed survives");
    const commitment = /理由：(#\S+)/;
    assert.equal(commitment.exec((await page.locator(".statement").innerText()).replaceAll("\n", " "))?.[1], commitment.exec(before)?.[1]);
}

/** The service takes the statement, and its answer is lost; so is every question after it. */
async function signsWhileTheNetworkDrops(page) {
    let arrived = 0;
    await page.route("**/api/entries", async (route) => {
        arrived += 1;
        await route.fetch();
        await route.abort();
    });
    await page.route("**/api/receipts/*", (route) => route.abort());
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    const shown = await page.locator(".statement").innerText();
    await page.getByRole("button", { name: "签署：保留意见" }).click();
    await page.getByText("网络断了，正在查").waitFor();
    await page.reload();
    await page.getByText("网络断了，正在查").waitFor();
    await page.unroute("**/api/entries");
    await page.unroute("**/api/receipts/*");
    await page.locator(".banner.done", { hasText: "已签" }).waitFor({ timeout: 60000 });
    assert.equal(await page.locator(".statement").innerText(), shown, "signed is what was shown");
    assert.equal(await page.locator(".impression").count(), 1);
    assert.ok(arrived <= 1, "one statement left this device");
}

async function reviewerSigns(panel) {
    const page = await chromium.newPage({ width: 360, height: 780 });
    await enter(page, linkOf(panel, "reviewer-2"));
    await page.getByRole("link", { name: "去办：签署报告" }).first().waitFor();
    await refusesTamperedBytes(page, panel);
    await opensWithPassphrase(page, panel);
    await reads(page);
    await writesReservation(page);
    await signsWhileTheNetworkDrops(page);
    return page;
}

/** Reasons are for the team, the office, the committee; the organisation and strangers get the fingerprint. */
async function reasonGoesWhereItMay(panel) {
    const mine = async (person) => {
        const answer = await panel.service.get("/api/openings", { cookie: await panel.openSession(person) });
        return answer.text.includes(REASON);
    };
    assert.deepEqual([await mine("officer-1"), await mine("reviewer-1"), await mine("member-01"), await mine("rep-1")], [true, true, true, false]);
}

async function strangerSeesComplete(panel) {
    const page = await chromium.newPage({ width: 360, height: 780 });
    await open(page, panel, SITE_REPORT);
    await page.locator(".banner.done", { hasText: "签署齐全" }).waitFor();
    await page.getByText("其中保留意见 1 人。").waitFor();
    await page.getByText("本机已核对每一个签名和公开记录").waitFor();
    assert.equal((await page.content()).includes(REASON), false, "a stranger has no reason");
    assert.equal(await page.locator("canvas").count(), 0, "a stranger has no document");
    await page.goto(`${panel.service.url}/reports.html`);
    await page.getByText("已签 4 / 4").waitFor();
    assert.deepEqual(page.faults, []);
}

/** Somebody reads version 1 while the leader files version 2. */
async function newVersionVoids(panel, page) {
    await panel.file(OTHER, { bytes: makePdf(2, "First"), kind: PAPER, title: "资料评审报告" });
    await open(page, panel, OTHER);
    await checked(page);
    await page.locator("input[value=同意]").check();
    await page.getByRole("button", { name: "签署：同意" }).waitFor();
    await panel.file(OTHER, { bytes: makePdf(2, "Second"), kind: PAPER, title: "资料评审报告" });
    await page.locator(".banner.stop", { hasText: "第 2 版已替代您看的这一版" }).waitFor();
    assert.equal(await page.locator(".button.seal").count(), 0, "signing is off");
    await page.getByRole("link", { name: "打开第 2 版" }).click();
    await checked(page);
    assert.deepEqual(page.faults, []);
}

try {
    await scene("sign", async ({ district: panel }) => {
        await panel.gather();
        await panel.file(SITE_REPORT, { bytes: makePdf(PAGES) });
        const page = await reviewerSigns(panel);
        await reasonGoesWhereItMay(panel);
        for (const person of ["reviewer-1", "reviewer-3", "rep-1"]) await panel.signReport(SITE_REPORT, person);
        await page.getByText("须签的人都签了。").waitFor();
        await strangerSeesComplete(panel);
        await newVersionVoids(panel, page);
        panel.exportLog();
        assert.match(run("xiling-audit", ["verify", panel.path("export"), "--vkey", panel.vkey]), /Everything agrees/);
    }, { make: (service, folder) => new Panel(service, folder) });
    console.log("sign: reservation, a lost network, complete, a new version");
} finally {
    await chromium.close();
}
