/**
 * enrol.mjs - a new person enrols on a phone, compares 12 digits with the officer's screen, and is confirmed.
 *
 * The officers act here through the public interface, with the library of the pages; digits are computed
 * on both sides from what each side has, and the page turns to 已登记 only by the logged confirmation.
 */
import assert from "node:assert/strict";
import { base64, base64Decode, randomBytes, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { checkDigits, keyCodeParse } from "../../web/lib/code.js";
import { parseEntry } from "../../web/lib/entry.js";
import { hidden } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { parseStatement, printText, signNote } from "../../web/lib/statement.js";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { PASSPHRASE } from "./support/member.mjs";

const PERSON = "member-16";
const NAME = "钱示例";
const demo = await startDemo();
const chromium = await openBrowser();
const pin = await (await fetch(`${demo.base}/api/pin`)).json();

async function signerOf(person) {
    return { name: person, pair: deriveKeys(keyCodeParse(await demo.codeOf(person))).sign };
}

async function post(path, body, headers = {}) {
    const response = await fetch(demo.base + path, { method: "POST", body, headers });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return { response, text };
}

async function openSession(officer) {
    const { nonce, time } = await (await fetch(`${demo.base}/api/challenge`)).json();
    const text = printText("session.open", pin.origin, [["人员", officer.name], ["随机数", base64Decode(nonce)], ["时间", time]]);
    const { response } = await post("/api/sessions", signNote(text, [officer]));
    return response.headers.get("set-cookie").split(";")[0];
}

async function invite(officer) {
    const salt = randomBytes(32);
    const text = printText("person.invite", pin.origin, [["人员", PERSON], ["姓名", hidden("person.invite", "姓名", salt, NAME)]]);
    const note = utf8Decode(signNote(text, [officer]));
    const { text: answer } = await post("/api/invitations", JSON.stringify({ note, name: NAME, salt: base64(salt) }),
        { Cookie: await openSession(officer), "Content-Type": "application/json" });
    return JSON.parse(answer).url;
}

/** The officer loads the enrolment from the log, and only then draws the 16 bytes. */
async function findEnrolment(page) {
    const index = Number((await page.getByText(/登记书在公开记录第 \d+ 号/).innerText()).match(/\d+/)[0]);
    const entry = await (await fetch(`${demo.base}/api/entries/${index}`)).text();
    return parseStatement(parseEntry(utf8(entry)).note);
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function spell(bytes) {
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("").padEnd(130, "0");
    return bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");
}

async function confirm(officers, enrolment, n) {
    const text = printText("person.confirm", pin.origin, [["人员", PERSON], ["登记", enrolment.hash], ["核对随机数", n], ["角色", "委员"]]);
    await post("/api/entries", signNote(text, officers), { "Content-Type": "text/plain" });
}

async function enrol(page, url) {
    await page.goto(url.startsWith("http") ? url : `${demo.base}/${url}`);
    await page.getByRole("button", { name: "下一步：生成密钥码" }).click();
    const middle = await page.locator(".grid-nine li").nth(4).locator("span").first().innerText();
    await page.getByLabel("抽查一格").fill("0000");
    await page.getByRole("button", { name: "下一步：设签署口令" }).click();
    await page.getByText("与正中间那一格不同").waitFor();
    await page.getByLabel("抽查一格").fill(middle.toLowerCase());
    await page.getByRole("button", { name: "下一步：设签署口令" }).click();
    await page.getByLabel("签署口令（自己定）").fill(PASSPHRASE);
    await page.getByLabel("再输一遍口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "签署：登记" }).click();
    await page.getByText("已登记，等工作人员当面确认").waitFor();
}

try {
    const officers = [await signerOf("officer-1"), await signerOf("officer-2")];
    const page = await chromium.newPage();
    await enrol(page, await invite(officers[0]));
    const enrolment = await findEnrolment(page);
    const n = randomBytes(16);
    await page.getByLabel("或输入工作人员念的 26 个字符").fill(spell(n));
    await page.getByRole("button", { name: "核对", exact: true }).click();
    const shown = (await page.locator(".digits").innerText()).replaceAll(" ", "");
    assert.equal(shown, checkDigits(enrolment.hash, n));
    await confirm(officers, enrolment, n);
    await page.locator(".banner.done", { hasText: "已登记" }).waitFor();
    await page.getByRole("link", { name: "打开我的待办" }).click();
    await page.getByLabel("签署口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开我的待办" }).click();
    await page.getByRole("heading", { name: `${PERSON} 的待办` }).waitFor();
    assert.deepEqual(page.faults, []);
    console.log("enrol: invited, compared, confirmed, signed in");
} finally {
    await chromium.close();
    await demo.stop();
}
