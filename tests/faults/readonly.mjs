// readonly.mjs - a database that cannot be written is refused at the start, by name.
import assert from "node:assert/strict";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { scene, invite } from "../support/scene.mjs";

/** root writes what nobody may, unless that right is taken from it. */
const humble = process.getuid() !== 0 ? []
  : ["setpriv", "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search"];

const setModes = (folder, file, directory) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setModes(path, file, directory);
    else chmodSync(path, file);
  }
  chmodSync(folder, directory);
};

await scene("readonly", async ({ service, district }) => {
  await district.begin();
  await service.end("SIGTERM");
  service.wrap = humble;
  await service.start(); // the same service without that right, to know that it is not the reason
  await service.end("SIGTERM");
  setModes(service.folder, 0o400, 0o500);
  await assert.rejects(service.start(5000), (failure) => {
    assert.match(failure.message, /ended with [1-9]/, failure.message);
    assert.match(failure.message, /database|数据库|read-?only|只读/i, failure.message);
    console.log(failure.message);
    return true;
  });
  setModes(service.folder, 0o600, 0o700);
  await service.start();
  await district.log(invite(district, "writable-again"));
  district.verify();
});
