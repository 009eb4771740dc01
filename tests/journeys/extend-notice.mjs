/**
 * extend-notice.mjs - the media fail while a notice stands: an officer enters the days and the resolution, the chair
 * signs beside, and the new end stands wherever it is read: the public page, the poster, the form, the office's page.
 */
import assert from "node:assert/strict";
import { parseTime, printTime } from "../../web/lib/text.js";
import { addCalendarDays } from "../../web/lib/workday.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { cosign, open, openPage, recorded, sign } from "./support/review.mjs";
import { shoot } from "./support/shots.mjs";

const RESOLUTION = "示例评委〔2026〕5号";
const chromium = await openBrowser();

const press = (desk, name) => desk.getByRole("button", { name, exact: true }).first().click();
const endAfter = ({ end }, days) => printTime(addCalendarDays(new Map(), parseTime(end) - 1, days));
/** As pages say the last day. */
const dayOf = (end) => {
  const [, month, day] = /-(\d\d)-(\d\d)T/.exec(printTime(parseTime(end) - 1));
  return `${Number(month)}月${Number(day)}日`;
};

async function extendsIt(officer, chair, end) {
  await press(officer, "延长公示");
  await officer.getByLabel("延长几天").fill("0");
  await officer.getByText("天数填 1 到 30 的整数").waitFor();
  await officer.getByLabel("延长几天").fill("2");
  await officer.getByText("请写决议文号或要旨").waitFor();
  await officer.getByLabel("决议（文号或要旨，公开）").fill(RESOLUTION);
  await officer.getByText(`结束：${end}`).waitFor();
  await shoot(officer, "form");
  await sign(officer, "延长公示");
  await officer.locator(".banner", { hasText: "已签，等另一位" }).waitFor();
  await cosign(chair, "notices.html", "延长公示");
  await recorded(chair);
  await recorded(officer);
  await open(officer, "notices.html");
  await officer.getByText(RESOLUTION).waitFor();
  await shoot(officer, "office");
}

async function standsEverywhere(page, url, end) {
  await page.goto(`${url}/notice.html#${NOTICE}`);
  await page.getByRole("heading", { name: "公示期已延长" }).waitFor();
  await page.getByText(RESOLUTION).waitFor();
  assert.match(await page.locator("main").innerText(), new RegExp(`到 (\\d+年)?${dayOf(end)}`));
  await shoot(page, "notice");
  await page.goto(`${url}/poster.html#${NOTICE}`);
  await page.getByText("共 9 天").waitFor();
  await page.getByText(RESOLUTION).waitFor();
  await shoot(page, "poster");
  await page.goto(`${url}/object.html#${NOTICE}.org-b`);
  await page.getByText(dayOf(end)).first().waitFor();
}

await scene("extend-notice", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    const end = endAfter(docket.notice, 2);
    const chair = await openPage(chromium, docket, "chair", "notices.html", 360);
    const officer = await openPage(chromium, docket, "officer-1", "notices.html");
    await extendsIt(officer, chair, end);
    const { notice: { extensions: [one], ...notice } } = { notice: await docket.refresh() };
    assert.deepEqual([notice.end, one.days, one.resolution, one.end], [end, 2, RESOLUTION, end]);
    await docket.received(docket.objector("org-b"));
    const phone = await chromium.newPage({ width: 360, height: 780 });
    await standsEverywhere(phone, service.url, end);
    for (const desk of [chair, officer, phone]) assert.deepEqual(desk.faults, []);
    await docket.holds();
    console.log("extend-notice: two days added by chair and officer, and the end moved on every page");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
