/**
 * review-office.mjs - officers register organisations with the slips people make, sign the qualified list
 * and record a conflict they found; a reviewer promises secrecy and answers for each organisation. Nothing
 * typed is lost by a refusal or a broken connection.
 */
import assert from "node:assert/strict";
import { reviewDistrict } from "../support/review.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { cosign, open, openPage, pick, recorded, sign, together } from "./support/review.mjs";

const NAME = "甲示例精密仪器有限公司";
const CODE = "91350100M000100Y43";
const REGISTER = "登记申报组织";
const FOUND = "示例：去年在该单位任顾问";
const chromium = await openBrowser();

/** The code is checked while it is typed, and the page says what is wrong. */
async function typeCode(officer) {
    const code = officer.getByLabel("统一社会信用代码");
    const slips = [["9135O100M000100Y43", "没有 I、O、S、V、Z"], ["91350100M000100Y34", "最后一位是校验位，对不上"], ["91350100M000100", "还差 3 位"]];
    for (const [typed, said] of slips) {
        await code.fill(typed);
        await officer.locator(".code-said", { hasText: said }).waitFor();
        assert.equal(await officer.getByRole("button", { name: `签署：${REGISTER}` }).count(), 0);
    }
    await code.fill(CODE.toLowerCase());
    await officer.locator(".code-said", { hasText: "校验位相符" }).waitFor();
    assert.equal(await code.inputValue(), CODE);
}

/** A refusal stands in its place, marks its field, and leaves what was typed. */
async function refusedOnce(officer) {
    const problem = { type: "about:blank", status: 422, title: "示例", rule: "organisation.code_known", field: "统一社会信用代码", article: "第十三条",
        what: { zh: "这个代码已经登记过。", en: "Registered." }, basis: { zh: "第十三条", en: "Article 13" }, do: { zh: "请核对。", en: "Compare." } };
    await officer.route("**/api/proposals", (route) => (route.request().method() === "POST"
        ? route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify(problem) }) : route.continue()));
    await sign(officer, REGISTER);
    await officer.locator(".refusal", { hasText: "这个代码已经登记过" }).waitFor();
    assert.equal(await officer.getByLabel("统一社会信用代码").getAttribute("aria-invalid"), "true");
    await officer.unrouteAll({ behavior: "ignoreErrors" });
}

async function offlineOnce(officer) {
    await officer.context().setOffline(true);
    await officer.getByRole("button", { name: `签署：${REGISTER}` }).click();
    await officer.locator(".refusal", { hasText: "网络断了，没有送出" }).waitFor({ timeout: 60000 });
    await officer.context().setOffline(false);
    assert.equal(await officer.getByLabel("全称").inputValue(), NAME);
    assert.equal(await officer.getByLabel("统一社会信用代码").inputValue(), CODE);
}

async function register(officer, second) {
    await officer.getByRole("button", { name: REGISTER }).first().click();
    await officer.getByLabel("全称").fill(`${NAME}😀`);
    await officer.getByText("“😀”不能写进文书").waitFor();
    await officer.getByLabel("全称").fill(NAME);
    await typeCode(officer);
    await pick(officer, "代表（代组织签署）", "rep-a");
    await refusedOnce(officer);
    await offlineOnce(officer);
    await officer.getByLabel("签署口令").fill(PASSPHRASE);
    await officer.getByRole("button", { name: `签署：${REGISTER}` }).click();
    await officer.locator(".banner", { hasText: "已签，等另一位" }).waitFor({ timeout: 60000 });
    await cosign(second, "review.html", REGISTER);
    await recorded(second);
    await recorded(officer);
    await open(officer, "review.html?act=register");
    await officer.getByLabel("全称").fill("另一家示例公司");
    await officer.getByLabel("统一社会信用代码").fill(CODE);
    await officer.getByText(`这个代码已经登记为“${NAME}”`).waitFor();
    assert.equal(await officer.getByRole("group", { name: "代表（代组织签署）" }).getByText("rep-a").count(), 0, "a representative of another organisation was offered");
}

async function qualify(officer, second) {
    await together(officer, second, "合格名单", async (desk) => {
        await open(desk, "review.html");
        await desk.getByRole("button", { name: "签署合格名单" }).first().click();
        await pick(desk, "合格的组织", NAME);
        await pick(desk, "合格的组织", "乙示例");
    });
}

/** Two answers for each organisation, none of them given beforehand. */
async function declare(reviewer) {
    await reviewer.getByRole("button", { name: "保密承诺" }).click();
    await sign(reviewer, "保密承诺");
    await recorded(reviewer);
    await open(reviewer, "team.html");
    await reviewer.getByRole("button", { name: "利益关系声明" }).click();
    assert.equal(await reviewer.locator("input:checked").count(), 0);
    await reviewer.getByText("还有 2 家没有作答").waitFor();
    await pick(reviewer, NAME, "无");
    await reviewer.getByText("还有 1 家没有作答").waitFor();
    await pick(reviewer, "乙示例", "有");
    await reviewer.getByLabel("说明（不公开，可以不写）").fill("示例：配偶在该单位工作");
    await sign(reviewer, "利益关系声明");
    await recorded(reviewer);
    await open(reviewer, "team.html?act=declare");
    await reviewer.getByText("不能改回“无”（第十二条）。").first().waitFor();
    assert.equal(await reviewer.getByRole("group", { name: "乙示例" }).locator("input[value=无]").isDisabled(), true);
}

/** The second officer reads the sealed reason, checked against the text, before signing along. */
async function find(officer, second) {
    await open(officer, "review.html");
    await officer.getByRole("button", { name: "登记发现的利益关系 rev-2" }).click();
    await pick(officer, "与哪一家", NAME);
    await officer.getByLabel("理由（不公开）").fill(FOUND);
    await sign(officer, "登记发现的利益关系");
    await officer.locator(".banner", { hasText: "已签，等另一位" }).waitFor({ timeout: 60000 });
    await open(second, "review.html");
    await second.getByRole("button", { name: "看原文，签署" }).first().click();
    await second.locator(".card", { hasText: "封好的内容" }).getByText(FOUND).waitFor();
    await sign(second, "登记发现的利益关系");
    await recorded(second);
}

await scene("review-office", async ({ district }) => {
    try {
        await district.begin();
        await district.enrol("chair", "主持人");
        for (const person of ["rev-1", "rev-2"]) await district.enrol(person, "评审员");
        for (const person of ["rep-a", "rep-b"]) await district.enrol(person, "组织代表");
        await district.openCycle();
        await district.register("org-b");
        const officer = await openPage(chromium, district, "officer-1", "review.html");
        const second = await openPage(chromium, district, "officer-2", "review.html", 360);
        await register(officer, second);
        await qualify(officer, second);
        const reviewer = await openPage(chromium, district, "rev-1", "team.html", 360);
        await declare(reviewer);
        await find(officer, second);
        const { qualified, reviewers } = JSON.parse((await district.service.get("/api/reviews/cycle-1")).text);
        assert.deepEqual(qualified, ["org-01", "org-b"]);
        const conflicts = reviewers.flatMap(({ person, conflicts: held }) => held.map(({ organisation, how }) => [person, organisation, how]));
        assert.deepEqual(conflicts, [["rev-1", "org-b", "declared"], ["rev-2", "org-01", "found"]]);
        for (const desk of [officer, second, reviewer]) assert.deepEqual(desk.faults, []);
        assert.match(district.verify(), /全部相符/);
        console.log("review-office: registered, qualified, declared, found");
    } finally {
        await chromium.close();
    }
}, { make: reviewDistrict() });
