// plain.mjs - kill -9 at any instant while forms without scripts are posted.
//
// Afterwards an objection is there whole or not at all: whoever saw a receipt has a case that all parts of are stored,
// every case of the log is complete without anybody sending anything, and no file is left that no entry names.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { keyCodeParse } from "../../web/lib/code.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { pause } from "../support/service.mjs";

const rounds = Number(process.env.XILING_KILLS ?? 12);
const atOnce = 3;
const codes = [];
let cuts = 0;
let left = 0; // trails that a killed service left behind

function filledIn() {
  const form = new FormData();
  const fields = { subject: "org-a", ground: "其他", request: "请核实。", facts: "事实。", kind: "个人", name: "示例市民", type: "居民身份证",
    number: "11010519491231002X", phone: "13800000000", disclosure: "不同意", promise: "1" };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const name of ["a.pdf", "b.pdf"]) form.append("file", new Blob([Buffer.from("%PDF-1.7\n"), randomBytes(400000)]), name);
  return form;
}

async function post(service) {
  let page;
  try {
    const answer = await fetch(`${service.url}/plain/${NOTICE}`, { method: "POST", body: filledIn() });
    page = await answer.text();
    if (answer.status !== 201) return assert.equal(answer.status, 503, page);
  } catch {
    cuts += 1;
    return null;
  }
  const boxes = /<ol class="grid-nine".*?<\/ol>/s.exec(page)[0];
  codes.push([...boxes.matchAll(/<li>(...)<\/li>/g)].map(([, cell]) => cell).join(""));
  return null;
}

/** At any instant of what so many forms take when nobody pulls the plug. */
async function pullThePlug(service, whole) {
  const sending = Promise.all(Array.from({ length: atOnce }, () => post(service)));
  await pause(Math.random() * 1.2 * whole);
  await service.end("SIGKILL");
  await sending;
  left += readdirSync(join(service.folder, "deposits")).length;
  await service.start();
}

/** Whoever was shown a code reads the case with it. */
async function isThereForWhoeverSawAReceipt(docket) {
  for (const code of codes) {
    const objection = { keys: deriveKeys(keyCodeParse(code)) };
    await docket.until(async () => (await docket.status(objection)).state === "待受理");
    const { files } = await docket.status(objection);
    assert.deepEqual(files.map(({ kind, stored }) => [kind, stored]), ["正文", "身份", "身份", "身份", "附件", "附件"].map((kind) => [kind, true]));
  }
}

async function everyCaseIsWhole(docket) {
  const { objections } = await docket.refresh();
  assert.ok(objections >= codes.length, `${objections} cases, ${codes.length} receipts`);
  for (let n = 1; n <= objections; n += 1) {
    const address = `/api/objections/${NOTICE}-${String(n).padStart(4, "0")}`;
    await docket.until(async () => (await docket.read(address)).state === "待受理");
  }
  return objections;
}

async function nothingIsLeftOver(service) {
  const files = readdirSync(join(service.folder, "documents")).filter((name) => name !== "partial");
  for (const name of files) {
    const answer = await service.get(`/api/documents/${name}/state`);
    assert.equal(answer.status, 200, `no entry names ${name}: ${answer.text}`);
  }
  assert.deepEqual(readdirSync(join(service.folder, "deposits")), []);
  return files.length;
}

await scene("plain", async ({ district: docket, service }) => {
  await docket.prepare();
  const begin = performance.now();
  await Promise.all(Array.from({ length: atOnce }, () => post(service)));
  const whole = performance.now() - begin;
  for (let round = 0; round < rounds; round += 1) await pullThePlug(service, whole);
  const cases = await everyCaseIsWhole(docket);
  await isThereForWhoeverSawAReceipt(docket);
  const files = await nothingIsLeftOver(service);
  assert.equal(files, 6 * cases);
  assert.ok(cuts > 0 && left > 0, `${cuts} cut off, ${left} in the middle: the test tells nothing`);
  docket.verify();
  console.log(`${cases} cases, ${codes.length} receipts, ${cuts} cut off, ${left} in the middle, ${files} files`);
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
