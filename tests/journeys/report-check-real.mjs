/**
 * report-check-real.mjs - a stranger checks a report of the real service, under its own policy of scripts.
 *
 * The proof comes from the address printed on the signing page; the very file that was uploaded is green,
 * with one byte more it is not the signed file; pictures of the printed page prove the same, also in the
 * single file that came from the service as a download, where a person has given the key.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./support/browser.mjs";
import { startDemo } from "./support/demo.mjs";

const PATIENCE = 90000;
const demo = await startDemo();
const chromium = await openBrowser();

async function newPage(options) {
    const page = await chromium.newPage(options);
    page.setDefaultTimeout(PATIENCE);
    return page;
}
const folder = await mkdtemp(join(tmpdir(), "xiling-check-"));

const bytesOf = async (path) => Buffer.from(await (await fetch(demo.base + path)).arrayBuffer());
const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });
const put = (page, label, ...files) => page.getByLabel(label).setInputFiles(files);
const word = (page, kind, text) => page.locator(`.banner.${kind}`, { hasText: text }).waitFor({ timeout: PATIENCE });
const DOCUMENT = /^选报告文件/;
const PROOF = /^选凭据/;

/** A report that is complete, and one that waits, as anybody may read. */
async function reportsOf() {
    const { reports } = JSON.parse(await bytesOf("/api/reports"));
    return [reports.find(({ state }) => state === "complete"), reports.find(({ state }) => state === "open")];
}

async function fromItsAddress({ id }, document) {
    const page = await newPage({ width: 360 });
    await page.goto(`${demo.base}/report-check.html#${id}`);
    await word(page, "wait", "文件未核对");
    await put(page, DOCUMENT, file("报告.pdf", Buffer.concat([document, Buffer.from(" ")])));
    await word(page, "stop", "这不是所签的文件");
    assert.equal(await page.locator(".banner.done").count(), 0, "a byte more is another file");
    await put(page, DOCUMENT, file("报告.pdf", document));
    await word(page, "done", "签署齐全");
    await page.getByRole("button", { name: "查现在的状态" }).click();
    await page.getByText("仍是最新的").waitFor();
    await page.getByText("本机已核对，到第").waitFor();
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

async function waiting({ id }) {
    const page = await newPage({ width: 1280, height: 900 });
    await page.goto(`${demo.base}/report-check.html#${id}`);
    await word(page, "wait", "还没签齐");
    await page.locator(".signer").getByText("保留意见").first().waitFor();
    await page.goto(`${demo.base}/report-check.html#no-such-report`);
    await page.reload();
    await page.locator(".refusal").waitFor();
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

/** The printed pages as pictures; the page without codes says so. */
async function picturesOf({ id }) {
    await writeFile(join(folder, "page.pdf"), await bytesOf(`/api/reports/${id}/signing-page.pdf`));
    execFileSync("pdftoppm", ["-r", "200", "-png", join(folder, "page.pdf"), join(folder, "page")]);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".png")).sort();
    return Promise.all(names.map(async (name) => file(name, await readFile(join(folder, name)))));
}

async function fromPictures(report, document) {
    const standalone = join(folder, "report-check-standalone.html");
    await writeFile(standalone, await bytesOf("/vendor/report-check-standalone.html"));
    const page = await newPage({ width: 360 });
    await page.goto(pathToFileURL(standalone).href);
    await put(page, PROOF, ...(await picturesOf(report)));
    await page.getByText("还没有人告诉本机").waitFor({ timeout: PATIENCE });
    assert.equal(await page.getByText("照片里没有读到").count(), 0, "pages without codes are passed over");
    const { vkey } = JSON.parse(await bytesOf("/api/pin"));
    await page.getByLabel("输入或贴上记录公钥").fill(vkey);
    await page.getByRole("button", { name: "就凭这把" }).click();
    await word(page, "wait", "文件未核对");
    await put(page, DOCUMENT, file("报告.pdf", document));
    await word(page, "done", "签署齐全");
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

try {
    const [complete, open] = await reportsOf();
    const { file: hash } = JSON.parse(await bytesOf(`/api/reports/${complete.id}`));
    const document = await readFile(join(demo.data, "documents", hash));
    await fromItsAddress(complete, document);
    await waiting(open);
    await fromPictures(complete, document);
    console.log("report-check-real: ok");
} finally {
    await chromium.close();
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
}
