// measure.mjs - the benchmark of tests/bench/run. Not a test: it passes whatever it measures.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { measureAudits } from "./audit.mjs";
import { measureBallots } from "./ballots.mjs";
import { measureFlood } from "./flood.mjs";
import { measurePeer } from "./peer.mjs";
import { measureReports } from "./reports.mjs";
import { measureBallotsCast, measureService } from "./service.mjs";
import { Table } from "./table.mjs";

const quick = process.argv[2] === "quick";
const folder = mkdtempSync(join(tmpdir(), "xiling-bench-"));
const table = new Table();

function tellMachine(when) {
  console.log(`${when}: ${cpus().length} cores, ${cpus()[0].model.trim()}, ` +
    `load ${loadavg().map((load) => load.toFixed(1)).join(" ")}`);
}

try {
  tellMachine("begin");
  if (loadavg()[0] > 1) {
    console.log("The machine is busy with other work: believe CPU times, not the wall's.");
  }
  const ours = measureBallots(table, quick ? 3 : 9);
  measureAudits(table, folder, quick);
  await measureService(table, folder, quick);
  await measureBallotsCast(table, folder);
  await measureReports(table, folder, quick);
  await measureFlood(table, folder, quick);
  if (!quick) measurePeer(table, folder, ours);
  table.conclude();
  tellMachine("end");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
