/*
 * world.mjs - a small fictional committee that writes a whole log, for the tests of the fold.
 *
 *   const world = new World()            keys of everybody, an empty log
 *   world.people()  .cycle()  .meeting()  .ceremony()  .election()  .cast(choices)  .close()
 *   .shares()  .result()  .minutes()     each logs its statements; year() does all of them
 *   world.write(type, fields, signers)   prints, signs, logs and folds one statement
 *   world.served()                       { pin, checkpoint, bundles, tiles } for audit.js
 *
 * Everything is deterministic but the freshness of proofs. Persons and bodies are fictional.
 */
import { base64, compare, utf8 } from "../../web/lib/bytes.js";
import { makeBallot } from "../../web/lib/ballot_make.js";
import { signCheckpoint } from "../../web/lib/checkpoint.js";
import * as ceremonies from "../../web/lib/ceremony.js";
import { parseElection } from "../../web/lib/election.js";
import { makeEntry } from "../../web/lib/entry.js";
import { scalarReduce } from "../../web/lib/group.js";
import { H, H32, hidden, sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { Tree, leafHash } from "../../web/lib/merkle.js";
import { foldEntry, newRecord } from "../../web/lib/record.js";
import { resultFields } from "../../web/lib/record_result.js";
import { drawCommitment } from "../../web/lib/record_meeting.js";
import { shareSubject } from "../../web/lib/record_tally.js";
import { ED25519, vkeyParse, vkeyPrint } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";
import { presentAt } from "../../web/lib/state.js";
import { printText, signNote } from "../../web/lib/statement.js";
import { joinBundle, parsePath, tileContents } from "../../web/lib/tile.js";
import { makeRehearsal, makeShare } from "../../web/lib/trustee.js";
import { proveTag, proveVoteKey, voteKeyPoint } from "../../web/lib/voter.js";

export const ORIGIN = "test.example/log/2026";
const START = 1795300000;
const hash = (...parts) => H32("xiling/v1 test", ...parts);

export const OFFICERS = ["officer-a", "officer-b"];
export const MEMBERS = ["member-1", "member-2", "member-3", "member-4", "member-5"];
export const TRUSTEES = ["trustee-1", "trustee-2", "trustee-3"];
const ROLES = new Map([
    ["chair", ["主持人"]],
    ["watcher-1", ["监票人"]],
    ["watcher-2", ["监票人"]],
    ...MEMBERS.map((id) => [id, ["委员"]]),
    ...TRUSTEES.map((id) => [id, ["受托人"]]),
]);
const LINES = [
    ["等次", "0 0 不授奖"],
    ["等次", "1 1 提名奖"],
    ["等次", "2 1024 质量奖"],
    ["限额", "1 2"],
    ["限额", "2 1 2"],
    ["席位", "2 1"],
    ["席位", "1 2"],
    ["通过", "2 2/3 实到 不少于"],
    ["通过", "1 2 1/2 实到 超过"],
];
export const CANDIDATES = ["org-1", "org-2", "org-3"];

export class World {
    /** Every log of any world whose last entry was refused: { rule, type, world, entries }. */
    static refused = [];

    constructor() {
        this.state = newRecord();
        this.entries = [];
        this.time = START;
        this.logPair = sodium.crypto_sign_seed_keypair(hash("log key"));
        this.servicePair = sodium.crypto_sign_seed_keypair(hash("service key"));
        this.keys = new Map([...OFFICERS, ...ROLES.keys()].map((id) => [id, this.keysOf(id)]));
        this.voteKeys = new Map(MEMBERS.map((id) => [id, scalarReduce(H("xiling/v1 test", "x", id))]));
        this.codes = 0;
    }

    keysOf(id) {
        return deriveKeys(hash("code", id).slice(0, 16));
    }

    name(type, label, id) {
        return hidden(type, label, hash("salt", id), `某${id}`);
    }

    /* --- logging --- */

    text(type, fields) {
        return printText(type, ORIGIN, fields);
    }

    note(text, signers) {
        return signNote(text, signers.map((name) => ({ name, pair: this.keys.get(name).sign })));
    }

    /** Logs a note; a Refusal leaves the log as it was and is kept for others to judge. */
    log(note, seconds = 1) {
        const raw = makeEntry(this.time + seconds, note);
        const step = this.fold(raw);
        this.time += seconds;
        this.entries.push(raw);
        return step;
    }

    fold(raw) {
        try {
            return foldEntry(this.state, raw);
        } catch (error) {
            const [, type] = new TextDecoder().decode(raw).match(/\nxiling\/v1 ([a-z.]+)\n/);
            World.refused.push({ rule: error.rule, type, world: this, entries: [...this.entries, raw] });
            throw error;
        }
    }

    write(type, fields, signers) {
        const text = this.text(type, fields);
        this.log(this.note(text, signers));
        return text;
    }

    seen() {
        return [
            ["日志条数", this.state.size],
            ["日志根", this.state.tree.root(this.state.size)],
        ];
    }

    /* --- one year --- */

    genesis() {
        const line = (id) => {
            const { sign, box } = this.keys.get(id);
            const name = this.name("log.genesis", "工作人员", id);
            return ["工作人员", `${id} ${base64(sign.publicKey)} ${base64(box.publicKey)} ${name}`];
        };
        this.genesisText = this.write("log.genesis", [
            ["记录公钥", this.logPair.publicKey],
            ["服务公钥", this.servicePair.publicKey],
            ["规则文件", hash("rules")],
            ...OFFICERS.map(line),
        ], OFFICERS);
    }

    enrol(id, roles) {
        const { sign, box } = this.keys.get(id);
        this.write("person.invite", [["人员", id], ["姓名", this.name("person.invite", "姓名", id)]], ["officer-a"]);
        const text = this.write("person.enrol", [["人员", id], ["签名公钥", sign.publicKey], ["封存公钥", box.publicKey]], [id]);
        this.write("person.confirm", [
            ["人员", id],
            ["登记", sha256(text)],
            ["核对随机数", hash("nonce", id).slice(0, 16)],
            ...roles.map((role) => ["角色", role]),
        ], OFFICERS);
    }

    people() {
        this.genesis();
        ROLES.forEach((roles, id) => this.enrol(id, roles));
    }

    cycle(fields = LINES) {
        return this.write("cycle.open", [
            ["周期", "award-2026"],
            ["年度", 2026],
            ["规则文件", hash("rules")],
            ["细则文号", "示例〔2026〕1号"],
            ["法定人数", "2/3"],
            ["加投上限", 2],
            ...fields,
        ], ["chair", "officer-a"]);
    }

    signIn(id) {
        const x = this.voteKeys.get(id);
        return this.write("meeting.signin", [
            ["会议", "meeting-1"],
            ["签到人", id],
            ["投票公钥", voteKeyPoint(x)],
            ["证明", proveVoteKey("meeting-1", id, x)],
            ["随机数", hash("random", id).slice(0, 16)],
            ...this.seen(),
        ], [id]);
    }

    openMeeting() {
        this.write("meeting.open", [
            ["会议", "meeting-1"],
            ["周期", "award-2026"],
            ["地点", "示例会议室"],
            ["召开时间", new Date(this.time * 1000)],
            ["主持人", "chair"],
            ["监票人", "watcher-1"],
            ["监票人", "watcher-2"],
            ...MEMBERS.map((id) => ["应到", id]),
            ["法定人数", 4],
            ...CANDIDATES.map((id, i) => ["候选", `${id} 示例机构${"甲乙丙"[i]}`]),
        ], ["chair", "officer-a"]);
    }

    recuse(id, candidate, signers = [id]) {
        const reason = this.name("meeting.recuse", "理由", id);
        return this.write("meeting.recuse", [["会议", "meeting-1"], ["人员", id], ["候选", candidate], ["理由", reason]], signers);
    }

    freeze() {
        return this.write("meeting.freeze", [
            ["会议", "meeting-1"],
            ["实到", presentAt(this.state, this.state.meetings.get("meeting-1")).length],
            ["应到", MEMBERS.length],
            ...this.seen(),
        ], ["chair", "officer-b"]);
    }

    meeting() {
        const drawn = hash("drawn");
        this.openMeeting();
        this.write("draw.commit", [["会议", "meeting-1"], ["承诺", drawCommitment("meeting-1", drawn)]], ["officer-a"]);
        MEMBERS.forEach((id) => this.signIn(id));
        this.recuse("member-2", "org-3");
        this.recuse("member-5", "org-1", ["chair", "officer-a"]);
        this.freeze();
        this.write("draw.reveal", [["会议", "meeting-1"], ["随机数", drawn]], ["officer-a"]);
    }

    openCeremony(id = "keys-1") {
        const line = (person, i) => {
            const { enrolment } = this.state.people.get(person);
            return ["受托人", `${i + 1} ${person} ${base64(enrolment)}`];
        };
        const text = this.write("trustee.ceremony", [["仪式", id], ["门限", 2], ["人数", 3], ...TRUSTEES.map(line)], ["chair", "officer-a"]);
        this.parsed = ceremonies.parseCeremony(text);
    }

    deal(i, change = (dealing) => dealing) {
        const { hash: ceremony } = this.parsed;
        const boxes = TRUSTEES.map((id) => this.keys.get(id).box.publicKey);
        const { A, proof, sealed } = change(ceremonies.makeDealing(this.parsed, i + 1, this.keys.get(TRUSTEES[i]).trustee, boxes));
        this.write("trustee.deal", [
            ["密钥仪式", ceremony],
            ["序号", i + 1],
            ...A.map((point) => ["承诺", point]),
            ["证明", proof],
            ...sealed.map((seal) => ["密封份额", seal]),
        ], [TRUSTEES[i]]);
    }

    shareKey(i) {
        const { trustees, hash: ceremony } = this.state.ceremonies.values().next().value;
        const { box } = this.keys.get(TRUSTEES[i]);
        return ceremonies.shareKey(trustees.map(({ deal: { A, sealed } }, d) =>
            ceremonies.openShare({ hash: ceremony, dealer: d + 1, index: i + 1, A, sealed: sealed[i], box }),
        ));
    }

    ceremony() {
        this.openCeremony();
        const { hash: ceremony } = this.parsed;
        TRUSTEES.forEach((_, i) => this.deal(i));
        const held = this.state.ceremonies.values().next().value;
        TRUSTEES.forEach((id, i) => {
            const X = voteKeyPoint(this.shareKey(i));
            this.write("trustee.confirm", [["密钥仪式", ceremony], ["序号", i + 1], ["分发", held.dealings], ["份额公钥", X]], [id]);
        });
        TRUSTEES.forEach((id, i) => {
            const { D, proof } = makeRehearsal(ceremony, i + 1, this.shareKey(i));
            this.write("trustee.rehearsal", [["密钥仪式", ceremony], ["序号", i + 1], ["预演", D], ["证明", proof]], [id]);
        });
    }

    manifestFields(lines = LINES, { id = "award-2026-1", round = 1, previous = [] } = {}) {
        const meeting = this.state.meetings.get("meeting-1");
        const held = this.state.ceremonies.values().next().value;
        const tied = previous.length === 0 ? CANDIDATES : this.held.tied.map(({ candidate }) => candidate);
        const among = meeting.order.filter((candidate) => tied.includes(candidate));
        const name = (candidate) => meeting.candidates.find((one) => one.id === candidate).name;
        const recusals = meeting.recusals.filter(({ candidate }) => among.includes(candidate));
        return [
            ["选举", id],
            ["会议", "meeting-1"],
            ["轮次", round],
            ...previous.map((M) => ["上一轮清单", M]),
            ...among.map((candidate) => ["候选", `${candidate} ${name(candidate)}`]),
            ...lines,
            ...presentAt(this.state, meeting).map(({ person, P }) => ["名册", `${person} ${base64(P)} ${this.state.people.get(person).hiddenName}`]),
            ...recusals.map(({ person, candidate }) => ["回避", `${person} ${candidate}`]),
            ["密钥仪式", held.hash],
            ...held.trustees.map(({ person, X }, i) => ["受托人", `${i + 1} ${person} ${base64(X)}`]),
            ["门限", 2],
            ["选举公钥", held.K],
            ["批次间隔", 60],
            ["开始", new Date((this.time + 10) * 1000)],
            ["结束", new Date((this.time + 3600) * 1000)],
        ];
    }

    openElection(fields = this.manifestFields()) {
        const text = this.write("election.open", fields, ["chair", "officer-b"]);
        this.election = parseElection(text);
        this.held = this.state.elections.get(Buffer.from(this.election.M).toString("hex"));
        this.time += 20;
    }

    ballot(id, choices) {
        const member = this.election.roll.findIndex((one) => one.id === id);
        const byId = this.election.candidates.map((candidate) => choices[candidate.id] ?? 0);
        this.codes += 1;
        return makeBallot(this.election, {
            member,
            voteKey: this.voteKeys.get(id),
            seed: hash("seed", this.codes),
            choices: byId,
            code: String(this.codes).padStart(8, "0"),
        });
    }

    /** One batch: ascending by tag, one common time. */
    cast(votes) {
        const made = votes.map(([id, choices]) => this.ballot(id, choices)).sort((a, b) => compare(a.tag, b.tag));
        made.forEach(({ note }, i) => this.log(note, i === 0 ? 60 : 0));
        return made;
    }

    burn(id) {
        const x = this.voteKeys.get(id);
        const member = this.election.roll.find((one) => one.id === id);
        const tag = sodium.crypto_scalarmult_ristretto255(x, this.election.h);
        const proof = proveTag(this.election, member.id, x);
        this.write("ballot.burn", [["清单", this.election.M], ["人员", id], ["标签", tag], ["证明", proof]], [id, "watcher-1", "watcher-2"]);
    }

    close() {
        this.time = Math.max(this.time, this.election.closes);
        this.write("election.close", [["清单", this.election.M], ["选票数", this.held.ballots.length], ...this.seen()], ["chair", "officer-a"]);
    }

    share(i, change = (share) => share) {
        const subject = shareSubject(this.state, this.election.M);
        const { D, proof } = change(makeShare(subject, i + 1, this.shareKey(i)));
        this.write("election.share", [
            ["清单", this.election.M],
            ["序号", i + 1],
            ["合计", subject.sumsHash],
            ...D.map((point) => ["份额", point]),
            ["证明", proof],
        ], [TRUSTEES[i]]);
    }

    result(fields = resultFields(this.state, this.held)) {
        this.write("election.result", [["清单", this.election.M], ...fields], ["chair", "watcher-1", "watcher-2"]);
    }

    minutes() {
        const all = [...this.state.elections.values()].map(({ election }) => ["清单", election.M]);
        this.write("meeting.minutes", [["会议", "meeting-1"], ...all, ["纪要", "示例纪要。"]], ["chair", "watcher-1", "watcher-2"]);
    }

    /** Up to an open election. */
    ready() {
        this.people();
        this.cycle();
        this.ceremony();
        this.meeting();
        this.openElection();
        return this;
    }

    year() {
        this.ready();
        this.cast([["member-1", { "org-1": 2, "org-2": 1 }], ["member-2", { "org-1": 2, "org-2": 1 }], ["member-3", { "org-1": 2, "org-3": 1 }]]);
        this.cast([["member-4", { "org-1": 2, "org-2": 1 }], ["member-5", { "org-2": 2, "org-3": 1 }]]);
        this.close();
        [0, 2, 1].forEach((i) => this.share(i));
        this.result();
        this.minutes();
        return this;
    }

    /* --- serving --- */

    get vkey() {
        return vkeyPrint(ORIGIN, ED25519, this.logPair.publicKey);
    }

    get pin() {
        return { origin: ORIGIN, vkey: vkeyParse(this.vkey), genesis: sha256(utf8(this.genesisText)) };
    }

    /** What a lying log signs: any entries at all. */
    signed(entries) {
        const tree = new Tree(entries.map(leafHash));
        const head = { origin: ORIGIN, size: entries.length, root: tree.root() };
        return {
            pin: this.pin,
            checkpoint: signCheckpoint(head, this.logPair),
            bundles: async (index, width) => joinBundle(entries.slice(index * 256, index * 256 + width)),
            tiles: async (path) => tileContents(parsePath(path), tree),
        };
    }

    checkpoint(size = this.entries.length) {
        const root = this.state.tree.root(size);
        return signCheckpoint({ origin: ORIGIN, size, root }, this.logPair);
    }

    served(entries = this.entries) {
        return {
            pin: this.pin,
            checkpoint: this.checkpoint(),
            bundles: async (index, width) => joinBundle(entries.slice(index * 256, index * 256 + width)),
            tiles: async (path) => tileContents(parsePath(path), this.state.tree),
        };
    }
}
