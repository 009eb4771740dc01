// full.mjs - no space is left: nothing is acknowledged, nothing is broken, reading goes on, and
// with room again writing does.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../support/district.mjs";
import { scene, invite, assertProblem } from "../support/scene.mjs";

const room = 96 * 1024; // bytes that a file may still grow

const largest = (folder) => Math.max(...readdirSync(folder, { recursive: true })
  .map((name) => statSync(join(folder, name)))
  .map((one) => (one.isFile() ? one.size : 0)));

/** A limit on the size of files is a full disk that any user can have: writes fail (EFBIG). */
const limited = (bytes) => ["bash", "-c",
  `trap "" XFSZ; ulimit -f ${Math.ceil(bytes / 1024)}; exec "$@"`, "limited"];

/** Posts until one is refused; returns the hashes that were acknowledged. */
async function fill({ service, district }, name) {
  const taken = new Set();
  for (let i = 0; i < 2000; i++) {
    const note = invite(district, `${name}-${i}`);
    const answer = await service.post("/api/entries", note);
    if (answer.status !== 200) {
      const problem = assertProblem(answer, 503, 507);
      console.log(`refused after ${i} with ${answer.status} ${problem.rule}`);
      return taken;
    }
    taken.add(hashOf(note));
  }
  throw new Error("the disk never became full: this tested nothing");
}

await scene("full", async (stage) => {
  const { service, district } = stage;
  await district.begin();
  await service.end("SIGTERM");
  service.wrap = limited(largest(service.folder) + room);
  await service.start();
  const taken = await fill(stage, "before");
  assert.ok(taken.size > 0);
  assert.equal((await service.get("/log/checkpoint")).status, 200, "reading goes on");
  assertProblem(await service.post("/api/entries", invite(district, "still-full")), 503, 507);

  // Cut off while full, then room again: before or after, never between.
  await service.end("SIGKILL");
  service.wrap = [];
  await service.start();
  const late = invite(district, "room-again");
  taken.add(hashOf(late));
  await district.log(late);
  district.verify();
  const logged = district.loggedTexts();
  assert.equal(new Set(logged).size, logged.length);
  for (const hash of taken) assert.ok(logged.includes(hash), `acknowledged and lost: ${hash}`);
});
