/* the fold: a whole year holds, and each statement that breaks a rule is refused by its name
 * covers: record_people, record_meeting, record_ceremony, record_election, record_ballot
 * covers: record_tally, record_result, signers, state
 */
import assert from "node:assert/strict";
import test from "node:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64, utf8 } from "../../web/lib/bytes.js";
import { growLog, openLog, openCases, openReports, verifyLog } from "../../web/lib/audit.js";
import { foldEntry, newRecord } from "../../web/lib/record.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { stepOfRefusal } from "../../web/lib/steps.js";
import { TYPES } from "../../web/lib/types.js";
import { AUDIT, auditTypes, auditVerify, saveLog } from "./twin.mjs";
import { CANDIDATES, MEMBERS, OFFICERS, ORIGIN, World } from "./world.mjs";

const refuses = (rule, call) => assert.equal(ruleOf(call), rule);
const year = new World().year();

test("a year from genesis to minutes folds, and its result is what the ballots say", () => {
    const { held } = year;
    const votes = new Map(held.election.candidates.map(({ id }, i) => [id, held.counts[i]]));
    assert.deepEqual(votes.get("org-1"), [0, 4]);
    assert.deepEqual(votes.get("org-2"), [3, 1]);
    assert.deepEqual(votes.get("org-3"), [2, 0]);
    assert.deepEqual(held.seated, [{ grade: 2, candidate: "org-1" }, { grade: 1, candidate: "org-2" }]);
    assert.equal(year.state.meetings.get("meeting-1").minutes, year.entries.length - 1);
});

test("the table of types is docs/statements.md", () => {
    const docs = readFileSync(new URL("../../docs/statements.md", import.meta.url), "utf8");
    const rows = [...docs.matchAll(/^\| `([a-z.]+)`[^|]*\| ([^|]+) \|/gm)].map(([, type, fields]) => ({ type, fields }));
    const named = new Map(rows.map(({ type, fields }) => [type, fields]));
    assert.deepEqual(new Set(named.keys()), new Set(TYPES.map(({ type }) => type)));
    const FIELD = /(?:^| · )([\u4e00-\u9fff]+)(×|\?)?\d?(?: \([^)]*\))?(?: ([a-z]+\d*))?/g;
    for (const { type, fields } of TYPES) {
        const stated = [...named.get(type).matchAll(FIELD)].map(([, ...rest]) => rest);
        assert.deepEqual(stated.map(([label]) => label), fields.map(({ label }) => label), type);
        stated.forEach(([label, count, kind], i) => {
            const { min, max } = fields[i];
            assert.equal(kind ?? fields[i].kind, fields[i].kind, `${type} ${label}`);
            assert.equal(count ?? "", max > 1 ? "×" : min === 0 ? "?" : "", `${type} ${label}`);
        });
    }
});

test("every step holds for a whole log, and the counts say how much was seen", async () => {
    const progress = [];
    let pauses = 0;
    const report = await verifyLog({
        ...year.served(),
        onProgress: ({ done }) => progress.push(done),
        pause: async () => void (pauses += 1),
    });
    assert.equal(report.failure, null);
    assert.ok(report.holds);
    const status = Object.fromEntries(report.findings.map(({ step, status: is }) => [step, is]));
    assert.equal(status.V3, "open");
    assert.equal(status.V14, "open");
    assert.equal(status.V20, "open");
    for (const step of ["V1", "V2", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13", "V15", "V16", "V17", "V18", "V19"]) {
        assert.equal(status[step], "holds", step);
    }
    assert.equal(report.findings.find(({ step }) => step === "V13").count, 5);
    assert.equal(progress.at(-1), year.entries.length);
    assert.ok(pauses > year.entries.length);
});

/* The log with one entry changed and everything above it signed again by a lying log. */
function forged(index, change) {
    const entries = [...year.entries];
    entries[index] = change(entries[index]);
    return { ...year.signed(entries), tiles: undefined };
}

function find(type, nth = 0) {
    return year.entries
        .map((entry, i) => ({ i, text: new TextDecoder().decode(entry) }))
        .filter(({ text }) => text.includes(`xiling/v1 ${type}\n`))[nth].i;
}

const edit = (from, to) => (entry) => utf8(new TextDecoder().decode(entry).replace(from, to));

test("a log signed by its own key is refused at the entry and the step where it lies", async () => {
    const cases = [
        ["log.genesis", edit("规则文件：", "规则文档："), "V4", "statement.field"],
        ["person.confirm", edit("角色：主持人", "角色：委员"), "V6", "statement.signature"],
        ["ballot", edit("附码：0000000", "附码：1000000"), "V13", "ballot.ring"],
        ["election.result", edit(/得票：(org-\d) (\d)/, "得票：$1 5"), "V6", "statement.signature"],
        ["meeting.freeze", edit("实到：5", "实到：4"), "V6", "statement.signature"],
    ];
    for (const [type, change, step, rule] of cases) {
        const index = find(type);
        const { failure, findings } = await verifyLog(forged(index, change));
        assert.deepEqual(failure, { rule, entry: index, type, step });
        assert.ok(findings.slice(findings.findIndex((one) => one.step === step) + 1).every(({ status }) => status === "skipped"));
    }
});

test("a checkpoint of other entries, another key, another origin or another genesis is refused", async () => {
    const stepOf = async (sources) => {
        const { failure } = await verifyLog(sources);
        return `${failure.step} ${failure.rule}`;
    };
    const served = year.served();
    assert.equal(await stepOf({ ...served, bundles: async (i, w) => (await served.bundles(i, w)).slice(0, -1) }), "V2 bundle.form");
    assert.equal(await stepOf(year.served([...year.entries.slice(1), year.entries[0]])), "V2 tree.root");
    assert.equal(await stepOf(year.served(year.entries.slice(1))), "V2 tree.size");
    assert.equal(await stepOf({ ...served, pin: { ...served.pin, genesis: new Uint8Array(32) } }), "V5 genesis.pin");
    assert.equal(await stepOf({ ...served, pin: { ...served.pin, origin: "other.example/log" } }), "V1 checkpoint.origin");
    assert.equal(await stepOf({ ...served, checkpoint: served.checkpoint.map((byte, i) => (i === 30 ? byte ^ 1 : byte)) }).then((s) => s.slice(0, 2)), "V1");
    assert.equal(await stepOf({ ...served, tiles: async (path) => (await served.tiles(path)).fill(1) }), "V2 tree.tile");
});

test("a log that forgets what this device has seen is refused", async () => {
    const known = { size: 30, root: year.state.tree.root(30) };
    const report = await verifyLog({ ...year.served(), known });
    assert.equal(report.findings.find(({ step }) => step === "V3").status, "holds");
    const other = await verifyLog({ ...year.served(), known: { size: 30, root: year.state.tree.root(29) } });
    assert.equal(other.failure.rule, "growth.fork");
    const larger = await verifyLog({ ...year.served(), known: { size: 3000, root: known.root } });
    assert.equal(larger.failure.rule, "growth.shorter");
});

test("a page grows with the log and reads only what is new", async () => {
    const start = 40;
    const read = [];
    const first = await openLog({ ...year.served(year.entries), checkpoint: year.checkpoint(start), tiles: undefined });
    assert.equal(first.state.size, start);
    const served = year.served();
    const grown = await growLog(first, { ...served, onProgress: ({ done }) => read.push(done) });
    assert.ok(grown.holds);
    assert.equal(read.length, year.entries.length - start);
    const shrunk = await growLog(grown, { ...served, checkpoint: year.checkpoint(start) });
    assert.equal(shrunk.failure.rule, "growth.shorter");
    await assert.rejects(openLog(forged(find("ballot"), edit("附码：0", "附码：1"))), { rule: "ballot.ring" });
});

test("nobody enters without an invitation, nor confirms the own enrolment", () => {
    const world = new World();
    refuses("genesis.first", () => world.write("person.invite", [["人员", "x"], ["姓名", world.name("a", "b", "x")]], ["officer-a"]));
    world.genesis();
    refuses("statement.logged", () => world.log(world.note(world.genesisText, OFFICERS)));
    const { sign, box } = world.keys.get("chair");
    const enrol = [["人员", "chair"], ["签名公钥", sign.publicKey], ["封存公钥", box.publicKey]];
    refuses("person.unknown", () => world.write("person.enrol", enrol, ["chair"]));
    world.enrol("chair", ["主持人"]);
    refuses("person.known", () => world.write("person.invite", [["人员", "chair"], ["姓名", world.name("a", "b", "y")]], ["officer-a"]));
    refuses("signers.role", () => world.write("person.invite", [["人员", "y"], ["姓名", world.name("a", "b", "y")]], ["chair"]));
    refuses("signers.distinct", () => world.write("role.grant", [["人员", "chair"], ["角色", "监票人"]], ["officer-a", "officer-a"]));
    refuses("signers.count", () => world.write("role.grant", [["人员", "chair"], ["角色", "监票人"]], ["officer-a"]));
    refuses("role.officers", () => world.write("person.revoke", [["人员", "officer-a"], ["理由", world.name("a", "b", "c")]], OFFICERS));
    refuses("role.held", () => world.write("role.grant", [["人员", "chair"], ["角色", "主持人"]], OFFICERS));
    world.write("person.revoke", [["人员", "chair"], ["理由", world.name("a", "b", "c")]], OFFICERS);
    refuses("person.revoked", () => world.write("role.grant", [["人员", "chair"], ["角色", "监票人"]], OFFICERS));
});

test("the freeze states what the log shows, and nobody signs in after it", () => {
    const world = new World();
    world.people();
    world.cycle();
    refuses("cycle.known", () => world.cycle([["等次", "0 0 不授奖"], ["等次", "1 1 提名奖"], ["席位", "1 2"], ["通过", "1 1/2 实到 超过"]]));
    world.openMeeting();
    MEMBERS.slice(0, 4).forEach((id) => world.signIn(id));
    refuses("signin.key", () => world.signIn("member-1"));
    refuses("recusal.candidate", () => world.recuse("member-1", "org-9"));
    world.recuse("member-1", "org-1");
    const again = [["会议", "meeting-1"], ["人员", "member-1"], ["候选", "org-1"], ["理由", world.name("a", "b", "c")]];
    refuses("recusal.known", () => world.write("meeting.recuse", again, ["chair", "officer-a"]));
    const freeze = (present, size) => () =>
        world.write("meeting.freeze", [["会议", "meeting-1"], ["实到", present], ["应到", 5], ["日志条数", size], ["日志根", world.state.tree.root(size)]], ["chair", "officer-a"]);
    refuses("freeze.present", freeze(5, world.state.size));
    refuses("freeze.later", freeze(4, world.state.size - 1));
    world.freeze();
    refuses("meeting.frozen", () => world.signIn("member-5"));
    refuses("draw.uncommitted", () => world.write("draw.reveal", [["会议", "meeting-1"], ["随机数", new Uint8Array(32)]], ["officer-a"]));
    world.write("draw.record", [["会议", "meeting-1"], ["抽签", "一二三"]], ["watcher-1", "watcher-2"]);
    assert.deepEqual([...world.state.meetings.get("meeting-1").order].sort(), CANDIDATES);
});

test("a ceremony with a dispute ends, and everybody can judge it", () => {
    const world = new World();
    world.people();
    world.openCeremony();
    refuses("dealing.proof", () => world.deal(0, (dealing) => ({ ...dealing, A: [...dealing.A].reverse() })));
    world.deal(0);
    refuses("dealing.known", () => world.deal(0));
    const { hash: ceremony } = world.parsed;
    world.write("trustee.complain", [["密钥仪式", ceremony], ["序号", 2], ["分发人", 1]], ["trustee-2"]);
    refuses("ceremony.disputed", () => world.deal(1));
    const held = world.state.ceremonies.values().next().value;
    assert.equal(held.complaints[0].wrong, null);
});

test("a manifest that differs from the log in one line is refused by that line's rule", () => {
    const world = new World();
    world.people();
    world.cycle();
    world.ceremony();
    world.meeting();
    const changed = (label, change) => () => {
        let done = false;
        const fields = world.manifestFields().map(([name, held]) => {
            const hit = name === label && !done;
            done ||= hit;
            return [name, hit ? change(held) : held];
        });
        world.openElection(fields);
    };
    refuses("election.candidates", changed("候选", (line) => `${line}（改）`));
    refuses("election.rules", changed("通过", () => "2 1/2 实到 不少于"));
    refuses("election.roll", changed("名册", (line) => line.replace(/#.*/, `#${base64(new Uint8Array(32))}`)));
    refuses("election.recusals", changed("回避", () => "member-1 org-1"));
    refuses("election.trustees", changed("受托人", (line) => line.replace("trustee-1", "member-1")));
    refuses("ceremony.unknown", changed("密钥仪式", () => new Uint8Array(32)));
    refuses("election.time", changed("结束", () => new Date((world.time + 1) * 1000)));
    const fields = world.manifestFields();
    world.time += 7200;
    refuses("election.late", () => world.openElection(fields));
});

test("ballots stand in time, in batches, once", () => {
    const world = new World().ready();
    const [first] = world.cast([["member-1", { "org-2": 2 }], ["member-2", { "org-1": 2 }]]);
    refuses("ballot.tag", () => world.log(world.ballot("member-1", { "org-1": 2 }).note, 0));
    refuses("ballot.batch", () => world.cast([["member-3", { "org-1": 2 }]]));
    refuses("statement.logged", () => world.log(first.note, 0));
    world.time = world.election.closes;
    refuses("ballot.late", () => world.log(world.ballot("member-4", {}).note, 0));
    refuses("close.ballots", () => {
        world.write("election.close", [["清单", world.election.M], ["选票数", 1], ...world.seen()], ["chair", "officer-a"]);
    });
    world.close();
    refuses("share.small", () => world.share(0));
});

test("burned tags close the electronic way, and three of them open the paper way", () => {
    const world = new World().ready();
    world.cast([["member-1", { "org-2": 2 }], ["member-2", { "org-2": 2 }]]);
    ["member-3", "member-4", "member-5"].forEach((id) => world.burn(id));
    refuses("burn.known", () => world.burn("member-3"));
    refuses("ballot.tag", () => world.log(world.ballot("member-3", { "org-1": 2 }).note, 60));
    world.close();
    const paper = (votes) => () => {
        const lines = world.election.candidates.map(({ id }) => ["得票", `${id} 0 ${id === "org-2" ? votes : 0}`]);
        world.write("election.paper", [["清单", world.election.M], ["票数", 3], ...lines], ["chair", "watcher-1", "watcher-2"]);
    };
    refuses("votes.limit", paper(4));
    paper(3)();
    refuses("paper.known", paper(2));
});

test("a share for other sums, a false share and a false result are refused", () => {
    const world = new World().ready();
    world.cast(MEMBERS.map((id) => [id, { "org-2": 2 }]));
    world.close();
    refuses("share.proof", () => world.share(0, ({ D, proof }) => ({ D: [...D].reverse(), proof })));
    world.share(0);
    refuses("share.known", () => world.share(0));
    refuses("result.shares", () => world.result([["选票数", 5]]));
    world.share(1);
    refuses("result.lines", () => world.result([["选票数", 5]]));
    world.result();
    refuses("result.known", () => world.result([["选票数", 5]]));
});

test("a tie waits for its runoff, which stands among the tied alone", () => {
    const world = new World().ready();
    world.cast([["member-1", { "org-1": 2, "org-2": 1 }], ["member-2", { "org-1": 2, "org-2": 1 }], ["member-3", { "org-1": 2, "org-3": 1 }], ["member-4", { "org-1": 2, "org-3": 1 }], ["member-5", { "org-2": 1, "org-3": 1 }]]);
    world.close();
    world.share(0);
    world.share(1);
    world.result();
    assert.deepEqual(world.held.tied.map(({ candidate }) => candidate).sort(), ["org-2", "org-3"]);
    refuses("minutes.tie", () => world.minutes());
    const first = world.held;
    const lines = [["等次", "0 0 不授奖"], ["等次", "1 1 提名奖"], ["限额", "1 1"], ["席位", "1 1"], ["通过", "1 1/2 实到 超过"]];
    const again = { id: "award-2026-2", round: 2, previous: [first.election.M] };
    const more = lines.map(([label, line]) => [label, label === "席位" ? "1 2" : line]);
    refuses("runoff.rules", () => world.openElection(world.manifestFields(more, again)));
    world.openElection(world.manifestFields(lines, again));
    world.cast(MEMBERS.map((id) => [id, id === "member-2" ? { "org-2": 1 } : { [id === "member-1" ? "org-2" : "org-3"]: 1 }]));
    world.close();
    world.share(1);
    world.share(2);
    world.result();
    assert.deepEqual(world.held.seated, [{ grade: 1, candidate: "org-3" }]);
    world.election = first.election;
    world.held = first;
    world.result();
    assert.deepEqual(first.seated.map(({ candidate }) => candidate), ["org-1", "org-3"]);
    world.minutes();
});

test("revoking one of the roll cancels the election by rule", () => {
    const world = new World().ready();
    world.write("person.revoke", [["人员", "member-4"], ["理由", world.name("a", "b", "c")]], OFFICERS);
    assert.notEqual(world.held.cancelled, null);
    refuses("election.cancelled", () => world.cast([["member-1", { "org-1": 2 }]]));
});

test("time never goes back, and a refused entry changes nothing", () => {
    const world = new World();
    world.genesis();
    const state = newRecord(ORIGIN);
    foldEntry(state, world.entries[0]);
    const root = state.edge.root();
    world.time -= 100;
    const note = world.note(world.text("person.invite", [["人员", "x"], ["姓名", world.name("a", "b", "x")]]), ["officer-a"]);
    refuses("log.time", () => world.log(note, 1));
    assert.deepEqual(state.edge.root(), root);
    refuses("log.time", () => foldEntry(state, utf8(`xiling/entry/v1 2020-01-01T00:00:00+08:00\n${new TextDecoder().decode(note)}`)));
});

/* --- the C verifier, on the same logs --- */

const needsAudit = { skip: AUDIT === "" ? "xiling-audit is not built" : false };

async function inFolder(call) {
    const folder = mkdtempSync(join(tmpdir(), "xiling-twin-"));
    try {
        return await call(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

test("reports that are not complete are named, and are no failure", () => {
    const { log, reports } = JSON.parse(readFileSync("tests/vectors/refused-review.json", "utf8"));
    const state = newRecord("");
    log.forEach((entry) => foldEntry(state, utf8(entry)));
    const newest = new Map(reports.map(({ report, state: is }) => [report, is]));
    const open = [...newest].filter(([, is]) => is !== "complete").map(([object]) => ({ rule: "complete.report", object }));
    assert.ok(open.length > 2 && open.length < newest.size);
    const told = openReports(state);
    assert.deepEqual(told.map(({ rule, object }) => ({ rule, object })), open);
    assert.ok(told.some(({ persons }) => persons.length > 0) && told.every(({ object, persons }) =>
        persons.length === 0 || newest.get(object) !== "void"));
    assert.equal(stepOfRefusal("team.form", "team.conflict"), "V20");
});

function folded(name) {
    const state = newRecord("");
    JSON.parse(readFileSync(`tests/vectors/refused-${name}.json`, "utf8")).log.forEach((entry) => foldEntry(state, utf8(entry)));
    return state;
}

test("cases that are not closed are named with their terms, and so is every promise that was missed", () => {
    const told = (name) => openCases(folded(name)).map(({ rule, object, state, ours }) => `${rule} ${object} ${state} ${ours ? "office" : "objector"}`);
    assert.deepEqual(told("case"), ["1 待材料 objector", "2 待受理 office", "3 待受理 office", "4 待受理 office", "5 受理 office", "7 受理 office"]
        .map((words) => `complete.case notice-1-000${words}`));
    assert.deepEqual(told("notice"), ["complete.case notice-1-0001 受理 office", "missed.case notice-1-0001 受理 office"]);
    const state = folded("case");
    const due = openCases(state).map(({ due: time }) => time);
    assert.ok(due.every((time) => time > state.lastTime));
    state.lastTime = Math.max(...due) + 1;
    assert.equal(openCases(state).filter(({ rule }) => rule === "missed.case").length, due.length);
    assert.deepEqual(openCases(newRecord("")), []);
});

test("C has the same table of types, row by row", needsAudit, () => {
    const plain = ({ label, kind, min, max }) => ({ label, kind, min, max: Number.isFinite(max ?? Infinity) ? max : null });
    const rows = (types) =>
        types.map(({ type, fields, article, logged }) => ({ type, fields: fields.map(plain), article, logged }));
    assert.deepEqual(rows(TYPES), rows(auditTypes()));
});

test("C finds the same year whole", needsAudit, () =>
    inFolder(async (folder) => {
        await saveLog(folder, year.served(), year.entries.length, year.vkey);
        const { status, output } = auditVerify(folder);
        assert.equal(status, 0, output);
    }),
);

test("C refuses every log refused above at the same entry and step by the same rule", needsAudit, async () => {
    assert.ok(World.refused.length > 40);
    for (const { rule, type, world, entries } of World.refused) {
        await inFolder(async (folder) => {
            await saveLog(folder, world.signed(entries), entries.length, world.vkey);
            const { status, output } = auditVerify(folder);
            assert.equal(status, 1, rule);
            assert.match(output, new RegExp(`rule: ${rule}\\s`), rule);
            assert.match(output, new RegExp(`failed: ${stepOfRefusal(type, rule)},`), rule);
            assert.ok(output.includes(`entry ${entries.length - 1}`), output);
        });
    }
});
