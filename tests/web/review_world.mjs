/*
 * review_world.mjs - the world of world.mjs with reviewers, organisations, teams and reports.
 *
 *   const world = new ReviewWorld()
 *   world.begin(ids)                      genesis, the people of PEOPLE named by ids (all of them)
 *   world.openCycle({ cycle, year, after })   .register(org)  .qualify(cycle, orgs)  .undertake(cycle, id)
 *   world.declare(cycle, id, { org: "有" })    .form(…)  .replace(…)  .file(…)  .sign(…)  .void(…)  .refusal(…)
 *   world.reviewed(cycle)                 two organisations, their list, everybody's declarations, team-1
 *   world.refuse(name, rule, make)        keeps what make() writes as a case that must be refused here
 *
 * Every writer takes its fields from a draft, and `change` (label -> value, list or null) edits them.
 * Deterministic; persons and bodies are fictional.
 */
import { utf8, utf8Decode } from "../../web/lib/bytes.js";
import { H32, hidden, sha256 } from "../../web/lib/hash.js";
import { makeEntry } from "../../web/lib/entry.js";
import { checkCharacter } from "../../web/lib/organisation_code.js";
import { Refusal } from "../../web/lib/refusal.js";
import { World } from "./world.mjs";

const hash = (...parts) => H32("xiling/v1 test", ...parts);

export const PEOPLE = new Map([
    ["chair", ["主持人"]],
    ["watcher-1", ["监票人"]],
    ["watcher-2", ["监票人"]],
    ...["rev-a", "rev-b", "rev-c", "rev-d", "rev-e"].map((id) => [id, ["评审员"]]),
    ["rev-f", ["评审员", "委员"]],
    ["rev-g", ["评审员"]],
    ...["rep-a", "rep-b", "rep-c"].map((id) => [id, ["组织代表"]]),
]);
export const BY_OFFICERS = ["officer-a", "officer-b"];
const NAMES = { "org-1": "示例机构甲", "org-2": "示例机构乙", "org-3": "示例机构丙" };
const REPRESENTATIVES = { "org-1": "rep-a", "org-2": "rep-b", "org-3": "rep-c" };
const DAY = 86400;

/** A made-up code of the right form. */
export function codeOf(organisation) {
    const body = `91330000MA0000${organisation.slice(-1)}0X`.slice(0, 17).padEnd(17, "0");
    return body + checkCharacter(body);
}

/** Replaces, repeats (list) or leaves out (null) the fields of these labels; new ones go to the end. */
export function edit(fields, change) {
    const list = (label, held) => (held === null ? [] : [held].flat().map((one) => [label, one]));
    const known = new Set(fields.map(([label]) => label));
    const done = new Set();
    const edited = fields.flatMap(([label, held]) => {
        if (!(label in change)) return [[label, held]];
        if (done.has(label)) return [];
        done.add(label);
        return list(label, change[label]);
    });
    const added = Object.entries(change).filter(([label]) => !known.has(label));
    return [...edited, ...added.flatMap(([label, held]) => list(label, held))];
}

export class ReviewWorld extends World {
    constructor() {
        super();
        for (const id of PEOPLE.keys()) this.keys.set(id, this.keysOf(id));
        this.cases = [];
        this.reasons = 0;
    }

    begin(ids = [...PEOPLE.keys()]) {
        this.genesis();
        ids.forEach((id) => this.enrol(id, PEOPLE.get(id)));
    }

    /** A hidden value of a statement, another one each time. */
    reason(type, label = "理由") {
        this.reasons += 1;
        return hidden(type, label, hash("reason", this.reasons), `示例理由${this.reasons}`);
    }

    put(type, fields, signers, change = {}) {
        return this.write(type, edit(fields, change), signers);
    }

    openCycle({ cycle = "award-2026", year = 2026, after } = {}) {
        const rule = after === undefined ? [] : [["换人后", after]];
        const lines = [["等次", "0 0 不授奖"], ["等次", "1 1 质量奖"], ["席位", "1 1"], ["通过", "1 2/3 实到 不少于"]];
        return this.write("cycle.open", [
            ["周期", cycle], ["年度", year], ["规则文件", hash("rules")], ["细则文号", "示例〔2026〕1号"],
            ["法定人数", "2/3"], ["加投上限", 1], ...lines, ...rule,
        ], ["chair", "officer-a"]);
    }

    register(id, { signers = BY_OFFICERS, change } = {}) {
        return this.put("organisation.register", [
            ["组织", id], ["名称", NAMES[id]], ["统一社会信用代码", codeOf(id)], ["代表", REPRESENTATIVES[id]],
        ], signers, change);
    }

    delegate(id, by, { signers = BY_OFFICERS } = {}) {
        return this.put("organisation.delegate", [
            ["组织", id], ["代表", by], ["理由", this.reason("organisation.delegate")],
        ], signers);
    }

    qualify(cycle, ids, { signers = BY_OFFICERS } = {}) {
        return this.put("qualification.list", [["周期", cycle], ...ids.map((id) => ["合格", id])], signers);
    }

    undertake(cycle, id, { words = "对评审内容和过程保密。", signers = [id] } = {}) {
        return this.put("secrecy.undertake", [
            ["周期", cycle], ["人员", id], ["承诺", words],
        ], signers);
    }

    /** With a note (说明) if there is a conflict. */
    declare(cycle, id, conflicts = {}, { signers = [id], change } = {}) {
        const ids = this.state.reviews.get(cycle)?.qualified ?? ["org-1"];
        const note = Object.values(conflicts).includes("有") ? [["说明", this.reason("conflict.declare", "说明")]] : [];
        return this.put("conflict.declare", [
            ["周期", cycle], ["人员", id], ...ids.map((org) => ["利益关系", `${org} ${conflicts[org] ?? "无"}`]), ...note,
        ], signers, change);
    }

    find(cycle, id, organisation, { signers = BY_OFFICERS } = {}) {
        return this.put("conflict.find", [
            ["周期", cycle], ["人员", id], ["组织", organisation], ["理由", this.reason("conflict.find")],
        ], signers);
    }

    form(id, { cycle = "award-2026", leader = "rev-a", reviewers = ["rev-a", "rev-b", "rev-c"], organisations = ["org-1", "org-2"], signers = ["officer-a"] } = {}) {
        return this.put("team.form", [
            ["评审组", id], ["周期", cycle], ["组长", leader],
            ...reviewers.map((one) => ["评审员", one]), ...organisations.map((one) => ["受评组织", one]),
        ], signers);
    }

    replace(team, out, by, { leader = this.state.teams.get(team)?.leader ?? by, signers = BY_OFFICERS } = {}) {
        return this.put("team.replace", [
            ["评审组", team], ["退出", out], ["接替", by], ["组长", leader], ["理由", this.reason("team.replace")],
        ], signers);
    }

    /** Ready for reports. */
    reviewed({ cycle = "award-2026", ...rest } = {}) {
        this.begin();
        this.openCycle({ cycle, ...rest });
        ["org-1", "org-2"].forEach((id) => this.register(id));
        this.qualify(cycle, ["org-1", "org-2"]);
        ["rev-a", "rev-b", "rev-c", "rev-d"].forEach((id) => this.undertake(cycle, id));
        ["rev-a", "rev-b", "rev-c", "rev-d"].forEach((id) => this.declare(cycle, id));
        this.form("team-1", { cycle });
        return this;
    }

    /* --- reports --- */

    /** The bytes of a report, for who wants to hash them. */
    documentOf(report, version) {
        return utf8(`%PDF-1.7\n% ${report} ${version}\n`);
    }

    fileOf(report, version) {
        return sha256(this.documentOf(report, version));
    }

    newest(report) {
        return this.state.reports.get(report)?.at(-1);
    }

    /** Of the team as it is; a site report, if `site` names the organisation. */
    file(report, { team = "team-1", site, organisations = site ? [site] : ["org-1", "org-2"], signers, change } = {}) {
        const { leader, reviewers } = this.state.teams.get(team) ?? { leader: "rev-a", reviewers: [] };
        const version = (this.newest(report)?.version ?? 0) + 1;
        const lines = reviewers.map((id) => `${id} ${id === leader ? "组长" : "评审员"}`);
        if (site) lines.push(`${this.state.organisations.get(site)?.representative} 受评组织`);
        return this.put("report.file", [
            ["报告", report], ["版本", version], ["种类", site ? "现场评审报告" : "资料评审报告"], ["评审组", team],
            ...organisations.map((id) => ["受评组织", id]), ["标题", `示例报告 ${report}`],
            ["文件", this.fileOf(report, version)], ["大小", 123456], ["格式", "PDF"],
            ...lines.map((line) => ["须签", line]), ["签署期限", new Date((this.time + 7 * DAY) * 1000)],
        ], signers ?? [leader], change);
    }

    sign(report, id, opinion = "同意", { signers = [id], change } = {}) {
        const newest = this.newest(report) ?? { version: 1, lines: [] };
        const capacity = newest.lines.find(({ person }) => person === id)?.capacity ?? "评审员";
        const reason = opinion === "同意" ? [] : [["理由", this.reason("report.sign")]];
        return this.put("report.sign", [
            ["报告", report], ["版本", newest.version], ["文件", this.fileOf(report, newest.version)], ["签署人", id],
            ["身份", capacity], ["意见", opinion], ...reason, ...this.seen(), ["时间", new Date((this.time + 1) * 1000)],
        ], signers, change);
    }

    void(report, { signers = BY_OFFICERS, change } = {}) {
        const version = this.newest(report)?.version ?? 1;
        return this.put("report.void", [["报告", report], ["版本", version], ["理由", this.reason("report.void")]], signers, change);
    }

    refusal(report, organisation, { signers = ["rev-a", "officer-a"], change } = {}) {
        const version = this.newest(report)?.version ?? 1;
        return this.put("report.refusal", [
            ["报告", report], ["版本", version], ["文件", this.fileOf(report, version)], ["组织", organisation],
            ["理由", this.reason("report.refusal")], ["时间", new Date((this.time + 1) * 1000)],
        ], signers, change);
    }

    meet(cycle, appointed) {
        return this.write("meeting.open", [
            ["会议", `meeting-${cycle}`], ["周期", cycle], ["地点", "示例会议室"], ["召开时间", new Date(this.time * 1000)],
            ["主持人", "chair"], ["监票人", "watcher-1"], ["监票人", "watcher-2"], ...appointed.map((id) => ["应到", id]),
            ["法定人数", Math.ceil((2 * appointed.length) / 3)], ["候选", "org-1 示例机构甲"],
        ], ["chair", "officer-a"]);
    }

    /* --- what must be refused --- */

    /** make() must be refused at this place by this rule: the log stays as it was. */
    refuse(name, rule, make) {
        const [after, { log }] = [this.entries.length, this];
        let entry = "";
        this.log = (note) => {
            const raw = makeEntry(this.time + 1, note);
            entry = utf8Decode(raw);
            return this.fold(raw);
        };
        try {
            make();
        } catch (error) {
            if (!(error instanceof Refusal) || error.rule !== rule) throw error;
            this.cases.push({ name, after, entry, rule });
            return;
        } finally {
            this.log = log;
        }
        throw new Error(`${name} was taken`);
    }
}
