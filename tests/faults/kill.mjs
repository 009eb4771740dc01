// kill.mjs - kill -9 at any instant, again and again, while ballots are cast.
//
// What was acknowledged stands in the log exactly once afterwards; receipts given before the cut
// verify after it; nothing that was refused or cut off leaves a trace that the verifier dislikes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { District, hashOf } from "../support/district.mjs";
import { Service, freePort, pause, run } from "../support/service.mjs";

const rounds = Number(process.env.XILING_KILLS ?? 60);
const membersCount = 24;
const folder = mkdtempSync(join(tmpdir(), "xiling-kill-"));

const acknowledged = new Map(); // text hash → note, answered with 200 or 202
const receipts = new Map(); // text hash → receipt
const ballots = new Map(); // text hash → note

async function submit(service, note) {
  const hash = hashOf(note);
  try {
    const answer = await service.post("/api/entries", note);
    if (answer.status === 200) receipts.set(hash, answer.text);
    if (answer.status === 200 || answer.status === 202) acknowledged.set(hash, note);
    else assert.ok(answer.status >= 429, `${answer.status} ${answer.text}`);
    return answer.status;
  } catch (failure) {
    if (failure instanceof assert.AssertionError) throw failure;
    return 0; // the connection was cut
  }
}

const invite = (district, round, i) => {
  const name = district.hide("person.invite", "姓名", "示例");
  return district.sign(district.compose("person.invite", ["人员", `guest-${round}-${i}`],
    ["姓名", name.field]), district.officers[i % 2]);
};

/** Notes sent at once, and the plug pulled in the middle of it. */
async function pullThePlug(district, round, cast) {
  const { service } = district;
  const notes = [...cast, ...Array.from({ length: 5 }, (_, i) => invite(district, round, i))];
  const sending = Promise.all(notes.map((note) => submit(service, note)));
  await pause(Math.random() * (round % 3 === 0 ? 60 : 15));
  await service.end("SIGKILL");
  await sending;
  await service.start();
}

async function main(service) {
  const district = await new District(service, folder, membersCount).prepare({ window: 1 });
  for (const member of district.members) {
    const note = district.ballot(member);
    ballots.set(hashOf(note), note);
  }
  const waiting = [...ballots.values()];
  for (let round = 0; round < rounds; round++) {
    const cast = round % 2 === 0 && waiting.length > 0 ? [waiting.pop()] : [];
    await pullThePlug(district, round, cast);
  }
  console.log(`${rounds} kills, ${acknowledged.size} notes acknowledged, ${receipts.size} receipts`);
  assert.ok(acknowledged.size > rounds, "hardly anything was acknowledged: this tested nothing");

  // A voter without an answer sends the same ballot again.
  for (const [hash, note] of ballots) {
    assert.ok([200, 202].includes(await submit(service, note)), `ballot ${hash} is not taken`);
  }
  await district.close();
  const report = district.verify();
  assert.ok(report.length > 0);

  const logged = district.loggedTexts();
  assert.equal(new Set(logged).size, logged.length, "a text stands in the log twice");
  const present = new Set(logged);
  for (const hash of acknowledged.keys()) assert.ok(present.has(hash), `lost after its answer: ${hash}`);
  for (const hash of ballots.keys()) assert.ok(present.has(hash), `ballot lost: ${hash}`);
  for (const [hash, receipt] of receipts) {
    const file = join(folder, `${hash}.tlog-proof`);
    writeFileSync(file, receipt);
    run("xiling-audit", ["receipt", file, "--vkey", district.vkey]);
  }
  console.log(`${logged.length} entries, all of them verified`);
  await service.end("SIGTERM");
}

let failed = true;
const service = new Service(join(folder, "data"), { port: await freePort(),
  origin: "faults.example/log/2026" });
try {
  await main(service);
  failed = false;
} finally {
  await service.end();
  if (failed) console.log(`what is left to look at: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
