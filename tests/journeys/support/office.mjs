/**
 * office.mjs - what officials do with console and trustee's page, step by step, as persons would.
 *
 *   sitDown(chromium, demo, person)     their own device with their key; any person of the demonstration
 *   press(desk, name)                   a button or link by its words
 *   sign(desk, what)                    passphrase, 签署：<what>
 *   propose(desk, what) / cosign(desk, what)   the next step in the console / the same, after another
 *   together(what, [desk…])             the first proposes, the others sign along, all see 已入册
 *   until(what, ask)                    asks until there is an answer;  read(base, path)  of /api/
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PASSPHRASE, enter } from "./member.mjs";

/** Links of those the demonstration does not print are made from the key codes it keeps. */
function linkOf(demo, person) {
    const code = () => readFileSync(join(demo.data, "demo", `${person}.code`), "utf8").trim();
    return demo.link(person) ?? `${demo.base}/enter.html#${person}.${code()}`;
}

export async function sitDown(chromium, demo, person, width = 1280) {
    const desk = await chromium.newPage({ width, height: 900 });
    desk.person = person;
    desk.base = demo.base;
    await enter(desk, linkOf(demo, person));
    return desk;
}

const PATIENCE = 60000;

export async function openConsole(desk) {
    const address = `${desk.base}/console.html#${desk.person}`;
    if (desk.url() === address) await desk.reload();
    else await desk.goto(address);
    await desk.locator(".pipeline").waitFor({ timeout: PATIENCE });
}

export function press(desk, name) {
    return desk.getByRole("button", { name, exact: false }).first().click();
}

export async function sign(desk, what) {
    await desk.getByLabel("签署口令").fill(PASSPHRASE);
    await desk.getByRole("button", { name: `签署：${what}` }).click();
}

/** `button`: the words to press, where it is not the next step. */
export async function propose(desk, what, fill = async () => {}, button = `下一步：${what}`) {
    await desk.getByRole("button", { name: button }).click();
    await fill(desk);
    await sign(desk, what);
    await desk.locator(".banner", { hasText: "已签，等另一位" }).waitFor({ timeout: PATIENCE });
}

export async function cosign(desk, what) {
    await openConsole(desk);
    await desk.getByRole("button", { name: new RegExp(`去签：${what}|看原文，签署`) }).first().click();
    await desk.getByText("一字不差").first().waitFor();
    await sign(desk, what);
}

export async function together(what, [first, ...others], fill, button) {
    await openConsole(first);
    await propose(first, what, fill, button);
    for (const [i, other] of others.entries()) {
        await cosign(other, what);
        if (i < others.length - 1) await other.locator(".banner", { hasText: "已签，等另一位" }).waitFor({ timeout: PATIENCE });
    }
    for (const desk of [first, ...others]) await desk.locator(".banner.done", { hasText: "已入册" }).waitFor({ timeout: PATIENCE });
}

export async function until(what, ask, patience = 60000) {
    const deadline = Date.now() + patience;
    for (;;) {
        const answer = await ask();
        if (answer) return answer;
        assert.ok(Date.now() < deadline, `in vain: ${what}`);
        await new Promise((done) => { setTimeout(done, 500); });
    }
}

export const read = async (base, path) => (await fetch(`${base}/api/${path}`)).json();
