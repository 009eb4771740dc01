// make-sign-off.mjs - makes tests/vectors/sign-off.json: node tests/vectors/make-sign-off.mjs
//
// Evidence of reports, as verified entries, and what it says: audit/verifier/sign_off.c and
// web/lib/sign_off.js answer alike. Signatures are real, inclusion is not part of these cases. What
// is expected is written here by hand.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { utf8 } from "../../web/lib/bytes.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { signLine } from "../../web/lib/signature.js";

const ORIGIN = "record.example/log/2026";
const MORNING = 1795309200; /* 2026-11-22T09:00:00+08:00 */

const sha256 = (text) => createHash("sha256").update(text).digest();
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
/** As tests/support/world.c: the key code is the beginning of the hash of the id. */
const keysOf = (person) => deriveKeys(new Uint8Array(sha256(person).subarray(0, 16)));
const timeOf = (seconds) => `${new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19)}+08:00`;
const secret = (value) => `#${base64(sha256(value))}`;

const FILE = sha256("the document");
const OTHER_FILE = sha256("another document");

/* --- statements: [type, signers, fields…] --- */

const text = (type, fields, origin = ORIGIN) => `xiling/v1 ${type}\n日志：${origin}\n` +
  fields.map(([label, value]) => `${label}：${value}\n`).join("");
const at = (index) => `xiling/entry/v1 ${timeOf(MORNING + index)}\n`;

/** An entry; `owners` are whose keys sign, if not the signers'. */
function entry(index, type, signers, fields, { origin, owners = signers } = {}) {
  const body = text(type, fields, origin);
  const lines = signers.map((name, i) => signLine(name, keysOf(owners[i]).sign, utf8(body)));
  return { index, entry: `${at(index)}${body}\n${lines.join("")}` };
}

const founder = (person) => ["工作人员", `${person} ${base64(keysOf(person).sign.publicKey)} ` +
  `${base64(keysOf(person).box.publicKey)} ${secret(person)}`];
const genesis = () => entry(0, "log.genesis", ["gu", "he"], [
  ["记录公钥", base64(keysOf("log").sign.publicKey)],
  ["服务公钥", base64(keysOf("service").sign.publicKey)],
  ["规则文件", base64(sha256("rules"))], founder("gu"), founder("he")]);
const enrol = (index, person, keys = person) => entry(index, "person.enrol", [person], [
  ["人员", person], ["签名公钥", base64(keysOf(keys).sign.publicKey)],
  ["封存公钥", base64(keysOf(keys).box.publicKey)]], { owners: [keys] });

const ENROLLED = { an: 11, bo: 12, cui: 13, ding: 14, fang: 15, lin: 16 };
const people = (...names) => names.map((name) => enrol(ENROLLED[name], name));

const PAPER = { kind: "资料评审报告", list: ["an 组长", "bo 评审员", "cui 评审员"] };
const SITE = { kind: "现场评审报告", list: ["an 组长", "bo 评审员", "cui 评审员", "fang 受评组织"] };
const file = (index, { kind, list }, change = {}) => entry(index, "report.file",
  [change.signer ?? "an"], [["报告", change.report ?? "report-1"], ["版本", change.version ?? 1],
    ["种类", kind], ["评审组", "team-1"], ["受评组织", "xixi"], ["标题", "西溪示例公司评审报告"],
    ["文件", base64(change.file ?? FILE)], ["大小", 20480], ["格式", "PDF"],
    ...list.map((line) => ["须签", line]), ["签署期限", timeOf(MORNING + 864000)]]);

const seen = [["日志条数", 20], ["日志根", base64(sha256("root"))]];
const sign = (index, person, capacity, opinion, change = {}) => entry(index, "report.sign",
  [change.signer ?? person], [["报告", change.report ?? "report-1"], ["版本", change.version ?? 1],
    ["文件", base64(change.file ?? FILE)], ["签署人", person], ["身份", capacity], ["意见", opinion],
    ...(change.reason ?? (opinion === "同意" ? [] : [["理由", secret(`${person} says why`)]])),
    ...seen, ["时间", timeOf(MORNING + index)]],
  { owners: [change.owner ?? change.signer ?? person], origin: change.origin });
const revoke = (index, signers) => entry(index, "report.void", signers,
  [["报告", "report-1"], ["版本", 1], ["理由", secret("a mistake")]]);
const refusal = (index, signers, change = {}) => entry(index, "report.refusal", signers,
  [["报告", "report-1"], ["版本", 1], ["文件", base64(change.file ?? FILE)],
    ["组织", change.organisation ?? "xixi"], ["理由", secret("they will not")], ["时间", timeOf(MORNING + index)]]);
const replace = (index, out, into, leader, signers = ["gu", "he"]) => entry(index, "team.replace",
  signers, [["评审组", "team-1"], ["退出", out], ["接替", into], ["组长", leader], ["理由", secret("ill")]]);
const delegate = (index, organisation, person) => entry(index, "organisation.delegate", ["gu", "he"],
  [["组织", organisation], ["代表", person], ["理由", secret("left")]]);
const cycle = (index, rule) => entry(index, "cycle.open", ["lin", "gu"], [["周期", "cycle-2026"],
  ["年度", 2026], ["规则文件", base64(sha256("rules"))], ["细则文号", "示例 2026 第 1 号"], ["法定人数", "2/3"],
  ["加投上限", 2], ["等次", "0 0 不授奖"], ["等次", "1 1 质量奖"], ["通过", "1 2/3 实到 不少于"], ["换人后", rule]]);
const team = (index, of = "cycle-2026") => entry(index, "team.form", ["gu"], [["评审组", "team-1"],
  ["周期", of], ["组长", "an"], ...["an", "bo", "cui"].map((person) => ["评审员", person]), ["受评组织", "xixi"]]);

/* --- what is expected --- */

const line = (person, capacity, verdict = "missing", index = null) =>
  ({ person, capacity, organisation: capacity === "受评组织" ? "xixi" : null, verdict, index });
const cases = [];

/** `state` is [state, since, how of a void]; `problems` are [rule, index]. */
function expect(name, entries, state, signers, { former = [], problems = [], document = FILE, version = 1 } = {}) {
  const [word, since, how = null] = state ?? [];
  cases.push({ name, document: document === null ? null : document.toString("hex"), entries,
    filed: state !== null,
    ...(state !== null && { report: "report-1", version, state: word, since, void: how, signers, former }),
    problems: problems.map(([rule, index]) => ({ rule, index })) });
}

const three = people("an", "bo", "cui");
const four = people("an", "bo", "cui", "fang");
const filed = (...rest) => [...three, file(20, PAPER), ...rest];
const agreed = [line("an", "组长", "agreed", 21), line("bo", "评审员", "reserved", 22),
  line("cui", "评审员", "agreed", 23)];
const all = () => [sign(21, "an", "组长", "同意"), sign(22, "bo", "评审员", "保留意见"),
  sign(23, "cui", "评审员", "同意")];
const waiting = (signed = []) => [["an", "组长"], ["bo", "评审员"], ["cui", "评审员"]].map(([person, capacity]) =>
  signed.find((one) => one.person === person) ?? line(person, capacity));
const only = (person, capacity, verdict, index) => waiting([line(person, capacity, verdict, index)]);

function whatHolds() {
  expect("a paper report nobody has signed", filed(), ["open", 20], waiting());
  expect("a paper report complete with a reservation", filed(...all()), ["complete", 23], agreed);
  expect("the document is not at hand", filed(...all()), ["complete", 23], agreed, { document: null });
  expect("a site report signed by the organisation",
    [...four, file(20, SITE), ...all(), sign(24, "fang", "受评组织", "同意")],
    ["complete", 24], [...agreed, line("fang", "受评组织", "agreed", 24)]);
  expect("a site report the organisation refused before a witness",
    [genesis(), ...four, file(20, SITE), ...all(), refusal(24, ["an", "gu"])],
    ["complete", 24], [...agreed, line("fang", "受评组织", "refused", 24)]);
  expect("one says no, and the others still sign", filed(sign(21, "bo", "评审员", "不同意"), sign(22, "an", "组长", "同意")),
    ["blocked", 21], [line("an", "组长", "agreed", 22), line("bo", "评审员", "disagreed", 21), line("cui", "评审员")]);
  expect("complete, then a next version", filed(...all(), file(30, PAPER, { version: 2, file: OTHER_FILE })),
    ["void", 30, "superseded"], agreed);
  expect("the next version's own evidence", [...three, file(30, PAPER, { version: 2, file: OTHER_FILE })],
    ["open", 30], waiting(), { version: 2, document: OTHER_FILE });
  expect("voided by its leader", filed(sign(21, "an", "组长", "同意"), revoke(25, ["an"])),
    ["void", 25, "voided"], only("an", "组长", "agreed", 21));
  expect("voided by two officers, then a next version",
    [genesis(), ...filed(revoke(25, ["gu", "he"]), file(30, PAPER, { version: 2 }))],
    ["void", 25, "voided"], waiting());
}

function whatChanges() {
  const replaced = (...rest) => [genesis(), ...people("an", "bo", "cui", "ding"), file(20, PAPER), ...rest];
  expect("a reviewer who signed is replaced, and the others stand",
    replaced(...all().slice(0, 2), replace(25, "bo", "ding", "an")), ["open", 20],
    [line("an", "组长", "agreed", 21), line("ding", "评审员"), line("cui", "评审员")],
    { former: [line("bo", "评审员", "reserved", 22)] });
  expect("who said no is replaced, and the newcomer completes",
    replaced(sign(21, "an", "组长", "同意"), sign(22, "bo", "评审员", "不同意"), sign(23, "cui", "评审员", "同意"),
      replace(25, "bo", "ding", "an"), sign(26, "ding", "评审员", "同意")), ["complete", 26],
    [line("an", "组长", "agreed", 21), line("ding", "评审员", "agreed", 26), line("cui", "评审员", "agreed", 23)],
    { former: [line("bo", "评审员", "disagreed", 22)] });
  expect("the leader is replaced and another leads",
    replaced(sign(23, "cui", "评审员", "同意"), replace(25, "an", "ding", "cui"), revoke(27, ["cui"])),
    ["void", 27, "voided"],
    [line("ding", "评审员"), line("bo", "评审员"), line("cui", "评审员", "agreed", 23)]);
  expect("a complete version stays after a change", replaced(...all(), replace(25, "bo", "ding", "an")),
    ["complete", 23], agreed);
  expect("the organisation's representative changes",
    [genesis(), ...people("an", "bo", "cui", "fang", "lin"), file(20, SITE), sign(21, "fang", "受评组织", "同意"),
      delegate(25, "xixi", "lin")], ["open", 20], [...waiting(), line("lin", "受评组织")],
    { former: [line("fang", "受评组织", "agreed", 21)] });
  expect("a reviewer comes to represent the organisation and signs for it",
    [genesis(), ...four, file(20, SITE), delegate(25, "xixi", "cui"), sign(26, "cui", "受评组织", "同意")],
    ["open", 20], [...waiting(), line("cui", "受评组织", "agreed", 26)]);
  const again = (rule, of) => [genesis(), ...people("an", "bo", "cui", "ding", "lin"), cycle(17, rule), team(18, of),
    file(20, PAPER), sign(21, "bo", "评审员", "同意"), replace(25, "cui", "ding", "an")];
  expect("where all sign again a change voids", again("重签"), ["void", 25, "team"], only("bo", "评审员", "agreed", 21));
  expect("where the others stand it does not", again("保留"), ["open", 20],
    [line("an", "组长"), line("bo", "评审员", "agreed", 21), line("ding", "评审员")]);
  expect("the rule of another cycle says nothing", again("重签", "cycle-2025"), ["open", 20],
    [line("an", "组长"), line("bo", "评审员", "agreed", 21), line("ding", "评审员")],
    { problems: [["sign_off.stranger", 17]] });
}

/** One act after the filing does not hold, and counts for nothing. */
function refuse(name, rule, act, before = [], signers = waiting(), state = ["open", 20]) {
  expect(name, filed(...before, act), state, signers, { problems: [[rule, act.index]] });
}

const broken = (from, to, one) => ({ ...one, entry: one.entry.replace(from, to) });

function whatDoesNotHold() {
  refuse("a signature by another key", "statement.signers", sign(21, "bo", "评审员", "同意", { owner: "cui" }));
  refuse("an opinion changed after signing", "statement.signature",
    broken("意见：同意", "意见：不同意", sign(21, "bo", "评审员", "同意", { reason: [["理由", secret("x")]] })));
  refuse("a signature by somebody else", "statement.signers", sign(21, "bo", "评审员", "同意", { signer: "cui" }));
  refuse("a signature without the signer's key", "sign_off.key", sign(21, "ding", "评审员", "同意"));
  refuse("a signature on another file", "report.hash", sign(21, "bo", "评审员", "同意", { file: OTHER_FILE }));
  refuse("a signature on another version", "sign_off.stranger", sign(21, "bo", "评审员", "同意", { version: 2 }));
  refuse("a signature on another report", "sign_off.stranger", sign(21, "bo", "评审员", "同意", { report: "report-2" }));
  refuse("a signature for another log", "statement.origin", sign(21, "bo", "评审员", "同意", { origin: "test.example/log" }));
  refuse("a reviewer signs as leader", "report.capacity", sign(21, "bo", "组长", "同意"));
  refuse("a reservation without its reason", "report.reason", sign(21, "bo", "评审员", "保留意见", { reason: [] }));
  refuse("a second opinion", "report.signed", sign(24, "bo", "评审员", "不同意"), [sign(21, "bo", "评审员", "同意")],
    only("bo", "评审员", "agreed", 21));
  refuse("a signature after void", "report.voided", sign(26, "bo", "评审员", "同意"), [revoke(25, ["an"])],
    waiting(), ["void", 25, "voided"]);
  refuse("a signature after the next version", "report.superseded", sign(31, "bo", "评审员", "同意"),
    [file(30, PAPER, { version: 2 })], waiting(), ["void", 30, "superseded"]);
  refuse("a reviewer voids", "sign_off.leader", revoke(25, ["bo"]));
  refuse("one officer stands in for two", "statement.signers", revoke(25, ["an", "an"]));
  refuse("a next version by somebody who does not lead it", "sign_off.leader",
    file(30, PAPER, { version: 2, signer: "bo" }));
  refuse("the same version twice", "sign_off.filing", file(30, PAPER, { file: OTHER_FILE }));
  refuse("a list with two leaders", "report.signers",
    file(30, { kind: PAPER.kind, list: ["an 组长", "bo 组长", "cui 评审员"] }, { version: 2 }));
  refuse("an entry that is of no report", "sign_off.stranger",
    entry(21, "role.end", ["an", "bo"], [["人员", "cui"], ["角色", "评审员"]]));
  refuse("a second key of the same person", "sign_off.enrolled", enrol(21, "bo", "cui"));
  refuse("an enrolment signed with another key", "statement.signers",
    { index: 21, entry: enrol(21, "ding").entry.replace(/— .*\n/, /— .*\n/.exec(enrol(21, "ding", "bo").entry)[0]) });
  refuse("an entry without its time", "entry.form", broken(/ 2026.*/, "", sign(21, "bo", "评审员", "同意")));
  refuse("a refusal of a paper report", "report.refusal", refusal(24, ["an", "bo"]));
}

function whatDoesNotHoldEither() {
  expect("another document", filed(...all()), ["complete", 23], agreed,
    { document: OTHER_FILE, problems: [["sign_off.document", 20]] });
  expect("no filing", three, null, [], { problems: [["sign_off.filing", null]] });
  expect("a filing by somebody who does not lead", [...three, file(20, PAPER, { signer: "bo" }), ...all()], null, [],
    { problems: [["sign_off.leader", 20]] });
  expect("entries out of order", filed(sign(22, "an", "组长", "同意"), sign(21, "bo", "评审员", "同意")), ["open", 20],
    only("an", "组长", "agreed", 22), { problems: [["sign_off.order", 21]] });
  expect("a signer who is on no list", [...people("an", "bo", "cui", "ding"), file(20, PAPER),
    sign(21, "ding", "评审员", "同意")], ["open", 20], waiting(), { problems: [["report.signer", 21]] });
  const site = (...rest) => [genesis(), ...four, file(20, SITE), ...rest];
  const signed = [...waiting(), line("fang", "受评组织", "agreed", 21)];
  expect("a refusal after the organisation signed", site(sign(21, "fang", "受评组织", "同意"), refusal(24, ["an", "gu"])),
    ["open", 20], signed, { problems: [["report.signed", 24]] });
  expect("a signature after the organisation refused", site(refusal(21, ["an", "gu"]), sign(24, "fang", "受评组织", "同意")),
    ["open", 20], [...waiting(), line("fang", "受评组织", "refused", 21)], { problems: [["report.refused", 24]] });
  expect("a refusal without its leader", site(refusal(24, ["bo", "gu"])), ["open", 20],
    [...waiting(), line("fang", "受评组织")], { problems: [["sign_off.leader", 24]] });
  expect("a refusal of another organisation", site(refusal(24, ["an", "gu"], { organisation: "gudang" })), ["open", 20],
    [...waiting(), line("fang", "受评组织")], { problems: [["report.refusal", 24]] });
  expect("the delegate of another organisation", site(delegate(24, "gudang", "lin")), ["open", 20],
    [...waiting(), line("fang", "受评组织")], { problems: [["sign_off.stranger", 24]] });
  expect("somebody leaves who is not there", site(replace(24, "ding", "lin", "an")), ["open", 20],
    [...waiting(), line("fang", "受评组织")], { problems: [["team.member", 24]] });
  expect("somebody comes who is there", site(replace(24, "bo", "cui", "an")), ["open", 20],
    [...waiting(), line("fang", "受评组织")], { problems: [["team.present", 24]] });
}

whatHolds();
whatChanges();
whatDoesNotHold();
whatDoesNotHoldEither();
writeFileSync("tests/vectors/sign-off.json", `${JSON.stringify({ origin: ORIGIN, cases }, null, 1)}\n`);
console.log(`${cases.length} cases, ${cases.filter(({ problems }) => problems.length === 0).length} that hold`);
