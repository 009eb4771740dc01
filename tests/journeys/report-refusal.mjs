/**
 * report-refusal.mjs - an organisation will not sign its site report: the leader states it in the browser,
 * an officer signs along, and the report is complete with it; the organisation's signature comes too late.
 */
import assert from "node:assert/strict";
import { makePdf } from "../support/panel.mjs";
import { reviewDistrict } from "../support/review.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { open, openPage, together } from "./support/review.mjs";

const REPORT = makePdf(2, "Site report");
const REASON = "示例：代表认为结论不公，当场拒签";
const WORDS = "示例：本单位不认可第三项评分";
const chromium = await openBrowser();

/** Every reading leaves a trace that officers and the leader see. */
async function readsAreSeen(district, leader) {
    const { file } = await district.readReport("report-1");
    const cookie = await district.openSession("rev-2");
    const answer = await district.service.get(`/api/documents/${file}`, { cookie });
    assert.equal(answer.status, 200);
    await leader.getByRole("button", { name: "谁读过文件" }).click();
    await leader.getByRole("cell", { name: "rev-2" }).waitFor();
    await leader.getByRole("button", { name: "返回" }).click();
}

async function witness(leader, officer) {
    await together(leader, officer, "见证受评组织拒签", async (desk) => {
        await desk.getByRole("button", { name: "见证受评组织拒签" }).click();
        await desk.getByText("请写明理由").waitFor();
        await desk.getByLabel("理由（不公开）").fill(REASON);
        await desk.getByLabel("组织自己的说明").fill(WORDS);
        await desk.getByText("10 分钟内").waitFor();
    });
}

await scene("report-refusal", async ({ district }) => {
    try {
        await district.prepareReview({ document: REPORT, site: "org-a" });
        for (const [person, capacity] of [["rev-1", "组长"], ["rev-2", "评审员"], ["rev-3", "评审员"]]) {
            await district.signReport({ document: REPORT, person, capacity });
        }
        assert.equal((await district.readReport("report-1")).state, "open");
        const leader = await openPage(chromium, district, "rev-1", "team.html", 360);
        const officer = await openPage(chromium, district, "officer-1", "review.html");
        await readsAreSeen(district, leader);
        await witness(leader, officer);
        const { state, signers } = await district.readReport("report-1");
        assert.equal(state, "complete");
        assert.equal(typeof signers.at(-1).refusal, "number");
        const late = await district.refusedSignature({ document: REPORT, person: "rep-a", capacity: "受评组织" });
        assert.equal(late.rule, "report.refused");
        await open(officer, "review.html");
        await officer.getByText("拒签，已见证：受评组织").waitFor();
        for (const desk of [leader, officer]) assert.deepEqual(desk.faults, []);
        assert.match(district.verify(), /全部相符/);
        for (const words of [REASON, WORDS]) assert.ok(!district.entries().some((entry) => entry.includes(words)), "the reason stands in the public log");
        console.log("report-refusal: witnessed by leader and officer, complete");
    } finally {
        await chromium.close();
    }
}, { make: reviewDistrict() });
