/**
 * object-crowd.mjs - a citizen files while too many do: the queue is full, then the own address is over its rate.
 * A text signed in vain and too long ago is signed anew. The page says what it does and when, comes back, works, and goes on by itself; the status page likewise.
 */
import assert from "node:assert/strict";
import { keyCodePrint } from "../../web/lib/code.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { assertProblem, scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { shoot } from "./support/shots.mjs";

const PATIENCE = { timeout: 60000 };
const chromium = await openBrowser();

const next = (page) => page.getByRole("button", { name: /^下一步/ }).click();

async function fillsIt(page, url) {
  await page.goto(`${url}/object.html#${NOTICE}.org-b`);
  await next(page);
  await page.getByLabel("申报材料不实").check();
  await page.getByLabel("您的请求").fill("请核实，不予授奖。");
  await next(page);
  await page.getByLabel("事实经过").fill("申报材料与事实不符。");
  await next(page);
  await page.getByLabel("个人", { exact: true }).check();
  await page.getByLabel("姓名").fill("示例市民");
  await page.getByLabel("证件号码").fill("11010519491231002x");
  await page.getByLabel("电话").fill("13800000000");
  await page.getByLabel(/^不同意/).check();
  await next(page);
  await page.locator(".statement").waitFor(PATIENCE);
  await page.getByLabel("我对所提交内容的真实性负责。").check();
}

/** Every note that the page shows on its way, in order; they pass faster than one can look. */
async function listen(page) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const note = () => document.querySelector(".note[role=status]")?.textContent ?? "";
    new MutationObserver(() => note() !== globalThis.heard.at(-1) && globalThis.heard.push(note()))
      .observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

const heard = async (page, word) => assert.ok((await page.evaluate(() => globalThis.heard)).some((said) => said.includes(word)), `nobody was told: ${word}`);

/** Requests that came with work. */
function watchWork(page, path) {
  const seen = [];
  page.on("request", (request) => {
    if (request.url().endsWith(path) && request.method() === "POST") seen.push(request.headers()["x-work"] ?? null);
  });
  return seen;
}

/** Others behind the same address have filed as much as it may. */
async function useUpTheRate(service, path, body) {
  for (let i = 0; i < 100; i++) {
    const answer = await service.post(path, body);
    if (answer.status === 429) return assertProblem(answer, 429);
  }
  throw new Error("an address may do as much as it likes");
}

const FULL = { status: 503, rule: "objection.queue", what: { zh: "满", en: "full" }, basis: { zh: "", en: "" }, do: { zh: "等", en: "wait" }, retry_after: 3 };

async function filesInTheCrowd(page, service) {
  const works = watchWork(page, "/api/entries");
  let turned = 0;
  await page.route("**/api/entries", async (route) => {
    turned += 1;
    if (turned === 1) return route.fulfill({ status: 503, contentType: "application/problem+json", headers: { "Retry-After": "3" }, body: JSON.stringify(FULL) });
    // At the last moment, so that no room has come back meanwhile.
    if (turned === 2) await useUpTheRate(service, "/api/entries", "xiling/v1 objection.file\nnot one\n\n");
    return route.continue();
  });
  await listen(page);
  await page.getByRole("button", { name: "实名提交异议" }).click();
  await page.getByText("自动再交").waitFor(PATIENCE);
  await page.getByText("也可以当面或邮寄").first().waitFor();
  await shoot(page, "wait");
  await page.locator(".banner.done", { hasText: "已按时收到" }).waitFor(PATIENCE);
  await page.getByText("材料已全部收到").waitFor(PATIENCE);
  await heard(page, "本机正在算一道小题");
  assert.equal(works.length, 3, "put off twice, and taken");
  assert.deepEqual(works.slice(0, 2), [null, null]);
  assert.match(works.at(-1), /^[0-9a-f]{50}\.\d+$/);
}

async function asksInTheCrowd(page, service, docket, objection) {
  const works = watchWork(page, "/api/status");
  await page.goto(`${service.url}/status.html`);
  await page.getByLabel("查询码（27 位）").waitFor();
  await useUpTheRate(service, "/api/status", docket.askNote(docket.objector("org-a")));
  await page.getByLabel("查询码（27 位）").fill(keyCodePrint(objection.code));
  await page.getByRole("button", { name: "查进度", exact: true }).click();
  await page.locator(".banner", { hasText: "待受理" }).waitFor(PATIENCE);
  assert.ok(works.some((work) => work !== null), "the question passed by work");
  await shoot(page, "status");
}

/** Signed without a connection, the page closed, and too long ago: not lost, and signed anew. */
async function signsAnew(page) {
  await page.route("**/api/entries", (route) => route.abort("internetdisconnected"));
  await page.getByRole("button", { name: "实名提交异议" }).click();
  await page.getByText("网络断了，没有送出。").waitFor(PATIENCE);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.route("**/api/entries", (route) => route.fulfill({ status: 422, contentType: "application/problem+json",
    body: JSON.stringify({ rule: "statement.clock", what: { zh: "", en: "" }, basis: { zh: "", en: "" }, do: { zh: "", en: "" } }) }));
  await page.reload();
  await page.getByText("上次签署的没有送到").waitFor(PATIENCE);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.locator(".statement").waitFor(PATIENCE);
  await shoot(page, "stale");
  await page.getByLabel("我对所提交内容的真实性负责。").check();
}

await scene("object-crowd", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    const objection = await docket.received(docket.objector("org-a"));
    const page = await chromium.newPage();
    await fillsIt(page, service.url);
    await signsAnew(page);
    await filesInTheCrowd(page, service);
    await asksInTheCrowd(page, service, docket, objection);
    assert.deepEqual(page.faults, []);
    await docket.holds();
    console.log("object-crowd: put off, worked, filed, asked");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
