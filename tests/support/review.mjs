// review.mjs - a small district up to "teams formed, report filed and uploaded", through the public interface.
//
//   scene("name", async ({ district }) => …, { make: reviewDistrict({ after: "重签" }) })
//   await district.prepareReview()      two organisations, four reviewers, one team, one paper report, its document
//
// Persons: two officers, a chair, reviewers rev-1 … rev-5, representatives rep-a, rep-b, rep-c. Every step
// is a method of its own, so that a journey can stop anywhere or do a step in the browser.
import assert from "node:assert/strict";
import { checkCharacter } from "../../web/lib/organisation_code.js";
import { District, hashOf, sha256, timeFromNow } from "./district.mjs";
import { PAPER, SITE, makePdf } from "./panel.mjs";

export const CYCLE = "cycle-1";
export const ORGANISATIONS = [["org-a", "甲示例精密仪器有限公司", "91330106MA99X001X", "rep-a"], ["org-b", "乙示例环保科技有限公司", "91330106MA99X002X", "rep-b"]];
export const REVIEWERS = ["rev-1", "rev-2", "rev-3", "rev-4", "rev-5"];
const PROMISE = "本人如实、公正、廉洁从事评审，保守申报组织的商业秘密和技术秘密。";
const DAY = 86400;

export const reviewDistrict = (options = {}) => (service, folder) => new ReviewDistrict(service, folder, options);

export class ReviewDistrict extends District {
  /** `after`: what a change of people does to versions under way, 保留 (the default) or 重签. */
  constructor(service, folder, { after = null } = {}) {
    super(service, folder, 0);
    this.after = after;
    this.openings = [];
  }

  // --- people and cycle ---

  async enrolReview() {
    await this.enrol("chair", "主持人");
    for (const reviewer of REVIEWERS) await this.enrol(reviewer, "评审员");
    for (const representative of ["rep-a", "rep-b", "rep-c"]) await this.enrol(representative, "组织代表");
  }

  async openCycle() {
    const rule = this.after === null ? [] : [["换人后", this.after]];
    await this.log(this.sign(this.compose("cycle.open", ["周期", CYCLE], ["年度", "2026"], ["规则文件", sha256("rules")],
      ["细则文号", "示例〔2026〕1号"], ["法定人数", "2/3"], ["加投上限", "3"], ["等次", "0 0 不授奖"], ["等次", "1 1 质量奖"],
      ["席位", "1 1"], ["通过", "1 1/2 应到 超过"], ...rule), "chair", this.officers[0]));
  }

  // --- statements with a hidden field: the opening is handed in as the pages do ---

  /** Logs `compose(type, …fields)`; `hidden` = [[label, value]] stand where a field says `null`. */
  async logHiding(type, fields, hidden, ...signers) {
    const values = new Map(hidden.map(([label, value]) => [label, this.hide(type, label, value)]));
    const note = this.sign(this.compose(type, ...fields.map(([label, value]) => [label, value ?? values.get(label).field])), ...signers);
    const receipt = await this.log(note);
    for (const [label, { salt, value }] of values) await this.open({ type, label, salt, value, statement: hashOf(note) });
    return { note, receipt };
  }

  async open(opening) {
    const answer = await this.service.post("/api/openings", JSON.stringify(opening), { "content-type": "application/json" });
    assert.equal(answer.status, 204, `${JSON.stringify(opening)}\n${answer.text}`);
  }

  // --- organisations, conflicts ---

  register(wanted) {
    const [id, name, body, representative] = ORGANISATIONS.find(([one]) => one === wanted);
    return this.log(this.sign(this.compose("organisation.register", ["组织", id], ["名称", name],
      ["统一社会信用代码", body + checkCharacter(body)], ["代表", representative]), ...this.officers));
  }

  async registerAll() {
    for (const [id] of ORGANISATIONS) await this.register(id);
  }

  async qualify() {
    await this.log(this.sign(this.compose("qualification.list", ["周期", CYCLE], ...ORGANISATIONS.map(([id]) => ["合格", id])), ...this.officers));
  }

  undertake(person) {
    return this.log(this.sign(this.compose("secrecy.undertake", ["周期", CYCLE], ["人员", person], ["承诺", PROMISE]), person));
  }

  /** `conflicts`: ids of the organisations with which this person has one. */
  declare(person, conflicts = []) {
    const lines = ORGANISATIONS.map(([id]) => ["利益关系", `${id} ${conflicts.includes(id) ? "有" : "无"}`]);
    return this.log(this.sign(this.compose("conflict.declare", ["周期", CYCLE], ["人员", person], ...lines), person));
  }

  find(person, organisation) {
    return this.logHiding("conflict.find", [["周期", CYCLE], ["人员", person], ["组织", organisation], ["理由", null]],
      [["理由", "示例：曾在该单位任职"]], ...this.officers);
  }

  // --- teams ---

  teamText({ id = "team-1", leader = "rev-1", reviewers = ["rev-1", "rev-2", "rev-3"], organisations = ["org-a", "org-b"] } = {}) {
    return this.compose("team.form", ["评审组", id], ["周期", CYCLE], ["组长", leader], ...reviewers.map((one) => ["评审员", one]),
      ...organisations.map((one) => ["受评组织", one]));
  }

  formTeam(team) {
    return this.log(this.sign(this.teamText(team), this.officers[0]));
  }

  replace({ id = "team-1", out, by, leader = "rev-1" }) {
    return this.logHiding("team.replace", [["评审组", id], ["退出", out], ["接替", by], ["组长", leader], ["理由", null]],
      [["理由", "示例：出差不能到场"]], ...this.officers);
  }

  // --- reports ---

  /** Filed by the leader; `site`: the organisation of a site report. Returns { note, receipt, file }. */
  async fileReport({ id = "report-1", version = 1, document, site = null, team = "team-1", leader = "rev-1", reviewers = ["rev-1", "rev-2", "rev-3"],
    organisations = site ? [site] : ["org-a", "org-b"], title = "示例评审报告", format = "PDF", days = 7 }) {
    const representative = site && ORGANISATIONS.find(([one]) => one === site)[3];
    const lines = [...reviewers.map((one) => `${one} ${one === leader ? "组长" : "评审员"}`), ...(site ? [`${representative} 受评组织`] : [])];
    const note = this.sign(this.compose("report.file", ["报告", id], ["版本", String(version)], ["种类", site ? SITE : PAPER], ["评审组", team],
      ...organisations.map((one) => ["受评组织", one]), ["标题", title], ["文件", sha256(document)], ["大小", String(document.length)], ["格式", format],
      ...lines.map((line) => ["须签", line]), ["签署期限", timeFromNow(days * DAY)]), leader);
    return { note, receipt: await this.log(note), file: sha256(document, "hex") };
  }

  async put(hash, bytes, headers = {}) {
    const answer = await fetch(`${this.service.url}/api/documents/${hash}`, { method: "PUT", body: bytes, headers });
    return { status: answer.status, text: await answer.text() };
  }

  async upload(document) {
    const answer = await this.put(sha256(document, "hex"), document);
    assert.ok([200, 201].includes(answer.status), answer.text);
    assert.equal(JSON.parse(answer.text).complete, true);
  }

  /** Size and root of the log as its checkpoint says. */
  async seen() {
    const [, size, root] = (await this.service.get("/log/checkpoint")).text.split("\n");
    return { size, root };
  }

  async signatureFields({ id = "report-1", version = 1, document, person, capacity, opinion = "同意" }) {
    const { size, root } = await this.seen();
    return [["报告", id], ["版本", String(version)], ["文件", sha256(document)], ["签署人", person], ["身份", capacity], ["意见", opinion],
      ...(opinion === "同意" ? [] : [["理由", null]]), ["日志条数", size], ["日志根", root], ["时间", timeFromNow()]];
  }

  async signReport(sign) {
    const { person, opinion = "同意", reason = "示例理由" } = sign;
    return this.logHiding("report.sign", await this.signatureFields(sign), opinion === "同意" ? [] : [["理由", reason]], person);
  }

  /** The same, which must be refused: the problem that the service answers with. */
  async refusedSignature(sign) {
    const { person, opinion = "同意" } = sign;
    const reason = this.hide("report.sign", "理由", "示例理由").field;
    const fields = (await this.signatureFields(sign)).map(([label, value]) => [label, value ?? reason]);
    const answer = await this.service.post("/api/entries", this.sign(this.compose("report.sign", ...fields), person));
    assert.ok(answer.status >= 400, `${opinion} was taken: ${answer.text}`);
    return JSON.parse(answer.text);
  }

  async readReport(id, version) {
    const answer = await this.service.get(`/api/reports/${id}${version ? `?version=${version}` : ""}`);
    assert.equal(answer.status, 200, answer.text);
    return JSON.parse(answer.text);
  }

  // --- everything up to here, step by step ---

  async prepareTeam() {
    await this.begin();
    await this.enrolReview();
    await this.openCycle();
    await this.registerAll();
    await this.qualify();
    for (const reviewer of REVIEWERS) {
      await this.undertake(reviewer);
      await this.declare(reviewer, reviewer === "rev-5" ? ["org-a"] : []);
    }
    await this.formTeam();
    return this;
  }

  async prepareReview({ document = makePdf(2), site = null } = {}) {
    await this.prepareTeam();
    this.document = document;
    const { file } = await this.fileReport({ document, site });
    await this.upload(document);
    this.file = file;
    return this;
  }
}
