/**
 * report-new-version.mjs - a leader files a report in the browser; somebody disagrees and it stops; the new
 * version says which signatures it voids, is sent through a drop and a reload, and is signed by all.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { PAPER, makePdf } from "../support/panel.mjs";
import { reviewDistrict } from "../support/review.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { chooseFile, delivered, fileReport, open, openPage, sign } from "./support/review.mjs";

const FIRST = makePdf(2, "First version");
/** Large enough for several pieces on the way. */
const SECOND = Buffer.concat([makePdf(3, "Second version"), randomBytes(5 << 20)]);
const ID = "report-01";
const TITLE = "示例资料评审报告";
const chromium = await openBrowser();

async function refusesWord(leader) {
    await chooseFile(leader, { name: "报告.docx", bytes: Buffer.from([0x50, 0x4b, 3, 4, 0xff]), mimeType: "application/zip" });
    await leader.locator(".refusal", { hasText: "不接收 Word、压缩包" }).waitFor();
    assert.equal(await leader.getByRole("button", { name: "签署：登记报告" }).count(), 0);
}

/** What is typed outlives a reload; the act is open again. */
async function keepsWhatIsTyped(leader) {
    await leader.getByLabel("标题").fill(TITLE);
    await leader.reload();
    await leader.getByRole("heading", { name: "登记报告", level: 1 }).waitFor();
    assert.equal(await leader.getByLabel("标题").inputValue(), TITLE);
}

async function fileFirst(leader) {
    await leader.getByRole("button", { name: "登记报告" }).click();
    await refusesWord(leader);
    await keepsWhatIsTyped(leader);
    await fileReport(leader, { bytes: FIRST, title: TITLE, kind: PAPER });
}

/** The connection breaks during the upload; the page says so, is closed, and goes on with the same file. */
async function sendThroughADrop(leader, district) {
    const pieces = [];
    await leader.route("**/api/documents/*", (route) => {
        if (route.request().method() !== "PUT") return route.continue();
        pieces.push(route.request().headers()["content-range"]);
        return pieces.length >= 3 ? route.abort("internetdisconnected") : route.continue();
    });
    await sign(leader, "登记报告");
    await leader.getByText(/断网，已传 \d+%/).waitFor({ timeout: 60000 });
    await leader.unrouteAll({ behavior: "ignoreErrors" });
    await leader.reload();
    await leader.getByText("重新选择同一份文件").waitFor({ timeout: 60000 });
    await chooseFile(leader, { name: "old.pdf", bytes: FIRST });
    await leader.locator(".refusal", { hasText: "不是登记的那一份" }).waitFor();
    const before = await district.readReport(ID);
    assert.equal(before.document, "partial");
    const sent = leader.waitForRequest((request) => request.method() === "PUT");
    await chooseFile(leader, { name: "second.pdf", bytes: SECOND });
    assert.match((await sent).headers()["content-range"], /^bytes 2097152-/);
    await delivered(leader);
    assert.equal((await district.readReport(ID)).document, "stored");
}

async function renew(leader, district) {
    await open(leader, "team.html");
    await leader.getByText("停在这里").first().waitFor();
    await leader.getByRole("button", { name: "登记新版" }).click();
    await leader.getByText("3 个签名：组长 rev-1 示例rev-1（同意）").waitFor();
    await leader.getByText("评审员 rev-2 示例rev-2（不同意）").first().waitFor();
    await chooseFile(leader, { name: "same.pdf", bytes: FIRST });
    await leader.getByText("这就是已经登记过的那份文件").waitFor();
    await chooseFile(leader, { name: "second.pdf", bytes: SECOND });
    await leader.getByText("已在本机算出指纹").waitFor();
    await sendThroughADrop(leader, district);
}

await scene("report-new-version", async ({ district }) => {
    try {
        await district.prepareTeam();
        const leader = await openPage(chromium, district, "rev-1", "team.html", 360);
        await fileFirst(leader);
        const all = [["rev-1", "组长", "同意"], ["rev-2", "评审员", "不同意"], ["rev-3", "评审员", "同意"]];
        for (const [person, capacity, opinion] of all) await district.signReport({ id: ID, document: FIRST, person, capacity, opinion, reason: "示例：评分有误" });
        assert.equal((await district.readReport(ID)).state, "blocked");
        await renew(leader, district);
        const late = await district.refusedSignature({ id: ID, document: FIRST, person: "rev-2", capacity: "评审员" });
        assert.equal(late.rule, "report.superseded");
        for (const [person, capacity] of all) await district.signReport({ id: ID, version: 2, document: SECOND, person, capacity });
        const { state, versions } = await district.readReport(ID);
        assert.equal(state, "complete");
        assert.deepEqual(versions.map((one) => one.state), ["void", "complete"]);
        await open(leader, "team.html");
        await leader.getByText("签署齐全").first().waitFor();
        assert.deepEqual(leader.faults, []);
        assert.match(district.verify(), /全部相符/);
        console.log("report-new-version: disagreed, stopped, renewed, sent through a drop, complete");
    } finally {
        await chromium.close();
    }
}, { make: reviewDistrict() });
