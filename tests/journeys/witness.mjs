// witness.mjs - a witness of another house cosigns what grows, and stops a service that goes back.
//
// covers: server/witness_routes
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../support/district.mjs";
import { invite, scene } from "../support/scene.mjs";
import { freePort, pause, program, run } from "../support/service.mjs";

class Witness {
  constructor(folder, port) {
    this.folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.vkey = run("xiling", ["witness", "--data", folder, "--origin", "witness.example/one"]).trim();
  }

  watch(logVkey) {
    const logs = join(this.folder, "logs");
    writeFileSync(logs, `log ${logVkey}\nquorum none\n`);
    this.child = spawn(program("xiling"), ["witness", "--data", this.folder, "--logs", logs,
      "--port", String(this.port)], { stdio: "ignore" });
    this.ended = new Promise((done) => this.child.once("exit", done));
  }

  async end() {
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  async checkpoint(origin) {
    const name = createHash("sha256").update(origin).digest("hex");
    const answer = await fetch(`${this.url}/${name}/checkpoint`).catch(() => null);
    return answer?.status === 200 ? answer.text() : null;
  }
}

const sizeOf = (checkpoint) => Number(checkpoint.split("\n")[1]);

/** Waits until `look` gives something. */
async function awaited(what, look) {
  for (const end = Date.now() + 30000; Date.now() < end; await pause(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`never seen: ${what}`);
}

/** The service goes on under a policy that names the witness. */
async function restart(service, district, folder, witness) {
  const log = readFileSync(district.vkey, "utf8").trim();
  const policy = join(folder, "policy");
  writeFileSync(policy,
    `log ${log} ${service.url}\nwitness one ${witness.vkey} ${witness.url}\nquorum one\n`);
  await service.end("SIGTERM");
  service.options = ["--witnesses", policy];
  await service.start();
  return policy;
}

await scene("witness", async ({ folder, service, district }) => {
  const witness = new Witness(join(folder, "witness"), await freePort());
  await district.begin();
  witness.watch(readFileSync(district.vkey, "utf8").trim());
  try {
    const policy = await restart(service, district, folder, witness);
    await service.end("SIGTERM");
    cpSync(service.folder, join(folder, "old"), { recursive: true });
    await service.start();

    const receiptName = join(folder, "receipt");
    const note = invite(district, "guest-1");
    await district.log(note);
    const seen = await awaited("the witness's cosignature", async () => {
      const { text } = await service.get("/log/checkpoint");
      return sizeOf(text) === 2 && text.includes("— witness.example/one ") && text;
    });
    assert.equal(sizeOf(await witness.checkpoint(service.origin)), 2);

    writeFileSync(receiptName, (await service.get(`/api/receipts/${hashOf(note)}`)).text);
    assert.match(run("xiling-audit", ["receipt", receiptName, "--policy", policy]), /1/);
    console.log("cosigned, and a receipt holds under a policy that asks for the witness");

    // The district restores an old copy and says something else instead.
    await service.end();
    rmSync(service.folder, { recursive: true });
    cpSync(join(folder, "old"), service.folder, { recursive: true });
    await service.start();
    await awaited("the service stops writing", async () => {
      const answer = await service.post("/api/entries", invite(district, `other-${Date.now()}`));
      return answer.status !== 200;
    });
    assert.equal(await witness.checkpoint(service.origin), `${seen}`);
    console.log("a service that went back writes no more; the witness keeps what it saw");
  } finally {
    await witness.end();
  }
}, { members: 0 });
