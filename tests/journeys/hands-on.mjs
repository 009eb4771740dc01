/**
 * hands-on.mjs - one person after another plays chair, officer, scrutineers, trustee and member in the
 * browser, from the freeze to the minutes, with the mistakes people make; then the auditor verifies it.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { openBrowser } from "./support/browser.mjs";
import { BUILD, startDemo } from "./support/demo.mjs";
import { PASSPHRASE, fillBallot, openBallot, sealBallot } from "./support/member.mjs";
import { openConsole, press, read, sign, sitDown, together, until } from "./support/office.mjs";

const run = promisify(execFile);
const PERSONS = ["chair-1", "officer-1", "trustee-1", "scrutineer-1", "scrutineer-2", "member-15"];
const ELECTION = "election-2026";
const demo = await startDemo({ handsOn: true });
const desks = [];
const chromium = await openBrowser();

async function signIn(member) {
    await member.getByRole("link", { name: "去办：签到" }).click();
    await member.getByLabel("签署口令").fill(PASSPHRASE);
    await member.getByRole("button", { name: "签到" }).click();
    await member.locator(".banner.done", { hasText: "已签到" }).waitFor();
}

/** A wrong passphrase is said in three parts, and nothing is signed. */
async function freeze(chair, officer) {
    await openConsole(chair);
    await press(chair, "下一步：冻结名册");
    await chair.getByLabel("签署口令").fill("这不是我的口令吧");
    await press(chair, "签署：冻结名册");
    await chair.locator(".refusal", { hasText: "口令不对，没有签" }).waitFor();
    await press(chair, "返回");
    await together("冻结名册", [chair, officer]);
}

async function open(chair, officer) {
    await until("the draw", async () => (await read(demo.base, "meetings/meeting-2026")).draw.state === "revealed");
    await together("开启表决", [chair, officer], async (desk) => {
        await desk.getByLabel("批次间隔（秒）").fill("2");
        await desk.getByText("这次结果会透露多少").waitFor();
    });
}

/** Before everybody has voted the vote cannot be closed; the page says why. */
async function closeTooEarly(chair) {
    await openConsole(chair);
    const button = chair.getByRole("button", { name: "下一步：截止表决" });
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    await chair.getByText("还缺：到").first().waitFor();
}

async function vote(member) {
    await member.waitForURL(/booth\.html/, { timeout: 60000 });
    await openBallot(member, demo.base);
    await fillBallot(member);
    await member.getByRole("button", { name: "没选的 3 家全部选“不授奖”" }).click();
    await sealBallot(member, "7K2M9QXD");
    await member.getByRole("button", { name: "投出这张票" }).click();
    await member.locator(".banner.done", { hasText: "已投" }).waitFor({ timeout: 90000 });
}

/** The code that is typed is compared before anything is opened. */
async function openTally(trustee) {
    await trustee.goto(`${demo.base}/trustee.html?election=${ELECTION}#trustee-1`);
    await trustee.getByLabel("合计码前 8 位").fill("00000000");
    await trustee.getByLabel("签署口令").fill(PASSPHRASE);
    await press(trustee, "核对，算出我的份额");
    await trustee.getByText("与本机重算的合计不同，不要开票").waitFor();
    const { sums_code: code } = await read(demo.base, `elections/${ELECTION}`);
    await trustee.getByLabel("合计码前 8 位").fill(code.slice(0, 8));
    await press(trustee, "核对，算出我的份额");
    await press(trustee, "签署：开票");
    await trustee.locator(".banner.done", { hasText: "已开票" }).waitFor();
}

try {
    for (const person of PERSONS) desks.push(await sitDown(chromium, demo, person));
    const [chair, officer, trustee, first, second, member] = desks;
    await signIn(member);
    await freeze(chair, officer);
    await open(chair, officer);
    await closeTooEarly(chair);
    await vote(member);
    await until("all ballots", async () => (await read(demo.base, `elections/${ELECTION}`)).ballots === 15);
    await together("截止表决", [chair, officer]);
    await openTally(trustee);
    await until("the shares", async () => (await read(demo.base, `elections/${ELECTION}`)).state === "tallied");
    await together("表决结果", [chair, first, second]);
    await together("会议纪要", [chair, first, second], (desk) => desk.getByLabel("纪要").fill("会议按表决清单表决，结果当场宣布。"));
    await openConsole(chair);
    await chair.getByRole("heading", { name: "本次会议已办完" }).waitFor();
    const { stdout } = await run(join(BUILD, "xiling-audit"), ["verify", demo.base]);
    assert.match(stdout, /15/);
    for (const desk of desks) assert.deepEqual(desk.faults, [], desk.person);
    console.log("hands-on: from the freeze to the minutes");
} catch (error) {
    for (const desk of desks) console.error(`--- ${desk.person} ${desk.url()}\n${await desk.locator("main").innerText().catch(() => "")}`.slice(0, 900), desk.faults);
    throw error;
} finally {
    await chromium.close();
    await demo.stop();
}
