/**
 * objection.mjs - an objection from its receipt to its answer, over HTTP: filed, its parts sent, received by the
 * service's word, declared on, opened by two keepers, verified, accepted, reported, answered and read; another
 * whose parts never come; the list settled. Who has a conflict opens nothing.
 */
// covers: server/intake, server/api_notices, server/api_status, server/status_ask, server/words_objection
// covers: server/shares, server/api_shares, server/subjects, server/subject_list
// covers: audit/record/view_notice, audit/record/view_case
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { openSealed } from "../../web/lib/sealed.js";
import { base64, base64Decode, utf8Decode } from "../../web/lib/bytes.js";
import { partName } from "../../web/lib/seal_objection.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { openShared, shareFor } from "../../web/lib/share_identity.js";
import { timeFromNow } from "../support/district.mjs";
import { Forger } from "../support/forge.mjs";
import { scene } from "../support/scene.mjs";
import { program } from "../support/service.mjs";
import { parseTime, printTime } from "../../web/lib/text.js";

async function filesAndIsReceived(docket, objection) {
  await docket.file(objection);
  const waiting = await docket.status(objection);
  assert.deepEqual([waiting.state, waiting.late, waiting.number], ["待材料", false, 1]);
  assert.ok(waiting.due && !waiting.missed);
  await docket.sendAll(objection);
  await docket.until(async () => (await docket.status(objection)).state === "待受理");
  const again = await docket.status(objection);
  assert.deepEqual(again.files.map(({ stored }) => stored), objection.parts.map(() => true));
  assert.equal(again.acts.at(-1).type, "objection.receive");
}

/** What waits for somebody in cases, as the home page lists it; or what waits to be co-signed. */
async function tasksOf(docket, person, { cosign = false } = {}) {
  const { text } = await docket.service.get("/api/me", { cookie: await docket.openSession(person) });
  return JSON.parse(text).tasks.filter(({ case: hash, proposal }) => hash && Boolean(proposal) === cosign).map(({ kind, object, state, deadline }) => `${kind} ${object} ${state} ${deadline ? "due" : ""}`);
}

/** Wrong and absent answer alike, and nobody learns from outside what it is about. */
async function tellsOthersNothing(docket, objection) {
  const stranger = docket.objector("org-a");
  const absent = await docket.service.post("/api/status", docket.askNote(stranger));
  assert.equal(absent.status, 404);
  assert.equal(JSON.parse(absent.text).rule, "status.unknown");
  const open = await docket.read(`/api/objections/${NOTICE}-0001`);
  assert.deepEqual([open.state, open.late], ["待受理", false]);
  assert.ok(!JSON.stringify(open).includes("org-b"));
  const listed = await docket.read(`/api/notices/${NOTICE}`);
  assert.equal(listed.objections.count ?? listed.objections, 1);
}

/** officer-2 is excluded by the seal itself, and by the service. */
async function keepsTheConflictedOut(docket, objection) {
  const content = objection.parts.find(({ kind }) => kind === "正文");
  const read = (officer) => openSealed(content.document, [docket.boxPair(officer)]);
  assert.match(new TextDecoder().decode(read("officer-1")), /对象: org-b/);
  assert.throws(() => read("officer-2"));
  await docket.refused(docket.sign(docket.caseText("case.assign", objection, ["承办人", "officer-1"]), "officer-2"),
    "case.undeclared");
  await docket.log(docket.declareCase(objection, "officer-2", "有"));
  await docket.refused(docket.sign(docket.caseText("case.assign", objection, ["承办人", "officer-1"]), "officer-2"),
    "case.conflict");
  const cookie = await docket.openSession("officer-2");
  const answer = await fetch(`${docket.service.url}/api/documents/${partName(content)}`, { headers: { cookie } });
  assert.ok([403, 404].includes(answer.status), String(answer.status));
}

async function opensTheIdentity(docket, objection) {
  await docket.refused(docket.openIdentityNote(objection, "officer-1", "核验").note, "case.undeclared");
  assert.deepEqual(await tasksOf(docket, "officer-1"), [`case.declare ${NOTICE}-0001 todo due`]);
  assert.deepEqual(await tasksOf(docket, "officer-2"), []);
  assert.deepEqual(await tasksOf(docket, "keeper-2"), [`identity.open ${NOTICE}-0001 waiting due`]);
  await docket.log(docket.declareCase(objection, "officer-1", "无"));
  const begun = docket.sign(docket.openIdentityNote(objection, "officer-1", "由一人起草").text, "keeper-1");
  assert.equal((await docket.service.post("/api/proposals", begun)).status, 201);
  assert.deepEqual(await tasksOf(docket, "keeper-2", { cosign: true }), [`identity.open ${NOTICE}-0001 todo `]);
  await docket.opensIdentity(objection, "officer-1", "核验身份");
  const { openings } = await docket.status(objection);
  assert.deepEqual(openings.map(({ reader, keepers, reason }) => [reader, keepers, reason]), [["officer-1", ["keeper-1", "keeper-3"], "核验身份"]]);
}

/** Each keeper hands over a share that the service cannot read; the handler alone opens, and nobody before both came. */
async function handsOver(docket, objection) {
  const identity = objection.parts.filter(({ kind }) => kind === "身份")[1]; // keeper-1 with keeper-3
  const reader = docket.boxPair("officer-1");
  const hand = async (keeper) => {
    const sealed = base64(shareFor(identity.document, docket.boxPair(keeper), reader.publicKey));
    return docket.service.post("/api/shares", JSON.stringify({ document: partName(identity), reader: "officer-1", sealed }),
      { "content-type": "application/json", cookie: await docket.openSession(keeper) });
  };
  const handed = async (person) => {
    const answer = await docket.service.get(`/api/shares/${partName(identity)}`, { cookie: await docket.openSession(person) });
    return JSON.parse(answer.text).shares.map(({ sealed }) => base64Decode(sealed));
  };
  assert.deepEqual(await tasksOf(docket, "keeper-1"), [`identity.share ${NOTICE}-0001 todo due`]);
  assert.deepEqual(await tasksOf(docket, "keeper-2"), []);
  assert.equal((await hand("keeper-1")).status, 204);
  assert.deepEqual(await tasksOf(docket, "keeper-1"), []);
  assert.equal(ruleOf(await handed("officer-1"), (shares) => openShared(identity.document, reader, shares)), "sealed.key");
  assert.equal((await hand("keeper-3")).status, 204);
  assert.match(utf8Decode(openShared(identity.document, reader, await handed("officer-1"))), /姓名: 示例市民/);
  assert.deepEqual(await handed("officer-2"), []);
  const stranger = await docket.service.post("/api/shares", JSON.stringify({ document: partName(identity), reader: "officer-2", sealed: base64(new Uint8Array(80)) }),
    { "content-type": "application/json", cookie: await docket.openSession("officer-2") });
  assert.equal(JSON.parse(stranger.text).rule, "share.right");
}

const ruleOf = (value, call) => {
  try {
    call(value);
    return "";
  } catch (error) {
    return error.rule;
  }
};

async function acceptsAndAnswers(docket, objection) {
  const accept = docket.answer(objection, "受理", "已受理。");
  assert.equal((await docket.tellSubject(objection)).status, 404);
  await docket.refused(docket.sign(accept.text, "officer-1"), "case.unverified");
  await docket.log(docket.sign(docket.caseText("case.verify", objection, ["核验", "已联系"]), "officer-1"));
  await docket.answers(objection, "受理", "已受理。");
  const part = await docket.answers(objection, "调查中", "正在调查。");
  const answered = await docket.readAnswer(objection, part);
  assert.equal(answered, "正在调查。");
  const other = docket.objector("org-b");
  assert.equal((await docket.askFile(other, part)).status, 404);
}

const audit = (...words) => spawnSync(program("xiling-audit"), words, { encoding: "utf8" });

const lineOf = ({ hex, salt, subject }) => `${hex} ${base64(salt)} ${subject}`;

/** The file that an authorised auditor is given. */
function givesTheAuditor(docket) {
  const list = spawnSync(program("xiling"), ["openings", "--data", docket.service.folder], { encoding: "utf8" });
  assert.equal(list.status, 0, list.stderr);
  writeFileSync(docket.path("openings"), list.stdout);
  return list.stdout;
}

/** A list that keeps the suspended organisation and leaves another out: the public cannot tell, the auditor can. */
function findsAListThatKeepsTheSuspended(docket, objection) {
  assert.equal(givesTheAuditor(docket).split("\n").length, 2, "nobody has told anything yet");
  const list = `# from a handler\n${lineOf(objection)}\n`;
  writeFileSync(docket.path("openings"), list);
  docket.exportLog();
  const [opens, closes] = [parseTime(docket.notice.start), parseTime(docket.notice.end)];
  const seen = (time) => docket.sign(docket.compose("notice.publish", ["公示", NOTICE], ["媒体", "示例日报"], ["网址", "https://paper.example/1"],
    ["内容", objection.hash], ["所见时间", printTime(time)]), "officer-1");
  const settle = (line) => docket.sign(docket.compose("list.settle", ["公示", NOTICE], ["名单", line]), "chair", "officer-1");
  const forger = new Forger(docket.path("export"), docket.service.folder);
  const verify = (line, ...words) => {
    const folder = docket.path(`forged-${line.slice(2)}`);
    forger.write(folder, forger.entries.length, [seen(opens), seen(closes - 60), settle(line)], closes + 60);
    return audit("verify", folder, "--vkey", docket.vkey, ...words);
  };
  const told = ["--openings", docket.path("openings")];
  const quiet = verify("1 org-b");
  assert.equal(quiet.status, 0, quiet.stdout + quiet.stderr);
  assert.ok(!quiet.stdout.includes("件异议的对象"));
  const found = verify("1 org-b", ...told);
  assert.equal(found.status, 1, found.stdout + found.stderr);
  assert.match(found.stdout, /: V21, .*list\.settle\n.*list\.suspended/);
  const good = verify("1 org-a", ...told);
  assert.equal(good.status, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /知道 1 件异议的对象/);
  namesTheLineThatOpensNothing(docket, list);
}

function namesTheLineThatOpensNothing(docket, list) {
  for (const [text, words] of [[list.replace("org-b", "org-a"), "(openings.value, 2)"], [`${list}something\n`, "(openings.form, 3)"]]) {
    writeFileSync(docket.path("wrong"), text);
    const failed = audit("verify", docket.path("export"), "--vkey", docket.vkey, "--openings", docket.path("wrong"));
    assert.equal(failed.status, 2, failed.stdout);
    assert.ok(failed.stderr.includes(words), failed.stderr);
  }
}

/** Who files again under the same salt hides the same field: told of one, the service knows of both, and no list is stuck. */
async function knowsAFieldThatStandsTwice(docket, objection) {
  const twin = await docket.received(docket.objector("org-b", "再次提出。", { salt: objection.salt }));
  await docket.log(docket.declareCase(twin, "officer-1", "无"));
  await docket.opensIdentity(twin, "officer-1", "核验身份");
  await docket.log(docket.sign(docket.caseText("case.verify", twin, ["核验", "已联系"]), "officer-1"));
  await docket.answers(twin, "受理", "已受理。");
  assert.equal((await docket.tellSubject(twin)).status, 204);
  assert.deepEqual(givesTheAuditor(docket).split("\n").slice(1, -1), [objection, twin].map(lineOf));
  await docket.log(docket.objectorSigns(docket.caseText("objection.withdraw", twin, ["时间", timeFromNow()]), twin.keys));
  docket.exportLog();
  const verified = audit("verify", docket.path("export"), "--vkey", docket.vkey, "--openings", docket.path("openings"));
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  assert.match(verified.stdout, /知道 2 件异议的对象/);
}

/** The finding is two officers'; an answer without it is refused; then the organisation leaves the list. */
async function findsAndRemoves(docket, objection) {
  await docket.refused(docket.sign(docket.answer(objection, "成立", "成立。").text, "officer-1"), "case.order");
  await docket.log(docket.declareCase(objection, "officer-3", "无"));
  await docket.refused(docket.removeNote(objection), "list.upheld");
  await docket.reports(objection, "成立");
  assert.equal((await docket.status(objection)).state, "已查清");
  await docket.answers(objection, "成立", "情况属实。");
  const { state, closed } = await docket.status(objection);
  assert.equal(state, "成立");
  assert.ok(Number.isInteger(closed));
  await docket.refused(docket.removeNote(objection), "list.subject");
  assert.equal((await docket.tellSubject(objection)).status, 204);
  assert.deepEqual(givesTheAuditor(docket).split("\n").slice(1), [lineOf(objection), ""]);
  await docket.refused(docket.removeNote({ ...objection, subject: "org-a" }), "list.upheld");
  await docket.log(docket.removeNote(objection));
  const { list } = await docket.refresh();
  assert.deepEqual(list.filter(({ removed }) => removed !== null).map(({ organisation }) => organisation), ["org-b"]);
}

/** What the service knows of it, it tells nobody, whatever office somebody holds. */
async function keepsTheSubject(docket, objection) {
  assert.equal((await docket.tellSubject(objection, "org-a")).status, 422);
  for (const person of ["officer-1", "officer-2", "keeper-1", "chair"]) {
    const { text } = await docket.service.get("/api/openings", { cookie: await docket.openSession(person) });
    assert.ok(!JSON.parse(text).openings.some(({ label, type }) => label === "对象" || type === "objection.file"), text);
  }
}

/** The objector of another case is asked for more, gives it, and withdraws. */
async function supplementsAndWithdraws(docket) {
  const objection = await docket.received(docket.objector("org-a"));
  await docket.refused(docket.supplement(objection).note, "objection.unasked");
  await docket.log(docket.declareCase(objection, "officer-3", "无"));
  await docket.answers(objection, "补正", "请补交书面材料。", "officer-3");
  assert.equal((await docket.status(objection)).state, "补正");
  const { note, parts } = docket.supplement(objection);
  await docket.log(note);
  for (const part of parts) assert.equal((await docket.send(part)).status, 201);
  await docket.until(async () => (await docket.status(objection)).state === "待受理");
  await docket.log(docket.objectorSigns(docket.caseText("objection.withdraw", objection, ["时间", timeFromNow()]), objection.keys));
  assert.equal((await docket.status(objection)).state, "撤回");
  await docket.refused(docket.sign(docket.answer(objection, "不予受理", "不予受理。", "重复").text, "officer-3"), "case.closed");
}

await scene("objection", async ({ district: docket }) => {
  await docket.prepare();
  const objection = docket.objector("org-b");
  await filesAndIsReceived(docket, objection);
  await tellsOthersNothing(docket, objection);
  await keepsTheConflictedOut(docket, objection);
  await opensTheIdentity(docket, objection);
  await handsOver(docket, objection);
  await acceptsAndAnswers(docket, objection);
  assert.match(await docket.holds(), new RegExp(`○ V21 .*\n(.*\n)*○ 案件 / case ${NOTICE}-0001: 调查中，未办结 / not closed, 期限 / due 20`));
  findsAListThatKeepsTheSuspended(docket, objection);
  await findsAndRemoves(docket, objection);
  await keepsTheSubject(docket, objection);
  await supplementsAndWithdraws(docket);
  await knowsAFieldThatStandsTwice(docket, objection);
  assert.match(await docket.holds(), /✓ V21 /);
  console.log("objection: filed, received, opened, accepted, reported, answered; removed; another withdrawn");
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
