/**
 * demo-notice.mjs - the notice of the demonstration, as somebody finds it who starts it: the printed link is
 * opened on a phone, an objection is filed and followed; with the printed code the answer to another one is
 * read. A restart repeats nothing; with --hands-on the notice is open too; the log verifies.
 */
// covers: server/demo_sitting, server/demo_objection, server/demo_case
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "./support/browser.mjs";
import { BUILD, startDemo } from "./support/demo.mjs";
import { sitDown } from "./support/office.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { fillObjection, followCase, heading, readCode, sayWho, signObjection } from "./support/objector.mjs";

const PATIENCE = { timeout: 60000 };
const CASES = ["2025-1-0001", "2025-1-0002"];
const chromium = await openBrowser();

async function read(demo, path) {
    const answer = await fetch(`${demo.base}/api/${path}`);
    assert.equal(answer.status, 200, path);
    return answer.json();
}

/** What the terminal says, once it is all there. */
async function printed(demo) {
    for (const end = Date.now() + PATIENCE.timeout; Date.now() < end && !demo.output().includes("xiling-audit verify");) {
        await new Promise((done) => { setTimeout(done, 100); });
    }
    const [link] = demo.output().match(/http\S+notice\.html#\S+/);
    const [code] = demo.output().match(/(?:[0-9A-Z*~$=]{3} ){8}[0-9A-Z*~$=]{3}/);
    return { link, code };
}

async function twoObjectionsAreThere(demo) {
    const { notices } = await read(demo, "notices");
    assert.deepEqual(notices.map(({ id, state, objections }) => [id, state, objections]), [["2025-1", "open", 2]]);
    const cases = [];
    for (const serial of CASES) cases.push(await read(demo, `objections/${serial}`));
    assert.deepEqual(cases.map(({ state, late }) => [state, late]), [["受理", false], ["补正", false]]);
}

/** From the poster's link to the receipt; the code is kept. */
async function files(page, link) {
    await page.goto(link);
    await heading(page, "初选名单公示");
    await page.getByRole("link", { name: /实名提出异议|提出异议/ }).last().click();
    await fillObjection(page, { subject: "北山示例酒店管理有限公司", ground: "评审程序有问题", facts: "评分标准没有公布。（演示）" });
    await sayWho(page, { name: "示例市民丙" });
    await signObjection(page);
    return readCode(page);
}

async function readsAnAnswer(page, demo, code) {
    await followCase(page, demo.base, code);
    await page.locator(".banner", { hasText: "已受理" }).waitFor(PATIENCE);
    await page.getByText("我们已向主管部门调取处罚记录").waitFor();
    await page.getByText("keeper-1、keeper-2 打开。理由：电话核验真实姓名（演示）").waitFor();
}

/** The handler's desk: both cases, and the identity that two keepers have opened. */
async function isHandled(demo) {
    const desk = await sitDown(chromium, demo, "officer-1", 360);
    await desk.goto(`${demo.base}/cases.html#officer-1`);
    for (const serial of [...CASES, "2025-1-0003"]) await desk.getByRole("heading", { name: serial }).waitFor();
    await desk.locator(".card", { hasText: CASES[0] }).getByRole("button", { name: "查看" }).click();
    const card = desk.locator(".card", { hasText: "异议人身份" }).last();
    await card.getByLabel("签署口令").fill(PASSPHRASE);
    await card.getByRole("button", { name: "看身份" }).click();
    await desk.getByText("姓名: 示例市民甲").waitFor(PATIENCE);
    assert.deepEqual(desk.faults, []);
}

const verify = (demo) => execFileSync(join(BUILD, "xiling-audit"), ["verify", demo.base], { encoding: "utf8" });

async function aNewcomerObjects(folder) {
    const demo = await startDemo({ folder });
    try {
        const { link, code } = await printed(demo);
        await twoObjectionsAreThere(demo);
        const page = await chromium.newPage();
        const own = await files(page, link);
        await followCase(page, demo.base, own);
        await page.locator(".banner", { hasText: "待受理" }).waitFor(PATIENCE);
        await readsAnAnswer(page, demo, code);
        assert.ok(!page.url().includes(code.slice(0, 3)), page.url());
        await isHandled(demo);
        assert.deepEqual(page.faults, []);
        assert.match(verify(demo), /全部相符/);
        return { log: (await read(demo, "overview")).log, code };
    } finally {
        await demo.stop();
    }
}

async function aRestartRepeatsNothing(folder, before) {
    const demo = await startDemo({ folder });
    try {
        assert.equal((await printed(demo)).code, before.code);
        assert.deepEqual((await read(demo, "overview")).log, before.log);
    } finally {
        await demo.stop();
    }
}

async function isThereWithHandsOnToo() {
    const demo = await startDemo({ handsOn: true });
    try {
        await printed(demo);
        await twoObjectionsAreThere(demo);
    } finally {
        await demo.stop();
    }
}

const folder = await mkdtemp(join(tmpdir(), "xiling-notice-"));
try {
    await aRestartRepeatsNothing(folder, await aNewcomerObjects(folder));
    await isThereWithHandsOnToo();
    console.log("demo-notice: opened from the printed link, filed, followed; an answer read; a restart repeats nothing");
} finally {
    await chromium.close();
    await rm(folder, { recursive: true, force: true });
}
