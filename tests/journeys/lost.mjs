/**
 * lost.mjs - a bad network and a clumsy hand: nothing is lost, and nothing is cast twice.
 *
 * Choices survive a reload; the back button goes one step back; without a network nothing is sent; an
 * answer that never comes is looked up before the same bytes go again, even after a reload; the whole
 * ballot is filled by keyboard alone.
 */
import assert from "node:assert/strict";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { choose, enter, listNumber, openBallot, PASSPHRASE, sealBallot, signIn } from "./support/member.mjs";

const demo = await startDemo();
const chromium = await openBrowser();

/** Whatever is being written is on the disk: a hand is slower than that, a script is not. */
function isWritten(page) {
    return page.evaluate(() => new Promise((resolve) => {
        const request = indexedDB.open("xiling");
        request.onsuccess = () => {
            const turn = request.result.transaction("ballots", "readwrite");
            turn.objectStore("ballots").count();
            turn.oncomplete = () => resolve(request.result.close());
        };
    }));
}

async function choicesSurvive(page) {
    await choose(page, 0, 2);
    await choose(page, 1, 1);
    await isWritten(page);
    await page.reload();
    await page.getByLabel("签署口令").fill("错的口令八个字符");
    await page.getByRole("button", { name: "打开选票" }).click();
    await page.getByText("口令不对，没有签。").waitFor();
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开选票" }).click();
    await page.locator("#row-0").waitFor();
    assert.equal(await page.locator("#row-0 input:checked").inputValue(), "2");
    assert.equal(await page.locator("#row-1 input:checked").inputValue(), "1");
}

/** From the first open row: arrows choose, Tab goes on, and the one button says what is next. */
async function fillByKeyboard(page) {
    await page.locator("#row-2 input").first().focus();
    for (let i = 2; i < 12; i += 1) {
        await page.keyboard.press("ArrowUp");
        assert.equal(await page.locator(`#row-${i} input:checked`).inputValue(), "0");
        await page.keyboard.press("Tab");
    }
    await page.getByRole("button", { name: "下一步：核验" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "用另一部手机核对" }).waitFor();
}

async function backIsOneStep(page) {
    await page.goBack();
    await page.locator("#row-0").waitFor();
    assert.equal(await page.locator(".segment input:checked").count(), 12);
}

/** The request arrives, its answer does not. */
async function swallowAnswers(page) {
    const count = { sent: 0 };
    await page.route("**/api/entries", async (route) => {
        count.sent += 1;
        await route.fetch();
        await route.abort();
    });
    return count;
}

async function castOverBadNetwork(page) {
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "投出这张票" }).click();
    await page.getByText("网络断了，票还在").waitFor();
    await page.context().setOffline(false);
    const count = await swallowAnswers(page);
    await page.route("**/api/receipts/**", (route) => route.abort());
    await page.getByRole("button", { name: "投出这张票" }).click();
    await page.getByText("网络断了，正在查").waitFor();
    await page.waitForTimeout(6000);
    assert.equal(count.sent, 1, "what may have arrived is looked up, not sent again");
    await page.unroute("**/api/receipts/**");
    await page.reload();
    await page.locator(".banner.done", { hasText: "已投" }).waitFor({ timeout: 90000 });
    assert.equal(count.sent, 1);
}

/** The receipt stays on the device; the ballot's choices do not. */
async function afterCast(page) {
    await page.reload();
    await page.locator(".banner.done", { hasText: "已投" }).waitFor();
    const kept = await page.evaluate(() => new Promise((resolve) => {
        const request = indexedDB.open("xiling");
        request.onsuccess = () => {
            const all = request.result.transaction("ballots").objectStore("ballots").getAll();
            all.onsuccess = () => resolve(all.result.length);
        };
    }));
    assert.equal(kept, 0);
}

try {
    const page = await chromium.newPage();
    await enter(page, demo.link("member-15"));
    await signIn(page);
    assert.match(await listNumber(demo.base), /^[0-9A-Z]{8}$/);
    await openBallot(page, demo.base);
    await choicesSurvive(page);
    await fillByKeyboard(page);
    await backIsOneStep(page);
    await sealBallot(page, "7K2M9QXD");
    await castOverBadNetwork(page);
    await afterCast(page);
    const { ballots, roll } = await (await fetch(`${demo.base}/api/elections/election-2026`)).json();
    assert.ok(ballots <= roll);
    assert.deepEqual(page.faults, []);
    console.log("lost: nothing lost, nothing twice");
} finally {
    await chromium.close();
    await demo.stop();
}
