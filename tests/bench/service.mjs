// service.mjs - the real service under load: statements, ballots, tiles and pages, the booth's weight.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { District, hashOf } from "../support/district.mjs";
import { Service, freePort, pause, program, run } from "../support/service.mjs";
import { cpuOf, logSize, memoryOf, wrk } from "./load.mjs";

const ORIGIN = "record.example/log/2026"; /* that bench-log writes */
const MEMBERS = 30;
const CANDIDATES = 30;

// --- statements ---

async function makeNotes(service, folder, count) {
  const [, vkey, serviceKey] = /vkey (\S+)\nservice (\S+)/.exec(service.create());
  const logKey = Buffer.from(vkey.split("+").slice(2).join("+"), "base64").subarray(1);
  const notes = execFileSync(program("tests/bench-log"),
    ["notes", String(count), logKey.toString("base64"), serviceKey], { maxBuffer: 1 << 28 });
  writeFileSync(join(folder, "notes"), notes);
  writeFileSync(join(folder, "vkey"), `${vkey}\n`);
  return notes.toString("utf8").split("\0");
}

/** A receipt of the load, verified offline. */
async function checkReceipt(service, folder, note) {
  const answer = await service.get(`/api/receipts/${hashOf(note)}`);
  writeFileSync(join(folder, "receipt"), answer.text);
  run("xiling-audit", ["receipt", join(folder, "receipt"), "--vkey", join(folder, "vkey")]);
}

async function measureStatements(table, service, folder, seconds) {
  const notes = await makeNotes(service, folder, seconds * 8000);
  await service.start();
  const genesis = await service.post("/api/entries", notes[0]);
  if (genesis.status !== 200) throw new Error(genesis.text);
  const before = cpuOf(service.child);
  const load = await wrk(service.url, 64, seconds, "--script", "tests/bench/statements.lua", "--",
    join(folder, "notes"));
  await pause(300);
  const logged = await logSize(service) - 1;
  const cpu = cpuOf(service.child) - before;
  if (load.refused > 0) throw new Error(`${load.refused} statements refused`);
  await checkReceipt(service, folder, notes[Math.floor(logged / 2)]);
  table.title("Statements through HTTP, durable, each with its receipt");
  table.row("accepted", logged / load.seconds, "/s", { least: 1000 });
  table.row("accepted, for each core of the service", logged / cpu, "/s");
  table.row(`memory of the service after ${logged.toLocaleString("en")}`, memoryOf(service.child), "MB");
}

// --- reads ---

async function measureReads(table, service, seconds) {
  table.title("Reads (wrk -t1 on the same machine)");
  const paths = [["a hash tile of 8 KB", "/log/tile/0/000"], ["a page", "/booth.html"],
    ["the checkpoint", "/log/checkpoint"], ["an entry bundle", "/log/tile/entries/000"]];
  for (const [name, path] of paths) {
    const before = cpuOf(service.child);
    const load = await wrk(service.url + path, 64, seconds);
    const cpu = cpuOf(service.child) - before;
    const goal = path === "/log/tile/0/000" || path === "/booth.html" ? { least: 40000 } : {};
    if (load.refused > 0) throw new Error(`${load.refused} reads of ${path} refused`);
    table.row(`${name}, 64 connections`, load.requests / load.seconds, "/s", goal);
    table.row(`${name}: for each core of the service`, load.requests / cpu, "/s");
  }
  const busy = await wrk(`${service.url}/log/checkpoint`, 256, seconds);
  table.row("the checkpoint, 256 connections", busy.requests / busy.seconds, "/s");
  if (busy.timeouts > 0) table.note(`${busy.timeouts} timeouts with 256 connections`);
}

// --- the booth over the wire ---

function fetchPacked(url) {
  return new Promise((done, failed) => {
    http.get(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => {
        const body = Buffer.concat(pieces);
        const plain = answer.headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body;
        if (answer.statusCode !== 200) failed(new Error(`${url}: ${answer.statusCode}`));
        done({ packed: body.length, text: plain.toString("utf8") });
      });
    }).on("error", failed);
  });
}

const REFERENCES = [/\bfrom\s*["']([^"']+\.m?js)["']/g, /\bimport\s*\(?\s*["']([^"']+\.m?js)["']/g,
  /<(?:script|img)[^>]*\bsrc="([^"]+)"/g, /<link[^>]*\bhref="([^"]+)"/g, /url\(["']?([^"')]+)["']?\)/g];

/** Bytes of a page and of all that it names, and of what that names; by file. */
async function weigh(url) {
  const weights = new Map();
  const queue = [url];
  for (const next of queue) {
    if (weights.has(next)) continue;
    const { packed, text } = await fetchPacked(next);
    weights.set(next, packed);
    for (const form of REFERENCES) {
      for (const [, name] of text.matchAll(form)) {
        const found = new URL(name, next);
        if (found.origin === new URL(url).origin && !name.startsWith("data:")) queue.push(found.href);
      }
    }
  }
  return weights;
}

async function measureBooth(table, service) {
  const weights = await weigh(`${service.url}/booth.html`);
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  table.title("The booth over the wire (brotli), but for the log itself");
  table.row(`all ${weights.size} files it loads`, sum / 1024, "KB", { most: 600 });
  const [[heaviest, bytes]] = [...weights].sort((a, b) => b[1] - a[1]);
  table.row(`the heaviest: ${new URL(heaviest).pathname}`, bytes / 1024, "KB");
}

// --- ballots ---

/** A district whose meeting has as many candidates as we like. */
class Large extends District {
  compose(type, ...fields) {
    const candidates = Array.from({ length: CANDIDATES }, (_, i) =>
      ["候选", `org-${String(i + 1).padStart(2, "0")} 第${i + 1}示例公司`]);
    const others = fields.filter(([label]) => label !== "候选");
    return super.compose(type, ...others, ...(type === "meeting.open" ? candidates : []));
  }

  ballot(member) {
    return super.ballot(member, ["2", "1", ...Array(CANDIDATES - 2).fill("0")].join(","));
  }
}

async function awaitReceipts(service, hashes) {
  for (let waiting = hashes; waiting.length > 0; await pause(50)) {
    const answers = await Promise.all(waiting.map((hash) => service.get(`/api/receipts/${hash}`)));
    waiting = waiting.filter((_, i) => answers[i].status !== 200);
  }
}

export async function measureBallotsCast(table, folder) {
  const service = new Service(join(folder, "cast"), { port: await freePort(), origin: ORIGIN });
  const district = new Large(service, folder, MEMBERS);
  try {
    await district.prepare({ window: 1, seconds: 3600 });
    const notes = district.members.map((member) => district.ballot(member));
    await pause(100); /* to notice connections that went idle while the pen worked */
    const cpu = cpuOf(service.child);
    const begin = performance.now();
    const answers = await Promise.all(notes.map((note) => service.post("/api/entries", note)));
    const accepted = performance.now();
    if (answers.some(({ status }) => status !== 202)) throw new Error(answers[0].text);
    await awaitReceipts(service, notes.map((note) => hashOf(note)));
    const received = performance.now();
    table.title(`Ballots through HTTP: ${MEMBERS} at once, C=${CANDIDATES}, 1 s batches`);
    table.row("verified and accepted", MEMBERS * 1000 / (accepted - begin), "/s");
    table.row("CPU of the service a ballot", (cpuOf(service.child) - cpu) * 1000 / MEMBERS, "ms");
    table.row("until the last one has its receipt", (received - begin) / 1000, "s");
  } finally {
    await service.end();
  }
}

export async function measureService(table, folder, quick) {
  const service = new Service(join(folder, "served"), { port: await freePort(), origin: ORIGIN });
  try {
    await measureStatements(table, service, folder, quick ? 2 : 5);
    await measureReads(table, service, quick ? 1 : 3);
    await measureBooth(table, service);
  } finally {
    await service.end();
  }
}
