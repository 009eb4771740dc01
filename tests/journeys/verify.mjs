/**
 * verify.mjs - the page 验证 on a whole meeting: every step ticks as it ends; of a log that was changed
 * on the way, or by the operator who holds the log key, it names the first entry that is not right.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { parseEntry } from "../../web/lib/entry.js";
import { utf8Decode } from "../../web/lib/bytes.js";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { enter, fillBallot, openBallot, sealBallot, signIn } from "./support/member.mjs";
import { read, until } from "./support/office.mjs";
import { flipped, readLog, resigned, startProxy } from "./support/proxy.mjs";

const PATIENCE = 240000;
/** Nobody gave up a ballot for paper; and a device that comes first has nothing earlier to compare. */
const NOTHING = ["V14"];
const AT_FIRST = ["V3", "V14"];
const demo = await startDemo();
const chromium = await openBrowser();

/** The newcomer votes; the helpers do the rest, up to the minutes. */
async function holdMeeting() {
    const member = await chromium.newPage();
    await enter(member, demo.link("member-15"));
    await signIn(member);
    await openBallot(member, demo.base);
    await fillBallot(member);
    await member.getByRole("button", { name: "没选的 3 家全部选“不授奖”" }).click();
    await sealBallot(member, "7K2M9QXD");
    await member.getByRole("button", { name: "投出这张票" }).click();
    await until("the minutes", async () => (await read(demo.base, "meetings/meeting-2026")).minutes !== null, PATIENCE);
}

/** @returns {Promise<Map<string, string>>} step → state word */
async function stepsOf(page) {
    const rows = await page.locator(".checks > li").evaluateAll((items) => items.map((item) => [item.querySelector(".beside")?.textContent.split(" ")[0], item.querySelector(".aside-voice")?.textContent]));
    return new Map(rows.filter(([step]) => step?.startsWith("V")));
}

async function expectSteps(page, empty) {
    await page.locator(".banner.done", { hasText: "全部相符" }).waitFor({ timeout: PATIENCE });
    const steps = await stepsOf(page);
    for (let i = 1; i <= 19; i += 1) assert.equal(steps.get(`V${i}`), empty.includes(`V${i}`) ? "还没有" : "已完成", `V${i}`);
}

async function everythingAgrees() {
    const page = await chromium.newPage({ width: 1280, height: 900 });
    await page.goto(`${demo.base}/verify.html`);
    await expectSteps(page, AT_FIRST);
    await page.getByRole("button", { name: "重新验证" }).click();
    await page.locator(".banner.wait").waitFor();
    await expectSteps(page, NOTHING);
    await page.getByText("未见证").first().waitFor();
    assert.match(await page.locator("dd", { hasText: /^[0-9a-f]{64}$/ }).last().innerText(), /^[0-9a-f]{64}$/);
    await receiptFile(page);
    assert.deepEqual(page.faults, []);
}

/** A receipt dropped on the page is found in the log just verified; another text is not. */
async function receiptFile(page) {
    const { entries } = await readLog(demo.base);
    const text = utf8Decode(parseEntry(entries.at(-1)).note).split("\n\n")[0] + "\n";
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString("hex");
    const receipt = Buffer.from(await (await fetch(`${demo.base}/api/receipts/${hash}`)).arrayBuffer());
    const chooser = page.locator('input[type="file"]').first();
    await chooser.setInputFiles({ name: "receipt.txt", mimeType: "text/plain", buffer: receipt });
    await page.locator("#checked .banner.done", { hasText: "回执相符" }).waitFor();
    await chooser.setInputFiles({ name: "receipt.txt", mimeType: "text/plain", buffer: Buffer.from(receipt.toString().replace("index ", "index 1")) });
    await page.locator("#checked .refusal").waitFor();
}

/** A device that sees the log for the first time, through somebody who changes it. */
async function failsAt(forge, { entry, rule, step }) {
    const proxy = await startProxy(demo.base, forge);
    try {
        const page = await chromium.newPage({ width: 1280, height: 900 });
        await page.goto(`${proxy.base}/verify.html`);
        await page.locator(".banner.stop", { hasText: "验证未通过" }).waitFor({ timeout: PATIENCE });
        const said = await page.locator(".card.needs").innerText();
        for (const part of [`第 ${entry} 号`, rule, step, "xiling/entry/v1"]) assert.ok(said.includes(part), `${part} in ${said.slice(0, 400)}`);
        assert.equal((await stepsOf(page)).get(step), "停");
    } finally {
        await proxy.stop();
    }
}

try {
    await holdMeeting();
    await everythingAgrees();
    const log = await readLog(demo.base);
    const result = log.entries.findLastIndex((entry) => utf8Decode(entry).includes("\nxiling/v1 election.result\n"));
    await failsAt(flipped(log, 90), { entry: 90, rule: "tree.root", step: "V2" });
    const moreVotes = (text) => text.replace(/得票：(org-\d\d) (\d+) (\d+)/, (_, id, one, two) => `得票：${id} ${one} ${Number(two) + 1}`);
    await failsAt(resigned(log, result, moreVotes, join(demo.data, "log.key")), { entry: result, rule: "statement.signature", step: "V6" });
    console.log(`verify: ${log.size} entries, and two forged logs`);
} finally {
    await chromium.close();
    await demo.stop();
}
