/**
 * ceremony.mjs - three trustees make a key in the browser: the rounds run by themselves. Then one deals
 * a share that does not fit: the page stops, the complaint is signed, the dealer shows it, all can judge.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { concat, utf8Decode } from "../../web/lib/bytes.js";
import { keyCodeParse } from "../../web/lib/code.js";
import { makeDealing, parseCeremony, sealWith } from "../../web/lib/ceremony.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { parseEntry } from "../../web/lib/entry.js";
import { parseStatement, printText, signNote } from "../../web/lib/statement.js";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { PASSPHRASE } from "./support/member.mjs";
import { press, read, sitDown, together, until } from "./support/office.mjs";

const TRUSTEES = ["trustee-1", "trustee-2", "trustee-3"];
const PATIENCE = 90000;
const demo = await startDemo({ handsOn: true });
const chromium = await openBrowser();
const desks = [];

const keysOf = (person) => deriveKeys(keyCodeParse(readFileSync(join(demo.data, "demo", `${person}.code`), "utf8").trim()));

async function begin(chair, officer, id) {
    await together("开始密钥仪式", [chair, officer], (desk) => desk.getByLabel("仪式编号").fill(id), "开始密钥仪式");
}

async function openKey(trustee, id) {
    await trustee.goto(`${demo.base}/trustee.html?ceremony=${id}#${trustee.person}`);
    await trustee.locator(".matrix").waitFor({ timeout: PATIENCE });
    await trustee.getByLabel("签署口令").fill(PASSPHRASE);
    await press(trustee, "签署：参加密钥仪式");
}

async function honest(trustees, id) {
    for (const trustee of trustees) await openKey(trustee, id);
    for (const trustee of trustees) await trustee.locator(".banner.done", { hasText: "钥匙已备好" }).waitFor({ timeout: PATIENCE });
    assert.equal((await read(demo.base, `ceremonies/${id}`)).state, "ready");
}

/** Everything as it should be, but for what is sealed to trustee 1. */
async function dealBadly(id) {
    const { ceremonies } = await read(demo.base, "overview");
    const hash = Buffer.from(ceremonies.find((one) => one.id === id).hash, "base64").toString("hex");
    const entry = new Uint8Array(await (await fetch(`${demo.base}/api/texts/${hash}`)).arrayBuffer());
    const ceremony = parseCeremony(parseStatement(parseEntry(entry).note).text);
    const keys = keysOf("trustee-2");
    const boxes = TRUSTEES.map((person) => keysOf(person).box.publicKey);
    const { A, proof, sealed } = makeDealing(ceremony, 2, keys.trustee, boxes);
    sealed[0] = sealWith(new Uint8Array(32).fill(7), boxes[0], concat(ceremony.hash, new Uint8Array(48).fill(1)));
    const text = printText("trustee.deal", ceremony.origin, [["密钥仪式", ceremony.hash], ["序号", 2], ...A.map((point) => ["承诺", point]), ["证明", proof], ...sealed.map((share) => ["密封份额", share])]);
    const answer = await fetch(`${demo.base}/api/entries`, { method: "POST", headers: { "Content-Type": "text/plain" }, body: utf8Decode(signNote(text, [{ name: "trustee-2", pair: keys.sign }])) });
    assert.equal(answer.status, 200, await answer.text());
}

async function dispute([first, second, third], id) {
    await dealBadly(id);
    await openKey(third, id);
    await openKey(first, id);
    await first.getByText("trustee-2 发给您的份额与公开的承诺对不上").waitFor({ timeout: PATIENCE });
    await press(first, "签署：份额不符");
    await first.locator(".banner.stop", { hasText: "份额不符，仪式停下" }).waitFor({ timeout: PATIENCE });
    await second.goto(`${demo.base}/trustee.html?ceremony=${id}#trustee-2`);
    await second.getByText("有人说您发的份额不符").waitFor({ timeout: PATIENCE });
    await second.getByLabel("签署口令").fill(PASSPHRASE);
    await press(second, "签署：公开这一份");
    await second.getByText("公开后可见：发份额的一方不符").waitFor({ timeout: PATIENCE });
    await first.getByText("公开后可见：发份额的一方不符").waitFor({ timeout: PATIENCE });
    await until("the dispute", async () => (await read(demo.base, `ceremonies/${id}`)).state === "disputed");
}

try {
    for (const person of ["chair-1", "officer-1", ...TRUSTEES]) desks.push(await sitDown(chromium, demo, person));
    const [chair, officer, ...trustees] = desks;
    await begin(chair, officer, "keys-2026b");
    await honest(trustees, "keys-2026b");
    await begin(chair, officer, "keys-2026c");
    await dispute(trustees, "keys-2026c");
    for (const desk of desks) assert.deepEqual(desk.faults, [], desk.person);
    console.log("ceremony: three rounds, and a share that did not fit");
} catch (error) {
    for (const desk of desks) console.error(`--- ${desk.person} ${desk.url()}\n${await desk.locator("main").innerText().catch(() => "")}`.slice(0, 900), desk.faults);
    throw error;
} finally {
    await chromium.close();
    await demo.stop();
}
