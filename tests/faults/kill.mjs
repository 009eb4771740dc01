// kill.mjs - kill -9 at any instant, again and again, while ballots are cast.
//
// What was acknowledged stands in the log exactly once afterwards; receipts given before the cut
// verify after it; nothing that was refused or cut off leaves a trace that the verifier dislikes.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../support/district.mjs";
import { scene, invite } from "../support/scene.mjs";
import { pause, run } from "../support/service.mjs";

const rounds = Number(process.env.XILING_KILLS ?? 60);
const atOnce = 5;

const acknowledged = new Set(); // hashes of texts that were answered with 200 or 202
const receipts = new Map(); // hash of a text → its receipt
let cuts = 0; // requests without an answer

async function submit(service, note) {
  const hash = hashOf(note);
  let answer;
  try {
    answer = await service.post("/api/entries", note);
  } catch {
    cuts += 1;
    return 0;
  }
  if (answer.status === 200) receipts.set(hash, answer.text);
  if (answer.status === 200 || answer.status === 202) acknowledged.add(hash);
  else assert.ok([429, 503].includes(answer.status), `${answer.status} ${answer.text}`);
  return answer.status;
}

/** Notes sent at once, and the plug pulled in the middle of it. */
async function pullThePlug(service, notes, round) {
  const sending = Promise.all(notes.map((note) => submit(service, note)));
  await pause(Math.random() * (round % 3 === 0 ? 30 : 150));
  await service.end("SIGKILL");
  await sending;
  await service.start();
}

/**
 * A voter without an answer sends the same ballot again, and then asks for the receipt: with the
 * whole roll's ballots in, the last batch is logged.
 */
async function castForGood(service, ballots) {
  for (const [hash, note] of ballots) {
    assert.ok([200, 202].includes(await submit(service, note)), `ballot ${hash} is not taken`);
  }
  const end = Date.now() + 30000;
  for (const hash of ballots.keys()) {
    let answer = await service.get(`/api/receipts/${hash}`);
    while (answer.status === 202 && Date.now() < end) {
      await pause(200);
      answer = await service.get(`/api/receipts/${hash}`);
    }
    assert.equal(answer.status, 200, `no receipt for ballot ${hash}`);
    receipts.set(hash, answer.text);
  }
}

function checkLog(district, ballots) {
  const logged = district.loggedTexts();
  const present = new Set(logged);
  assert.equal(present.size, logged.length, "a text stands in the log twice");
  for (const hash of [...acknowledged, ...ballots.keys()]) {
    assert.ok(present.has(hash), `acknowledged, and not in the log: ${hash}`);
  }
  console.log(`${logged.length} entries, all of them verified`);
}

function checkReceipts({ folder, district }) {
  for (const [hash, receipt] of receipts) {
    const file = join(folder, `${hash}.tlog-proof`);
    writeFileSync(file, receipt);
    run("xiling-audit", ["receipt", file, "--vkey", district.vkey]);
  }
}

await scene("kill", async ({ folder, service, district }) => {
  await district.prepare({ window: 1 });
  const ballots = new Map(district.members.map((member) => district.ballot(member))
    .map((note) => [hashOf(note), note]));
  const waiting = [...ballots.values()];
  for (let round = 0; round < rounds; round++) {
    const cast = round % 2 === 0 ? waiting.splice(0, 1) : [];
    const others = Array.from({ length: atOnce }, (_, i) => invite(district, `guest-${round}-${i}`));
    await pullThePlug(service, [...cast, ...others], round);
  }
  console.log(`${rounds} kills, ${acknowledged.size} answers, ${cuts} cut off`);
  assert.ok(acknowledged.size >= rounds / 2 && cuts >= rounds / 2, "cuts too early or too late");
  await castForGood(service, ballots);
  await district.close();
  district.verify();
  checkLog(district, ballots);
  checkReceipts({ folder, district });
}, { members: 24 });
