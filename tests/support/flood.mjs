// flood.mjs - many objectors at once, each from an address of its own, as a browser's page would file.
//
//   makeFilings(docket, count) -> [{ note, text, hash }]   signed; parts of random hashes, never sent
//   new Source(service, address, { works })   .file(filing, counts) resolves with its receipt, however often it is
//        put off: at once by work, or after the time that the answer names
//   runAll(jobs, atOnce)                      async functions, so many at a time
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import http from "node:http";
import { hex, utf8 } from "../../web/lib/bytes.js";
import { draftFiling, signAsObjector } from "../../web/lib/draft_objection.js";
import { sha256 } from "../../web/lib/hash.js";
import { deriveKeys, keyCodeDraw } from "../../web/lib/keys.js";
import { timeSlices } from "../../web/lib/pause.js";
import { solveWork } from "../../web/lib/work.js";
import { NOTICE } from "./docket.mjs";
import { assertProblem } from "./scene.mjs";
import { pause } from "./service.mjs";

export function makeFilings(docket, count) {
  const { parts } = docket.objector("org-a");
  const subjects = docket.notice.list.map(({ organisation }) => organisation);
  return Array.from({ length: count }, (_, i) => {
    const keys = deriveKeys(keyCodeDraw());
    const text = draftFiling({ origin: docket.service.origin, notice: NOTICE, subject: subjects[i % subjects.length], keys,
      salt: new Uint8Array(randomBytes(32)), time: new Date(),
      parts: parts.map((part) => ({ ...part, hash: new Uint8Array(randomBytes(32)) })) });
    return { text, note: signAsObjector(text, keys), hash: hex(sha256(utf8(text))) };
  });
}

/** Where the n-th of many comes from: 127.0.0.0/8 is all this machine. */
export const addressOf = (n) => `127.${1 + (n >> 16)}.${(n >> 8) & 255}.${(n & 255) || 1}`;

/** One after the other: each telephone has a processor of its own, all of them here share one. */
let working = Promise.resolve();

function work(problem, note) {
  working = working.then(() => solveWork(problem.work, note, timeSlices()));
  return working;
}

export class Source {
  constructor(service, address, { works = true } = {}) {
    Object.assign(this, { service, address, works });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  }

  post(note, headers = {}) {
    return new Promise((done, failed) => {
      const body = Buffer.from(note);
      const request = http.request({ host: "127.0.0.1", port: this.service.port, path: "/api/entries", method: "POST", agent: this.agent,
        localAddress: this.address, headers: { "content-type": "text/plain; charset=utf-8", "content-length": body.length, ...headers } }, (answer) => {
        const pieces = [];
        answer.on("data", (piece) => pieces.push(piece));
        answer.on("error", failed);
        answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(pieces).toString("utf8") }));
      });
      request.on("error", failed);
      request.end(body);
    });
  }

  /** Told clearly, or it is a silent refusal: when, why, where else, and by what work. */
  async comeBack(answer, note, counts) {
    const problem = assertProblem(answer, 429, 503);
    assert.match(problem.rule, /^(service\.rate|objection\.queue)$/);
    assert.match(problem.do.zh, /区评审办/);
    const seconds = Number(answer.headers["retry-after"]);
    assert.ok(seconds >= 1 && seconds <= 120 && problem.retry_after === seconds, answer.text);
    counts[answer.status] += 1;
    if (this.works && problem.work) {
      counts.works += 1;
      return { "X-Work": await work(problem, note) };
    }
    counts.waits += 1;
    await pause(seconds * 1000);
    return {};
  }

  async file({ note }, counts) {
    for (let headers = {}; ;) {
      let answer;
      try {
        answer = await this.post(note, headers);
      } catch {
        counts.cuts += 1;
        await pause(200);
        continue;
      }
      if (answer.status === 200) return answer.text;
      headers = await this.comeBack(answer, note, counts);
    }
  }

  close() {
    this.agent.destroy();
  }
}

export const newCounts = () => ({ 429: 0, 503: 0, works: 0, waits: 0, cuts: 0 });

export async function runAll(jobs, atOnce) {
  const waiting = jobs.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const job of waiting) await job();
  }));
}
