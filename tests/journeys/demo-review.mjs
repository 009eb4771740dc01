/**
 * demo-review.mjs - the review of the demonstration, without a browser: the newcomer signs as a reviewer and
 * the organisation follows; a restart repeats nothing; with --hands-on the leader and the organisation wait.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILD, startDemo } from "./support/demo.mjs";

const SITE = "site-2026-1";

const pen = (words, input) => execFileSync(join(BUILD, "xiling-pen"), words, { input, encoding: "utf8" });

async function read(demo, path) {
    const answer = await fetch(`${demo.base}/api/${path}`);
    assert.equal(answer.status, 200, path);
    return answer.json();
}

/** The words after `--key` that make a person's device. */
const device = (demo, origin, person) =>
    ["--key", join(demo.data, "demo", `${person}.code`), "--person", person, "--origin", origin];

async function openSession(demo, origin, person) {
    const { nonce, time } = await read(demo, "challenge");
    const body = pen(["session", nonce, time, ...device(demo, origin, person)], "");
    const answer = await fetch(`${demo.base}/api/sessions`, { method: "POST", body });
    assert.equal(answer.status, 200, await answer.text());
    return answer.headers.get("set-cookie").split(";")[0];
}

/** What the newcomer's page does: reads the bytes, checks their hash, signs them. */
async function signAsNewcomer(demo, person, capacity) {
    const { origin, time } = await read(demo, "pin");
    const { log } = await read(demo, "overview");
    const report = await read(demo, `reports/${SITE}`);
    const headers = { cookie: await openSession(demo, origin, person) };
    const document = await fetch(`${demo.base}/api/documents/${report.file}`, { headers });
    const bytes = Buffer.from(await document.arrayBuffer());
    assert.equal(document.status, 200);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), report.file);
    assert.equal(bytes.length, report.size);
    assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
    const fields = { 日志: origin, 报告: SITE, 版本: 1, 文件: Buffer.from(report.file, "hex").toString("base64"),
        签署人: person, 身份: capacity, 意见: "同意", 日志条数: log.size, 日志根: log.root, 时间: time };
    const lines = Object.entries(fields).map(([label, value]) => `${label}：${value}\n`).join("");
    const body = pen(["sign", "-", ...device(demo, origin, person)], `xiling/v1 report.sign\n${lines}`);
    const answer = await fetch(`${demo.base}/api/entries`, { method: "POST", body });
    assert.equal(answer.status, 200, await answer.text());
    return headers;
}

async function until(what, test) {
    for (const end = Date.now() + 30000; Date.now() < end;) {
        if (await test()) return;
        await new Promise((done) => { setTimeout(done, 300); });
    }
    assert.fail(`still waiting for ${what}`);
}

const opinions = ({ signers }) => signers.map(({ opinion }) => opinion);

async function onePaperReportIsCompleteAndASiteReportWaits(demo) {
    const { reports } = await read(demo, "reports");
    assert.deepEqual(reports.map(({ state, signed, of, reservations }) => [state, signed, of, reservations]),
        [["complete", 3, 3, 0], ["open", 2, 4, 1]]);
    const report = await read(demo, `reports/${SITE}`);
    assert.deepEqual(opinions(report), ["同意", "保留意见", null, null]);
    assert.equal(report.document, "stored");
    for (const team of ["team-1", "team-2"]) assert.equal((await read(demo, `teams/${team}`)).reviewers.length, 3);
    const { reviewers } = await read(demo, "reviews/award-2026");
    assert.deepEqual(reviewers.flatMap(({ conflicts }) => conflicts.map(({ organisation }) => organisation)), ["org-09"]);
}

/** The reason of the reservation is there for the team, and for nobody who has no session. */
async function theReasonIsForTheTeam(demo, headers) {
    const report = await read(demo, `reports/${SITE}`);
    const { openings } = await (await fetch(`${demo.base}/api/openings`, { headers })).json();
    const [opened] = openings.filter(({ hidden }) => hidden === report.signers[1].reason);
    assert.match(opened.value, /补原件/);
    assert.equal((await fetch(`${demo.base}/api/openings`)).status, 401);
    assert.equal((await fetch(`${demo.base}/api/documents/${report.file}`)).status, 401);
}

/** What the newcomer takes home is checked without this service. */
async function theBundleHolds(demo, headers, folder) {
    assert.equal((await fetch(`${demo.base}/api/reports/${SITE}/bundle.tar`)).status, 401);
    const answer = await fetch(`${demo.base}/api/reports/${SITE}/bundle.tar`, { headers });
    assert.equal(answer.status, 200);
    const path = join(folder, "bundle.tar");
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    execFileSync(join(BUILD, "xiling-audit"), ["report", path], { encoding: "utf8" });
}

async function theNewcomerSignsAndTheOrganisationFollows(folder) {
    const demo = await startDemo({ folder });
    try {
        await onePaperReportIsCompleteAndASiteReportWaits(demo);
        const headers = await signAsNewcomer(demo, "reviewer-6", "评审员");
        await theReasonIsForTheTeam(demo, headers);
        await until("the organisation", async () => (await read(demo, `reports/${SITE}`)).state === "complete");
        assert.deepEqual(opinions(await read(demo, `reports/${SITE}`)), ["同意", "保留意见", "同意", "同意"]);
        await theBundleHolds(demo, headers, folder);
        return (await read(demo, "overview")).log;
    } finally {
        await demo.stop();
    }
}

async function aRestartRepeatsNothing(folder, log) {
    const demo = await startDemo({ folder });
    try {
        assert.deepEqual((await read(demo, "overview")).log, log);
    } finally {
        await demo.stop();
    }
}

async function handsOnLeavesTheLeaderAndTheOrganisationToTheNewcomer() {
    const demo = await startDemo({ handsOn: true });
    try {
        const { reports } = await read(demo, "reports");
        assert.deepEqual(reports.map(({ team, state }) => [team, state]), [["team-1", "complete"]]);
        for (const person of ["reviewer-6", "reviewer-4", "delegate-07"]) assert.ok(demo.link(person), person);
    } finally {
        await demo.stop();
    }
}

const folder = await mkdtemp(join(tmpdir(), "xiling-review-"));
try {
    await aRestartRepeatsNothing(folder, await theNewcomerSignsAndTheOrganisationFollows(folder));
    await handsOnLeavesTheLeaderAndTheOrganisationToTheNewcomer();
} finally {
    await rm(folder, { recursive: true, force: true });
}
console.log("demo-review: the newcomer signs, the organisation follows, a restart repeats nothing");
