/**
 * team-replace.mjs - officers form a team in the browser, where one with a conflict is kept out and the
 * page says by which article; an absent reviewer is replaced, and only the newcomer has to sign.
 */
import assert from "node:assert/strict";
import { makePdf } from "../support/panel.mjs";
import { REVIEWERS, reviewDistrict } from "../support/review.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { open, openPage, pick, recorded, sign, together } from "./support/review.mjs";

const REPORT = makePdf(2, "Report");
const chromium = await openBrowser();
const blocked = (desk, group, person) => desk.getByRole("group", { name: group }).locator(".pick.blocked", { hasText: person });

async function prepare(district) {
    await district.begin();
    await district.enrolReview();
    await district.openCycle();
    await district.registerAll();
    await district.qualify();
    for (const reviewer of REVIEWERS) await district.undertake(reviewer);
    for (const reviewer of REVIEWERS) await district.declare(reviewer, reviewer === "rev-5" ? ["org-a"] : []);
}

/** The reason stands there before the click, with the article; for another organisation it is gone. */
async function form(officer) {
    await officer.getByRole("button", { name: "组建评审组" }).first().click();
    await pick(officer, "受评组织", "乙示例");
    assert.equal(await blocked(officer, "评审员（至少 3 名）", "rev-5").count(), 0);
    await pick(officer, "受评组织", "甲示例");
    const why = await blocked(officer, "评审员（至少 3 名）", "rev-5").innerText();
    assert.match(why, /与甲示例精密仪器有限公司有利益关系（本人声明，第 \d+ 号）（第十二条）/);
    await pick(officer, "评审员（至少 3 名）", "rev-1");
    await pick(officer, "评审员（至少 3 名）", "rev-2");
    await officer.getByText("现在选了 2 名（第十一条）").waitFor();
    await pick(officer, "评审员（至少 3 名）", "rev-3");
    await pick(officer, "组长", "rev-1");
    await sign(officer, "组建评审组");
    await recorded(officer);
}

async function refusedByTheService(district) {
    const team = district.teamText({ id: "team-9", reviewers: ["rev-1", "rev-4", "rev-5"] });
    const answer = await district.service.post("/api/entries", district.sign(team, "officer-1"));
    const { rule, article } = JSON.parse(answer.text);
    assert.deepEqual([rule, article], ["team.conflict", "第十二条"]);
}

async function replace(officer, second) {
    await together(officer, second, "更换评审员", async (desk) => {
        await open(desk, "review.html");
        await desk.getByRole("button", { name: "更换评审员" }).first().click();
        await desk.getByText("其他人的签名保留，只由接替的人补签").waitFor();
        await pick(desk, "退出的人", "rev-3");
        assert.match(await blocked(desk, "接替的人", "rev-5").innerText(), /第十二条/);
        await desk.getByText("rev-3 示例rev-3还没有签").waitFor();
        await pick(desk, "接替的人", "rev-4");
        await desk.getByLabel("理由（不公开）").fill("示例：住院，不能到场");
    });
}

await scene("team-replace", async ({ district }) => {
    try {
        await prepare(district);
        const officer = await openPage(chromium, district, "officer-1", "review.html");
        const second = await openPage(chromium, district, "officer-2", "review.html", 360);
        await form(officer);
        await refusedByTheService(district);
        await district.fileReport({ document: REPORT, team: "team-01" });
        await district.upload(REPORT);
        for (const [person, capacity] of [["rev-1", "组长"], ["rev-2", "评审员"]]) await district.signReport({ document: REPORT, person, capacity });
        await replace(officer, second);
        const late = await district.refusedSignature({ document: REPORT, person: "rev-3", capacity: "评审员" });
        assert.equal(late.rule, "report.signer");
        assert.equal((await district.readReport("report-1")).state, "open");
        await open(officer, "review.html");
        await officer.getByText("还差：评审员 rev-4").waitFor();
        await district.signReport({ document: REPORT, person: "rev-4", capacity: "评审员" });
        const { state, signers } = await district.readReport("report-1");
        assert.equal(state, "complete");
        assert.deepEqual(signers.map(({ person }) => person).sort(), ["rev-1", "rev-2", "rev-4"]);
        for (const desk of [officer, second]) assert.deepEqual(desk.faults, []);
        assert.match(district.verify(), /全部相符/);
        console.log("team-replace: kept out by a conflict, replaced, complete with the newcomer");
    } finally {
        await chromium.close();
    }
}, { make: reviewDistrict() });
