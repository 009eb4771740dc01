/**
 * right-of-reply.mjs - the organisation is heard: two handlers release a summary in which words are hidden, the
 * second after reading it; the representative reads it on a phone, replies, loses the connection and goes on;
 * the handler reads the reply, the objector sees that it came; outside, nothing says whom the case is about.
 */
// covers: server/summaries, server/api_summaries, server/proposed_file
import assert from "node:assert/strict";
import { keyCodePrint } from "../../web/lib/code.js";
import { SUMMARY, readText } from "../../web/lib/objection_text.js";
import { openSealed } from "../../web/lib/sealed.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { open, openPage, recorded, sign } from "./support/review.mjs";
import { shoot } from "./support/shots.mjs";

const FACTS = "本人系该公司会计张示例，2025年3月见到两本账。\n营业收入与审计报告不符。";
const SHOWN = "本人系该公司■■，2025年3月见到两本账。";
const REPLIED = "两本账是税务与管理口径，差异说明见申报材料第12页。";
const PATIENCE = { timeout: 60000 };
const chromium = await openBrowser();

const press = (desk, name) => desk.getByRole("button", { name, exact: true }).first().click();

async function unlock(desk, title, button) {
  const card = desk.locator(".card", { hasText: title }).last();
  await card.getByLabel("签署口令").fill(PASSPHRASE);
  await card.getByRole("button", { name: button }).click();
}

async function ask(docket, person, path) {
  const cookie = await docket.openSession(person);
  return fetch(`${docket.service.url}${path}`, { headers: { cookie } });
}
const summariesOf = async (docket, person) => (await (await ask(docket, person, "/api/summaries")).json()).summaries;

/** As far as the acceptance; nothing can be upheld yet. */
async function accepted(docket) {
  const objection = await docket.received(docket.objector("org-b", FACTS));
  for (const officer of ["officer-1", "officer-3"]) await docket.log(docket.declareCase(objection, officer, "无"));
  await docket.log(docket.declareCase(objection, "officer-2", "有"));
  await docket.opensIdentity(objection, "officer-1", "核验身份");
  await docket.log(docket.sign(docket.caseText("case.verify", objection, ["核验", "已联系"]), "officer-1"));
  await docket.answers(objection, "受理", "已受理。");
  return objection;
}

async function theCase(desk) {
  await open(desk, "cases.html");
  await press(desk, "查看");
}

async function upholdsNothingUnheard(desk) {
  await theCase(desk);
  await press(desk, "提交调查报告");
  await desk.getByText("还没有请组织陈述，只能认定不成立。").waitFor();
  assert.equal(await desk.getByRole("group", { name: "结论" }).getByRole("radio").count(), 1);
}

async function drafts(desk) {
  await theCase(desk);
  await press(desk, "请组织陈述");
  await unlock(desk, `${NOTICE}-0001`, "打开材料");
  await desk.getByText("给 乙示例公司 的代表 delegate-2。").waitFor(PATIENCE);
  await desk.getByText("会计张示例").first().waitFor();
  await desk.getByLabel("遮去的字句（一行一处）").fill("会计\n张示例");
  await desk.getByText(SHOWN).waitFor();
  assert.ok(!(await desk.locator("main").innerText()).includes("张示例"));
  await shoot(desk, "release");
  const text = await desk.locator(".statement").last().innerText();
  for (const secret of ["org-b", "delegate-2", "乙示例公司"]) assert.ok(!text.includes(secret), text);
  await sign(desk, "请组织陈述");
  await desk.locator(".banner", { hasText: "已签，等另一位" }).waitFor();
}

/** The summary as proposed: its bytes have come, and only handlers read them. */
async function isNotToldYet(docket) {
  const { proposals } = await (await ask(docket, "officer-3", "/api/proposals")).json();
  const [, named] = /\n摘要：(.*)\n/.exec(proposals.find(({ type }) => type === "case.summary").text);
  const path = `/api/documents/${Buffer.from(named, "base64").toString("hex")}`;
  await docket.until(async () => (await ask(docket, "officer-3", path)).status === 200);
  for (const person of ["delegate-2", "officer-2", "keeper-1"]) assert.equal((await ask(docket, person, path)).status, 403, person);
  assert.deepEqual(await summariesOf(docket, "delegate-2"), []);
}

async function readsBeforeSigning(desk) {
  await open(desk, "cases.html");
  await desk.getByRole("button", { name: "看原文，签署" }).first().click(PATIENCE);
  await desk.getByLabel("口令（只打开文件）").fill(PASSPHRASE);
  await press(desk, "打开文件");
  await desk.getByText("只遮盖，没有改写").waitFor(PATIENCE);
  await desk.getByText(SHOWN).waitFor();
  await desk.getByText("陈述码: （只给对方）").waitFor();
  await shoot(desk, "cosign");
  await sign(desk, "请组织陈述");
  await recorded(desk);
}

async function isToldToOneAlone(docket, objection) {
  const [mine, ...more] = await summariesOf(docket, "delegate-2");
  assert.deepEqual([mine.case, mine.state, more], [objection.hex, "todo", []]);
  for (const person of ["delegate-1", "officer-1", "keeper-1"]) assert.deepEqual(await summariesOf(docket, person), [], person);
  for (const [person, status] of [["delegate-2", 200], ["officer-1", 200], ["officer-2", 403], ["delegate-1", 403], ["keeper-1", 403]]) {
    assert.equal((await ask(docket, person, `/api/documents/${mine.hash}`)).status, status, person);
  }
  const document = new Uint8Array(await (await ask(docket, "delegate-2", `/api/documents/${mine.hash}`)).arrayBuffer());
  const text = new TextDecoder().decode(openSealed(document, [docket.boxPair("delegate-2")]));
  assert.deepEqual(readText(text, SUMMARY).get("事实"), [SHOWN, "营业收入与审计报告不符。"]);
  for (const secret of ["张示例", "会计", "示例市民", "13800000000"]) assert.ok(!text.includes(secret), secret);
  assert.throws(() => openSealed(document, [docket.boxPair("officer-2")]));
}

async function reads(phone) {
  await phone.goto("about:blank");
  await phone.goto(`${phone.base}/home.html#delegate-2`);
  await phone.getByText("对一件异议作陈述").first().waitFor(PATIENCE);
  await shoot(phone, "home");
  await phone.getByRole("link", { name: "去办：对一件异议作陈述" }).click();
  await unlock(phone, "摘要密封给您", "打开摘要");
  await phone.getByText(SHOWN).waitFor(PATIENCE);
  assert.ok(!(await phone.locator("main").innerText()).includes("张示例"));
}

/** Signed with the code's own key; the upload breaks off and goes on after a reload. */
async function replies(phone) {
  await press(phone, "密封，看原文");
  await phone.getByText("请写陈述正文").waitFor();
  await phone.getByLabel("陈述正文").fill(REPLIED);
  await press(phone, "密封，看原文");
  const text = await phone.locator(".statement").last().innerText();
  assert.match(text, /xiling\/v1 case\.reply/);
  for (const secret of ["org-b", "delegate-2", "两本账"]) assert.ok(!text.includes(secret), text);
  await shoot(phone, "reply");
  await phone.route("**/api/documents/*", (route) => (route.request().method() === "PUT" ? route.abort("internetdisconnected") : route.continue()));
  const lost = phone.waitForEvent("requestfailed", PATIENCE);
  await press(phone, "签署并提交陈述");
  await lost;
  await phone.unrouteAll({ behavior: "ignoreErrors" });
  await open(phone, "reply.html");
  await phone.getByText(/已陈述，第 \d+ 号/).waitFor(PATIENCE);
  await press(phone, "接着送");
  await press(phone, "接着送");
  await phone.locator(".banner.done", { hasText: "已陈述" }).waitFor(PATIENCE);
  await shoot(phone, "sent");
}

async function isRead(desk) {
  await theCase(desk);
  await unlock(desk, "组织的陈述", "看陈述");
  await desk.getByText(REPLIED).waitFor(PATIENCE);
  await shoot(desk, "case");
  await press(desk, "提交调查报告");
  assert.equal(await desk.getByRole("group", { name: "结论" }).getByRole("radio").count(), 3);
}

async function isSeenByTheObjector(docket, page, objection) {
  const status = await docket.status(objection);
  assert.deepEqual(status.acts.slice(-2).map(({ type }) => type), ["case.summary", "case.reply"]);
  assert.ok(status.files.every(({ kind }) => kind !== "摘要" && kind !== "陈述"));
  await page.goto(`${docket.service.url}/status.html`);
  await page.getByLabel("查询码（27 位）").fill(keyCodePrint(objection.code));
  await page.getByRole("button", { name: "查进度", exact: true }).click();
  await page.getByText("已听取组织的陈述").waitFor(PATIENCE);
  assert.ok(!(await page.locator("main").innerText()).includes("两本账是"));
  await shoot(page, "status");
}

/** Neither the log nor an open address says beside the case whom it is about. */
async function nothingIsSaidOutside(docket, objection) {
  docket.exportLog();
  const entries = docket.entries().filter((entry) => entry.includes(objection.hash));
  assert.ok(entries.some((entry) => entry.includes("xiling/v1 case.reply")) && entries.some((entry) => entry.includes("— respondent ")));
  const open = JSON.stringify(await docket.read(`/api/objections/${NOTICE}-0001`));
  for (const said of [...entries, open]) for (const secret of ["org-b", "delegate-2", "乙示例公司"]) assert.ok(!said.includes(secret), said);
  const answer = await fetch(`${docket.service.url}/api/summaries`);
  assert.equal(answer.status, 401);
}

await scene("right-of-reply", async ({ district: docket }) => {
  try {
    await docket.prepare();
    const objection = await accepted(docket);
    const officer = await openPage(chromium, docket, "officer-1", "cases.html");
    const third = await openPage(chromium, docket, "officer-3", "cases.html", 360);
    const phone = await openPage(chromium, docket, "delegate-2", "reply.html", 360);
    await phone.getByText("没有要陈述的异议").waitFor();
    await upholdsNothingUnheard(officer);
    await docket.refused(docket.sign(docket.reportText(objection, "成立"), "officer-1", "officer-3"), "case.unheard");
    await drafts(officer);
    await isNotToldYet(docket);
    await readsBeforeSigning(third);
    await recorded(officer);
    await docket.refused(docket.sign(docket.reportText(objection, "不成立"), "officer-1", "officer-3"), "case.hearing");
    await isToldToOneAlone(docket, objection);
    await reads(phone);
    await replies(phone);
    await isRead(officer);
    const page = await chromium.newPage({ width: 360, height: 780 });
    await isSeenByTheObjector(docket, page, objection);
    await nothingIsSaidOutside(docket, objection);
    objection.heard = true;
    await docket.reports(objection, "成立");
    await docket.answers(objection, "成立", "情况属实。");
    for (const desk of [officer, third, phone, page]) assert.deepEqual(desk.faults.filter((fault) => !fault.includes("documents/")), []);
    await docket.holds();
    console.log("right-of-reply: released by two, read and replied to on a phone, read by the handler; nothing said outside");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
