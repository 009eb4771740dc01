// flood.mjs - the last hour of a notice: 5,000 objections in a minute or two, while people read and others write.
//
// Most come from addresses of their own, some share one, one is greedy, some cannot work and wait. The service
// is killed once in the middle. Each filing ends with a receipt that verifies; none is lost, none stands twice, their
// numbers have no gap; readers, ballots and officers are not kept out.
// covers: server/admit, server/rates, server/work
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { utf8 } from "../../web/lib/bytes.js";
import { verifyReceipt } from "../../web/lib/receipt.js";
import { vkeyParse } from "../../web/lib/signature.js";
import { hashOf } from "../support/district.mjs";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { Source, addressOf, makeFilings, newCounts, runAll } from "../support/flood.mjs";
import { assertProblem, invite, scene } from "../support/scene.mjs";
import { pause, run } from "../support/service.mjs";

const count = Number(process.env.XILING_FLOOD ?? 5000);
const atOnce = 700; // more than the service takes without asking for work
const GREEDY = 40;
const SHARED = 30; // an address of a whole village
const WAITING = 13; // more than an address may file at once

const counts = newCounts();
const receipts = new Map(); // hash → receipt
let done = 0;

/** Who files what: [source, filings]. */
function handOut(service, filings) {
  const left = [...filings];
  const hands = [[addressOf(1), GREEDY, {}], [addressOf(2), SHARED, {}], [addressOf(3), WAITING, { works: false }]];
  for (let n = 4; hands.reduce((sum, [, share]) => sum + share, 0) < count; n++) hands.push([addressOf(n), 7, {}]);
  return hands.map(([address, share, how]) => [new Source(service, address, how), left.splice(0, share)]);
}

function jobsOf(hands) {
  // Those who wait come first, all at once; the greedy one and the village come in among the others.
  return hands.flatMap(([source, filings]) => filings.map((filing) => [source.works ? Math.random() : -1, async () => {
    receipts.set(filing.hash, await source.file(filing, counts));
    done += 1;
  }])).sort(([a], [b]) => a - b).map(([, job]) => job);
}

/** Readers ask all the while; only the cut may leave them without an answer. */
async function browse(service, docket, state) {
  const paths = ["/log/checkpoint", `/api/notices/${NOTICE}`, "/log/tile/entries/000.p/1", "/notice.html", `/api/objections/${NOTICE}-0001`];
  for (let i = 0; !state.over; i++) {
    const answer = await service.get(paths[i % paths.length]).catch(() => null);
    if (answer === null) assert.ok(state.cut, "a reader was turned away");
    else if (answer.status === 200) state.read += 1;
    else assert.ok(answer.status === 404 && i % paths.length === 4, `${paths[i % paths.length]}: ${answer.status}`);
    if (answer === null) await pause(100);
  }
}

/** A member votes and an officer invites while it floods; neither is told to come back. */
async function workOn(docket, state) {
  for (const [i, ballot] of state.ballots.entries()) {
    await pause(500);
    const cast = await docket.service.post("/api/entries", ballot).catch(() => null);
    const act = await docket.service.post("/api/entries", invite(docket, `guest-${i}`)).catch(() => null);
    if (cast === null || act === null) {
      assert.ok(state.cut, "an officer or a member was turned away");
      state.ballots.push(ballot);
      continue;
    }
    assert.ok([200, 202].includes(cast.status), cast.text);
    assert.equal(act.status, 200, act.text);
    state.acts += 1;
  }
}

async function pullThePlug(service, state) {
  while (done < count / 2) await pause(20);
  state.cut = true;
  await service.end("SIGKILL");
  const before = new Map(receipts);
  await service.start();
  console.log(`killed after ${before.size} receipts`);
}

/** A second meeting whose round is open meanwhile. */
async function openARound(docket) {
  await docket.convene("meeting-2");
  await docket.signIn(...docket.members);
  await docket.freeze();
  await docket.open("round-2");
  return docket.members.map((member) => docket.ballot("round-2", member, docket.order("round-2").map(() => 1).join(",")));
}

async function checkAll(docket, filings, ballots) {
  const log = vkeyParse(readFileSync(docket.vkey, "utf8").trim());
  for (const { hash, text } of filings) {
    const { entry } = verifyReceipt(utf8(receipts.get(hash)), log);
    assert.ok(new TextDecoder().decode(entry).includes(`\n${text}`), "a receipt is for another text");
  }
  await docket.logged("round-2", ballots.length);
  docket.verify();
  const logged = docket.loggedTexts();
  const present = new Set(logged);
  assert.equal(present.size, logged.length, "a text stands in the log twice");
  for (const { hash } of filings) assert.ok(present.has(hash), `has a receipt, and is not in the log: ${hash}`);
  for (const ballot of ballots) assert.ok(present.has(hashOf(ballot)), "a ballot is lost");
}

/** Public numbers run from 1 without a gap, and one more has none. */
async function checkNumbers(docket) {
  const cases = new Set();
  for (let n = 1; n <= count; n++) cases.add((await docket.read(`/api/objections/${NOTICE}-${String(n).padStart(4, "0")}`)).case);
  assert.equal(cases.size, count);
  for (const hash of receipts.keys()) assert.ok(cases.has(hash), "a filing has no number");
  assertProblem(await docket.service.get(`/api/objections/${NOTICE}-${String(count + 1).padStart(4, "0")}`), 404);
}

function checkSome(docket, filings) {
  for (const { hash } of [filings[0], filings[count >> 1], filings.at(-1)]) {
    const file = docket.path("receipt");
    writeFileSync(file, receipts.get(hash));
    run("xiling-audit", ["receipt", file, "--vkey", docket.vkey]);
  }
}

await scene("flood", async ({ service, district: docket }) => {
  await docket.prepare();
  const ballots = await openARound(docket);
  const filings = makeFilings(docket, count);
  const hands = handOut(service, filings);
  const state = { over: false, cut: false, read: 0, acts: 0, ballots: [...ballots] };
  await pause(100); // to notice connections that went idle meanwhile
  const begun = performance.now();
  const others = [browse(service, docket, state), browse(service, docket, state), workOn(docket, state), pullThePlug(service, state)];
  await runAll(jobsOf(hands), atOnce);
  state.over = true;
  await Promise.all(others);
  console.log(`${count} filings in ${((performance.now() - begun) / 1000).toFixed(1)} s from ${hands.length} addresses; told to come back ${counts[429]} + ${counts[503]} times, `
    + `${counts.works} works, ${counts.waits} waits, ${counts.cuts} cut off; ${state.read} pages read, ${state.acts} ballots and acts of officers`);
  for (const [source] of hands) source.close();
  assert.equal(receipts.size, count);
  assert.ok(counts.works >= GREEDY / 2, "nobody had to work: this tested little");
  assert.ok(counts.waits >= 3, "nobody had to wait: this tested little");
  assert.ok(state.read > 50 && state.acts >= ballots.length);
  await checkAll(docket, filings, ballots);
  await checkNumbers(docket);
  checkSome(docket, filings);
}, { make: (service, folder) => new Docket(service, folder, PLAN) });
