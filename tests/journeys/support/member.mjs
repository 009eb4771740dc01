/**
 * member.mjs - what a member does with the pages, step by step, as a person would.
 *
 *   enter(page, link)              passphrase, then the tasks
 *   signIn(page)                   from the tasks to 已签到, then the booth opens by itself
 *   openBallot(page, base)         passphrase and the first 8 characters of the list on the wall
 *   choose(page, index, grade)     presses a segment;   fillBallot(page)  3 + 6 + the rest
 *   useSecondDevice(page, device, base)   the code typed there, the fingerprint typed here
 */
export const PASSPHRASE = "西湖龙井明前第一";

export async function enter(page, link) {
    await page.goto(link);
    await page.getByLabel("签署口令（自己定）").fill(PASSPHRASE);
    await page.getByLabel("再输一遍口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "放进这部手机" }).click();
    await page.waitForURL(/home\.html/);
    await page.getByRole("heading", { name: /的待办/ }).waitFor();
}

export async function signIn(page) {
    await page.getByRole("link", { name: "去办：签到" }).click();
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "签到" }).click();
    await page.locator(".banner.done", { hasText: "已签到" }).waitFor();
    await page.waitForURL(/booth\.html/, { timeout: 60000 });
}

/** The list number as the wall shows it, computed here and not asked of the page. */
export async function listNumber(base) {
    const { elections } = await (await fetch(`${base}/api/overview`)).json();
    const M = Buffer.from(elections.at(-1).M, "base64");
    const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code = "";
    for (let bit = 0; bit < 40; bit += 5) {
        const pair = (M[bit >> 3] << 8) | M[(bit >> 3) + 1];
        code += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
    }
    return code;
}

export async function openBallot(page, base) {
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开选票" }).click();
    await page.getByLabel("墙上清单号的前 8 位").fill(await listNumber(base));
    await page.getByRole("button", { name: "核对", exact: true }).click();
    await page.locator("#row-0").waitFor();
}

export function choose(page, index, grade) {
    return page.locator(`#row-${index} label:has(input[value="${grade}"])`).click();
}

export async function fillBallot(page) {
    for (let i = 0; i < 3; i += 1) await choose(page, i, 2);
    for (let i = 3; i < 9; i += 1) await choose(page, i, 1);
}

export async function sealBallot(page, code) {
    await page.getByRole("button", { name: "下一步：核验" }).click();
    await page.getByLabel("附码（8 个字符）").fill(code);
    await page.getByRole("button", { name: "用这个附码封票" }).click();
    await page.locator("#cast").waitFor();
}

/** The second device gives a code and keeps the fingerprint that the booth shows. */
export async function beginCheck(device, url) {
    await device.goto(url);
    const code = (await device.locator("#code").innerText()).replaceAll(" ", "");
    await device.getByRole("button", { name: "下一步：扫指纹" }).click();
    return code;
}

export async function keepFingerprint(page, device) {
    const shown = await page.locator(".fingerprint").innerText();
    const code = shown.split("\n").slice(1).join("").replaceAll(/\s/g, "");
    await device.getByLabel("或输入指纹前 8 位").fill(code);
    await device.getByRole("button", { name: "记下指纹" }).click();
    await device.getByText("已记下指纹").waitFor();
}
