/**
 * object-unit.mjs - a unit objects on a phone: its code mistyped, its seal forgotten, then both right; the seal
 * is an identity too, which two keepers open together and no handler alone.
 */
// covers: audit/record/sealed_parts
import assert from "node:assert/strict";
import { hexDecode, utf8Decode } from "../../web/lib/bytes.js";
import { keyCodeParse } from "../../web/lib/code.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { checkCharacter } from "../../web/lib/organisation_code.js";
import { openSealed } from "../../web/lib/sealed.js";
import { makePdf } from "../support/panel.mjs";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { scene } from "../support/scene.mjs";
import { openBrowser } from "./support/browser.mjs";
import { NUMBER, fillObjection, next, readCode, signObjection } from "./support/objector.mjs";

const BODY = "91330106MA99X0990";
const CODE = BODY + checkCharacter(BODY);
const MISTYPED = `${CODE.slice(0, 17)}${CODE.endsWith("A") ? "B" : "A"}`;
const SEAL = makePdf(1, "Seal");
const chromium = await openBrowser();

const says = (page, words) => page.getByText(words).waitFor();

/** Each slip is told at its place, one after the other; nothing that was typed is lost. */
async function saysWho(page) {
  await page.getByLabel("单位", { exact: true }).check();
  await page.getByLabel("单位名称").fill("示例供应有限公司");
  await page.getByLabel("统一社会信用代码").fill(MISTYPED);
  await page.getByLabel("法定代表人", { exact: true }).fill("示例法人");
  await page.getByLabel("代理人（经办人）").fill("示例经办");
  await page.getByLabel("证件号码").fill(NUMBER);
  await page.getByLabel("电话").fill("0571-87000000");
  await page.getByLabel(/^不同意/).check();
  await next(page);
  await says(page, "信用代码不对：18 位，最后一位是校验码");
  await page.getByLabel("统一社会信用代码").fill(CODE.toLowerCase());
  await next(page);
  await says(page, "请附盖章的授权书或证明");
  assert.equal(await page.getByLabel("单位名称").inputValue(), "示例供应有限公司");
  await page.locator("input[type=file]").setInputFiles({ name: "授权书.pdf", mimeType: "application/pdf", buffer: SEAL });
  await says(page, "授权书.pdf");
  await next(page);
}

async function fetchAs(docket, person, file) {
  const answer = await fetch(`${docket.service.url}/api/documents/${file.hash}`, { headers: { cookie: await docket.openSession(person) } });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** The identity and the seal lie there for each pair of keepers, and the two of a pair open both. */
async function isKnownToTwoKeepersTogether(docket, code) {
  const objection = { keys: deriveKeys(keyCodeParse(code)), subject: "org-b" };
  const status = await docket.status(objection);
  Object.assign(objection, { hex: status.case, hash: Buffer.from(hexDecode(status.case)).toString("base64") });
  const kinds = (kind) => status.files.filter((file) => file.kind === kind);
  assert.deepEqual(["正文", "身份", "身份附件", "附件"].map((kind) => kinds(kind).length), [1, 3, 3, 0]);
  await docket.log(docket.declareCase(objection, "officer-1", "无"));
  assert.equal((await fetchAs(docket, "keeper-1", kinds("身份附件")[1])).status, 403);
  await docket.opensIdentity(objection, "officer-1", "核验单位身份");
  const pair = ["keeper-1", "keeper-3"].map((keeper) => docket.boxPair(keeper));
  const open = async (file) => openSealed((await fetchAs(docket, "keeper-1", file)).bytes, pair);
  const identity = utf8Decode(await open(kinds("身份")[1]));
  for (const line of ["类别: 单位", "单位名称: 示例供应有限公司", `统一社会信用代码: ${CODE}`, "法定代表人: 示例法人", "代理人: 示例经办"]) assert.ok(identity.includes(`\n${line}\n`), identity);
  assert.match(identity, /\n附件: 1 \S+ \d+ PDF 原件 授权书\.pdf\n/);
  assert.deepEqual(Buffer.from(await open(kinds("身份附件")[1])), Buffer.from(SEAL));
  const { bytes } = await fetchAs(docket, "officer-1", kinds("正文")[0]);
  assert.match(utf8Decode(openSealed(bytes, [docket.boxPair("officer-1")])), /\n类别: 单位\n/);
}

await scene("object-unit", async ({ district: docket, service }) => {
  try {
    await docket.prepare();
    const page = await chromium.newPage();
    await page.goto(`${service.url}/object.html#${NOTICE}.org-b`);
    await fillObjection(page, { ground: "三年内有违法违规", facts: "该公司拖欠我单位货款，法院已判决。（示例）" });
    await saysWho(page);
    await signObjection(page);
    const code = await readCode(page);
    await isKnownToTwoKeepersTogether(docket, code);
    assert.deepEqual(page.faults, []);
    await docket.holds();
    console.log("object-unit: a wrong code, no seal, then filed; identity and seal opened by two keepers");
  } finally {
    await chromium.close();
  }
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
