// assembly.mjs - a district that meets, votes and decides: every act over HTTP, by xiling-pen.
//
//   plan { members, candidates: ["org-a 甲示例公司"], rules: { 加投上限, 等次, 限额, 席位, 通过 } }
//
// Several meetings and rounds may follow one another; the last meeting opened is `meeting`.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { District, textOf, timeFromNow } from "./district.mjs";
import { Forger } from "./forge.mjs";
import { scene } from "./scene.mjs";
import { pause, run } from "./service.mjs";
import { twinBallot, twinVerifies } from "./twin.mjs";

/** A round of 同意 or not, as many as one likes: what the governing document asks for. */
export const assent = (places, { runoffs = 2, pass = "1 2/3 实到 不少于" } = {}) => ({
  加投上限: String(runoffs),
  等次: ["0 0 不授奖", "1 1 质量奖"],
  限额: [],
  席位: [`1 ${places}`],
  通过: [pass],
});

export const letters = (count) =>
  Array.from({ length: count }, (_, i) => {
    const letter = String.fromCharCode(97 + i);
    return `org-${letter} ${"甲乙丙丁戊己"[i]}示例公司`;
  });

export class Assembly extends District {
  constructor(service, folder, plan) {
    super(service, folder, plan.members);
    this.plan = plan;
  }

  async post(note) {
    return this.service.post("/api/entries", note);
  }

  /** The note is refused by this rule, and with words. */
  async refused(note, rule) {
    const answer = await this.post(note);
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}: ${textOf(note)}`);
    const problem = JSON.parse(answer.text);
    assert.equal(problem.rule, rule, textOf(note));
    assert.ok(problem.what.zh && problem.what.en && problem.do.zh, answer.text);
  }

  async read(path) {
    return JSON.parse((await this.service.get(path)).text);
  }

  officials(text) {
    return this.sign(text, "chair", this.officers[0]);
  }

  witnesses(text) {
    return this.sign(text, "chair", "scrutineer-1", "scrutineer-2");
  }

  // --- the year ---

  cycleText(id, year) {
    const lines = Object.entries(this.plan.rules).flatMap(([label, values]) =>
      [values].flat().map((value) => [label, value]));
    return this.compose("cycle.open", ["周期", id], ["年度", String(year)],
      ["规则文件", this.rulesHash()], ["细则文号", "示例〔2026〕1号"], ["法定人数", "2/3"], ...lines);
  }

  rulesHash() {
    return /规则文件：(.*)/.exec(this.genesisText())[1];
  }

  genesisText() {
    this.exportLog();
    return this.entries()[0];
  }

  async openCycle() {
    await this.log(this.officials(this.cycleText("cycle-1", 2026)));
  }

  /** Everything before the meeting. */
  async prepareYear() {
    await this.begin();
    await this.enrolAll();
    await this.openCycle();
    await this.makeKeys();
    return this;
  }

  // --- the meeting ---

  async convene(id = "meeting-1") {
    this.meeting = id;
    const quorum = Math.ceil((this.members.length * 2) / 3);
    await this.log(this.officials(this.compose("meeting.open", ["会议", id], ["周期", "cycle-1"],
      ["地点", "示例会议室"], ["召开时间", timeFromNow()], ["主持人", "chair"],
      ["监票人", "scrutineer-1"], ["监票人", "scrutineer-2"],
      ...this.members.map((member) => ["应到", member]), ["法定人数", String(quorum)],
      ...this.plan.candidates.map((candidate) => ["候选", candidate]))));
    this.exportLog();
  }

  voteKey(member) {
    return this.path("keys", `${member}.${this.meeting}.vote`);
  }

  async signIn(...members) {
    for (const member of members) {
      await this.log(this.act("signin", member, "--meeting", this.meeting,
        "--vote-key", this.voteKey(member)));
    }
  }

  async recuse(member, candidate) {
    const reason = this.hide("meeting.recuse", "理由", "在候选单位任顾问");
    await this.log(this.sign(this.compose("meeting.recuse", ["会议", this.meeting],
      ["人员", member], ["候选", candidate], ["理由", reason.field]), member));
  }

  async freeze() {
    this.exportLog();
    await this.log(this.officials(this.draft("freeze", "--meeting", this.meeting)));
    await this.log(this.sign(this.compose("draw.record", ["会议", this.meeting],
      ["抽签", "摇号机示例：三、一、二"]), "scrutineer-1", "scrutineer-2"));
  }

  /** A meeting that everybody attends, up to its draw. */
  async meet(recusals = {}) {
    await this.convene();
    await this.signIn(...this.members);
    for (const [member, candidate] of Object.entries(recusals)) await this.recuse(member, candidate);
    await this.freeze();
  }

  // --- a round ---

  manifest(id, { previous, seconds = 3600 } = {}) {
    this.exportLog();
    const from = previous === undefined
      ? ["--meeting", this.meeting, "--ceremony", "keys-1"] : ["--previous", previous];
    return this.draft("manifest", "--election", id, ...from, "--window", "1",
      "--opens", timeFromNow(), "--closes", timeFromNow(seconds));
  }

  async open(id, options) {
    await this.log(this.officials(this.manifest(id, options)));
    this.exportLog();
  }

  ballot(id, member, choices) {
    return run("xiling-pen", ["ballot", "--log", this.path("export"), "--vkey", this.vkey,
      "--election", id, "--vote-key", this.voteKey(member), "--choices", choices]);
  }

  opening(id) {
    this.exportLog();
    return this.textAt(this.placeOf("xiling/v1 election.open\n", `\n选举：${id}\n`));
  }

  /** The ids of a round's candidates, in drawn order. */
  order(id) {
    return [...this.opening(id).matchAll(/^候选：(\S+) /gm)].map(([, candidate]) => candidate);
  }

  /**
   * grade(member's place, candidate id) is what each of these members gives. The pen makes every
   * other ballot, the pages' own code the rest.
   */
  async cast(id, grade, members) {
    const opening = this.opening(id);
    const order = this.order(id);
    for (const member of members) {
      const place = this.members.indexOf(member);
      const choices = order.map((candidate) => grade(place, candidate));
      const note = place % 2 === 0
        ? this.ballot(id, member, choices.join(","))
        : twinBallot(opening, member, this.voteKey(member), choices);
      const answer = await this.post(note);
      assert.equal(answer.status, 202, answer.text);
    }
  }

  /** Waits for the batches: the round has so many ballots in the log. */
  async logged(id, count) {
    await this.until(async () => (await this.read(`/api/elections/${id}`)).ballots === count);
    this.exportLog();
  }

  async vote(id, grade, members = this.members) {
    await this.cast(id, grade, members);
    await this.logged(id, members.length);
  }

  async until(holds, seconds = 30) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) {
      if (await holds()) return;
    }
    assert.fail(`not within ${seconds} seconds: ${holds}`);
  }

  burnNote(id, member) {
    const text = this.act("burn", member, "--election", id, "--vote-key", this.voteKey(member));
    return this.sign(text, "scrutineer-1", "scrutineer-2");
  }

  manifestHash(id) {
    return this.read(`/api/elections/${id}`).then(({ M }) => M);
  }

  async paperNote(id, ballots, ...counts) {
    return this.witnesses(this.compose("election.paper", ["清单", await this.manifestHash(id)],
      ["票数", String(ballots)], ...counts.map((count) => ["得票", count])));
  }

  async cancel(id, reason) {
    await this.log(this.officials(this.compose("election.cancel",
      ["清单", await this.manifestHash(id)], ["理由", reason])));
  }

  async close(id) {
    this.exportLog();
    await this.log(this.officials(this.draft("close", "--election", id)));
  }

  /** A trustee types the code that was read aloud. */
  async share(id, trustee) {
    this.exportLog();
    const { sums_code: code } = await this.read(`/api/elections/${id}`);
    return this.act("share", trustee, "--election", id, "--sums", code.slice(0, 8));
  }

  async openSums(id, trustees = ["trustee-1", "trustee-3"]) {
    for (const trustee of trustees) await this.log(await this.share(id, trustee));
  }

  /** States the result; returns its lines by label. */
  async decide(id) {
    this.exportLog();
    const text = this.draft("result", "--election", id);
    await this.log(this.witnesses(text));
    const lines = (label) => [...text.matchAll(new RegExp(`^${label}：(.*)$`, "gm"))].map(([, v]) => v);
    return { text, counts: lines("得票"), seated: lines("入选"), tied: lines("并列") };
  }

  async finish(id) {
    await this.close(id);
    await this.openSums(id);
    return this.decide(id);
  }

  minutesNote(words = "会议按表决清单表决，结果当场宣布。") {
    this.exportLog();
    return this.witnesses(this.draft("minutes", "--meeting", this.meeting, "--words", words));
  }

  async minute(words) {
    await this.log(this.minutesNote(words));
  }

  // --- what everybody can check ---

  /** The C verifier and the JavaScript one agree that the exported log holds. */
  async holds() {
    const report = this.verify();
    assert.match(report, /Everything agrees/);
    const failure = await twinVerifies(this.path("export"), this.vkey);
    assert.equal(failure, null, `JavaScript: ${JSON.stringify(failure)}`);
    return report;
  }

  /**
   * The log up to `keep` entries and then these notes, made by somebody who holds the log's key:
   * both verifiers name the first of them, by step and rule.
   */
  async forgeryFails({ keep, notes }, step, rule) {
    const forger = new Forger(this.path("export"), this.service.folder);
    const folder = this.path("forged");
    const at = forger.write(folder, keep, notes);
    let printed = "";
    assert.throws(() => run("xiling-audit", ["verify", folder, "--vkey", this.vkey]), (failure) => {
      printed = failure.message;
      return failure.status === 1;
    });
    const [, foundStep, entry] = /Verification failed: (V\d+), .* entry (\d+)/.exec(printed);
    const found = { step: foundStep, entry: Number(entry), rule: /rule: (\S+)/.exec(printed)[1] };
    assert.deepEqual(found, { step, entry: at, rule });
    assert.deepEqual(await twinVerifies(folder, this.vkey), found, "JavaScript says otherwise");
  }

  /** The place of the last entry that this text is in. */
  placeOf(...words) {
    this.exportLog();
    const places = this.entries().map((entry, i) => [entry, i])
      .filter(([entry]) => words.every((word) => entry.includes(word))).map(([, i]) => i);
    assert.ok(places.length > 0, `no entry with ${words}`);
    return places.at(-1);
  }

  /** The signed text of an entry. */
  textAt(place) {
    return textOf(this.entries()[place].replace(/^.*\n/, ""));
  }
}

export async function assemble(name, plan, play) {
  assert.ok(existsSync("tests/support"), "journeys run from the source tree");
  const began = Date.now();
  await scene(name, async ({ district }) => play(district),
    { make: (service, folder) => new Assembly(service, folder, plan) });
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
