/**
 * second-device.mjs - a service that lies to the second device is not believed, and what cannot be
 * checked is not called checked.
 *
 * A ballot that is in no log is shown as an entry, put in place of a true entry, and put into a log of
 * its own under another key, at last with a pin to match: never 找到了. A lone candidate without a list and without a network: no 相符.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint } from "../../web/lib/ballot.js";
import { encryptAll } from "../../web/lib/ballot_seed.js";
import { base64Decode, concat, randomBytes, utf8 } from "../../web/lib/bytes.js";
import { openCheckpoint, signCheckpoint } from "../../web/lib/checkpoint.js";
import { shortCode } from "../../web/lib/code.js";
import { makeEntry, parseEntry } from "../../web/lib/entry.js";
import { deriveKeys, keyCodeDraw } from "../../web/lib/keys.js";
import { Tree, leafHash } from "../../web/lib/merkle.js";
import { ED25519, vkeyParse, vkeyPrint } from "../../web/lib/signature.js";
import { printText, signNote } from "../../web/lib/statement.js";
import { joinBundle, splitBundle } from "../../web/lib/tile.js";
import { printQr } from "../../web/ui/qrtext.js";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";
import { beginCheck } from "./support/member.mjs";

const FILE = pathToFileURL(resolve(new URL("../../web/vendor/check-standalone.html", import.meta.url).pathname)).href;
const NOWHERE = "http://127.0.0.1:9";
const demo = await startDemo();
const chromium = await openBrowser();

const read = async (path) => new Uint8Array(await (await fetch(demo.base + path)).arrayBuffer());

/** What the service really says, before anything is bent. */
async function truth() {
    const pin = await (await fetch(`${demo.base}/api/pin`)).json();
    const { size } = openCheckpoint(await read("/log/checkpoint"), vkeyParse(pin.vkey.trim()));
    assert.ok(size < 256, "one tile");
    const entries = splitBundle(await read(`/log/tile/entries/000.p/${size}`));
    return { pin, M: randomBytes(32), entries };
}

/** A ballot with this code that nobody has cast, as an entry, and its fingerprint. */
function makeUp({ pin, M, entries }, u) {
    const pairs = entries.slice(0, 12).map(() => ({ alpha: randomBytes(32), beta: randomBytes(32) }));
    const fields = [["选举", "election-2026"], ["清单", M], ["附码", u], ...pairs.map(({ alpha, beta }) => ["选择", concat(alpha, beta)])];
    const note = signNote(printText("ballot", pin.origin, fields), [{ name: "nobody", pair: deriveKeys(keyCodeDraw()).sign }]);
    return { entry: makeEntry(parseEntry(entries.at(-1)).time, note), F: fingerprint(M, u, pairs) };
}

const answer = (path, body) => [path, (route) => route.fulfill({ status: 200, contentType: "text/plain", body: Buffer.from(body),
    headers: { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "X-Log-Index", "X-Log-Index": "1" } })];

/** The log with the entry in place of its last one; signed anew by `key`, or under the true checkpoint. */
function bent({ pin, entries }, entry, key) {
    const whole = [...entries.slice(0, -1), entry];
    const leaves = whole.map(leafHash);
    const head = { origin: pin.origin, size: whole.length, root: new Tree(leaves).root() };
    return [answer("**/log/tile/entries/**", joinBundle(whole)), key && answer("**/log/tile/0/**", concat(...leaves)),
        key && answer("**/log/checkpoint", signCheckpoint(head, key))].filter(Boolean);
}

const LIES = {
    entries: async (known, { entry }) => [answer("**/api/entries/*", entry), answer("**/api/texts/*", known.entries[0])],
    bundle: async (known, { entry }) => bent(known, entry),
    key: async (known, { entry }) => bent(known, entry, deriveKeys(keyCodeDraw()).sign),
    pin: async (known, { entry }) => {
        const key = deriveKeys(keyCodeDraw()).sign;
        const vkey = vkeyPrint(known.pin.origin, ED25519, key.publicKey);
        return [...bent(known, entry, key), answer("**/api/pin", JSON.stringify({ ...known.pin, vkey }))];
    },
};

async function lieTo(device, url, lie) {
    const known = await truth();
    const u = await beginCheck(device, url);
    const made = makeUp(known, u);
    for (const [path, reply] of await LIES[lie](known, made)) await device.route(path, reply);
    await device.getByLabel("或输入指纹前 8 位").fill(printQr.fingerprint({ F: made.F, M: known.M, address: demo.base }));
    await device.getByRole("button", { name: "记下指纹" }).click();
    await device.getByRole("button", { name: "投出了" }).click();
    const said = device.locator(".banner.done, .banner.stop, .note.wait:not(:has-text('…'))").first();
    await said.waitFor({ timeout: 60000 });
    assert.equal(await device.getByText("找到了").count(), 0, `${lie}: a lie is not found`);
    assert.equal(await device.locator(".banner.done").count(), 0, `${lie}: nothing is green`);
    if (lie !== "entries") await device.locator(".banner.stop", { hasText: "核对不上" }).waitFor();
    if (lie === "pin") await device.getByText("与本机以前认的不同").waitFor();
    await device.unrouteAll();
}

/** Without a network the list does not come: two candidates bind each other, a lone one is bound by nothing. */
async function withoutNetwork(device, K, grades) {
    const [M, seed] = [randomBytes(32), randomBytes(32)];
    const weights = [0, 1, 1024, 1048576].map((weight) => ({ weight }));
    const u = await beginCheck(device, FILE);
    const { ciphertexts } = encryptAll({ M, K, grades: weights }, seed, grades);
    await device.getByLabel("或输入指纹前 8 位").fill(shortCode(fingerprint(M, u, ciphertexts)));
    await device.getByRole("button", { name: "记下指纹" }).click();
    await device.getByRole("button", { name: "抽查了" }).click();
    await device.getByLabel("或把投票手机上的那一行贴在这里").fill(printQr.opening({ M, K, seed, grades, address: NOWHERE }));
    await device.getByRole("button", { name: "重算" }).click();
}

async function loneCandidate(device) {
    const { ceremonies } = await (await fetch(`${demo.base}/api/overview`)).json();
    const { K } = await (await fetch(`${demo.base}/api/ceremonies/${ceremonies[0].id}`)).json();
    await withoutNetwork(device, base64Decode(K), [2, 1]);
    await device.locator(".banner.done", { hasText: "相符" }).waitFor();
    await withoutNetwork(device, base64Decode(K), [2]);
    await device.getByText("只有一个候选的票").waitFor();
    assert.equal(await device.locator(".banner").count(), 0, "a lone candidate without its list neither fits nor differs");
}

try {
    const faults = [];
    for (const url of [`${demo.base}/check.html`, FILE]) {
        const device = await chromium.newPage();
        for (const lie of Object.keys(LIES)) await lieTo(device, url, lie);
        faults.push(...device.faults);
    }
    const device = await chromium.newPage();
    await loneCandidate(device);
    assert.deepEqual([...faults, ...device.faults], []);
    console.log("second device: eight lies refused; a lone candidate needs its list");
} finally {
    await chromium.close();
    await demo.stop();
}
