// bitflip.mjs - one bit of the stored log is changed: the service does not start on it, and names
// the entry.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scene, invite } from "../support/scene.mjs";

/** The file that holds the bytes of this entry, and where. */
function find(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(wanted);
    if (at >= 0) return { path, bytes, at };
  }
  throw new Error("the entry is not stored in one piece");
}

async function startsNotAndNames(service, index) {
  await assert.rejects(service.start(5000), (failure) => {
    assert.match(failure.message, /ended with [1-9]/, failure.message);
    const last = failure.message.trim().split("\n").at(-1);
    assert.match(last, new RegExp(`log\\.broken \\(${index}\\)`), failure.message);
    return true;
  });
}

await scene("bitflip", async ({ service, district }) => {
  await district.begin();
  for (let i = 0; i < 12; i++) await district.log(invite(district, `guest-${i}`));
  district.verify();
  const entries = district.entries();
  await service.end("SIGTERM");
  for (const [index, entry] of entries.entries()) {
    const stored = Buffer.from(entry);
    const { path, bytes, at } = find(service.folder, stored);
    const changed = Buffer.from(bytes);
    changed[at + Math.floor(Math.random() * stored.length)] ^= 1 << Math.floor(Math.random() * 8);
    writeFileSync(path, changed);
    await startsNotAndNames(service, index);
    writeFileSync(path, bytes);
  }
  await service.start();
  district.verify();
  console.log(`${entries.length} entries, each with one bit changed: noticed and named`);
});
