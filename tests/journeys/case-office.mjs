/**
 * case-office.mjs - the office's side in the browser: chair and officers set the rules and open the notice, a
 * handler declares, two keepers open the identity and hand over their shares, the handler reads both, verifies,
 * accepts, two handlers report, the objector is answered; who has a conflict is kept out; a lead is disposed of.
 */
import assert from "node:assert/strict";
import { makePdf } from "../support/panel.mjs";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { chooseFile, cosign, open, openPage, pick, recorded, sign } from "./support/review.mjs";
import { shoot } from "./support/shots.mjs";

const chromium = await openBrowser();

const press = (desk, name) => desk.getByRole("button", { name, exact: true }).first().click();
const waits = (desk) => desk.locator(".banner", { hasText: "已签，等另一位" }).waitFor();

async function both(first, second, page, what) {
  await sign(first, what);
  await waits(first);
  await cosign(second, page, what);
  await recorded(second);
  await recorded(first);
}

async function opensTheNotice(chair, officer) {
  await press(chair, "定公示与异议细则");
  await chair.getByLabel("细则文号").fill("示例评审办〔2026〕3号");
  await chair.getByLabel("放假的日子").fill("国庆");
  await chair.getByText("不是日期：国庆").waitFor();
  await chair.getByLabel("放假的日子").fill("2027-01-01");
  await shoot(chair, "rules");
  await both(chair, officer, "notices.html", "定公示与异议细则");
}

async function publishes(officer, second) {
  await open(officer, "notices.html");
  await press(officer, "发布公示");
  await officer.getByText("甲示例公司").waitFor();
  await shoot(officer, "open");
  await both(officer, second, "notices.html", "发布公示");
  await open(officer, "notices.html");
  await press(officer, "登记媒体公示");
  await officer.getByLabel("媒体").fill("示例日报");
  await officer.getByLabel("网址或版面").fill("https://paper.example/2026-11-23/3");
  await chooseFile(officer, { name: "page.pdf", bytes: makePdf(1, "Page") });
  await officer.getByText("已算出指纹").waitFor();
  await sign(officer, "登记媒体公示");
  await recorded(officer);
  const anybody = await chromium.newPage();
  await anybody.goto(new URL(`/notice.html#${NOTICE}`, officer.url()).href);
  await anybody.getByText("https://paper.example/2026-11-23/3").waitFor();
  await anybody.close();
}

/** The home page says what waits in a case, by when, and leads to where it is done. */
async function isToldAtHome(desk, words, there) {
  await desk.goto("about:blank");
  await desk.goto(`${desk.base}/home.html#${desk.person}`);
  const task = desk.locator("article", { hasText: words }).filter({ hasText: `${NOTICE}-0001` });
  await task.getByText(/前，/).waitFor();
  await shoot(desk, "home");
  await task.getByRole("link").click();
  await there(desk).first().waitFor();
}

async function leads(officer, second) {
  await open(officer, "notices.html");
  await press(officer, "登记线索");
  await pick(officer, "来源", "电话");
  await officer.getByLabel("内容（不公开）").fill("示例：来电反映，未留姓名");
  await sign(officer, "登记线索");
  await recorded(officer);
  await open(officer, "notices.html");
  await press(officer, "处置");
  await pick(officer, "怎么处置", "核查后存档");
  await officer.getByLabel("理由（不公开）").fill("示例：无从核实");
  await both(officer, second, "notices.html", "处置线索");
  await open(officer, "notices.html");
  await officer.getByText("已处置").waitFor();
  await shoot(officer, "notices");
}

async function declares(desk, word) {
  await open(desk, "cases.html");
  await press(desk, "查看");
  await press(desk, "声明利益关系");
  await pick(desk, "与本案的异议对象、异议人", word);
  await sign(desk, "声明利益关系");
  await recorded(desk);
}

async function isKeptOut(desk) {
  await declares(desk, "没有利益关系");
  await open(desk, "cases.html");
  await press(desk, "查看");
  await unlock(desk, "异议书和附件", "打开材料");
  await desk.getByText("本件没有密封给您。").waitFor();
  await press(desk, "改为有利益关系");
  await pick(desk, "与本案的异议对象、异议人", "有利益关系");
  await sign(desk, "声明利益关系");
  await recorded(desk);
  await open(desk, "cases.html");
  await press(desk, "查看");
  await desk.locator(".banner", { hasText: "已回避" }).waitFor();
  assert.equal(await desk.getByRole("button", { name: "打开材料" }).count(), 0);
}

async function unlock(desk, title, button) {
  const card = desk.locator(".card", { hasText: title }).last();
  await card.getByLabel("签署口令").fill(PASSPHRASE);
  await card.getByRole("button", { name: button }).click();
}

async function keepersOpen(first, second) {
  await press(first, "查看");
  await press(first, "打开身份");
  await pick(first, "交给哪位承办人", "officer-1");
  await first.getByLabel("理由（不公开）").fill("示例：电话核验真实姓名");
  await both(first, second, "cases.html", "打开身份");
  for (const desk of [first, second]) {
    await open(desk, "cases.html");
    await press(desk, "查看");
    await unlock(desk, "交出份额", "交出我的一份");
    await desk.getByText(/已交出 1 份/).waitFor();
  }
  await shoot(first, "keeper");
}

async function handles(docket, officer, third, objection) {
  await open(officer, "cases.html");
  await press(officer, "查看");
  await unlock(officer, "异议书和附件", "打开材料");
  await officer.getByText(`事实: ${objection.words}`).waitFor();
  await unlock(officer, "异议人身份", "看身份");
  await officer.getByText("姓名: 示例市民").waitFor();
  await shoot(officer, "case");
  await press(officer, "登记已核实身份");
  await pick(officer, "怎样核实的", "电话联系过本人");
  await sign(officer, "核实身份");
  await recorded(officer);
  await answers(officer, "已受理", "已受理，五个工作日内查清。");
  await docket.hears(objection);
  await begin(officer, "提交调查报告");
  await pick(officer, "结论", "异议成立");
  await chooseFile(officer, { name: "report.pdf", bytes: makePdf(2, "Findings") });
  await officer.getByText("已在本机密封").waitFor();
  await signsWhatWasRead(officer, third);
  await answers(officer, null, "经查，情况属实。");
}

/** The report is there as soon as the first has signed: the second opens it, and then signs. */
async function signsWhatWasRead(officer, third) {
  await sign(officer, "调查报告");
  await waits(officer);
  await open(third, "cases.html");
  await third.getByRole("button", { name: "看原文，签署" }).first().click();
  await third.getByLabel("口令（只打开文件）").fill(PASSPHRASE);
  await press(third, "打开文件");
  await third.getByRole("link", { name: "保存报告" }).waitFor();
  await sign(third, "调查报告");
  await recorded(third);
  await recorded(officer);
}

async function begin(officer, name) {
  await open(officer, "cases.html");
  await press(officer, "查看");
  await press(officer, name);
}

async function answers(officer, state, words) {
  await begin(officer, "答复异议人");
  if (state) await pick(officer, "答复什么", state);
  await officer.getByLabel("答复正文").fill(words);
  await shoot(officer, "answer");
  await sign(officer, "答复异议人");
  await recorded(officer);
}

async function removes(officer, second) {
  await open(officer, "notices.html");
  await press(officer, "移出名单");
  await pick(officer, "依据哪一件异议", `${NOTICE}-0001`);
  await pick(officer, "移出哪一家", "乙示例公司");
  await officer.getByLabel("理由（不公开）").fill("异议成立");
  await both(officer, second, "notices.html", "移出名单");
  await open(officer, "notices.html");
  await officer.getByText("异议成立，已移出").waitFor();
}

await scene("case-office", async ({ district: docket }) => {
  try {
    await docket.prepareResult();
    const chair = await openPage(chromium, docket, "chair", "notices.html");
    const officer = await openPage(chromium, docket, "officer-1", "notices.html");
    const second = await openPage(chromium, docket, "officer-2", "notices.html");
    const third = await openPage(chromium, docket, "officer-3", "notices.html");
    await opensTheNotice(chair, officer);
    await publishes(officer, second);
    await leads(officer, second);
    await docket.refresh();
    const objection = await docket.received(docket.objector("org-b"));
    await isKeptOut(second);
    await isToldAtHome(officer, "新的异议：先声明利益关系", (desk) => desk.getByRole("group", { name: "与本案的异议对象、异议人" }));
    await declares(officer, "没有利益关系");
    await declares(third, "没有利益关系");
    const keepers = [await openPage(chromium, docket, "keeper-1", "cases.html"), await openPage(chromium, docket, "keeper-3", "cases.html", 360)];
    await isToldAtHome(keepers[0], "打开异议人身份，供核实", (desk) => desk.getByRole("button", { name: "打开身份", exact: true }));
    await open(keepers[0], "cases.html");
    await keepersOpen(...keepers);
    await handles(docket, officer, third, objection);
    await docket.until(async () => (await docket.status(objection)).files.filter(({ kind }) => kind === "答复").every(({ stored }) => stored));
    assert.equal((await docket.status(objection)).state, "成立");
    await removes(officer, third);
    for (const desk of [chair, officer, second, third, ...keepers]) assert.deepEqual(desk.faults, []);
    await docket.holds();
    console.log("case-office: notice opened, a case declared on, opened, accepted, reported, answered; a conflict kept out");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
