// docket.mjs - a district whose result stands in an open notice, and objectors who file to it.
//
//   await docket.prepareResult()              as far as the result; people
//   await docket.prepare()                    year, result, organisations, rules, notice "2026-1"
//   docket.objector(subject, words) -> { note, parts, keys, code, … } sealed, not sent
//   docket.hears(objection)                   the organisation is told, and replies
//   docket.file(objection), .send(part), .status(objection), .handle(type, objection, fields, …signers)
//
// Three officers handle; officer-2 has declared a conflict with org-b. Three keepers.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { base64, base64Decode, hex, utf8 } from "../../web/lib/bytes.js";
import { sha256 as digest } from "../../web/lib/hash.js";
import { draftAsk, draftFiling, draftSupplement, signAsObjector } from "../../web/lib/draft_objection.js";
import { keyCodeParse, keyCodePrint } from "../../web/lib/code.js";
import { signAsRespondent } from "../../web/lib/draft_case.js";
import { deriveKeys, keyCodeDraw } from "../../web/lib/keys.js";
import { CONTENT, contentText, identityText, readText, replyText, summaryText } from "../../web/lib/objection_text.js";
import { checkCharacter } from "../../web/lib/organisation_code.js";
import { partName, readersOf, sealParts } from "../../web/lib/seal_objection.js";
import { openSealed, sealDocument } from "../../web/lib/sealed.js";
import { addCalendarDays, addWorkdays } from "../../web/lib/workday.js";
import { parseTime, printTime } from "../../web/lib/text.js";
import { Assembly, assent, letters } from "./assembly.mjs";
import { textOf, timeFromNow } from "./district.mjs";

export const NOTICE = "2026-1";
export const HANDLERS = ["officer-1", "officer-2", "officer-3"];
export const KEEPERS = ["keeper-1", "keeper-2", "keeper-3"];
export const PLAN = { members: 5, candidates: letters(2), rules: assent(2) };

export class Docket extends Assembly {
  async prepare() {
    await this.prepareResult();
    await this.log(this.officials(this.rulesText()));
    await this.log(this.officers2(this.noticeText()));
    await this.refresh();
  }

  /** All that a notice rests on. */
  async prepareResult() {
    await this.prepareYear();
    await this.meet();
    await this.open("round-1");
    await this.vote("round-1", () => 1);
    await this.finish("round-1");
    await this.registerAll();
    await this.enrol("officer-3", "工作人员");
    await this.declareConflicts();
    for (const keeper of KEEPERS) await this.enrol(keeper, "保管人");
  }

  officers2(text) {
    return this.sign(text, ...this.officers);
  }

  async registerAll() {
    for (const [i, candidate] of PLAN.candidates.entries()) {
      const [id, name] = candidate.split(" ");
      await this.enrol(`delegate-${i + 1}`, "组织代表");
      const body = `91330106MA000000${i + 1}`;
      await this.log(this.officers2(this.compose("organisation.register", ["组织", id], ["名称", name],
        ["统一社会信用代码", body + checkCharacter(body)], ["代表", `delegate-${i + 1}`])));
    }
    await this.log(this.officers2(this.compose("qualification.list", ["周期", "cycle-1"],
      ["合格", "org-a"], ["合格", "org-b"])));
  }

  async declareConflicts() {
    for (const officer of HANDLERS) {
      const interest = officer === "officer-2" ? "有" : "无";
      await this.log(this.sign(this.compose("conflict.declare", ["周期", "cycle-1"], ["人员", officer],
        ["利益关系", "org-a 无"], ["利益关系", `org-b ${interest}`]), officer));
    }
  }

  rulesText() {
    return this.compose("notice.rules", ["周期", "cycle-1"], ["细则文号", "示例评审办〔2026〕3号"],
      ["公示天数", "7"], ["受理工作日", "5"], ["调查工作日", "5"], ["答复工作日", "3"],
      ["补正工作日", "5"], ["材料时限", "24"], ["身份保存天数", "180"]);
  }

  noticeText(change = {}) {
    const start = timeFromNow();
    const end = printTime(addCalendarDays(new Map(), parseTime(start), 7));
    this.exportLog();
    const opening = this.textAt(this.placeOf("xiling/v1 election.open\n", "\n选举：round-1\n"));
    return this.compose("notice.open", ["公示", NOTICE], ["周期", "cycle-1"],
      ["清单", base64(digest(utf8(opening)))], ["名单", "1 org-a"], ["名单", "1 org-b"],
      ...HANDLERS.map((officer) => ["承办人", officer]),
      ...KEEPERS.map((keeper) => ["保管人", keeper]), ["开始", start], ["结束", change.end ?? end]);
  }

  async refresh() {
    this.notice = await this.read(`/api/notices/${NOTICE}`);
    return this.notice;
  }

  // --- objectors ---

  /** Everything sealed and signed on the own device; nothing sent. */
  objector(subject, words = "申报材料与事实不符。", { files = [], salt = new Uint8Array(randomBytes(32)) } = {}) {
    const code = keyCodeDraw();
    const keys = deriveKeys(code);
    const content = utf8(contentText({ notice: NOTICE, subject, salt: base64(salt), name: subject,
      kind: "个人", ground: "申报材料不实", facts: words, request: "请核实。", files: [], disclosure: "不同意" }));
    const identity = utf8(identityText([["类别", "个人"], ["姓名", "示例市民"], ["电话", "13800000000"]]));
    const parts = sealParts(this.notice, subject, { content, identity, files });
    const text = draftFiling({ origin: this.service.origin, notice: NOTICE, subject, salt, keys, parts, time: new Date() });
    const hash = digest(utf8(text));
    return { subject, salt, code, keys, parts, text, note: this.objectorSigns(text, keys), hash: base64(hash), hex: hex(hash), words };
  }

  objectorSigns(text, keys) {
    return signAsObjector(text, keys);
  }

  async file(objection) {
    objection.receipt = await this.log(objection.note);
    return objection;
  }

  async send(part) {
    return fetch(`${this.service.url}/api/documents/${partName(part)}`, { method: "PUT", body: part.document });
  }

  async sendAll(objection) {
    for (const part of objection.parts) assert.equal((await this.send(part)).status, 201);
  }

  askNote(objection) {
    const { keys } = objection;
    return signAsObjector(draftAsk({ origin: this.service.origin, keys, time: new Date() }), keys);
  }

  async status(objection) {
    const answer = await this.service.post("/api/status", this.askNote(objection));
    assert.equal(answer.status, 200, answer.text);
    return JSON.parse(answer.text);
  }

  /** Filed, sent, and received by the service's own word. */
  async received(objection) {
    await this.file(objection);
    await this.sendAll(objection);
    await this.until(async () => (await this.status(objection)).state === "待受理");
    return objection;
  }

  // --- the office ---

  caseText(type, objection, ...fields) {
    return this.compose(type, ["案件", objection.hash], ...fields);
  }

  declareCase(objection, officer, interest) {
    return this.sign(this.caseText("case.declare", objection, ["人员", officer], ["利益关系", interest]), officer);
  }

  openIdentityNote(objection, reader, reason) {
    const held = this.hide("identity.open", "理由", reason);
    const text = this.caseText("identity.open", objection, ["交给", reader], ["理由", held.field]);
    return { note: this.sign(text, "keeper-1", "keeper-3"), held, text };
  }

  // --- the organisation ---

  /** Who represents the organisation that it is about. */
  delegateOf({ subject }) {
    return `delegate-${PLAN.candidates.findIndex((line) => line.startsWith(`${subject} `)) + 1}`;
  }

  /** A summary with a code of its own, sealed to the representative and the handlers; not signed yet. */
  summary(objection, words = "申报材料与事实不符。") {
    const code = keyCodeDraw();
    const keys = deriveKeys(code);
    const due = printTime(addWorkdays(new Map(), parseTime(timeFromNow()), 5));
    const content = readText(contentText({ notice: NOTICE, subject: objection.subject, salt: "-", name: objection.subject, kind: "个人",
      ground: "申报材料不实", facts: words, request: "请核实。", files: [], disclosure: "不同意" }), CONTENT);
    const plain = utf8(summaryText(content, { case: objection.hash, words: [], due, code: keyCodePrint(code) }));
    const readers = [this.boxPair(this.delegateOf(objection)).publicKey, ...readersOf(this.notice, objection.subject)];
    const document = sealDocument(1, readers, plain);
    const part = { kind: "摘要", document, hash: digest(document) };
    const text = this.caseText("case.summary", objection, ["摘要", base64(part.hash)], ["大小", String(document.length)],
      ["陈述公钥", base64(keys.sign.publicKey)], ["陈述期限", due]);
    return { text, part, keys };
  }

  /** Released by two handlers, and sent. */
  async releases(objection) {
    objection.summary = this.summary(objection);
    await this.log(this.sign(objection.summary.text, "officer-1", "officer-3"));
    assert.equal((await this.send(objection.summary.part)).status, 201);
    return objection.summary;
  }

  replyNote(objection, words, keys = objection.summary.keys) {
    const document = sealDocument(1, readersOf(this.notice, objection.subject), utf8(replyText({ case: objection.hash, words })));
    const part = { kind: "陈述", document, hash: digest(document) };
    const text = this.caseText("case.reply", objection, ["陈述", base64(part.hash)], ["大小", String(document.length)], ["时间", timeFromNow()]);
    return { note: signAsRespondent(text, keys), part };
  }

  /** The organisation is told, and replies. */
  async hears(objection, words = "已整改。") {
    await this.releases(objection);
    const { note, part } = this.replyNote(objection, words);
    await this.log(note);
    assert.equal((await this.send(part)).status, 201);
    objection.heard = true;
  }

  /** A report that names some document. */
  reportText(objection, finding) {
    const document = sealDocument(1, readersOf(this.notice, objection.subject), utf8("调查报告（示例）"));
    return this.caseText("case.report", objection, ["结论", finding], ["文件", base64(digest(document))], ["大小", String(document.length)]);
  }

  /** What the handlers found, sealed to them; officer-1 and officer-3 sign. */
  async reports(objection, finding) {
    if (finding !== "不成立" && !objection.heard) await this.hears(objection);
    const readers = readersOf(this.notice, objection.subject);
    const document = sealDocument(1, readers, utf8("调查报告（示例）"));
    const hash = digest(document);
    await this.log(this.sign(this.caseText("case.report", objection, ["结论", finding],
      ["文件", base64(hash)], ["大小", String(document.length)]), "officer-1", "officer-3"));
    assert.equal((await this.send({ hash, document })).status, 201);
  }

  /** Logged, and its reason handed to the service, as the page of the keepers does. */
  async opensIdentity(objection, reader, reason) {
    const { note, held, text } = this.openIdentityNote(objection, reader, reason);
    await this.log(note);
    const body = { type: "identity.open", label: "理由", salt: held.salt, value: held.value, statement: hex(digest(utf8(text))) };
    const answer = await this.service.post("/api/openings", JSON.stringify(body), { "content-type": "application/json" });
    assert.equal(answer.status, 204, answer.text);
  }

  /** Whom an accepted case is about, handed to the service as a handler's page does. */
  tellSubject({ subject, salt, hex: statement }, value = subject) {
    return this.service.post("/api/openings", JSON.stringify({ type: "objection.file", label: "对象", salt: base64(salt), value, statement }),
      { "content-type": "application/json" });
  }

  /** An answer, sealed to the objector; the note and what is to be sent. */
  answer(objection, state, words, basis = "-") {
    const document = sealDocument(1, [objection.keys.box.publicKey], utf8(words));
    const hash = digest(document);
    const text = this.caseText("objection.answer", objection, ["状态", state], ["依据", basis],
      ["答复", base64(hash)], ["大小", String(document.length)]);
    return { text, part: { kind: "答复", document, hash } };
  }

  async answers(objection, state, words, officer = "officer-1", basis = "-") {
    const { text, part } = this.answer(objection, state, words, basis);
    await this.log(this.sign(text, officer));
    assert.equal((await this.send(part)).status, 201);
    return part;
  }

  /** What was asked for, sealed as the filing was. */
  supplement(objection) {
    const readers = readersOf(this.notice, objection.subject);
    const document = sealDocument(1, readers, utf8("补充的书面材料（示例）"));
    const part = { kind: "附件", document, hash: digest(document) };
    const text = draftSupplement({ origin: this.service.origin, hash: base64Decode(objection.hash), parts: [part], time: new Date() });
    return { note: this.objectorSigns(text, objection.keys), parts: [part] };
  }

  removeNote(objection) {
    const reason = this.hide("list.remove", "理由", "异议成立");
    const grounds = this.hide("list.remove", "案件", objection.hash);
    return this.officers2(this.compose("list.remove", ["公示", NOTICE], ["组织", objection.subject],
      ["案件", grounds.field], ["理由", reason.field]));
  }

  askFile(objection, part) {
    return this.service.post(`/api/status/${partName(part)}`, this.askNote(objection));
  }

  /** What the objector reads of an answer, opened with the code's own key. */
  async readAnswer(objection, part) {
    const answer = await fetch(`${this.service.url}/api/status/${partName(part)}`,
      { method: "POST", body: this.askNote(objection) });
    assert.equal(answer.status, 200);
    const document = new Uint8Array(await answer.arrayBuffer());
    return new TextDecoder().decode(openSealed(document, [objection.keys.box]));
  }

  boxPair(person) {
    return deriveKeys(keyCodeParse(readFileSync(this.path("keys", person), "utf8").trim())).box;
  }

  boxOf(person) {
    const found = [...this.notice.handlers, ...this.notice.keepers].find((one) => one.person === person);
    return base64Decode(found.box);
  }
}

export { textOf };
