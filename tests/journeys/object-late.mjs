/**
 * object-late.mjs - the notice has ended: the form says so and still takes the objection, receipt and status say
 * 逾期, nobody may accept it, it suspends nobody, and the list is settled as it was. The service's clock stands
 * nine days ahead; the phone's does not.
 */
// covers: audit/record/list
import assert from "node:assert/strict";
import { base64, hexDecode } from "../../web/lib/bytes.js";
import { parseTime, printTime } from "../../web/lib/text.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { timeFromNow } from "../support/district.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { fillObjection, followCase, readCode, sayWho, signObjection } from "./support/objector.mjs";

const PATIENCE = { timeout: 60000 };
const NINE_DAYS_ON = ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+9d"];
const chromium = await openBrowser();

/** A proof that the list was seen in public at that time. */
const seen = (docket, time) => docket.sign(docket.compose("notice.publish", ["公示", NOTICE], ["媒体", "示例日报"],
  ["网址", "https://paper.example/1"], ["内容", base64(new Uint8Array(32).fill(7))], ["所见时间", time]), "officer-1");

const settleNote = (docket, list) => docket.sign(docket.compose("list.settle", ["公示", NOTICE], ...list.map(({ grade, organisation }) => ["名单", `${grade} ${organisation}`])), "chair", "officer-1");

async function theTermEnds(docket, service) {
  const { list, end } = docket.notice;
  await docket.log(seen(docket, timeFromNow()));
  await docket.refused(settleNote(docket, list), "notice.running");
  await service.end("SIGTERM");
  service.wrap = NINE_DAYS_ON;
  await service.start();
  await docket.log(seen(docket, printTime(parseTime(end) - 3600)));
  assert.equal((await docket.refresh()).state, "ended");
}

/** What the phone shows of a term that is over, from the first step to the receipt. */
async function filesLate(page, url) {
  await page.goto(`${url}/object.html#${NOTICE}.org-b`);
  await page.getByText("回执会写“逾期”").waitFor();
  await fillObjection(page);
  await sayWho(page);
  await signObjection(page);
  await page.locator(".banner", { hasText: "逾期收到" }).waitFor(PATIENCE);
  await page.getByText("不暂停评审").waitFor();
  await page.getByText(/^否（到/).first().waitFor();
  return readCode(page);
}

async function statusSaysSo(page, url, code) {
  await followCase(page, url, code);
  await page.locator(".timeline").getByText("逾期收到").waitFor(PATIENCE);
  await page.getByText("作为一般反映登记并处理，不暂停评审").waitFor();
}

/** Verified like any other, and yet nobody may accept it. */
async function isNoObjectionAnyMore(docket) {
  const held = await docket.read(`/api/objections/${NOTICE}-0001`);
  assert.deepEqual([held.late, held.state], [true, "待受理"]);
  const objection = { hash: base64(hexDecode(held.case)), subject: "org-b", keys: { box: docket.boxPair("officer-1") } };
  await docket.log(docket.declareCase(objection, "officer-1", "无"));
  await docket.log(docket.openIdentityNote(objection, "officer-1", "核验身份").note);
  await docket.log(docket.sign(docket.caseText("case.verify", objection, ["核验", "已联系"]), "officer-1"));
  await docket.refused(docket.sign(docket.answer(objection, "受理", "已受理。").text, "officer-1"), "case.late");
}

/** All of the list stays, though the late one is open. */
async function theListIsSettled(docket) {
  const { list } = docket.notice;
  assert.equal(list.length, 2);
  await docket.log(settleNote(docket, list));
  const notice = await docket.refresh();
  assert.equal(notice.state, "settled");
  assert.ok(notice.list.every(({ removed }) => removed === null));
}

await scene("object-late", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    await theTermEnds(docket, service);
    const page = await chromium.newPage();
    const code = await filesLate(page, service.url);
    await statusSaysSo(page, service.url, code);
    await isNoObjectionAnyMore(docket);
    await theListIsSettled(docket);
    assert.deepEqual(page.faults, []);
    await docket.holds();
    console.log("object-late: taken after the term, marked so everywhere, suspends nobody");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
