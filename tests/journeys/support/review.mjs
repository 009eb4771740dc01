/**
 * review.mjs - what officers, reviewers and leaders do with review.html and team.html, step by step.
 *
 *   openPage(chromium, district, person, path, width)   their own device with their key, at this page
 *   open(desk, path)            the same device at another page of the review
 *   sign(desk, what)            passphrase, 签署：<what>
 *   together(first, second, what, begin)   begin(first) fills in; both sign, and both see 已入册
 *   pick(desk, group, label)    a checkbox or radio of a fieldset, by its words
 *   fileReport(desk, { name, bytes, title, kind, organisation })   a leader, from choosing to 文件已送达
 */
import { readFileSync } from "node:fs";
import { PASSPHRASE, enter } from "./member.mjs";

/** Opening a key and folding the log are computing; a busy machine takes its time. */
const PATIENCE = 120000;

export async function openPage(chromium, district, person, path, width = 1280) {
    const desk = await chromium.newPage({ width, height: 900 });
    desk.setDefaultTimeout(PATIENCE / 2);
    Object.assign(desk, { person, base: district.service.url });
    const code = readFileSync(district.path("keys", person), "utf8").trim();
    await enter(desk, `${desk.base}/enter.html#${person}.${code}`);
    await open(desk, path);
    return desk;
}

/** Another fragment alone would be no reload. */
export async function open(desk, path) {
    await desk.goto("about:blank");
    await desk.goto(`${desk.base}/${path}#${desk.person}`);
    await desk.locator(".identity").waitFor({ timeout: PATIENCE });
}

export async function sign(desk, what) {
    await desk.getByLabel("签署口令").fill(PASSPHRASE);
    await desk.getByRole("button", { name: `签署：${what}` }).click();
}

export const pick = (desk, group, label) => desk.getByRole("group", { name: group }).locator(".pick", { hasText: label }).locator("input").check();

export async function recorded(desk) {
    await desk.locator(".banner.done", { hasText: "已入册" }).waitFor({ timeout: PATIENCE });
}

export async function cosign(desk, page, what) {
    await open(desk, page);
    await desk.getByRole("button", { name: "看原文，签署" }).first().click({ timeout: PATIENCE });
    await desk.getByText("一字不差").first().waitFor();
    await sign(desk, what);
}

export async function together(first, second, what, begin) {
    await begin(first);
    await sign(first, what);
    await first.locator(".banner", { hasText: "已签，等另一位" }).waitFor({ timeout: PATIENCE });
    await cosign(second, "review.html", what);
    await recorded(second);
    await recorded(first);
}

export async function chooseFile(desk, { name, bytes, mimeType = "application/pdf" }) {
    await desk.locator("input[type=file]").setInputFiles({ name, mimeType, buffer: bytes });
}

export async function delivered(desk) {
    await desk.locator(".banner", { hasText: "文件已送达" }).waitFor({ timeout: PATIENCE });
}

export async function fileReport(desk, { name = "report.pdf", bytes, title, kind, organisation }) {
    await chooseFile(desk, { name, bytes });
    await desk.getByText("已在本机算出指纹").waitFor({ timeout: PATIENCE });
    if (kind) await pick(desk, "种类", kind);
    if (organisation) await pick(desk, "受评组织", organisation);
    await desk.getByLabel("标题").fill(title);
    await sign(desk, "登记报告");
    await delivered(desk);
}
