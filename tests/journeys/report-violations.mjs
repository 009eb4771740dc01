/**
 * report-violations.mjs - twenty-six ways to break the rules of teams and sign-offs, each by somebody with a real
 * key: the service refuses it over HTTP, and whoever owns the log's key and writes it in all the same is named by
 * `xiling-audit verify`, with the same rule and article.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { sha256, timeFromNow } from "../support/district.mjs";
import { Forger } from "../support/forge.mjs";
import { PAPER, SITE, makePdf } from "../support/panel.mjs";
import { reviewDistrict } from "../support/review.mjs";
import { assertProblem, scene } from "../support/scene.mjs";
import { program } from "../support/service.mjs";

const [DOCUMENT, OTHER, WITHDRAWN] = [makePdf(2), makePdf(1, "Another"), makePdf(1, "Withdrawn")];
const TEAM = ["rev-1", "rev-2", "rev-3"];
const linesOf = (reviewers, leader, representative) =>
    [...reviewers.map((one) => `${one} ${one === leader ? "组长" : "评审员"}`), ...(representative ? [`${representative} 受评组织`] : [])];

class Wrongs {
    constructor(district) {
        this.district = district;
        this.cases = [];
    }

    /** A note that must be refused, as it stands now. */
    add(name, rule, note) {
        this.cases.push({ name, rule, note });
    }

    team(name, rule, change) {
        this.add(name, rule, this.district.sign(this.district.teamText({ id: "team-9", ...change }), "officer-1"));
    }

    /** `lines`: the must-sign list, true as it would be right if nothing is said. */
    filing(name, rule, { id = "report-9", version = 1, kind = SITE, organisations = ["org-a"], lines = linesOf(TEAM, "rev-1", "rep-a"), days = 7, by = "rev-1" }) {
        const { district } = this;
        this.add(name, rule, district.sign(district.compose("report.file", ["报告", id], ["版本", String(version)], ["种类", kind], ["评审组", "team-1"],
            ...organisations.map((one) => ["受评组织", one]), ["标题", "示例"], ["文件", sha256(OTHER)], ["大小", String(OTHER.length)], ["格式", "PDF"],
            ...lines.map((line) => ["须签", line]), ["签署期限", timeFromNow(days * 86400)]), by));
    }

    async signing(name, rule, sign, { reason = sign.opinion !== undefined, by = sign.person } = {}) {
        const { district } = this;
        const fields = (await district.signatureFields({ document: DOCUMENT, ...sign })).filter(([label]) => label !== "理由" || reason);
        const hidden = district.hide("report.sign", "理由", "示例理由").field;
        if (reason && !fields.some(([label]) => label === "理由")) fields.splice(6, 0, ["理由", null]);
        this.add(name, rule, district.sign(district.compose("report.sign", ...fields.map(([label, value]) => [label, value ?? hidden])), by));
    }

    refusal(name, rule, { id = "report-1", organisation = "org-a", by = ["rev-1", "officer-1"] }) {
        const { district } = this;
        this.add(name, rule, district.sign(district.compose("report.refusal", ["报告", id], ["版本", "1"], ["文件", sha256(DOCUMENT)], ["组织", organisation],
            ["理由", district.hide("report.refusal", "理由", "示例").field], ["时间", timeFromNow()]), ...by));
    }
}

function teamsThatAreNone(wrongs) {
    wrongs.team("a team of two", "team.size", { reviewers: ["rev-1", "rev-2"] });
    wrongs.team("a leader who is not in the team", "team.leader", { leader: "rev-4" });
    wrongs.team("a conflict that was declared", "team.conflict", { reviewers: ["rev-1", "rev-2", "rev-5"] });
    wrongs.team("a reviewer who has not undertaken secrecy", "team.undertaking", { reviewers: ["rev-1", "rev-2", "rev-6"] });
    wrongs.team("a reviewer who has declared nothing", "team.undeclared", { reviewers: ["rev-1", "rev-2", "rev-7"] });
    wrongs.team("somebody who is no reviewer", "team.reviewer", { reviewers: ["rep-a", "rev-1", "rev-2"] });
    wrongs.team("a reviewer twice", "team.order", { reviewers: ["rev-1", "rev-1", "rev-2"] });
    wrongs.team("an organisation that is not qualified", "team.organisation", { organisations: ["org-x"] });
}

function filingsThatAreNone(wrongs) {
    wrongs.filing("a site report without the organisation", "report.signers", { lines: linesOf(TEAM, "rev-1") });
    wrongs.filing("a list without its leader", "report.signers", { lines: linesOf(TEAM, "rev-9", "rep-a") });
    wrongs.filing("a list without one of the team", "report.signers", { lines: linesOf(["rev-1", "rev-2"], "rev-1", "rep-a") });
    wrongs.filing("filed by somebody else than the leader", "signers.person", { by: "rev-2" });
    wrongs.filing("about an organisation that is not the team's", "report.subjects", { kind: PAPER, organisations: ["org-a", "org-x"], lines: linesOf(TEAM, "rev-1") });
    wrongs.filing("a version that leaves one out", "report.version", { id: "report-1", version: 3 });
    wrongs.filing("a term that is over", "report.deadline", { days: -1 });
}

async function signaturesThatAreNone(wrongs) {
    await wrongs.signing("by somebody who is not on the list", "report.signer", { person: "rev-4", capacity: "评审员" });
    await wrongs.signing("on another file", "report.hash", { person: "rev-2", capacity: "评审员", document: OTHER });
    await wrongs.signing("on a version that is not the newest", "report.superseded", { id: "report-2", person: "rev-2", capacity: "评审员" });
    await wrongs.signing("after the version was voided", "report.voided", { id: "report-3", person: "rev-2", capacity: "评审员", document: WITHDRAWN });
    await wrongs.signing("twice", "report.signed", { person: "rev-3", capacity: "评审员", opinion: "保留意见" });
    await wrongs.signing("in another's capacity", "report.capacity", { person: "rev-2", capacity: "组长" });
    await wrongs.signing("a disagreement without its reason", "report.reason", { person: "rev-2", capacity: "评审员", opinion: "不同意" }, { reason: false });
    await wrongs.signing("an agreement with a reason", "report.reason", { person: "rev-2", capacity: "评审员" }, { reason: true });
    await wrongs.signing("for somebody else", "signers.person", { person: "rev-2", capacity: "评审员" }, { by: "rev-3" });
    wrongs.refusal("a refusal that only the leader witnessed", "signers.count", { by: ["rev-1"] });
    wrongs.refusal("a refusal by an organisation that need not sign", "report.refusal", { organisation: "org-b" });
}

/** Over HTTP: a problem with the rule, its article and what to do now. */
async function isRefusedByTheService(district, { name, rule, note }) {
    const problem = assertProblem(await district.service.post("/api/entries", note), 400, 403, 404, 409, 422);
    assert.equal(problem.rule, rule, name);
    return problem.article ?? "";
}

/** Whoever writes it into the log, and signs a checkpoint over it, is found out. */
function isNamedByTheAuditor(district, forger, { name, rule, note }, article) {
    const folder = district.path("forged");
    const at = forger.write(folder, forger.entries.length, [note]);
    const { status, stdout } = spawnSync(program("xiling-audit"), ["verify", folder, "--vkey", district.vkey], { encoding: "utf8" });
    assert.equal(status, 1, `${name}\n${stdout}`);
    assert.equal(Number(/Verification failed: V\d+, .* entry (\d+)/.exec(stdout)[1]), at, name);
    const [, found, basis] = /规则 \/ rule: (\S+) ?(\S*)/.exec(stdout);
    assert.deepEqual([found, basis], [rule, article], name);
}

await scene("report-violations", async ({ district }) => {
    for (const one of ["rev-6", "rev-7"]) await prepare(district, one);
    const wrongs = new Wrongs(district);
    teamsThatAreNone(wrongs);
    filingsThatAreNone(wrongs);
    await signaturesThatAreNone(wrongs);
    assert.ok(wrongs.cases.length >= 20);
    district.exportLog();
    const forger = new Forger(district.path("export"), district.service.folder);
    let articles = 0;
    for (const wrong of wrongs.cases) {
        const article = await isRefusedByTheService(district, wrong);
        isNamedByTheAuditor(district, forger, wrong, article);
        articles += article === "" ? 0 : 1;
    }
    assert.ok(articles >= 20, `${articles} of ${wrongs.cases.length} name an article`);
    await afterARevocation(district);
    assert.match(district.verify(), /全部相符/);
    console.log(`report-violations: ${wrongs.cases.length} refused by the service and named by the auditor`);
}, { make: reviewDistrict() });

/** The first call prepares everything; each enrols one more reviewer, who has not declared and, the first, not undertaken. */
async function prepare(district, reviewer) {
    if (reviewer === "rev-6") {
        await district.prepareReview({ document: DOCUMENT, site: "org-a" });
        await district.signReport({ document: DOCUMENT, person: "rev-3", capacity: "评审员" });
        await district.fileReport({ id: "report-2", document: DOCUMENT });
        await district.fileReport({ id: "report-2", version: 2, document: OTHER });
        await district.fileReport({ id: "report-3", document: WITHDRAWN });
        await district.logHiding("report.void", [["报告", "report-3"], ["版本", "1"], ["理由", null]], [["理由", "示例：文件有误"]], "rev-1");
    }
    await district.enrol(reviewer, "评审员");
    if (reviewer === "rev-7") await district.undertake(reviewer);
}

/** A key that was revoked signs nothing any more, on whatever list it stands. */
async function afterARevocation(district) {
    await district.logHiding("person.revoke", [["人员", "rev-2"], ["理由", null]], [["理由", "示例：钥匙遗失"]], "officer-1", "officer-2");
    const wrongs = new Wrongs(district);
    await wrongs.signing("with a key that was revoked", "signers.revoked", { person: "rev-2", capacity: "评审员" });
    district.exportLog();
    const [wrong] = wrongs.cases;
    isNamedByTheAuditor(district, new Forger(district.path("export"), district.service.folder), wrong, await isRefusedByTheService(district, wrong));
}
