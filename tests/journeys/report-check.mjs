/**
 * report-check.mjs - a stranger with a file and a proof, at the check page and at its single file.
 *
 * The right file is green; a wrong one is refused by name, calmly and unmistakably; photographs of the
 * codes give the same answer as the text; a bundle with a key of its own is never green; what only the
 * log knows is asked for, and a newer version is told. Served here is a small made-up log: pages and
 * library are the real ones, and nothing that the service says is needed for the answer.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hex } from "../../web/lib/bytes.js";
import { stateOf } from "../../web/lib/report_state.js";
import { deriveKeys, keyCodeDraw } from "../../web/lib/keys.js";
import { bundleOf, evidenceOf, partsOf } from "../web/evidence_of.mjs";
import { ReviewWorld } from "../web/review_world.mjs";
import { ORIGIN } from "../web/world.mjs";
import qrcode from "../../web/vendor/qrcode.mjs";
import { openBrowser } from "./support/browser.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const WEB = resolve(new URL("../../web", import.meta.url).pathname);
const FILE = pathToFileURL(join(WEB, "vendor/report-check-standalone.html")).href;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const SHOTS = process.env.XILING_SHOTS;
const PATIENCE = 90000;

/* --- a log with reports, and a service that tells of it --- */

function makeWorld() {
    const world = new ReviewWorld().reviewed({ after: "保留" });
    world.file("paper-1");
    world.sign("paper-1", "rev-a");
    world.sign("paper-1", "rev-b", "保留意见");
    world.sign("paper-1", "rev-c");
    world.file("site-1", { site: "org-1" });
    world.sign("site-1", "rev-a");
    world.refusal("site-1", "org-1");
    world.sign("site-1", "rev-b", "不同意");
    return world;
}

const world = makeWorld();
const before = { paper: evidenceOf(world, "paper-1", 1), site: evidenceOf(world, "site-1", 1) };

function statusOf(id) {
    const newest = world.newest(id);
    return { id, version: newest.version, newest: true, state: stateOf(newest) };
}

function answer(path) {
    if (path === "/api/pin") return JSON.stringify({ origin: ORIGIN, vkey: world.vkey, genesis: hex(world.pin.genesis), witnesses: [] });
    const [, id, rest] = /^\/api\/reports\/([^/]+)(.*)$/.exec(path) ?? [];
    if (!world.newest(id)) return null;
    return rest === "/evidence" ? Buffer.from(evidenceOf(world, id, world.newest(id).version)) : JSON.stringify(statusOf(id));
}

const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]);
    const held = path.startsWith("/api/") ? answer(path) : await readFile(join(WEB, path)).catch(() => null);
    response.writeHead(held ? 200 : 404, { "Content-Type": TYPES[extname(path)] ?? "application/json", "Access-Control-Allow-Origin": "*" });
    response.end(held ?? "{}");
});
const port = Number((process.env.XILING_PORTS ?? "0").split("-")[0]);
await new Promise((done) => { server.listen(port, "127.0.0.1", done); });
const base = `http://127.0.0.1:${server.address().port}`;

/* --- what a person does --- */

const chromium = await openBrowser();
let shots = 0;

async function shot(page, name) {
    if (!SHOTS) return;
    shots += 1;
    await page.screenshot({ path: join(SHOTS, `${String(shots).padStart(2, "0")}-${name}.png`), fullPage: true });
}

async function isAccessible(page, name) {
    // What is still appearing has no colour of its own yet.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
    await session.send("Runtime.evaluate", { expression: `${AXE};0`, contextId: executionContextId });
    const { result } = await session.send("Runtime.evaluate", { contextId: executionContextId, awaitPromise: true, returnByValue: true,
        expression: "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }).then((found) => JSON.stringify(" +
            "found.violations.map((one) => [one.id, one.nodes.map((node) => node.target.join(' ')).slice(0, 3)])))" });
    assert.equal(result.value, "[]", name);
    page.faults.length = 0; // axe measures with inline styles
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${name}: too wide`);
}

const file = (name, bytes) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
const put = (page, label, ...files) => page.getByLabel(label).setInputFiles(files);
const DOCUMENT = /^选报告文件/;
const PROOF = /^选凭据/;

async function openPage(url, options) {
    const page = await chromium.newPage(options);
    page.setDefaultTimeout(PATIENCE);
    await page.goto(url);
    await page.getByRole("heading", { level: 1, name: "核对报告签署" }).waitFor();
    return page;
}

async function done(page) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

const word = (page, kind, text) => page.locator(`.banner.${kind}`, { hasText: text }).waitFor();

/* --- the stories --- */

async function rightFile(width) {
    const page = await openPage(`${base}/report-check.html`, { width });
    await shot(page, `empty-${width}`);
    await isAccessible(page, "empty");
    await put(page, DOCUMENT, file("评审报告.pdf", world.documentOf("paper-1", 1)));
    await page.locator(".held", { hasText: "评审报告.pdf" }).waitFor();
    await put(page, PROOF, file("evidence.txt", before.paper));
    await word(page, "done", "签署齐全");
    await page.getByText("文件相符").waitFor();
    await page.locator(".signer", { hasText: "rev-b" }).getByText("保留意见").waitFor();
    await shot(page, `complete-${width}`);
    await isAccessible(page, "complete");
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await isAccessible(page, "complete dark");
    await shot(page, `complete-dark-${width}`);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.getByRole("button", { name: "查现在的状态" }).click();
    await page.getByText("第 1 版仍是最新的").waitFor();
    await page.getByText("本机已核对，到第").waitFor();
    await page.getByRole("button", { name: "Switch to English" }).click();
    await page.locator(".banner.done", { hasText: "All signed" }).waitFor();
    await isAccessible(page, "complete en");
    await shot(page, `complete-en-${width}`);
    await done(page);
}

/** Wrong file: said calmly, with both fingerprints; nothing on the page is green. */
async function wrongFile(width) {
    const page = await openPage(`${base}/report-check.html`, { width });
    await put(page, PROOF, file("evidence.txt", before.paper));
    await word(page, "wait", "文件未核对");
    await put(page, DOCUMENT, file("评审报告.pdf", world.documentOf("paper-1", 2)));
    await word(page, "stop", "这不是所签的文件");
    const said = await page.locator(".banner.stop").textContent();
    assert.ok(said.includes(hex(world.fileOf("paper-1", 1)).slice(0, 16)) && said.includes(hex(world.fileOf("paper-1", 2)).slice(0, 16)), "both fingerprints");
    assert.equal(await page.locator(".banner.done").count(), 0);
    await shot(page, `wrong-file-${width}`);
    await isAccessible(page, "wrong file");
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await isAccessible(page, "wrong file dark");
    await put(page, DOCUMENT, file("原件.pdf", world.documentOf("paper-1", 1)));
    await word(page, "done", "签署齐全");
    await done(page);
}

async function refusedAndBlocked() {
    const page = await openPage(`${base}/report-check.html`, { width: 1280, height: 900 });
    await put(page, PROOF, file("evidence.txt", before.site));
    await word(page, "stop", "有人不同意");
    await page.locator(".signer", { hasText: "rep-a" }).getByText("组织拒签，已见证").waitFor();
    await shot(page, "blocked-1280");
    await isAccessible(page, "blocked");
    await done(page);
}

/** The codes as a photograph, drawn by the page's own library, two on one picture. */
async function photograph(page, texts) {
    return page.evaluate(async ([parts, address]) => {
        const { drawQr } = await import(`${address}/ui/qr.js`);
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [700 * parts.length + 60, 800];
        const context = canvas.getContext("2d");
        context.fillStyle = "white";
        context.fillRect(0, 0, canvas.width, canvas.height);
        parts.forEach((text, i) => drawQr(context, text, 60 + 700 * i, 60, 620));
        return canvas.toDataURL("image/png").split(",")[1];
    }, [texts, base]);
}

async function photographs() {
    const page = await openPage(`${base}/report-check.html`, { width: 360 });
    const texts = partsOf(before.paper);
    const half = Math.ceil(texts.length / 2);
    const pictures = await Promise.all([texts.slice(half), texts.slice(0, half)].map((some) => photograph(page, some)));
    const [late, early] = pictures.map((picture, i) => file(`照片${i}.png`, Buffer.from(picture, "base64")));
    await put(page, PROOF, late);
    await page.getByText(/还差第 1.* 个码/).waitFor({ timeout: PATIENCE });
    await shot(page, "half-360");
    await put(page, PROOF, early);
    await word(page, "wait", "文件未核对");
    await put(page, PROOF, file("风景.png", Buffer.from(await photograph(page, []), "base64")));
    await page.getByText("照片里没有读到").waitFor({ timeout: PATIENCE });
    await done(page);
}

/** From a disk: the key is given by a person; a bundle's own key is not enough. */
async function singleFile() {
    const page = await openPage(FILE, { width: 360 });
    await put(page, PROOF, file("evidence.txt", before.paper));
    await page.getByText("还没有人告诉本机").waitFor();
    await shot(page, "keyless-360");
    await isAccessible(page, "keyless");
    await put(page, PROOF, file("bundle.tar", bundleOf(world, "paper-1", 1, world.documentOf("paper-1", 1))));
    await word(page, "wait", "公钥未核对");
    assert.equal(await page.locator(".banner.done").count(), 0, "a bundle does not vouch for its own key");
    await shot(page, "bundle-360");
    await page.getByLabel("输入或贴上记录公钥").fill("record.example+00000000+AAAA");
    await page.getByRole("button", { name: "就凭这把" }).click();
    await page.getByText("这不是记录公钥").waitFor();
    await page.getByLabel("输入或贴上记录公钥").fill(world.vkey);
    await page.getByRole("button", { name: "就凭这把" }).click();
    await word(page, "done", "签署齐全");
    await isAccessible(page, "single file");
    await shot(page, "single-file-360");
    await page.getByLabel("服务的网址").fill(base);
    await page.getByRole("button", { name: "查现在的状态" }).click();
    await page.getByText("第 1 版仍是最新的").waitFor();
    await forgedBundle(page);
    await done(page);
}

/** A whole world of somebody else's making, under the name of the log. */
async function forgedBundle(page) {
    const forger = new ReviewWorld();
    forger.logPair = deriveKeys(keyCodeDraw()).sign;
    forger.reviewed();
    forger.file("paper-1");
    ["rev-a", "rev-b", "rev-c"].forEach((id) => forger.sign("paper-1", id));
    await page.getByRole("button", { name: "核对另一份" }).click();
    await put(page, PROOF, file("bundle.tar", bundleOf(forger, "paper-1", 1, forger.documentOf("paper-1", 1))));
    await word(page, "stop", "凭据核对不上");
    await page.getByText("不是用这把记录公钥签的").waitFor();
    await shot(page, "forged-360");
    const stranger = await openPage(FILE, { width: 360 });
    await put(stranger, PROOF, file("bundle.tar", bundleOf(forger, "paper-1", 1, forger.documentOf("paper-1", 1))));
    await word(stranger, "wait", "公钥未核对");
    assert.equal(await stranger.locator(".banner.done").count(), 0);
    await done(stranger);
}

/** The printed address names the report; a newer version is told, by proof and not by word. */
async function newerVersion() {
    const page = await openPage(`${base}/report-check.html#paper-1`, { width: 1280, height: 900 });
    await word(page, "wait", "文件未核对");
    await put(page, DOCUMENT, file("评审报告.pdf", world.documentOf("paper-1", 1)));
    await word(page, "done", "签署齐全");
    world.file("paper-1");
    await page.getByRole("button", { name: "查现在的状态" }).click();
    await page.getByText("已经有第 2 版").waitFor();
    await page.getByText("本机已核对，到第").waitFor();
    await word(page, "wait", "已有第 2 版");
    assert.equal(await page.locator(".banner.done").count(), 0, "what is overtaken is not green");
    await shot(page, "newer-1280");
    await page.locator(".held", { hasText: "本服务公开的凭据" }).waitFor();
    await put(page, PROOF, file("evidence.txt", evidenceOf(world, "paper-1", 1)));
    await word(page, "stop", "这一版已作废");
    await shot(page, "void-1280");
    await done(page);
}

/* --- a film of the codes, one after the other, as somebody moves along a signing page --- */

const [WIDTH, HEIGHT] = [960, 720];

function frameOf(text) {
    const code = qrcode(0, "M");
    code.addData(text, "Alphanumeric");
    code.make();
    const count = code.getModuleCount();
    const scale = Math.floor(HEIGHT / (count + 10));
    const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - count * scale) / 2));
    const light = Buffer.alloc(WIDTH * HEIGHT, 220);
    for (let y = 0; y < count * scale; y += 1) {
        for (let x = 0; x < count * scale; x += 1) {
            if (code.isDark(Math.floor(y / scale), Math.floor(x / scale))) light[(top + y) * WIDTH + left + x] = 30;
        }
    }
    return Buffer.concat([Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

async function byCamera() {
    const folder = await mkdtemp(join(tmpdir(), "xiling-codes-"));
    const camera = join(folder, "codes.y4m");
    const frames = partsOf(before.paper).flatMap((text) => Array(4).fill(frameOf(text)));
    await writeFile(camera, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F2:1 Ip A1:1 C420jpeg\n`), ...frames]));
    const filmed = await openBrowser({ camera });
    try {
        const page = await filmed.newPage({ width: 360 });
        await page.goto(`${base}/report-check.html`);
        await page.getByText("扫签署页上的码").click();
        await page.getByRole("button", { name: "打开相机" }).click();
        await page.getByText(/已读 [12] \/ /).waitFor({ timeout: PATIENCE });
        await page.locator(".banner.wait", { hasText: "文件未核对" }).waitFor({ timeout: PATIENCE });
        assert.deepEqual(page.faults, []);
    } finally {
        await filmed.close();
        await rm(folder, { recursive: true, force: true });
    }
}

async function notProofs() {
    const page = await openPage(`${base}/report-check.html`, { width: 360 });
    await put(page, PROOF, file("evidence.txt", Buffer.from("not a proof\n")));
    await page.getByText("这不是签署凭据").waitFor();
    const bent = Buffer.from(before.paper);
    bent[bent.indexOf("意见：同意") + 10] ^= 1;
    await put(page, PROOF, file("evidence.txt", bent));
    await word(page, "stop", "凭据核对不上");
    await shot(page, "bent-360");
    await isAccessible(page, "bent");
    await done(page);
}

try {
    for (const width of [360, 1280]) await rightFile(width);
    for (const width of [360, 1280]) await wrongFile(width);
    await refusedAndBlocked();
    await photographs();
    await byCamera();
    await singleFile();
    await notProofs();
    await newerVersion();
    console.log("report-check: ok");
} finally {
    await chromium.close();
    server.close();
}
