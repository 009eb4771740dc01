// district.mjs - a small district up to an open election, made with xiling-pen alone.
//
// covers: audit/pen/acts, audit/pen/command_acts, audit/pen/command_draft, audit/pen/command_key
// covers: audit/pen/command_text, audit/pen/device, audit/pen/draft, audit/pen/gather
// covers: audit/pen/trustee_acts, audit/verifier/command_verify, audit/verifier/command_receipt
//
// Persons: two officers, a chair, two scrutineers, three trustees, and as many members as asked.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./service.mjs";

export const sha256 = (text, form = "base64") => createHash("sha256").update(text).digest(form);
export const textOf = (note) => note.slice(0, note.indexOf("\n\n") + 1);
export const hashOf = (note) => sha256(textOf(note), "hex");

/** The one form of a time; `seconds` from now. */
export const timeFromNow = (seconds = 0) =>
  new Date(Date.now() + (seconds + 8 * 3600) * 1000).toISOString().slice(0, 19) + "+08:00";

const two = (number) => String(number).padStart(2, "0");
const candidates = ["org-a 甲示例公司", "org-b 乙示例公司", "org-c 丙示例公司"];

export class District {
  constructor(service, folder, members) {
    this.service = service;
    this.folder = folder;
    this.members = Array.from({ length: members }, (_, i) => `member-${two(i + 1)}`);
    this.trustees = ["trustee-1", "trustee-2", "trustee-3"];
    this.officers = ["officer-1", "officer-2"];
    this.hidden = new Map();
    mkdirSync(join(folder, "keys"), { recursive: true });
  }

  path(...parts) {
    return join(this.folder, ...parts);
  }

  // --- devices ---

  key(person) {
    writeFileSync(this.path("keys", person), run("xiling-pen", ["key"]));
  }

  device(person) {
    return ["--key", this.path("keys", person), "--person", person, "--origin", this.service.origin];
  }

  /** An act that needs the log. */
  act(name, person, ...words) {
    return run("xiling-pen", [name, "--log", this.path("export"), "--vkey", this.vkey,
      "--key", this.path("keys", person), "--person", person, ...words]);
  }

  draft(name, ...words) {
    return run("xiling-pen", ["draft", name, "--log", this.path("export"), "--vkey", this.vkey,
      ...words]);
  }

  compose(type, ...fields) {
    const lines = fields.map(([label, value]) => `${label}：${value}\n`);
    return `xiling/v1 ${type}\n日志：${this.service.origin}\n${lines.join("")}`;
  }

  sign(text, ...persons) {
    return persons.reduce((note, person) =>
      run("xiling-pen", ["sign", "-", ...this.device(person)], note), text);
  }

  hide(type, label, value) {
    const [field, salt] = run("xiling-pen", ["hide", type, label, value]).trim().split("\n");
    return { field, salt, value };
  }

  // --- talking to the service ---

  async log(note, headers = {}) {
    const answer = await this.service.post("/api/entries", note, headers);
    assert.equal(answer.status, 200, `${textOf(note)}\n${answer.text}`);
    return answer.text;
  }

  exportLog() {
    rmSync(this.path("export"), { recursive: true, force: true });
    run("xiling-audit", ["export", this.service.url, this.path("export"), "--vkey", this.vkey]);
  }

  async openSession(person) {
    const challenge = JSON.parse((await this.service.get("/api/challenge")).text);
    const note = run("xiling-pen", ["session", challenge.nonce, challenge.time,
      ...this.device(person)]);
    const answer = await this.service.post("/api/sessions", note);
    assert.equal(answer.status, 200, answer.text);
    return answer.headers.get("set-cookie").split(";")[0];
  }

  // --- the cycle, step by step ---

  async begin() {
    const printed = this.service.create();
    this.vkey = this.path("vkey");
    const pin = /\S+\+[0-9a-f]{8}\+\S+/.exec(printed);
    assert.ok(pin, `no vkey in: ${printed}`);
    writeFileSync(this.vkey, `${pin[0]}\n`);
    const logKey = Buffer.from(pin[0].split("+").slice(2).join("+"), "base64").subarray(1);
    const serviceKey = printed.replace(pin[0], "").match(/[A-Za-z0-9+/]{43}=/)[0];
    await this.service.start();
    await this.writeGenesis(logKey.toString("base64"), serviceKey);
  }

  async writeGenesis(logKey, serviceKey) {
    const lines = this.officers.map((officer) => {
      this.key(officer);
      const [sign, box] = run("xiling-pen", ["public", ...this.device(officer)])
        .trim().split("\n").map((line) => line.split("：")[1]);
      const name = this.hide("person.invite", "姓名", `示例${officer}`);
      return ["工作人员", `${officer} ${sign} ${box} ${name.field}`];
    });
    const text = this.compose("log.genesis", ["记录公钥", logKey], ["服务公钥", serviceKey],
      ["规则文件", sha256("rules")], ...lines);
    await this.log(this.sign(text, ...this.officers));
  }

  async enrol(person, ...roles) {
    this.cookie ??= await this.openSession(this.officers[0]);
    const name = this.hide("person.invite", "姓名", `示例${person}`);
    const invite = this.sign(this.compose("person.invite", ["人员", person], ["姓名", name.field]),
      this.officers[0]);
    const answer = await this.service.post("/api/invitations",
      JSON.stringify({ note: invite, name: name.value, salt: name.salt }),
      { cookie: this.cookie, "content-type": "application/json" });
    assert.equal(answer.status, 200, answer.text);
    this.key(person);
    const enrol = run("xiling-pen", ["enrol", ...this.device(person)]);
    await this.log(enrol, { "x-invitation": JSON.parse(answer.text).token });
    const confirm = this.compose("person.confirm", ["人员", person], ["登记", sha256(textOf(enrol))],
      ["核对随机数", randomBytes(16).toString("base64")], ...roles.map((role) => ["角色", role]));
    await this.log(this.sign(confirm, ...this.officers));
    this.enrolled ??= new Map();
    this.enrolled.set(person, sha256(textOf(enrol)));
  }

  async enrolAll() {
    await this.enrol("chair", "主持人");
    await this.enrol("scrutineer-1", "监票人");
    await this.enrol("scrutineer-2", "监票人");
    for (const trustee of this.trustees) await this.enrol(trustee, "受托人");
    for (const member of this.members) await this.enrol(member, "委员");
  }

  async openCycle() {
    await this.log(this.sign(this.compose("cycle.open", ["周期", "cycle-1"], ["年度", "2026"],
      ["规则文件", sha256("rules")], ["细则文号", "示例〔2026〕1号"], ["法定人数", "2/3"],
      ["加投上限", "3"], ["等次", "0 0 不授奖"], ["等次", "1 1 提名奖"], ["等次", "2 1024 质量奖"],
      ["限额", "1 2"], ["限额", "2 1 2"], ["席位", "2 1"], ["席位", "1 2"],
      ["通过", "2 1/2 应到 超过"], ["通过", "1 2 1/2 应到 超过"]), "chair", this.officers[0]));
  }

  async makeKeys() {
    const lines = this.trustees.map((person, i) =>
      ["受托人", `${i + 1} ${person} ${this.enrolled.get(person)}`]);
    await this.log(this.sign(this.compose("trustee.ceremony", ["仪式", "keys-1"], ["门限", "2"],
      ["人数", "3"], ...lines), "chair", this.officers[0]));
    for (const round of ["deal", "confirm", "rehearse"]) {
      this.exportLog();
      for (const person of this.trustees) {
        await this.log(this.act(round, person, "--ceremony", "keys-1"));
      }
    }
  }

  async meet() {
    const quorum = Math.ceil(this.members.length * 2 / 3);
    await this.log(this.sign(this.compose("meeting.open", ["会议", "meeting-1"],
      ["周期", "cycle-1"], ["地点", "示例会议室"], ["召开时间", timeFromNow()], ["主持人", "chair"],
      ["监票人", "scrutineer-1"], ["监票人", "scrutineer-2"],
      ...this.members.map((member) => ["应到", member]), ["法定人数", String(quorum)],
      ...candidates.map((candidate) => ["候选", candidate])), "chair", this.officers[0]));
    this.exportLog();
    for (const member of this.members) {
      await this.log(this.act("signin", member, "--meeting", "meeting-1",
        "--vote-key", this.path("keys", `${member}.vote`)));
    }
    this.exportLog();
    await this.log(this.sign(this.draft("freeze", "--meeting", "meeting-1"), "chair",
      this.officers[0]));
    await this.log(this.sign(this.compose("draw.record", ["会议", "meeting-1"], ["抽签", "示例抽签"]),
      "scrutineer-1", "scrutineer-2"));
  }

  async openElection({ window = 1, seconds = 3600 } = {}) {
    this.exportLog();
    const manifest = this.draft("manifest", "--meeting", "meeting-1", "--election", "election-1",
      "--ceremony", "keys-1", "--window", String(window), "--opens", timeFromNow(),
      "--closes", timeFromNow(seconds));
    await this.log(this.sign(manifest, "chair", this.officers[0]));
    this.exportLog();
  }

  /** Everything up to an open election, where every member holds a vote key. */
  async prepare(options) {
    await this.begin();
    await this.enrolAll();
    await this.openCycle();
    await this.makeKeys();
    await this.meet();
    await this.openElection(options);
    return this;
  }

  /** A ballot note; choices of one 质量奖 at most, two awards at most. */
  ballot(member, choices = "2,1,0") {
    return run("xiling-pen", ["ballot", "--log", this.path("export"), "--vkey", this.vkey,
      "--election", "election-1", "--vote-key", this.path("keys", `${member}.vote`),
      "--choices", choices]);
  }

  async close() {
    this.exportLog();
    await this.log(this.sign(this.draft("close", "--election", "election-1"), "chair",
      this.officers[0]));
  }

  /** The whole verification; throws with the report unless everything holds. */
  verify() {
    this.exportLog();
    return run("xiling-audit", ["verify", this.path("export"), "--vkey", this.vkey]);
  }

  /** The texts of all entries of the verified export, in order, as hex hashes. */
  loggedTexts() {
    return this.entries().map((entry) => hashOf(entry.slice(entry.indexOf("\n") + 1)));
  }

  entries() {
    const size = Number(readFileSync(this.path("export", "checkpoint"), "utf8").split("\n")[1]);
    const found = [];
    for (let tile = 0; tile * 256 < size; tile++) {
      const width = Math.min(256, size - tile * 256);
      const name = String(tile).padStart(3, "0") + (width < 256 ? `.p/${width}` : "");
      const bundle = readFileSync(this.path("export", "tile", "entries", name));
      for (let at = 0; at < bundle.length;) {
        const length = bundle.readUInt16BE(at);
        found.push(bundle.subarray(at + 2, at + 2 + length).toString("utf8"));
        at += 2 + length;
      }
    }
    return found;
  }
}
