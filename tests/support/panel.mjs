// panel.mjs - a district whose reviewers and organisations sign off reports: every act over HTTP, by
// xiling-pen, up to a filed report with its document.
//
//   const panel = new Panel(service, folder);  await panel.gather();
//   await panel.file("report-1", { bytes, format: "PDF", kind: SITE, title });   its document is stored too
//   await panel.signReport("report-1", "reviewer-2", { opinion, reason })
//
// Persons: two officers, reviewer-1 (leader) to reviewer-4 (the fourth is on no team), rep-1.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { District, hashOf, sha256, timeFromNow } from "./district.mjs";

export const SITE = "现场评审报告";
export const PAPER = "资料评审报告";
export const ORGANISATION = "西溪示例精密仪器有限公司";

/** A PDF of as many pages as asked, each saying its number; written by hand, so that nothing else is needed. */
export function makePdf(pages, words = "Report") {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  const kids = [];
  for (let n = 1; n <= pages; n++) {
    const stream = `BT /F1 24 Tf 72 760 Td (${words}, page ${n} of ${pages}) Tj ET`;
    kids.push(`${objects.length + 1} 0 R`);
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length + 2} 0 R`
      + " /Resources << /Font << /F1 3 0 R >> >> >>");
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages} >>`;
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

export class Panel extends District {
  constructor(service, folder) {
    super(service, folder, 1);
    this.reviewers = ["reviewer-1", "reviewer-2", "reviewer-3"];
    this.reports = new Map();
  }

  /** Everything before the first report; `after` is what the cycle says of a change of persons. */
  async gather(after = "保留") {
    await this.begin();
    await this.enrol("chair", "主持人");
    await this.enrol("member-01", "委员");
    for (const reviewer of [...this.reviewers, "reviewer-4"]) await this.enrol(reviewer, "评审员");
    await this.enrol("rep-1", "组织代表");
    await this.openReview(after);
    for (const reviewer of this.reviewers) await this.declare(reviewer);
    await this.log(this.sign(this.compose("team.form", ["评审组", "team-1"], ["周期", "cycle-1"],
      ["组长", "reviewer-1"], ...this.reviewers.map((person) => ["评审员", person]), ["受评组织", "org-1"]),
    this.officers[0]));
  }

  async openReview(after) {
    await this.log(this.sign(this.compose("cycle.open", ["周期", "cycle-1"], ["年度", "2026"],
      ["规则文件", sha256("rules")], ["细则文号", "示例〔2026〕1号"], ["法定人数", "2/3"],
      ["加投上限", "3"], ["等次", "0 0 不授奖"], ["等次", "1 1 质量奖"], ["席位", "1 1"],
      ["通过", "1 1/2 应到 超过"], ["换人后", after]), "chair", this.officers[0]));
    await this.log(this.sign(this.compose("organisation.register", ["组织", "org-1"],
      ["名称", ORGANISATION], ["统一社会信用代码", "91330000MA000010XN"], ["代表", "rep-1"]),
    ...this.officers));
    await this.log(this.sign(this.compose("qualification.list", ["周期", "cycle-1"], ["合格", "org-1"]),
      ...this.officers));
  }

  async declare(reviewer) {
    await this.log(this.sign(this.compose("secrecy.undertake", ["周期", "cycle-1"], ["人员", reviewer],
      ["承诺", "评审中知悉的商业秘密，不向任何人透露。"]), reviewer));
    await this.log(this.sign(this.compose("conflict.declare", ["周期", "cycle-1"], ["人员", reviewer],
      ["利益关系", "org-1 无"]), reviewer));
  }

  // --- a report ---

  async file(id, { bytes, format = "PDF", kind = SITE, title = `${ORGANISATION}现场评审报告（2026 年度）`,
    seconds = 2 * 86400, stored = true }) {
    const version = (this.reports.get(id)?.version ?? 0) + 1;
    const lines = this.reviewers.map((person, i) => ["须签", `${person} ${i === 0 ? "组长" : "评审员"}`]);
    if (kind === SITE) lines.push(["须签", "rep-1 受评组织"]);
    await this.log(this.sign(this.compose("report.file", ["报告", id], ["版本", String(version)], ["种类", kind],
      ["评审组", "team-1"], ["受评组织", "org-1"], ["标题", title], ["文件", sha256(bytes)],
      ["大小", String(bytes.length)], ["格式", format], ...lines, ["签署期限", timeFromNow(seconds)]),
    "reviewer-1"));
    this.reports.set(id, { version, bytes });
    if (stored) await this.store(id);
  }

  async store(id) {
    const { bytes } = this.reports.get(id);
    const hex = createHash("sha256").update(bytes).digest("hex");
    const answer = await fetch(`${this.service.url}/api/documents/${hex}`, { method: "PUT", body: bytes });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  }

  head() {
    this.exportLog();
    const [, size, root] = readFileSync(this.path("export", "checkpoint"), "utf8").split("\n");
    return [["日志条数", size], ["日志根", root]];
  }

  async signReport(id, person, { opinion = "同意", reason } = {}) {
    const { version, bytes } = this.reports.get(id);
    const capacity = { "reviewer-1": "组长", "rep-1": "受评组织" }[person] ?? "评审员";
    const hidden = reason === undefined ? null : this.hide("report.sign", "理由", reason);
    const note = this.sign(this.compose("report.sign", ["报告", id], ["版本", String(version)],
      ["文件", sha256(bytes)], ["签署人", person], ["身份", capacity], ["意见", opinion],
      ...(hidden ? [["理由", hidden.field]] : []), ...this.head(), ["时间", timeFromNow()]), person);
    await this.log(note);
    if (hidden) await this.disclose(note, "report.sign", hidden);
  }

  async disclose(note, type, { salt, value }) {
    const answer = await this.service.post("/api/openings",
      JSON.stringify({ type, label: "理由", salt, value, statement: hashOf(note) }), { "content-type": "application/json" });
    assert.equal(answer.status, 204, answer.text);
  }
}
