// upload.mjs - documents on their way in: killed at any instant, on a full disk, wrong, too large,
// and sent by many who hardly move.
//
// A document is there whole or not at all; what was acknowledged is there after the cut; a part is
// continued where it ended; readers do not notice.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Panel, PAPER } from "../support/panel.mjs";
import { assertProblem, scene } from "../support/scene.mjs";
import { pause } from "../support/service.mjs";

const rounds = Number(process.env.XILING_KILLS ?? 30);
const size = 3 * 1024 * 1024;
const slow = 256;

const hexOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const token = (name) => `upload-of-${name}-0123456789`;

function makeDocument(length = size) {
  const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(length)]);
  return { bytes, hex: hexOf(bytes), acknowledged: 0 };
}

class Sender {
  constructor(service, cookie) {
    this.service = service;
    this.cookie = cookie;
  }

  async ask(method, path, { body, headers } = {}) {
    const answer = await fetch(this.service.url + path, { method, body, headers });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()),
      get text() { return this.bytes.toString("utf8"); } };
  }

  /** Sends bytes from `from` on; `end` is where the piece ends. */
  put(document, name, from, end = document.bytes.length) {
    return this.ask("PUT", `/api/documents/${document.hex}`, { body: document.bytes.subarray(from, end),
      headers: { "x-upload": token(name), "content-range": `bytes ${from}-${end - 1}/${document.bytes.length}` } });
  }

  async state(document, name) {
    const answer = await this.ask("GET", `/api/documents/${document.hex}/state`,
      { headers: { "x-upload": token(name) } });
    assert.equal(answer.status, 200, answer.text);
    return JSON.parse(answer.text);
  }

  read(document) {
    return this.ask("GET", `/api/documents/${document.hex}`, { headers: { cookie: this.cookie } });
  }

  /** From wherever it stands to its end. */
  async complete(document, name) {
    const { received, complete } = await this.state(document, name);
    if (!complete) {
      const answer = await this.put(document, name, received);
      assert.equal(answer.status, 201, answer.text);
    }
    const got = await this.read(document);
    assert.equal(got.status, 200);
    assert.ok(got.bytes.equals(document.bytes), "what is read is not what was sent");
  }
}

/** Whole or not at all, and never less than was acknowledged. */
async function checkAfterCut(sender, document) {
  const { received, complete } = await sender.state(document, "me");
  const got = await sender.read(document);
  if (complete) assert.ok(got.bytes.equals(document.bytes), "a document is visible that is not whole");
  else assertProblem({ status: got.status, text: got.text }, 404);
  assert.ok(received >= document.acknowledged, `acknowledged ${document.acknowledged}, left ${received}`);
  assert.ok(received <= document.bytes.length);
  return { received, complete };
}

async function sendAndPullThePlug(sender, document, from, round) {
  // Sometimes a piece of it, so that the flush of a part is cut, too.
  const end = round % 3 === 0 ? Math.min(from + size / 4, document.bytes.length) : document.bytes.length;
  const sending = sender.put(document, "me", from, end).then((answer) => {
    assert.ok([200, 201, 202].includes(answer.status), `${answer.status} ${answer.text}`);
    document.acknowledged = JSON.parse(answer.text).received;
    return 0;
  }, () => 1);
  await pause(Math.random() * (round % 2 === 0 ? 12 : 40));
  await sender.service.end("SIGKILL");
  const cut = await sending;
  await sender.service.start();
  return cut;
}

async function killWhileSending(sender, documents) {
  let [cuts, wholes] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const document = documents[round % documents.length];
    const { received, complete } = await checkAfterCut(sender, document);
    if (complete) {
      wholes += 1;
      assert.ok(documents.spare.length > 0, "cuts came too late: every document is whole");
      Object.assign(document, documents.spare.pop());
      round -= 1;
      continue;
    }
    cuts += await sendAndPullThePlug(sender, document, received, round);
    await checkAfterCut(sender, document);
  }
  console.log(`${rounds} kills, ${cuts} cut off, ${wholes} whole on the way`);
  assert.ok(cuts >= rounds / 3, "cuts came too late: this tested little");
  for (const document of documents) await sender.complete(document, "me");
}

function checkFolder(folder) {
  const parts = readdirSync(join(folder, "documents", "partial"));
  assert.deepEqual(parts, [], "parts of stored documents are left");
}

async function refuse(sender, document) {
  const changed = { ...document, bytes: Buffer.from(document.bytes) };
  changed.bytes[size / 2] ^= 1;
  assert.equal(assertProblem(await sender.put(changed, "wrong", 0), 422).rule, "document.hash");
  assert.equal((await sender.state(document, "wrong")).received, 0, "a wrong file is thrown away");
  const larger = { ...document, bytes: Buffer.concat([document.bytes, Buffer.from("x")]) };
  assert.equal(assertProblem(await sender.put(larger, "larger", 0), 413).rule, "document.size");
  const unnamed = { ...document, hex: "0".repeat(64) };
  assert.equal(assertProblem(await sender.put(unnamed, "me", 0, 1000), 404).rule, "document.unnamed");
  const gap = assertProblem(await sender.put(document, "gap", 1000, 2000), 409);
  assert.equal(gap.received, 0);
}

/** Whoever announces far too much hears so before sending it. */
function announceTooMuch(service, document) {
  return new Promise((done, failed) => {
    const peer = connect(service.port, "127.0.0.1", () => peer.write(
      `PUT /api/documents/${document.hex} HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n`));
    peer.once("data", (data) => {
      peer.destroy();
      done(Number(data.toString("latin1").slice(9, 12)));
    });
    peer.once("error", failed);
    setTimeout(() => failed(new Error("nobody says that it is too much")), 5000).unref();
  });
}

function drip(service, document, number) {
  const peer = connect(service.port, "127.0.0.1");
  peer.on("error", () => {});
  peer.write(`PUT /api/documents/${document.hex} HTTP/1.1\r\nHost: a\r\nX-Upload: ${token(number)}\r\n`
    + `Content-Length: ${document.bytes.length}\r\n\r\n%PDF-`);
  const timer = setInterval(() => peer.write("x"), 500);
  return () => {
    clearInterval(timer);
    peer.destroy();
  };
}

async function readMeanwhile(sender, document) {
  const times = [];
  for (let i = 0; i < 200; i++) {
    const begun = performance.now();
    const path = i % 2 ? "/log/checkpoint" : `/api/documents/${document.hex}/state`;
    assert.equal((await sender.ask("GET", path)).status, 200);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  console.log(`with ${slow} slow senders: median ${times[100].toFixed(1)} ms, worst ${times[199].toFixed(1)} ms`);
  assert.ok(times[100] < 100 && times[199] < 3000, "readers are stalled");
}

/** They hold no thread, no more places than there are, and not the leader's document. */
async function sendSlowly(sender, document, other) {
  const stops = Array.from({ length: slow }, (_, i) => drip(sender.service, document, `drip-${i}`));
  await pause(1000);
  await readMeanwhile(sender, document);
  const parts = readdirSync(join(sender.service.folder, "documents", "partial"));
  assert.ok(parts.length <= 8, `${parts.length} parts of one document`);
  await sender.complete(other, "leader");
  await pause(11000);
  await sender.complete(document, "leader");
  for (const stop of stops) stop();
}

const largest = (folder) => Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)))
  .map((one) => (one.isFile() ? one.size : 0)));

/** A limit on the size of files is a full disk that any user can have (see full.mjs). */
async function fillTheDisk(sender, document) {
  const { service } = sender;
  const room = Math.max(largest(service.folder) + (1 << 20), 2 << 20);
  assert.ok(room < document.bytes.length, "the log has grown beyond the document: this tests nothing");
  await service.end("SIGTERM");
  service.wrap = ["bash", "-c", `trap "" XFSZ; ulimit -f ${Math.ceil(room / 1024)}; exec "$@"`, "limited"];
  await service.start();
  const first = await sender.put(document, "full", 0, 1 << 20);
  assert.equal(first.status, 202, first.text);
  assert.equal(assertProblem(await sender.put(document, "full", 1 << 20), 507).rule, "document.space");
  assert.ok((await sender.state(document, "full")).received >= 1 << 20, "what was received is lost");
  await service.end("SIGKILL");
  service.wrap = [];
  await service.start();
  assert.ok((await sender.state(document, "full")).received >= 1 << 20, "what was received is lost");
  await sender.complete(document, "full");
}

await scene("upload", async ({ service, district }) => {
  await district.gather();
  const documents = [makeDocument(8 * size), ...Array.from({ length: 27 }, () => makeDocument())];
  for (const [i, { bytes }] of documents.entries()) {
    await district.file(`report-${i + 1}`, { bytes, kind: PAPER, stored: false });
  }
  const sender = new Sender(service, await district.openSession("officer-1"));
  const [full, dripped, quick, wrong] = documents.splice(0, 4);
  documents.spare = documents.splice(3);
  await killWhileSending(sender, documents);
  checkFolder(service.folder);
  await refuse(sender, wrong);
  assert.equal(await announceTooMuch(service, wrong), 413);
  await sendSlowly(sender, dripped, quick);
  await fillTheDisk(sender, full);
  assert.ok(!existsSync(join(service.folder, "documents", wrong.hex)), "a wrong file was stored");
  district.verify();
}, { make: (service, folder) => new Panel(service, folder) });
